"""Registers on other machines, through whole syncs into the register, and the test of a source before the first."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from api_server import Request, serving
from descriptions import described as description
from file_servers import PASSWORD, S3_SECRET, Sftp, Site, Store, running_store, secrets, sftp, site, store

from schemas.errors import SourceRefused, TryLater

__all__ = ["running_store", "secrets", "sftp", "site", "store"]

FIRST, SECOND = date(2026, 3, 10), date(2026, 3, 11)
SOURCE = """
guards: {min_rows: 0}
key: [Nro]
records:
  person: {last_name: Sukunimi, first_name: Etunimi}
"""
ROWS = [["Nro", "Sukunimi", "Etunimi"], ["1", "Kuvitelma", "Aino"], ["2", "Åkerström", "Örjan"], ["3", "", "Tauno"]]
HELD = [("1", "Kuvitelma", "Aino"), ("2", "Åkerström", "Örjan")]


def described(location: dict[str, Any] | None, **more: Any) -> str:
    """The text of a source file; JSON is YAML."""
    blocks = ({"location": location} if location else {}) | more
    return description(SOURCE, customer="lumme", **{key: json.dumps(value) for key, value in blocks.items()})


def csv(rows: list[list[str]] = ROWS) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


def workbook() -> bytes:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(packed)
    return packed.getvalue()


def people(bench: Any) -> list[tuple[Any, ...]]:
    return bench.rows("select key, last_name, first_name from register.person_record order by key")


def quarantine(bench: Any) -> list[tuple[Any, ...]]:
    return bench.rows("select row_number, rule, column_name from sync.quarantine order by 1, 2")


def test_a_csv_by_sftp_night_after_night(bench: Any, sftp: Sftp) -> None:
    (sftp.folder / "out").mkdir()
    (sftp.folder / "out/h_2026-03-10_0012.csv").write_bytes(csv())
    source = bench.source(
        described(sftp.location(folder="/out"), read={"path": "h_{date}*.csv"}, after_read={"move": "done"})
    )
    first = bench.sync(source, FIRST)
    assert (first.status, first.counts["inserted"], first.counts["quarantined"]) == ("applied", 2, 1)
    assert first.batch.file_name == "h_2026-03-10*.csv"
    assert (first.batch.complete, first.batch.notes) == (True, [])
    assert people(bench) == HELD
    assert [path.name for path in (sftp.folder / "out/done").iterdir()] == ["h_2026-03-10_0012.csv"]
    assert bench.sync(source, FIRST).status == "unchanged", "the file has been moved, and its date is done"
    (sftp.folder / "out/h_2026-03-11.csv").write_bytes(csv([*ROWS[:2], ["2", "Åkerman", "Örjan"]]))
    second = bench.sync(source, SECOND)
    assert (second.counts["updated"], second.counts["unchanged"]) == (1, 1)


def test_a_workbook_from_a_bucket(bench: Any, store: Store) -> None:
    store.put("hr/h_20260310.xlsx", workbook())
    source = bench.source(
        described(
            store.location(prefix="hr"),
            read={"type": "excel", "path": "h_{date:%Y%m%d}.xlsx"},
            after_read="delete",
        )
    )
    assert bench.sync(source, FIRST, dry_run=True).counts["inserted"] == 2
    assert store.names() == ["hr/h_20260310.xlsx"], "a dry run leaves the customer's file"
    assert bench.sync(source, FIRST).status == "applied"
    assert people(bench) == HELD
    assert store.names() == []


def test_a_packed_file_over_https(bench: Any, site: Site) -> None:
    (site.folder / "h_2026-03-10.csv.gz").write_bytes(gzip.compress(csv()))
    source = bench.source(described(site.location(), read={"path": "h_{date}.csv.gz"}))
    result = bench.sync(source, FIRST)
    assert (result.status, result.batch.file_name) == ("applied", "h_2026-03-10.csv.gz")
    assert people(bench) == HELD
    assert bench.sync(source, FIRST).status == "unchanged"


def test_the_register_is_that_of_the_local_file(
    bench: Any, bench_at: Any, server: Any, sftp: Sftp, tmp_path: Path
) -> None:
    """The same bytes by another way: the same digest, rows, quarantine and rules version."""
    (sftp.folder / "h.csv").write_bytes(csv())
    there = bench.sync(bench.source(described(sftp.location(), read={"path": "h.csv"})), FIRST)
    name = server.fresh_database()
    other = bench_at(server.url(name), tmp_path / "other")
    other.put("h.csv", csv())
    here = other.sync(other.source(described(None, read={"path": "h.csv"})), FIRST)
    assert (there.counts, there.batch.digest) == (here.counts, here.batch.digest)
    assert there.batch.rules_version == here.batch.rules_version
    assert (people(bench), quarantine(bench)) == (people(other), quarantine(other))


def test_a_night_that_fails_says_no_secret_and_changes_nothing(bench: Any, sftp: Sftp, monkeypatch: Any) -> None:
    (sftp.folder / "h.csv").write_bytes(csv())
    source = bench.source(described(sftp.location(), read={"path": "h.csv"}))
    bench.sync(source, FIRST)
    before = bench.state()
    (sftp.folder / "h.csv").write_bytes(csv([*ROWS, ["9", "Kanarialintu", "Aino"]]))
    with monkeypatch.context() as patched:
        patched.setenv("LUMME_PASSWORD", "vaara-Kanarialintu")
        with pytest.raises(SourceRefused, match="does not let us in"):
            bench.sync(source, SECOND)
    sftp.trick = lambda number: (sftp.folder / "h.csv").unlink(missing_ok=True)
    with pytest.raises(TryLater, match="replaced or removed"):
        source_small = source.model_copy(update={"read": source.read.model_copy(update={"encoding": "utf-8"})})
        with monkeypatch.context() as patched:
            patched.setattr("sources.locations.remote.BLOCK", 10)
            patched.setattr("sources.readers.survey.BLOCK", 10)
            bench.sync(source_small, SECOND)
    assert bench.state() == before
    reasons = bench.rows("select status, reason from sync.batch where business_date = %s", SECOND)
    assert [status for status, _ in reasons] == ["failed", "failed"]
    assert "Kanarialintu" not in str(reasons) and PASSWORD not in str(reasons)


# --- mdo source test


@pytest.fixture
def tested(tmp_path: Path, monkeypatch: Any) -> Callable[..., tuple[int, str]]:
    """Types ``mdo source test`` for a source with these blocks; no database is needed for it."""

    def type_it(*arguments: str, **blocks: Any) -> tuple[int, str]:
        from pipelines.command import main

        home = tmp_path / "home"
        (home / "sources").mkdir(parents=True, exist_ok=True)
        (home / "inbox").mkdir(exist_ok=True)
        (home / "sources/hr.yaml").write_text(described(blocks.pop("location", None), **blocks), "utf-8")
        monkeypatch.setenv("MDO_HOME", str(home))
        monkeypatch.setenv("MDO_TODAY", str(FIRST))
        monkeypatch.setattr(sys, "argv", ["mdo", "source", "test", *(arguments or ("lumme/hr",))])
        said = io.StringIO()
        code = 0
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                main()
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else 0
        text = " ".join(said.getvalue().split())
        assert PASSWORD not in text and S3_SECRET not in text and "Traceback" not in text
        assert not (home / "postgres").exists()
        return code, text

    return type_it


def test_a_source_that_is_there(tested: Any, sftp: Sftp, store: Store, site: Site) -> None:
    name = "h_2026-03-10.csv"
    read = {"path": "h_{date}.csv"}
    for folder in (sftp.folder, site.folder):
        (folder / name).write_bytes(csv())
    store.put(f"hr/{name}", csv())
    for location in (sftp.location(), store.location(prefix="hr"), site.location()):
        code, said = tested(location=location, read=read, after_read="keep")
        assert code == 0, said
        assert f"{name} is there, {len(csv())} bytes." in said
        assert "Not tried: whether it may be read" in said
    assert sftp.reads == 0
    assert {method for method, _ in site.asked} == {"HEAD"}
    code, said = tested(location=sftp.location(), read=read, after_read="delete")
    assert code == 0 and "whether it may be moved or deleted" in said and (sftp.folder / name).exists()


def test_a_source_that_is_not(tested: Any, sftp: Sftp) -> None:
    read = {"path": "h_{date}.csv"}
    code, said = tested("lumme/hr", "--date", "2026-03-11", location=sftp.location(), read=read)
    assert code == 1
    assert "Connection: made" in said and "No file on the SFTP server matches h_2026-03-11.csv." in said
    code, said = tested(location=sftp.location(user="x", password={"env": "NOT_SET"}), read=read)
    assert code == 1 and "NOT_SET is not set" in said
    code, said = tested("lumme/hr", "--date", "2025-01-01", location=sftp.location(), read=read)
    assert code == 1 and "may not be read for 2025-01-01" in said
    assert tested("lumme/other", read=read)[0] == 1
    code, said = tested(read=read)
    assert code == 1 and "No file in the inbox matches h_2026-03-10.csv." in said


@pytest.mark.parametrize(
    ("status", "code", "answer"),
    [
        (200, 0, "Permission: the API took our question for the head of the list, with our credentials."),
        (405, 0, "Not tried: whether we may read, since the API knows no HEAD"),
        (401, 1, "The API answered 401 Unauthorized."),
        (403, 1, "The API answered 403 Forbidden."),
    ],
)
def test_an_api_is_asked_once_and_for_no_record(
    tested: Any, secrets: None, status: int, code: int, answer: str
) -> None:
    def reply(request: Request) -> None:
        assert request.method == "HEAD"
        request.reply(status=status, body=b"")

    with serving() as server:
        server.answer = reply
        auth = {"type": "bearer", "token": {"env": "LUMME_TOKEN"}}
        found, said = tested(read={"type": "api", "url": f"{server.home}/people", "auth": auth})
    assert (found, len(server.asked)) == (code, 1)
    assert answer in said
