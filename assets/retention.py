"""The asset of retention: ``register/retention``.

Belongs here: running a night of retention, and the checks that show how it stands, in counts. Does not belong here:
what is due (`register.retention`), and any value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg

from assets import dagster_records
from assets.leak_guard import value_free
from assets.workplace import Workplace
from register import evidence
from register.evidence import Digest
from register.retention import run
from register.retention.report import Night
from schemas.retention import SHIPPED

KEY = dg.AssetKey(["register", "retention"])

#: The checks that are not of one rule, and what each says.
_MORE = {
    "nothing_held": "No deletion waits for a person's approval.",
    "holds_reviewed": "No legal hold is past its review date.",
}


def check_name(rule: str) -> str:
    """The check of one rule: ``R2a`` -> ``r2a``."""
    return rule.lower()


def build(partitions: dg.PartitionsDefinition[Any]) -> dg.AssetsDefinition:
    """The asset. It has nothing above it: it runs whether or not anything was synced."""

    @dg.multi_asset(
        name="register__retention",
        specs=[
            dg.AssetSpec(
                KEY,
                description=(
                    "What has outlived its purpose is deleted, coarsened or made nobody's, as the retention policy "
                    "says; each action leaves evidence without personal data."
                ),
                group_name="register",
                kinds={"postgres"},
                metadata={"tables": "privacy.evidence, privacy.held_deletion, privacy.hold"},
            )
        ],
        check_specs=[
            *(
                dg.AssetCheckSpec(check_name(rule), asset=KEY, description=f"{rule}. {about.data}: nothing due stays.")
                for rule, about in SHIPPED.rules.items()
            ),
            *(dg.AssetCheckSpec(name, asset=KEY, description=about) for name, about in _MORE.items()),
        ],
        partitions_def=partitions,
        required_resource_keys={"workplace"},
    )
    @value_free
    def retention(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        work: Workplace = context.resources.workplace
        business_date = date.fromisoformat(context.partition_key)
        night = run.apply(
            work.register,
            work.policy,
            business_date,
            today=work.today,
            run=context.run.run_id,
            wait_seconds=work.wait_seconds,
            ledger=work.vault.ledger if work.vault else None,
        )
        purged = dagster_records.purge(context.instance, work.policy, business_date)
        with work.register.transaction() as connection:
            version = work.policy.version
            evidence.note(
                connection, purged, business_date=business_date, policy_version=version, run=context.run.run_id
            )
            digest = evidence.digest(connection, business_date)
        yield dg.MaterializeResult(asset_key=KEY, metadata=_metadata(night, digest))
        yield from _checks(night)

    return retention


def _metadata(night: Night, digest: Digest) -> dict[str, Any]:
    return {
        "policy": night.policy_version,
        "rows_ended": sum(entry.rows for entry in night.done),
        "rows_refused": sum(sum(line.refused.values()) for line in night.lines),
        "waiting_for_a_person": len(night.held),
        "customers_busy": night.busy,
        "evidence": f"entries of the night up to {digest.last_id}: {digest.entries}; SHA-256 {digest.digest}",
        "done": _table(
            [
                {"rule": entry.rule, "action": entry.action, "table": entry.table, "rows": entry.rows}
                for entry in night.done
            ]
        ),
    }


def _checks(night: Night) -> Iterator[dg.AssetCheckResult]:
    """A warning, where something due stays for a reason; an error, where a person has been waited for too long."""
    waiting = {one.rule for one in night.held}
    watch = {
        "R2a": {"invoices_of_no_known_year": night.watch.without_year},
        "R2c": {"claims_that_may_be_time_barred": night.watch.time_barred},
        "R4b": {"accounts_to_disable": night.watch.idle_accounts},
    }
    for rule in SHIPPED.rules:
        refused: dict[str, Any] = {}
        for line in night.lines:
            if line.rule == rule:
                for reason, rows in line.refused.items():
                    refused[f"rows_kept_by_{reason}"] = refused.get(f"rows_kept_by_{reason}", 0) + rows
        seen: dict[str, Any] = {name: many for name, many in watch.get(rule, {}).items() if many}
        # R99 takes what should have had a date; that it found anything is a fault of the source
        lost = sum(line.rows for line in night.lines) if rule == "R99" and _any(night, rule) else 0
        ended = sum(entry.rows for entry in night.done if entry.rule == rule)
        passed = not (refused or seen or lost or rule in waiting)
        yield _check(check_name(rule), passed, rows_ended=ended, **refused, **seen)
    overdue = any(one.overdue for one in night.held)
    held = [
        {"number": one.number, "rule": one.rule, "table": one.table, "rows": one.rows, "since": str(one.since)}
        for one in night.held
    ]
    more = {"held": _table(held), "next": "mdo retention approve NUMBER --by NAME --reason WHY"} if held else {}
    yield _check("nothing_held", not held, error=overdue, **more)
    yield _check("holds_reviewed", not night.watch.unreviewed_holds, holds=night.watch.unreviewed_holds)


def _any(night: Night, rule: str) -> bool:
    return any(line.rule == rule and line.rows for line in night.lines)


def _check(name: str, passed: bool, *, error: bool = False, **metadata: Any) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.ERROR if error else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(asset_key=KEY, check_name=name, passed=passed, severity=severity, metadata=metadata)


def _table(rows: list[dict[str, Any]]) -> dg.TableMetadataValue:
    records = [dg.TableRecord(row) for row in rows]
    names = list(rows[0]) if rows else ["rule"]
    kinds = {name: "int" if rows and isinstance(rows[0][name], int) else "string" for name in names}
    return dg.MetadataValue.table(
        records=records, schema=dg.TableSchema(columns=[dg.TableColumn(name, kinds[name]) for name in names])
    )
