"""The demo registers tell the story that they promise: recounted here without their generator, and read for real."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import phonenumbers
import pytest

from schemas.detectors import search
from schemas.errors import NotFound
from schemas.validation import validate
from schemas.values import text
from sources import employer_scope
from sources.config import Source
from sources.demo import registers
from sources.demo.registers import EXPECTED, PESULA, SATAMA
from sources.filters import split
from sources.loading import load_folder
from sources.mapping import map_rows
from sources.readers.csv_file import open_csv

DAYS = {1: date(2026, 3, 10), 2: date(2026, 3, 11)}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for night, day in DAYS.items():
        registers.write_night(folder, day, night)
    return folder


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {source.name: source for source in load_folder(registers.SOURCES)}


def path_of(inbox: Path, name: str, night: int) -> Path:
    day = DAYS[night]
    if name == SATAMA:
        return inbox / "satama" / f"henkilot_{day:%Y%m%d}.csv"
    return inbox / "pohjan-pesula" / f"yhteyshenkilot_{day}.csv"


def table(inbox: Path, name: str, night: int) -> list[list[str]]:
    """The file's rows below the header, without the total row; nothing of ours takes part."""
    encoding, delimiter = ("cp1252", ";") if name == SATAMA else ("utf-8", ",")
    text = path_of(inbox, name, night).read_bytes().decode(encoding)
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    return [row for row in rows[1:] if row[0] != "Yhteensä"]


def good_rows(inbox: Path, name: str, night: int) -> tuple[dict[str, tuple[str, ...]], Counter[str]]:
    """Plain recount: key -> row for rows that enter the register, and how many met which fate."""
    fates: Counter[str] = Counter()
    good: dict[str, tuple[str, ...]] = {}
    rows = table(inbox, name, night)
    width, last_name = (15, 1) if name == SATAMA else (11, 4)
    by_key: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        by_key.setdefault(row[0], set()).add(tuple(row))
    for row in rows:
        end = (
            [int(part) for part in row[8].split(".")[::-1]] if name == SATAMA and len(row) == width and row[8] else None
        )
        if len(row) != width or len(by_key[row[0]]) > 1:
            fates["quarantined"] += 1
        elif end and end <= [DAYS[night].year, DAYS[night].month, DAYS[night].day]:
            fates["expired" if end[0] == 2025 else "out_of_scope"] += 1
        elif name == PESULA and row[8] == "vanha":
            fates["out_of_scope"] += 1
        elif not row[last_name]:
            fates["quarantined"] += 1
        elif row[0] in good:
            fates["duplicate"] += 1
        else:
            good[row[0]] = tuple(row)
    return good, fates


def ended(inbox: Path, name: str, night: int) -> set[str]:
    """The keys of Satama's persons whose end date has come: they are in the file, and gone all the same."""
    if name != SATAMA:
        return set()
    dated = [(row[0], row[8]) for row in table(inbox, name, night) if len(row) == 15 and row[8]]
    return {key for key, end in dated if datetime.strptime(end, "%d.%m.%Y").date() <= DAYS[night]}


@pytest.mark.parametrize(("name", "night"), list(EXPECTED))
def test_the_files_hold_what_is_expected(inbox: Path, name: str, night: int) -> None:
    expected = EXPECTED[name, night]
    good, fates = good_rows(inbox, name, night)
    before = good_rows(inbox, name, 1)[0] if night == 2 else {}
    present = {row[0] for row in table(inbox, name, night)} - ended(inbox, name, night)
    fates["read"] = len(table(inbox, name, night))
    fates["inserted"] = len(good.keys() - before.keys())
    fates["unchanged"] = sum(before.get(key) == row for key, row in good.items())
    fates["updated"] = len(good) - fates["inserted"] - fates["unchanged"]
    fates["absent"] = len(before.keys() - present)
    counted = {fate: number for fate, number in fates.items() if number}
    assert counted == {
        fate: number for fate, number in vars(expected).items() if number and fate not in ("held", "rules")
    }


@pytest.mark.parametrize("expected", EXPECTED.values())
def test_no_row_is_lost(expected: registers.Expected) -> None:
    """Conservation: every row read has one fate."""
    fates = ("inserted", "updated", "unchanged", "duplicate", "out_of_scope", "expired", "quarantined")
    assert expected.read == sum(getattr(expected, fate) for fate in fates)


