"""The child process that parses a workbook, seen from its parent.

Belongs here: starting it, asking it, its limits, and what it means that it died. Does not belong here: what it does
(see excel_worker), or what is asked (see excel_file).
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas.errors import SourceRefused

#: Bytes of memory for one workbook. A sheet of a million rows by twelve columns takes about two thirds of it.
MEMORY = 4 * 2**30

#: Where `sources` is imported from, installed or not.
_ROOT = Path(__file__).resolve().parents[2]

_DAMAGED = "The workbook is damaged, or in a form that cannot be read."
_FAILURES = {
    "locked": ("The workbook is locked with a password.", "Have it saved without one, and sent in a protected way."),
    "damaged": (_DAMAGED, "Open it, save it anew as .xlsx, and send it again."),
}


class Parser:
    """One workbook in a process of its own.

    Args:
        descriptor: of the opened file; the file's name is not passed on.
        memory: bytes that the process may use.
    """

    def __init__(self, descriptor: int, *, memory: int = MEMORY) -> None:
        self._memory = memory
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "sources.readers.excel_worker", str(descriptor), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
        )

    def ask(self, what: str, **asked: Any) -> Any:
        """One answer.

        Raises:
            SourceRefused: the workbook is locked, damaged, or too large; the text holds nothing of it.
        """
        self._send(what, asked)
        return self._receive()

    def rows(self, **asked: Any) -> Iterator[Any]:
        """Answers until there are no more; see ``excel_worker.Worker.rows``.

        Raises:
            SourceRefused: as ``ask``.
        """
        self._send("rows", asked)
        while (answer := self._receive()) is not None:
            yield answer

    def _send(self, what: str, asked: dict[str, Any]) -> None:
        line = self._process.stdin
        died = line is None
        try:
            if line is not None:
                line.write(marshal.dumps((what, asked)))
                line.flush()
        except OSError:
            died = True
        if died:
            raise self._too_large()

    def _receive(self) -> Any:
        line = self._process.stdout
        kind, answer = "memory", None
        try:
            if line is not None:
                # whole messages: marshal.load would call the pipe once for each text
                size = int.from_bytes(line.read(8), "little")
                kind, answer = marshal.loads(line.read(size))
        except (EOFError, ValueError, TypeError):
            kind = "memory"  # it died in the middle: the library aborts where it gets no memory
        if kind == "memory":
            raise self._too_large()
        if kind != "ok":
            raise SourceRefused(*_FAILURES[kind])
        return answer

    def _too_large(self) -> SourceRefused:
        return SourceRefused(
            f"The workbook could not be read with {self._memory // 2**20} MB of memory: it is damaged, or a cell far "
            "below or to the right makes it enormous.",
            "Have the register copied to a new workbook, or exported as CSV.",
        )

    def close(self) -> None:
        """End the process; may be called more than once."""
        for line in (self._process.stdin, self._process.stdout):
            if line is not None and not line.closed:
                try:
                    line.close()
                except OSError:
                    continue
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
