"""Rows and files that are broken: which rows are rejected, and what makes a read incomplete."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from csv_files import opened, rejected, rows


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
