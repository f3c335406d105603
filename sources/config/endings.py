"""What of a source ends soon, and with it the reading of it.

Belongs here: the last days that a description names. Does not belong here: refusing to read after them
(`sources.config.source`), or telling anybody (`assets.night`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sources.config.source import Source


@dataclass(frozen=True)
class Ending:
    """A last day, after which the source is read no more.

    Attributes:
        what: what ends, without the name of a column.
        next: what renews it.
    """

    what: str
    last_day: date
    next: str


def endings(source: Source, first: date, last: date) -> list[Ending]:
    """What ends on these days, both included, the earliest first."""
    return sorted((one for one in _all(source) if first <= one.last_day <= last), key=lambda one: one.last_day)


def _all(source: Source) -> Iterator[Ending]:
    if source.valid.last is not None:
        yield Ending("its description", source.valid.last, "renew the agreement, then valid.to")
    if source.positioning is not None:
        review = source.positioning.dpia_review_on
        yield Ending("its impact assessment", review, "review it, then write the next day of review")
    for waiver in source.needed_waivers:
        what = f"a waiver of {waiver.rule}" if waiver.rule else "a waiver of a column's name"
        yield Ending(what, waiver.until, "look at what the column holds, then renew the waiver or take the column out")
