"""Invariants 6 and 7: nothing personal outside the database, and nothing undeclared or withheld even inside it.

Every kind of cell carries a canary, a word that stands nowhere else. Each canary knows where it may be found afterwards
(`MAY_BE_IN`). The night is then run as it runs for everybody, by ``mdo sync`` through Dagster, on success and on every
failure that can be provoked, and everything that it leaves is searched: files, Dagster's databases, logs, standard
output and error, command lines, every table of the database, and the bytes of the server's own files.
"""

from __future__ import annotations

import dataclasses
import functools
import gzip
import hashlib
import io
import itertools
import json
import logging
import os
import re
import signal
import string
import subprocess
import sys
import time
import traceback
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import psutil
import psycopg
import pytest

HERE = Path(__file__).with_name("leaks")
DAY = date(2026, 3, 10)

_LANDED = "sync.landed, unpacked"

#: Kind of canary -> tables in which it may stand (a prefix ends in a dot).
MAY_BE_IN = {
    # a mapped value without fault
    "good": ("register.", "staging.", _LANDED, "pg_stats"),
    # the key of a row: the customer's own reference
    "key": ("register.", "staging.", "sync.source_row", "sync.quarantine", _LANDED, "pg_stats"),
    # a mapped value that broke a rule, or stands in a row that went to quarantine: in the landed copy and nowhere else
    "bad": (_LANDED,),
    # undeclared columns, identity codes, rows that could not be read or do not concern us, names of files and columns
    "nowhere": (),
}

_WORD = re.compile(rb"kanaria([a-z]{3})")
_CODE = re.compile(rb"\d\d0254-9\d\d[0-9a-y]")
_EMPTY = re.compile(rb"\0{64,}")
_ALL = ("".join(letters) for letters in itertools.product(string.ascii_lowercase, repeat=3))
#: Three letters -> kind, for all canaries of this module; each search knows those of the tests before it.
KIND: dict[str, str] = {}


def canary(kind: str) -> str:
    """A new word of letters alone, so that it can be a name."""
    letters = next(three for three in _ALL if three not in KIND)
    KIND[letters] = kind
    return f"Kanaria{letters}"


def identity_codes() -> Iterator[str]:
    """Personal identity codes of the series 900, which nobody has; valid in form."""
    for day, number in itertools.product(range(1, 29), range(900, 1000)):
        digits = f"{day:02}0254{number}"
        yield f"{digits[:6]}-{number}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(digits) % 31]}"


_CODES = identity_codes()


@functools.cache
def _words_by_digest() -> dict[bytes, frozenset[str]]:
    return {}


def words_in(content: bytes) -> frozenset[str]:
    """The canaries, by their three letters, and identity codes that stand in some bytes, whatever their encoding."""
    packed = _EMPTY.sub(b"\0", content)  # PostgreSQL's files are mostly empty pages, and copies of each other
    digest = hashlib.sha256(packed).digest()
    known = _words_by_digest()
    if digest not in known:
        plain = packed.lower()
        found: set[bytes] = set()
        for narrow in (plain, plain.replace(b"\0", b"")):  # UTF-16 has a NUL beside each letter
            if b"kanaria" in narrow:
                found |= set(_WORD.findall(narrow))
            if b"0254-9" in narrow:
                found |= set(_CODE.findall(narrow))
        known[digest] = frozenset(word.decode() for word in found)
    return known[digest]


