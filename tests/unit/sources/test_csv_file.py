"""Bytes in, rows out: what a delimited text file becomes. What is refused or damaged is in the modules beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from csv_files import CANARY, opened, rejected, rows

GOLDEN: dict[str, tuple[bytes, dict[str, Any], list[tuple[Any, ...]]]] = {
    "semicolons": (b"id;nimi\n1;Aho\n", {}, [(2, "1", "Aho")]),
    "commas": (b"id,nimi\n1,Aho\n", {}, [(2, "1", "Aho")]),
    "tabs": (b"id\tnimi\n1\tAho\n", {}, [(2, "1", "Aho")]),
    "pipes": (b"id|nimi\n1|Aho\n", {}, [(2, "1", "Aho")]),
    "a declared delimiter that nobody looks for": (b"id^nimi\n1^Aho\n", {"delimiter": "^"}, [(2, "1", "Aho")]),
    "no line end at the end": (b"id;nimi\n1;Aho", {}, [(2, "1", "Aho")]),
    "carriage returns only": (b"id;nimi\r1;Aho\r", {}, [(2, "1", "Aho")]),
    "quoted delimiter, quote and line break": (
        b'id;nimi\r\n1;"A;""B""\r\nC"\r\n2;D\r\n',
        {},
        [(2, "1", 'A;"B"\r\nC'), (3, "2", "D")],
    ),
    "single quotes": (b"id;nimi\n1;'A;B'\n", {"quote": "'"}, [(2, "1", "A;B")]),
    "quotes that mean nothing": (b'id;nimi\n1;"A\n2;B"\n', {"quote": None}, [(2, "1", '"A'), (3, "2", 'B"')]),
    "an inch sign": (b'id;nimi\n1;5" pipe\n2;B\n', {}, [(2, "1", '5" pipe'), (3, "2", "B")]),
    "leading zeros, NULL and spaces stay": (b"id;nimi\n007; NULL \n", {}, [(2, "007", " NULL ")]),
    "decimal comma stays text": (b"id;nimi\n1;3,5\n", {}, [(2, "1", "3,5")]),
    "empty lines are counted and left out": (b"id;nimi\n\n1;A\n;\n\n2;B\n\n", {}, [(3, "1", "A"), (6, "2", "B")]),
    "a row with no wanted value is a row": (b"id;nimi;muu\n;;x\n", {}, [(2, "", "")]),
    "preamble": (b"Raportti\nAjettu;1.3.2026;\n\nid;nimi\n1;A\n", {}, [(5, "1", "A")]),
    "preamble with a line break in quotes": (b'"Rap\nortti"\nid;nimi\n1;A\n', {}, [(3, "1", "A")]),
    "Excel's own first line": (b"sep=;\nid;nimi\n1;A\n", {}, [(3, "1", "A")]),
    "declared header row": (b"x;y\nid;nimi\n1;A\n", {"header_row": 2}, [(3, "1", "A")]),
    "columns in another order": (b"nimi;id\nA;1\n", {}, [(2, "1", "A")]),
    "header written otherwise": ("  ＩＤ ;NIMI\n1;A\n".encode(), {}, [(2, "1", "A")]),
    "delimiters after the last column": (b"id;nimi;;\n1;A;;\n", {}, [(2, "1", "A")]),
    "one column": (b"id\n1\n\n2\n", {"wanted": ["id"]}, [(2, "1"), (4, "2")]),
    "one column with commas in it": (b"id\n1,5\n", {"wanted": ["id"]}, [(2, "1,5")]),
    "header only": (b"id;nimi\n", {}, []),
    "header only, no line end": (b"id;nimi", {}, []),
    "utf-8 with mark": (b"\xef\xbb\xbfid;nimi\n1;\xc3\x84\n", {}, [(2, "1", "Ä")]),
    "utf-8 with mark and quotes": (b'\xef\xbb\xbf"id";"nimi"\n"1";"\xc3\x84"\n', {}, [(2, "1", "Ä")]),
    "utf-16 with mark": ("id;nimi\r\n1;Ä€\r\n".encode("utf-16"), {}, [(2, "1", "Ä€")]),
    "utf-16 big-endian": ("\ufeffid;nimi\n1;Ä\n".encode("utf-16-be"), {}, [(2, "1", "Ä")]),
    "utf-16 without mark": ("id;nimi\n1;Ä\n".encode("utf-16-le"), {}, [(2, "1", "Ä")]),
    "windows-1252 declared": ("id;nimi\n1;Ä€\n".encode("cp1252"), {"encoding": "windows-1252"}, [(2, "1", "Ä€")]),
    "cp850 declared": ("id;nimi\n1;Äö\n".encode("cp850"), {"encoding": "cp850"}, [(2, "1", "Äö")]),
    "latin letters, all candidates alike": ("id;nimi\n1;Mäkelä\n".encode("latin-1"), {}, [(2, "1", "Mäkelä")]),
    "last line total": (b"id;nimi\n1;A\nYhteens\xe4;1\n", {"footer": {"first_cell": "yhteens"}}, [(2, "1", "A")]),
    "ragged total": (b"id;nimi\n1;A\n\nTotal: 1\n;\n", {"footer": {"first_cell": "total"}}, [(2, "1", "A")]),
    "a total in the middle is a row": (
        b"id;nimi\nTotal;A\n1;B\nTotal;2\nTotal;3\n",
        {"footer": {"first_cell": "Total"}},
        [(2, "Total", "A"), (3, "1", "B")],
    ),
    "two footer rows": (b"id;nimi\n1;A\nsum;;;\nend\n", {"footer": {"rows": 2}}, [(2, "1", "A")]),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden(case: str, tmp_path: Path) -> None:
    data, how, expected = GOLDEN[case]
    register = opened(tmp_path, data, **how)
    assert rows(register) == expected
    assert register.incomplete == []


@pytest.mark.parametrize("case", [c for c, (_, _, expected) in GOLDEN.items() if expected])
def test_a_golden_file_has_no_rejected_rows(case: str, tmp_path: Path) -> None:
    data, how, _ = GOLDEN[case]
    assert rejected(opened(tmp_path, data, **how)) == []


def test_columns_are_reported(tmp_path: Path) -> None:
    header = f"id;Kotipuhelin;;nimi;0401234567;a@b.fi;010190-999W;1.1.1990;{'pitkä ' * 20};Päivä 1;Osa\n"
    register = opened(tmp_path, header.encode(), wanted=["nimi", "id", "puuttuva"])
    assert register.columns_used == ["nimi", "id"]
    assert register.columns_missing == ["puuttuva"]
    shown = ["Kotipuhelin", *(f"column {i}" for i in (3, 5, 6, 7, 8, 9)), "Päivä 1", "Osa"]
    assert register.columns_dropped == shown


def test_undeclared_columns_leave_nothing(tmp_path: Path) -> None:
    register = opened(tmp_path, f"id;salainen\n1;{CANARY}\n".encode())
    [chunk] = register.chunks()
    assert chunk.rows.column_names == ["id"]
    assert CANARY not in str(chunk.rows.to_pydict())


def test_nothing_of_a_row_shows_in_a_traceback_with_variables(tmp_path: Path) -> None:
    register = opened(tmp_path, f"id;nimi\n1;{CANARY}\n".encode())
    [chunk] = register.chunks()
    assert CANARY not in repr(chunk) + repr(register) + repr(vars(register))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_many_blocks_keep_numbers_and_values(encoding: str, tmp_path: Path) -> None:
    lines = ["id;nimi"] + [f"{i};Ä{'x' * (i % 50)}" if i % 17 else f"{i}" for i in range(2, 20_000)]
    declared = "windows-1252" if encoding == "cp1252" else encoding
    register = opened(tmp_path, "\r\n".join(lines).encode(encoding), block=4096, chunk_rows=1000, encoding=declared)
    chunks = list(register.chunks())
    assert [n for c in chunks for n, _ in c.rejected] == list(range(17, 20_000, 17))
    assert all(
        str(n) == row["id"] and row["nimi"] == "Ä" + "x" * (n % 50)
        for c in chunks
        for n, row in zip(c.row_numbers, c.rows.to_pylist(), strict=True)
    )
    assert {c.rows.num_rows for c in chunks[:-1]} == {1000}


def test_a_declared_footer_that_is_not_there_means_cut_off(tmp_path: Path) -> None:
    data = b"id;nimi\n1;A\n"
    register = opened(tmp_path, data, footer={"first_cell": "Total"})
    assert rows(register) == [(2, "1", "A")]
    assert any("footer" in reason for reason in register.incomplete)
    relaxed = opened(tmp_path, data, footer={"first_cell": "Total", "always": False})
    assert rows(relaxed) == [(2, "1", "A")] and relaxed.incomplete == []


def test_footer_rows_are_counted_and_in_no_list(tmp_path: Path) -> None:
    data = b"id;nimi\n" + b"1;A\n" * 300 + b"Total;300\nTotal: all\n" + b";\n" * 200
    register = opened(tmp_path, data, footer={"first_cell": "Total"}, block=256, chunk_rows=7)
    assert len(rows(register)) == 300
    assert register.footer_rows == 2
    assert rejected(register) == []


def test_the_reader_stays_small(tmp_path: Path) -> None:
    import pyarrow as pa

    line = b"12345;" + b"x" * 90 + b"\n"
    register = opened(tmp_path, b"id;nimi\n" + line * 400_000, chunk_rows=10_000)
    most = 0
    for _ in register.chunks():
        most = max(most, pa.total_allocated_bytes())
    assert most < 25_000_000
