"""The one form of the assets that are of the register as a whole: ``register/NAME``.

Belongs here: making such an asset of its words and its work. Does not belong here: any one asset's counts or checks
(`assets.persons`, `.minimisation`, `.retention`, `.morning`, `.source_files`).

The work gives its counts first and then what each check found; so it may fail after it has shown how far it came.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from assets.leak_guard import value_free
from assets.shown import SECONDS, Docs, definition


@dataclass(frozen=True)
class Check:
    """What one check found.

    Attributes:
        warn: whether it only warns where it has not passed.
    """

    name: str
    passed: bool
    warn: bool = False
    found: Mapping[str, Any] = field(default_factory=dict)

    def result(self, key: dg.AssetKey) -> dg.AssetCheckResult:
        """For Dagster."""
        severity = dg.AssetCheckSeverity.WARN if self.warn else dg.AssetCheckSeverity.ERROR
        return dg.AssetCheckResult(
            asset_key=key, check_name=self.name, passed=self.passed, severity=severity, metadata=self.found
        )


#: Counts first, then checks.
Work = Callable[[dg.AssetExecutionContext], Iterator[dict[str, Any] | Check]]


def build(
    key: dg.AssetKey,
    work: Work,
    partitions: dg.PartitionsDefinition[Any],
    *,
    about: str,
    docs: Docs,
    place: str,
    checks: Mapping[str, str],
    tables: str = "",
    deps: Sequence[dg.AssetKey] = (),
    kind: str = "postgres",
    needs: Set[str] = frozenset({"workplace"}),
) -> dg.AssetsDefinition:
    """The asset; partitions are business dates.

    Args:
        about: what the pages say of it.
        place: the place in the documents that explains it.
        checks: each check, and what it says.
        tables: what it writes.
        deps: the assets above it.
        needs: the resources that the work asks for.
    """
    more = {"tables": tables} if tables else {}

    @dg.multi_asset(
        name="__".join(key.path),
        specs=[
            dg.AssetSpec(
                key,
                deps=deps,
                description=about,
                group_name=key.path[0],
                kinds={kind},
                metadata=definition(key, docs, place, **more),
            )
        ],
        check_specs=[dg.AssetCheckSpec(name, asset=key, description=says) for name, says in checks.items()],
        partitions_def=partitions,
        required_resource_keys=set(needs),
    )
    @value_free
    def asset(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
        began = time.monotonic()
        for given in work(context):
            if isinstance(given, Check):
                yield given.result(key)
            else:
                seconds = round(time.monotonic() - began, 2)
                yield dg.MaterializeResult(asset_key=key, metadata={**given, SECONDS: seconds})

    return asset
