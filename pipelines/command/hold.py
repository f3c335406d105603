"""``mdo hold``: legal holds.

Belongs here: opening, ending and listing them. Does not belong here: what they cover (`register.retention.holds`).
Records and persons are named by their ids alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By, Reason
from pipelines.command.match import parsed
from pipelines.settings import Settings
from register.erasure import waiting
from register.retention import holds
from register.retention.holds import Scope
from register.roles import Role
from schemas.errors import NotFound

app = typer.Typer(help="Legal holds: what retention leaves alone, and who said so.", no_args_is_help=True)


@app.command("add")
def add(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="customer:NAME, source:CUSTOMER/REGISTER, person:G12, or a record such as account:7."
        ),
    ],
    reason: Annotated[
        str, typer.Option(help="A code: claim, incident, authority, request, complaint, audit or other.")
    ],
    by: By,
    approved_by: Annotated[str, typer.Option(help="The other person, who approves it.")],
    review_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Within six months from today.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Of events, the first day held; all.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Of events, the last day held; all.")
    ] = None,
) -> None:
    """Open a hold. It suspends deletion, not the clock: what falls due meanwhile goes after its end."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    scope = _scope(what, first, last)
    with work.register.transaction() as connection:
        number = holds.add(
            connection,
            scope,
            reason=reason,
            opened_by=by,
            approved_by=approved_by,
            review_on=review_on.date(),
            on=settings.today(),
        )
    console.say(f"Hold {number} stands; look at it again on {review_on.date()}.")


@app.command("end")
def end(
    number: Annotated[int, typer.Argument(metavar="HOLD", help="Its number; mdo hold list shows it.")],
    by: By,
    reason: Reason,
) -> None:
    """End a hold with this day, and name the cases whose erasure it has kept from being whole."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    with work.register.transaction() as connection:
        holds.end(connection, number, by=by, reason=reason, on=settings.today())
        cases = waiting.freed(connection, settings.today())
    console.say(f"Hold {number} ends with {settings.today()}.")
    if cases:
        console.say("An erasure left rows because of it. From tomorrow on, give the command once more for:", "yellow")
    for case in cases:
        console.say(f"mdo subject erase --case {case}")


@app.command("list")
def list_() -> None:
    """List every hold, also those that have ended."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        known = holds.listed(connection)
    rows = [
        [
            *(str(one.id), one.what, one.first_day, one.last_day, one.reason),
            *(one.opened_by, one.approved_by, one.opened_on, one.review_on, one.ended_on),
        ]
        for one in known
    ]
    heads = ["hold", "what", "from", "to", "reason", "opened by", "approved by", "since", "review", "ended"]
    console.table("Legal holds", heads, rows)


def _scope(what: str, first: datetime | None, last: datetime | None) -> Scope:
    kind, _, name = what.partition(":")
    days = Scope(first_day=first.date() if first else None, last_day=last.date() if last else None)
    if kind == "customer":
        return replace(days, customer=name)
    if kind == "source":
        return replace(days, source=name)
    golden, number = parsed(name) if name else (True, 0)
    if golden and (kind != "person" or not name):  # G12 of a company is another number than that of its record
        raise NotFound(
            "That is nothing that a hold covers.",
            "Write customer:NAME, source:CUSTOMER/REGISTER, person:G12, or a record such as account:7.",
        )
    return replace(days, record_type="golden" if golden else kind, record_id=number)
