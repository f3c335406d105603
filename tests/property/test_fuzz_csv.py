"""Damaged files through a whole sync: whatever its bytes, a file gives a result or a refusal, and never half of either.

Short with the other tests; ``make endure FUZZ=2000 SEED=7`` for long (MDO_ENDURE_FUZZ files, MDO_ENDURE_SEED).
"""

from __future__ import annotations

import gzip
import random

import pytest
from damage import Register, described, endure, mutate

_DESCRIPTION = described(
    """
active: {ends: Päättyi}
read: {type: csv, path: "hr_{date}.csv", footer: {first_cell: Yhteensä, always: false}}
key: [Numero]
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_email: Sähköposti, work_phone: {column: Puhelin, region: FI}}
  employment: {valid_from: Alkoi, valid_to: Päättyi}
  competence: {skill_code: {column: Taidot, split: ","}}
""",
    "hr",
)
_HEADER = "Numero;Sukunimi;Etunimi;Sähköposti;Puhelin;Alkoi;Päättyi;Taidot;Huomautus"
_LINES = [
    f'{number};Mäki{"aeiouy"[number % 6]};Åsa;n{number}@example.com;040 123 45{number:02};1.2.2020;;"C, D";"a ""b"""'
    for number in range(1, 40)
]
_SOUND = "\r\n".join([_HEADER, *_LINES, "Yhteensä;39;;;;;;;", ""])
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850")


def _file(seed: int) -> bytes:
    draw = random.Random(seed)
    content = _SOUND.encode(draw.choice(_ENCODINGS))
    if draw.randrange(10) == 0:
        return mutate(draw, gzip.compress(content, mtime=0))
    content = mutate(draw, content)
    return gzip.compress(content, mtime=0) if draw.randrange(10) == 0 else content


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
def damaged(server, bench_at, tmp_path_factory) -> Register:
    """One register for all files: it lives through them as a real one would."""
    bench = bench_at(server.url(server.fresh_database()), tmp_path_factory.mktemp("inbox"))
    register = Register(bench, _DESCRIPTION, lambda day, content: bench.put(f"hr_{day}.csv", content))
    assert register.meet(_SOUND.encode()) == "applied"
    assert bench.rows("select count(*) from register.person_record") == [(39,)]
    return register


@pytest.mark.endure
@pytest.mark.timeout(0)
def test_a_damaged_file_gives_a_result_or_a_refusal(damaged) -> None:
    ends = endure(damaged, _file, short=40)
    assert {"refused", "applied", "held"} <= set(ends), ends  # or the damage is too great or too small to tell anything
