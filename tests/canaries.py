"""Canaries, cells that carry them, a night that is run among them, and a search for what it left.

Belongs here: what the tests of leaks share. Does not belong here: what may go wrong in a night. The fixture `night` is
imported by those who ask for it, beside `home` of the conftest of acceptance tests.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import itertools
import os
import re
import string
import sys
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from logged import everything_logged
from packed import unpacked

HERE = Path(__file__).with_name("acceptance") / "leaks"
DAY = date(2026, 3, 10)

LANDED = "sync.landed, unpacked"

#: Kind of canary -> tables in which it may stand (a prefix ends in a dot).
MAY_BE_IN = {
    # a mapped value without fault
    "good": ("register.", "staging.", LANDED, "pg_stats"),
    # the key of a row: the customer's own reference
    "key": ("register.", "staging.", "sync.source_row", "sync.quarantine", LANDED, "pg_stats"),
    # a mapped value that broke a rule, or stands in a row that went to quarantine: in the landed copy and nowhere else
    "bad": (LANDED,),
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


CODES = identity_codes()


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
            contents = (os.fsencode(path), *(content for _, content in unpacked(path)))
            found += [f"{word} in {path}" for content in contents for word in words_in(content)]
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
    with everything_logged() as log:
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
    for path in home.inbox.iterdir():
        path.unlink()


COLUMNS = [
    *("Numero", "Sukunimi", "Etunimi", "Sähköposti", "Puhelin", "Kieli"),
    *("Työnantaja", "Y-tunnus", "Nimike", "Alkoi", "Päättyi"),
    *("Taidot", "Lisätaito", "Taso", "Kortti", "Myöntäjä", "Voimassa", "Tila"),
    *("Huomautus", "Kotiosoite"),
]
numbers = itertools.count(1)
IBAN = "FI21 1234 5600 0007 85"


def row(**cells: str) -> str:
    """A line of the staff register: sound cells with canaries in all of them, but for those given."""
    kind = "bad" if cells.pop("rejected", "") else cells.pop("kind", "good")
    sound = {
        "Numero": cells.get("Numero") or f"N{next(numbers)}-{canary('key' if kind in ('good', 'bad') else kind)}",
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
        "Kotiosoite": f"{canary('nowhere')} {next(CODES)}",
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
    twice = f"N{next(numbers)}-{canary('key')}"
    code = canary("bad")
    return [
        ("", row()),
        ("", row()),
        ("key.missing", row(rejected="yes", Numero=" ")),
        ("key.hetu", row(rejected="yes", Numero=f"{nowhere()} {next(CODES)}")),
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
        ("hetu.valid", row(Etunimi=f"{nowhere()} {next(CODES)}")),
        ("hetu.valid", row(rejected="yes", Sukunimi=f"{nowhere()} {next(CODES)}")),
        ("hetu.shape", row(rejected="yes", Nimike=f"{nowhere()} {next(CODES)[:-4]}000A")),
        ("key.withheld", row(rejected="yes", Numero=f"{nowhere()} {IBAN}")),
        ("iban.found", row(Nimike=f"{nowhere()} {IBAN}")),
        ("card.found", row(Etunimi=f"{nowhere()} 4111 1111 1111 1111")),
        ("secret.found", row(Nimike=f"salasana: {nowhere()}")),
        ("health.words", row(Nimike=f"{nowhere()} sairauslomalla")),
        ("special.words", row(Taidot=f"LUOTTAMUSMIES-{nowhere()}", Lisätaito="")),
        ("mail.private", row(Sähköposti=f"{canary('good')}@gmail.com")),
        ("row.by_hand", row(kind="nowhere", Numero=f"N{next(numbers)}-{canary('key')}", Nimike="turvakielto")),
        ("csv.ragged", row(kind="nowhere") + ";one too many"),
        ("csv.ragged", row(kind="nowhere").rsplit(";", 1)[0]),
        ("text.control", row(kind="nowhere", Etunimi=f"{nowhere()}\0{nowhere()}")),
        ("csv.too_long", row(kind="nowhere", Huomautus=nowhere() + "x" * (1 << 20))),
        ("csv.too_long", row(kind="nowhere", Etunimi=nowhere() + "x" * (1 << 20))),
        ("csv.quotes", row(kind="nowhere", Etunimi=f'"{nowhere()}\r\n{nowhere()};"" {nowhere()}"')),
        ("", row(kind="nowhere", Tila="poistettu")),
        ("", row(kind="nowhere", Tila="poistettu", Nimike=next(CODES))),
    ]
