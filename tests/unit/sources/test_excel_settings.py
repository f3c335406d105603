"""The ``read:`` block of a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from sources.config import Source
from sources.readers.csv_settings import CsvRead
from sources.readers.excel_settings import ExcelRead, SheetPattern

Describe = Callable[..., Source]


def test_defaults() -> None:
    read = ExcelRead(path="hr.xlsx")
    assert (read.sheet, read.header_row, read.beyond_header, read.decimal) == (None, "detect", "reject", ",")
    assert (read.serial_dates, read.digits, read.footer, read.missing) == ((), {}, None, ())


def test_the_type_tells_the_reader(describe: Describe) -> None:
    assert isinstance(describe(read={"type": "excel", "path": "a.xlsx"}).read, ExcelRead)
    assert isinstance(describe(read={"type": "csv", "path": "a.csv"}).read, CsvRead)
    assert isinstance(describe(read={"path": "a.csv"}).read, CsvRead)


def test_a_description_survives_being_written_down(describe: Describe) -> None:
    how = {
        "type": "excel",
        "path": "a.xlsx",
        "sheet": {"pattern": "a.*"},
        "serial_dates": ["Nro"],
        "digits": {"Nro": 6},
    }
    source = describe(read=how)
    assert source.read.sheet == SheetPattern(pattern="a.*")
    assert Source.model_validate(source.document) == source
    assert describe(read=how | {"digits": {"Nro": 7}}).digest != source.digest


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"sheet": 0}, "greater than or equal to 1"),
        ({"sheet": ""}, "at least 1 character"),
        ({"sheet": {"pattern": "("}}, "pattern is not a regular expression"),
        ({"sheet": {"name": "a"}}, "Extra inputs"),
        ({"header_row": 0}, "greater than or equal to 1"),
        ({"path": "../a.xlsx"}, "may not leave the inbox folder"),
        ({"delimiter": ";"}, "Extra inputs"),
        ({"encoding": "utf-8"}, "Extra inputs"),
        ({"beyond_header": "keep"}, "'reject' or 'drop'"),
        ({"digits": {"Nro": 16}}, "less than or equal to 15"),
        ({"serial_dates": ["Alkoi"]}, "no field, key or rule uses the column 'Alkoi'"),
        ({"digits": {"Nr": 6}}, "no field, key or rule uses the column 'Nr'; write one of: Sukunimi, Nro"),
    ],
)
def test_what_is_refused(describe: Describe, how: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        describe(read={"type": "excel", "path": "a.xlsx"} | how)
    assert says in " | ".join(error["msg"] for error in caught.value.errors())


def test_an_unknown_type_is_refused_with_the_known_ones(describe: Describe) -> None:
    with pytest.raises(ValidationError) as caught:
        describe(read={"type": "excell", "path": "a.xlsx"})
    [error] = caught.value.errors()
    assert "'csv', 'excel'" in error["msg"]
