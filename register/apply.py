"""From a staged batch to an applied, held or previewed one.

Belongs here: the one transaction in which a batch is planned, judged and merged. Does not belong here: filling its
staging (`register.staging`), or the persons who release it (`register.decisions`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa

from register import batches, bulk, guards, merge, partitions, plan, quarantine
from register.batches import Batch
from register.database import Register
from register.guards import Alarm
from register.statements import statement
from register.suppression import staged
from register.suppression.vault import Vault
from register.tables import sync

#: The remark of a batch that found the same file under the same rules.
UNCHANGED_FILE = "the file has not changed"


@dataclass(frozen=True)
class Outcome:
    """What became of a batch.

    Attributes:
        status: applied, held, or planned for a dry run.
        counts: rows by what happens or happened to them, and ``absent``.
    """

    batch: Batch
    status: str
    counts: dict[str, int]
    alarms: list[Alarm]


def settle(register: Register, batch_id: int, *, dry_run: bool = False, vault: Vault | None = None) -> Outcome:
    """Plans a staged batch, judges the plan, and merges it unless it is held. All in one transaction.

    A held batch keeps its staging, made durable; a released one is planned again and held again if its verdict has
    become worse than what was released.

    Args:
        dry_run: plan and judge only, and keep nothing.
        vault: keys of erasures, asked where somebody was erased since the batch was pulled.
    """
    with register.transaction() as connection:
        batch = batches.get(connection, batch_id)
        if not dry_run:
            partitions.make(register, batch)  # before anything here has locked their tables
        staged.share(connection)
        connection.execute(sa.text("select pg_advisory_xact_lock(1296323, :source)"), {"source": batch.source_id})
        bulk.expect(connection)
        batch = staged.check(connection, batch, vault)
        covers = tuple(batch.pulled["scopes"]) if batch.complete else ()
        history = bool(batch.description["history"])
        position = plan.Position(batch.id, batch.customer_id, batch.source_id, batch.place, covers, history)
        planned = plan.make(connection, position, batch.staging)
        counts = _counts(batch, planned)
        earlier = batches.applied(connection, batch.source_id, before=batch.place, complete=True, limit=guards.BASELINE)
        state = connection.execute(
            sa.select(sync.source.c.state).where(sync.source.c.id == batch.source_id)
        ).scalar_one()
        alarms = guards.judge(batch, counts, planned, earlier, state)
        outcome = Outcome(batch, "applied", counts, alarms)
        if dry_run:
            return replace(outcome, status="planned")
        verdict = [alarm.as_dict() for alarm in alarms]
        if (batch.status == "released" and not guards.worse(alarms, batch.guards)) or not alarms:
            merge.apply(connection, position, batch.staging, planned, _provenance(batch))
            batch.staging.drop(connection)
            batches.finish(connection, batch.id, "applied", **counts)
        else:
            if batch.status != "held":
                batch.staging.make_durable(connection)
            batches.update(connection, batch.id, status="held", guards=verdict, **counts)
            outcome = replace(outcome, status="held")
        batches.supersede(connection, batch)
        return outcome


def _counts(batch: Batch, planned: plan.Plan) -> dict[str, int]:
    """The batch's counts: what the reader settled by itself, and what the plan says of the rest."""
    read = batch.pulled["counts"]
    counts = dict.fromkeys(batches.COUNTED, 0) | {
        "read": read["read"],
        "unchanged": read["unchanged"],
        "duplicate": read["duplicate"],
        "suppressed": read.get("suppressed", 0),
        "out_of_scope": read["out_of_scope"],
        "expired": read["expired"],
        "rejected_values": read["rejected_values"],
        "absent": planned.absent,
    }
    for action, rows in planned.actions.items():
        counts[action] += rows
    return counts


def _provenance(batch: Batch) -> merge.Provenance:
    description = batch.description
    basis = description["legal_basis"]
    return merge.Provenance(
        business_date=batch.business_date,
        origins=batch.pulled["origins"],
        processing_role=description["role"],
        legal_basis=f"{basis['code']} {basis['reference'] or ''}".strip(),
    )


def repeat(register: Register, batch_id: int, earlier: Batch) -> Outcome:
    """Applies a batch whose file and rules are those of the one applied just before it: nothing changes.

    It counts as a reading of everything that the earlier one read.
    """
    counts = batches.as_unchanged(earlier.counts)
    with register.transaction() as connection:
        batch = batches.get(connection, batch_id)
        scopes = list(earlier.pulled["scopes"]) if earlier.complete else []
        parameters = {"source_id": batch.source_id, "place": batch.place, "batch_id": batch.id, "scopes": scopes}
        connection.execute(statement("record_coverage"), parameters)
        quarantine.repeat(connection, earlier=earlier.id, batch_id=batch.id, business_date=batch.business_date)
        batches.finish(
            connection,
            batch.id,
            "applied",
            complete=earlier.complete,
            pulled=earlier.pulled | {batches.FILE_VERSION: batch.pulled.get(batches.FILE_VERSION)},
            notes=[*earlier.notes, UNCHANGED_FILE],
            **counts,
        )
        batches.supersede(connection, batch)
    return Outcome(replace(batch, complete=earlier.complete), "applied", counts, [])
