"""What a night's page shows besides the night: what falls due, and what waits for a person.

Belongs here: asking retention and matching, in counts. Does not belong here: how the sources stand (`assets.night`), or
how anything is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assets.workplace import Workplace
from register.matching import queue
from register.matching.queue import Band, Decided
from register.retention import ahead
from register.retention.report import Falling

#: How many days retention is foreseen.
DAYS = 30

#: Days after which a pair in the review queue has waited too long.
MOST_DAYS = 30


@dataclass(frozen=True)
class Outlook:
    """What there is to come and to do.

    Attributes:
        falling: what falls due in `DAYS` days, by rule, table and day.
        queue: the pairs that wait for a person.
        decided: what persons have decided on the night's date and the day before.
    """

    falling: Sequence[Falling] = ()
    queue: Sequence[Band] = ()
    decided: Sequence[Decided] = ()


def look(work: Workplace, on: date) -> Outlook:
    """Asks for a business date. The queue is that of this moment."""
    falling = ahead.ahead(work.register, work.policy, on, DAYS)
    with work.register.transaction() as connection:
        waiting = queue.by_band(connection, work.today, MOST_DAYS)
        decided = queue.decided(connection, on - timedelta(days=1), on)
    return Outlook(falling, waiting, decided)
