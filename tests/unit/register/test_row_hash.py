"""A row's hash depends on its cells, the secret and the rules, and on nothing else."""

from __future__ import annotations

import pyarrow as pa
import pytest

from register.row_hash import hash_rows

SECRET, RULES = b"k" * 32, "rules"


def hashes(*columns: list[str | None], secret: bytes = SECRET, rules: str = RULES) -> list[int]:
    table = pa.table({str(at): pa.array(column, pa.string()) for at, column in enumerate(columns)})
    return list(hash_rows(table, secret=secret, rules_version=rules))


@pytest.mark.parametrize("length", [1, 3000], ids=["short", "long"])
def test_everything_counts(length) -> None:
    text = "x" * length
    (one,) = hashes([text], ["b"])
    others = [
        hashes([text], ["c"]),
        hashes([text + "b"], [""]),
        hashes([text], ["b"], secret=b"l" * 32),
        hashes([text], ["b"], rules="others"),
    ]
    assert [one] not in others


def test_neighbours_do_not_count() -> None:
    texts = ["", "a", "ä" * 400, "y" * 5000, "b" * 17]
    assert hashes(texts) == [hashes([text])[0] for text in texts]
    table = pa.table({"0": pa.array(texts, pa.string())})
    assert list(hash_rows(table.slice(2), secret=SECRET, rules_version=RULES)) == hashes(texts[2:])


def test_no_value_is_the_same_as_an_empty_one() -> None:
    assert hashes([None], ["a"]) == hashes([""], ["a"])


def test_no_rows_have_no_hashes() -> None:
    assert hashes([]) == []
