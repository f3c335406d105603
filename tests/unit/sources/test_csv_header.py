"""Headers that are not there or in doubt, and files that cannot be opened: refused, without showing what is there."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from csv_files import CANARY, opened, rows

from schemas.errors import Refusal, SourceRefused
from sources.readers.csv_file import open_csv
from sources.readers.csv_settings import CsvRead


@pytest.mark.parametrize(
    ("data", "how", "said"),
    [
        (f"1;{CANARY}\n2;B\n", {}, "'id'"),
        (f"id2;{CANARY}\n", {"required": ["id", "nimi"]}, "'id', 'nimi'"),
        (f"id;{CANARY}\n", {"required": ["id", "nimi"]}, "lacks the column 'nimi'"),
        (f"{CANARY};2\nid;nimi\n", {"header_row": 1}, "in row 2"),
        (f"{CANARY};2\n5;6\n", {"header_row": 1}, "Row 1 is no header"),
        (f"{CANARY}\n", {"header_row": 9}, "Row 9"),
        (f"id,nimi,{CANARY}\n", {"delimiter": ";"}, "','"),
        (f"id;ID ;{CANARY}\n", {}, "'id' stands more than once: columns 1 and 2"),
        (f"id;{CANARY};{CANARY.upper()}\n", {}, "one name stands more than once: columns 2 and 3"),
    ],
)
def test_a_header_that_is_not_there_is_refused_without_showing_what_is(
    data: str, how: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceRefused) as refused:
        opened(tmp_path, data.encode(), **how)
    assert said in str(refused.value)
    assert CANARY.casefold() not in str(refused.value).casefold()


def test_two_delimiters_that_both_fit_are_doubt(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="in doubt"):
        opened(tmp_path, b"x,id,y\nx;id;y\n")


def test_the_header_is_looked_for_in_fifty_rows(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, b"x\n" * 49 + b"id;nimi\n1;A\n")) == [(51, "1", "A")]
    with pytest.raises(SourceRefused):
        opened(tmp_path, b"x\n" * 50 + b"id;nimi\n1;A\n")


@pytest.mark.parametrize("missing", [True, False])
def test_no_file_or_a_folder_is_refused(missing: bool, tmp_path: Path) -> None:
    path = tmp_path / "x" if missing else tmp_path
    with pytest.raises(SourceRefused):
        open_csv(path, CsvRead(path="x"), wanted=["id"], required=["id"])


def test_refusals_carry_no_library_error_with_values(tmp_path: Path) -> None:
    cases = [
        (b"id;nimi\n1;" + CANARY.encode() + b"\xff\n", {"encoding": "utf-8"}),
        (gzip.compress(CANARY.encode() * 100, mtime=0)[:-9], {}),
        (b"id;nimi\n1;" + CANARY.encode() + b"\x84\n", {}),
    ]
    for data, how in cases:
        with pytest.raises(Refusal) as refused:
            opened(tmp_path, data, **how)
        error: BaseException | None = refused.value
        assert CANARY not in repr(error) + str(error)
        assert error.__context__ is None and error.__cause__ is None