def unpacked(path: Path) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them."""
    from contextlib import closing
    from sqlite3 import connect

    yield os.fsencode(path)
    content = path.read_bytes()
    yield content
    if content.startswith(b"SQLite format 3"):
        with closing(connect(path)) as connection:
            connection.text_factory = bytes
            for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
                for row in connection.execute(f'select * from "{table.decode()}"'):
                    for cell in row:
                        if isinstance(cell, bytes):
                            yield cell
                            with suppress(zlib.error):
                                yield zlib.decompress(cell)
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(content)


@dataclasses.dataclass
class Night:
    """What a night said, and where to look for what it left."""

    home: object
    capfd: pytest.CaptureFixture[str]
    log: io.StringIO
    said: list[str] = dataclasses.field(default_factory=list)

    def run(self, *arguments: str) -> int:
        """``mdo`` with these arguments, in this process, so that a test can break something in it."""
        from pipelines.command import main

        code = 0
        before = sys.argv
        sys.argv = ["mdo", *arguments]
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        finally:
            sys.argv = before
        said = self.capfd.readouterr()
        self.said += [said.out, said.err]
        return code

    def sync(self) -> int:
        return self.run("sync", "--source", "varpunen/hr")

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())

    def leaks(self, *, deep: bool = False) -> list[str]:
        """Every canary that stands where it may not.

        Args:
            deep: also in the bytes of the server's own files, old versions of rows and its log of writes included.
        """
        found = [f"{word} was said" for word in words_in("".join([*self.said, self.log.getvalue()]).encode())]
        for path in self.home.files():
            found += [f"{word} in {path}" for content in unpacked(path) for word in words_in(content)]
        for table, text in self.home.tables().items():
            for word in words_in(text.encode()):
                if not table.startswith(MAY_BE_IN.get(KIND.get(word, "nowhere"), ("",))):
                    found.append(f"{KIND.get(word)} {word} in {table}")
        if deep:
            self.home.flush()
        for path in self.home.postgres.rglob("*") if deep else ():
            if path.is_file():
                content = path.read_bytes()
                found += [f"{w} in {path}" for w in words_in(content) if KIND.get(w, "nowhere") == "nowhere"]
        return sorted(set(found))


@pytest.fixture
def night(home, capfd, monkeypatch):
    """A night in a home of its own; what any library logs or warns of is kept and searched."""
    for name, value in home.environment(MDO_TODAY=DAY.isoformat()).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(home.folder)
    for name in ("hr", "contacts"):
        (home.folder / "sources" / f"{name}.yaml").write_text((HERE / f"{name}.yaml").read_text())
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    monkeypatch.setattr(
        warnings, "showwarning", lambda message, category, *_a, **_k: print(category.__name__, message, file=log)
    )
    # A passing failure is tried again, but not after seconds.
    monkeypatch.setattr("assets.leak_guard.MAX_RETRIES", 1)
    monkeypatch.setattr("assets.leak_guard.RETRY_SECONDS", 0.01)
    mine = Night(home, capfd, log)
    if not (home.folder / "ready").exists():
        assert mine.run("actor", "add", "kari", "--title", "engineer") == 0
        for name in ("hr", "contacts"):
            arguments = ("--by", "kari", "--reason", "test")
            assert mine.run("source", "activate", f"varpunen/{name}", *arguments) == 0
        (home.folder / "ready").touch()
    yield mine
    root.removeHandler(handler)
    root.setLevel(level)
    for path in home.inbox.iterdir():
        path.unlink()


COLUMNS = [
    *("Numero", "Sukunimi", "Etunimi", "Sähköposti", "Puhelin", "Kieli"),
    *("Työnantaja", "Y-tunnus", "Nimike", "Alkoi", "Päättyi"),
    *("Taidot", "Lisätaito", "Taso", "Kortti", "Myöntäjä", "Voimassa", "Tila"),
    *("Huomautus", "Kotiosoite"),
]
_numbers = itertools.count(1)
_IBAN = "FI21 1234 5600 0007 85"


def row(**cells: str) -> str:
    """A line of the staff register: sound cells with canaries in all of them, but for those given."""
    kind = "bad" if cells.pop("rejected", "") else cells.pop("kind", "good")
    sound = {
        "Numero": cells.get("Numero") or f"N{next(_numbers)}-{canary('key' if kind in ('good', 'bad') else kind)}",
        "Sukunimi": canary(kind),
        "Etunimi": canary(kind),
        "Sähköposti": f"{canary(kind)}@example.com",
        "Puhelin": "040 123 4567",
        "Kieli": "fi",
        "Työnantaja": "Satama Oy",
        "Y-tunnus": "",
        "Nimike": canary(kind),
        "Alkoi": "1.2.2020",
        "Päättyi": "",
        "Taidot": f"{canary(kind)},{canary(kind)}",
        "Lisätaito": canary(kind),
        "Taso": "3",
        "Kortti": canary(kind),
        "Myöntäjä": canary(kind),
        "Voimassa": "31.12.2027",
        "Tila": "voimassa",
        "Huomautus": canary("nowhere"),
        "Kotiosoite": f"{canary('nowhere')} {next(_CODES)}",
    }
    return ";".join({**sound, **cells}[name] for name in COLUMNS)


def file_of(*lines: str, header: str = ";".join(COLUMNS)) -> bytes:
    return "\r\n".join([header, *lines, ""]).encode()


def put(home, content: bytes, name: str = "hr_20260310.csv") -> Path:
    path = home.inbox / name
    path.write_bytes(content)
    return path


def a_row_for_every_rule() -> list[tuple[str, str]]:
    """(rule, line) for each rule that a cell of the staff register can break."""
    bad = lambda: canary("bad")  # noqa: E731
    nowhere = lambda: canary("nowhere")  # noqa: E731
    twice = f"N{next(_numbers)}-{canary('key')}"
    code = canary("bad")
    return [
        ("", row()),
        ("", row()),
        ("key.missing", row(rejected="yes", Numero=" ")),
        ("key.hetu", row(rejected="yes", Numero=f"{nowhere()} {next(_CODES)}")),
        ("key.conflict", row(rejected="yes", Numero=twice)),
        ("key.conflict", row(rejected="yes", Numero=twice)),
        ("key.too_long", row(rejected="yes", Numero=bad() * 25)),
        ("required.missing", row(rejected="yes", Sukunimi="")),
        ("text.control", row(Etunimi=f"{bad()}\x07{bad()}")),
        ("name.not_a_name", row(Etunimi=f"{bad()} 123")),
        ("value.too_long", row(Nimike=" ".join(bad() for _ in range(12)))),
        ("email.syntax", row(Sähköposti=f"{bad()}@")),
        ("phone.invalid", row(Puhelin=bad())),
        ("phone.extension", row(Puhelin=f"09 123 4567 ext {bad()}")),
        ("language.unknown", row(Kieli=bad())),
        ("employer.scope", row(rejected="yes", Työnantaja=f"{bad()} Oy")),
        ("business_id.invalid", row(**{"Y-tunnus": bad()})),
        ("date.unreadable", row(Alkoi=f"1.1.{bad()}")),
        ("date.out_of_range", row(Alkoi="1.1.1780")),
        ("dates.order", row(Päättyi="1.1.2019")),
        ("code.not_a_code", row(Taidot=f"{bad()} {bad()},{bad()}", Lisätaito=bad())),
        ("number.unreadable", row(Taso=bad(), Taidot=bad(), Lisätaito=bad())),
        ("part.twice", row(Taidot=f"{code},{bad()}", Lisätaito=code)),
        ("hetu.valid", row(Etunimi=f"{nowhere()} {next(_CODES)}")),
        ("hetu.valid", row(rejected="yes", Sukunimi=f"{nowhere()} {next(_CODES)}")),
        ("hetu.shape", row(rejected="yes", Nimike=f"{nowhere()} {next(_CODES)[:-4]}000A")),
        ("key.withheld", row(rejected="yes", Numero=f"{nowhere()} {_IBAN}")),
        ("iban.found", row(Nimike=f"{nowhere()} {_IBAN}")),
        ("card.found", row(Etunimi=f"{nowhere()} 4111 1111 1111 1111")),
        ("secret.found", row(Nimike=f"salasana: {nowhere()}")),
        ("health.words", row(Nimike=f"{nowhere()} sairauslomalla")),
        ("special.words", row(Taidot=f"LUOTTAMUSMIES-{nowhere()}", Lisätaito="")),
        ("mail.private", row(Sähköposti=f"{canary('good')}@gmail.com")),
        ("row.by_hand", row(kind="nowhere", Numero=f"N{next(_numbers)}-{canary('key')}", Nimike="turvakielto")),
        ("csv.ragged", row(kind="nowhere") + ";one too many"),
        ("csv.ragged", row(kind="nowhere").rsplit(";", 1)[0]),
        ("text.control", row(kind="nowhere", Etunimi=f"{nowhere()}\0{nowhere()}")),
        ("csv.too_long", row(kind="nowhere", Huomautus=nowhere() + "x" * (1 << 20))),
        ("csv.too_long", row(kind="nowhere", Etunimi=nowhere() + "x" * (1 << 20))),
        ("csv.quotes", row(kind="nowhere", Etunimi=f'"{nowhere()}\r\n{nowhere()};"" {nowhere()}"')),
        ("", row(kind="nowhere", Tila="poistettu")),
        ("", row(kind="nowhere", Tila="poistettu", Nimike=next(_CODES))),
    ]


def test_a_night_with_every_fault_a_cell_can_have(night, home) -> None:
    cases = a_row_for_every_rule()
    header = ";".join([*COLUMNS[:-1], f"{canary('nowhere')}@example.com"])  # a name that looks like an address
    put(home, file_of(*(line for _, line in cases), header=header), f"hr_20260310_{canary('nowhere')}.csv")
    assert night.sync() == 0
    assert "applied" in night.text
    with psycopg.connect(home.url) as connection:
        rules = {rule for (rule,) in connection.execute("select distinct rule from sync.quarantine")}
        counts = connection.execute("select read, inserted, quarantined, out_of_scope from sync.batch").fetchone()
    assert rules == {rule for rule, _ in cases if rule}  # each fault was met, so each way past it was taken
    assert counts == (42, 23, 17, 2)
    assert night.leaks(deep=True) == []

    # The search can find: values, keys and landed copies are where they may be, plainly in the server's files, too.
    tables = home.tables()
    assert {KIND.get(word) for word in words_in(tables["register.person_record"].encode())} == {"good", "key"}
    assert {KIND.get(word) for word in words_in(tables[_LANDED].encode())} == {"good", "key", "bad"}
    assert {KIND.get(word) for word in words_in(tables["sync.quarantine"].encode())} == {"key"}
    assert any(words_in(path.read_bytes()) for path in home.postgres.rglob("*") if path.is_file())


def test_every_table_that_quarantine_has_is_free_of_values(night, home) -> None:
    """Quarantine names row, key, rule and column; the row's key is the only thing of the row in it."""
    put(home, file_of(*(line for _, line in a_row_for_every_rule())))
    assert night.sync() == 0
    with psycopg.connect(home.url) as connection:
        rows = connection.execute("select rule, column_name, field, effect from sync.quarantine").fetchall()
    assert {word for row_ in rows for cell in row_ for word in words_in(cell.encode())} == set()
    assert night.leaks() == []


