"""Work that goes on in a thread of its own while the caller prepares the next.

Belongs here: doing one job after another, a few behind the caller. Does not belong here: what the jobs are.

PostgreSQL and the driver take rows in while the next ones are cleaned: neither needs Python's lock meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

#: Jobs that may wait. Each holds its rows in memory.
_WAITING = 2


class Behind:
    """Does jobs in their order. Whatever they use, a connection for instance, is theirs until `wait` has returned."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._jobs: deque[Future[None]] = deque()

    def do(self, job: Callable[[], None]) -> None:
        """Takes a job; waits while there are too many. Raises what an earlier job raised."""
        while len(self._jobs) >= _WAITING:
            self._jobs.popleft().result()
        self._jobs.append(self._pool.submit(job))

    def wait(self) -> None:
        """Returns when all jobs are done. Raises what one of them raised."""
        while self._jobs:
            self._jobs.popleft().result()

    def drop(self) -> None:
        """Forgets the jobs that have not begun."""
        for job in self._jobs:
            job.cancel()


@contextmanager
def behind() -> Iterator[Behind]:
    """A thread for jobs. Whatever happens, none of them is under way when it has ended."""
    with ThreadPoolExecutor(1, "behind") as pool:
        worker = Behind(pool)
        try:
            yield worker
            worker.wait()
        finally:
            worker.drop()
