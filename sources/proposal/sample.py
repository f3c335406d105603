"""Some rows of a register that nobody has described yet.

Belongs here: opening a file or an address with as little as is known of it. Does not belong here: what the columns
mean (see profile).
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pandas as pd

from schemas.errors import SourceRefused
from sources.proposal import words
from sources.readers import encoding as encodings
from sources.readers import excel_package, excel_sheets, names, survey
from sources.readers.api.settings import ApiRead
from sources.readers.api.transport import Transport
from sources.readers.csv_file import CsvRegister, open_csv
from sources.readers.csv_settings import ENCODINGS, CsvRead
from sources.readers.excel_file import ExcelRegister, open_excel
from sources.readers.excel_process import Parser
from sources.readers.excel_settings import ExcelRead
from sources.readers.header import DELIMITERS
from sources.readers.unpack import OpenedFile, PackedFile

#: Rows that are looked at; more tell no more of a column.
ROWS = 20_000

#: Rows among which the header is looked for.
_HEADS = 12

#: What a total row at the end begins with.
_TOTALS = ("yhteensä", "summa", "total", "rivejä", "rader", "rows")

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True)
class Sample:
    """What could be seen of a register.

    Attributes:
        read: the ``read:`` block as far as it is known, in plain values.
        rows: text, one column for each that has a name; "" where a cell is empty.
        unnamed: columns that no source can name: without a name, with one that stands twice, or that looks like data.
        more: whether the register has more rows than were looked at.
    """

    read: dict[str, Any]
    rows: pd.DataFrame
    unnamed: int
    more: bool


def of_file(path: Path, *, encoding: str = "detect", sheet: str | None = None) -> Sample:
    """The first rows of a file.

    Raises:
        SourceRefused: it cannot be read; the text says what to name: an encoding, or a sheet.
    """
    if path.suffix.lower() in _WORKBOOKS:
        return _workbook(path, sheet)
    return _text(path, encoding)


def _text(path: Path, encoding: str) -> Sample:
    with closing(PackedFile(path)) as file:
        seen = survey.take(file.stream(), declared=encoding)
        encoding = encodings.decide(encoding, seen, file.stream)
    beginning = codecs.getincrementaldecoder(ENCODINGS[encoding])("replace").decode(seen.head[seen.mark_length :])
    heads = [(sign, _head(list(islice(_split(beginning, sign), _HEADS)))) for sign in DELIMITERS]
    delimiter, head = _best([(sign, head) for sign, head in heads if head is not None])
    known = {"path": path.name, "encoding": encoding, "delimiter": delimiter, "header_row": head.row}
    with closing(open_csv(path, CsvRead.model_validate(known), wanted=head.names, required=head.names[:1])) as register:
        rows, more = _rows(register, head.names)
    return _sample({"type": "csv", "encoding": encoding, "delimiter": delimiter}, head, rows, more)


def _split(beginning: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(beginning), delimiter=delimiter)
    except csv.Error:
        return


def _workbook(path: Path, sheet: str | None) -> Sample:
    with closing(OpenedFile(path, hold=True)) as file:
        packing = excel_package.check(file.file, macros_expected=path.suffix == ".xlsm")
        file.file.seek(0)
        with closing(Parser(file.file.fileno())) as parser:
            listed = [excel_sheets.Sheet(place, *one) for place, one in enumerate(parser.ask("sheets"))]
            chosen = excel_sheets.choose(listed, sheet)
            answer = parser.ask("choose", sheet=chosen.place, head=_HEADS, packed=packing == "xlsx")
    found = _head(answer["head"])
    _, head = _best([("", found)] if found else [])
    known = {"path": path.name, "sheet": chosen.name, "header_row": head.row}
    read = ExcelRead.model_validate(known)
    with closing(open_excel(path, read, wanted=head.names, required=head.names[:1])) as register:
        rows, more = _rows(register, head.names)
    return _sample({"type": "excel", "sheet": chosen.name}, head, rows, more)


def _sample(read: dict[str, Any], head: Head, rows: pd.DataFrame, more: bool) -> Sample:
    if head.row > 1:
        read["header_row"] = head.row
    last = str(rows.iloc[-1, 0]).strip().casefold() if len(rows) and not more else ""
    total = next((word for word in _TOTALS if last.startswith(word)), None)
    if total is not None:
        read["footer"] = {"first_cell": total}
        rows = rows.iloc[:-1]
    return Sample(read, rows, head.unnamed, more)


@dataclass(frozen=True)
class Head:
    """The row that seems to name the columns.

    Attributes:
        row: its number, from 1.
        known: how many of its names are words that we know.
        names: those that a source file can name: each stands once and does not look like data.
        unnamed: how many columns have no such name.
    """

    row: int
    known: int
    names: list[str]
    unnamed: int


def _head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Of the first rows the one that holds most names that we know; the first of them where none holds any."""
    best: Head | None = None
    for number, cells in enumerate(rows, start=1):
        plain = [names.normalise(cell) for cell in cells]
        good = [
            " ".join(cell.split())
            for cell, name in zip(cells, plain, strict=True)
            if name and plain.count(name) == 1 and not names.looks_like_data(cell)
        ]
        known = sum(words.field_of(name) is not None for name in good)
        if good and (best is None or known > best.known):
            best = Head(number, known, good, sum(map(bool, plain)) - len(good))
    return best


