"""Damaged workbooks through a whole sync: bytes, parts of the package, or the markup in them.

Short with the other tests; ``make endure FUZZ=2000 SEED=7`` for long. The sound ones are those of `tests/golden`.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from damage import Register, described, endure, mutate

_SOUND = {
    path.suffix: path.read_bytes() for path in sorted((Path(__file__).parents[1] / "golden" / "workbooks").iterdir())
}
_DESCRIPTION = described(
    """
read:
  type: excel
  path: "staff_{date}.xlsx"
  serial_dates: [Alkoi]
  digits: {Tunnus: 4}
  footer: {first_cell: Yhteensä}
key: [Tunnus]
guards: {removed_floor: 1}
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_phone: {column: Puhelin, region: FI}}
  employment: {employee_number: Tunnus, valid_from: Alkoi}
""",
    "workbook",
)

#: Texts that stand for something in the markup of a workbook, and what may come in their place.
_MARKS = (b'r="', b't="s"', b't="n"', b"<v>", b"</row>", b'ref="', b"office:value", b"number-rows-repeated")
_NUMBERS = (b"-1", b"0", b"1e308", b"-1e308", b"NaN", b"2147483648", b"99999999999999999999", b"2958466", b"60", b"x")


def _package(draw: random.Random, content: bytes) -> bytes:
    """The package with something wrong in one or two of its parts, or one of them lost, twice or somewhere else."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(len(parts))
        name, part = parts[at]
        what = draw.randrange(8)
        if what == 0:
            del parts[at]
        elif what == 1:
            parts.append((name, part))
        elif what == 2:
            parts[at] = (draw.choice(parts)[0], part)
        elif what == 3:
            parts[at] = (name, part.replace(draw.choice(_MARKS), draw.choice(_MARKS), draw.choice((1, -1))))
        elif what == 4:
            parts[at] = (name, _other_number(draw, part))
        else:
            parts[at] = (name, mutate(draw, part))
        if not parts:
            return b""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _other_number(draw: random.Random, part: bytes) -> bytes:
    """One number in the markup is another one."""
    places = [at for at in range(1, len(part)) if part[at : at + 1].isdigit() and not part[at - 1 : at].isdigit()]
    if not places:
        return part
    start = end = draw.choice(places)
    while part[end : end + 1].isdigit():
        end += 1
    return part[:start] + draw.choice(_NUMBERS) + part[end:]


def _workbook(seed: int) -> bytes:
    draw = random.Random(seed)
    content = _SOUND[draw.choice(sorted(_SOUND))]
    if not content.startswith(b"PK") or draw.randrange(4) == 0:
        return mutate(draw, content)
    return _package(draw, content)


@pytest.fixture(scope="module")
def damaged(server, bench_at, tmp_path_factory) -> Register:
    """One register for all workbooks."""
    bench = bench_at(server.url(server.fresh_database()), tmp_path_factory.mktemp("inbox"))
    register = Register(bench, _DESCRIPTION, lambda day, content: bench.put(f"staff_{day}.xlsx", content))
    for content in _SOUND.values():
        assert register.meet(content) == "applied"
    assert bench.rows("select count(*) from register.person_record") == [(4,)]
    return register


@pytest.mark.endure
@pytest.mark.timeout(0)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_damaged_workbook_gives_a_result_or_a_refusal(damaged) -> None:
    ends = endure(damaged, _workbook, short=20)
    assert {"refused", "applied"} <= set(ends), ends
