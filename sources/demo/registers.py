"""The files of the two demo customers, for two nights, and what each night is expected to bring.

Belongs here: fictional rows and the story they tell. Does not belong here: how they are read.

Nobody in these files exists. Mailboxes end in example.com or example.org, Finnish numbers begin with 040 555 0, Swedish
ones are those kept for fiction (070-174 06 xx), business ids begin with 9, of which none has been given out. The same
call writes the same bytes.

The story, told in source rows, is `EXPECTED`:

Night 1. *Satama* sends 120 persons: a bad mailbox and a personal identity code in the phone column (both values are
left out), a missing last name and a row broken by a stray semicolon (both to quarantine), a repeated row, two persons
who left lately (out of scope) and two who left long ago (expired). *Pohjan Pesula* sends 80 contacts: a bad mailbox, a
bad business id, a missing name, two different rows with one number (both to quarantine), a repeated row, and three old
contacts that its filter leaves out.

Night 2. *Satama*: three persons are new, four are gone, eight rows changed (two of them repairs of bad values), two
quarantined rows come back whole, one good row loses its last name, one employment ends, so that its person is absent
like the four. *Pohjan Pesula*: the transfer broke off after 27 rows, at the end of a line, so that only the guard can
notice.
"""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from schemas.errors import NotFound

#: The folder of the demo customers' source files.
SOURCES = Path(__file__).parent / "sources"

#: Stands in every cell of the columns that nobody declared: whoever finds it outside the inbox has found a leak.
UNDECLARED = "Kanariankuja"

SATAMA, PESULA = "satama-logistiikka/hr", "pohjan-pesula/yhteyshenkilot"


@dataclass(frozen=True)
class Expected:
    """What one night brings for one source, counted in source rows.

    Attributes:
        absent: keys of the night before that the file no longer has, or has only as out of scope: whose relation has
            ended is as gone as who is left out.
        held: whether the guard holds the plan; the counts are then those of the held plan.
        rules: rule -> rows in which it is broken.
    """

    read: int
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    out_of_scope: int = 0
    expired: int = 0
    quarantined: int = 0
    absent: int = 0
    held: bool = False
    rules: dict[str, int] = field(default_factory=dict)


#: (source, night) -> what it brings, written down by hand from the story above.
EXPECTED: dict[tuple[str, int], Expected] = {
    (SATAMA, 1): Expected(
        read=120,
        inserted=113,
        duplicate=1,
        out_of_scope=2,
        expired=2,
        quarantined=2,
        rules={"email.syntax": 1, "hetu.valid": 1, "required.missing": 1, "csv.ragged": 1},
    ),
    (PESULA, 1): Expected(
        read=80,
        inserted=73,
        duplicate=1,
        out_of_scope=3,
        quarantined=3,
        rules={"email.syntax": 1, "business_id.invalid": 1, "required.missing": 1, "key.conflict": 2},
    ),
    (SATAMA, 2): Expected(
        read=118,
        inserted=5,
        updated=8,
        unchanged=99,
        out_of_scope=3,
        expired=2,
        quarantined=1,
        absent=5,
        rules={"required.missing": 1},
    ),
    (PESULA, 2): Expected(read=27, updated=2, unchanged=25, absent=46, held=True),
}

_FIRST = """
Aino Eero Helmi Onni Kerttu Väinö Saima Tauno Lyyli Urho Märta Åke Sisko Veikko Impi Toivo Hilja Arvo Elli
Yrjö
"""
_LAST = """
Kuvitelma Satunen Tarinainen Keksilä Mielikkö Näytelmä Esimerkkilä Malliniemi Olematon Luulonen Kaavio
Åkermalli Testilä Aavemäki Hahmola Peitsamo Nukkela Vinjetti Örnmall Utukka
"""
_TITLES = ("Ahtaaja", "Trukinkuljettaja", "Työnjohtaja", "Varastotyöntekijä", "Huolitsija")
_ROLES = ("Ostaja", "Toimitusjohtaja", "Kiinteistöpäällikkö", "Laskutus", "Vuoropäällikkö")
_COMPANIES = (
    ("Hotelli Kuvitelma Oy", "9000003-8", "Suomi"),
    ("Ravintola Satumaa Oy", "9000004-6", "Suomi"),
    ("Kylpylä Olematon Oy", "9000005-4", "Suomi"),
    ("Hoitokoti Tarina Oy", "9000006-2", "Suomi"),
    ("Risteily Keksitty Oy Ab", "9000007-0", "Suomi"),
    ("Hotell Påhittat AB", "", "Ruotsi"),
)
_LANGUAGES = ("suomi", "suomi", "suomi", "ruotsi", "englanti")
_SKILLS = ("NOSTURI", "AJO-C", "AJO-CE", "LASTAUS", "JÄÄTY")

Row = dict[str, str]


def write_night(inbox: Path, business_date: date, night: int) -> None:
    """Write both customers' files for the business date into the inbox, as they arrive on night 1 or 2.

    Args:
        inbox: folder; the customers' folders are made in it.
        business_date: 2026-01-01 or later, and later on night 2 than on night 1.

    Raises:
        NotFound: the story has no such night.
    """
    if night not in (1, 2):
        raise NotFound(f"The demo has no night {night}.", "Ask for night 1 or 2.")
    staff = _satama(business_date, night)
    contacts = _pesula(night)
    put(inbox / "satama" / f"henkilot_{business_date:%Y%m%d}.csv", staff.encode("windows-1252"))
    put(inbox / "pohjan-pesula" / f"yhteyshenkilot_{business_date}.csv", contacts.encode("utf-8"))


