"""How one source stands on a business date.

Belongs here: the states, what each says, the next command, and which of them cannot wait for the morning. Does not
belong here: how a state is found (`assets.night`), or who is told (`pipelines`).

`what` is made of states, guards and counts alone, so that it may leave the house in an alert. `details` may name
columns and files as the register's own lists do; they stay in the terminal of whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from register.batches import NOT_DELIVERED, Batch


class State(StrEnum):
    """What became of a source on a date; where a batch tells it, its status."""

    REFUSED = "refused"
    FAILED = "failed"
    MISSING = "missing"
    LATE = "late"
    HELD = "held"
    RELEASED = "released"
    PULLING = "pulling"
    DUE = "due"
    DISCARDED = "discarded"
    SUPERSEDED = "superseded"
    APPLIED = "applied"


#: The states that need somebody, the worst first.
OPEN = (State.REFUSED, State.FAILED, State.MISSING, State.LATE, State.HELD, State.RELEASED)

#: Guards by which somebody else's data, or data that nobody may have, has come to us: a matter for the first minute.
PRIVATE_GUARDS = frozenset({"hetu", "overlap"})

#: Nights in a row without a merge from which on a source cannot wait for the digest.
BEHIND = 3


class Urgent(StrEnum):
    """Why somebody is told at once."""

    PRIVATE = "private"
    BEHIND = "behind"


@dataclass(frozen=True)
class Standing:
    """One source on one date.

    Attributes:
        what: what happened, in words without names of columns or files.
        next: the commands to type next, in order.
        owner: the function that answers for the register, with its mailbox.
        behind: nights up to this one without a merge; 0 where it was merged, or never before.
        details: what else is known, for the terminal alone.
    """

    source: str
    state: State
    business_date: date
    what: str = ""
    next: tuple[str, ...] = ()
    owner: str = ""
    batch: Batch | None = None
    behind: int = 0
    details: tuple[str, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether it needs somebody."""
        return self.state in OPEN

    @property
    def guards(self) -> list[str]:
        """The guards that hold it, each once."""
        held = self.batch.guards if self.batch and self.state in (State.HELD, State.RELEASED) else []
        return list(dict.fromkeys(str(guard["guard"]) for guard in held))

    @property
    def urgent(self) -> Urgent | None:
        """Why it cannot wait for the digest, if so."""
        if PRIVATE_GUARDS.intersection(self.guards):
            return Urgent.PRIVATE
        return Urgent.BEHIND if self.is_open and self.behind >= BEHIND else None


def of_batch(batch: Batch, *, busy: bool, owner: str, behind: int) -> Standing:
    """How a source stands whose newest attempt at the date is this batch.

    Args:
        busy: whether a sync of the source is under way, so that an attempt that has not ended is alive.
    """
    dated = f"--source {batch.source_name} --date {batch.business_date}"
    state, what, following = State.FAILED, "", [f"mdo batch show {batch.id}", f"mdo sync {dated}"]
    details = [batch.reason] if batch.reason else []
    if batch.status in ("pulling", "planned"):
        if busy:
            state, what, following = State.PULLING, "it is being read", []
        else:
            what, following = "it was interrupted, and nothing was changed", [f"mdo sync {dated}"]
    elif batch.status == "failed" and batch.pulled.get(NOT_DELIVERED):
        state, what = State.MISSING, "no file was there"
        following = [f"mdo source test {batch.source_name} --date {batch.business_date}", f"mdo sync {dated}"]
    elif batch.status == "failed":
        what = "it could not be read, planned or merged"
    elif batch.status == "held":
        guards = ", ".join(dict.fromkeys(str(guard["guard"]) for guard in batch.guards))
        state, what = State.HELD, f"held by {guards}"
        following = [f"mdo batch show {batch.id}", f"mdo batch release {batch.id} --by NAME --reason WHY (or discard)"]
        details = [f"{guard['guard']} {guard['column']}".strip() + f": {guard['says']}" for guard in batch.guards]
    elif batch.status == "released":
        state, what = State.RELEASED, "released, and not merged yet"
        following = [f"mdo batch release {batch.id} --by NAME --reason WHY"]
    else:
        state, following = State(batch.status), []
    return Standing(
        batch.source_name, state, batch.business_date, what, tuple(following), owner, batch, behind, tuple(details)
    )
