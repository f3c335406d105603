"""Components, against a walk from node to node; and which links carry a record."""

from __future__ import annotations

import random

import numpy as np
import pytest

from register.matching.clusters import components


def walked(edges: list[tuple[int, int]], size: int) -> list[int]:
    """The smallest node that each can walk to."""
    beside: dict[int, set[int]] = {node: {node} for node in range(size)}
    for a, b in edges:
        beside[a].add(b)
        beside[b].add(a)
    least = []
    for node in range(size):
        seen, ahead = {node}, [node]
        while ahead:
            ahead = [other for one in ahead for other in beside[one] if other not in seen and not seen.add(other)]
        least.append(min(seen))
    return least


@pytest.mark.parametrize("seed", range(20))
def test_components_are_those_of_a_walk(seed: int) -> None:
    draw = random.Random(seed)
    size = draw.randrange(1, 60)
    edges = [(draw.randrange(size), draw.randrange(size)) for _ in range(draw.randrange(0, size))]
    a, b = (np.array([edge[side] for edge in edges], dtype="int64") for side in (0, 1))
    assert components(a, b, size).tolist() == walked(edges, size)


def test_a_long_chain_is_one_component() -> None:
    ends = np.arange(999, dtype="int64")
    assert set(components(ends, ends + 1, 1000)) == {0}
