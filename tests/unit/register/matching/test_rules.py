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
