"""The form of the review workbook: what is named where a row came back otherwise than it must."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schemas.errors import Refusal
from sources import review_book
from sources.review_book import COMPARED, DECISION, DOCUMENT, REASON, RECORD_A, RECORD_B, Row


def written(path: Path, typed: dict[tuple[int, str], Any]) -> Path:
    """A workbook of two pairs that were both decided, and what was typed over it: (row, column) -> value."""
    side: dict[str, str | None] = dict.fromkeys(COMPARED, "Kuvitelma")
    rows = [Row(one, one + 10, "likely", None, 4.2, "fi-1", f"v1-{one}", side, side) for one in (1, 2)]
    path.write_bytes(review_book.render(rows, 7))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    decided = {(row, name): value for row in (4, 5) for name, value in ((DECISION, "Eri"), (REASON, "asked them"))}
    for (row, name), value in (decided | typed).items():
        sheet.cell(row, heads.index(name) + 1).value = value
    book.save(path)
    return path


def test_what_is_read_back_is_what_was_written(tmp_path: Path) -> None:
    returned = review_book.read(written(tmp_path / "a.xlsx", {(5, REASON): None}), reason="as agreed")
    assert returned.undecided == 0
    assert [(one.number, one.record_a, one.record_b, one.document, one.state) for one in returned.answers] == [
        (4, 1, 11, 7, "v1-1"),
        (5, 2, 12, 7, "v1-2"),
    ]
    assert [(one.verdict, one.reason) for one in returned.answers] == [
        ("different", "asked them"),
        ("different", "as agreed"),
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({(4, DECISION): "Kanarialintunen"}, "row 4, Päätös / Decision: neither same nor different"),
        ({(4, REASON): None}, "row 4, Perustelu / Reason: empty"),
        ({(5, REASON): "Kanarialintunen" * 30}, "row 5, Perustelu / Reason: longer than 300 characters"),
        ({(4, REASON): "010190-999W"}, "row 4, Perustelu / Reason: an identity code"),
        ({(4, RECORD_A): "Kanarialintunen"}, "row 4, Tietue A / Record A: no number"),
        ({(4, RECORD_B): 1.5}, "row 4, Tietue B / Record B: no number"),
        ({(4, DOCUMENT): None}, "row 4, Asiakirja / Document: no number"),
        ({(5, RECORD_A): 1, (5, RECORD_B): 11}, "row 5: the pair of row 4 again"),
    ],
)
def test_a_fault_is_named_by_row_and_column_and_never_by_value(
    tmp_path: Path, typed: dict[tuple[int, str], Any], says: str
) -> None:
    with pytest.raises(Refusal) as refused:
        review_book.read(written(tmp_path / "a.xlsx", typed))
    told = f"{refused.value} {refused.value.__context__} {refused.value.__cause__}"
    assert says in told and "Kanarialintunen" not in told and "010190" not in told


def test_what_is_no_such_workbook(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(Refusal):
        review_book.read(other)
    other.write_bytes(review_book.render([], 7))
    with pytest.raises(Refusal, match="has no row"):
        review_book.read(other)
