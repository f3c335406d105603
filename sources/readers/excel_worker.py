"""The child process that parses one workbook: ``python -m sources.readers.excel_worker FD MEMORY``.

Belongs here: opening the workbook with the library, and answering its parent over stdin and stdout. Does not belong
here: choosing a sheet, finding the header, and any words for people (see excel_file).

A workbook of a few kilobytes can ask for a terabyte, and the library then ends its whole process. So it works in a
process of its own with limits on memory, time and core files, which starts in a tenth of a second because it imports
next to nothing. A message is one marshalled value; an answer is ("ok", value) or (the kind of failure, None), never a
text of the library.
"""

from __future__ import annotations

import gc
import io
import marshal
import os
import resource
import sys
from collections.abc import Iterator
from itertools import compress, islice
from threading import Thread
from typing import IO, Any

import python_calamine

from sources.readers import excel_text
from sources.readers.excel_errors import Errors, Workbook

#: Seconds of processor time, far beyond what the largest workbook takes.
_TIME = 1800

DIGITS_LOST = "excel.digits_lost"
ERROR = "excel.error"

#: Row numbers, texts by column, rows with a value behind the header (number and first cell), and faulty cells as (row
#: number, which of the wanted columns, rule).
Rows = tuple[list[int], list[list[str]], dict[int, str], list[tuple[int, int, str]]]


def limit(memory: int) -> None:
    """Bound this process; its memory never reaches a disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_TIME, _TIME))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class Worker:
    """One opened workbook."""

    def __init__(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb") as file:
            self._bytes = file.read()
        self._book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self._bytes))
        self._sheet: Any = None
        self._errors: Errors = {}
        self._from_1904 = False
        self._broken = False

    def sheets(self) -> list[tuple[str, bool, bool]]:
        """Name, whether visible, whether a sheet of cells; for each sheet."""
        visible, cells = python_calamine.SheetVisibleEnum.Visible, python_calamine.SheetTypeEnum.WorkSheet
        return [(sheet.name, sheet.visible == visible, sheet.typ == cells) for sheet in self._book.sheets_metadata]

    def choose(self, sheet: int, head: int, packed: bool) -> dict[str, Any]:
        """Parse a sheet; its first rows as texts, and the merged ranges that begin in them.

        Args:
            packed: whether the workbook is an .xlsx, whose error cells can be told.
        """
        # the library lets go of the interpreter while it parses
        second = Thread(target=self._look_for_errors, args=(sheet,))
        if packed:
            second.start()
        self._sheet = self._book.get_sheet_by_index(sheet)
        if packed:
            second.join()
        if self._broken:
            raise ValueError("the package is not one of a workbook")
        self._bytes = b""
        first = self._first_column
        rows = [[""] * first + [excel_text.text(cell) for cell in row] for row in islice(self._sheet.iter_rows(), head)]
        merged = [
            (*start, *end)
            for start, end in self._sheet.merged_cell_ranges or []
            if start[0] < head and end[0] > start[0]
        ]
        last = self._sheet.end
        return {"head": rows, "merged": merged, "rows": last[0] + 1 if last else 0}

    def _look_for_errors(self, sheet: int) -> None:
        try:
            package = Workbook(io.BytesIO(self._bytes))
            self._errors, self._from_1904 = package.errors(sheet), package.from_1904
        except Exception:
            self._broken = True

    @property
    def _first_column(self) -> int:
        return self._sheet.start[1] if self._sheet.start else 0

    def rows(self, asked: dict[str, Any]) -> Iterator[Rows]:
        """The rows below row ``after``, in chunks of at most ``rows`` rows of the sheet.

        Args:
            asked: after, rows, first (the header's first column), beyond (the first column behind the header, or
                None), decimal, and columns: (place, whether its numbers are days, least number of digits).
        """
        rows = self._sheet.iter_rows()
        number = sum(1 for _ in islice(rows, asked["after"]))
        with_errors = {row + 1 for row, _ in self._errors}
        first = max(asked["first"] - self._first_column, 0)
        while taken := list(islice(rows, asked["rows"])):
            numbers = list(range(number + 1, number + len(taken) + 1))
            number += len(taken)
            full = [row[first] != "" or row.count("") < len(row) for row in taken]
            if with_errors:
                full = [there or n in with_errors for n, there in zip(numbers, full, strict=True)]
            if not all(full):
                taken, numbers = list(compress(taken, full)), list(compress(numbers, full))
            ragged = self._ragged(taken, numbers, asked["beyond"], asked["first"])
            if ragged:
                straight = [n not in ragged for n in numbers]
                taken, numbers = list(compress(taken, straight)), list(compress(numbers, straight))
            columns, faults = self._texts(taken, numbers, asked)
            yield numbers, columns, ragged, faults

    def _ragged(self, rows: list[list[Any]], numbers: list[int], beyond: int | None, first: int) -> dict[int, str]:
        """Rows that have a value behind the header's last column: number and text of the first cell."""
        if beyond is None or not rows or beyond - self._first_column >= len(rows[0]):
            return {}
        behind = max(beyond - self._first_column, 0)
        with_errors = {row + 1 for row, column in self._errors if column >= beyond}
        at = max(first - self._first_column, 0)
        return {
            number: excel_text.text(row[at])
            for number, row in zip(numbers, rows, strict=True)
            if any(cell != "" for cell in row[behind:]) or number in with_errors
        }

    def _texts(
        self, rows: list[list[Any]], numbers: list[int], asked: dict[str, Any]
    ) -> tuple[list[list[str]], list[tuple[int, int, str]]]:
        if not rows:
            return [[] for _ in asked["columns"]], []
        columns: list[list[str]] = []
        faults: list[tuple[int, int, str]] = []
        by_place = list(zip(*rows, strict=True))
        at = {number: index for index, number in enumerate(numbers)} if self._errors else {}
        for wanted, (place, serial, digits) in enumerate(asked["columns"]):
            position = place - self._first_column
            cells = by_place[position] if 0 <= position < len(by_place) else [""] * len(rows)
            texts, lost = excel_text.column(
                cells, decimal=asked["decimal"], serial=serial, digits=digits, from_1904=self._from_1904
            )
            faults += [(numbers[index], wanted, DIGITS_LOST) for index in lost]
            for (row, column), shown in self._errors.items():
                if column == place and row + 1 in at:
                    texts[at[row + 1]] = shown
                    faults.append((row + 1, wanted, ERROR))
            columns.append(texts)
        return columns, faults


