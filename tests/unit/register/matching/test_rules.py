"""Rules and vetoes over columns of pairs; also where there is no pair, or nobody's employer is told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from register.matching import rules
from register.matching.region import COMPARED, nodes_of
from register.matching.rules import Pairs
from register.tables.matching import person_key

COLUMNS = [column.name for column in person_key.columns]


def pairs(*records: dict[str, Any], of: list[tuple[int, int]]) -> Pairs:
    told = [
        dict.fromkeys(COLUMNS)
        | {"record_id": number, "source_id": number, "self_reported": False, "absent": False}
        | one
        for number, one in enumerate(records, start=1)
    ]
    nodes = pd.DataFrame(told, columns=COLUMNS).set_index("record_id")
    sides = pd.DataFrame(of, columns=["a", "b"]).astype("int64")
    return Pairs(nodes, sides["a"], sides["b"])


def test_no_pair_is_no_pair() -> None:
    nodes = nodes_of(pa.schema(list(COMPARED.items())).empty_table())
    nothing = pd.Series([], dtype="int64")
    assert rules.vetoed(Pairs(nodes, nothing, nothing)).tolist() == []
    assert rules.automatic(Pairs(nodes, nothing, nothing)).tolist() == []


@pytest.mark.parametrize(
    ("one", "other", "veto"),
    [
        (
            {"employer": "id 9000001-1", "employee_number": "17"},
            {"employer": "id 9000001-1", "employee_number": "45"},
            True,
        ),
        (
            {"employer": "id 9000001-1", "employee_number": "17"},
            {"employer": "id 9000001-1", "employee_number": "18"},
            False,
        ),
        (
            {"employer": "id 9000001-1", "employee_number": "17"},
            {"employer": "id 9000003-8", "employee_number": "45"},
            False,
        ),
        ({"employer": "id 9000001-1", "employee_number": "17"}, {"employer": "own", "employee_number": "45"}, True),
        ({"employer": None, "employee_number": "17"}, {"employer": None, "employee_number": "45"}, False),
        ({"email": "matti@koe.example.com"}, {"email": "matti2@koe.example.com"}, True),
        ({"email": "matti@koe.example.com"}, {"email": "maija@koe.example.com"}, False),
        ({}, {}, False),
    ],
)
def test_vetoes(one: dict[str, Any], other: dict[str, Any], veto: bool) -> None:
    assert rules.vetoed(pairs(one, other, of=[(1, 2)])).tolist() == [veto]


HOME = {"email": "koti@koti.example.com", "phone": "+358405550101"}
WORK = {"employer": "id 9000001-1", "employee_number": "17", "employee": "id 9000001-1 17"}
MOVED = {"employer": "own", "employee_number": "VIRTANEN", "employee": "own VIRTANEN"}


def named(first: str, last: str = "virtanen", **more: Any) -> dict[str, Any]:
    return {"first_name": first, "last_name": last, "name_key": " ".join(sorted(f"{first} {last}".split())), **more}


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (named("kari", **HOME), named("karii", **HOME), "email"),  # a slip of the finger
        (named("kari", **HOME), named("karii", **HOME | {"phone": "+358405550102"}), None),  # with another phone
        (named("kari", **HOME), named("katri", **HOME), None),  # spouses of alike names
        (named("kari", **HOME), named("virtanen", "katri", **HOME), None),  # and one of them swapped
        (named("mari", "virtanen", **HOME), named("marko", "niemi", **HOME), None),
        (named("eesa", "virtanen", **HOME), named("eeva", "niemi", **HOME), None),  # and one of them with a slip
        (named("kari", **HOME), named("virtanen", "kari", **HOME), "email"),
        (named("kari juhani", **HOME), named("kari", **HOME), "email"),  # one of two given names
        (named("kari juhani", **HOME), named("juhani", **HOME), None),  # father and son, or one: nobody knows
        (named("mari", "virtanen", **HOME, **WORK), named("mari", "niemi", **HOME, **WORK), "two_keys"),  # marriage
        (named("kari", **WORK), named("kari", **WORK), "number"),
        # one has left, and his number is a namesake's with another mailbox
        (named("kari", **WORK, absent=True, email="k@a.fi"), named("kari", **WORK, email="v@a.fi"), None),
        (named("kari", **WORK, absent=True, email="k@a.fi"), named("kari", **WORK, email="k@a.fi"), "number"),
        # columns moved by one: the family name stands for the number
        (named("mari.virtanen@a.fi", "mari", **MOVED), named("mari.virtanen@b.fi", "mari", **MOVED), None),
        # the firm told by id and by name may be one
        (
            named("kari", phone="+358405550101", employer="id 9000001-1"),
            named("kari", phone="+358405550101", employer="name satama oy"),
            "phone",
        ),
        # the switchboard of a small firm, and two namesakes
        (
            named("kari", phone="+3589123456", employer="id 9000001-1"),
            named("kari", phone="+3589123456", employer="id 9000001-1"),
            None,
        ),
    ],
)
def test_rules(one: dict[str, Any], other: dict[str, Any], rule: str | None) -> None:
    for of in ([(1, 2)], [(2, 1)]):
        assert rules.automatic(pairs(one, other, of=of)).tolist() == [rule]
