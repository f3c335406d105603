"""Matching as a worker: one order is one run, told by its parts.

Belongs here: a run with a clock at the doors of its parts. Does not belong here: what is measured.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psutil
import sqlalchemy as sa
from worker import serve

from register.database import Register, driver
from register.matching import clusters, links, region, report, rules, run

#: Whose time is which part, without that of what they call where it is of another part.
_DOORS = (
    (region, "_touch", "reading"),
    (region, "_nodes", "reading"),
    (region, "_write_keys", "keys"),
    (region, "_around", "following keys"),
    (region, "sharing", "pairs"),
    (region, "Pairs", "rules"),
    (rules, "automatic", "rules"),
    (rules, "vetoed", "rules"),
    (clusters, "settle", "clusters"),
    (links, "_write_links", "links"),
    (links, "_write_members", "writing back"),
    (links, "_write_golden", "writing back"),
    (run, "measure", "counts"),
)


class Parts:
    """Seconds by part: on the clock, and of the processor, this process and its PostgreSQL session together."""

    def __init__(self, session: int) -> None:
        self._session = psutil.Process(session)
        self._open = ["the rest"]
        self._last = self._now()
        self.seconds: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))

    def _now(self) -> tuple[float, float]:
        return time.perf_counter(), time.process_time() + sum(self._session.cpu_times()[:2])

    def turn(self) -> None:
        """Gives what has passed since the last turn to the part that is open."""
        now = self._now()
        clock, processor = self.seconds[self._open[-1]]
        self.seconds[self._open[-1]] = (clock + now[0] - self._last[0], processor + now[1] - self._last[1])
        self._last = now

    def within(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time given to the part."""

        def measured(*arguments: Any, **named: Any) -> Any:
            self.turn()
            self._open.append(part)
            try:
                return function(*arguments, **named)
            finally:
                self.turn()
                self._open.pop()

        return measured


@contextmanager
def _clocks(parts: Parts) -> Iterator[None]:
    patches = [
        mock.patch.object(module, name, parts.within(part, getattr(module, name))) for module, name, part in _DOORS
    ]
    for patch in patches:
        patch.start()
    yield
    parts.turn()
    for patch in patches:
        patch.stop()


def _step(order: dict[str, Any]) -> dict[str, Any]:
    register = Register(order["url"])
    if order["step"] == "audit":
        with register.transaction() as connection:
            return vars(report.audit(connection, 1))
    with register.engine.connect() as connection:  # the session that the pool then gives to the run
        session = driver(connection).info.backend_pid
        connection.execute(sa.text("select 1"))
    parts = Parts(session)
    with _clocks(parts):
        matched = run.match(register, 1, everything=order["step"] == "everything")
    register.close()
    return {"parts": dict(parts.seconds), "touched": matched.touched, "links": sum(matched.links.values())}


if __name__ == "__main__":
    serve(_step)