def answers(worker: Worker | None, question: tuple[str, Any]) -> Iterator[Any]:
    """What to send back for one question."""
    what, asked = question
    if worker is None:
        raise ValueError("nothing is open")
    if what == "sheets":
        yield worker.sheets()
    elif what == "choose":
        yield worker.choose(**asked)
    else:
        yield from worker.rows(asked)
        yield None


def send(line: IO[bytes], message: tuple[str, Any]) -> None:
    """One message, its length in eight bytes before it."""
    data = marshal.dumps(message)
    line.write(len(data).to_bytes(8, "little") + data)
    line.flush()


def main() -> None:
    """Answer the parent's questions until it closes the line."""
    limit(int(sys.argv[2]))
    # A million cells are a million objects, none in a circle; looking for circles took half of the time of their texts.
    gc.disable()
    # what a library prints must not get between the messages
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    questions = sys.stdin.buffer
    worker: Worker | None = None
    while True:
        try:
            question = marshal.load(questions)
        except EOFError:
            return
        failure = ""
        try:
            if worker is None:
                worker = Worker(int(sys.argv[1]))
            for answer in answers(worker, question):
                send(line, ("ok", answer))
        except python_calamine.PasswordError:
            failure = "locked"
        except MemoryError:
            failure = "memory"
        except BaseException:  # a panic of the library is no Exception
            failure = "damaged"
        if failure:
            send(line, (failure, None))
            return


if __name__ == "__main__":
    main()
