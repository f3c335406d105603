"""Rows and row numbers of the CSV reader, against Python's own csv module as an independent oracle."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.readers.csv_file import open_csv
from sources.readers.csv_settings import CsvRead

#: Python codec that writes the file -> encoding declared for it.
CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "windows-1252",
    "iso8859-15": "iso-8859-15",
}
LETTERS = "aB1 äÖé-.'"

cells = st.text(alphabet=LETTERS + ';,\t|"\r\n', max_size=8)
rows = st.lists(cells, min_size=0, max_size=5)


def _written(table: list[list[str]], delimiter: str, line_end: str, quote_all: bool) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    for row in table:
        if row:
            writer.writerow(row)
        else:
            out.write(line_end)
    return out.getvalue()


def _expected(text: str, delimiter: str, columns: int, names: int) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """(row number, the first cells) of good rows and the numbers of ragged ones; row 1 of the text is row 1."""
    good, ragged = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, row in enumerate(reader, start=1):
        if number <= names or not any(row):
            # An empty line, or only delimiters in the right number, is no row. With too few or too many it is ragged.
            if number > names and row and len(row) != columns:
                ragged.append(number)
            continue
        if len(row) == columns:
            good.append((number, row))
        else:
            ragged.append(number)
    return good, ragged


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=st.lists(rows, max_size=60),
    extra=st.integers(0, 2),
    preamble=st.lists(st.lists(st.text(alphabet=LETTERS, max_size=5), max_size=3), max_size=3),
    delimiter=st.sampled_from(";,\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
    encoding=st.sampled_from(sorted(CODECS)),
    chunk_rows=st.integers(1, 7),
    block=st.integers(180, 400),
    ends_open=st.booleans(),
)
@example([["a"], ["b", "c"], [], ["d", "\r\n"]], 1, [], ";", "\r\n", True, "utf-8", 1, 180, True)
def test_rows_and_numbers_equal_those_of_the_csv_module(
    table: list[list[str]],
    extra: int,
    preamble: list[list[str]],
    delimiter: str,
    line_end: str,
    quote_all: bool,
    encoding: str,
    chunk_rows: int,
    block: int,
    ends_open: bool,
) -> None:
    header = ["Key", "Äiti", *[f"Other {i}" for i in range(extra)]]
    text = _written([*preamble, header, *table], delimiter, line_end, quote_all)
    if ends_open and table and table[-1]:
        text = text[: -len(line_end)]
    # A row with a cell that looks as if it had swallowed another row is refused on purpose.
    raw = text.encode(encoding)
    good, ragged = _expected(text, delimiter, len(header), len(preamble) + 1)
    suspicious = {
        n
        for n, row in good
        if any(
            '"' in c and ("\n" in c or "\r" in c) and delimiter in c.replace("\r", "\n").split("\n", 1)[1] for c in row
        )
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        path.write_bytes(raw)
        register = open_csv(
            path,
            CsvRead(path="register.csv", encoding=CODECS[encoding], delimiter=delimiter),
            wanted=["Äiti", "Key", "Nowhere"],
            required=["Key", "Äiti"],
            chunk_rows=chunk_rows,
            block=block,
        )
        chunks = list(register.chunks())
        register.close()
    assert register.incomplete == []
    got = [
        (int(n), row["Key"], row["Äiti"])
        for chunk in chunks
        for n, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]
    assert got == [(n, row[0], row[1]) for n, row in good if n not in suspicious]
    rejected = sorted(pair for chunk in chunks for pair in chunk.rejected)
    assert rejected == sorted([(n, "csv.ragged") for n in ragged] + [(n, "csv.quotes") for n in suspicious])
    assert all(chunk.rows.num_rows <= chunk_rows for chunk in chunks)
    assert register.columns_missing == ["Nowhere"]
