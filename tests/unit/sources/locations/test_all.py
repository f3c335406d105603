"""What all locations on other machines have in common: the same file is found, read, noticed and disposed of alike."""

from __future__ import annotations

import functools
import gzip
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from schemas.errors import ConfigurationRefused, Refusal, SourceRefused, TryLater
from sources import intake
from sources.locations import remote
from sources.locations.local import Inbox
from sources.readers.csv_file import open_csv
from sources.readers.csv_settings import CsvRead
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead
from sources.readers.unpack import OpenedFile, PackedFile

DAY = date(2026, 3, 10)
HETU = "010190-999W"
KINDS = ("sftp", "s3", "https")


class Place:
    """One kind of location: put a file there as the customer does, then find it."""

    def __init__(self, kind: str, server: Any, open_at: Callable[[dict[str, Any]], Any]) -> None:
        self.kind = kind
        self.server = server
        self._open_at = open_at

    def put(self, name: str, data: bytes = b"x") -> None:
        if self.kind == "s3":
            self.server.put(name, data)
            return
        path = self.server.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def names(self) -> list[str]:
        if self.kind == "s3":
            return self.server.names()
        folder = self.server.folder
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def remove(self, name: str) -> None:
        if self.kind == "s3":
            self.server.client.delete_object(Bucket="lumme-export", Key=name)
        else:
            (self.server.folder / name).unlink()

    def at(self, **more: Any) -> Any:
        return self._open_at(self.server.location(**more))

    def find(self, path: str, after_read: Any = "keep") -> tuple[intake.Found, Any]:
        described = source(path, after_read)
        return intake.find(described, DAY, self.at()), described


def source(path: str, after_read: Any = "keep") -> Any:
    after_read = SimpleNamespace(**after_read) if isinstance(after_read, dict) else after_read
    return SimpleNamespace(read=CsvRead(path=path), after_read=after_read, name="lumme/hr")


def place_of(request: pytest.FixtureRequest, open_at: Any) -> Place:
    server = request.getfixturevalue({"sftp": "sftp", "s3": "store", "https": "site"}[request.param])
    return Place(request.param, server, open_at)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, open_at: Any) -> Place:
    return place_of(request, open_at)


@pytest.fixture(params=("sftp", "s3"))
def searched(request: pytest.FixtureRequest, open_at: Any) -> Place:
    """A location that can be listed: a site has no folders."""
    return place_of(request, open_at)


def rows_of(register: Any) -> list[Any]:
    rows = [(chunk.rows.to_pylist(), chunk.row_numbers.tolist()) for chunk in register.chunks()]
    register.close()
    return rows


@functools.cache
def csv_text(rows: int = 40_000) -> bytes:
    random.seed(7)
    lines = [f"{number};Kanarialintu{number};{random.random()}" for number in range(rows)]
    return "\n".join(["Nro;Sukunimi;Luku", *lines]).encode()


COLUMNS: dict[str, Any] = {"wanted": ["Nro", "Sukunimi", "Luku"], "required": ["Nro"]}


@pytest.mark.parametrize("packing", ["", ".gz"])
def test_the_rows_are_those_of_the_local_file(place: Place, packing: str, tmp_path: Path, monkeypatch: Any) -> None:
    """The file is several blocks long, also packed."""
    monkeypatch.setattr(remote, "BLOCK", 100_000)
    data = csv_text()
    data = gzip.compress(data) if packing else data
    (tmp_path / "local").mkdir()
    (tmp_path / "local/h.csv").write_bytes(data)
    place.put(f"lumme/h_2026-03-10.csv{packing}", data)
    found, _ = place.find(f"lumme/h_{{date}}.csv{packing}")
    there = open_csv(found, CsvRead(path="x"), **COLUMNS)
    here = open_csv(tmp_path / "local/h.csv", CsvRead(path="x"), **COLUMNS)
    assert there.digest == here.digest
    assert rows_of(there) == rows_of(here)
    assert there.incomplete == []


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [("Nro", "Sukunimi", "Luku"), *((number, f"Kanarialintu{number}", 1.5) for number in range(200))]:
        book.worksheets[0].append(row)
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "h.xlsx")
        return (Path(folder) / "h.xlsx").read_bytes()


def test_a_workbook_is_read_without_a_file_of_ours(place: Place, tmp_path: Path) -> None:
    data = workbook()
    (tmp_path / "h.xlsx").write_bytes(data)
    place.put("h.xlsx", data)
    found, _ = place.find("h.xlsx")
    there = open_excel(found, ExcelRead(path="x"), **COLUMNS)
    here = open_excel(tmp_path / "h.xlsx", ExcelRead(path="x"), **COLUMNS)
    assert there.digest == here.digest
    assert rows_of(there) == rows_of(here)


