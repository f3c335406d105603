"""The read: block of a delimited text file."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from sources.readers.csv_settings import ENCODINGS, CsvRead, Encoding


def test_defaults() -> None:
    read = CsvRead(path="a.csv")
    assert (read.encoding, read.delimiter, read.header_row, read.quote) == ("detect", "detect", "detect", '"')


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("encoding", "UTF8", "utf-8"),
        ("encoding", "utf-8-sig", "utf-8"),
        ("encoding", "cp1252", "windows-1252"),
        ("encoding", "Windows-1252", "windows-1252"),
        ("encoding", "latin1", "iso-8859-1"),
        ("encoding", "ISO_8859-15", "iso-8859-15"),
        ("delimiter", "tab", "\t"),
        ("delimiter", "|", "|"),
        ("quote", None, None),
        ("header_row", 4, 4),
    ],
)
def test_spellings(key: str, written: Any, meant: Any) -> None:
    assert getattr(CsvRead(path="a.csv", **{key: written}), key) == meant


@pytest.mark.parametrize(
    "wrong",
    [
        {"encoding": "utf-7"},
        {"encoding": "windows-1255"},
        {"delimiter": ";;"},
        {"delimiter": ""},
        {"delimiter": "a"},
        {"delimiter": "\n"},
        {"delimiter": '"'},
        {"quote": "ab"},
        {"quote": "\n"},
        {"header_row": 0},
        {"header_row": "none"},
        {"footer": {}},
        {"footer": {"rows": 1, "first_cell": "x"}},
        {"footer": {"rows": 0}},
        {"footer": {"first_cell": "("}},
        {"path": "../a.csv"},
        {"decimal": ";"},
        {"separator": ";"},
    ],
)
def test_what_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CsvRead(**({"path": "a.csv"} | wrong))


def test_every_encoding_that_may_be_written_can_be_read() -> None:
    written = set(get_args(get_args(Encoding)[0])) - {"detect"}
    assert written == set(ENCODINGS)
    for codec in ENCODINGS.values():
        assert "a;b\n".encode(codec).decode(codec) == "a;b\n"


def test_every_setting_is_described() -> None:
    schema = CsvRead.model_json_schema()
    assert all("description" in field for field in schema["properties"].values())
    assert all("description" in field for field in schema["$defs"]["Footer"]["properties"].values())
