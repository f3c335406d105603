"""A process of its own for one loader, warm before it is measured.

Belongs here: both ends of the talk between the bench and a worker, one JSON object a line. Does not belong here: any
loader. Needs nothing but the standard library, since the peer runs in another environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def serve(step: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Does each order of the input; answers with seconds, processor seconds, the peak of memory, and what it says."""
    answer = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is no answer
    for line in sys.stdin:
        order = json.loads(line)
        started, busy = time.perf_counter(), time.process_time()
        said = step(order)
        seconds, cpu = time.perf_counter() - started, time.process_time() - busy
        print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": _peak_mb(), **said}), file=answer, flush=True)


def _peak_mb() -> int:
    """The most memory that this process has had. Not by getrusage, which begins with its parent's."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


class Worker:
    """The bench's end of a worker."""

    def __init__(self, python: Path | str, script: Path) -> None:
        self._process = subprocess.Popen(
            [str(python), str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, **order: Any) -> dict[str, Any]:
        """One order, and its answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._process.args} ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
