"""What there is stands in the table of its document, and nothing else does: commands, settings, guards, rules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from documents import (
    ADDING,
    ARCHITECTURE,
    DEPLOYING,
    LOCATION,
    MATCHING,
    OPERATING,
    OURS,
    POLICY,
    README,
    RETENTION,
    ROOT,
    cells,
    commands,
    constants,
    section,
    settings_variables,
)

from assets import persons
from pipelines import health
from register import guards
from register.matching import clusters
from register.matching import rules as matching_rules
from register.tables import sync
from schemas import rules
from schemas.catalogue import all_fields
from schemas.retention import SHIPPED


def test_every_command_is_in_the_table_and_no_other() -> None:
    documented = {row[0].strip("`") for row in cells(OPERATING, columns=2) if row[0].startswith("`mdo")}
    assert documented == commands()


def test_every_setting_is_in_the_table_and_no_other() -> None:
    documented = {row[0].strip("`") for row in cells(OPERATING, columns=3) if row[0].startswith("`MDO_")}
    assert documented == settings_variables()


def guard_ids() -> set[str]:
    tree = ast.parse(Path(str(guards.__file__)).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Alarm"]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_every_guard_is_in_the_table_and_no_other() -> None:
    assert len(guard_ids()) > 5
    table = section(OPERATING, "## The guards")
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == guard_ids()


def test_every_rule_and_check_of_matching_is_in_its_table_and_no_other() -> None:
    tables = {
        "## The rules": set(matching_rules.RULES),
        "## When it runs": set(persons.CHECKS),
    }
    for heading, names in tables.items():
        assert set(re.findall(r"^\| `(\w+)` \|", section(MATCHING, heading), re.M)) == names
    for reason in (clusters.TOO_LARGE, clusters.MIXED, clusters.LOOSE):
        assert f"`{reason}`" in section(MATCHING, "## From pairs to persons")


def test_every_step_of_retention_is_in_its_table_and_no_other() -> None:
    told = {(row[0].strip("`"), row[1]) for row in cells(RETENTION, columns=3) if row[0].startswith("`")}
    assert told == {(step.of, rule) for rule, step in SHIPPED.steps()}
    rules = {row[0] for row in cells(POLICY, columns=4) if re.fullmatch(r"R\d+[a-z]?", row[0])}
    assert rules == SHIPPED.rules.keys()


def test_every_status_is_in_the_table_and_no_other() -> None:
    table = section(OPERATING, "## What a status means")
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == set(sync.STATUSES) | {"unchanged"}


@pytest.mark.parametrize(("page", "least"), [(ADDING, 10), (LOCATION, 9)])
def test_refusals_are_quoted_as_they_are_said(page: Path, least: int) -> None:
    rows = [row[0] for row in re.findall(r"^\| (.+?) \| (.+) \|$", section(page, "## When it is refused"), re.M)]
    quoted = [row for row in rows if row not in ("It says", "---") and not row.startswith("---")]
    assert len(quoted) >= least
    for row in quoted:
        for part in row.split("…"):
            assert any(part.strip() in text for text in constants()), part


def test_the_catalogue_of_fields_is_as_documented() -> None:
    documented = {
        row[0].strip("`"): (row[1], row[2], row[3], row[4], row[5], row[6])
        for row in cells(POLICY, columns=7)
        if row[0].startswith("`")
    }
    actual = {
        field.path: (
            field.fi,
            field.en,
            field.data_class.value,
            "required" if field.required else "on" if field.default_on else "off",
            ", ".join(sorted(field.origins)),
            field.retention,
        )
        for field in all_fields()
    }
    assert documented == actual


def test_every_rule_that_a_row_can_break_is_documented() -> None:
    rows = re.findall(r"^\| (`.+?) \|", section(OPERATING, "## A rejected row"), re.M)
    assert set(re.findall(r"`([a-z_.]+)`", " ".join(rows))) == set(rules.RULES)


def test_every_marker_of_a_source_row_is_explained() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    markers = {column.name for column in sync.source_row.columns if column.name.endswith(("_place", "_places"))}
    for name in (*markers, "hash", "stale"):
        assert f"| `{name}` |" in text


def test_every_folder_of_the_house_is_in_the_readme() -> None:
    documented = {row[0].strip("`/") for row in cells(README, columns=2) if row[0].endswith("/`")}
    assert documented == {*OURS, "docs"}


def test_every_service_and_part_of_health_is_in_its_table_and_no_other() -> None:
    services = {row[0].strip("`") for row in cells(DEPLOYING, columns=3) if row[0].startswith("`mdo-")}
    assert services == {path.stem for path in (ROOT / "deploy" / "systemd").glob("*.service")}
    parts = {row[0].strip("`") for row in cells(DEPLOYING, columns=3) if row[0].startswith("`")} - services
    assert parts == set(health.Part)
