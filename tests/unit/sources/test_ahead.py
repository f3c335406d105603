"""Chunks come in order; the next one is read meanwhile, and reading stops when nobody wants more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pyarrow as pa
import pytest

from schemas.errors import SourceRefused
from sources.readers.ahead import ahead
from sources.readers.base import Chunk


def chunks(count: int, read: list[int], *, breaks: bool = False) -> Iterator[Chunk]:
    for number in range(count):
        read.append(number)
        yield Chunk(pa.table({"a": [str(number)]}), np.array([number]))
    if breaks:
        raise SourceRefused("It broke off.")


def test_the_chunks_are_the_same() -> None:
    assert [int(chunk.row_numbers[0]) for chunk in ahead(chunks(5, []))] == [0, 1, 2, 3, 4]


def test_an_error_comes_after_the_chunks_before_it() -> None:
    got = []
    with pytest.raises(SourceRefused):
        got.extend(ahead(chunks(3, [], breaks=True)))
    assert len(got) == 3


def test_nothing_is_read_after_the_end() -> None:
    read: list[int] = []
    with closing(ahead(chunks(100, read))) as coming:
        next(coming)
        next(coming)
    known = len(read)
    assert known <= 3
    assert len(read) == known
