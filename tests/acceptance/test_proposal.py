"""From a register that nobody has described to what would come of it: the draft, a person's answers, and no more."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assets.preview import Preview, preview
from pipelines.command import propose
from schemas.errors import ConfigurationRefused
from sources.demo.registers import write_night
from sources.loading import parse

DAY = date(2026, 3, 9)
ANSWERS = {
    "contract": "T-1",
    "role": "controller",
    "legal_basis": "{code: legitimate_interests, reference: LIA-1}",
    "owner": "{name: Tests, email: tests@example.com}",
    "hosting_country": "FI",
}


def answered(text: str, **more: str) -> str:
    """The draft once a person has answered; what is not answered stays a question."""
    answers = ANSWERS | more
    return re.sub(
        r"#\? (\w+):.*", lambda line: f"{line[1]}: {answers[line[1]]}" if line[1] in answers else line[0], text
    )


def drafted(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    propose.propose(str(path), "koe", "", "detect", None, None, None)
    return capsys.readouterr().out


def looked_at(text: str, path: Path) -> Preview:
    inside = re.sub(r"path: .*", f"path: {path.name}", text)
    return preview(parse(inside, "draft.yaml"), DAY.replace(year=2027), path.parent)


def test_a_draft_asks_before_anything_is_read(capsys: pytest.CaptureFixture[str], sample_registers: Path) -> None:
    text = drafted(capsys, sample_registers / "northwind/customers.csv")
    with pytest.raises(ConfigurationRefused) as refused:
        parse(text, "draft.yaml")
    for asked in ANSWERS:
        assert asked in str(refused.value)


@pytest.mark.parametrize(
    ("name", "rows", "persons"), [("customers.csv", 91, 67), ("employees.csv", 9, 9), ("suppliers.xlsx", 29, 20)]
)
def test_registers_that_nobody_here_wrote(
    capsys: pytest.CaptureFixture[str], sample_registers: Path, name: str, rows: int, persons: int
) -> None:
    path = sample_registers / "northwind" / name
    text = drafted(capsys, path)
    scope = "{scope: any, reason: contact persons}" if "scope: any" in text else '{scope: own, names: ["Northwind"]}'
    seen = looked_at(answered(text, employer=scope), path)
    assert (seen.rows, seen.records["person"], seen.keys_missing, seen.keys_repeated) == (rows, persons, 0, 0)
    assert not {"birthDate", "homePhone", "photo", "notes"} & set(seen.mapped)


def test_a_staff_register_with_bad_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_night(tmp_path, DAY, 1)
    path = tmp_path / "satama/henkilot_20260309.csv"
    text = drafted(capsys, path)
    assert "henkilot_{date:%Y%m%d}.csv" in text
    seen = looked_at(answered(text, employer='{scope: own, business_ids: ["9000001-1"]}'), path)
    taken = seen.rows - sum(count for (_, _, effect), count in seen.rejected.items() if effect == "row")
    assert seen.records["person"] >= 0.9 * taken > 0 and "Palkka" in seen.dropped
