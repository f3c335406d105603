"""The sources that the register knows.

Belongs here: entering a source and its versions, and whether it is live. Does not belong here: what a description
means (`sources.config`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register.actors import decider
from register.tables import privacy, sync
from schemas.errors import NotFound

DRAFT, ACTIVE = "draft", "active"


@dataclass(frozen=True)
class KnownSource:
    """A source as the register knows it."""

    id: int
    customer_id: int
    version_id: int
    name: str
    state: str


@dataclass(frozen=True)
class Version:
    """One version of a source's description and when it was first used."""

    digest: str
    first_used_at: datetime
    batches: int
    last_date: date | None


def enter(connection: sa.Connection, *, customer: str, name: str, description: dict[str, Any]) -> KnownSource:
    """Enters a source and this version of its description, if they are new. A new source is a draft.

    Its priority is that of the latest description; golden records follow it with the next run of matching.
    """
    digest = hashlib.sha256(json.dumps(description, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    connection.execute(insert(sync.customer).values(name=customer).on_conflict_do_nothing())
    customer_id = connection.scalar(sa.select(sync.customer.c.id).where(sync.customer.c.name == customer))
    connection.execute(insert(sync.source).values(customer_id=customer_id, name=name).on_conflict_do_nothing())
    source = connection.execute(sa.select(sync.source).where(sync.source.c.name == name)).one()
    priority = description.get("priority", 0)
    if source.priority != priority:
        connection.execute(sa.update(sync.source).where(sync.source.c.id == source.id).values(priority=priority))
    version = {"source_id": source.id, "digest": digest, "description": description}
    connection.execute(insert(sync.source_version).values(**version).on_conflict_do_nothing())
    version_id = connection.execute(
        sa.select(sync.source_version.c.id).where(
            sync.source_version.c.source_id == source.id, sync.source_version.c.digest == digest
        )
    ).scalar_one()
    return KnownSource(source.id, source.customer_id, version_id, name, source.state)


def ids(connection: sa.Connection) -> dict[str, int]:
    """Every source that has been entered: name -> id."""
    return {row.name: row.id for row in connection.execute(sa.select(sync.source.c.name, sync.source.c.id))}


def state_of(connection: sa.Connection, name: str) -> str | None:
    """draft, active, or None for a source that was never read."""
    return connection.scalar(sa.select(sync.source.c.state).where(sync.source.c.name == name))


def decide(connection: sa.Connection, name: str, state: str, *, by: str, reason: str, on: date) -> None:
    """Sends a source live or back to draft, recorded with the person and the reason.

    Raises:
        NotFound: where the source or the person is not known.
    """
    actor_id = decider(connection, by, reason, on)
    source_id = connection.scalar(
        sa.update(sync.source).where(sync.source.c.name == name).values(state=state).returning(sync.source.c.id)
    )
    if source_id is None:
        raise NotFound(f"No source named {name} has been entered.", "mdo source list shows the names.")
    connection.execute(
        insert(sync.source_decision).values(source_id=source_id, state=state, actor_id=actor_id, reason=reason.strip())
    )


@dataclass(frozen=True)
class Decision:
    """Who gave a source its state, when and why."""

    state: str
    by: str
    reason: str
    decided_at: datetime


def decisions(connection: sa.Connection, name: str) -> list[Decision]:
    """The decisions on a source, oldest first."""
    table = sync.source_decision
    rows = connection.execute(
        sa.select(table.c.state, privacy.actor.c.name.label("by"), table.c.reason, table.c.decided_at)
        .join(sync.source, sync.source.c.id == table.c.source_id)
        .join(privacy.actor, privacy.actor.c.id == table.c.actor_id)
        .where(sync.source.c.name == name)
        .order_by(table.c.id)
    )
    return [Decision(**row._mapping) for row in rows]


def description(connection: sa.Connection, name: str, digest: str) -> dict[str, Any]:
    """A version of a source's description.

    Args:
        digest: its digest, or the beginning of it.

    Raises:
        NotFound: where no version, or more than one, begins so.
    """
    found = connection.scalars(
        sa.select(sync.source_version.c.description)
        .join(sync.source, sync.source.c.id == sync.source_version.c.source_id)
        .where(sync.source.c.name == name, sync.source_version.c.digest.startswith(digest, autoescape=True))
    ).all()
    if len(found) != 1:
        raise NotFound(f"{len(found)} versions of {name} begin so.", "mdo source history shows the versions.")
    return dict(found[0])


def history(connection: sa.Connection, name: str) -> list[Version]:
    """The versions of a source's description that were in use, oldest first."""
    rows = connection.execute(
        sa.select(
            sync.source_version.c.digest,
            sync.source_version.c.first_used_at,
            sa.func.count(sync.batch.c.id).label("batches"),
            sa.func.max(sync.batch.c.business_date).label("last_date"),
        )
        .join(sync.source, sync.source.c.id == sync.source_version.c.source_id)
        .outerjoin(sync.batch, sync.batch.c.source_version_id == sync.source_version.c.id)
        .where(sync.source.c.name == name)
        .group_by(sync.source_version.c.id)
        .order_by(sync.source_version.c.id)
    )
    return [Version(**row._mapping) for row in rows]
