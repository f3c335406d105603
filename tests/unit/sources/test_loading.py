"""Reading source files: YAML's traps, and errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import ConfigurationRefused
from sources.loading import load_each, load_file, load_folder, parse

GOOD = """\
customer: satama
register: hr
title: Henkilöt
kind: customer_register
register_type: hr_directory
valid: {from: 2026-01-01}
contract: MDO-1
role: controller
legal_basis: {code: legitimate_interests, reference: LIA-2}
owner: {name: HR, email: hr@example.com}
hosting_country: FI
read:
  type: csv
  path: hr_{date}.csv
  missing: ["NULL"]
key: [Nro]
active: {column: Tila, values: [007]}
employer: {business_ids: ["1234567-1"]}
records:
  person:
    last_name: Sukunimi
  employment:
    job_title: {column: Nimike, because: Shown in the list}
  certificate:
    - {cert_code: {constant: EA1}, valid_until: EA1}
"""


def refused(text: str) -> str:
    with pytest.raises(ConfigurationRefused) as caught:
        parse(text, "hr.yaml")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None, "a library's error may quote a value"
    return str(caught.value)


def test_a_good_file() -> None:
    source = parse(GOOD, "hr.yaml")
    assert source.name == "satama/hr"
    assert source.active is not None
    assert source.active.values == ("007",), "numbers in a list of texts keep their zeros"


@pytest.mark.parametrize("head", ["", "%YAML 1.1\n---\n"])
def test_norway_is_a_country_in_every_version_of_yaml(head: str) -> None:
    source = parse(head + GOOD.replace("hosting_country: FI", "hosting_country: NO"), "hr.yaml")
    assert source.hosting_country == "NO"


def test_a_time_is_no_count_of_seconds() -> None:
    assert parse("%YAML 1.1\n---\n" + GOOD + "schedule: 02:30\n", "hr.yaml").schedule == "02:30"


@pytest.mark.parametrize("written, meant", [("true", True), ("false", False), ("yes", True), ("no", False)])
def test_yes_and_no(written: str, meant: bool) -> None:
    assert parse(GOOD + f"history: {written}\n", "hr.yaml").history is meant


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("title:", "titel:"), 3, "unknown key 'titel'; did you mean 'title'?"),
        (("contract: MDO-1\n", ""), 1, "contract: is missing"),
        (("title: Henkilöt", "title: Henkilöt\nkey: [Nro]"), 17, "key is written twice, first on line 4"),
        (("FI", "GB"), 11, "EU or EEA"),
        (("FI", "Suomi"), 11, "EU or EEA"),
        (("customer_register", "broker"), 4, "write one of: 'customer_register' or 'own_service'"),
        (("2026-01-01", "1.1.2026"), 6, "write a date as YYYY-MM-DD"),
        (("2026-01-01", "86400"), 6, "write a date as YYYY-MM-DD"),
        (("  type: csv", "  typ: csv"), 13, "did you mean 'type'?"),
        (('["NULL"]', "[NULL]"), 15, 'write "NULL" in quotes'),
        (("key: [Nro]", "key: Nro"), 16, "write a list"),
        (("1234567-1", "1234567-2"), 18, "not a Finnish business id"),
        (("last_name: S", "lastname: S"), 21, "did you mean 'last_name'?"),
        (("  person:", "  persn:"), 20, "did you mean 'person'?"),
        ((", because: Shown in the list", ""), 23, "off by default"),
        (("valid_until: EA1", "valid_untill: EA1"), 25, "did you mean 'valid_until'?"),
        (("role: controller", "role: &a [*a]"), 8, "loops are not read"),
        (("role: controller", "role: !!python/object x"), 8, "tags"),
        (("role: controller", "role: [controller"), 9, "this is no YAML"),
    ],
)
def test_errors_name_file_and_line_and_say_what_to_write(change: tuple[str, str], line: int, says: str) -> None:
    assert change[0] in GOOD
    text = refused(GOOD.replace(*change, 1))
    assert f"hr.yaml:{line}: " in text
    assert says in text


def test_everything_wrong_is_said_at_once() -> None:
    text = refused(GOOD.replace("title:", "titel:").replace("FI", "US"))
    assert "hr.yaml:3:" in text
    assert "hr.yaml:11:" in text


@pytest.mark.parametrize("text", ["", "- a\n", "just text\n", "a: \0\n"])
def test_what_is_no_source_file(text: str) -> None:
    assert "hr.yaml:1: " in refused(text)


@pytest.mark.parametrize("text", ["customer: " + "[" * 100_000, "- " * 100_000, "customer: " + "[" * 500 + "]" * 500])
def test_what_lies_too_deep_ends_no_process(text: str) -> None:
    assert "hr.yaml:1: this lies too deep" in refused(text)


def test_a_file_that_ends_too_early_is_no_longer_than_it_is() -> None:
    assert "hr.yaml:2: this is no YAML" in refused("customer: satama\nread: {type: csv")


@pytest.mark.parametrize("key", ["password", "api_key", "salasana", "auth_token"])
def test_a_secret_in_the_file_is_refused_and_not_shown(key: str) -> None:
    text = refused(GOOD.replace("  type: csv", f"  type: csv\n  {key}: hunter2"))
    assert "{env: NAME_OF_VARIABLE}" in text
    assert key in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    "where", ["role: {}", "hosting_country: {}", "schedule: {}", "landed_days: {}", "history: {}", "after_read: {}"]
)
def test_no_error_shows_a_value(where: str) -> None:
    key = where.split(":")[0]
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{key}:")]
    assert "hunter2" not in refused("\n".join([*lines, where.format("hunter2"), ""]))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match=r"no\.yaml cannot be read"):
        load_file(tmp_path / "no.yaml")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD.encode("windows-1252"))
    with pytest.raises(ConfigurationRefused, match="UTF-8"):
        load_file(tmp_path / "a.yaml")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.yml").write_text(GOOD.replace("register: hr", "register: vanha"), encoding="utf-8-sig")
    (tmp_path / "notes.txt").write_text("no source")
    (tmp_path / ".draft.yaml").write_text("no source")
    assert [source.name for source in load_folder(tmp_path)] == ["satama/hr", "satama/vanha"]


def test_two_files_for_one_source_are_both_left_out(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(ConfigurationRefused, match=r"b\.yaml and .*a\.yaml both describe satama/hr"):
        load_folder(tmp_path)
    assert load_each(tmp_path)[0] == []


def test_one_wrong_file_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("customer: 1\n", encoding="utf-8")
    sources, refusals = load_each(tmp_path)
    assert [source.name for source in sources] == ["satama/hr"]
    assert len(refusals) == 1
    assert "b.yaml:1:" in str(refusals[0])
    with pytest.raises(ConfigurationRefused):
        load_folder(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="MDO_SOURCES"):
        load_folder(tmp_path / "none")
