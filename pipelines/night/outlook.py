"""The parts of a night's page that look ahead: what falls due, and the review queue.

Belongs here: their words and tables, for the page and the terminal. Does not belong here: counting (`assets.outlook`),
or the other parts (`pipelines.night.page`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

from assets.night import Night
from assets.outlook import DAYS, MOST_DAYS
from pipelines.night import charts
from pipelines.night.section import Section

#: Days of one column of the table.
_WEEK = 7


def due(night: Night) -> Section:
    """What falls due: a row for each rule, table and action, a column for each week."""
    on = night.business_date
    ends = [on, *(on + timedelta(days=day) for day in (*range(_WEEK, DAYS, _WEEK), DAYS))]
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * (len(ends) + 1))
    by_rule: dict[str, Counter[date]] = defaultdict(Counter)
    for one in night.outlook.falling:
        counts = rows[one.rule, one.table, one.do]
        week = next(number for number, end in enumerate(ends) if one.due_on <= end or end == ends[-1])
        counts[week] += one.rows
        counts[-1] += one.kept
        if one.rows:
            by_rule[one.rule][max(one.due_on, on)] += one.rows
    said = (
        f"Up to {ends[-1]}, by the policy in force and as the register stands. Kept: due, and held by a legal hold or "
        "an open claim. mdo retention plan shows one date."
        if rows
        else f"Nothing falls due up to {ends[-1]}."
    )
    plot = charts.falling([on + timedelta(days=day) for day in range(DAYS + 1)], by_rule)
    heads = ("rule", "table", "action", "by now", *(f"to {end:%d.%m.}" for end in ends[1:]), "kept")
    return Section(
        f"What falls due in {DAYS} days", said, plot, heads, [(*name, *counts) for name, counts in rows.items()]
    )


def queue(night: Night) -> Section:
    """The pairs that wait for a person, by customer and likelihood."""
    found = night.outlook.queue
    pairs = sum(one.pairs for one in found)
    said = (
        f"Pairs: {pairs}. See them: mdo match queue. Decide: mdo match queue --customer CUSTOMER --export FILE "
        "--by NAME --reason WHY, and then mdo match import FILE --by NAME."
        if pairs
        else "No pair waits for a person."
    )
    heads = ("customer", "match weight (bits)", "pairs", f"for more than {MOST_DAYS} days", "oldest since")
    rows = [(one.customer, one.band, one.pairs, one.waiting_long, one.since) for one in found]
    return Section("Review queue", said, heads=heads, rows=rows)


def decided(night: Night) -> Section:
    """What persons have said of matching since the night before."""
    rows = [(one.customer, one.what, one.decisions) for one in night.outlook.decided]
    said = f"By named persons, on {night.business_date - timedelta(days=1)} and {night.business_date}." if rows else ""
    return Section("Decided in the review queue", said, heads=("customer", "decision", "pairs"), rows=rows)
