"""``mdo sync``: the night, by hand.

Belongs here: choosing sources and a date, and the summary. Does not belong here: running them (`by_hand`), or the sync
itself (`assets.sync`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from assets.sync import Result
from pipelines import definitions
from pipelines.command import by_hand, console
from pipelines.command.by_hand import Failures
from pipelines.settings import Settings
from schemas.errors import NotFound, Refusal
from sources.config import Source

ALL_MERGED, FAILED, HELD = 0, 1, 3

#: Counts that the summary always shows, and those that it shows where some source has any.
_ALWAYS = ("read", "inserted", "updated", "unchanged", "absent", "quarantined")
_WHERE_ANY = ("duplicate", "out_of_scope", "suppressed", "expired")


def sync(
    on: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business date; today.")] = None,
    customer: Annotated[str | None, typer.Option(help="Only this customer's sources.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source, as customer/register.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan and judge, and keep nothing.")] = False,
) -> None:
    """Sync sources for one business date; exit code 0 all merged, 1 something failed, 3 something held."""
    settings = Settings.load()
    sources, refusals = definitions.load_sources(settings)
    business_date = on.date() if on else settings.today()
    try:
        chosen = choose(sources, customer, source)
    except NotFound:
        for refusal in refusals:  # perhaps the very file that was meant
            console.error(str(refusal))
        raise
    with by_hand.prepared(settings, sources, refusals) as hand:
        results, failures = hand.preview(chosen, business_date) if dry_run else hand.sync(chosen, business_date)
    show(results, failures, refusals, business_date, dry_run=dry_run)
    everything = customer is None and source is None
    raise typer.Exit(exit_code(results, failures, refusals if everything else []))


def choose(sources: list[Source], customer: str | None, name: str | None) -> list[Source]:
    """The sources meant, in the order in which a night takes them.

    Raises:
        NotFound: where there are none.
    """
    chosen = [
        one for one in sources if (customer is None or one.customer == customer) and (name is None or one.name == name)
    ]
    if not chosen:
        raise NotFound("No source file describes what was asked for.", "mdo source list shows the sources.")
    return sorted(chosen, key=lambda one: one.turn)


def exit_code(results: list[Result], failures: Failures, refusals: list[Refusal]) -> int:
    """0 all merged, 1 something failed, 3 something held."""
    if failures or refusals:
        return FAILED
    return HELD if any(is_held(result) for result in results) else ALL_MERGED


def is_held(result: Result) -> bool:
    """Whether a plan waits for a person, or would if the dry run were real."""
    return result.status == "held" or (result.status == "planned" and bool(result.alarms))


def show(
    results: list[Result], failures: Failures, refusals: list[Refusal], business_date: date, *, dry_run: bool = False
) -> None:
    """The summary: a row per source, then what needs somebody, with the next command."""
    what = "Dry run" if dry_run else "Sync"
    shown = [*_ALWAYS, *(name for name in _WHERE_ANY if any(result.counts[name] for result in results))]
    rows = [
        [result.source, console.status(result.status), *(result.counts[name] for name in shown)]
        for result in sorted(results, key=lambda result: result.source)
    ]
    rows += [[name, console.status("failed"), *([""] * len(shown))] for name in sorted(failures)]
    heads = ["source", "status", *(name.replace("_", " ") for name in shown)]
    console.table(f"{what} of {business_date}", heads, rows, right=heads[2:])
    for result in results:
        if is_held(result):
            show_alarms(result, dry_run=dry_run)
        if result.rejected:
            columns = ["rule", "column", "effect", "rows"]
            console.table(
                f"{result.source}: not taken",
                columns,
                [[item.rule, item.column, item.effect, item.rows] for item in result.rejected],
                right=["rows"],
            )
        dropped = result.batch.pulled.get("columns_dropped", [])
        if dropped:
            console.say(f"{result.source}: columns not declared and not read: {', '.join(dropped)}", "dim")
    for name, said in sorted(failures.items()):
        console.error(f"{name}: {said}")
    for refusal in refusals:
        console.error(str(refusal))


def show_alarms(result: Result, *, dry_run: bool = False) -> None:
    """Why a plan is held, and what to do."""
    verb = "would be held" if dry_run else "is held"
    console.say(f"{result.source}: the plan {verb}, because", "yellow")
    for alarm in result.alarms:
        column = f" ({alarm['column']})" if alarm["column"] else ""
        console.say(f"  {alarm['guard']}{column}: {alarm['says']}", "yellow")
    if not dry_run:
        console.say(
            f"  Look: mdo batch show {result.batch.id}\n"
            f"  Then: mdo batch release {result.batch.id} --by NAME --reason WHY (or discard in place of release)",
            "yellow",
        )
