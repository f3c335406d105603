"""What a legal hold covers, as it is typed."""

from __future__ import annotations

import pytest

from pipelines.command.hold import _scope
from register.retention.holds import Scope
from schemas.errors import NotFound


@pytest.mark.parametrize(
    ("typed", "covers"),
    [
        ("customer:varpunen", Scope(customer="varpunen")),
        ("source:varpunen/hr", Scope(source="varpunen/hr")),
        ("person:G12", Scope(record_type="golden", record_id=12)),
        ("person:12", Scope(record_type="person", record_id=12)),
        ("account:7", Scope(record_type="account", record_id=7)),
    ],
)
def test_what_is_covered(typed: str, covers: Scope) -> None:
    assert _scope(typed, None, None) == covers


@pytest.mark.parametrize("typed", ["varpunen", "G12", "company:G12", "account:G7", "person:"])
def test_what_is_no_scope_is_told_what_is_one(typed: str) -> None:
    with pytest.raises(NotFound, match="customer:NAME"):
        _scope(typed, None, None)
