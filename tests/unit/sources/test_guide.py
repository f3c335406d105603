"""The contact person's page: it says of every source what is read, in both languages, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sources.config import Source
from sources.demo import registers
from sources.guide import page
from sources.loading import load_file

DAY = date(2026, 3, 10)
HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
Describe = Callable[..., Source]
FILES = sorted(Path(registers.__file__).parent.rglob("*.yaml"))


def cells(text: str) -> list[list[str]]:
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


@pytest.mark.parametrize("language", page.LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_column_that_is_read_and_no_other(file: Path, language: str) -> None:
    source = load_file(file)
    text = page.text(source, language, DAY)
    assert [row[0] for row in cells(text)] == source.wanted_columns
    assert source.owner.email in text and " + ".join(source.key) in text
    assert "{" not in text.replace(getattr(source.read, "path", ""), "") and "\n\n\n" not in text


def test_both_languages_say_as_much() -> None:
    for file in FILES:
        finnish, english = (page.text(load_file(file), language, DAY).splitlines() for language in page.LANGUAGES)
        marks = [[line[:2] for line in lines if line[:2] in ("# ", "##", "| ", "- ")] for lines in (finnish, english)]
        assert marks[0] == marks[1], file.name


def test_what_a_row_needs(describe: Describe) -> None:
    source = describe(records={"person": {"last_name": "Suku|nimi", "first_name": "Etunimi"}})
    needed = {row[0]: row[1] for row in cells(page.text(source, "en", DAY))}
    assert needed == {r"Suku\|nimi": "yes", "Etunimi": "no", "Nro": "yes"}


def test_the_least_that_must_be_granted(describe: Describe) -> None:
    sftp = {"type": "sftp", "host": "sftp.example.com", "user": "mdo", "password": {"env": "X"}, "host_key": HOST_KEY}
    least = page.text(describe(location=sftp), "en", DAY)
    assert "may list and read this folder; nothing else" in least
    least = page.text(describe(location=sftp, after_read={"move": "done"}, return_to="returned"), "en", DAY)
    assert "and move or delete in it, and write into `returned`; nothing else" in least
    assert "we move the file to `done`" in least and "is put into `returned`" in least
    api = {"type": "api", "url": "https://hr.example.com/people", "records": "data"}
    assert "change nothing" in page.text(describe(read=api), "en", DAY)
