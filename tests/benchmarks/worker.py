"""A process of its own for one loader, warm before it is measured.

Belongs here: both ends of the talk between the bench and a worker, one JSON object a line. Does not belong here: any
loader. Needs nothing but the standard library, since the peer runs in another environment.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def serve(step: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Does each order of the input and answers with its seconds, its peak memory so far, and what it says itself."""
    answer = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is no answer
    for line in sys.stdin:
        order = json.loads(line)
        started = time.perf_counter()
        said = step(order)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"seconds": seconds, "peak_mb": peak, **said}), file=answer, flush=True)


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
