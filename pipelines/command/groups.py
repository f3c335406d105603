"""``mdo groups``: what the register holds of each data group.

Belongs here: showing counts. Does not belong here: counting (`register.holdings`).
"""

from __future__ import annotations

from pipelines import definitions
from pipelines.command import console
from pipelines.settings import Settings
from register.holdings import Holding, holdings
from register.roles import Role
from schemas.catalogue import GROUPS


def groups() -> None:
    """Count the records of each data group of the register description, and the sources they come from."""
    work = definitions.open_workplace(Settings.load(), role=Role.AUDITOR)
    with work.register.transaction() as connection:
        show(holdings(connection))


def show(held: list[Holding]) -> None:
    """The table: a row for each record type, under its group."""
    rows: list[list[object]] = []
    for place, one in enumerate(held):
        first = place == 0 or held[place - 1].group != one.group
        group = f"{one.group} {GROUPS[one.group][1]}" if first else ""
        rows.append([group, one.record, one.records, one.sources, one.retention])
    heads = ["data group", "record", "records", "sources", "retention"]
    console.table("What the register holds", heads, rows, right=["records", "sources"])