# Failures. Each one is provoked in the middle of a real night, and the night must say what it was without a value.


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

    def map_rows(_source, frame, _numbers):
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
    assert night.leaks() == []


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


def test_a_dry_run_leaves_nothing(night, home) -> None:
    put(home, file_of(row(), row(rejected="yes", Sukunimi="")))
    before = home.tables()
    assert night.run("sync", "--source", "varpunen/hr", "--dry-run") == 0
    assert {name: text for name, text in home.tables().items() if not name.startswith("pg_stat")} == {
        name: text for name, text in before.items() if not name.startswith("pg_stat")
    }
    assert night.leaks() == []


def test_a_held_plan_and_its_checks_show_no_value(night, home) -> None:
    text = (HERE / "hr.yaml").read_text().replace("rejected_floor: 1000", "rejected_floor: 0")
    (home.folder / "sources" / "hr.yaml").write_text(text)
    put(home, file_of(row(), row(rejected="yes", Sukunimi=""), row(Puhelin=canary("bad"))))
    assert night.sync() == 3
    assert night.leaks() == []
    with psycopg.connect(home.url) as connection:
        batch = connection.execute("select max(id) from sync.batch where status = 'held'").fetchone()[0]
    assert night.run("batch", "show", str(batch)) == 0
    assert night.run("batch", "list") == 0
    assert night.leaks() == []
    assert night.run("batch", "release", str(batch), "--by", "kari", "--reason", "looked at") == 0
    assert night.leaks() == []


