"""``mdo source``: the descriptions of customers' registers.

Belongs here: checking, testing, listing, activating, the editors' schema, the contact person's page and the versions in
use. Does not belong here: what a description means (`sources.config`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from assets.preview import Preview, preview
from pipelines import definitions
from pipelines.command import console
from pipelines.command.console import Language
from pipelines.command.propose import propose
from pipelines.settings import Settings
from register import sources as known_sources
from register.roles import Role
from schemas import rules
from schemas.errors import NotFound, SourceRefused
from sources import schema_export
from sources.config import Source
from sources.connection import probe
from sources.guide import page
from sources.loading import load_file

app = typer.Typer(help="Sources: check, test, list, activate, schema, history.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business date; today.")]
By = Annotated[str, typer.Option("--by", help="The named person who decides; mdo actor list shows them.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; without personal data.")]


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="The source file.")],
    on: Day = None,
    sample: Annotated[int, typer.Option(min=1, max=50_000, help="Rows to look at.")] = 1000,
) -> None:
    """Check a source file and read a sample of its register; nothing is stored."""
    settings = Settings.load()
    source = load_file(file)
    console.say(f"{file} describes {source.name}: {source.title}", "green")
    try:
        seen = preview(
            source, on.date() if on else settings.today(), settings.inbox, sample=sample, policy=settings.policy()
        )
    except SourceRefused as refusal:
        raise SourceRefused(f"The description is sound, but its register cannot be read: {refusal}") from None
    _show(seen)


def _show(seen: Preview) -> None:
    extent = "all" if seen.whole else "the first"
    console.say(f"{seen.file_name}: {extent} {seen.rows} rows were looked at, and nothing was stored.")
    console.table(
        "Columns read", ["column", "fills"], [[name, ", ".join(fields)] for name, fields in seen.mapped.items()]
    )
    if seen.missing:
        console.say(f"Not in the file: {', '.join(seen.missing)}", "yellow")
    if seen.dropped:
        console.say(f"Not declared, and so never stored: {', '.join(seen.dropped)}")
    records = [[name, count] for name, count in seen.records.items()]
    console.table("Records that would come of them", ["record", "records"], records, right=["records"])
    if seen.out_of_scope or seen.expired:
        console.say(f"Left out: {seen.out_of_scope} out of scope, {seen.expired} past their retention.")
    for count, what in ((seen.keys_missing, "have no key"), (seen.keys_repeated, "repeat a key")):
        if count:
            console.say(f"{count} rows {what}.", "yellow")
    for doubt in seen.doubts:
        console.say(f"A night would be held: {doubt}.", "yellow")
    if seen.rejected:
        console.table(
            "Would not be taken",
            ["rule", "column", "effect", "rows", "what it means"],
            [
                [rule, column, effect, count, rules.get(rule).en]
                for (rule, column, effect), count in seen.rejected.items()
            ],
            right=["rows"],
        )


app.command("propose")(propose)


@app.command("test")
def test(name: Annotated[str, typer.Argument(help="customer/register")], on: Day = None) -> None:
    """Test whether a source can be reached and its file is there; nothing of it is read."""
    settings = Settings.load()
    for line in probe(_named(name), on.date() if on else settings.today(), settings.inbox):
        console.say(line)


@app.command("list")
def list_() -> None:
    """List the sources, whether each is live, and files that cannot be used."""
    settings = Settings.load()
    sources, refusals = definitions.load_sources(settings)
    work = definitions.open_workplace(settings, role=Role.AUDITOR)
    with work.register.transaction() as connection:
        states = {source.name: known_sources.state_of(connection, source.name) for source in sources}
    console.table(
        f"Sources in {settings.sources}",
        ["source", "title", "state", "time", "owner"],
        [[one.name, one.title, states[one.name] or "new", one.schedule, one.owner.email] for one in sources],
    )
    for refusal in refusals:
        console.error(str(refusal))
    if refusals:
        raise typer.Exit(1)


@app.command("activate")
def activate(
    name: Annotated[str, typer.Argument(help="customer/register")],
    by: By,
    reason: Reason,
    draft: Annotated[bool, typer.Option("--draft", help="Take it back to draft instead.")] = False,
) -> None:
    """Send a source live: from now on its plans are merged unless a guard holds them."""
    settings = Settings.load()
    sources, _ = definitions.load_sources(settings)
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    state = known_sources.DRAFT if draft else known_sources.ACTIVE
    with work.register.transaction() as connection:
        for source in sources:
            if source.name == name:
                known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
        known_sources.decide(connection, name, state, by=by, reason=reason, on=work.today)
    console.say(f"{name} is {state}.")


@app.command("schema")
def schema(
    to: Annotated[Path | None, typer.Option("--to", help="Write it to this file instead of printing it.")] = None,
) -> None:
    """Export the JSON Schema of source files, for editors."""
    _say_or_write(schema_export.text(), to)


@app.command("guide")
def guide(
    name: Annotated[str, typer.Argument(help="customer/register")],
    language: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.FINNISH,
    on: Day = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write it to this file instead of printing it.")] = None,
) -> None:
    """Make the page for the customer's contact person: what is read, in which form, and what comes back."""
    business_date = on.date() if on else Settings.load().today()
    _say_or_write(page.text(_named(name), language.value, business_date), to)


@app.command("history")
def history(
    name: Annotated[str, typer.Argument(help="customer/register")],
    version: Annotated[str | None, typer.Option("--show", help="Print this version's description.")] = None,
) -> None:
    """Show which versions of a source's description were in use and when, and who sent it live."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        versions = known_sources.history(connection, name)
        if not versions:
            raise NotFound(f"No source named {name} has been read.", "mdo source list shows the names.")
        if version is not None:
            console.out.print_json(data=known_sources.description(connection, name, version))
            return
        decisions = known_sources.decisions(connection, name)
    console.table(
        f"Versions of {name}",
        ["version", "first used", "batches", "last business date"],
        [[one.digest[:12], console.moment(one.first_used_at), one.batches, one.last_date] for one in versions],
        right=["batches"],
    )
    console.table(
        "Decisions",
        ["when", "state", "by", "reason"],
        [[console.moment(one.decided_at), one.state, one.by, one.reason] for one in decisions],
    )


def _named(name: str) -> Source:
    sources, refusals = definitions.load_sources(Settings.load())
    source = next((one for one in sources if one.name == name), None)
    if source is None:
        for refusal in refusals:  # perhaps the very file that was meant
            console.error(str(refusal))
        raise NotFound("No source file describes what was asked for.", "mdo source list shows the sources.")
    return source


def _say_or_write(text: str, to: Path | None) -> None:
    if to is None:
        typer.echo(text)
    else:
        to.write_text(text, encoding="utf-8")
        console.say(f"{to} is written.")
