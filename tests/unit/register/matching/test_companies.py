"""Companies by exact keys: what joins, and what a key that is not one company's does not join."""

from __future__ import annotations

import pandas as pd
import pytest

from register.matching.clusters import Settled
from register.matching.companies import RULES, join

A, B = "9000009-7", "9000011-8"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param([(A, None, "satama FI"), (A, None, "other FI")], [[1, 2]], id="one id, two names"),
        pytest.param([(None, None, "satama FI"), (A, None, "satama FI")], [[1, 2]], id="the id comes later"),
        pytest.param([(A, None, "satama FI"), (B, None, "satama FI")], [], id="two ids, one name"),
        pytest.param(
            [(A, None, "satama FI"), (B, None, "satama FI"), (None, None, "satama FI"), (None, None, "satama FI")],
            [[3, 4]],
            id="a name that two ids bear joins those only that know no id",
        ),
        pytest.param([(None, "SE1", "x SE"), (None, "SE1", "y SE"), (None, None, "y SE")], [[1, 2, 3]], id="VAT, name"),
        pytest.param([(None, None, None), (None, None, None)], [], id="nothing to go by"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_who_is_one_company(records: list[tuple[str | None, ...]], expected: list[list[int]]) -> None:
    frame = pd.DataFrame(records, columns=list(RULES)).astype("str")
    frame.insert(0, "id", range(1, len(frame) + 1))
    settled = join(frame, decided())
    assert together(settled) == expected
    assert len(settled.pairs) == sum(len(members) - 1 for members in expected)


def decided(*said: tuple[int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(said, columns=["a", "b", "verdict"]).astype({"a": "int64", "b": "int64"})


def together(settled: Settled) -> list[list[int]]:
    return [list(members.index) for _, members in settled.labels.groupby(settled.labels) if len(members) > 1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param([(1, 4, "same")], [[1, 2, 3, 4]], id="same, whatever the keys say"),
        pytest.param([(1, 2, "different")], [[1, 3]], id="the others stay with the oldest"),
        pytest.param([(1, 2, "different"), (1, 3, "different")], [[2, 3]], id="those that may, stay together"),
        pytest.param([(2, 3, "different"), (2, 4, "same")], [[1, 2, 4]], id="who is tied to another goes with it"),
        pytest.param([(1, 9, "different"), (8, 9, "same")], [[1, 2, 3]], id="of records that are not there"),
    ],
)
def test_a_person_may_overrule_the_keys(said: list[tuple[int, int, str]], expected: list[list[int]]) -> None:
    frame = pd.DataFrame([(A, None, "a FI"), (A, None, "b FI"), (A, None, "c FI"), (B, None, "d FI")], columns=RULES)
    frame = frame.astype("str")
    frame.insert(0, "id", range(1, 5))
    assert together(join(frame, decided(*said))) == expected


def test_no_chain_of_keys_joins_what_a_person_keeps_apart() -> None:
    frame = pd.DataFrame([(A, None, None), (A, "SE1", None), (None, "SE1", None)], columns=RULES).astype("str")
    frame.insert(0, "id", [1, 2, 3])
    assert together(join(frame, decided((1, 3, "different")))) == [[1, 2]], "the surer key comes first"
    frame = pd.DataFrame([(A, None, None), (A, None, None), (B, None, None), (B, None, None)], columns=RULES)
    frame = frame.astype("str")
    frame.insert(0, "id", range(1, 5))
    settled = join(frame, decided((1, 3, "same"), (2, 4, "different")))
    assert together(settled) == [[1, 3]], "where both keys would do it, neither does"
    assert set(settled.pairs["verdict"]) == {"left"} and set(settled.pairs["reason"]) == {"mixed"}
