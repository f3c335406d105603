"""A batch's place in order.

Belongs here: the one number by which batches of a source are put in order. Does not belong here: what follows from the
order (`register.plan`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

#: Milliseconds since 1970 stay below this until the year 2286.
_PER_DAY = 10**13


def place_of(business_date: date, as_of: datetime) -> int:
    """The place of a batch: by business date first, then by the time the data was read.

    Fits a PostgreSQL bigint (at most 3652059 × 10^13 for the year 9999 would not; the year 2500 does).

    Raises:
        ValueError: where `as_of` has no time zone.
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of must carry a time zone")
    return business_date.toordinal() * _PER_DAY + int(as_of.astimezone(UTC).timestamp() * 1000)


def date_of(place: int) -> date:
    """The business date of a place; the same arithmetic as the SQL function ``sync.place_date``."""
    return date.fromordinal(place // _PER_DAY)