def test_a_company_register(night, home) -> None:
    bad = lambda: canary("bad")  # noqa: E731
    good = lambda: canary("good")  # noqa: E731
    key = lambda: f"{next(_numbers)}-{canary('key')}"  # noqa: E731
    lines = [
        "id,part,company,business id,vat,country,contact,phone,phone country,note",
        f"{key()},1,{good()} Oy,,,FI,{good()},,,{canary('nowhere')}",
        f"{key()},1,{good()} Oy,{bad()},{bad()},{bad()},{good()},{bad()},{bad()},{canary('nowhere')}",
        f"{key()},1,{good()} Oy,,,,{good()},4012345678,{bad()},{canary('nowhere')}",
        f"{bad()},,{bad()} Oy,,,FI,{bad()},,,{canary('nowhere')}",  # half a key
        f"{key()},1,-,,,FI,{bad()},,,{canary('nowhere')}",
    ]
    put(home, "\n".join(lines).encode(), "contacts_20260310.csv")
    assert night.run("sync", "--source", "varpunen/contacts") == 0
    with psycopg.connect(home.url) as connection:
        rules = {
            rule
            for (rule,) in connection.execute(
                "select distinct rule from sync.quarantine join sync.source on source.id = source_id"
                " where source.name = 'varpunen/contacts'"
            )
        }
    expected = {"business_id.invalid", "vat.invalid", "country.unknown", "phone.invalid", "phone.needs_region"}
    assert rules == expected | {"key.missing", "label.empty"}
    assert night.leaks() == []


