"""What the pipeline itself leaves behind, and its end (R9, R10, R14, R2b).

Belongs here: landed copies, quarantine, staging, evidence of runs, policies, holds that have ended, persons who decide,
financial years. Does not belong here: records and events, or Dagster's own records, which only Dagster can delete.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from register import customers
from register.database import Register
from register.evidence import Entry
from register.retention import holds
from register.retention.records import Context
from register.retention.report import Falling, Line
from register.staging import Staging, leftovers
from register.statements import fragment, identifier, statement
from register.suppression import entries
from register.tables import erasure, metadata, privacy, sync
from register.tables.counts import contract_count
from register.tables.matching import matched_batch
from register.tables.minimisation import field_fill, scan, scanned_batch
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES
from schemas.retention import Policy, Step

#: Rows removed in one transaction.
MOST = 10_000

#: The kinds of data whose end is here, as steps of the policy name them.
KINDS = frozenset(
    {
        "landed",
        "quarantine",
        "staging",
        "batch",
        "evidence",
        "actor",
        "financial_year",
        "field_change",
        "contract_count",
        "marketing_choice",
        "subject_case",
        "suppression",
        "ledger_entry",
        "processed",
    }
)

#: Tables that name a batch of which they came, and the column.
_REFERRERS = [
    *((str(table), column) for table in RECORD_TABLES.values() for column in ("first_batch", "changed_batch")),
    *((str(sync.source_row), column) for column in ("first_batch", "changed_batch")),
    *((str(table), "batch_id") for table in (sync.field_change, sync.quarantine, sync.landed)),
]


def steps(policy: Policy) -> list[tuple[str, Step]]:
    """The steps that are carried out here, with their rule."""
    return [(rule, step) for rule, step in policy.steps() if step.of in KINDS and step.do != "report"]


def plan(connection: sa.Connection, context: Context) -> list[Line]:
    """What is due of landed copies, of quarantine and of customers who have left; the rest is counted as it goes."""
    found = []
    for rule, step in steps(context.policy):
        if step.of in ("landed", "quarantine"):
            counted = connection.execute(
                statement("count_held_back", due=_due(step.of)), context.bound(step.after)
            ).one()
            days = {"first_day": counted.first_day, "last_day": counted.last_day}
            found.append(Line(rule, step.of, f"sync.{step.of}", step.do, counted.rows, **days))
        elif step.of == "processed":
            found += _processed(connection, context, rule, step)
    return [line for line in found if line.rows or line.refused]


def _processed(connection: sa.Connection, context: Context, rule: str, step: Step) -> list[Line]:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for table, _, reason, many in customers.due(connection, context, step):
        rows[table][reason] += many
    return [Line(rule, step.of, table, step.do, many.pop("", 0), dict(many)) for table, many in sorted(rows.items())]


def ahead(connection: sa.Connection, context: Context) -> list[Falling]:
    """What of landed copies, quarantine and customers who leave falls due by the context's date, by day."""
    found: list[Falling] = []
    for rule, step in steps(context.policy):
        if step.of in ("landed", "quarantine"):
            asked = statement("count_held_back_ahead", due=_due(step.of), expires=fragment(f"{step.of}_expires"))
            counted = connection.execute(asked, context.bound(step.after))
            found += [Falling(rule, step.of, f"sync.{step.of}", step.do, row.due_on, row.rows) for row in counted]
        elif step.of == "processed":
            for table, due_on, reason, many in customers.due(connection, context, step):
                went, kept = (0, many) if reason else (many, 0)
                found.append(Falling(rule, step.of, table, step.do, due_on, went, kept))
    return found


def _due(of: str) -> str:
    """SQL: the rows of landed copies or quarantine that are past their retention."""
    expires = fragment(f"{of}_expires")
    return fragment("due_held_back").format(table=f"sync.{of}", expires=expires)


