"""``mdo match pin`` and ``unpin``: a person's or company's field, corrected by hand.

Belongs here: asking for the value and saying what was done. Does not belong here: what a correction means
(`register.matching.pins`). The value is personal: it comes by the prompt or standard input, never as an argument.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By, Reason
from pipelines.command.ids import golden_id
from pipelines.settings import Settings
from register.matching import pins
from register.roles import Role

Kind = Annotated[str, typer.Argument(metavar="KIND", help="person or company.")]
Golden = Annotated[str, typer.Argument(metavar="ID", help="Its id, as G12.")]
Field = Annotated[str, typer.Argument(metavar="FIELD", help="The field, as mdo explain names it.")]


def pin(
    kind: Kind,
    which: Golden,
    field: Field,
    by: By,
    reason: Reason,
    empty: Annotated[bool, typer.Option("--empty", help="No value holds; nothing is asked.")] = False,
) -> None:
    """Correct a field by hand: the value is asked for, and holds through every import until it is unpinned."""
    settings = Settings.load()
    number = golden_id(which)
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    text = None if empty else typer.prompt("Value")
    pins.pin(work.register, kind, number, field, text, by=by, reason=reason, on=settings.today())
    console.say(
        f"{field} of {kind} G{number} is corrected. Tell the owners of its registers: mdo explain {kind} {which}"
    )


def unpin(kind: Kind, which: Golden, field: Field, by: By, reason: Reason) -> None:
    """Take a correction away: the registers' words count again."""
    settings = Settings.load()
    number = golden_id(which)
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    pins.unpin(work.register, kind, number, field, by=by, reason=reason, on=settings.today())
    console.say(f"{field} of {kind} G{number} is not corrected any more.")