def _best(heads: list[tuple[str, Head]]) -> tuple[str, Head]:
    if not heads:
        raise SourceRefused(
            "No row holds names of columns.", "Have it exported with a header; a file without one cannot be read."
        )
    return max(heads, key=lambda found: (found[1].known, len(found[1].names)))


def _rows(register: CsvRegister | ExcelRegister, columns: list[str]) -> tuple[pd.DataFrame, bool]:
    frames: list[pd.DataFrame] = []
    count = 0
    for chunk in register.chunks():
        if count >= ROWS:
            return pd.concat(frames, ignore_index=True).head(ROWS), True
        frames.append(chunk.rows.to_pandas())
        count += chunk.rows.num_rows
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns}), False
    return pd.concat(frames, ignore_index=True).astype("str").head(ROWS), count > ROWS


def of_address(url: str, *, token_variable: str | None = None) -> Sample:
    """The records of one answer of an API.

    Args:
        token_variable: the environment variable that holds a bearer token.

    Raises:
        SourceRefused: the address is not reachable, or its answer holds no list of records.
    """
    known: dict[str, Any] = {"type": "api", "url": url}
    if token_variable:
        known["auth"] = {"type": "bearer", "token": {"env": token_variable}}
    read = ApiRead.model_validate(known)
    with closing(Transport(read)) as transport:
        body = transport.get(httpx.URL(url), None).body
    document: Any = None
    try:
        document = msgspec.json.decode(body)
    except msgspec.DecodeError:
        document = None
    found = _records(document)
    if found is None:
        raise SourceRefused(
            "The answer holds no list of records.", "Describe the source by hand: docs/adding-a-source-api.md."
        )
    path, records = found
    rows = pd.json_normalize(records, max_level=3)
    rows = rows.loc[:, [not rows[name].map(lambda cell: isinstance(cell, list | dict)).any() for name in rows.columns]]
    named = [name for name in rows.columns if not names.looks_like_data(name)]
    if path:
        known["records"] = path
    pages = _pages(document)
    if pages:
        known["pages"] = pages
    texts = rows[named].map(lambda cell: "" if cell is None or cell != cell else _as_text(cell)).astype("str")
    return Sample(known, texts.head(ROWS), rows.shape[1] - len(named), len(texts) > ROWS or bool(pages))


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _records(document: Any) -> tuple[str, list[dict[str, Any]]] | None:
    """The longest list of records on the first two levels, with the path to it."""
    places = [("", document)]
    if isinstance(document, dict):
        places += list(document.items())
        places += [
            (f"{key}.{name}", deep)
            for key, one in document.items()
            if isinstance(one, dict)
            for name, deep in one.items()
        ]
    lists = [
        (path, one)
        for path, one in places
        if isinstance(one, list) and one and all(isinstance(item, dict) for item in one)
    ]
    return max(lists, key=lambda found: len(found[1]), default=None)


def _pages(document: Any) -> dict[str, Any] | None:
    """How the API pages, where its answer says so."""
    if not isinstance(document, dict):
        return None
    if "totalResults" in document and "Resources" in document:
        return {"type": "scim"}
    if "@odata.nextLink" in document:
        return {"type": "next_url"}
    for path, of in (
        ("next", document),
        ("links.next", document.get("links")),
        ("paging.next", document.get("paging")),
    ):
        if isinstance(of, dict) and isinstance(of.get("next"), str) and of["next"].startswith("http"):
            return {"type": "next_url", "next": path}
    return None


def is_address(text: str) -> bool:
    """Whether an argument is the address of an API rather than a file."""
    return text.startswith(("https://", "http://"))


def relative(path: Path, inbox: Path) -> str | None:
    """The file's path below the inbox, or None where it lies elsewhere."""
    inside = os.path.relpath(path.resolve(), inbox.resolve())
    return None if inside.startswith("..") else Path(inside).as_posix()
