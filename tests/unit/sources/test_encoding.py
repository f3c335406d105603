"""Encodings: obeyed where declared, found where there is no doubt, refused with the candidates otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.errors import SourceRefused
from sources.readers import encoding, evidence, survey
from sources.readers.csv_settings import ENCODINGS, CsvRead
from sources.readers.unpack import PackedFile

FINNISH = "id;nimi\n1;Väinö Mäkelä\n2;Åsa Öhman\n"


def decide(folder: Path, data: bytes, declared: str = "detect") -> str:
    path = folder / "text.csv"
    path.write_bytes(data)
    file = PackedFile(path)
    try:
        return encoding.decide(declared, survey.take(file.stream(), declared=declared), file.stream)
    finally:
        file.close()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id;nimi\n1;Aho\n", "utf-8"),
        (FINNISH.encode(), "utf-8"),
        (FINNISH.encode("utf-8-sig"), "utf-8"),
        (FINNISH.encode("utf-16"), "utf-16-le"),
        (FINNISH.encode("utf-16-le"), "utf-16-le"),
        (FINNISH.encode("utf-16-be"), "utf-16-be"),
        ("\ufeffТест;Иванов\n".encode("utf-16-be"), "utf-16-be"),
        (FINNISH.encode("cp1252"), "windows-1252"),
        ((FINNISH + "3;100 €\n4;“lainaus” – … \n").encode("cp1252"), "windows-1252"),
        ((FINNISH + "3;O’Brien\n4;Dragiša Žižić-Novak".replace("ć", "c")).encode("cp1252"), "windows-1252"),
        ("id;hinta\n1;100 €\n".encode("cp1252"), "windows-1252"),
        ("id;nimi\n1;Matti\u00a0Aho\n".encode("cp1252"), "windows-1252"),
        ("id;nimi\n1;kääpiöt\n2;häät; yö öljy\n".encode("latin-1"), "windows-1252"),
        ("id;nimi\n1;Kļaviņš\n".encode(), "utf-8"),
    ],
)
def test_found(data: bytes, expected: str, tmp_path: Path) -> None:
    assert decide(tmp_path, data) == expected
    assert expected in ENCODINGS


@pytest.mark.parametrize(
    ("text", "codec", "candidates"),
    [
        (FINNISH, "cp850", {"cp850", "cp437"}),
        (FINNISH, "cp437", {"cp850", "cp437"}),
        ("id;nimi\n1;Väinö\n", "cp850", {"windows-1252", "cp850", "cp437"}),
        ("id;nimi\n1;Äänekoski\n", "cp850", {"windows-1252", "cp850"}),
        ("id;nimi\n1;Hämeenlinna\n", "cp437", {"windows-1252", "cp437"}),
        ("id;nimi\n1;Väinö Mäkelä\n", "mac-roman", {"windows-1252", "mac-roman"}),
        ("id;nimi\n1;López\n", "cp850", {"windows-1252", "cp850"}),
        ("id;nimi\n1;Wałęsa\n", "cp1250", {"windows-1252", "windows-1250"}),
        ("id;nimi\n1;Иванов\n", "cp1251", {"windows-1252", "windows-1251"}),
        ("id;hinta\n1;100 €\n", "iso8859-15", {"windows-1252", "iso-8859-1", "iso-8859-15"}),
        ("id;nimi\n1;Šakai\n", "iso8859-15", {"windows-1252", "iso-8859-1", "iso-8859-15"}),
        ("id;määrä\n1;½ päivää\n", "latin-1", {"windows-1252", "iso-8859-1", "iso-8859-15"}),
        ("id;nimi\n1;O’Brien\n", "cp1252", {"windows-1252", "cp850"}),
    ],
)
def test_doubt_lists_the_candidates_and_names_the_right_one(
    text: str, codec: str, candidates: set[str], tmp_path: Path
) -> None:
    with pytest.raises(SourceRefused, match="in doubt") as refused:
        decide(tmp_path, text.encode(codec))
    listed = set(re.findall(r"[a-z]+[-\w]*\d+[-\d]*|mac-roman", refused.value.remedy))
    assert candidates <= listed
    for value in re.findall(r"\w{4,}", text.replace("nimi", "").replace("hinta", "")):
        assert value not in str(refused.value)
    for name in candidates:
        assert CsvRead(path="x", encoding=name).encoding == name


def test_no_dos_file_is_ever_read_as_windows(tmp_path: Path) -> None:
    for word in ("päivä", "Äiti", "yö", "tyttö", "Åbo", "Ålö", "Mäki-Öljy", "ä", "Pälkäne 3", "é"):
        for codec in ("cp850", "cp437"):
            data = f"id;nimi\n1;{word}\n".encode(codec)
            try:
                found = decide(tmp_path, data)
            except SourceRefused:
                continue
            # A single letter between delimiters has no neighbour to tell by.
            assert len(word) == 1 and found == "windows-1252", word


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (FINNISH.encode(), "utf-8", "utf-8"),
        (FINNISH.encode("utf-8-sig"), "utf-8", "utf-8"),
        (FINNISH.encode("utf-16"), "utf-16", "utf-16-le"),
        (FINNISH.encode("utf-16-be"), "utf-16", "utf-16-be"),
        ("Ж;Щ\nЫ;Ф\n".encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        (FINNISH.encode("cp1252"), "iso-8859-15", "iso-8859-15"),
        ("id;a\n1;100 €\n".encode("iso8859-15"), "iso-8859-15", "iso-8859-15"),
        ("1;Ä€\n".encode("cp1252"), "windows-1252", "windows-1252"),
        (b"id;nimi\n", "windows-1252", "windows-1252"),
        (FINNISH.encode("cp850"), "cp850", "cp850"),
        (FINNISH.encode("mac-roman"), "mac-roman", "mac-roman"),
    ],
)
def test_obeyed(data: bytes, declared: str, expected: str, tmp_path: Path) -> None:
    assert decide(tmp_path, data, declared) == expected


@pytest.mark.parametrize(
    ("data", "declared", "says"),
    [
        (FINNISH.encode("cp1252"), "utf-8", "byte 11 (line 2)"),
        (FINNISH.encode("utf-16"), "utf-8", "utf-16-le"),
        (FINNISH.encode("utf-16-le"), "utf-8", "utf-16-le"),
        (FINNISH.encode("utf-16-be"), "windows-1252", "utf-16-be"),
        (FINNISH.encode("utf-16-be"), "utf-16-le", "utf-16-be"),
        (b"\xff\xfe" + FINNISH.encode("utf-16-le"), "utf-16-be", "utf-16-le"),
        (FINNISH.encode(), "utf-16", "utf-16-le (usual on Windows)"),
        (FINNISH.encode(), "windows-1252", "encoding: utf-8"),
        (FINNISH.encode("utf-8-sig"), "windows-1252", "encoding: utf-8"),
        (b"\xef\xbb\xbfid;nimi\n", "iso-8859-1", "encoding: utf-8"),
        (FINNISH.encode("cp850"), "windows-1252", "byte 25 (line 3)"),
        ("1;100 €\n".encode("cp1252"), "iso-8859-1", "windows-1252"),
        (b"\xef\xbb\xbfid;nimi\n1;\xe4\n", "detect", "byte 13 (line 2)"),
        (FINNISH.encode("utf-16")[:-1], "detect", "utf-16-le at its beginning"),
        ("a;b\n".encode("utf-32"), "detect", "UTF-32"),
        (b"\xed\xa0\x80;x\n", "utf-8", "byte 0 (line 1)"),
        (b"id;nimi\n1;\xc3", "utf-8", "byte 10 (line 2)"),
    ],
)
def test_contradicted(data: bytes, declared: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as refused:
        decide(tmp_path, data, declared)
    assert says in str(refused.value)
    assert refused.value.remedy
    assert refused.value.__context__ is None


def test_the_place_of_a_fault_is_right_beyond_the_first_block(tmp_path: Path) -> None:
    lines = b"12345678\n" * 300_000
    with pytest.raises(SourceRefused, match=re.escape(f"byte {len(lines) + 2} (line 300001)")):
        decide(tmp_path, lines + b"ab\xe4\n", "utf-8")
    with pytest.raises(SourceRefused, match=re.escape(f"byte {len(lines) + 2} (line 300001)")):
        decide(tmp_path, lines + b"ab\x81\n", "windows-1252")


@pytest.mark.parametrize("at", range((1 << 20) - 3, (1 << 20) + 2))
def test_a_character_across_blocks_is_whole(at: int, tmp_path: Path) -> None:
    assert decide(tmp_path, b"x" * at + "€".encode() + b"x", "utf-8") == "utf-8"


ORACLE = {
    "dos_letters": rb"[A-Za-z](?:[\x84\x86\x94]|[\x81\x82\x84\x86\x8e\x8f\x94\x99]{2})[A-Za-z]",
    "low_code_at_letter": rb"[\x80-\x9f][A-Za-z\x80-\xff]|[A-Za-z\x80-\xff][\x80-\x9f]",
    "western_o": rb"[A-Za-z]\xf6",
    "sign_between_letters": rb"[A-Za-z\xc0-\xff][\xa1-\xac\xae-\xb3\xb5\xb6\xb8-\xbf][A-Za-z\xc0-\xff]",
    "run_of_letters": rb"[\xc0-\xff]{4}",
}


class Pieces:
    """A stream that gives its bytes in small pieces."""

    def __init__(self, data: bytes, size: int) -> None:
        self._parts = [data[i : i + size] for i in range(0, len(data), size)]

    def read(self, count: int) -> bytes:
        return self._parts.pop(0) if self._parts else b""


@given(
    st.lists(st.sampled_from(b"aZ;\n\x80\x84\x8e\x94\x99\xa0\xa4\xad\xb4\xe4\xf6\xff"), max_size=40), st.integers(1, 9)
)
@example([0xE4, 0xE4, 0xE4, 0xE4], 1)
@example([0xE4, 0x61], 1)
@example([0x61, 0x84], 2)
def test_evidence_equals_that_of_regular_expressions(data: list[int], size: int) -> None:
    text = bytes(data)
    found = evidence.look(Pieces(text, size))  # type: ignore[arg-type]
    for name, pattern in ORACLE.items():
        assert getattr(found, name) == bool(re.search(pattern, text)), name
