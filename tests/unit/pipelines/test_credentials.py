"""Credentials of systemd become variables, where nobody has set them and the name is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines import credentials
from schemas.errors import ConfigurationRefused


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "environ", dict(os.environ) | {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    return tmp_path


def test_each_file_is_a_variable(folder: Path) -> None:
    (folder / "env_SATAMA_TOKEN").write_text("Keltasirkku\n", "utf-8")
    (folder / "env_MDO_ALERTS").write_text("FI jsons://hook.example.fi/path", "utf-8")
    (folder / "other").write_text("x", "utf-8")
    (folder / "env_lower").write_text("x", "utf-8")
    before = set(os.environ)
    credentials.take()
    assert set(os.environ) - before == {"SATAMA_TOKEN", "MDO_ALERTS"}
    assert os.environ["SATAMA_TOKEN"] == "Keltasirkku"


def test_what_is_set_stays(folder: Path) -> None:
    (folder / "env_SATAMA_TOKEN").write_text("file", "utf-8")
    os.environ["SATAMA_TOKEN"] = "variable"
    credentials.take()
    assert os.environ["SATAMA_TOKEN"] == "variable"


def test_one_that_is_no_text_is_refused_by_name(folder: Path) -> None:
    (folder / "env_SATAMA_TOKEN").write_bytes(b"Keltasirkku\xff")
    with pytest.raises(ConfigurationRefused, match="env_SATAMA_TOKEN") as caught:
        credentials.take()
    assert "Keltasirkku" not in str(caught.value)
    assert caught.value.__context__ is None


def test_without_systemd_there_is_nothing_to_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    credentials.take()
