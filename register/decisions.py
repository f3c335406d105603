"""Decisions of named persons on held batches.

Belongs here: release and discard, with who and why. Does not belong here: how a batch is applied (`register.apply`).
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from register import apply, batches
from register.actors import decider
from register.apply import Outcome
from register.batches import Batch
from register.database import Register
from register.roles import Role
from register.suppression.vault import Vault
from schemas.errors import Refusal

#: How long a decision waits for a running sync of the same source.
_WAIT_SECONDS = 60


class StagingGone(Refusal):
    """The staged rows of a held batch are not there any more, or the register has moved on beneath them."""


def release(
    register: Register, batch_id: int, *, by: str, reason: str, on: date, vault: Vault | None = None
) -> Outcome:
    """Releases a held batch and applies it, unless its verdict has become worse.

    Raises:
        NotFound: where there is no such batch or person.
        Refusal: where the batch is not held, or a newer one has been applied.
        StagingGone: where it must be pulled again first; the release is recorded and stands.
    """
    with register.transaction() as connection:
        batch = batches.get(connection, batch_id)
    with register.source_lock(batch.source_id, wait_seconds=_WAIT_SECONDS):
        with register.acting_as(Role.STEWARD).transaction() as connection:
            batch = _held(connection, batch_id, by, reason, on, "released")
            usable = batch.staging.exists(connection) and not _moved_on(connection, batch)
        if not usable:
            raise StagingGone(f"The staged rows of batch {batch_id} cannot be used any more.", "It is pulled again.")
        return apply.settle(register.acting_as(Role.INGEST), batch_id, vault=vault)


def discard(register: Register, batch_id: int, *, by: str, reason: str, on: date) -> Batch:
    """Discards a held batch; the register stays as it is.

    Raises:
        NotFound, Refusal: as for `release`.
    """
    with register.transaction() as connection:
        batch = batches.get(connection, batch_id)
    with (
        register.source_lock(batch.source_id, wait_seconds=_WAIT_SECONDS),
        register.acting_as(Role.STEWARD).transaction() as connection,
    ):
        batch = _held(connection, batch_id, by, reason, on, "discarded")
        batch.staging.drop(connection)
        batches.finish(connection, batch_id, "discarded")
        return batch


def _held(connection: sa.Connection, batch_id: int, by: str, reason: str, on: date, status: str) -> Batch:
    batch = batches.get(connection, batch_id)
    actor_id = decider(connection, by, reason, on)
    if batch.status not in ("held", "released"):
        raise Refusal(f"Batch {batch_id} is {batch.status}, not held.", "mdo batch list --held shows what waits.")
    batches.update(connection, batch_id, status=status)
    batches.decided(connection, batch_id, by=actor_id, reason=reason.strip())
    return batches.get(connection, batch_id)


def _moved_on(connection: sa.Connection, batch: Batch) -> bool:
    """Whether another batch of the source was applied since this one was pulled, so that its filter is out of date."""
    newest = batches.last_applied_id(connection, batch.source_id)
    return newest != batch.pulled.get("after_batch")
