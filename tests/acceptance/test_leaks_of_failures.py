"""Invariant 6 where a night fails: whatever breaks, and wherever, the night says what it was without a value.

Each failure is provoked in the middle of a real night. Files and descriptions that are refused stand below.
"""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest
from canaries import HERE, canary, file_of, night, put, row

__all__ = ["night"]


@contextmanager
def _sql(home, before: str, after: str) -> Iterator[None]:
    with psycopg.connect(home.url) as connection:
        connection.execute(before)
    try:
        yield
    finally:
        with psycopg.connect(home.url) as connection:
            connection.execute(after)


_TRIGGER = """
create function public.complain() returns trigger language plpgsql as
$$ begin raise exception 'no % in %', new.last_name, new using detail = new::text, hint = new.key; end $$;
create trigger complain before insert on register.person_record for each row execute function public.complain()
"""


def _a_check_constraint(night, monkeypatch):
    return _sql(
        night.home,
        "alter table register.person_record add constraint no_birds check (last_name !~* 'kanaria') not valid",
        "alter table register.person_record drop constraint no_birds",
    )


def _a_trigger_that_quotes_the_row(night, monkeypatch):
    return _sql(night.home, _TRIGGER, "drop function public.complain() cascade")


@contextmanager
def _a_cast_during_copy(night, monkeypatch):
    """PostgreSQL's message quotes the cell, its CONTEXT the whole line of the COPY."""
    from register import staging

    monkeypatch.setitem(staging._ROW_COLUMNS, "key", "integer")
    yield


@contextmanager
def _a_model_that_does_not_fit(night, monkeypatch):
    """A structural failure of Pandera, whose errors quote the cells."""
    from schemas.values import CLEANERS
    from schemas.values.base import Cleaned

    monkeypatch.setitem(CLEANERS, "date", lambda raw, **_: Cleaned(raw))
    yield


@contextmanager
def _a_cleaner_with_a_fault(night, monkeypatch):
    from schemas.values import CLEANERS

    def clean(raw, **_):
        raise ValueError(f"cannot clean {raw.tolist()}")

    monkeypatch.setitem(CLEANERS, "name", clean)
    yield


@contextmanager
def _a_reader_with_a_fault(night, monkeypatch):
    from sources.readers import csv_file

    def pieces(self):
        raise UnicodeDecodeError("utf-8", self._stream.read(4000), 0, 1, "made to fail")
        yield

    monkeypatch.setattr(csv_file.Records, "pieces", pieces)
    yield


@contextmanager
def _a_fault_with_a_cause(night, monkeypatch):
    """An error that quotes a row, raised from one that does, inside an ``except`` that handles a third."""
    from assets import judge

    def map_rows(_source, frame, numbers):
        try:
            int(frame["Sukunimi"].iloc[0])
        except ValueError:
            raise KeyError(str(frame.iloc[0].to_dict())) from RuntimeError(frame["Nimike"].iloc[0])

    monkeypatch.setattr(judge, "map_rows", map_rows)
    yield


@contextmanager
def _a_warning_that_quotes(night, monkeypatch):
    """A library that warns, logs and prints a row, and then fails."""
    from sources import mapping

    def cells(frame, *_):
        warnings.warn(f"odd value {_first(frame)}", stacklevel=2)
        raise OSError(2, "no such file", f"/{_first(frame)}")

    monkeypatch.setattr(mapping, "Cells", cells)
    monkeypatch.setattr(warnings, "showwarning", lambda *_a, **_k: None)  # what a library prints is not in our hands
    yield


def _first(frame) -> str:
    return str(frame.iloc[0].to_dict())


@contextmanager
def _a_lost_connection(night, monkeypatch):
    from assets import pull

    genuine = pull.findings.join

    def join(parts):
        with psycopg.connect(night.home.url) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                " and datname = current_database()"
            )
        return genuine(parts)

    monkeypatch.setattr(pull.findings, "join", join)
    yield


@contextmanager
def _a_retention_of_memory(night, monkeypatch):
    from register import landed

    def write_part(_connection, rows, **_):
        raise MemoryError(str(rows.to_pylist()[0]))

    monkeypatch.setattr(landed, "write_part", write_part)
    yield


@contextmanager
def _an_interruption(night, monkeypatch):
    from schemas.values import CLEANERS

    def clean(raw, **_):
        raise KeyboardInterrupt(raw.iloc[0])

    monkeypatch.setitem(CLEANERS, "name", clean)
    yield


FAILURES: dict[Callable[..., object], str] = {
    _a_check_constraint: "The database refused a statement (CheckViolation 23514, constraint no_birds).",
    _a_trigger_that_quotes_the_row: "The database refused a statement (RaiseException P0001).",
    _a_cast_during_copy: "The database refused a statement (InvalidTextRepresentation 22P02).",
    _a_model_that_does_not_fit: "do not have the form of their model (fields: valid_from, valid_to).",
    _a_cleaner_with_a_fault: "ValueError at schemas/validation.py:",
    _a_reader_with_a_fault: "UnicodeDecodeError at",
    _a_fault_with_a_cause: "KeyError at assets/judge.py:",
    _a_warning_that_quotes: "FileNotFoundError at",
    _a_lost_connection: "The database was not to be had",
    _a_retention_of_memory: "MemoryError at assets/pull.py:",
}


