"""Damaged deliveries: how bytes are spoiled, and a register that must live through them.

Belongs here: what the tests with damaged files, workbooks and answers share. Does not belong here: what is sound, or
how it is delivered.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import descriptions

from register.tables.sync import PARTS_OF_READ
from schemas.errors import Refusal

FIRST = date(2026, 3, 10)
#: Seconds that nothing of some kilobytes may need, on a machine with other work to do.
LONGEST = 60
#: What stands in the cells of what is delivered, and must stand in no text of ours, wherever the damage puts it.
PERSONAL = ("example.com", "040 123")

#: Bytes that mean something to somebody on the way.
SPLINTERS = (
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


def described(text: str, register: str) -> str:
    """The description of a register that is damaged."""
    employer = "{scope: own, names: [Sotku Oy]}"
    return descriptions.described(text, customer="sotku", register=register, history="true", employer=employer)


def mutate(draw: random.Random, content: bytes) -> bytes:
    """The bytes with one to six damages of the kinds that transfers, editors and exports do."""
    for _ in range(draw.randint(1, 6)):
        at, end = sorted((draw.randrange(len(content) + 1), draw.randrange(len(content) + 1)))
        end = min(end, at + draw.choice((1, 10, 400)))
        damage = draw.randrange(8)
        if damage == 0:  # a byte becomes another
            content = content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]
        elif damage == 1:  # something meaningful gets in
            content = content[:at] + draw.choice(SPLINTERS) + content[at:]
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


class Register:
    """A register that has seen a sound night and then meets damaged ones, each a day later than the one before."""

    def __init__(self, bench: Any, description: str, deliver: Callable[[date, bytes], Path | None]) -> None:
        self.bench = bench
        self.source = bench.source(description)
        self.deliver = deliver
        self.day = FIRST

    def meet(self, content: bytes) -> str:
        """Syncs a file on the next day; says what came of it."""
        self.day += timedelta(days=1)
        path = self.deliver(self.day, content)
        before = self.bench.state()
        started = time.monotonic()
        try:
            result = self.bench.sync(self.source, self.day)
        except Refusal as refusal:
            status, counts = "refused", None
            assert str(refusal)
            assert not any(text in str(refusal) for text in PERSONAL)
        else:
            status, counts = result.status, result.counts
        assert time.monotonic() - started < LONGEST
        assert path is None or path.read_bytes() == content  # the customer's file stays as it is
        if status != "applied":
            assert self.bench.state() == before
        if counts is not None:
            assert counts["read"] == sum(counts[part] for part in PARTS_OF_READ)
        if status == "applied":
            self._is_whole()
        [told] = self.bench.rows("select batch::text from sync.batch as batch order by id desc limit 1")
        assert not any(text in told[0] for text in PERSONAL)
        assert self._staging() == []
        assert self.bench.rows("select 1 from sync.batch where status in ('pulling', 'planned')") == []
        return status

    def _staging(self) -> list[Any]:
        """Staging of batches that nobody waits for."""
        held = {
            f"b{number}"
            for (number,) in self.bench.rows("select id from sync.batch where status in ('held', 'released')")
        }
        tables = self.bench.rows("select tablename from pg_tables where schemaname = 'staging'")
        return [name for (name,) in tables if name.partition("_")[0] not in held]

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


def endure(register: Register, damaged: Callable[[int], bytes], short: int) -> Counter[str]:
    """Meets `short` damaged deliveries, or as many as MDO_ENDURE_FUZZ says; how they ended.

    They are the same for the same MDO_ENDURE_SEED, in the same order.
    """
    first = int(os.environ.get("MDO_ENDURE_SEED", "0")) * 1_000_000
    ends: Counter[str] = Counter()
    for seed in range(first, first + int(os.environ.get("MDO_ENDURE_FUZZ", short))):
        try:
            ends[register.meet(damaged(seed))] += 1
        except BaseException as error:
            error.add_note(f"the delivery of seed {seed}, after those from seed {first} on")
            raise
    return ends
