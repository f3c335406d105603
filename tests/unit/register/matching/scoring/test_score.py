"""Scores: what they depend on, whose records meet, and that nothing is left behind."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from register.matching.scoring import session
from register.matching.scoring.inputs import INPUT
from register.matching.scoring.score import SCORED, least_weight, score

AINO = {"first_name": "aino", "last_name": "satunen", "name_key": "aino satunen"}
HOME = {"email": "satuset@koti.example.com", "phone": "+358405550101"}


def records(*told: dict[str, Any]) -> pa.Table:
    """So many records, numbered from 1."""
    rows = [{"record_id": number, "customer_id": 1} | one for number, one in enumerate(told, 1)]
    return pa.Table.from_pylist(rows, schema=INPUT)


def weights(table: pa.Table, **options: Any) -> dict[tuple[int, int], float]:
    """Weight by pair, of all that is scored at all."""
    found = score(table, **({"least": -100.0} | options)).to_pylist()
    return {(one["record_a"], one["record_b"]): one["weight"] for one in found}


def named(first: str, **more: Any) -> dict[str, Any]:
    return {"first_name": first, "last_name": "satunen", "name_key": " ".join(sorted([first, "satunen"])), **more}


def test_nobody_is_like_nobody() -> None:
    assert score(records()).equals(SCORED.empty_table())
    assert score(records(AINO)).num_rows == 0


def test_more_in_common_weighs_more_and_a_veto_weighs_against() -> None:
    work = {"employer": "id 9000001-1"}
    found = weights(
        records(
            named("aino", **HOME, **work, employee_number="17"),
            named("aino", **HOME, **work, employee_number="17"),
            named("aino", **HOME),
            named("aino", **HOME, **work, employee_number="450"),
        )
    )
    assert found[1, 2] > found[1, 3] > found[1, 4]


def test_two_names_that_people_bear_are_two_people() -> None:
    home = {"email": HOME["email"]}
    found = weights(records(named("kari", **home), named("katri", **home), named("karii", **home)))
    assert found[1, 2] < 0 < found[1, 3]


def test_a_rare_name_says_more() -> None:
    def pair(last: str) -> float:
        told = {"first_name": "aino", "last_name": last, "name_key": f"aino {last}"}
        return weights(records(told, told))[1, 2]

    assert pair("kuvitelmainen") > pair("korhonen") + 3


def test_neither_the_order_of_records_nor_what_else_is_asked_changes_a_weight() -> None:
    told = records(
        named("aino", **HOME), named("aino", phone=HOME["phone"]), named("aina", **HOME), named("eero", **HOME)
    )
    whole = weights(told)
    assert weights(told.take([3, 1, 0, 2])) == whole
    assert weights(told, touched=[2]) == {pair: weight for pair, weight in whole.items() if 2 in pair}
    assert weights(told, touched=[]) == {}


def test_records_of_two_customers_meet_only_where_it_is_said() -> None:
    told = records(named("aino", **HOME), named("aino", **HOME, customer_id=2), named("aino", **HOME, customer_id=3))
    assert weights(told) == {}
    assert set(weights(told, across=[(1, 2)])) == {(1, 2)}


def test_who_is_employed_by_the_customer_itself_has_another_employer_at_another_customer() -> None:
    own = {"employer": "own", "employee_number": "17"}
    told = records(named("aino", **own), named("aino", **own), named("aino", **own, customer_id=2))
    found = weights(told, across=[(1, 2)])
    assert found[1, 2] > found[1, 3] + 15


def test_a_phone_on_more_than_six_records_is_nobodys() -> None:
    assert (
        weights(records(*[{**named("eero"), "phone": "+358401234567", "last_name": f"s{one}"} for one in range(7)]))
        == {}
    )


def test_the_weight_from_which_a_pair_is_told_falls_with_the_register() -> None:
    assert least_weight(1_000_000) == least_weight(300_000) == -2
    assert least_weight(200_000) == -4
    assert least_weight(1) < least_weight(1_000) == -10


def test_nothing_is_logged_and_no_file_is_written(
    caplog: pytest.LogCaptureFixture, capfd: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        weights(records(named("aino", **HOME), named("aino", **HOME)))
    assert "aino" not in caplog.text and "satunen" not in caplog.text
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.rglob("*")) == []


def test_the_database_writes_no_file_and_reads_none() -> None:
    with session.database() as connection:
        names = ("temp_directory", "threads", "enable_external_access")
        asked = ", ".join(f"current_setting('{name}')" for name in names)
        assert connection.execute(f"select {asked}").fetchall() == [("", 1, False)]
