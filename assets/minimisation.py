"""The asset of minimisation at rest: ``register/minimisation``.

Belongs here: running the scan, and the checks that show what the register holds and should not, in counts and ids of
records. Does not belong here: looking for anything (`register.minimisation`), and any value of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import dagster as dg

from assets import register_asset
from assets.naming import MERGED, REGISTER, asset_key
from assets.register_asset import Check
from assets.shown import Docs, table
from assets.workplace import Workplace
from register import sources as known_sources
from register.minimisation import report
from register.minimisation.report import EmptyField, Found, Locations, Mailboxes, Orphans
from register.minimisation.scan import Scan, scan
from schemas.detectors import hetu
from schemas.detectors.search import SECURITY
from sources.config import Source

KEY = dg.AssetKey([REGISTER, "minimisation"])

#: Rules of which one find is too many.
_GRAVE = SECURITY | set(hetu.RULES)

#: The checks, and what each says.
CHECKS = {
    "nothing_forbidden": "No identity code, card number or secret stands in any record.",
    "nothing_found": "No detector finds anything else, but where a source has leave.",
    "every_field_filled": "No mapped field has been empty in 99 of 100 records for 90 days (MIN-14).",
    "nobody_orphaned": "Whoever has no relation left carries the trigger of retention within 30 days (MIN-15).",
    "locations_coarse": "No point is finer, older or more exact than it may be (MIN-16).",
}


@dataclass(frozen=True)
class Minimised:
    """What a scan did, and how the register stands after it; mailboxes are counted where it looked at everything."""

    scan: Scan
    findings: list[Found]
    empty: list[EmptyField]
    orphans: Orphans
    locations: Locations
    mailboxes: Mailboxes | None


def minimise(
    work: Workplace,
    sources: Sequence[Source],
    business_date: date,
    *,
    everything: bool = False,
    listener: Callable[[str, int], None] = lambda record, rows: None,
) -> Minimised:
    """Scans the register and asks how it stands. Empty fields are those that a source still maps.

    Raises:
        TryLater: where another scan is under way.
    """
    by_name = {source.name: source for source in sources}
    with work.register.transaction() as connection:
        known = known_sources.ids(connection)
    leave = {known[name]: _leave(source, business_date) for name, source in by_name.items() if name in known}
    done = scan(work.register, business_date, everything=everything, leave=leave, listener=listener)
    with work.register.transaction() as connection:
        mapped = {source.name: set(source.origins) for source in sources}
        empty = [
            one
            for one in report.empty_fields(connection, business_date)
            if f"{one.record_type}.{one.field}" in mapped.get(one.source, ())
        ]
        return Minimised(
            scan=done,
            findings=report.findings(connection),
            empty=empty,
            orphans=report.orphans(connection, business_date),
            locations=report.locations(connection, work.policy, business_date),
            mailboxes=report.mailboxes(connection) if done.whole else None,
        )


def _leave(source: Source, on: date) -> set[tuple[str, str]]:
    """Fields and keys that the source's waivers of that day concern, with the rule of each."""
    granted = [(waiver.column, waiver.rule) for waiver in source.waivers if waiver.rule and waiver.until >= on]
    leave = {
        (f"{record}.{field}", rule)
        for record, field, how in source.fields()
        for column, rule in granted
        if column == how.column
    }
    return leave | {
        (f"{record}.key", rule) for record in source.records for column, rule in granted if column in source.key
    }


def build(sources: Sequence[Source], partitions: dg.PartitionsDefinition[Any], docs: Docs) -> dg.AssetsDefinition:
    """The asset, below what every source has merged. It runs in a job of its own."""

    def minimisation(context: dg.AssetExecutionContext) -> Iterator[dict[str, Any] | Check]:
        found = minimise(context.resources.workplace, sources, date.fromisoformat(context.partition_key))
        yield _counts(found)
        yield from _checks(found)

    return register_asset.build(
        KEY,
        minimisation,
        partitions,
        about=(
            "What the register holds and should not: changed records are looked at each night, all of them once a "
            "week. It changes no record; the checks name source, field, rule and ids."
        ),
        docs=docs,
        place="operating.md#what-must-not-be-in-it",
        checks=CHECKS,
        tables="sync.scan, sync.scan_finding, sync.field_fill",
        deps=[asset_key(source, MERGED) for source in sources],
    )


def _counts(found: Minimised) -> dict[str, Any]:
    return {
        "whole": found.scan.whole,
        "records": sum(found.scan.records.values()),
        "private_mailboxes": found.scan.private,
        "findings": sum(one.records for one in found.findings),
        **({f"{name}_mailboxes": many for name, many in asdict(found.mailboxes).items()} if found.mailboxes else {}),
    }


def _checks(found: Minimised) -> Iterator[Check]:
    grave = [_shown(one) for one in found.findings if one.rule in _GRAVE]
    other = [_shown(one) for one in found.findings if one.rule not in _GRAVE]
    empty = [asdict(one) for one in found.empty]
    yield Check("nothing_forbidden", not grave, found={"findings": table(grave)})
    yield Check("nothing_found", not other, warn=True, found={"findings": table(other)})
    yield Check("every_field_filled", not empty, warn=True, found={"fields": table(empty)})
    lost = found.orphans
    orphans = {"persons": lost.persons, "unmarked": lost.unmarked, "records": _ids(lost.some)}
    yield Check("nobody_orphaned", not lost.unmarked, found=orphans)
    places = asdict(found.locations)
    wrong = sum(count for name, count in places.items() if name != "points")
    yield Check("locations_coarse", not wrong, found=places)


def _shown(one: Found) -> dict[str, Any]:
    shown = {"source": one.source, "field": f"{one.record_type}.{one.field}", "rule": one.rule}
    return shown | {"records": one.records, "since": one.since.isoformat(), "such_as": _ids(one.some)}


def _ids(some: Sequence[int]) -> str:
    return ", ".join(map(str, some))
