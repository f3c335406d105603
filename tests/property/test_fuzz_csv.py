"""Damaged files through a whole sync: whatever its bytes, a file gives a result or a refusal, and never half of either.

Short with the other tests; ``make endure FUZZ=2000 SEED=7`` for long (MDO_ENDURE_FUZZ files, MDO_ENDURE_SEED).
"""

from __future__ import annotations

import gzip
import os
import random
import time
from collections import Counter
from datetime import date, timedelta

import pytest

from register.tables.sync import PARTS_OF_READ
from schemas.errors import Refusal

FIRST = date(2026, 3, 10)
#: Seconds that no file of some kilobytes may need, on a machine with other work to do.
LONGEST = 60

_DESCRIPTION = """
customer: sotku
register: hr
title: Sotku Oy, staff
kind: customer_register
register_type: hr_directory
valid: {from: 2026-01-01}
contract: MDO-2026-905
role: processor
processing_agreement: DPA-2026-905
employees:
  collected: from_employee
  necessity:
    person: Shift lists and calls name the people at work
    employment: Rights in the service follow the employment
    competence: Work is given to those who can do it
legal_basis: {code: legitimate_interests, reference: LIA-907}
owner: {name: HR, email: hr@sotku.example.com}
hosting_country: FI
history: true
employer: {scope: own, names: [Sotku Oy]}
active: {ends: Päättyi}
read: {type: csv, path: "hr_{date}.csv", footer: {first_cell: Yhteensä, always: false}}
key: [Numero]
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_email: Sähköposti, work_phone: {column: Puhelin, region: FI}}
  employment: {valid_from: Alkoi, valid_to: Päättyi}
  competence: {skill_code: {column: Taidot, split: ","}}
"""
_HEADER = "Numero;Sukunimi;Etunimi;Sähköposti;Puhelin;Alkoi;Päättyi;Taidot;Huomautus"
_LINES = [
    f'{number};Mäki{"aeiouy"[number % 6]};Åsa;n{number}@example.com;040 123 45{number:02};1.2.2020;;"C, D";"a ""b"""'
    for number in range(1, 40)
]
_SOUND = "\r\n".join([_HEADER, *_LINES, "Yhteensä;39;;;;;;;", ""])
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850")

#: Bytes that mean something to somebody on the way.
_SPLINTERS = (
    *(
        b"\0",
        b'"',
        b'""',
        b";",
        b"\r",
        b"\n",
        b"\r\n",
        b"\n\n",
        b",",
        b"\t",
        b"|",
        b"\x1a",
        b"\x1f",
        b"'",
        b"\\",
        b"{",
        b"}",
    ),
    *(
        b"\xff",
        b"\xfe",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x80",
        b"\x81",
        b"\xc3",
        b"\xa4",
        b"\xed\xa0\x80",
        b"\xef\xbf\xbd",
    ),
    *("\u2028\u0085\u200b\u202e\ufeff".encode(), "ﬁ".encode(), "e\u0301".encode(), b"NULL", b"nan", b"\\N", b"\\."),
    *(b"280254-9000", b"31.12.9999", b"1.1.0001", b"99999999999999999999", b"-0", b"1e309", b"=1+1", b"%s", b"$1"),
    *(b"x" * 300, b'"' * 7, b";" * 20, b"\x1f\x8b", b"PK\x03\x04", b"Yhteens\xc3\xa4;"),
)


def _mutate(draw: random.Random, content: bytes) -> bytes:
    """The bytes with one to six damages of the kinds that transfers, editors and exports do."""
    for _ in range(draw.randint(1, 6)):
        at, end = sorted((draw.randrange(len(content) + 1), draw.randrange(len(content) + 1)))
        end = min(end, at + draw.choice((1, 10, 400)))
        damage = draw.randrange(8)
        if damage == 0:  # a byte becomes another
            content = content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]
        elif damage == 1:  # something meaningful gets in
            content = content[:at] + draw.choice(_SPLINTERS) + content[at:]
        elif damage == 2:  # something is lost
            content = content[:at] + content[end:]
        elif damage == 3:  # something stands twice
            content = content[:end] + content[at:end] + content[end:]
        elif damage == 4:  # cut off
            content = content[: draw.choice((at, len(content) - draw.randrange(40)))]
        elif damage == 5:  # a column or a line is moved
            lines = content.split(b"\n")
            draw.shuffle(lines) if draw.randrange(2) else lines.insert(0, draw.choice(lines))
            content = b"\n".join(lines)
        elif damage == 6:  # one separator for another
            old, new = draw.sample([b";", b",", b"\r\n", b"\n", b'"', b" ", b"@", b"."], 2)
            content = content.replace(old, new, draw.choice((1, 5, -1)))
        else:  # a block of zeros, as a broken disk leaves it
            content = content[:at] + bytes(end - at) + content[end:]
    return content


