"""A customer's three registers of the same people, straight in the tables that matching reads.

Belongs here: made-up records of a seed, in bulk. Does not belong here: files and their reading (`persons`), or any
judgement of what matching makes of them; here they only have to be many and of the usual shapes.

Half of the records are a staff register's, a quarter contacts, a quarter accounts of a directory. Of the contacts and
accounts most are people of the staff register, with a typo in one name of twenty, another mailbox or phone in one of
ten. One mailbox in fifty is a role's, one phone in fifty a switchboard's.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from register.places import place_of

_ONSETS = ["v", "k", "m", "r", "l", "s", "t", "h", "p", "n", "j", "kor", "hal", "sal", "lep", "mat", "tur", "pel"]
_NUCLEI = ["a", "ä", "e", "i", "o", "u", "aa", "ei", "ie", "uo", "öy", "yl"]
_LASTS = ["nen", "inen", "la", "mäki", "niemi", "lahti", "järvi", "koski", "ranta", "salo", "berg", "ström"]
_FIRSTS = ["o", "a", "i", "ri", "ja", "kko", "na", "ne", "tti", "sa", "ta", "ppo"]
_SOURCES = ("penkki/hr", "penkki/yhteyshenkilot", "penkki/hakemisto")

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


def fill(url: str, records: int, *, seed: int = 1) -> None:
    """Fills an empty register with so many person records, of one batch of each source."""
    random = np.random.default_rng(seed)
    staff = _staff(random, records // 2)
    others = [_others(random, staff, records // 4) for _ in _SOURCES[1:]]
    with psycopg.connect(url) as connection:
        connection.execute("insert into sync.customer (name) values ('penkki')")
        for name in _SOURCES:
            connection.execute("insert into sync.source (customer_id, name) values (1, %s)", [name])
        connection.execute(
            "insert into sync.source_version (source_id, digest, description) select id, 'x', '{}' from sync.source"
        )
        for source, people in enumerate([staff, *others], 1):
            _write(connection, source, people)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")


def change(url: str, records: int) -> None:
    """A night in which so many people of the staff register got another phone, spread over the whole of it."""
    with psycopg.connect(url) as connection:
        batch = add_batch(connection, 1, SECOND)
        connection.execute(
            "with chosen as ("
            "  select id, key from register.person_record where source_id = 1 order by md5(key) limit %(records)s"
            "), changed as ("
            "  update register.person_record as record set work_phone = '+35850' || lpad(record.id::text, 8, '0'),"
            "    changed_batch = %(batch)s, last_changed = %(day)s"
            "  from chosen where record.id = chosen.id"
            ")"
            "update sync.source_row as row set hash = 1, changed_batch = %(batch)s from chosen "
            "where row.source_id = 1 and row.key = chosen.key",
            {"records": records, "batch": batch, "day": SECOND},
        )


def add_batch(connection: psycopg.Connection[Any], source: int, day: date) -> int:
    """An applied batch of the source; its number."""
    now = datetime.now(UTC)
    (made,) = connection.execute(
        "insert into sync.batch (customer_id, source_id, source_version_id, business_date, attempt, as_of, place, "
        "rules_version, status) values (1, %s, %s, %s, 1, %s, %s, 'x', 'applied') returning id",
        [source, source, day, now, place_of(day, now)],
    ).fetchall()
    return int(made[0])


def _staff(random: np.random.Generator, count: int) -> pd.DataFrame:
    """Everybody with an employment, by whose numbers they are told apart."""
    lasts = [a + b + c for a in _ONSETS for b in _NUCLEI for c in _LASTS]
    lasts += [a + b for a in lasts for b in _LASTS]
    firsts = [(a + b + c).capitalize() for a in _ONSETS for b in _NUCLEI for c in _FIRSTS]
    found = pd.DataFrame(
        {
            "key": np.arange(count).astype(str),
            "last_name": _often(random, [last.capitalize() for last in lasts], count),
            "first_name": _often(random, firsts, count),
            "employer_business_id": np.char.add("9", np.char.zfill(random.integers(0, 300, count).astype(str), 6)),
            "employee_number": (100_000 + np.arange(count)).astype(str),
            "valid_from": "2020-01-01",
        }
    )
    found["work_email"] = _mailboxes(random, found)
    found["work_phone"] = _phones(random, count)
    return found


def _others(random: np.random.Generator, staff: pd.DataFrame, count: int) -> pd.DataFrame:
    """Mostly people of the staff register, as another register has them."""
    found = staff.iloc[random.permutation(len(staff))[:count]].reset_index(drop=True)
    found["key"] = np.arange(count).astype(str)
    other = random.random((count, 4))
    slips = found["last_name"].str.replace("a", "e", n=1).where(other[:, 0] < 0.05, found["last_name"])
    found["last_name"] = slips
    found["work_email"] = found["work_email"].where(other[:, 1] > 0.1, _mailboxes(random, found))
    found["work_phone"] = found["work_phone"].where(other[:, 2] > 0.1, pd.Series(_phones(random, count)))
    strangers = other[:, 3] < 0.1
    found.loc[strangers, "last_name"] = found["last_name"].str[::-1].str.capitalize()
    found.loc[strangers, "work_email"] = _mailboxes(random, found)
    found.loc[strangers, "work_phone"] = pd.Series(_phones(random, count))
    return found


def _often(random: np.random.Generator, values: list[str], count: int) -> NDArray[np.object_]:
    """Some of the values often and most of them seldom, as names are."""
    ranks = np.floor(len(values) ** random.random(count)).astype(int)
    return np.array(values, dtype=object)[ranks - 1]


def _mailboxes(random: np.random.Generator, people: pd.DataFrame) -> pd.Series:
    count = len(people)
    local = people["first_name"].str.lower() + "." + people["last_name"].str.lower() + people.index.astype(str)
    domain = "@f" + pd.Series(random.integers(0, 300, count).astype(str)) + ".example.com"
    return local.where(random.random(count) > 0.02, "info") + domain


def _phones(random: np.random.Generator, count: int) -> NDArray[np.object_]:
    own = np.char.add("+35840", np.char.zfill(random.integers(0, 99_999_999, count).astype(str), 8)).astype(object)
    return np.where(random.random(count) > 0.02, own, "+358201234567")


def _write(connection: psycopg.Connection[Any], source: int, people: pd.DataFrame) -> None:
    batch = add_batch(connection, source, FIRST)
    whose = {"customer_id": 1, "source_id": source}
    provenance = {"first_batch": batch, "first_row": 1, "changed_batch": batch, "changed_row": 1}
    provenance |= {"first_seen": FIRST, "last_changed": FIRST, "origin": "customer_register"}
    provenance |= {"processing_role": "controller", "legal_basis": "legitimate_interests"}
    fields = {
        "person_record": ["key", "last_name", "first_name", "work_email", "work_phone"],
        "employment": ["key", "employee_number", "employer_business_id", "valid_from"],
        "account": ["key", "username"],
    }
    people["username"] = people["work_email"]
    for table in ("person_record", *{1: ["employment"], 3: ["account"]}.get(source, [])):
        _copy(connection, f"register.{table}", people[fields[table]].assign(**whose, **provenance))
    seen = {"imported": True, "hash": 0, "first_batch": batch, "changed_batch": batch}
    _copy(connection, "sync.source_row", people[["key"]].assign(**whose, **seen))


def _copy(connection: psycopg.Connection[Any], table: str, rows: pd.DataFrame) -> None:
    text = io.BytesIO()
    pacsv.write_csv(pa.Table.from_pandas(rows, preserve_index=False), text)
    statement = f"copy {table} ({', '.join(rows.columns)}) from stdin (format csv, header)"
    with connection.cursor().copy(statement.encode()) as copy:
        copy.write(text.getbuffer())
