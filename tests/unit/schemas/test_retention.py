"""The policy as a file: what it may say, and how it is refused."""

from __future__ import annotations

from importlib import resources

import pytest

from register.retention import events, housekeeping, records
from register.tables import metadata
from schemas.errors import ConfigurationRefused
from schemas.retention import SHIPPED, Period, parse

TEXT = resources.files("schemas").joinpath("retention.yaml").read_text("utf-8")


def test_the_shipped_policy_is_one_that_an_installation_may_have() -> None:
    again = parse(TEXT, "mine.yaml")
    assert again == SHIPPED
    assert again.version == SHIPPED.version
    assert parse(TEXT.replace("after: 15 months", "after: 14 months"), "mine.yaml").version != SHIPPED.version


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("after: 15 months", "after: 15 moons", "write a period such as 6 months"),
        ("after: 15 months", "after: 90 days", "write it in the unit of the shipped policy: 15 months"),
        ("after: 6 calendar years", "after: 5 calendar years", "the law asks for 6 calendar years at the least"),
        ("of: actor", "of: acto", "the shipped policy has no such step"),
        ("  R14:", "  R16:", "the rule R14 is missing"),
        ("share: 0.05", "share: 5", "less than or equal to 1"),
        ("controller: mdo", "controler: mdo", "is not known here"),
        ("do: pseudonymise", "do: sell", "delete"),
        ("name: shipped defaults", "name: [", "no YAML"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(old: str, new: str, says: str) -> None:
    assert TEXT.count(old) >= 1
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    with pytest.raises(ConfigurationRefused) as refused:
        parse(TEXT.replace(old, new, 1), "mine.yaml")
    told = str(refused.value)
    assert says in told
    assert all(one.startswith("mine.yaml:") for one in told.splitlines())
    if "missing" not in says and "YAML" not in says:
        assert f"mine.yaml:{line}:" in told


def test_a_period_of_law_may_be_longer() -> None:
    longer = parse(TEXT.replace("after: 6 calendar years", "after: 10 calendar years", 1), "mine.yaml")
    assert longer.step("invoice", "delete").after == Period(calendar_years=10)


def test_every_step_is_carried_out_somewhere() -> None:
    elsewhere = {"dagster_run", "dagster_tick"}
    for _, step in SHIPPED.steps():
        if step.do != "report":
            assert step.of in records.KINDS | events.KINDS | housekeeping.KINDS | elsewhere, step
    assert not records.KINDS & events.KINDS and not records.KINDS & housekeeping.KINDS


def test_every_rule_of_a_table_is_in_the_policy() -> None:
    assert {table.info["retention"] for table in metadata.sorted_tables} <= SHIPPED.rules.keys()


def test_a_rule_is_said_in_words() -> None:
    assert SHIPPED.rules["R1"].in_words("employment") == "6 months from inactive_on"
    assert SHIPPED.rules["R5"].in_words("location") == "90 days from observed_at"
    assert SHIPPED.rules["R8"].in_words("certificate") == "6 months from valid_until; 24 months from last_confirmed_on"
