"""Whose word counts where several records speak of one person or company (RS-06).

Belongs here: telling, of a record's field, which other record or correction outranks it and why. Does not belong here:
choosing (`register/sql/links.sql`); this reads what was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from register.statements import statement
from register.tables.matching import GOLDEN_TABLES, golden_member
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES

#: What decides, the strongest first, and how it is said.
_CRITERIA: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("the user says so", lambda record: record.origin == "self_reported"),
    ("its register still shows it", lambda record: record.absent_since is None),
    ("its register has the higher priority", lambda record: record.priority),
    ("changed later", lambda record: record.last_changed),
)


@dataclass(frozen=True)
class Outranked:
    """What holds instead of a record's field.

    Attributes:
        record_id: the record whose word counts; None where a named person has corrected the field.
    """

    record_id: int | None
    why: str


def outranked(connection: sa.Connection, record_type: str, record: Any) -> dict[str, Outranked]:
    """The fields of a record, among those it fills, for which another's word counts. Empty before it was matched.

    Args:
        record: a row of the record type's table.
    """
    if record_type not in GOLDEN_TABLES:
        return {}
    table, member = GOLDEN_TABLES[record_type], golden_member
    golden = connection.execute(
        sa.select(table)
        .join(member, member.c.golden_id == table.c.id)
        .where(member.c.record_type == record_type, member.c.record_id == record.id)
    ).one_or_none()
    if golden is None:
        return {}
    chosen = {
        name: getattr(golden, f"{name}_record")
        for name in RECORD_TYPES[record_type].field_names
        if getattr(record, name) is not None and getattr(golden, f"{name}_record") != record.id
    }
    mine, *others = (_rank(connection, record_type, one) for one in [record.id, *sorted(set(chosen.values()) - {None})])
    ranks = {other.id: other for other in others}
    return {
        name: Outranked(one, _why(ranks[one], mine) if one is not None else "corrected by hand")
        for name, one in chosen.items()
    }


def _rank(connection: sa.Connection, record_type: str, record_id: int) -> Any:
    asked = statement("rank_of_record", records=str(RECORD_TABLES[record_type]))
    return connection.execute(asked, {"record_id": record_id}).one()


def _why(winner: Any, loser: Any) -> str:
    """The first of the criteria in which they differ; names of registers and keys decide at last."""
    return next((why for why, told in _CRITERIA if told(winner) != told(loser)), "first by name")
