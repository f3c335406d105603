"""``mdo match queue``, ``import`` and ``across``: what waits for a person, out and back.

Belongs here: listing the queue, the workbook's way out and in, and switching pairs of customers. Does not belong here:
what the queue holds (`register.matching.queue`), or the workbook (`assets.review`). No value of a record is printed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assets import review
from assets.workplace import Workplace
from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By
from pipelines.settings import Settings
from register.matching import across, run
from register.matching import queue as waiting
from register.roles import Role
from schemas.errors import Refusal

Customer = Annotated[str | None, typer.Option(help="Only this customer.")]


def queue(
    customer: Customer = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many pairs.")] = 50,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write them with their values into this workbook (.xlsx).")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="The named person who asks for the workbook.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="What it is for; without personal data.")] = None,
) -> None:
    """Show the pairs that a person should look at, the likeliest first; or hand them out as a workbook."""
    work = definitions.open_workplace(Settings.load(), role=Role.STEWARD)
    with work.register.transaction() as connection:
        chosen = run.customers(connection, customer)
        rows = [] if export else waiting.listed(connection, chosen[customer] if customer else None, limit=limit)
    if export is not None:
        _export(work, list(chosen), export, limit, by, reason)
        return
    now = datetime.now(UTC)
    console.table(
        "Waiting for a person",
        ["records", "sources", "why", "rule", "score", "model", "since", "days"],
        [
            [
                *(f"{one.record_a} {one.record_b}", f"{one.source_a} {one.source_b}", one.why, one.rule),
                *("" if one.score is None else f"{one.score:.1f}", one.model),
                *(console.moment(one.since), (now - one.since).days),
            ]
            for one in rows
        ],
        right=["score", "days"],
    )
    console.say("Look at them: mdo match show RECORD. Decide: mdo match same or different, or --export a workbook.")


def _export(work: Workplace, customers: list[str], path: Path, limit: int, by: str | None, reason: str | None) -> None:
    if by is None or reason is None:
        raise Refusal("A workbook with personal data has a person who asks for it.", "Add --by and --reason.")
    if len(customers) != 1:
        raise Refusal("A workbook is of one customer.", "Name the customer with --customer.")
    pairs = review.export(work, customers[0], path, limit=limit, by=by, reason=reason)
    console.say(f"{path} has {pairs} pairs, for its reader alone. When it is filled in: mdo match import {path}")
    console.say("It holds personal data: remove it when it has been taken in.", "yellow")


def import_(
    file: Annotated[Path, typer.Argument(help="The workbook, filled in.")],
    by: By,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for rows that give no reason; without personal data.")
    ] = None,
) -> None:
    """Take in what was decided in a workbook; rows whose records have changed since are refused, the others go in."""
    work = definitions.open_workplace(Settings.load(), role=Role.STEWARD)
    taken = review.take(work, file, by=by, reason=reason)
    console.say(f"Taken in: {taken.same} same, {taken.different} different; {taken.undecided} left undecided.")
    for row, why in taken.refused:
        console.error(f"Row {row} was not taken in: {why}")
    if taken.refused:
        raise typer.Exit(1)


def across_(
    one: Annotated[str | None, typer.Argument(metavar="CUSTOMER", help="One customer.")] = None,
    other: Annotated[str | None, typer.Argument(metavar="CUSTOMER", help="The other.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="The named person who decides.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; without personal data.")] = None,
    off: Annotated[bool, typer.Option("--off", help="No longer.")] = False,
) -> None:
    """Let the people of two customers be compared, for the queue only; without arguments, list who may be."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    if one is None:
        with work.register.transaction() as connection:
            found = across.switched(connection)
        rows = [[each.customer, each.other, each.said_by, console.moment(each.made_at), each.reason] for each in found]
        console.table("Compared across customers", ["customer", "other", "by", "since", "reason"], rows)
        return
    if other is None or by is None or reason is None:
        raise Refusal("This takes two customers and a person who decides.", "Add --by and --reason.")
    across.switch(work.register, one, other, to=not off, by=by, reason=reason, on=settings.today())
    console.say(f"People of {one} and {other} are {'no longer ' if off else ''}compared; nobody is joined by it.")
