"""A night: how each source stands, from what should have been there and what the register knows.

Belongs here: joining descriptions, batches and the clock. Does not belong here: the states themselves
(`assets.standing`), or how a night is shown and who is told (`pipelines`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assets import outlook
from assets.outlook import Outlook
from assets.standing import OPEN, Standing, State, of_batch
from assets.workplace import Workplace
from register import nights
from register.nights import Counted, KeptSending, RejectedOf, Seen
from register.sources import ACTIVE
from schemas.errors import Refusal, SourceRefused
from schemas.values.date import ZONE
from sources.config import Source
from sources.config.endings import Ending, endings

_ZONE = ZoneInfo(ZONE)

#: How long after its time a source without any attempt counts as late: the largest nights take most of it.
GRACE = timedelta(hours=1)

#: Nights that a trend shows.
TREND_NIGHTS = 30

#: How long before a waiver or another leave ends it is told each night.
TOLD_AHEAD = timedelta(days=30)

#: The name under which source files that cannot be used stand in the list.
SOURCE_FILES = "source files"


@dataclass(frozen=True)
class Night:
    """One business date.

    Attributes:
        standings: every source that was expected or tried, by name; those that need somebody first.
        waiting: held plans of earlier dates that nobody has decided on.
        rejected: what was not taken, by source and rule.
        trend: the nights up to this one.
        kept_sending: who goes on sending rows that may not be kept.
        ending: what ends within `TOLD_AHEAD`, by source, and with it the reading of the source.
        outlook: what else there is to see, where it was asked for; it costs more than the rest.
    """

    business_date: date
    standings: list[Standing]
    waiting: list[Standing]
    rejected: list[RejectedOf]
    trend: list[Counted]
    kept_sending: list[KeptSending] = field(default_factory=list)
    ending: list[tuple[str, Ending]] = field(default_factory=list)
    outlook: Outlook = field(default_factory=Outlook)

    @property
    def open(self) -> list[Standing]:
        """What needs somebody, the worst first."""
        return [one for one in [*self.standings, *self.waiting] if one.is_open]

    @property
    def states(self) -> dict[State, int]:
        """How many sources stand how."""
        found = Counter(one.state for one in self.standings)
        return {state: found[state] for state in State if found[state]}

    @property
    def rows(self) -> dict[str, int]:
        """Rows of all merged sources together, by what became of them."""
        merged = [one.batch.counts for one in self.standings if one.batch and one.state is State.APPLIED]
        names = ("read", "inserted", "updated", "unchanged", "absent", "quarantined")
        return {name: sum(counts[name] for counts in merged) for name in names}

    @property
    def has_not_run(self) -> bool:
        """Whether every source whose time has passed is late, as after a night on which nothing ran."""
        due = [one.state for one in self.standings if one.state is not State.DUE and one.source != SOURCE_FILES]
        return bool(due) and all(state is State.LATE for state in due)


def night(work: Workplace, sources: Sequence[Source], refusals: Sequence[Refusal], on: date) -> Night:
    """How every source stands on a date.

    Args:
        refusals: what is wrong with source files that could not be used.
    """
    with work.register.transaction() as connection:
        seen = nights.known(connection, on)
        newest = nights.newest(connection, on)
        older = nights.waiting(connection, on)
        rejected = nights.rejected(connection, [batch.id for batch in newest.values()])
        trend = nights.trend(connection, on, TREND_NIGHTS)
        kept_sending = nights.kept_sending(connection, on)
    owners = {source.name: f"{source.owner.name} <{source.owner.email}>" for source in sources}
    standings = _refused(refusals, on)
    for name in sorted({*owners, *newest}):
        batch, known = newest.get(name), seen.get(name)
        if batch is not None:
            busy, behind = (known.busy, _behind(known, on)) if known else (False, 0)
            owner = owners.get(name, _owner(batch.description))
            standings.append(of_batch(batch, busy=busy, owner=owner, behind=behind))
        else:
            source = next(source for source in sources if source.name == name)
            standings += _without_batch(source, known, on, work, owners[name])
    standings.sort(key=lambda one: (_rank(one.state), one.source))
    waiting = [of_batch(batch, busy=False, owner=_owner(batch.description), behind=0) for batch in older]
    ending = [(source.name, one) for source in sources for one in endings(source, on, on + TOLD_AHEAD)]
    ending.sort(key=lambda told: (told[1].last_day, told[0]))
    return Night(on, standings, waiting, rejected, trend, kept_sending, ending)


def with_outlook(work: Workplace, found: Night) -> Night:
    """The night with what falls due, and what waits for a person, as it is now."""
    return replace(found, outlook=outlook.look(work, found.business_date))


def due_at(source: Source, on: date) -> datetime:
    """The moment at which the source's sync of a date begins."""
    return datetime.combine(on, time.fromisoformat(source.schedule), _ZONE)


def _without_batch(source: Source, known: Seen | None, on: date, work: Workplace, owner: str) -> list[Standing]:
    """How a source stands of which nothing was tried; nothing where nothing was to be tried."""
    if known is None or known.state != ACTIVE or on < source.valid.first:
        return []
    if known.first_date is not None and on < known.first_date:
        return []
    behind = _behind(known, on)
    said = ""
    try:
        source.reads_on(on)
    except SourceRefused as refusal:
        said = str(refusal)
    if said:
        what, following = "it may not be read any more", ("mdo source check FILE",)
        return [Standing(source.name, State.REFUSED, on, what, following, owner, None, behind, (said,))]
    now = work.now().astimezone(_ZONE)
    if on >= now.date() and now < due_at(source, on) + GRACE:
        return [Standing(source.name, State.DUE, on, f"its time is {source.schedule}", (), owner)]
    what = f"nothing was tried since its time, {source.schedule}"
    if source.accepts_date(on, work.today):
        following = (f"mdo sync --source {source.name} --date {on}",)
        return [Standing(source.name, State.LATE, on, what, following, owner, None, behind)]
    what = f"{what}, and its data of that date cannot be had any more"
    return [Standing(source.name, State.LATE, on, what, (), owner, None, behind)]


def _refused(refusals: Sequence[Refusal], on: date) -> list[Standing]:
    """One line for the source files that cannot be used: whose they are, nobody can say."""
    if not refusals:
        return []
    what = f"{len(refusals)} cannot be used"
    said = tuple(str(refusal) for refusal in refusals)
    return [Standing(SOURCE_FILES, State.REFUSED, on, what, ("mdo source list",), "who keeps them", details=said)]


def _behind(known: Seen, on: date) -> int:
    return (on - known.last_applied).days if known.last_applied else 0


def _owner(description: dict[str, dict[str, str]]) -> str:
    return f"{description['owner']['name']} <{description['owner']['email']}>"


def _rank(state: State) -> int:
    return OPEN.index(state) if state in OPEN else len(OPEN)
