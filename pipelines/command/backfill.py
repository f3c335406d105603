"""``mdo backfill``: earlier dates, one after another.

Belongs here: which dates and sources, going on past what fails, and the list at the end. Does not belong here: running
them (`by_hand`); the pages do the same with one run for each date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from assets.sync import Result
from pipelines import definitions
from pipelines.command import by_hand, console
from pipelines.command.by_hand import Failures
from pipelines.command.sync import ALL_MERGED, FAILED, HELD, choose
from pipelines.settings import Settings
from schemas.errors import Refusal, SourceRefused
from sources.config import Source

#: More dates than this at once are more likely a wrong year than a wish.
_MOST_DATES = 366


def backfill(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first business date.")],
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last one; today.")] = None,
    customer: Annotated[str | None, typer.Option(help="Only this customer's sources.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source, as customer/register.")] = None,
) -> None:
    """Sync a range of dates in ascending order, past what fails; exit code as of mdo sync."""
    settings = Settings.load()
    sources, refusals = definitions.load_sources(settings)
    dates = dates_between(first.date(), last.date() if last else settings.today())
    planned, left_out = plan(choose(sources, customer, source), dates, settings.today())
    for said in left_out:
        console.say(said, "yellow")
    if not planned:
        raise SourceRefused("None of these dates can be had of these sources.", "mdo source list shows the sources.")
    results: list[Result] = []
    failures: dict[date, Failures] = {}
    with by_hand.prepared(settings, sources, refusals) as hand:
        for business_date, chosen in planned.items():
            done, failed = hand.sync(chosen, business_date)
            results += done
            failures[business_date] = failed
            _say(business_date, done, failed)
    raise typer.Exit(_finish(results, failures))


def dates_between(first: date, last: date) -> list[date]:
    """The dates of a range, both ends included.

    Raises:
        Refusal: where it ends before it begins, or is too long.
    """
    if last < first:
        raise Refusal(f"{last} lies before {first}.", "Give --from the earlier date.")
    days = (last - first).days + 1
    if days > _MOST_DATES:
        raise Refusal(f"{days} dates are more than {_MOST_DATES}.", "Backfill a year at a time.")
    return [first + timedelta(days=number) for number in range(days)]


def plan(sources: Sequence[Source], dates: Sequence[date], today: date) -> tuple[dict[date, list[Source]], list[str]]:
    """What is synced for each date, in ascending order, and what is left out and why, a line for each source.

    Left out are dates of which a source cannot tell what it was, or on which it may not be read. One source that
    cannot go back keeps no other from doing so.
    """
    planned: dict[date, list[Source]] = {}
    left_out: list[str] = []
    for source in sources:
        reasons: Counter[str] = Counter()
        for business_date in dates:
            reason = _why_not(source, business_date, today)
            if reason:
                reasons[reason] += 1
            else:
                planned.setdefault(business_date, []).append(source)
        left_out += [f"{source.name}: {count} of {len(dates)} dates left out: {why}" for why, count in reasons.items()]
    return dict(sorted(planned.items())), left_out


def _why_not(source: Source, business_date: date, today: date) -> str:
    if business_date > today:
        return "they have not begun."
    if not source.valid.holds(business_date):
        until = f" to {source.valid.last}" if source.valid.last else ""
        return f"its description is valid from {source.valid.first}{until}."
    if not source.accepts_date(business_date, today):
        return "it knows only today; history: true in its source file is for registers whose files are dated."
    return ""


def _say(business_date: date, done: list[Result], failed: Failures) -> None:
    """What became of a date, as soon as it is over: a row per source."""
    heads = ["date", "source", "status", "read", "inserted", "updated", "absent", "quarantined", "batch"]
    counted = heads[3:-1]
    rows = [
        [
            business_date,
            one.source,
            console.status(one.status),
            *(one.counts[name] for name in counted),
            str(one.batch.id),
        ]
        for one in sorted(done, key=lambda one: one.source)
    ]
    rows += [[business_date, name, console.status("failed"), *([""] * 6)] for name in sorted(failed)]
    console.table(str(business_date), heads, rows, right=heads[3:])


def _finish(results: list[Result], failures: dict[date, Failures]) -> int:
    """What the dates came to, then what failed and what is held, and the exit code."""
    counted = Counter(result.status for result in results)
    counted["failed"] = sum(len(failed) for failed in failures.values())
    console.say(", ".join(f"{count} {status}" for status, count in counted.items() if count) + ".")
    if counted["unchanged"]:
        console.say(
            f"{counted['unchanged']} were finished before, from the same file under the same rules; nothing was done."
        )
    for result in results:
        if result.status == "held":
            batch = result.batch
            console.say(f"{batch.business_date} {result.source} is held: mdo batch show {batch.id}", "yellow")
    for business_date, failed in failures.items():
        for name, said in sorted(failed.items()):
            console.error(f"{business_date} {name}: {said}")
    if counted["failed"]:
        return FAILED
    return HELD if counted["held"] else ALL_MERGED
