"""The asset of matching: ``register/persons``.

Belongs here: running matching for every customer, and the checks that show how it stands, in counts. Does not belong
here: who is who (`register.matching`), and any value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from assets.leak_guard import value_free
from assets.naming import MERGED, asset_key
from assets.workplace import Workplace
from register.matching import run
from register.matching.report import Audit, Matched, audit
from schemas.errors import Refusal
from sources.config import Source

KEY = dg.AssetKey(["register", "persons"])

#: Record types whose records are matched.
_MATCHED = frozenset({"person", "company"})

#: Days after which a pair in the review queue has waited too long.
MOST_DAYS = 30

#: The checks, and what each says.
CHECKS = {
    "no_veto_crossed": "No person holds two records that must not meet, unless a named person has said so.",
    "everybody_is_somebody": "Every record belongs to a person or company, and is counted once.",
    "queue_looked_at": f"No pair has waited for a person for more than {MOST_DAYS} days.",
    "nothing_left": "No rule was kept from joining records by what else would have been joined.",
}


def build(sources: Sequence[Source], partitions: dg.PartitionsDefinition[Any]) -> dg.AssetsDefinition:
    """The asset, below what every source of persons or companies has merged. It runs in a job of its own."""

    @dg.multi_asset(
        name="register__persons",
        specs=[
            dg.AssetSpec(
                KEY,
                deps=[asset_key(source, MERGED) for source in sources if _MATCHED & set(source.records)],
                description=(
                    "Who is who: records of one person or company brought together inside a customer, and the golden "
                    "record of each. It takes what has been merged by then; a held source keeps nobody waiting."
                ),
                group_name="register",
                kinds={"postgres"},
                metadata={"tables": "register.person, register.company, register.match_link, register.golden_member"},
            )
        ],
        check_specs=[dg.AssetCheckSpec(name, asset=KEY, description=about) for name, about in CHECKS.items()],
        partitions_def=partitions,
        required_resource_keys={"workplace"},
    )
    @value_free
    def persons(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        work: Workplace = context.resources.workplace
        matched, audits, refused = _match_everybody(work)
        yield dg.MaterializeResult(asset_key=KEY, metadata=_metadata(matched))
        yield from _checks(matched, audits)
        if refused:
            raise refused[0]

    return persons


def _match_everybody(work: Workplace) -> tuple[dict[str, Matched], list[Audit], list[Refusal]]:
    """Each customer by itself: one that cannot be matched now keeps no other waiting."""
    with work.register.transaction() as connection:
        customers = run.customers(connection)
    matched: dict[str, Matched] = {}
    audits: list[Audit] = []
    refused: list[Refusal] = []
    for name, one in customers.items():
        try:
            matched[name] = run.match(work.register, one)
            with work.register.transaction() as connection:
                audits.append(audit(connection, one))
        except Refusal as refusal:
            refused.append(type(refusal)(f"{name}: {refusal.what}", refusal.remedy))
    return matched, audits, refused


def _metadata(matched: dict[str, Matched]) -> dict[str, Any]:
    return {
        "records": sum(one.records for one in matched.values()),
        "persons": sum(one.persons for one in matched.values()),
        "companies": sum(one.companies for one in matched.values()),
        "links_by_rule": dg.MetadataValue.json(_summed([one.links for one in matched.values()])),
        "decisions": dg.MetadataValue.json(_summed([one.decided for one in matched.values()])),
        "queue": sum(one.waiting for one in matched.values()),
        "customers": _table(
            {
                name: {"records": one.records, "persons": one.persons, "queue": one.waiting}
                for name, one in matched.items()
            }
        ),
    }


def _checks(matched: dict[str, Matched], audits: list[Audit]) -> Iterator[dg.AssetCheckResult]:
    crossed = sum(one.crossed for one in audits)
    homeless = sum(one.homeless for one in audits)
    now = datetime.now(UTC)
    days = {name: (now - one.waiting_since).days for name, one in matched.items() if one.waiting_since}
    queues = {name: {"pairs": matched[name].waiting, "oldest_days": age} for name, age in days.items()}
    left = {name: one.left for name, one in matched.items() if one.left}
    yield _check("no_veto_crossed", not crossed, pairs=crossed)
    yield _check("everybody_is_somebody", not homeless, records=homeless)
    oldest = max(days.values(), default=0)
    pairs = sum(one.waiting for one in matched.values())
    too_old = oldest > MOST_DAYS
    yield _check("queue_looked_at", not too_old, warn=True, pairs=pairs, oldest_days=oldest, customers=_table(queues))
    yield _check("nothing_left", not left, warn=True, **_summed(list(left.values())), customers=_table(left))


def _check(name: str, passed: bool, *, warn: bool = False, **metadata: Any) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.WARN if warn else dg.AssetCheckSeverity.ERROR
    return dg.AssetCheckResult(asset_key=KEY, check_name=name, passed=passed, severity=severity, metadata=metadata)


def _summed(counts: Sequence[dict[str, int]]) -> dict[str, int]:
    names = sorted({name for one in counts for name in one})
    return {name: sum(one.get(name, 0) for one in counts) for name in names}


def _table(rows: dict[str, dict[str, int]]) -> dg.TableMetadataValue:
    """A row for each customer. All rows of a table have the same columns."""
    names = sorted({name for one in rows.values() for name in one})
    records = [
        dg.TableRecord({"customer": customer} | {name: one.get(name, 0) for name in names})
        for customer, one in rows.items()
    ]
    return dg.MetadataValue.table(records=records, schema=_schema(names))


def _schema(names: Sequence[str]) -> dg.TableSchema:
    return dg.TableSchema(columns=[dg.TableColumn("customer"), *(dg.TableColumn(name, "int") for name in names)])
