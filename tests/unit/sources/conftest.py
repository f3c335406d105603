"""A small, correct description of a source, for the tests of `sources` to bend."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # what several folders of tests share

from sources.config import Source

_DOCUMENT: dict[str, Any] = {
    "customer": "satama",
    "register": "hr",
    "title": "Henkilöt",
    "kind": "customer_register",
    "register_type": "hr_directory",
    "valid": {"from": "2026-01-01"},
    "contract": "MDO-1",
    "role": "controller",
    "legal_basis": {"code": "legitimate_interests", "reference": "LIA-2"},
    "owner": {"name": "HR", "email": "hr@example.com"},
    "hosting_country": "FI",
    "read": {"type": "csv", "path": "hr.csv"},
    "key": ["Nro"],
    "records": {"person": {"last_name": "Sukunimi"}},
}


@pytest.fixture
def describe() -> Callable[..., Source]:
    """Make a source from the small description with some keys changed; a key set to None is left out."""

    def make(**changes: Any) -> Source:
        document = copy.deepcopy(_DOCUMENT) | changes
        return Source.model_validate({key: value for key, value in document.items() if value is not None})

    return make
