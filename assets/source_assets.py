"""The three assets of a source: pulled, validated, merged.

Belongs here: their specs, the op that makes them in one pass, and the counts it shows. Does not belong here: the sync
itself (`assets.sync`), and any value of a row.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as time_of_day
from functools import cache
from typing import Any

import dagster as dg

from assets import source_pages
from assets.leak_guard import value_free
from assets.naming import MERGED, PULLED, VALIDATED, asset_key, group_name, op_name
from assets.night import GRACE
from assets.shown import SECONDS, Docs, count_name, table
from assets.sync import Result, sync
from assets.workplace import Workplace
from schemas.detectors.search import SECURITY
from schemas.findings import NOTE
from schemas.values.date import ZONE
from sources.config import ChangesSnapshot, LogSnapshot, Source

#: The check on `validated` that shows the guards' verdict.
RELEASED = "released"

#: The check that tells whoever looks after security.
_SECRET = "nothing_secret"

_ABOUT = {
    PULLED: "The register's file as read: declared columns only, changed rows only.",
    VALIDATED: "Cleaned and checked rows, staged, with the plan of what merging them would do and the guards' verdict.",
    MERGED: "The plan applied to the central register in one transaction; skipped where the plan is held.",
}


def build(
    source: Source, partitions: dg.PartitionsDefinition[Any], docs: Docs, *, pooled: bool = True
) -> dg.AssetsDefinition:
    """The assets of one source, made together by one op; partitions are business dates.

    Args:
        pooled: whether runs of the source take turns by Dagster's pool, so that a backfill's second date keeps no place
            in the queue from another source. A sync by hand goes without: no daemon would give back the place of one
            that was killed. The source's lock in the database holds in either case.
    """
    validated = asset_key(source, VALIDATED)

    @dg.multi_asset(
        name=op_name(source.name),
        specs=[_spec(source, step, docs) for step in (PULLED, VALIDATED, MERGED)],
        check_specs=[
            dg.AssetCheckSpec(RELEASED, asset=validated, description="No guard holds the plan, or it was released."),
            dg.AssetCheckSpec("nothing_rejected", asset=validated, description="No row or value was left out."),
            dg.AssetCheckSpec(
                _SECRET, asset=validated, description="No password, key or card number was in what was read."
            ),
            dg.AssetCheckSpec(
                "complete", asset=validated, description="All was read; who is not in a full one counts as absent."
            ),
        ],
        partitions_def=partitions,
        can_subset=False,
        pool=op_name(source.name) if pooled else None,
        required_resource_keys={"workplace"},
        # of the sources of one run, those whose accounts others name come first
        op_tags={"customer": source.customer, "register": source.register, "dagster/priority": str(-source.turn)},
    )
    @value_free
    def sync_source(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        workplace: Workplace = context.resources.workplace
        began = time.monotonic()
        result = sync(workplace, source, date.fromisoformat(context.partition_key), run_id=context.run.run_id)
        workplace.reporter(result)
        yield from _events(source, result, round(time.monotonic() - began, 2))

    return sync_source


def _spec(source: Source, step: str, docs: Docs) -> dg.AssetSpec:
    before = {VALIDATED: PULLED, MERGED: VALIDATED}.get(step)
    return dg.AssetSpec(
        key=asset_key(source, step),
        deps=[asset_key(source, before)] if before else [],
        description=f"{_ABOUT[step]}\n\n{source.title}.",  # lists show the beginning; the key has said whose it is
        group_name=group_name(source),
        owners=[source.owner.email],
        kinds={source.read.type} if step == PULLED else {"pandera"} if step == VALIDATED else {"postgres"},
        tags={"customer": source.customer, "register": source.register, "role": source.role.value},
        metadata=source_pages.of_step(source, step, docs),
        skippable=step == MERGED,
        freshness_policy=_freshness(source.schedule) if step == MERGED else None,
    )


@cache
def _freshness(schedule: str) -> dg.FreshnessPolicy:
    """Merged on its day, by the time from which on it counts as late. Dagster makes 10 ms of each: one for each time.

    Freshness looks at when an asset was made, so a backfill of an old date looks fresh; the check on `register/night`
    looks at the dates.
    """
    deadline = datetime.combine(date.min, time_of_day.fromisoformat(schedule)) + GRACE
    since_midnight = deadline - datetime.combine(date.min, time_of_day())
    cron = f"{deadline.minute} {deadline.hour} * * *"
    return dg.FreshnessPolicy.cron(deadline_cron=cron, lower_bound_delta=since_midnight, timezone=ZONE)


def _events(
    source: Source, result: Result, seconds: float
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    counts, pulled = result.counts, result.batch.pulled
    shared = {**_shared(result), SECONDS: seconds}
    yield dg.MaterializeResult(
        asset_key=asset_key(source, PULLED),
        metadata={
            **shared,
            "rows_read": counts["read"],
            **({"pages": pulled["pages"]} if pulled.get("pages") else {}),
            "columns_used": ", ".join(pulled.get("columns_used", [])),
            "columns_dropped": ", ".join(pulled.get("columns_dropped", [])),
        },
    )
    yield dg.MaterializeResult(
        asset_key=asset_key(source, VALIDATED),
        metadata={**shared, **{count_name(name): count for name, count in counts.items()}},
    )
    yield from _checks(source, result)
    if result.status in ("applied", "unchanged"):
        yield dg.MaterializeResult(asset_key=asset_key(source, MERGED), metadata={**shared, **merged_metadata(result)})


def _shared(result: Result) -> dict[str, Any]:
    """What every step shows. The batch's number is a text: nobody wants it plotted."""
    return {"batch": str(result.batch.id), "status": result.status}


