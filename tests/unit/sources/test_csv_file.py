"""Bytes in, rows out: what a delimited text file becomes, and what is refused."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import Refusal, SourceRefused
from sources.readers.csv_file import CsvRegister, open_csv
from sources.readers.csv_settings import CsvRead

CANARY = "Kanarialintu"


def opened(
    folder: Path, data: bytes, *, wanted: Any = ("id", "nimi"), required: Any = ("id",), **how: Any
) -> CsvRegister:
    path = folder / "register.csv"
    path.write_bytes(data)
    sizes = {k: how.pop(k) for k in ("chunk_rows", "block") if k in how}
    return open_csv(path, CsvRead(path="register.csv", **how), wanted=list(wanted), required=list(required), **sizes)


def rows(register: CsvRegister) -> list[tuple[int, ...]]:
    """(row number, cells …) of all rows; read completely."""
    return [
        (int(n), *row.values())
        for chunk in register.chunks()
        for n, row in zip(chunk.row_numbers, chunk.rows.to_pylist(), strict=True)
    ]


def rejected(register: CsvRegister) -> list[tuple[int, str]]:
    return [pair for chunk in register.chunks() for pair in chunk.rejected]


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


def test_ragged_rows_are_rejected_with_their_numbers(tmp_path: Path) -> None:
    data = b'id;nimi\n1;A\n2\n3;"B\nC"\n4;D;E\n5;F\n6;G;\n'
    register = opened(tmp_path, data, chunk_rows=1)
    assert rejected(register) == [(3, "csv.ragged"), (5, "csv.ragged"), (7, "csv.ragged")]
    assert register.incomplete == []


def test_only_ragged_rows(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1\n2\n")
    [chunk] = register.chunks()
    assert chunk.rejected == [(2, "csv.ragged"), (3, "csv.ragged")]
    assert chunk.rows.num_rows == 0


def test_nul_bytes_stop_one_row_and_not_the_file(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi;muu\n1;A\0;x\n2;B;\0\n3;C;x\n")
    chunks = list(register.chunks())
    assert [r for c in chunks for r in c.rejected] == [(2, "text.control")]
    assert [list(c.row_numbers) for c in chunks] == [[3, 4]]
    assert register.incomplete == []


def test_reasons_are_in_the_list_that_was_there_before_the_read(tmp_path: Path) -> None:
    """The list is handed on before the read; reasons in another one would be lost, and absence derived."""
    register = opened(tmp_path, b"id;nimi\n1;A\n" + b"\0" * 4096)
    held = register.incomplete
    rows(register)
    assert held is register.incomplete
    assert held


def test_a_file_padded_with_nul_is_incomplete(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1;A\n" + b"\0" * 4096)
    assert rows(register) == [(2, "1", "A")]
    assert any("NUL" in reason for reason in register.incomplete)


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b'id;nimi\n1;A\n2;"B\n3;C\n4;D\n', 3),
        (b'id;nimi\n1;A\n2;B\n"3;C\n4;D\n', 4),
        (b'id;nimi\n1;A\n"2', 3),
        (b'id;nimi\n1;A;x\n2;"B\n' + b"3;C\n" * 100, 3),
    ],
)
def test_a_quote_that_is_never_closed_is_said(data: bytes, row: int, tmp_path: Path) -> None:
    register = opened(tmp_path, data)
    read = list(register.chunks())
    assert (row, "csv.quotes") in [r for chunk in read for r in chunk.rejected]
    assert all(n < row for chunk in read for n in chunk.row_numbers)
    [reason] = register.incomplete
    assert f"row {row}" in reason and "never closed" in reason


def test_a_quote_that_swallows_more_than_a_block_is_said(tmp_path: Path) -> None:
    data = b"id;nimi\n" + b"1;A\n" * 100 + b'2;"B\n' + b"3;C\n" * 2000
    register = opened(tmp_path, data, block=500)
    read = list(register.chunks())
    assert sum(c.rows.num_rows for c in read) == 100
    assert [r for c in read for r in c.rejected] == [(102, "csv.too_long")]
    [reason] = register.incomplete
    assert "row 102" in reason


def test_a_row_that_may_have_swallowed_the_next_is_rejected(tmp_path: Path) -> None:
    register = opened(tmp_path, b'id;nimi\n1;"A\n2;"B"\n3;C\n')
    assert rejected(register) == [(2, "csv.quotes")]
    assert rows(register) == [(3, "3", "C")]


def test_a_note_with_line_breaks_and_quotes_is_a_value(tmp_path: Path) -> None:
    register = opened(tmp_path, b'id;nimi\n1;"say ""yes""\nor no"\n')
    assert rows(register) == [(2, "1", 'say "yes"\nor no')]


def test_a_cell_beyond_a_megabyte_is_rejected(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1;" + b"x" * (1 << 20) + b"x\n2;B\n")
    assert rejected(register) == [(2, "csv.too_long")]
    assert rows(register) == [(3, "2", "B")]


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


# --- packed -----------------------------------------------------------------------------------------------------------

PLAIN = b"id;nimi\n1;A\n"


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [gzip.compress(PLAIN, mtime=0), zipped(("a.csv", PLAIN)), zipped(("a.csv", PLAIN), ("__MACOSX/._a", b"x"))]
)
def test_packed_files_are_read_and_have_the_digest_of_the_plain_one(data: bytes, tmp_path: Path) -> None:
    register = opened(tmp_path, data)
    assert rows(register) == [(2, "1", "A")]
    assert register.incomplete == []
    assert register.digest == hashlib.sha256(PLAIN).hexdigest()


NOISE = b"id;nimi\n" + b"".join(b"%d;%d\n" % (i, random.Random(i).getrandbits(60)) for i in range(5000))


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 0xFF,)) + data[at + 1 :]


@pytest.mark.parametrize(
    "data",
    {
        "gz cut off": gzip.compress(NOISE, mtime=0)[:-200],
        "gz without its end": gzip.compress(NOISE, mtime=0)[:-8],
        "gz with a wrong checksum": _flip(gzip.compress(NOISE, mtime=0), -6),
        "gz damaged": _flip(gzip.compress(NOISE, mtime=0), 20_000),
        "zip cut off": zipped(("a.csv", NOISE))[:-30],
        "zip damaged": _flip(zipped(("a.csv", NOISE)), 20_000),
        "zip of two": zipped(("a.csv", PLAIN), ("b.csv", PLAIN)),
        "zip of none": zipped(),
        "zip of an empty file": zipped(("a.csv", b"")),
        "workbook": zipped(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")),
        "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "gz of an empty file": gzip.compress(b"", mtime=0),
        "empty": b"",
    }.values(),
)
def test_what_is_damaged_or_no_text_is_refused_before_a_row_is_read(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as refused:
        opened(tmp_path, data)
    assert refused.value.remedy


def test_a_packed_bomb_is_refused_early(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (150 << 20), compresslevel=9, mtime=0)
    with pytest.raises(SourceRefused, match="MB"):
        opened(tmp_path, bomb)


def test_an_identity_code_in_a_zipped_name_is_refused_unseen(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as refused:
        opened(tmp_path, zipped(("010190-999W.csv", PLAIN)))
    assert "010190" not in str(refused.value)


# --- refusals of the header -------------------------------------------------------------------------------------------


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


# --- the file underneath ----------------------------------------------------------------------------------------------


def test_a_file_that_changes_while_it_is_read_is_incomplete(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1;A\n")
    with open(tmp_path / "register.csv", "ab") as out:
        out.write(b"2;B\n")
    list(register.chunks())
    assert any("changed" in reason for reason in register.incomplete)


def test_a_file_rewritten_in_place_is_incomplete(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1;A\n")
    path = tmp_path / "register.csv"
    with open(path, "r+b") as out:
        out.write(b"id;nimi\n1;\xe4\n")
    os.utime(path, ns=(1, 1))
    list(register.chunks())
    assert "the file could not be read from row 2 on" in register.incomplete
    assert "the file changed while it was read" in register.incomplete


def test_a_file_replaced_under_its_name_is_read_in_its_old_version(tmp_path: Path) -> None:
    register = opened(tmp_path, b"id;nimi\n1;A\n")
    (tmp_path / "new").write_bytes(b"id;nimi\n2;B\n3;C\n")
    os.replace(tmp_path / "new", tmp_path / "register.csv")
    assert rows(register) == [(2, "1", "A")]
    assert register.incomplete == []


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


def test_the_reader_stays_small(tmp_path: Path) -> None:
    import pyarrow as pa

    line = b"12345;" + b"x" * 90 + b"\n"
    register = opened(tmp_path, b"id;nimi\n" + line * 400_000, chunk_rows=10_000)
    most = 0
    for _ in register.chunks():
        most = max(most, pa.total_allocated_bytes())
    assert most < 25_000_000
