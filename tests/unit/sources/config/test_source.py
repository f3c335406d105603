"""The description as a whole: dates, columns, digest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pydantic import ValidationError

from schemas.errors import SourceRefused
from sources.config import BasisCode, Kind, RegisterType, Role, Source
from sources.config.countries import EEA
from sources.config.record_checks import CORRESPONDING

Describe = Callable[..., Source]
LONG = {
    "register_type": "hr_directory",
    "employer": {"business_ids": ["1234567-1"]},
    "filter": {"include": [{"column": "Yksikkö", "in": ["A"]}], "exclude": [{"column": "Nimi", "empty": True}]},
    "active": {"ends": "Päättyi"},
    "snapshot": {"type": "scoped", "column": "Yksikkö"},
    "modified": "Muutettu",
    "records": {
        "person": {"last_name": "Sukunimi", "work_phone": {"column": "Puhelin", "country": "Maa"}},
        "employment": {"employee_number": "Nro", "valid_to": "Päättyi"},
        "competence": {"skill_code": {"column": "Taidot", "split": ","}},
    },
}


def test_closed_lists_are_locked() -> None:
    """RS-17: a broker, credit bureau or scraped source needs a change here, and a lawyer."""
    assert {kind.value for kind in Kind} == {"customer_register", "own_service"}
    assert {role.value for role in Role} == {"controller", "processor"}
    assert set(CORRESPONDING) == set(RegisterType)
    assert len(BasisCode) == 6


def test_the_eea_is_27_and_three() -> None:
    assert len(EEA) == 30
    assert {"IS", "LI", "NO", "FI", "HR", "CY"} <= EEA
    assert not EEA & {"GB", "UK", "CH", "US", "EL", "EU", "AX"}


@pytest.mark.parametrize("country", ["GB", "CH", "US", "", "Finland", "us-east-1", None, False])
def test_hosting_outside_the_eea_is_refused(describe: Describe, country: object) -> None:
    with pytest.raises(ValidationError):
        describe(hosting_country=country)


@pytest.mark.parametrize(
    ("day", "good"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_nothing_is_read_outside_its_days(describe: Describe, day: str, good: bool) -> None:
    source = describe(valid={"from": "2026-01-01", "to": "2026-06-30"})
    if good:
        source.reads_on(date.fromisoformat(day))
    else:
        with pytest.raises(SourceRefused, match="valid from 2026-01-01 to 2026-06-30"):
            source.reads_on(date.fromisoformat(day))


def test_a_waiver_of_a_rule_runs_out(describe: Describe) -> None:
    waiver = {"column": "Sukunimi", "rule": "health.words", "reason": "Firms are named so", "until": "2026-03-31"}
    source = describe(waivers=[waiver])
    assert source.leave == {("Sukunimi", "health.words")}
    source.reads_on(date(2026, 3, 31))
    with pytest.raises(SourceRefused, match="waiver for column 'Sukunimi' ran out on 2026-03-31"):
        source.reads_on(date(2026, 4, 1))


def test_a_waiver_runs_out(describe: Describe) -> None:
    waiver = {"column": "company_card_ref", "reason": "The company's fuel card account", "until": "2026-03-31"}
    source = describe(waivers=[waiver], records={"person": {"last_name": "Sukunimi"}}, modified="company_card_ref")
    source.reads_on(date(2026, 3, 31))
    with pytest.raises(SourceRefused, match="waiver for column 'company_card_ref' ran out on 2026-03-31"):
        source.reads_on(date(2026, 4, 1))


DATED = {"type": "csv", "path": "hr_{date-1:%Y%m%d}.csv"}


def test_a_source_without_history_knows_only_today(describe: Describe) -> None:
    today, yesterday = date(2026, 3, 10), date(2026, 3, 9)
    assert describe().accepts_date(today, today)
    assert not describe().accepts_date(yesterday, today)
    assert describe(history=True, read=DATED).accepts_date(yesterday, today)


def test_a_path_without_a_date_has_no_history(describe: Describe) -> None:
    with pytest.raises(ValidationError, match="every earlier date would be read from the file of today"):
        describe(history=True)
    assert describe(history=True, read=DATED).dated
    assert not describe().dated


def test_wanted_columns_stand_in_the_order_of_first_use(describe: Describe) -> None:
    wanted = ["Sukunimi", "Puhelin", "Maa", "Nro", "Päättyi", "Taidot", "Yksikkö", "Nimi", "Muutettu"]
    assert describe(**LONG).wanted_columns == wanted


def test_required_columns(describe: Describe) -> None:
    required = ["Sukunimi", "Nro", "Päättyi", "Taidot", "Yksikkö", "Nimi"]
    assert describe(**LONG).required_columns == required
    marked = {"type": "changes", "deleted": {"column": "Poistettu", "values": ["x"]}}
    assert describe(snapshot=marked).required_columns == ["Sukunimi", "Nro", "Poistettu"]


def test_the_digest_is_that_of_what_is_said(describe: Describe) -> None:
    assert describe().digest == describe().digest == describe(history=False).digest
    assert describe().digest != describe(schedule="02:00").digest
    two = {"person": {"last_name": "Sukunimi"}, "employment": {"employee_number": "Nro"}}
    turned = dict(reversed(two.items()))
    employer = {"business_ids": ["1234567-1"]}
    first, second = describe(records=two, employer=employer), describe(records=turned, employer=employer)
    assert first.digest != second.digest, "the first record type is the main one"


def test_the_document_can_be_read_back(describe: Describe) -> None:
    source = describe(**LONG)
    assert Source.model_validate(source.document) == source


def test_a_description_does_not_change(describe: Describe) -> None:
    with pytest.raises(ValidationError):
        describe().history = True


@pytest.mark.parametrize(
    "snapshot",
    [
        {"type": "changes"},
        {"type": "changes", "deleted": {"column": "T", "values": ["x"]}, "full_every": "7 days"},
        {"type": "scoped"},
        {"type": "changes", "full_every": "weekly"},
        {"type": "changes", "full_every": 0},
        {"type": "full", "column": "T"},
    ],
)
def test_snapshots_that_say_too_little_or_too_much(describe: Describe, snapshot: object) -> None:
    with pytest.raises(ValidationError):
        describe(snapshot=snapshot)


def test_a_periodic_full_read(describe: Describe) -> None:
    assert describe(snapshot={"type": "changes", "full_every": "7 days"}).snapshot.full_every == 7


@pytest.mark.parametrize("folder", ["/done", "../done", "a/../../b", "C:\\done", "..\\done", "~/done"])
def test_files_are_moved_only_inside_the_inbox(describe: Describe, folder: str) -> None:
    with pytest.raises(ValidationError, match="below the inbox"):
        describe(after_read={"move": folder})


@pytest.mark.parametrize(
    "condition",
    [{"column": "A"}, {"column": "A", "equals": "x", "empty": True}, {"column": "A", "in": []}, {"equals": "x"}],
)
def test_a_condition_has_one_test(describe: Describe, condition: object) -> None:
    with pytest.raises(ValidationError):
        describe(filter={"include": [condition]})


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?=a)", "a{1001,}{1001,}"])
def test_patterns_are_those_of_a_safe_engine(describe: Describe, pattern: str) -> None:
    with pytest.raises(ValidationError, match="regular expression"):
        describe(filter={"exclude": [{"column": "A", "pattern": pattern}]})
