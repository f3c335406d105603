"""Finding the one file for a business date, and what becomes of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from schemas.errors import SourceRefused, TryLater
from sources import intake
from sources.locations.local import Inbox
from sources.readers.csv_settings import CsvRead

DAY = date(2026, 3, 10)
HETU = "010190-999W"


def source(path: str, after_read: Any = "keep") -> Any:
    if isinstance(after_read, dict):
        after_read = SimpleNamespace(**after_read)
    return SimpleNamespace(read=CsvRead(path=path), after_read=after_read, name="satama/hr")


def put(root: Path, name: str, data: bytes = b"x") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("template", "name", "shown"),
    [
        ("a.csv", "a.csv", "a.csv"),
        ("satama/h_{date:%Y%m%d}.csv", "satama/h_20260310.csv", "satama/h_20260310.csv"),
        ("satama/h_{date-1:%d.%m.%Y}.csv", "satama/h_09.03.2026.csv", "satama/h_09.03.2026.csv"),
        ("*/h_{date}.csv", "satama/h_2026-03-10.csv", "*/h_2026-03-10.csv"),
        ("h_{date}*.csv", "h_2026-03-10.csv", "h_2026-03-10.csv"),
        ("h*.csv", "h_20260309_013000.csv", "h_20260309_013000.csv"),
        ("h*.csv", "h_Matti_Virtanen.csv", "h*.csv"),
        ("h?*.csv", "h_0401234567.csv", "h?*.csv"),
        ("h[1].csv", "h[1].csv", "h[1].csv"),
        ("h[1]*.csv", "h[1]x.csv", "h[1]*.csv"),
        ("henkilöt.csv", "henkilo\u0308t.csv", "henkilöt.csv"),
        ("henkilöt*.csv", "henkilo\u0308t.csv", "henkilöt.csv"),
    ],
)
def test_the_one_file_is_found(template: str, name: str, shown: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, b"12345")
    put(tmp_path, "other.csv")
    put(tmp_path, ".h_hidden.csv")
    found = intake.find(source(template), DAY, Inbox(tmp_path))
    assert tmp_path / found.path == path
    assert found.name_shown == shown
    assert found.state.size == 5
    assert str(path.stat().st_mtime_ns) in found.state.version


def test_nothing_found_names_the_pattern(tmp_path: Path) -> None:
    put(tmp_path, "h_20260309.csv")
    with pytest.raises(SourceRefused, match=r"h_20260310\.csv"):
        intake.find(source("h_{date:%Y%m%d}.csv"), DAY, Inbox(tmp_path))
    with pytest.raises(SourceRefused):
        intake.find(source("satama/h.csv"), DAY, Inbox(tmp_path))


def test_several_found_are_counted_and_not_named(tmp_path: Path) -> None:
    for name in ("h_virtanen.csv", "h_nieminen.csv", "h_aho.csv"):
        put(tmp_path, name)
    with pytest.raises(SourceRefused, match=r"3 files .* h_\*\.csv") as refused:
        intake.find(source("h_*.csv"), DAY, Inbox(tmp_path))
    assert "virtanen" not in str(refused.value)


@pytest.mark.parametrize("name", [f"h_{HETU}.csv", f"{HETU}/h_1.csv"])
def test_an_identity_code_in_the_name_is_refused_and_not_shown(name: str, tmp_path: Path) -> None:
    put(tmp_path, name)
    with pytest.raises(SourceRefused) as refused:
        intake.find(source("*/h_*.csv" if "/" in name else "h_*.csv"), DAY, Inbox(tmp_path))
    assert "personal identity code" in str(refused.value)
    assert HETU not in str(refused.value)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_out_of_the_inbox_is_refused(kind: str, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.csv")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    if kind == "file":
        (inbox / "secret.csv").symlink_to(outside)
        template = "secret.csv"
    else:
        (inbox / "sub").symlink_to(outside.parent)
        template = "sub/*.csv"
    with pytest.raises(SourceRefused, match="leads out"):
        intake.find(source(template), DAY, Inbox(inbox))


def test_a_link_inside_the_inbox_and_a_linked_inbox_are_followed(tmp_path: Path) -> None:
    put(tmp_path, "real/a.csv")
    (tmp_path / "inbox").symlink_to(tmp_path / "real")
    (tmp_path / "real/b.csv").symlink_to(tmp_path / "real/a.csv")
    assert intake.find(source("b.csv"), DAY, Inbox(tmp_path / "inbox")).path == "b.csv"


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    os.mkfifo(tmp_path / "b.csv")
    for name in ("a.csv", "b.csv"):
        with pytest.raises(SourceRefused, match="regular"):
            intake.find(source(name), DAY, Inbox(tmp_path))


def test_an_inbox_that_is_not_there_is_worth_a_retry(tmp_path: Path) -> None:
    with pytest.raises(TryLater):
        intake.find(source("a.csv"), DAY, Inbox(tmp_path / "unmounted"))


def found_in(root: Path, after_read: Any, name: str = "h.csv.gz", data: bytes = b"rows") -> tuple[intake.Found, Any]:
    put(root, name, data)
    described = source(name, after_read)
    return intake.find(described, DAY, Inbox(root)), described


def test_keep_and_delete(tmp_path: Path) -> None:
    kept, described = found_in(tmp_path, "keep")
    assert intake.dispose(kept, described) == kept.path and (tmp_path / kept.path).exists()
    gone, described = found_in(tmp_path, "delete")
    assert intake.dispose(gone, described) is None and not (tmp_path / gone.path).exists()


@pytest.mark.parametrize("other_device", [False, True])
def test_move_numbers_names_that_are_taken(other_device: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def across(origin: Path, target: Path) -> None:
        if other_device and Path(origin).parent == tmp_path:
            raise OSError(18, "Invalid cross-device link")
        real(origin, target)

    monkeypatch.setattr(os, "replace", across)
    for number, expected in enumerate(["h.csv.gz", "h-1.csv.gz", "h-2.csv.gz"]):
        data = b"rows %d" % number
        found, described = found_in(tmp_path, {"move": "done/satama"}, data=data)
        target = intake.dispose(found, described)
        assert target == f"done/satama/{expected}"
        assert (tmp_path / target).read_bytes() == data
        assert not (tmp_path / found.path).exists()
    assert sorted(p.name for p in (tmp_path / "done/satama").iterdir()) == ["h-1.csv.gz", "h-2.csv.gz", "h.csv.gz"]


def test_a_move_that_fails_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, described = found_in(tmp_path, {"move": "done"})

    def fails(origin: Path, target: Path) -> None:
        raise OSError(28, "No space left on device: virtanen.csv")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(TryLater) as refused:
        intake.dispose(found, described)
    assert refused.value.__context__ is None
    assert (tmp_path / found.path).read_bytes() == b"rows"
    assert list((tmp_path / "done").iterdir()) == []


@pytest.mark.parametrize("after_read", ["delete", {"move": "done"}])
def test_a_file_that_was_replaced_meanwhile_stays(after_read: Any, tmp_path: Path) -> None:
    found, described = found_in(tmp_path, after_read)
    put(tmp_path, "h.csv.gz", b"the next delivery")
    with pytest.raises(SourceRefused, match="replaced or changed"):
        intake.dispose(found, described)
    assert (tmp_path / found.path).read_bytes() == b"the next delivery"


@pytest.mark.parametrize("folder", ["../elsewhere", "/tmp/elsewhere", "link"])
def test_nothing_is_moved_out_of_the_inbox(folder: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    found, described = found_in(inbox, {"move": folder})
    (inbox / "link").symlink_to(tmp_path)
    with pytest.raises(SourceRefused, match="outside"):
        intake.dispose(found, described)
    assert (inbox / found.path).exists()