def enforce(register: Register, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    """Carries out a step, a transaction at a time. Yields the evidence of each."""
    if step.of in ("landed", "quarantine"):
        yield from _remove_held_back(register, context, rule, step)
        return
    work = {
        "staging": _drop_staging,
        "batch": _remove_batches,
        "evidence": _drop_evidence,
        "actor": _remove_actors,
        "financial_year": _remove_years,
        "field_change": _remove_changes,
        "contract_count": _remove_counts,
        "marketing_choice": _blank_choices,
        "subject_case": _remove_cases,
        "suppression": _expire_suppression,
        "ledger_entry": _forget_entries,
        "processed": customers.delete_due,
    }[step.of]
    with register.transaction() as connection:
        yield from context.note(connection, [entry for entry in work(connection, context, rule, step) if entry.rows])


def _remove_held_back(register: Register, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    due = _due(step.of)
    while True:
        with register.transaction() as connection:
            bound = context.bound(step.after) | {"most": MOST}
            rows = connection.execute(statement(f"remove_{step.of}", due=due), bound).rowcount
            yield from context.note(connection, [Entry(rule, "delete", f"sync.{step.of}", rows)] if rows else [])
        if rows < MOST:
            return


def _drop_staging(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    ids = sorted(leftovers(connection))
    over = connection.execute(statement("staging_over"), context.bound(step.after) | {"ids": ids}).all() if ids else []
    for batch in over:
        Staging(batch.id, tuple(RECORD_TYPES)).drop(connection)
    days = [batch.business_date for batch in over if batch.business_date]
    if over:
        yield Entry(rule, "drop", "staging", len(over), "", min(days, default=None), max(days, default=None))


def _remove_batches(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    bound = context.bound(step.after)
    connection.execute(statement("find_old_batches"), bound)
    any_old = sa.text("select exists (select from old_batch)")
    for referrer, column in _REFERRERS:
        if not connection.scalar(any_old):
            break
        connection.execute(statement("keep_referred_batches", table=referrer, column=column))
    connection.execute(statement("keep_last_coverage"))
    counted = connection.execute(statement("count_old_batches")).one()
    days = (counted.first_day, counted.last_day)
    for table, column in (
        (sync.coverage, "batch_id"),
        (matched_batch, "batch_id"),
        (scanned_batch, "batch_id"),
        (sync.batch, "id"),
    ):
        rows = connection.execute(statement("remove_of_old_batches", table=str(table), column=column)).rowcount
        yield Entry(rule, "delete", str(table), rows, "", *days)
    for name, table in {
        "remove_old_versions": sync.source_version,
        "remove_old_source_decisions": sync.source_decision,
        "remove_old_holds": privacy.hold,
        "remove_old_held_deletions": privacy.held_deletion,
        "remove_old_policies": privacy.policy_version,
        "remove_old_documents": privacy.document,
        "remove_old_scans": scan,
        "remove_old_fills": field_fill,
    }.items():
        rows = connection.execute(statement(name), bound | {"version": context.policy.version}).rowcount
        yield Entry(rule, "delete", str(table), rows)


def _drop_evidence(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    for found in connection.execute(statement("evidence_partitions")).all():
        last = date(found.year, 12, 31)
        if last + relativedelta(months=step.after.months, days=step.after.days) >= context.business_date:
            continue
        first = date(found.year, 1, 1)
        counted = sa.select(sa.func.count()).where(privacy.evidence.c.business_date.between(first, last))
        rows = connection.scalar(counted)
        connection.execute(sa.text("select privacy.drop_evidence_partition(:year)"), {"year": found.year})
        yield Entry(rule, "drop", str(privacy.evidence), int(rows or 0), "", first, last)


def _remove_actors(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    named = " or ".join(
        f"exists (select from {key.parent.table} as t where t.{identifier(key.parent.name)} = actor.id)"
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is privacy.actor.c.id
    )
    due = connection.execute(statement("due_actors", named=named), context.bound(step.after)).all()
    gone = [actor for actor in due if not actor.named]
    connection.execute(statement("remove_actors"), {"ids": [actor.id for actor in gone]})
    days = [actor.valid_to for actor in gone]
    yield Entry(rule, "delete", str(privacy.actor), len(gone), "", min(days, default=None), max(days, default=None))


def _remove_years(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    rows = connection.execute(statement("remove_old_years"), context.bound(step.after)).rowcount
    yield Entry(rule, "delete", str(privacy.financial_year), rows)


def _remove_changes(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    rows = connection.execute(statement("remove_old_changes"), context.bound(step.after)).rowcount
    yield Entry(rule, "delete", str(sync.field_change), rows)


def _remove_counts(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    rows = connection.execute(statement("remove_small_counts"), context.bound(step.after)).rowcount
    yield Entry(rule, "delete", str(contract_count), rows, "fewer than five")


def _blank_choices(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    holds.find(connection, context.business_date)
    rows = connection.execute(statement("blank_withdrawn"), context.bound(step.after)).rowcount
    yield Entry(rule, "coarsen", str(RECORD_TABLES[step.of]), rows, f"to the {step.to}")


def _remove_cases(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    for name, table in {
        "remove_old_cases": erasure.subject_case,
        "remove_old_restrictions": erasure.restriction,
        "remove_old_lifts": erasure.suppression_lift,
    }.items():
        rows = connection.execute(statement(name), context.bound(step.after)).rowcount
        yield Entry(rule, "delete", str(table), rows)


def _expire_suppression(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    query = statement("let_suppression_expire", sure=fragment("end_is_sure"))
    connection.execute(query, context.bound(step.after) | context.of_ends())
    yield Entry(rule, "delete", str(erasure.suppression), entries.expire(connection, context.business_date))


def _forget_entries(connection: sa.Connection, context: Context, rule: str, step: Step) -> Iterator[Entry]:
    rows = connection.execute(statement("forget_entries"), context.bound(step.after)).rowcount
    yield Entry(rule, "delete", str(erasure.ledger_entry), rows)