def put(path: Path, content: bytes) -> None:
    """Put the file in its place whole, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def _satama(business_date: date, night: int) -> str:
    """120 rows on night 1, 118 on night 2, and a total row."""
    rows = [_person(number) for number in range(1, 123)]  # the last three are new on night 2
    for row, days in zip(rows[110:112], (20, 40), strict=True):
        row["Päättyi"] = _finnish(business_date - timedelta(days=days))
    rows[112]["Päättyi"], rows[113]["Päättyi"] = "31.1.2025", "2.3.2025"
    ragged = rows[118]["Henkilönumero"]
    if night == 1:
        rows[50]["Sähköposti"] = "aino.kuvitelma(at)satama.example.com"
        rows[60]["Puhelin"] = "010190-999W"  # of the 900 series, which is never given to a person
        rows[70]["Sukunimi"] = ""
        rows = rows[:119]
        rows.insert(90, dict(rows[40]))
    else:
        for place in (5, 15, 25):
            rows[place]["Nimike"] = "Vuoropäällikkö"
        for place in (6, 16):
            rows[place]["Puhelin"] = f"+358 40 555 09{place:02}"
        rows[7]["Taidot"] = "NOSTURI, TULITYO"
        rows[80]["Sukunimi"] = ""
        rows[85]["Päättyi"] = _finnish(business_date)
        gone = {rows[place]["Henkilönumero"] for place in (30, 31, 32, 33)}
        rows = [row for row in rows if row["Henkilönumero"] not in gone]
    lines = _csv(rows, ";").splitlines(keepends=True)
    if night == 1:
        place = next(place for place, line in enumerate(lines) if line.startswith(f"{ragged};"))
        lines[place] = lines[place].replace(";Huolitsija;", ";Huolitsija; sijainen;")
    total = ";".join(["Yhteensä", str(len(rows))] + [""] * (len(rows[0]) - 2))
    return "".join(lines) + total + "\r\n"


def _person(number: int) -> Row:
    """One person of Satama, the same on every night."""
    draw = random.Random(f"{SATAMA} {number}")
    first, last = draw.choice(_FIRST.split()), draw.choice(_LAST.split())
    hired = date(2005, 1, 1) + timedelta(days=draw.randrange(7300))
    digits = f"0{number:03}"
    skills = draw.sample(_SKILLS, draw.randrange(4))
    return {
        "Henkilönumero": f"{number:05}",
        "Sukunimi": last,
        "Etunimi": first,
        "Sähköposti": f"{_plain(first)}.{_plain(last)}.{number}@satama.example.com",
        "Puhelin": draw.choice((f"040 555 {digits}", f"040-555{digits}", f"+358 40 555{digits}", "-")),
        "Kieli": draw.choice(_LANGUAGES),
        "Nimike": "Huolitsija" if number == 119 else draw.choice(_TITLES),
        "Alkoi": _finnish(hired),
        "Päättyi": "",
        "Taidot": ", ".join(skills),
        "Trukkitaso": draw.choice(("", "", "2,0", "3,0", "4", "5,0")),
        "EA1 voimassa": draw.choice(("", f"{draw.randrange(1, 29)}.{draw.randrange(1, 13)}.2031")),
        "Työturvakortti voimassa": draw.choice(("", f"{draw.randrange(1, 29)}.{draw.randrange(1, 13)}.2030")),
        "Palkka": f"{UNDECLARED} {draw.randrange(2400, 4800)},50",
        "Kotiosoite": f"{UNDECLARED} {draw.randrange(1, 90)} A {draw.randrange(1, 40)}",
    }


def _pesula(night: int) -> str:
    """80 rows on night 1; the first 27 of as many on night 2."""
    rows = [_contact(number) for number in range(1, 79)]
    if night == 2:
        for place in (3, 12):
            rows[place]["Tehtävä"] = "Hankintapäällikkö"
        return _csv(rows[:27], ",")
    rows[40]["Sähköposti"] = "ei sähköpostia"
    rows[45]["Y-tunnus"] = "9000003-9"
    rows[50]["Nimi"] = ""
    for place in (60, 61, 62):
        rows[place]["Tila"] = "vanha"
    rows.insert(70, dict(rows[35]))
    rows.append(rows[77] | {"Tehtävä": "Rehtori"})
    return _csv(rows, ",")


def _contact(number: int) -> Row:
    """One contact of Pohjan Pesula, the same on every night."""
    draw = random.Random(f"{PESULA} {number}")
    first, last = draw.choice(_FIRST.split()), draw.choice(_LAST.split())
    company, business_id, country = _COMPANIES[0] if number == 46 else draw.choice(_COMPANIES)
    finnish = country == "Suomi"
    return {
        "Yhteysnumero": f"Y-{number:04}",
        "Yritys": company,
        "Y-tunnus": business_id,
        "Maa": country,
        "Nimi": f"{last}, {first}" if number % 10 == 0 else f"{first} {last}",
        "Sähköposti": f"{_plain(first)}.{_plain(last)}.{number}@pesula.example.org",
        "Puhelin": f"040 555 05{number:02}" if finnish else f"070-174 06 {number % 95 + 5:02}",
        "Tehtävä": draw.choice(_ROLES),
        "Tila": "voimassa",
        "Kotiosoite": f"{UNDECLARED} {draw.randrange(1, 90)}",
        "Lisätiedot": f"{UNDECLARED}, soita, kun tulet",
    }


def _finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _plain(name: str) -> str:
    """The name in small ASCII letters, as in a mailbox."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _csv(rows: Iterable[Row], delimiter: str) -> str:
    """The rows with a header, each line ended by CR LF."""
    listed = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(listed[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()
