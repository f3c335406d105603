"""Companies by exact keys: what joins, and what a key that is not one company's does not join."""

from __future__ import annotations

import pandas as pd
import pytest

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
    settled = join(frame)
    groups = [list(members.index) for _, members in settled.labels.groupby(settled.labels) if len(members) > 1]
    assert groups == expected
    assert len(settled.pairs) == sum(len(members) - 1 for members in expected)