def test_a_check_in_a_process_of_its_own(night, home) -> None:
    """A preview reads a sample and says what would not be taken."""
    put(home, file_of(*(line for _, line in a_row_for_every_rule())))
    assert night.run("source", "check", str(home.folder / "sources" / "hr.yaml")) == 0
    assert night.leaks() == []


def test_the_guard_leaves_no_context(home) -> None:
    """What Dagster would store of a database error: text, cause and context, all the way down."""
    from assets.leak_guard import value_free
    from register.database import Register

    word = canary("nowhere")

    @value_free
    def op() -> None:
        import sqlalchemy as sa

        with Register(home.url).transaction() as connection:
            connection.execute(sa.text("select cast(:word as integer)"), {"word": word})

    with pytest.raises(Exception) as caught:
        op()
    assert words_in("".join(traceback.format_exception(caught.value)).encode()) == frozenset()
    assert words_in(json.dumps([str(caught.value.__context__), str(caught.value.__cause__)]).encode()) == frozenset()


def test_a_run_ended_by_sigterm(night, home) -> None:
    """The command in a process of its own, told to end in the middle: its arguments and leavings hold no value.

    Whether it ends at once or tries again does not matter here; the register must come out whole.
    """
    lines = [row() for _ in range(20)]
    many = [line.replace(";", f"x{n};", 1) for n in range(250) for line in lines]
    put(home, file_of(*many))
    command = home.mdo_command("sync", "--source", "varpunen/hr")
    with subprocess.Popen(
        command,
        cwd=home.folder,
        env=home.environment(MDO_TODAY=DAY.isoformat()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            shown = _until_staging(home, process)
            process.send_signal(signal.SIGTERM)
            out, error = process.communicate(timeout=120)
        finally:
            process.kill()
    night.said += [out.decode(), error.decode(), shown]
    assert night.leaks() == []

    assert night.sync() == 0  # the next sync of the source clears what was left
    with psycopg.connect(home.url) as connection:
        left = connection.execute("select count(*) from pg_tables where schemaname = 'staging'").fetchone()
        broken = connection.execute("select count(*) from sync.batch where status in ('pulling', 'planned')").fetchone()
    assert (left, broken) == ((0,), (0,))
    assert night.leaks(deep=True) == []  # all canaries of all tests above, in all that the server has written


def _until_staging(home, process: subprocess.Popen[bytes]) -> str:
    """Waits until the process writes rows; the command lines of everything that runs then."""
    deadline = time.monotonic() + 120
    with psycopg.connect(home.url, autocommit=True) as connection:
        while time.monotonic() < deadline and process.poll() is None:
            query = "select count(*) from pg_stat_activity where query ~* 'copy staging' and pid <> pg_backend_pid()"
            if connection.execute(query).fetchone()[0]:
                break
            time.sleep(0.005)
    shown = []
    for one in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
        with suppress(psutil.Error):
            shown += [*one.cmdline(), *one.environ().values()]
    for one in psutil.process_iter(["name"]):
        if one.info["name"] == "postgres":
            with suppress(psutil.Error):
                shown += one.cmdline()
    return " ".join(shown)
