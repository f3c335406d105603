"""Packed text files, and files that are no text."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from csv_files import opened, rows

from schemas.errors import SourceRefused

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
