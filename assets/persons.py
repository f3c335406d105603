"""The asset of matching: ``register/persons``.

Belongs here: running matching for every customer, and the checks that show how it stands, in counts. Does not belong
here: who is who (`register.matching`), and any value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from assets import register_asset
from assets.naming import MERGED, REGISTER, asset_key
from assets.outlook import MOST_DAYS
from assets.register_asset import Check
from assets.shown import Docs, table
from assets.workplace import Workplace
from register.matching import run
from register.matching.report import Audit, Matched, audit
from register.matching.rules import RULES
from schemas.errors import Refusal
from sources.config import Source

KEY = dg.AssetKey([REGISTER, "persons"])

#: Record types whose records are matched.
_MATCHED = frozenset({"person", "company"})

#: The checks, and what each says.
CHECKS = {
    "no_veto_crossed": "No person holds two records that must not meet, unless a named person has said so.",
    "everybody_is_somebody": "Every record belongs to a person or company, and is counted once.",
    "queue_looked_at": f"No pair has waited for a person for more than {MOST_DAYS} days.",
    "nothing_left": "No rule was kept from joining records by what else would have been joined.",
}


def build(sources: Sequence[Source], partitions: dg.PartitionsDefinition[Any], docs: Docs) -> dg.AssetsDefinition:
    """The asset, below what every source of persons or companies has merged. It runs in a job of its own."""

    def persons(context: dg.AssetExecutionContext) -> Iterator[dict[str, Any] | Check]:
        matched, audits, refused = _match_everybody(context.resources.workplace)
        yield _counts(matched)
        yield from _checks(matched, audits)
        if refused:
            raise refused[0]

    return register_asset.build(
        KEY,
        persons,
        partitions,
        about=(
            "Who is who: records of one person or company brought together inside a customer, and the golden record of "
            "each. It takes what has been merged by then; a held source keeps nobody waiting."
        ),
        docs=docs,
        place="matching.md",
        checks=CHECKS,
        tables="register.person, register.company, register.match_link, register.golden_member",
        deps=[asset_key(source, MERGED) for source in sources if _MATCHED & set(source.records)],
    )


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


def _counts(matched: dict[str, Matched]) -> dict[str, Any]:
    return {
        "records": sum(one.records for one in matched.values()),
        "persons": sum(one.persons for one in matched.values()),
        "companies": sum(one.companies for one in matched.values()),
        **_named("links", [one.links for one in matched.values()], RULES),
        **_named("decided", [one.decided for one in matched.values()], ("same", "different")),
        "queue": sum(one.waiting for one in matched.values()),
        "customers": _by_customer(
            {
                name: {"records": one.records, "persons": one.persons, "queue": one.waiting}
                for name, one in matched.items()
            }
        ),
    }


def _checks(matched: dict[str, Matched], audits: list[Audit]) -> Iterator[Check]:
    crossed = sum(one.crossed for one in audits)
    homeless = sum(one.homeless for one in audits)
    now = datetime.now(UTC)
    days = {name: (now - one.waiting_since).days for name, one in matched.items() if one.waiting_since}
    queues = {name: {"pairs": matched[name].waiting, "oldest_days": age} for name, age in days.items()}
    left = {name: one.left for name, one in matched.items() if one.left}
    yield Check("no_veto_crossed", not crossed, found={"pairs": crossed})
    yield Check("everybody_is_somebody", not homeless, found={"records": homeless})
    oldest = max(days.values(), default=0)
    pairs = sum(one.waiting for one in matched.values())
    waiting = {"pairs": pairs, "oldest_days": oldest, "customers": _by_customer(queues)}
    yield Check("queue_looked_at", oldest <= MOST_DAYS, warn=True, found=waiting)
    kept = {**_summed(list(left.values())), "customers": _by_customer(left)}
    yield Check("nothing_left", not left, warn=True, found=kept)


def _named(what: str, counts: Sequence[dict[str, int]], usual: Sequence[str]) -> dict[str, int]:
    """``links_email`` and so on, also of what has none, so that its plot has no holes."""
    found = dict.fromkeys(usual, 0) | _summed(counts)
    return {f"{what}_{name}": many for name, many in found.items()}


def _summed(counts: Sequence[dict[str, int]]) -> dict[str, int]:
    names = sorted({name for one in counts for name in one})
    return {name: sum(one.get(name, 0) for one in counts) for name in names}


def _by_customer(rows: dict[str, dict[str, int]]) -> dg.TableMetadataValue:
    """A row for each customer. All rows of a table have the same columns."""
    names = sorted({name for one in rows.values() for name in one})
    return table(
        [{"customer": customer} | {name: one.get(name, 0) for name in names} for customer, one in rows.items()]
    )