@pytest.mark.parametrize(("name", "night"), list(EXPECTED))
def test_read_for_real_the_broken_rules_are_those_expected(
    inbox: Path, sources: dict[str, Source], name: str, night: int
) -> None:
    source = sources[name]
    register = open_csv(
        path_of(inbox, name, night), source.read, wanted=source.wanted_columns, required=source.required_columns
    )
    broken: set[tuple[int, str]] = set()
    read = kept = 0
    for chunk in register.chunks():
        frame = chunk.rows.to_pandas().astype("str")
        assert not frame.stack().str.contains(registers.UNDECLARED).any(), "an undeclared column came through"
        broken |= set(chunk.rejected)
        read += len(frame) + len(chunk.rejected)
        filtered = split(source, frame, chunk.row_numbers, DAYS[night])
        assert filtered.findings.empty
        kept += int(filtered.kept.sum())
        frame, numbers = frame[filtered.kept], chunk.row_numbers[filtered.kept.to_numpy()]
        for column in frame:
            found = search.find(text.to_arrow(frame[column]))
            broken |= {(int(number), rule) for rule, at in found.items() for number in numbers[at]}
        for mapped in map_rows(source, frame, numbers):
            checked = validate(mapped.record, mapped.raw, options=mapped.options, columns=mapped.columns)
            broken |= set(zip(checked.findings["row_number"], checked.findings["rule"], strict=True))
            if mapped.record.name == "employment":
                assert employer_scope.check(source, checked.frame).empty
    expected = EXPECTED[name, night]
    assert register.incomplete == []
    assert read == expected.read
    assert kept == expected.read - expected.out_of_scope - expected.expired - ((name, night) == (SATAMA, 1))
    found = Counter(rule for _, rule in broken)
    found.pop("phone.invalid", None)  # the identity code in the phone column, which the detector takes out first
    assert found == {rule: rows for rule, rows in expected.rules.items() if rule != "key.conflict"}
    assert {"Kotiosoite"} <= set(register.columns_dropped)


def test_the_same_call_writes_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    registers.write_night(tmp_path, DAYS[1], 1)
    written = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(written) == 2
    for path in written:
        assert path.read_bytes() == (inbox / path.relative_to(tmp_path)).read_bytes()


def test_the_story_holds_over_the_turn_of_a_month_and_a_year(tmp_path: Path) -> None:
    for first, second in ((date(2026, 1, 1), date(2026, 1, 2)), (date(2026, 12, 31), date(2027, 1, 1))):
        registers.write_night(tmp_path, first, 1)
        registers.write_night(tmp_path, second, 2)
        rows = (tmp_path / "satama" / f"henkilot_{second:%Y%m%d}.csv").read_bytes().decode("cp1252").splitlines()
        assert sum(f";{second.day}.{second.month}.{second.year};" in row for row in rows) == 1


def test_nobody_in_it_exists(inbox: Path) -> None:
    people = [row for name in (SATAMA, PESULA) for row in table(inbox, name, 1)]
    mailboxes = [cell for row in people for cell in row if "@" in cell]
    assert len(mailboxes) > 190
    assert all(cell.endswith((".example.com", ".example.org")) for cell in mailboxes)
    column, regions = 6, {"Suomi": "FI", "Ruotsi": "SE"}
    for row in table(inbox, PESULA, 1):
        number = phonenumbers.parse(row[column], regions[row[3]])
        assert phonenumbers.is_valid_number(number)
        assert str(number.national_number).startswith(("40555", "7017406"))


def test_a_night_that_the_story_does_not_have(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        registers.write_night(tmp_path, DAYS[1], 3)
    assert not list(tmp_path.iterdir())


def test_the_identity_code_is_of_the_series_that_nobody_has(inbox: Path) -> None:
    cells = pd.Series([cell for row in table(inbox, SATAMA, 1) for cell in row], dtype="str")
    found = search.find(text.to_arrow(cells))
    assert list(found) == ["hetu.valid"]
    assert cells[found["hetu.valid"]].str.contains("-9").tolist() == [True]