def _file(seed: int) -> bytes:
    draw = random.Random(seed)
    content = _SOUND.encode(draw.choice(_ENCODINGS))
    if draw.randrange(10) == 0:
        return _mutate(draw, gzip.compress(content, mtime=0))
    content = _mutate(draw, content)
    return gzip.compress(content, mtime=0) if draw.randrange(10) == 0 else content


class Register:
    """A register that has seen a sound night and then meets damaged ones, each a day later than the one before."""

    def __init__(self, bench) -> None:
        self.bench = bench
        self.source = bench.source(_DESCRIPTION)
        self.day = FIRST
        bench.put(f"hr_{self.day}.csv", _SOUND)
        assert bench.sync(self.source, self.day).counts["inserted"] == 39

    def meet(self, content: bytes) -> str:
        """Syncs a file on the next day; says what came of it."""
        self.day += timedelta(days=1)
        path = self.bench.put(f"hr_{self.day}.csv", content)
        before = self.bench.state()
        started = time.monotonic()
        try:
            result = self.bench.sync(self.source, self.day)
        except Refusal as refusal:
            status, counts = "refused", None
            assert str(refusal)
        else:
            status, counts = result.status, result.counts
        assert time.monotonic() - started < LONGEST
        assert path.read_bytes() == content  # the customer's file stays as it is
        if status != "applied":
            assert self.bench.state() == before
        if counts is not None:
            assert counts["read"] == sum(counts[part] for part in PARTS_OF_READ)
        if status == "applied":
            self._is_whole()
        assert self.bench.rows("select 1 from sync.batch where status in ('pulling', 'planned')") == []
        return status

    def _is_whole(self) -> None:
        """Every record has its row, every imported row its main record, and nobody was lost to a bad row."""
        orphans = """
            select 1 from {} as record left join sync.source_row as held using (source_id, key)
            where held.key is null or not held.imported
        """
        for table in ("register.person_record", "register.employment", "register.competence"):
            assert self.bench.rows(orphans.format(table)) == []
        lonely = "select 1 from sync.source_row where imported and key not in (select key from register.person_record)"
        assert self.bench.rows(lonely) == []
        lost = """
            select 1 from sync.source_row as held join sync.quarantine as told using (source_id, key)
            where told.effect = 'row' and told.batch_id = (select max(id) from sync.batch where status = 'applied')
              and held.absent_since = (select max(business_date) from sync.batch where status = 'applied')
        """
        assert self.bench.rows(lost) == []


_HARDLY = {
    "a NUL": b"\0",
    "a line end": b"\n",
    "a quote": b'"',
    "a header": _HEADER.encode(),
    "a byte-order mark": b"\xef\xbb\xbf",
    "the beginning of a .gz": b"\x1f\x8b",
    "the beginning of a .zip": b"PK\x03\x04",
}


@pytest.mark.parametrize("content", _HARDLY.values(), ids=_HARDLY)
def test_hardly_any_file_gives_a_result_or_a_refusal(damaged, content) -> None:
    assert damaged.meet(content) in ("refused", "held")


@pytest.fixture(scope="module")
def damaged(server, bench_at, tmp_path_factory):
    """One register for all files: it lives through them as a real one would."""
    return Register(bench_at(server.url(server.fresh_database()), tmp_path_factory.mktemp("inbox")))


@pytest.mark.endure
@pytest.mark.timeout(0)
def test_a_damaged_file_gives_a_result_or_a_refusal(damaged) -> None:
    """40 files, or as many as MDO_ENDURE_FUZZ says. The files are the same for the same seed, in the same order."""
    first = int(os.environ.get("MDO_ENDURE_SEED", "0")) * 1_000_000
    ends: Counter[str] = Counter()
    for seed in range(first, first + int(os.environ.get("MDO_ENDURE_FUZZ", "40"))):
        try:
            ends[damaged.meet(_file(seed))] += 1
        except BaseException as error:
            error.add_note(f"the file of seed {seed}, after those from seed {first} on")
            raise
    assert {"refused", "applied", "held"} <= set(ends), ends  # or the damage is too great or too small to tell anything
