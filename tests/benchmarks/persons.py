"""Two nights of one customer's staff register, made from a seed.

Belongs here: the two files. Does not belong here: who reads them. Names, numbers and companies are made up by chance.

Twelve columns as a Finnish staff register has them, about 135 bytes a row. One value in a thousand is bad, one row in
ten thousand lacks its family name, because every register has such rows. The second night has 1 % of the rows changed,
0.2 % new and 0.2 % gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

COLUMNS = (
    "Henkilönumero",
    "Sukunimi",
    "Etunimi",
    "Sähköposti",
    "Puhelin",
    "Kieli",
    "Työnantaja",
    "Y-tunnus",
    "Nimike",
    "Alkoi",
    "Päättyi",
    "Kustannuspaikka",
)
CHANGED, NEW, GONE = 0.01, 0.002, 0.002

_BEGINNINGS = [
    "Ala",
    "Ylä",
    "Keski",
    "Met",
    "Jär",
    "Kos",
    "Niem",
    "Mäk",
    "Saar",
    "Lah",
    "Virt",
    "Kallio",
    "Koiv",
    "Pelt",
    "Rant",
    "Salm",
    "Suo",
    "Harj",
    "Åker",
    "Öster",
]
_ENDINGS = [
    "sälä",
    "nen",
    "inen",
    "kälä",
    "la",
    "mäki",
    "niemi",
    "lahti",
    "järvi",
    "koski",
    "ranta",
    "salo",
    "saari",
    "suo",
    "maa",
    "vaara",
    "berg",
    "ström",
]
_FIRST = [
    "Aino",
    "Eero",
    "Helmi",
    "Onni",
    "Kerttu",
    "Väinö",
    "Saima",
    "Tauno",
    "Lyyli",
    "Urho",
    "Märta",
    "Åke",
    "Sisko",
    "Veikko",
    "Impi",
    "Toivo",
    "Hilja",
    "Arvo",
    "Elli",
    "Yrjö",
    "Anna-Liisa",
    "Jukka-Pekka",
    "Matti",
    "Maija",
    "Liisa",
    "Pekka",
    "Kaisa",
    "Ville",
    "Satu",
    "Timo",
    "Riitta",
    "Heikki",
    "Päivi",
    "Jari",
]
_TITLES = [
    "Asentaja",
    "Huoltaja",
    "Työnjohtaja",
    "Varastotyöntekijä",
    "Huolitsija",
    "Kuljettaja",
    "Siivooja",
    "Laskuttaja",
    "Myyjä",
]
_ASCII = str.maketrans("äöåÄÖÅ", "aoaAOA")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Nights:
    """The files of two nights."""

    first: Path
    second: Path
    rows: int


def make(folder: Path, rows: int, *, seed: int = 1) -> Nights:
    """Writes both nights into the folder, unless they are there."""
    nights = Nights(folder / f"persons-{rows}-1.csv", folder / f"persons-{rows}-2.csv", rows)
    if not nights.second.exists():
        folder.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(seed)
        extra = int(rows * NEW)
        everybody = _persons(random, rows + extra)
        _write(everybody.slice(0, rows), nights.first)
        _write(_second(random, everybody, rows), nights.second)
    return nights


def _second(random: np.random.Generator, everybody: pa.Table, rows: int) -> pa.Table:
    touched = random.permutation(rows)
    changed = touched[: int(rows * CHANGED)]
    gone = touched[len(changed) : len(changed) + int(rows * GONE)]
    mask = np.zeros(everybody.num_rows, dtype=bool)
    mask[changed] = True
    at = COLUMNS.index("Puhelin")
    phones = pc.replace_with_mask(everybody.column(at).combine_chunks(), pa.array(mask), _phones(random, len(changed)))
    stays = np.ones(everybody.num_rows, dtype=bool)
    stays[gone] = False
    return everybody.set_column(at, "Puhelin", phones).filter(pa.array(stays))


def _persons(random: np.random.Generator, count: int) -> pa.Table:
    numbers = [f"{number:08d}" for number in range(1, count + 1)]
    lasts = [begin + end for begin in _BEGINNINGS for end in _ENDINGS]
    last, first = random.integers(0, len(lasts), count), random.integers(0, len(_FIRST), count)
    companies = [(f"Yritys {number} Oy", _business_id(number)) for number in range(1, 501)]
    company = random.integers(0, len(companies), count)
    local = [
        f"{_FIRST[f]}.{lasts[n]}{i % 997}".translate(_ASCII).lower()
        for i, (f, n) in enumerate(zip(first, last, strict=True))
    ]
    email = [f"{name}@yritys{c}.example.com" for name, c in zip(local, company, strict=True)]
    last_names = np.array(lasts, dtype=object)[last]
    phones = np.array(_phones(random, count).to_pylist(), dtype=object)
    for at in np.flatnonzero(random.random(count) < 0.0005):
        email[at] = email[at].replace("@", " at ")
    phones[random.random(count) < 0.0005] = "040 12"
    last_names[random.random(count) < 0.0001] = ""
    begins = random.integers(0, 9000, count)
    begun = np.datetime64("2001-01-01") + begins
    ends = np.where(random.random(count) < 0.05, "31.12.2099", "")
    cells: list[list[str] | pa.Array] = [
        numbers,
        last_names.tolist(),
        np.array(_FIRST, dtype=object)[first].tolist(),
        email,
        phones.tolist(),
        np.array(["suomi", "suomi", "suomi", "ruotsi", "englanti"], dtype=object)[
            random.integers(0, 5, count)
        ].tolist(),
        [companies[c][0] for c in company],
        [companies[c][1] for c in company],
        np.array(_TITLES, dtype=object)[random.integers(0, len(_TITLES), count)].tolist(),
        pc.strftime(pa.array(begun), format="%d.%m.%Y"),
        ends.tolist(),
        [f"KP {number}" for number in random.integers(1000, 9999, count)],
    ]
    return pa.table([pa.array(column, pa.string()) for column in cells], names=list(COLUMNS))


def _phones(random: np.random.Generator, count: int) -> pa.Array:
    prefix = np.array(["040", "050", "045", "044"], dtype=object)[random.integers(0, 4, count)]
    digits = random.integers(1_000_000, 9_999_999, count)
    shape = random.random(count)
    return pa.array(
        [
            f"{p} {d}" if s < 0.6 else f"+358 {p[1:]} {d}" if s < 0.8 else f"{p}{d}" if s < 0.9 else f"{p}-{d}"
            for p, d, s in zip(prefix, digits, shape, strict=True)
        ],
        pa.string(),
    )


def _business_id(number: int) -> str:
    """A business id of a company that does not exist, with the check digit it would have."""
    while True:
        body = f"{9_100_000 + number * 7:07d}"
        rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
        if rest != 1:
            return f"{body}-{0 if rest == 0 else 11 - rest}"
        number += 1000


def _write(table: pa.Table, path: Path) -> None:
    options = pacsv.WriteOptions(delimiter=";", quoting_style="none")
    unfinished = path.with_suffix(".new")
    pacsv.write_csv(table, unfinished, options)
    unfinished.rename(path)