@pytest.mark.parametrize("broken", FAILURES, ids=lambda broken: broken.__name__.strip("_"))
def test_a_night_that_fails_says_no_value(night, home, monkeypatch, broken) -> None:
    put(home, file_of(row(), row(), row(rejected="yes", Sukunimi="")))
    with psycopg.connect(home.url) as connection:
        before = connection.execute("select count(*) from register.person_record").fetchone()
    with monkeypatch.context() as patched, broken(night, patched):
        assert night.sync() == 1
    assert FAILURES[broken] in night.text
    assert night.leaks() == []
    with psycopg.connect(home.url) as connection:
        assert connection.execute("select count(*) from register.person_record").fetchone() == before
        status, reason = connection.execute("select status, reason from sync.batch order by id desc").fetchone()
    assert status == "failed"
    assert reason


def test_an_interrupted_night_says_no_value(night, home, monkeypatch) -> None:
    put(home, file_of(row()))
    with monkeypatch.context() as patched, _an_interruption(night, patched), suppress(KeyboardInterrupt):
        night.sync()
    said = night.capfd.readouterr()
    night.said += [said.out, said.err]
    assert night.leaks() == []


def _cut(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)[:-20]


def _damaged(content: bytes) -> bytes:
    packed = bytearray(gzip.compress(content, mtime=0))
    packed[-6] ^= 0xFF
    return bytes(packed)


#: What may be wrong with a whole file: name in the inbox, what becomes of its bytes, what is said of it.
FILES = {
    "no file of that name": ("staff_{}.csv", lambda b: b, "No file in the inbox matches hr_20260310*.csv*."),
    "an empty file": ("hr_20260310_{}.csv", lambda b: b"", "The file is empty"),
    "bytes that are not UTF-8": ("hr_20260310_{}.csv", lambda b: b.replace(b"fi;", b"f\x81\x8d;"), "in doubt"),
    "a packed file cut off": ("hr_20260310_{}.csv.gz", _cut, "The packed file is damaged"),
    "a packed file with a wrong checksum": ("hr_20260310_{}.csv.gz", _damaged, "The packed file is damaged"),
    "a file without a header": ("hr_20260310_{}.csv", lambda b: b.split(b"\r\n", 1)[1], "No header was found"),
    "half a header": (
        "hr_20260310_{}.csv",
        lambda b: b.replace(b"Sukunimi;", b"Kanarianimi;"),
        "lacks the column 'Sukunimi'",
    ),
    "a name twice": ("hr_20260310_{}.csv", lambda b: b.replace(b"Huomautus;", b"Kotiosoite;"), "more than once"),
    "an identity code in the name": ("hr_20260310_280254-9000.csv", lambda b: b, "file's name holds a personal"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_refused_is_not_quoted(night, home, what) -> None:
    name, spoil, says = FILES[what]
    content = file_of(row(kind="nowhere"), row(kind="nowhere"))
    put(home, spoil(content), name.format(canary("nowhere")))
    assert night.sync() == 1
    assert says in night.text
    assert [leak for leak in night.leaks() if not leak.startswith("280254-900")] == []


def test_two_files_for_one_date_are_not_named(night, home) -> None:
    for _ in range(2):
        put(home, file_of(row(kind="nowhere")), f"hr_20260310_{canary('nowhere')}.csv")
    assert night.sync() == 1
    assert "2 files in the inbox match hr_20260310*.csv*" in night.text
    assert night.leaks() == []


def test_a_file_that_ends_within_a_quote(night, home) -> None:
    """It is read as far as it goes; what the open quote swallowed is rejected and nobody is said to be absent."""
    cut = row(kind="nowhere", Etunimi=f'"{canary("nowhere")}')
    put(home, file_of(row(), cut, row(kind="nowhere")))
    assert night.sync() in (0, 3)
    assert night.leaks(deep=True) == []  # with every canary of the failures above


@pytest.mark.parametrize(
    "line",
    [
        "kind: {}",
        "role: {}",
        "valid: {{from: {}}}",
        "contract: [{}]",
        "legal_basis: {{code: {}}}",
        "schedule: {}",
        "hosting_country: {}",
        "password: {}",
        "snapshot: {{type: {}}}",
        "after_read: {}",
        "landed_days: {}",
        "read: {{type: csv, path: ../{}, encoding: {}}}",
        "guards: {{min_rows: {}}}",
        "\t{}",
        "title: *{}",
        "title: !{}!tag text",
        "title: &{0} text\nnotes: &{0} {1}",
        "title: !!python/object:{} {{}}",
    ],
)
def test_a_wrong_description_is_not_quoted(night, home, line) -> None:
    """A secret may have been written where none belongs, so no value of a source file is repeated."""
    key = line.split(":")[0]
    lines = [kept for kept in (HERE / "hr.yaml").read_text().splitlines() if not kept.startswith(f"{key}:")]
    if key == "read":
        lines = [kept for kept in lines if not kept.startswith("  ") or kept.split(":")[0].strip() not in _READ]
    text = "\n".join([*lines, line.format(canary("nowhere"), canary("nowhere"))])
    (home.folder / "sources" / "hr.yaml").unlink()
    (home.inbox / "hr.yaml").write_text(text)
    assert night.run("source", "check", str(home.inbox / "hr.yaml")) == 1
    assert "hr.yaml:" in night.text
    assert night.leaks() == []


_READ = {"type", "path", "delimiter"}
