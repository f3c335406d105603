"""The asset of retention: ``register/retention``.

Belongs here: running a night of retention, and the checks that show how it stands, in counts. Does not belong here:
what is due (`register.retention`), and any value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg

from assets import dagster_records, register_asset
from assets.naming import REGISTER
from assets.register_asset import Check
from assets.shown import Docs, table
from assets.workplace import Workplace
from register import evidence
from register.evidence import Digest
from register.retention import run
from register.retention.report import Night
from register.roles import Role
from schemas.retention import SHIPPED

KEY = dg.AssetKey([REGISTER, "retention"])

#: The checks that are not of one rule, and what each says.
_MORE = {
    "nothing_held": "No deletion waits for a person's approval.",
    "holds_reviewed": "No legal hold is past its review date.",
}


def check_name(rule: str) -> str:
    """The check of one rule: ``R2a`` -> ``r2a``."""
    return rule.lower()


def build(partitions: dg.PartitionsDefinition[Any], docs: Docs) -> dg.AssetsDefinition:
    """The asset. It has nothing above it: it runs whether or not anything was synced."""

    def retention(context: dg.AssetExecutionContext) -> Iterator[dict[str, Any] | Check]:
        work: Workplace = context.resources.workplace
        register = work.register.acting_as(Role.RETENTION)
        business_date = date.fromisoformat(context.partition_key)
        night = run.apply(
            register,
            work.policy,
            business_date,
            today=work.today,
            run=context.run.run_id,
            wait_seconds=work.wait_seconds,
            ledger=work.vault.ledger if work.vault else None,
        )
        purged = dagster_records.purge(context.instance, work.policy, business_date)
        with register.transaction() as connection:
            version = work.policy.version
            evidence.note(
                connection, purged, business_date=business_date, policy_version=version, run=context.run.run_id
            )
            digest = evidence.digest(connection, business_date)
        yield _counts(night, digest)
        yield from _checks(night)

    about_rules = {
        check_name(rule): f"{rule}. {about.data}: nothing due stays." for rule, about in SHIPPED.rules.items()
    }
    return register_asset.build(
        KEY,
        retention,
        partitions,
        about=(
            "What has outlived its purpose is deleted, coarsened or made nobody's, as the retention policy says; each "
            "action leaves evidence without personal data."
        ),
        docs=docs,
        place="retention.md",
        checks=about_rules | _MORE,
        tables="privacy.evidence, privacy.held_deletion, privacy.hold",
    )


def _counts(night: Night, digest: Digest) -> dict[str, Any]:
    return {
        "policy": night.policy_version,
        "rows_ended": sum(entry.rows for entry in night.done),
        "rows_refused": sum(sum(line.refused.values()) for line in night.lines),
        "waiting_for_a_person": len(night.held),
        "customers_busy": night.busy,
        "evidence": f"entries of the night up to {digest.last_id}: {digest.entries}; SHA-256 {digest.digest}",
        "done": table(
            [
                {"rule": entry.rule, "action": entry.action, "table": entry.table, "rows": entry.rows}
                for entry in night.done
            ]
        ),
    }


def _checks(night: Night) -> Iterator[Check]:
    """A warning, where something due stays for a reason; an error, where a person has been waited for too long."""
    waiting = {one.rule for one in night.held}
    watch = {
        "R2a": {"invoices_of_no_known_year": night.watch.without_year},
        "R2c": {"claims_that_may_be_time_barred": night.watch.time_barred},
        "R4b": {"accounts_to_disable": night.watch.idle_accounts},
        "R12": {"cases_to_review": night.watch.unreviewed_suppressions},
    }
    for rule in SHIPPED.rules:
        refused: dict[str, Any] = {}
        for line in night.lines:
            if line.rule == rule:
                for reason, rows in line.refused.items():
                    refused[f"rows_kept_by_{reason}"] = refused.get(f"rows_kept_by_{reason}", 0) + rows
        seen: dict[str, Any] = {name: many for name, many in watch.get(rule, {}).items() if many}
        # R99 takes what should have had a date; that it found anything is a fault of the source
        lost = rule == "R99" and any(line.rows for line in night.lines if line.rule == rule)
        ended = sum(entry.rows for entry in night.done if entry.rule == rule)
        passed = not (refused or seen or lost or rule in waiting)
        yield Check(check_name(rule), passed, warn=True, found={"rows_ended": ended, **refused, **seen})
    overdue = any(one.overdue for one in night.held)
    held = [
        {"number": one.number, "rule": one.rule, "table": one.table, "rows": one.rows, "since": str(one.since)}
        for one in night.held
    ]
    more = {"held": table(held), "next": "mdo retention approve NUMBER --by NAME --reason WHY"} if held else {}
    yield Check("nothing_held", not held, warn=not overdue, found=more)
    unreviewed = night.watch.unreviewed_holds
    yield Check("holds_reviewed", not unreviewed, warn=True, found={"holds": unreviewed})
