"""Where the header of a table is, and which of its columns are wanted.

Belongs here: finding delimiter and header row, matching names, and saying what is not there without showing what is.
Does not belong here: bytes and encodings, the rows below the header.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.errors import SourceRefused
from sources.readers import names

#: Delimiters that are looked for, in the order in which a sheet of one column takes one.
DELIMITERS = (";", ",", "\t", "|")
_SHOWN = {";": "';'", ",": "','", "\t": "tab", "|": "'|'"}

#: Rows among which the header is looked for, unless its row is declared.
SEARCHED = 50

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


@dataclass(frozen=True)
class Columns:
    """The columns of a table, as wanted and as found.

    Attributes:
        count: columns of the header.
        used: wanted name -> position, counted from 0.
        missing: wanted names that are not there.
        dropped: columns that nobody wants, by name or as "column N".
    """

    count: int
    used: dict[str, int]
    missing: list[str]
    dropped: list[str]


@dataclass(frozen=True)
class Header:
    """A header that was found.

    Attributes:
        row: its number as the customer counts, from 1.
        delimiter: one character.
        columns: its columns.
        length: characters of the text from its beginning to the end of the header's line.
    """

    row: int
    delimiter: str
    columns: Columns
    length: int


def columns_of(cells: Sequence[str], *, wanted: Sequence[str], required: Sequence[str], row: int) -> Columns:
    """Match a header's cells with the wanted names (MIN-01: NFKC, trimmed, case folded).

    Raises:
        SourceRefused: a required name is missing, or a name stands twice. Empty names may stand more than once: exports
            end their lines with delimiters, and such a column cannot be wanted.
    """
    plain = [names.normalise(cell) for cell in cells]
    positions = {name: position for position, name in reversed(list(enumerate(plain))) if name}
    absent = [name for name in required if names.normalise(name) not in positions]
    if absent:
        raise SourceRefused(
            f"The header in row {row} lacks {_listed(absent)}.",
            "Correct the column names in the source file, or the export.",
        )
    declared = {names.normalise(name): name for name in (*wanted, *required)}
    for name, times in Counter(filter(None, plain)).items():
        if times > 1:
            where = " and ".join(str(i + 1) for i, other in enumerate(plain) if other == name)
            what = f"{declared[name]!r} stands" if name in declared else "one name stands"
            raise SourceRefused(
                f"In the header (row {row}), {what} more than once: columns {where}.",
                "Have the export give every column a name of its own.",
            )
    used = {name: positions[names.normalise(name)] for name in wanted if names.normalise(name) in positions}
    return Columns(
        count=len(cells),
        used=used,
        missing=[name for name in wanted if name not in used],
        dropped=[names.safe(cell, i + 1) for i, cell in enumerate(cells) if plain[i] not in declared],
    )


def first_match(rows: Iterable[Sequence[str]], required: Sequence[str]) -> int | None:
    """The number, from 1, of the first row that holds all required names, or None."""
    needed = {names.normalise(name) for name in required}
    for number, cells in enumerate(rows, start=1):
        if needed and needed <= {names.normalise(cell) for cell in cells}:
            return number
    return None


def not_found(best: tuple[int, list[str]] | None, required: Sequence[str]) -> SourceRefused:
    """No row holds the required names; nothing of any row is said but how many of them it held.

    Args:
        best: the row that held the most of them and the names it lacked, where any row held one.
    """
    if best is None:
        return SourceRefused(
            f"No header was found: none of the first {SEARCHED} rows holds {_listed(required)}.",
            "Check that the export writes column names, and that the source file spells them the same; a file without "
            "a header cannot be read.",
        )
    row, lacking = best
    return SourceRefused(
        f"No header was found: row {row} comes nearest but lacks {_listed(lacking)}.",
        "Correct the column names in the source file, or the export.",
    )


def nearest(rows: Iterable[Sequence[str]], required: Sequence[str]) -> tuple[int, list[str]] | None:
    """The row that holds the most of the required names, and the names that it lacks; None where none holds one."""
    best: tuple[int, list[str]] | None = None
    for number, cells in enumerate(rows, start=1):
        held = {names.normalise(cell) for cell in cells}
        lacking = [name for name in required if names.normalise(name) not in held]
        if len(lacking) < len(required) and (best is None or len(lacking) < len(best[1])):
            best = number, lacking
    return best


def find(
    text: str,
    *,
    delimiter: str,
    quote: str | None,
    header_row: int | str,
    wanted: Sequence[str],
    required: Sequence[str],
) -> Header:
    """Find the header in the beginning of a text.

    Args:
        text: the beginning of the file, decoded, without a byte-order mark.
        delimiter: one character, or "detect".
        header_row: the row's number, or "detect".
        wanted: columns that are read where they are there.
        required: columns without which the file is refused; at least one.

    Raises:
        SourceRefused: no header, several readings of it, or one that ``columns_of`` refuses.
    """
    if not required:
        raise ValueError("a header cannot be told without a required column")
    tried = {d: _parse(text, d, quote, header_row) for d in (DELIMITERS if delimiter == "detect" else (delimiter,))}
    hits = {d: n for d, rows in tried.items() if (n := _hit(rows, header_row, required)) is not None}
    if len(hits) > 1 and all(len(tried[d][n - 1].cells) == 1 for d, n in hits.items()):
        hits = dict([next(((d, n) for d, n in hits.items() if d not in text), next(iter(hits.items())))])
    if len(hits) > 1:
        listed = ", ".join(f"{_SHOWN[d]} (row {n})" for d, n in hits.items())
        raise SourceRefused(
            f"The delimiter is in doubt: the header can be read with {listed}.",
            "Write the delimiter in the source file.",
        )
    if not hits:
        raise _refusal(text, tried, quote, header_row, required, delimiter)
    [(found, number)] = hits.items()
    record = tried[found][number - 1]
    columns = columns_of(record.cells, wanted=wanted, required=required, row=number)
    return Header(row=number, delimiter=found, columns=columns, length=record.end)


def find_in_rows(
    rows: Sequence[Sequence[str]], *, header_row: int | str, wanted: Sequence[str], required: Sequence[str]
) -> tuple[int, Columns]:
    """The header's row number, from 1, and its columns, in rows that are split already, as a sheet's are.

    Args:
        rows: the first rows, at least up to the declared one.
        header_row: the row's number, or "detect".
        required: at least one.

    Raises:
        SourceRefused: no header, or one that ``columns_of`` refuses.
    """
    if not required:
        raise ValueError("a header cannot be told without a required column")
    found = first_match(rows, required)
    if isinstance(header_row, int):
        declared = rows[header_row - 1 : header_row]
        if first_match(declared, required) is None:
            if found:
                raise SourceRefused(
                    f"The header is not where the source file says: all of {_listed(required)} stand in row {found}.",
                    "Correct header_row in the source file.",
                )
            best = nearest(declared, required)
            raise _no_header(header_row, best[1] if best else required)
        found = header_row
    if found is None:
        raise not_found(nearest(rows, required), required)
    cells = list(rows[found - 1])
    while not names.normalise(cells[-1]):
        cells.pop()
    return found, columns_of(cells, wanted=wanted, required=required, row=found)


def _no_header(row: int, lacking: Sequence[str]) -> SourceRefused:
    return SourceRefused(
        f"Row {row} is no header: it lacks {_listed(lacking)}.",
        "Check that the export writes column names there, and that the source file spells them the same.",
    )


@dataclass(frozen=True)
class _Record:
    cells: list[str]
    end: int


def _parse(text: str, delimiter: str, quote: str | None, header_row: int | str) -> list[_Record]:
    """The first records of a text; stops quietly where it cannot be split further."""
    count = header_row if isinstance(header_row, int) else SEARCHED
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for match in _LINE.finditer(text):
            if match.end() == match.start():
                return
            taken = match.end()
            yield match.group()

    if quote:
        reader = csv.reader(lines(), delimiter=delimiter, quotechar=quote)
    else:
        reader = csv.reader(lines(), delimiter=delimiter, quotechar=None, quoting=csv.QUOTE_NONE)
    records: list[_Record] = []
    try:
        while len(records) < count:
            cells = next(reader)
            records.append(_Record(cells, taken))
    except (StopIteration, csv.Error):
        pass
    return records


def _hit(records: list[_Record], header_row: int | str, required: Sequence[str]) -> int | None:
    if isinstance(header_row, int):
        row = records[header_row - 1 : header_row]
        return header_row if first_match((r.cells for r in row), required) else None
    return first_match((r.cells for r in records), required)


def _refusal(
    text: str,
    tried: dict[str, list[_Record]],
    quote: str | None,
    header_row: int | str,
    required: Sequence[str],
    delimiter: str,
) -> SourceRefused:
    """The most helpful true thing to say about a header that is not there."""
    elsewhere = {d: n for d in DELIMITERS if (n := _hit(_parse(text, d, quote, "detect"), "detect", required))}
    for found, number in elsewhere.items():
        said = [f"in row {number}"] if isinstance(header_row, int) and number != header_row else []
        said += [f"with the delimiter {_SHOWN[found]}"] if delimiter not in ("detect", found) else []
        if said:
            what = f"The header is not where the source file says: all of {_listed(required)} stand {' '.join(said)}."
            return SourceRefused(what, "Correct header_row or delimiter in the source file.")
    if isinstance(header_row, int):
        rows = [r for records in tried.values() for r in records[header_row - 1 : header_row]]
        best = min((b for r in rows if (b := nearest([r.cells], required))), key=lambda b: len(b[1]), default=None)
        return _no_header(header_row, best[1] if best else required)
    bests = [b for records in tried.values() if (b := nearest((r.cells for r in records), required))]
    return not_found(min(bests, key=lambda b: len(b[1]), default=None), required)


def _listed(columns: Sequence[str]) -> str:
    noun = "the column" if len(columns) == 1 else "the columns"
    return f"{noun} {', '.join(repr(name) for name in columns)}"
