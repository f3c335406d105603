"""A sheet in, rows out: what a workbook becomes, and what is refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import HEADER, opened, put, replaced, rows

from schemas.errors import SourceRefused, TryLater
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead

__all__ = ["opened", "replaced"]

CANARY = "Kanarialintu"


def test_error_cells_are_told_from_empty_ones(opened) -> None:
    table = [[*HEADER, "muu"], [1, "#N/A", None], [2, None, "#DIV/0!"], ["#REF!", None, None], [4, "D", None]]
    [chunk] = opened(table).chunks()
    assert sorted(chunk.faults) == [(2, "nimi", "excel.error"), (4, "id", "excel.error")]
    assert chunk.rows.to_pydict() == {"id": ["1", "2", "#REF!", "4"], "nimi": ["#N/A", "", "", "D"]}
    assert chunk.row_numbers.tolist() == [2, 3, 4, 5]


def test_an_error_cell_without_a_reference_of_its_own(replaced) -> None:
    import re

    path = replaced(
        [HEADER, [1, "#N/A"]], "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb' r="[A-Z]*[0-9]+"', b"", xml)
    )
    register = open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])
    [chunk] = register.chunks()
    assert chunk.faults == [(2, "nimi", "excel.error")]
    register.close()


def test_a_number_of_more_digits_than_excel_keeps(opened) -> None:
    [chunk] = opened([HEADER, [1, 1234567890123456], [2, 999999999999999], [3, "1234567890123456"]]).chunks()
    assert chunk.faults == [(2, "nimi", "excel.digits_lost")]
    assert chunk.rows["nimi"].to_pylist() == ["1234567890123456", "999999999999999", "1234567890123456"]


def test_a_value_beside_the_table_rejects_its_row(opened) -> None:
    [chunk] = opened([HEADER, [1, "Pavlova", " Ltd."], [2, "B"], [3, "C", "#N/A"]]).chunks()
    assert chunk.rejected == [(2, "excel.beyond_header"), (4, "excel.beyond_header")]
    assert chunk.row_numbers.tolist() == [3]


def test_faults_and_rejected_rows_come_with_their_chunk(opened) -> None:
    table = [HEADER, *([n, "#N/A" if n % 3 == 0 else "x", *(["y"] if n % 5 == 0 else [])] for n in range(1, 31))]
    register = opened(table, chunk_rows=4)
    chunks = list(register.chunks())
    assert all(chunk.rows.num_rows <= 4 for chunk in chunks)
    assert [n for chunk in chunks for n, _ in chunk.rejected] == [n + 1 for n in range(1, 31) if n % 5 == 0]
    for chunk in chunks:
        hit = {
            int(number)
            for number, name in zip(chunk.row_numbers, chunk.rows["nimi"].to_pylist(), strict=True)
            if name == "#N/A"
        }
        assert {number for number, _, _ in chunk.faults} == hit


def test_merged_headers(opened) -> None:
    def fill(_: openpyxl.Workbook, sheet: Worksheet) -> None:
        # id over two rows; a group over nimi and puhelin
        sheet["A1"], sheet["B1"], sheet["B2"], sheet["C2"] = "id", "Henkilö", "nimi", "puhelin"
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")
        sheet.append([1, "A", "040"])

    register = opened(fill, required=["id", "nimi"])
    assert register.header_row == 2
    assert rows(register) == [(3, "1", "A")]
    assert register.columns_dropped == ["puhelin"]


def two_sheets(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.title = "Ohje"
    sheet.append(["Lue tämä"])
    hidden = book.create_sheet("Vanhat 2024")
    hidden.sheet_state = "hidden"
    hidden.append(HEADER)
    hidden.append([0, CANARY])
    people = book.create_sheet("Henkilöt 2026")
    people.append(HEADER)
    people.append([1, "A"])
    book.create_chartsheet("Kuvio")
    deeper = book.create_sheet("Syvä")
    deeper.sheet_state = "veryHidden"


@pytest.mark.parametrize(
    "sheet", ["Henkilöt 2026", "henkilöt  2026", 2, {"pattern": "henkilöt [0-9]{4}"}, {"pattern": ".* 20.."}]
)
def test_the_sheet_that_is_meant(opened, sheet: Any) -> None:
    register = opened(two_sheets, sheet=sheet)
    assert register.sheet == "Henkilöt 2026"
    assert rows(register) == [(2, "1", "A")]


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (None, "The workbook has 2 visible sheets. Visible are: 'Ohje', 'Henkilöt 2026', 'Kuvio'."),
        ("Vanhat 2024", "'Vanhat 2024' is hidden"),
        ("Syvä", "'Syvä' is hidden"),
        ("Kuvio", "has no cells"),
        (3, "has no cells"),
        (4, "the workbook has 3 visible sheets"),
        ("Muu", "There is no sheet 'Muu'"),
        ({"pattern": "henkilöt"}, "The workbook has no visible sheets whose name matches"),
        ({"pattern": "vanhat.*"}, "Of the hidden ones 1 would match"),
        ({"pattern": "(ohje|henkilöt.*)"}, "2 visible sheets whose name matches"),
    ],
)
def test_no_sheet_that_can_be_meant(opened, sheet: Any, says: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        opened(two_sheets, sheet=sheet)
    assert says in str(refused.value)


def test_a_sheet_whose_name_looks_like_data_is_not_shown(opened) -> None:
    def fill(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.title = "040 123 4567"
        book.create_sheet("B")

    with pytest.raises(SourceRefused) as refused:
        opened(fill)
    assert "Visible are: sheet 1, 'B'." in str(refused.value)


@pytest.mark.parametrize(
    ("table", "how", "says"),
    [
        ([["Nro", CANARY], [1, "A"]], {}, "No header was found: none of the first 50 rows holds the column 'id'"),
        ([["id", CANARY]], {"required": ["id", "nimi"]}, "row 1 comes nearest but lacks the column 'nimi'"),
        ([[CANARY], HEADER], {"header_row": 1}, "all of the column 'id' stand in row 2"),
        ([[CANARY], ["Nro"]], {"header_row": 2}, "Row 2 is no header: it lacks the column 'id'"),
        ([[CANARY]], {"header_row": 9}, "Row 9 is no header"),
        ([["id", "nimi", "NIMI"]], {}, "'nimi' stands more than once: columns 2 and 3"),
        ([], {}, "No header was found"),
    ],
)
def test_no_header(opened, table: list[list[Any]], how: dict[str, Any], says: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        opened(table, **how)
    assert says in str(refused.value)
    assert CANARY not in str(refused.value)


def test_columns_are_reported(opened) -> None:
    register = opened(
        [["id", "Kotipuhelin", None, "nimi", 401234567, "a@b.fi", "Osa"]], wanted=["nimi", "id", "puuttuva"]
    )
    assert register.columns_used == ["nimi", "id"]
    assert register.columns_missing == ["puuttuva"]
    assert register.columns_dropped == ["Kotipuhelin", "column 3", "column 5", "column 6", "Osa"]


def test_undeclared_columns_leave_nothing(opened) -> None:
    register = opened([["id", "salainen"], [1, CANARY]])
    [chunk] = register.chunks()
    assert chunk.rows.column_names == ["id"]
    assert CANARY not in repr(chunk) + repr(vars(register)) + str(chunk.rows.to_pydict())


def test_the_digest_is_that_of_the_bytes(opened, tmp_path: Path) -> None:
    register = opened([HEADER, [1, "A"]])
    assert register.digest == hashlib.sha256((tmp_path / "register.xlsx").read_bytes()).hexdigest()


def test_a_file_that_is_written_to_meanwhile_is_incomplete(opened, tmp_path: Path) -> None:
    register = opened([HEADER, [1, "A"]])
    with (tmp_path / "register.xlsx").open("ab") as file:
        file.write(b"x")
    assert rows(register) == [(2, "1", "A")]
    assert register.incomplete == ["the file changed while it was read"]


def test_a_missing_footer_is_a_sign_of_a_cut(opened) -> None:
    register = opened([HEADER, [1, "A"]], footer={"first_cell": "Yhteensä"})
    assert rows(register) == [(2, "1", "A")]
    assert len(register.incomplete) == 1


def test_a_sheet_that_is_full_to_its_last_row_is_incomplete(opened) -> None:
    register = opened(put({"A1": "id", "A2": 1, "A1048576": 2}), wanted=["id"])
    assert rows(register) == [(2, "1"), (1048576, "2")]
    assert register.incomplete == ["the sheet is full to its last row (1048576), so what did not fit may be missing"]


def test_a_cell_far_away_takes_no_memory_of_ours(opened) -> None:
    """Ten kilobytes that would take 550 GB; the library ends its process over it."""
    with pytest.raises(SourceRefused, match="makes it enormous"):
        opened(put({"A1": "id", "XFD1048576": CANARY}))


def test_what_is_no_workbook_any_more(opened, tmp_path: Path) -> None:
    opened([HEADER, [1, CANARY]])
    whole = (tmp_path / "register.xlsx").read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(SourceRefused, match="damaged"):
            open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])


@pytest.mark.parametrize("place", range(0, 5000, 397))
def test_a_workbook_with_a_damaged_byte_is_read_or_refused(opened, tmp_path: Path, place: int) -> None:
    opened([HEADER, [1, CANARY]])
    data = bytearray((tmp_path / "register.xlsx").read_bytes())
    data[place % len(data)] ^= 0xFF
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(data)
    said = ""
    try:
        register = open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])
        list(register.chunks())
        register.close()
    except SourceRefused as refused:
        said = str(refused)
    assert CANARY not in said


def test_the_parser_ends_with_its_register(opened) -> None:
    register = opened([HEADER, [1, "A"]])
    child = register._parser._process.pid
    register.close()
    register.close()
    assert not Path(f"/proc/{child}").exists()


def test_a_broken_off_read_ends_the_parser(opened) -> None:
    register = opened([HEADER, *([n, "A"] for n in range(100))], chunk_rows=1)
    next(register.chunks())
    register.close()
    assert register._parser._process.returncode is not None


def test_nothing_of_the_file_is_on_the_command_line(opened) -> None:
    register = opened([HEADER, [1, "A"]], name="Aku Ankka 1.xlsx")
    command = Path(f"/proc/{register._parser._process.pid}/cmdline").read_bytes()
    surroundings = Path(f"/proc/{register._parser._process.pid}/environ").read_bytes()
    assert b"Ankka" not in command
    assert b"PATH=" in surroundings
    assert b"HOME=" not in surroundings


def test_a_file_that_is_gone_or_empty(tmp_path: Path) -> None:
    for name, says in (("no.xlsx", "not there"), ("empty.xlsx", "empty"), ("", "folder")):
        if name == "empty.xlsx":
            (tmp_path / name).touch()
        with pytest.raises((SourceRefused, TryLater), match=says):
            open_excel(tmp_path / name, ExcelRead(path="a"), wanted=HEADER, required=["id"])


def test_the_file_is_closed_when_it_is_refused(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"id;nimi\n")
    with pytest.raises(SourceRefused):
        open_excel(path, ExcelRead(path="a"), wanted=HEADER, required=["id"])
    assert len(os.listdir("/proc/self/fd")) == before
