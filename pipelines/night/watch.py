"""The watch: what is sent now, given what was sent before.

Belongs here: which alerts are due at a moment, and the memory that lets each be sent once to each service. Does not
belong here: the texts (`pipelines.night.alerts`), or the sensor that looks again and again (`pipelines.sensors`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from assets.night import GRACE, Night, due_at, night
from assets.workplace import Workplace
from pipelines.night import alerts
from pipelines.night.alerts import Alert
from pipelines.night.services import Service
from pipelines.settings import ZONE
from schemas.errors import Refusal
from sources.config import Source

#: For how long an alert that was sent is remembered; none is of an older date, except of plans that still wait.
_REMEMBERED = timedelta(days=14)


@dataclass
class Memory:
    """Which alerts were sent to which service, as it stands in the sensor's cursor: dates, kinds and sources.

    Attributes:
        sent: ``key>service`` -> the day on which it was sent.
    """

    sent: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, cursor: str | None) -> Memory:
        """From a cursor; nothing was sent where it is empty."""
        return cls(json.loads(cursor)) if cursor else cls()

    def write(self, today: date) -> str:
        """For the cursor, without what need not be remembered any longer."""
        oldest = str(today - _REMEMBERED)
        return json.dumps({key: day for key, day in self.sent.items() if day >= oldest})

    def send(self, alert: Alert, services: Sequence[Service], today: date) -> int:
        """Sends an alert to the services that have not had it; how many did not take it."""
        failed = 0
        for number, service in enumerate(services):
            key = f"{alert.key}>{number}"
            if key not in self.sent:
                if service.send(alert):
                    self.sent[key] = str(today)
                else:
                    failed += 1
        return failed


@dataclass(frozen=True)
class Looked:
    """What one look came to.

    Attributes:
        failed: messages that a service did not take; they are tried again at the next look.
        morning: the date whose page is due, where it is.
    """

    cursor: str
    failed: int
    morning: date | None


def look(
    cursor: str | None,
    *,
    now: datetime,
    open_: Callable[[], AbstractContextManager[Workplace]],
    sources: Sequence[Source],
    refusals: Sequence[Refusal],
    services: Sequence[Service],
    pages: str,
) -> Looked:
    """Sends what is due.

    Args:
        open_: opens the register; that it cannot be reached is an alert itself.
    """
    local = now.astimezone(ZONE)
    memory = Memory.read(cursor)
    failed = sum(memory.send(alert, services, local.date()) for alert in _due(local, open_, sources, refusals, pages))
    return Looked(memory.write(local.date()), failed, local.date() if alerts.is_due(local) else None)


def _due(
    local: datetime,
    open_: Callable[[], AbstractContextManager[Workplace]],
    sources: Sequence[Source],
    refusals: Sequence[Refusal],
    pages: str,
) -> Iterator[Alert]:
    unreachable = False
    try:
        with open_() as work:
            tonight = night(work, sources, refusals, local.date())
            before = night(work, sources, [], local.date() - timedelta(days=1))
    except Refusal:
        unreachable = True
    if unreachable:
        yield alerts.unreachable(local.date())
        return
    yield from alerts.urgent(tonight, pages)
    if alerts.is_due(local):
        after_digest = {one.name for one in sources if _is_after_digest(one)}
        yield alerts.digest(_with_yesterday(tonight, before, after_digest), pages)


def _is_after_digest(source: Source) -> bool:
    """Whether its time comes so late in the day that the digest of the next morning tells of it."""
    day = date(2026, 1, 1)
    return (due_at(source, day) + GRACE).replace(tzinfo=None) > datetime.combine(day, alerts.DIGEST_TIME)


def _with_yesterday(tonight: Night, before: Night, after_digest: set[str]) -> Night:
    """The night with what came after the last digest, and is not in tonight's list yet."""
    listed = {one.batch.id for one in tonight.waiting if one.batch}
    late = [
        one
        for one in before.standings
        if one.is_open and one.source in after_digest and not (one.batch and one.batch.id in listed)
    ]
    return replace(tonight, waiting=[*tonight.waiting, *late])
