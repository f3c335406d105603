"""What is said in an alert, and when.

Belongs here: the kinds of alerts and their texts. Does not belong here: sending them (`pipelines.night.services`), or
remembering which were sent (`pipelines.night.watch`).

An alert leaves the house. It names sources, states, guards, batch numbers and counts, and never a column, file, key or
value; whoever is told types the next command and sees the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from assets.night import Night
from assets.standing import Standing, Urgent

#: When the digest of a night is due, in Europe/Helsinki: after the night's sources and matching.
DIGEST_TIME = time(6)

#: Alerts that are of no one source: the whole night did not run, the register is not to be had, and the digest.
NOT_RUN, UNREACHABLE, DIGEST = "not_run", "unreachable", "digest"

#: Every kind of alert; each has a line in the runbook of docs/operating.md.
KINDS = (*(urgent.value for urgent in Urgent), NOT_RUN, UNREACHABLE, DIGEST)

#: Of more sources than this, an alert names the first; the list has all.
_MOST_NAMED = 30

_SAID = {
    Urgent.PRIVATE: "may hold data that must not be here",
    Urgent.BEHIND: "has not been merged for {behind} nights",
}


@dataclass(frozen=True)
class Alert:
    """One message.

    Attributes:
        key: tells it from every other, so that it is sent once.
    """

    kind: str
    key: str
    title: str
    body: str


def urgent(night: Night, pages: str) -> Iterator[Alert]:
    """What cannot wait for the digest.

    Args:
        pages: the address of the pages, for links to runs.
    """
    day = night.business_date
    if night.has_not_run:
        late = [one for one in night.open if one.business_date == day]
        body = (
            f"None of {len(late)} sources was tried on {day}. Is the daemon running, and is the schedule switched on?\n"
            f"Next: mdo night show --date {day}, then mdo sync --date {day}"
        )
        yield Alert(NOT_RUN, f"{day}:{NOT_RUN}", f"The night of {day} has not run", body)
        return
    for one in night.open:
        if one.urgent:
            said = _SAID[one.urgent].format(behind=one.behind)
            key = f"{one.business_date}:{one.urgent}:{one.source}"
            yield Alert(one.urgent, key, f"{one.source} {said}", line(one, pages))


def unreachable(today: date) -> Alert:
    """The register cannot be opened."""
    body = "The register cannot be opened, so that nothing is synced.\nNext: mdo db status"
    return Alert(UNREACHABLE, f"{today}:{UNREACHABLE}", "The register cannot be reached", body)


def digest(night: Night, pages: str) -> Alert:
    """The one message of a night, also where all is well: a morning without it says that nobody watches."""
    day = night.business_date
    needing = night.open
    title = f"Night of {day}: " + (f"{len(needing)} need somebody" if needing else "all is well")
    lines = [line(one, pages) for one in needing[:_MOST_NAMED]]
    if len(needing) > _MOST_NAMED:
        lines.append(f"… and {len(needing) - _MOST_NAMED} more.")
    if night.ending:
        lines.append(f"Ends soon: {_named(name for name, _ in night.ending)}.")
    if night.kept_sending:
        lines.append(f"Still sends rows that may not be kept: {_named(one.source for one in night.kept_sending)}.")
    lines.append("Sources: " + (", ".join(f"{count} {state}" for state, count in night.states.items()) or "none"))
    lines.append("Rows merged: " + ", ".join(f"{count} {name}" for name, count in night.rows.items()))
    lines.append(f"The whole list: mdo night show --date {day}")
    return Alert(DIGEST, f"{day}:{DIGEST}", title, "\n".join(lines))


def _named(sources: Iterable[str]) -> str:
    names = list(dict.fromkeys(sources))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def is_due(now: datetime) -> bool:
    """Whether the digest of the local day may be sent."""
    return now.time() >= DIGEST_TIME


def line(one: Standing, pages: str) -> str:
    """What happened to a source, the next command, whose it is, and where its run is."""
    batch = f", batch {one.batch.id}" if one.batch else ""
    run = f" Run: {pages}/runs/{one.batch.run_id}" if one.batch and one.batch.run_id else ""
    following = f" Next: {'; '.join(one.next)}." if one.next else ""
    owner = one.owner.partition(" <")[0]
    return f"{one.state}: {one.source} ({one.business_date}{batch}): {one.what}.{following} Owner: {owner}.{run}"
