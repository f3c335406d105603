"""The asset that stands for a night as a whole: its counts, and whether anything needs somebody.

Belongs here: what the pages show of a night, and the check that each source's batch of the date is there. Does not
belong here: how a night is found (`assets.night`), or its page (`pipelines.night`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg

from assets.leak_guard import value_free
from assets.night import Night
from assets.standing import Standing, State
from assets.workplace import Workplace

KEY = dg.AssetKey(["register", "night"])

#: Every active source has a batch of the date; and nothing else needs somebody either.
THERE, NOTHING_OPEN = "every_source_there", "nothing_open"


def build(
    look: Callable[[Workplace, date], Night], write: Callable[[Night], Path], partitions: dg.PartitionsDefinition[Any]
) -> dg.AssetsDefinition:
    """The asset ``register/night``; partitions are business dates.

    Args:
        look: finds a night.
        write: writes its page and says where.
    """

    @dg.asset(
        key=KEY,
        description="The morning list of a night, its counts and its page. mdo night show prints the same.",
        group_name="register",
        partitions_def=partitions,
        check_specs=[
            dg.AssetCheckSpec(THERE, asset=KEY, description="Every active source has a batch of the date."),
            dg.AssetCheckSpec(NOTHING_OPEN, asset=KEY, description="No source needs somebody."),
        ],
        required_resource_keys={"workplace"},
        kinds={"postgres"},
    )
    @value_free
    def night(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        found = look(context.resources.workplace, date.fromisoformat(context.partition_key))
        page = write(found)
        counts = {f"sources_{state}": count for state, count in found.states.items()}
        rows = {f"rows_{name}": count for name, count in found.rows.items()}
        return dg.MaterializeResult(
            metadata={"page": dg.MetadataValue.path(page), "open": len(found.open), **counts, **rows},
            check_results=list(_checks(found)),
        )

    return night


def _checks(night: Night) -> Iterator[dg.AssetCheckResult]:
    absent = [one for one in night.standings if one.state in (State.LATE, State.MISSING)]
    for name, concerned in ((THERE, absent), (NOTHING_OPEN, night.open)):
        yield dg.AssetCheckResult(
            check_name=name,
            passed=not concerned,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"sources": _table(concerned)} if concerned else {},
        )


def _table(standings: list[Standing]) -> dg.TableMetadataValue:
    rows = [
        {
            "date": one.business_date.isoformat(),
            "source": one.source,
            "state": one.state.value,
            "what": one.what,
            "next": "; ".join(one.next),
            "owner": one.owner,
        }
        for one in standings
    ]
    return dg.MetadataValue.table(records=[dg.TableRecord(row) for row in rows])
