"""``mdo night``: the morning list, its page, and a trial of the alerts.

Belongs here: what is printed of a night. Does not belong here: how it is found (`assets.night`), or what the page and
alerts say (`pipelines.night`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from assets.night import Night, night, with_outlook
from assets.standing import Standing, State
from pipelines import definitions
from pipelines.command import console
from pipelines.night import outlook, page
from pipelines.night.alerts import Alert
from pipelines.night.section import Section
from pipelines.night.services import services
from pipelines.settings import Settings
from schemas.errors import Refusal

app = typer.Typer(help="The morning list of a night, its page, and its alerts.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Business date; today.")]

NOTHING_OPEN, BROKEN, HELD = 0, 1, 3


@app.command("show")
def show(on: Day = None) -> None:
    """Show what needs somebody: what happened, the next command and the owner; then the counts."""
    found = _find(on)
    _say(found)
    raise typer.Exit(_exit_code(found.open))


@app.command("page")
def page_(on: Day = None) -> None:
    """Write the page of a night into the folder of nights, and say where."""
    console.say(str(page.write(_find(on), Settings.load().nights)))


@app.command("alert")
def alert() -> None:
    """Send a trial alert to each service of MDO_ALERTS."""
    found = services(Settings.load().alerts_setting())
    if not found:
        raise Refusal("MDO_ALERTS names no service.", "docs/operating.md says how it is written.")
    trial = Alert("trial", "trial", "A trial", "This is a trial of the alerts of MDO register sync. Nothing happened.")
    silent = [number for number, service in enumerate(found, start=1) if not service.send(trial)]
    if silent:
        raise Refusal(
            f"Not taken by service {', '.join(map(str, silent))} of {len(found)}.",
            "Check its address, its credentials, and whether this machine may reach it.",
        )
    console.say(f"Taken by {len(found)} of {len(found)} services. Look whether it came.")


def _find(on: datetime | None) -> Night:
    settings = Settings.load()
    sources, refusals = definitions.load_sources(settings)
    work = definitions.open_workplace(settings)
    found = night(work, sources, refusals, on.date() if on else settings.today())
    return with_outlook(work, found)


def _say(found: Night) -> None:
    console.out.rule(f"Night of {found.business_date}")
    if not found.open:
        console.say("Nothing needs anybody.", "green")
    for one in found.open:
        _say_open(one)
    for source, ends in found.ending:
        console.say(f"Ends on {ends.last_day}: {ends.what}, of {source}. Next: {ends.next}.", "yellow")
    for kept in found.kept_sending:
        console.say(
            f"{kept.source} goes on sending rows that may not be kept: {kept.suppressed} suppressed, "
            f"{kept.expired} expired. Next: ask its owner to stop sending them.",
            "yellow",
        )
    states = [[state, count] for state, count in found.states.items()]
    console.table("Sources", ["state", "sources"], states, right=["sources"])
    console.table("Rows merged", ["rows", "count"], [[name, n] for name, n in found.rows.items()], right=["count"])
    if found.rejected:
        rows = [[one.source, one.rule, one.effect, one.rows] for one in found.rejected]
        console.table("Rejected", ["source", "rule", "effect", "rows"], rows, right=["rows"])
    for section in (outlook.queue(found), outlook.decided(found), outlook.due(found)):
        _say_section(section)


def _say_section(section: Section) -> None:
    if section.rows:
        right = [head for head, cell in zip(section.heads, section.rows[0], strict=True) if isinstance(cell, int)]
        console.table(section.title, section.heads, section.rows, right=right)
    if section.said:
        console.say(section.said)


def _say_open(one: Standing) -> None:
    batch = f", batch {one.batch.id}" if one.batch else ""
    behind = f"; {one.behind} nights without a merge" if one.behind > 1 else ""
    style = "yellow" if one.state in (State.HELD, State.RELEASED) else "red"
    console.say(f"{one.state}: {one.source} ({one.business_date}{batch}): {one.what}{behind}", style)
    for said in one.details:
        console.say(f"  {said}")
    for command in one.next:
        console.say(f"  Next: {command}")
    console.say(f"  Owner: {one.owner}")


def _exit_code(needing: list[Standing]) -> int:
    """As of mdo sync: 1 something is broken or missing, 3 something is held, 0 nothing needs anybody."""
    if any(one.state not in (State.HELD, State.RELEASED) for one in needing):
        return BROKEN
    return HELD if needing else NOTHING_OPEN
