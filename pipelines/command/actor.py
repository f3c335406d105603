"""``mdo actor``: the named persons who may decide.

Belongs here: entering, ending and listing them. Does not belong here: their decisions.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.settings import Settings
from register import actors
from register.actors import Actor
from register.roles import Role

app = typer.Typer(help="The named persons who may release, discard and activate.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day; today.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The short name the person signs decisions with.")],
    title: Annotated[str, typer.Option(help="The person's duty, such as: data engineer.")],
    on: Day = None,
) -> None:
    """Enter a person who may decide from a day on."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    first = on.date() if on else settings.today()
    with work.register.transaction() as connection:
        actors.add(connection, Actor(name, title, first, None))
    console.say(f"{name} may decide from {first} on.")


@app.command("end")
def end(name: Annotated[str, typer.Argument(help="The short name.")], on: Day = None) -> None:
    """End a person's right to decide after a day; past decisions stay."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.STEWARD)
    last = on.date() if on else settings.today()
    with work.register.transaction() as connection:
        actors.end(connection, name, last)
    console.say(f"{name} may decide until {last}.")


@app.command("list")
def list_() -> None:
    """List everybody, also those whose right has ended."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        everyone = actors.everyone(connection)
    rows = [[one.name, one.title, one.valid_from, one.valid_to] for one in everyone]
    console.table("Persons who decide", ["name", "duty", "from", "to"], rows)
