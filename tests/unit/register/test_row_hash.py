"""A row's hash depends on its cells, the secret and the rules, and on nothing else."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from pandas.util import hash_array

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


def test_the_hash_stays_what_it_is() -> None:
    # SipHash-2-4's first test vector (no bytes, key 00 to 0f), shuffled as pandas does; a release that hashes otherwise
    # would send every row of every register through once more
    key = bytes(range(16)).decode("latin-1")
    vector = hash_array(np.array([b""], dtype=object), encoding="latin-1", hash_key=key, categorize=False)
    assert vector[0] == _shuffled(0x726FDB47DD0E0E31)
    assert hashes(["a"], ["b"]) == [-3658379340402676608]


def _shuffled(number: int) -> int:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        number = (number ^ number >> shift) * factor % 2**64
    return number


def test_neighbours_do_not_count() -> None:
    texts = ["", "a", "ä" * 400, "y" * 5000, "b" * 17]
    assert hashes(texts) == [hashes([text])[0] for text in texts]
    table = pa.table({"0": pa.array(texts, pa.string())})
    assert list(hash_rows(table.slice(2), secret=SECRET, rules_version=RULES)) == hashes(texts[2:])


def test_no_value_is_the_same_as_an_empty_one() -> None:
    assert hashes([None], ["a"]) == hashes([""], ["a"])


def test_no_rows_have_no_hashes() -> None:
    assert hashes([]) == []
