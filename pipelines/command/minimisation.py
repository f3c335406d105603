"""``mdo minimisation``: looking through the register for what must not be in it.

Belongs here: running the scan and showing what it found. Does not belong here: the scan (`register.minimisation`).
Values are never shown; a record is named by its id, and its owner's row by `mdo explain`.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from assets.minimisation import Minimised, minimise
from pipelines import definitions
from pipelines.command import console
from pipelines.settings import Settings

app = typer.Typer(help="Minimisation: what the register holds and should not.", no_args_is_help=True)


@app.command("scan")
def scan(
    everything: Annotated[
        bool, typer.Option("--all", help="Look at every record, not only at what changed since the last scan.")
    ] = False,
) -> None:
    """Look through the register with every detector; say where something was found, and never what."""
    settings = Settings.load()
    work = definitions.open_workplace(settings)
    sources, _ = definitions.load_sources(settings)
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console.out, transient=True, disable=not console.out.is_terminal) as progress:
        task = progress.add_task("Looking", total=None)

        def listener(record: str, rows: int) -> None:
            progress.update(task, description=f"{record}: {rows:,} records".replace(",", " "))

        found = minimise(work, sources, settings.today(), everything=everything, listener=listener)
    show(found)


def show(found: Minimised) -> None:
    """The tables, and what else is remarkable, line by line."""
    which = "every record" if found.scan.whole else "changed records"
    console.say(f"Looked at {which}: {sum(found.scan.records.values()):,}".replace(",", " ") + ".")
    if found.findings:
        console.table(
            "Found",
            ["source", "field", "rule", "records", "since", "such as"],
            [
                [
                    *(one.source, f"{one.record_type}.{one.field}", one.rule, one.records, one.since),
                    ", ".join(map(str, one.some)),
                ]
                for one in found.findings
            ],
            right=["records"],
        )
    else:
        console.say("Nothing was found.")
    for field in found.empty:
        console.say(
            f"Nobody fills {field.record_type}.{field.field} of {field.source}: {field.filled} of {field.records}."
        )
    orphans, places, boxes = found.orphans, found.locations, found.mailboxes
    console.say(f"Persons without any relation: {orphans.persons}; unmarked for more than 30 days: {orphans.unmarked}.")
    console.say(
        f"Locations: {places.points}; too fine for their age {places.too_fine}, too old {places.too_old}, "
        f"too exact {places.too_exact}."
    )
    if boxes is not None:
        console.say(f"Mailboxes of a role: {boxes.role}; shared by several persons: {boxes.shared}.")
    if found.scan.private:
        console.say(f"Private mailboxes among the records looked at: {found.scan.private}.")
