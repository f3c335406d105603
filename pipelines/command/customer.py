"""``mdo customer``: a customer who leaves.

Belongs here: writing it down, giving data back, and the certificate. Does not belong here: deleting; the night does
that on the day it is due (R15).
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines import definitions
from pipelines.command import console
from pipelines.command.batch import By, Reason
from pipelines.settings import Settings
from register import customers
from register.customers import RETURN, End
from register.roles import Role
from schemas.errors import NotFound
from sources import handover

app = typer.Typer(help="Customers who leave.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The customer's short name.")]


@app.command("end")
def end(
    name: Name,
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The last day of the service.")],
    choice: Annotated[str, typer.Option(help="What becomes of what we process for it: delete or return.")],
    by: By,
    reason: Reason,
) -> None:
    """Write down that a customer leaves: its sources stop, its contracts end, and what follows is said."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    with work.register.transaction() as connection:
        customers.end(connection, name, ends_on=on.date(), choice=choice, by=by, reason=reason, on=settings.today())
        (one,) = customers.listed(connection, days=_days(settings), name=name)
    _show(one)


@app.command("stay")
def stay(name: Name, by: By, reason: Reason) -> None:
    """Take the end of a customer back, as long as nothing was deleted for it."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    with work.register.transaction() as connection:
        customers.stay(connection, name, by=by, reason=reason, on=settings.today())
    console.say(f"{name} stays. Its sources are read again by the next sync.")


@app.command("return")
def return_(
    name: Name,
    to: Annotated[Path, typer.Option(help="The folder for the workbook and the JSON file.")],
    by: By,
) -> None:
    """Write what we process for a customer to a workbook and a JSON file, for the customer; both are personal data."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.RETENTION)
    with work.register.transaction() as connection:
        found = customers.listed(connection, days=_days(settings), name=name)
        if not found:
            raise NotFound(f"{name} has not left.", f"mdo customer end {name} comes first.")
        customers.returned(connection, name, by=by, on=settings.today())
        sheets = [(record.name, columns, rows) for record, columns, rows in customers.processed(connection, name)]
        written = handover.write(to, f"{name}-{found[0].ends_on}", sheets)
    for path in written:
        console.say(f"{path} (readable by you alone; remove it once the customer has it)")


@app.command("list")
def list_() -> None:
    """List the customers who have left or are about to."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.AUDITOR)
    with work.register.transaction() as connection:
        found = customers.listed(connection, days=_days(settings))
    rows = [[one.name, one.ends_on, one.recorded_on, one.choice, one.processed, _state(one)] for one in found]
    heads = ["customer", "left on", "written down", "choice", "processed records", "state"]
    console.table("Customers who leave", heads, rows, right=["processed records"])


@app.command("certificate")
def certificate(name: Name) -> None:
    """Print the certificate of deletion: numbers by table, and no value."""
    settings = Settings.load()
    work = definitions.open_workplace(settings, role=Role.AUDITOR)
    with work.register.transaction() as connection:
        found = customers.listed(connection, days=_days(settings), name=name)
    if not found or found[0].certificate is None:
        raise NotFound(f"There is no certificate of {name} yet.", "mdo customer list shows when it is due.")
    console.say(json.dumps(found[0].certificate, ensure_ascii=False, indent=1))


def _show(one: End) -> None:
    console.say(
        f"{one.name} leaves on {one.ends_on}. Its sources are read no more after that day: {_listed(one.sources)}."
    )
    console.say(f"Revoke on both sides: {_listed(one.credentials)}.")
    console.say(
        f"We hold {one.processed} records as its processor; they are deleted from {one.due_on} on, by the night."
    )
    if one.recorded_on > one.ends_on:
        console.say(f"The last day has gone by: the days until then count from {one.recorded_on}.", "yellow")
    if one.choice == RETURN:
        console.say(f"Before that: mdo customer return {one.name} --to FOLDER --by NAME", "yellow")
    console.say(f"If the day is wrong: mdo customer stay {one.name} takes it back, before anything is deleted.")
    console.say("What we hold as controller follows its own rules from that day (R1 to R3): mdo retention plan.")


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _state(one: End) -> str:
    if one.certificate is not None:
        return f"deleted on {one.certificate['deleted on']}"
    if one.choice == RETURN and not one.returned:
        return "to be returned"
    return f"to be deleted from {one.due_on} on"


def _days(settings: Settings) -> int:
    return settings.policy().step("processed", "delete").after.days
