"""Employers in and out of scope (RS-17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from schemas import findings
from sources import employer_scope
from sources.config import Source

Describe = Callable[..., Source]
IDS, NAMES = ["1234567-1", "9000001-1"], ["Satama Oy", "Satama Huolto Oy"]


def source_of(describe: Describe, **employer: Any) -> Source:
    employment = {"employer_name": "Yritys", "employer_business_id": "Y-tunnus"}
    return describe(employer=employer, records={"person": {"last_name": "S"}, "employment": employment})


def outside(source: Source, name: str | None, business_id: str | None) -> bool:
    frame = pd.DataFrame(
        {
            "row_number": [2],
            "employer_name": pd.Series([name], dtype="str"),
            "employer_business_id": pd.Series([business_id], dtype="str"),
        }
    )
    found = employer_scope.check(source, frame)
    assert list(found.columns) == findings.COLUMNS
    if len(found):
        assert found.values.tolist() == [[2, "Yritys", "employment.employer_name", "employer.scope", findings.ROW]]
    return bool(len(found))


@pytest.mark.parametrize("scope", ["own", "listed"])
@pytest.mark.parametrize(
    ("name", "business_id", "is_outside"),
    [
        ("Satama Oy", "1234567-1", False),
        ("Satama Oy", None, False),
        ("SATAMA  OY.", None, False),
        ("Satama-Huolto, Oy", None, False),
        (None, "9000001-1", False),
        ("Toinen nimi Oy", "1234567-1", False),
        ("Satama Oy", "2477525-7", True),
        (None, "2477525-7", True),
        ("Muu Oy", None, True),
        ("Satama", None, True),
        ("Satama Oyj", None, True),
        (None, None, True),
    ],
)
def test_scope(describe: Describe, scope: str, name: str | None, business_id: str | None, is_outside: bool) -> None:
    source = source_of(describe, scope=scope, business_ids=IDS, names=NAMES)
    assert outside(source, name, business_id) is is_outside


def test_where_the_scope_lists_no_ids_the_name_decides(describe: Describe) -> None:
    source = source_of(describe, names=NAMES)
    assert not outside(source, "Satama Oy", "2477525-7")
    assert outside(source, "Muu Oy", "2477525-7")


def test_where_the_scope_lists_no_names_only_an_id_will_do(describe: Describe) -> None:
    source = source_of(describe, business_ids=IDS)
    assert outside(source, "Satama Oy", None)


def test_any_employer(describe: Describe) -> None:
    source = source_of(describe, scope="any", reason="A directory of other companies' people")
    assert not outside(source, "Muu Oy", "2477525-7")


def test_the_customer_itself_is_inside_its_own_scope(describe: Describe) -> None:
    source = source_of(describe, business_ids=IDS, names=NAMES)
    filled = employer_scope.fill(source, pd.DataFrame({"row_number": [2]}))
    assert not outside(source, filled["employer_name"].iloc[0], filled["employer_business_id"].iloc[0])


@pytest.mark.parametrize("employer", [{"scope": "listed", "names": NAMES}, {"scope": "any", "reason": "r"}])
def test_only_scope_own_is_filled_in(describe: Describe, employer: dict[str, Any]) -> None:
    frame = pd.DataFrame({"employer_name": pd.Series([None], dtype="str")})
    assert employer_scope.fill(source_of(describe, **employer), frame).equals(frame)


def test_filling_leaves_its_input_alone(describe: Describe) -> None:
    frame = pd.DataFrame({"employer_name": pd.Series(["", "Muu Oy"], dtype="str")})
    filled = employer_scope.fill(source_of(describe, business_ids=IDS, names=NAMES), frame)
    assert frame["employer_name"].tolist() == ["", "Muu Oy"]
    assert filled["employer_name"].tolist() == ["Satama Oy", "Muu Oy"]
    assert filled["employer_business_id"].isna().tolist() == [False, True]