def merged_metadata(result: Result) -> dict[str, Any]:
    """The counts that `merged` shows."""
    shown = ("read", "inserted", "updated", "unchanged", "absent", "quarantined")
    return _shared(result) | {count_name(name): result.counts[name] for name in shown}


def _checks(source: Source, result: Result) -> Iterator[dg.AssetCheckResult]:
    """A hold is a warning and a skipped `merged`, not a failed step: one held source never stops another."""
    validated = asset_key(source, VALIDATED)

    def check(name: str, passed: bool, **metadata: Any) -> dg.AssetCheckResult:
        return dg.AssetCheckResult(
            asset_key=validated,
            check_name=name,
            passed=passed,
            severity=dg.AssetCheckSeverity.ERROR if name == _SECRET else dg.AssetCheckSeverity.WARN,
            metadata={"batch": str(result.batch.id), **metadata},
        )

    alarms = [{"guard": alarm["guard"], "column": alarm["column"], "says": alarm["says"]} for alarm in result.alarms]
    following = f"mdo batch show {result.batch.id}; then the job decide_held_plan, or mdo batch release or discard"
    held = {"held_by": table(alarms), "next": following} if result.status == "held" else {}
    yield check(RELEASED, result.status != "held", **held)
    told = [
        {"rule": item.rule, "column": item.column, "effect": item.effect, "rows": item.rows} for item in result.rejected
    ]
    rejects = [item for item in told if item["effect"] != NOTE]
    grave = [item for item in told if item["rule"] in SECURITY]
    found: dict[str, Any] = {}
    if grave:
        then = f"Tell {source.owner.name} to take it out of the register and to change it"
        found = {"found": table(grave), "next": then}
    yield check(_SECRET, not grave, **found)
    yield check("nothing_rejected", not rejects, **({"rejected": table(rejects)} if rejects else {}))
    why = {"why": "; ".join(result.batch.notes)} if result.batch.notes else {}
    yield check("complete", _whole(source, result), **why)


def _whole(source: Source, result: Result) -> bool:
    """Whether all was read that the file holds; changes and logs derive no absence, whole or not."""
    partial = isinstance(source.snapshot, ChangesSnapshot | LogSnapshot)
    return result.batch.complete or (partial and bool(result.batch.pulled.get("whole")))
