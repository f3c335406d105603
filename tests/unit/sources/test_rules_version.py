"""When the rules version changes, and when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import metadata
from typing import Any

import pytest

from sources import rules_version
from sources.config import Source

Describe = Callable[..., Source]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    caches = (rules_version._code, rules_version._libraries)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


PERSON = {"last_name": "Sukunimi"}


@pytest.mark.parametrize(
    "change",
    [
        {"records": {"person": PERSON | {"first_name": "Etunimi"}}},
        {"records": {"person": {"last_name": "Nimi"}}},
        {"key": ["Toinen"]},
        {"filter": {"exclude": [{"column": "T", "empty": True}]}},
        {"active": {"ends": "Loppui"}},
        {"employer": {"names": ["A Oy"]}},
        {"snapshot": {"type": "scoped", "column": "Y"}},
        {"read": {"path": "hr.csv", "missing": ["-"]}},
        {"read": {"path": "hr.csv", "decimal": "."}},
        {"read": {"path": "hr.csv", "encoding": "utf-8"}},
    ],
)
def test_what_changes_it(describe: Describe, change: dict[str, Any]) -> None:
    assert rules_version.rules_version(describe()) != rules_version.rules_version(describe(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Toinen"},
        {"schedule": "02:30"},
        {"guards": {"min_rows": 9}},
        {"read": {"path": "toinen.csv"}},
        {"valid": {"from": "2026-02-01"}},
        {"after_read": "delete"},
        {"location": {"type": "https", "url": "https://files.lumme.example.com"}},
    ],
)
def test_what_does_not(describe: Describe, change: dict[str, Any]) -> None:
    assert rules_version.rules_version(describe()) == rules_version.rules_version(describe(**change))


@pytest.mark.parametrize("library", rules_version.LIBRARIES)
def test_a_new_release_of_a_value_library(describe: Describe, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_version.rules_version(describe())
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "999" if name == library else real(name))
    rules_version._libraries.cache_clear()
    assert rules_version.rules_version(describe()) != before


def test_a_changed_module(describe: Describe, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    before = rules_version.rules_version(describe())
    files = list(rules_version.code_files())
    for place, (name, path) in enumerate(files):
        copy = tmp_path / "copy.py"
        copy.write_bytes(path.read_bytes() + b"# changed\n")
        changed = [*files[:place], (name, copy), *files[place + 1 :]]
        monkeypatch.setattr(rules_version, "code_files", lambda changed=changed: iter(changed))
        rules_version._code.cache_clear()
        assert rules_version.rules_version(describe()) != before, name


def test_the_modules_that_count() -> None:
    names = [name for name, _ in rules_version.code_files()]
    assert {"schemas/validation.py", "schemas/values/phone.py", "sources/mapping.py", "sources/filters.py"} <= set(
        names
    )
    assert len(names) == len(set(names))
