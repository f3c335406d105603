"""Pains of encodings and cells: letters and zeros that get lost; all are listed in `pains`."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from pains import DESCRIPTION, HEADER, NIGHT, UNDATED, api, names

from schemas.errors import SourceRefused

__all__ = ["api"]
#: Š and Ž stand at other bytes in most of the encodings below.
_DIFFERENT = "\n".join([HEADER, "1;Šmid;Žofie;a@example.com;;", ""])


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("iso8859-15", "iso-8859-15"),
        ("cp1252", "windows-1252"),
        ("cp1250", "windows-1250"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "detect"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_pain_13_the_encoding_option_is_ignored(bench, written, declared) -> None:
    """The declared encoding was not passed on, and letters came out as others without a word."""
    source = bench.source(DESCRIPTION + f"  encoding: {declared}\n  delimiter: ';'\n")
    bench.put(f"hr_{NIGHT:%Y%m%d}.csv", _DIFFERENT.encode(written))
    assert bench.sync(source, NIGHT).status == "applied"
    assert bench.rows("select last_name, first_name from register.person_record") == [("Šmid", "Žofie")]


@pytest.mark.parametrize(
    ("written", "declared"),
    [("iso8859-15", "detect"), ("iso8859-15", "utf-8"), ("cp1252", "iso-8859-1"), ("utf-8", "windows-1252")],
)
def test_pain_13_a_wrong_or_doubtful_encoding_is_refused(bench, written, declared) -> None:
    """The same where the declaration is wrong: nothing is better than wrong names."""
    source = bench.source(DESCRIPTION + f"  encoding: {declared}\n")
    bench.put(f"hr_{NIGHT:%Y%m%d}.csv", _DIFFERENT.encode(written))
    with pytest.raises(SourceRefused):
        bench.sync(source, NIGHT)
    assert names(bench) == {}


_ZEROS = """
key: [Numero]
records:
  person: {last_name: Sukunimi}
  employment: {employee_number: Henkilönumero}
"""


def _sheet(rows: list[list[Any]], dimensions: str | None = None) -> bytes:
    """A workbook of one sheet, optionally with a lie about how far it goes."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml" and dimensions is not None:
                told = f'<dimension ref="A1:C{len(rows)}"'.encode()
                assert told in data
                data = data.replace(told, f'<dimension ref="{dimensions}"'.encode())
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "excel", "api"])
def test_pain_14_leading_zeros_are_lost(bench, api, kind) -> None:
    """0042 became 42, and a number of fifteen digits became 3.58401234567890e+14, in keys and in values."""
    rows = [["0042", "Aho", "000007"], ["42", "Eho", "358401234567890"]]
    heads = ["Numero", "Sukunimi", "Henkilönumero"]
    read = {
        "csv": "read: {type: csv, path: hr.csv, delimiter: ';'}",
        "excel": "read: {type: excel, path: hr.xlsx, digits: {Henkilönumero: 6}}",
        "api": f"read: {{type: api, url: {api.home}/people}}",
    }
    bench.put("hr.csv", "\n".join(";".join(row) for row in [heads, *rows]))
    # in the sheet the employee's number is a number that is only shown with zeros
    bench.put("hr.xlsx", _sheet([heads, *([*row[:2], int(row[2])] for row in rows)]))
    api.answer = lambda request: request.reply([dict(zip(heads, row, strict=True)) for row in rows])
    source = bench.source(UNDATED + read[kind] + _ZEROS)
    assert bench.sync(source, NIGHT).status == "applied"
    found = bench.rows("select key, employee_number from register.employment order by key")
    assert found == [("0042", "000007"), ("42", "358401234567890")]


@pytest.mark.parametrize("dimensions", ["A1:A1", "A1", "A1:C2", "A1:XFD1048576", "B7:C9"])
def test_pain_14_wrong_stored_dimensions_hide_rows(bench, dimensions) -> None:
    """A workbook says how far its sheet goes; where that was wrong, rows and columns were not read, without a word."""
    rows = [[f"{number:04}", "Aho", f"{number:06}"] for number in range(1, 31)]
    bench.put("hr.xlsx", _sheet([["Numero", "Sukunimi", "Henkilönumero"], *rows], dimensions))
    source = bench.source(UNDATED + "read: {type: excel, path: hr.xlsx}" + _ZEROS)
    result = bench.sync(source, NIGHT)
    assert (result.status, result.counts["inserted"], result.batch.complete) == ("applied", 30, True)
    found = bench.rows("select key, employee_number from register.employment order by key")
    assert found == [(row[0], row[2]) for row in rows]
