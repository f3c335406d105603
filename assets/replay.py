"""Batches from landed copies: pulling a held one again, and bringing an earlier one back.

Belongs here: reading a landed copy as a reader would hand it over, and what is made of it. Does not belong here: the
customer's files, or who may decide (`register.decisions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from assets.admission import admit
from assets.pull import Pull
from assets.sync import Result, failing, result_of, settle
from assets.workplace import Workplace
from register import batches, decisions, landed, quarantine
from register import sources as known_sources
from register.actors import decider
from register.batches import Batch
from schemas.errors import Refusal
from sources.config import Source
from sources.readers.base import Chunk
from sources.rules_version import rules_version


@dataclass(frozen=True)
class Decision:
    """Who decides, and why."""

    by: str
    reason: str


def release(work: Workplace, source: Source, batch_id: int, decision: Decision) -> Result:
    """Releases a held batch and applies it; where its staged rows are gone, pulls it again from its landed copy.

    Args:
        source: the description in use now; the landed copy is read by it.

    Raises:
        Refusal: where the person may not decide, the batch is not held, or neither staging nor a landed copy is left.
    """
    with work.register.transaction() as connection:
        held = batches.get(connection, batch_id)
        admit(connection, work, source, held.customer_id, held.business_date)
    how = {"by": decision.by, "reason": decision.reason}
    try:
        return result_of(work, decisions.release(work.register, batch_id, on=work.today, vault=work.vault, **how))
    except decisions.StagingGone:
        work.listener(source.name, "its staged rows are out of date, pulling it again", 0)
    with work.register.transaction() as connection:
        batch = batches.get(connection, batch_id)
    with work.register.source_lock(batch.source_id, wait_seconds=work.wait_seconds):
        _pull_landed(work, source, batch, origin=batch_id)
        with work.register.transaction() as connection:
            batches.update(connection, batch_id, status="released")
        return settle(work, batch)


def reapply(work: Workplace, source: Source, batch_id: int, decision: Decision, *, business_date: date) -> Result:
    """Brings an earlier batch's landed copy back as the newest word on its source.

    Args:
        business_date: the date it is to count for, usually that of the batch that should not have been applied.

    Raises:
        Refusal: where the person may not decide, or the landed copy has expired.
    """
    with work.register.transaction() as connection:
        decided_by = decider(connection, decision.by, decision.reason, work.today)
        earlier = batches.get(connection, batch_id)
        if earlier.source_name != source.name:
            raise Refusal(f"Batch {batch_id} is of {earlier.source_name}, not of {source.name}.")
        if not landed.exists(connection, batch_id):
            raise Refusal(
                f"Batch {batch_id} has no landed copy any more.",
                "Landed copies are kept for a few days only; ask the owner for the file and sync it.",
            )
        known = known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
        admit(connection, work, source, known.customer_id, business_date)
    with work.register.source_lock(known.id, wait_seconds=work.wait_seconds):
        with work.register.transaction() as connection:
            batches.clear_interrupted(connection, known.id)
            new_id = batches.begin(
                connection,
                known,
                business_date=business_date,
                as_of=work.now(),
                rules_version=rules_version(source),
                run_id=None,
                kind="reapply",
                file_name=earlier.file_name,
                digest=earlier.digest,
            )
            batches.decided(
                connection, new_id, by=decided_by, reason=f"reapplied from batch {batch_id}: {decision.reason.strip()}"
            )
            batches.update(connection, new_id, pulled=_columns_of(earlier))
            new = batches.get(connection, new_id)
        with failing(work, new):
            _pull_landed(work, source, new, origin=batch_id)
            return settle(work, new)


def _columns_of(batch: Batch) -> dict[str, object]:
    known = ("columns_used", "columns_missing", "columns_dropped", "doubts")
    return {name: batch.pulled.get(name, []) for name in known}


def _pull_landed(work: Workplace, source: Source, batch: Batch, *, origin: int) -> None:
    """Stages a landed copy for a batch, in place of what was staged for it."""
    with work.register.transaction() as connection:
        if not landed.exists(connection, origin):
            raise Refusal(
                f"Batch {origin} has neither its staged rows nor a landed copy.", "Sync its date again from the file."
            )
        unsplit = quarantine.unsplit_rows(connection, origin)
        earlier = batches.get(connection, origin)
        batch.staging.drop(connection)
        quarantine.clear(connection, batch.id)
    missing = [name for name in source.wanted_columns if name in batch.pulled.get("columns_missing", [])]
    incomplete = [note for note in earlier.notes if not earlier.complete]
    Pull(work, source, batch, missing=missing, land=False).run(_chunks(work, origin, unsplit), incomplete)


def _chunks(work: Workplace, batch_id: int, unsplit: list[tuple[int, str]]) -> Iterator[Chunk]:
    with work.register.transaction() as connection:
        for rows in landed.read_parts(connection, batch_id):
            numbers = rows.column(landed.ROW_NUMBER).to_numpy().astype("int64")
            yield Chunk(rows.drop_columns([landed.ROW_NUMBER]), numbers)
    if unsplit:
        nothing = pa.table({})
        yield Chunk(nothing, np.empty(0, dtype="int64"), unsplit)
