"""The asset that stands for a night as a whole: its counts, and whether anything needs somebody.

Belongs here: what the pages show of a night, and the check that each source's batch of the date is there. Does not
belong here: how a night is found (`assets.night`), or its page (`pipelines.night`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg

from assets import register_asset
from assets.naming import NIGHT
from assets.night import Night
from assets.register_asset import Check
from assets.shown import Docs, count_name, table
from assets.standing import Standing, State
from assets.workplace import Workplace

#: Every active source has a batch of the date; and nothing else needs somebody either.
THERE, NOTHING_OPEN = "every_source_there", "nothing_open"

#: The checks, and what each says.
CHECKS = {THERE: "Every active source has a batch of the date.", NOTHING_OPEN: "No source needs somebody."}


@dataclass(frozen=True)
class Page:
    """A night's page: where it lies, and the same as markdown, for whoever reads it from another machine."""

    path: Path
    text: str


def build(
    look: Callable[[Workplace, date], Night],
    write: Callable[[Night], Page],
    partitions: dg.PartitionsDefinition[Any],
    docs: Docs,
) -> dg.AssetsDefinition:
    """The asset ``register/night``; partitions are business dates.

    Args:
        look: finds a night.
        write: writes its page.
    """

    def night(context: dg.AssetExecutionContext) -> Iterator[dict[str, Any] | Check]:
        found = look(context.resources.workplace, date.fromisoformat(context.partition_key))
        yield _counts(found) | _page(write(found))
        yield from _checks(found)

    return register_asset.build(
        NIGHT,
        night,
        partitions,
        about="The morning list of a night, its counts and its page. mdo night show prints the same.",
        docs=docs,
        place="operating.md#the-runbook",
        checks=CHECKS,
    )


def _page(page: Page) -> dict[str, Any]:
    return {"page": dg.MetadataValue.path(page.path), "list": dg.MetadataValue.md(page.text)}


def _counts(night: Night) -> dict[str, Any]:
    """Also the states that no source is in: a plot joins the numbers that are there."""
    states = {f"sources_{state}": night.states.get(state, 0) for state in State}
    return {"open": len(night.open), **states, **{count_name(name): count for name, count in night.rows.items()}}


def _checks(night: Night) -> Iterator[Check]:
    absent = [one for one in night.standings if one.state in (State.LATE, State.MISSING)]
    for name, concerned in ((THERE, absent), (NOTHING_OPEN, night.open)):
        yield Check(name, not concerned, warn=True, found={"sources": _listed(concerned)} if concerned else {})


def _listed(standings: list[Standing]) -> dg.TableMetadataValue:
    return table(
        [
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
    )
