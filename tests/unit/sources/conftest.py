"""A small, correct description of a source, for the tests of `sources` to bend."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from small_source import DOCUMENT

from sources.config import Source


@pytest.fixture
def describe() -> Callable[..., Source]:
    """Make a source from the small description with some keys changed; a key set to None is left out."""

    def make(**changes: Any) -> Source:
        document = copy.deepcopy(DOCUMENT) | changes
        return Source.model_validate({key: value for key, value in document.items() if value is not None})

    return make