def test_a_workbook_that_no_memory_should_hold_is_refused(place: Place, monkeypatch: Any) -> None:
    monkeypatch.setattr(remote, "MOST_HELD", 100)
    place.put("h.xlsx", workbook())
    found, _ = place.find("h.xlsx")
    with pytest.raises(SourceRefused, match="at most"):
        OpenedFile(found, hold=True)


_watched: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched is not None and event == "open" and isinstance(arguments[0], str | bytes):
        path, flags = os.fsdecode(arguments[0]), arguments[2] or 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not path.startswith("/dev/"):
            _watched.append(path)


sys.addaudithook(_watch)


@contextmanager
def written() -> Iterator[list[str]]:
    """The files that anything in this process opens for writing, also those that are gone again in the end."""
    global _watched
    _watched = []
    try:
        yield _watched
    finally:
        _watched = None


def test_nothing_is_written_to_disk(place: Place, tmp_path: Path, monkeypatch: Any) -> None:
    mine = tmp_path / "mine"
    for name in ("tmp", "home", "cwd"):
        (mine / name).mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(mine / "tmp"))
    monkeypatch.setenv("HOME", str(mine / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(mine / "tmp"))
    monkeypatch.chdir(mine / "cwd")
    place.put("h.csv", csv_text(10_000))
    place.put("h.xlsx", workbook())
    with written() as files:
        with open("/dev/null", "wb"), open(mine / "cwd/proof", "wb"):
            pass
        for name, reader, read in (("h.csv", open_csv, CsvRead(path="x")), ("h.xlsx", open_excel, ExcelRead(path="x"))):
            found, _ = place.find(name)
            assert rows_of(reader(found, read, **COLUMNS))  # type: ignore[operator]
            found.location.close()
    assert files == [str(mine / "cwd/proof")]
    (mine / "cwd/proof").unlink()
    assert [path for path in mine.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("after", [0, 1, 150_000])
def test_no_read_is_of_two_files(place: Place, after: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(remote, "BLOCK", 100_000)
    place.put("h.csv", csv_text())
    found, _ = place.find("h.csv")
    stream = PackedFile(found).stream()
    assert len(stream.read(after)) == after
    place.put("h.csv", csv_text(40_001))
    with pytest.raises(TryLater, match="replaced or removed") as refused:
        while stream.read(50_000):
            continue
    assert refused.value.__context__ is None


def test_a_file_that_is_replaced_between_the_passes_is_noticed(place: Place, monkeypatch: Any) -> None:
    monkeypatch.setattr(remote, "BLOCK", 100_000)
    place.put("h.csv", csv_text())
    found, _ = place.find("h.csv")
    register = open_csv(found, CsvRead(path="x"), **COLUMNS)
    place.put("h.csv", csv_text(40_001))
    with pytest.raises(TryLater, match="replaced or removed"):
        list(register.chunks())


def test_a_file_that_changed_after_its_last_block_is_noticed(place: Place) -> None:
    place.put("h.csv", csv_text(100))
    found, _ = place.find("h.csv")
    register = open_csv(found, CsvRead(path="x"), **COLUMNS)
    chunks = register.chunks()
    next(chunks)
    place.put("h.csv", csv_text(101))
    list(chunks)
    assert register.incomplete == ["the file changed while it was read"]


def test_a_file_that_vanished(place: Place) -> None:
    place.put("h.csv", csv_text(100))
    found, _ = place.find("h.csv")
    place.remove("h.csv")
    with pytest.raises(TryLater, match="removed"):
        open_csv(found, CsvRead(path="x"), **COLUMNS)
    with pytest.raises(intake.NotDelivered, match=r"matches h\.csv"):
        place.find("h.csv")


def test_an_empty_file_is_refused(place: Place) -> None:
    place.put("h.csv", b"")
    found, _ = place.find("h.csv")
    with pytest.raises(SourceRefused, match="0 bytes"):
        open_csv(found, CsvRead(path="x"), **COLUMNS)


@pytest.mark.parametrize(
    ("template", "name", "shown"),
    [
        ("satama/h_{date-1:%d.%m.%Y}.csv", "satama/h_09.03.2026.csv", "satama/h_09.03.2026.csv"),
        ("*/h_{date}.csv", "satama/h_2026-03-10.csv", "*/h_2026-03-10.csv"),
        ("satama/h*.csv", "satama/h_Matti_Virtanen.csv", "satama/h*.csv"),
        ("h[1]*.csv", "h[1]x#y.csv", "h[1]*.csv"),
        ("henkilöt.csv", "henkilo\u0308t.csv", "henkilöt.csv"),
    ],
)
def test_names_are_found_as_in_the_inbox(searched: Place, template: str, name: str, shown: str) -> None:
    searched.put(name, b"12345")
    for other in ("other.csv", "satama/.h_hidden.csv", "h_sub/h_2026-03-10.txt"):
        searched.put(other)
    found, _ = searched.find(template)
    assert (found.path, found.name_shown, found.state.size) == (name, shown, 5)
    with OpenedFile(found).file as file:
        assert file.read(5) == b"12345"


def test_several_are_counted_and_codes_withheld(searched: Place) -> None:
    for name in ("h_virtanen.csv", "h_aho.csv", f"code/{HETU}.csv"):
        searched.put(name)
    for template in ("h_*.csv", "code/*.csv"):
        with pytest.raises(SourceRefused) as refused:
            searched.find(template)
        assert "virtanen" not in str(refused.value) and HETU not in str(refused.value)


def test_a_folder_is_no_file(searched: Place) -> None:
    searched.put("h.csv/x", b"x")
    with pytest.raises(SourceRefused, match="no regular file"):
        searched.find("h.csv")


def test_after_read(searched: Place) -> None:
    for expected in ("done/2026/h.csv.gz", "done/2026/h-1.csv.gz"):
        searched.put("hr/h.csv.gz", b"rows")
        found, described = searched.find("hr/h.csv.gz", {"move": "done/2026"})
        found.location.close()
        assert intake.dispose(found, described) == expected
        assert expected in searched.names() and "hr/h.csv.gz" not in searched.names()
    searched.put("hr/h.csv.gz", b"rows")
    found, described = searched.find("hr/h.csv.gz", "delete")
    searched.put("hr/h.csv.gz", b"the next delivery")
    with pytest.raises(SourceRefused, match="replaced or changed"):
        intake.dispose(found, described)
    found, described = searched.find("hr/h.csv.gz", "delete")
    assert intake.dispose(found, described) is None
    assert searched.names() == ["done/2026/h-1.csv.gz", "done/2026/h.csv.gz"]


def test_what_goes_back(searched: Place) -> None:
    at = searched.at()
    for expected in ("returned/h/r.xlsx", "returned/h/r-1.xlsx"):
        assert at.write("returned/h/r.xlsx", b"rejected " + expected.encode()) == expected
    assert searched.names() == ["returned/h/r-1.xlsx", "returned/h/r.xlsx"]
    for name in searched.names():
        with at.open(name, at.look(name)).file as file:
            assert file.read() == b"rejected " + name.encode()


def test_nothing_goes_back_to_a_site(site: Any, open_at: Any) -> None:
    with pytest.raises(SourceRefused):
        open_at(site.location()).write("returned/r.xlsx", b"x")
    assert list(site.folder.rglob("*.xlsx")) == []


def test_what_goes_back_into_the_inbox(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    assert [inbox.write("returned/r.xlsx", b"x") for _ in range(2)] == ["returned/r.xlsx", "returned/r-1.xlsx"]
    written = tmp_path / "inbox/returned/r.xlsx"
    assert written.read_bytes() == b"x" and written.stat().st_mode & 0o077 == 0
    (tmp_path / "outside").mkdir()
    (tmp_path / "inbox/link").symlink_to(tmp_path / "outside")
    with pytest.raises(SourceRefused, match="outside the inbox"):
        inbox.write("link/r.xlsx", b"x")
    written.parent.chmod(0o500)
    if os.geteuid() == 0:  # for root there are no rights; a file in a folder's place stops everybody
        (tmp_path / "inbox/full").write_bytes(b"")
    with pytest.raises(TryLater, match="cannot be written to"):
        inbox.write("full/r.xlsx" if os.geteuid() == 0 else "returned/r2.xlsx", b"x")


SECRETS = {"sftp": "LUMME_PASSWORD", "s3": "LUMME_SECRET_KEY", "https": "LUMME_TOKEN"}


def test_a_secret_that_is_not_set_is_named(place: Place, monkeypatch: Any) -> None:
    monkeypatch.delenv(SECRETS[place.kind])
    with pytest.raises(ConfigurationRefused, match=SECRETS[place.kind]):
        place.find("h.csv")


ELSEWHERE = {"sftp": {"port": 1}, "s3": {"endpoint_url": "http://127.0.0.1:1"}, "https": {"url": "https://127.0.0.1:1"}}


def test_a_server_that_is_not_there_is_worth_a_retry(place: Place) -> None:
    with pytest.raises(TryLater, match="could not be made or broke") as refused:
        intake.find(source("h.csv"), DAY, place.at(**ELSEWHERE[place.kind]))
    assert refused.value.__context__ is None and refused.value.__cause__ is None


def test_the_inbox_refuses_as_before(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="No file in the inbox matches"):
        intake.find(source("h.csv"), DAY, Inbox(tmp_path))
