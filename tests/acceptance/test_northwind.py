"""Registers that nobody here wrote: Northwind's customers and employees, as published.

What must come out was counted by hand from the raw files, before anything was run:

``customers.csv``: 92 lines, UTF-8, no quote in it. Line 1 is the header (11 columns), so there are 91 rows.

- 24 rows have 12 fields instead of 11, because their address holds a comma and nothing is quoted (`RAGGED`). Nobody can
  tell which comma is which, so these rows are in quarantine, by their row numbers alone.
- 67 rows have 11 fields. Each has an id of its own, a company, a contact of two or three words, a title and a country.
- Of these 67, 26 have a phone number that no network has taken since the numbering plans of the 1990s (`OLD_PHONES`).
  The value is left out and reported; the row goes on without it. The other 41 are numbers that can be called today.
- ``NULL`` stands in region and fax only. Of the 67 rows, 22 have a region.

``employees.csv``: 10 lines, ASCII, 18 columns in each. 9 employees, nothing wrong with any of them.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

DAY = date(2026, 3, 10)
HERE = Path(__file__).with_name("northwind")

#: Row number and customer id of the rows with 12 fields, with the address that holds the comma.
RAGGED = {
    8: "BLONP",  # 24, place Kléber
    9: "BOLID",  # C/ Araquil, 67
    10: "BONAP",  # 12, rue des Bouchers
    16: "COMMI",  # Av. dos Lusíadas, 23
    19: "DUMON",  # 67, rue des Cinquante Otages
    22: "FAMIA",  # Rua Orós, 92
    23: "FISSA",  # C/ Moralzarzal, 86
    24: "FOLIG",  # 184, chaussée de Tournai
    27: "FRANR",  # 54, rue Royale
    30: "GALED",  # Rambla de Cataluña, 23
    31: "GODOS",  # C/ Romero, 33
    32: "GOURL",  # Av. Brasil, 442
    35: "HANAR",  # Rua do Paço, 67
    41: "LACOR",  # 67, avenue de l'Europe
    58: "PARIS",  # 265, boulevard Charonne
    62: "QUEDE",  # Rua da Panificadora, 12
    63: "QUEEN",  # Alameda dos Canàrios, 891
    68: "RICAR",  # Av. Copacabana, 267
    70: "ROMEY",  # Gran Vía, 1
    75: "SPECD",  # 25, rue Lauriston
    77: "SUPRD",  # Boulevard Tirou, 255
    82: "TRADH",  # Av. Inês de Castro, 414
    85: "VICTE",  # 2, rue du Commerce
    89: "WELLI",  # Rua do Mercado, 12
}

#: Row number and customer id of phone numbers of numbering plans that are gone.
OLD_PHONES = {
    # Mexico: (5) for Mexico City ended in 1999, today 55 and eight digits
    3: "ANATR",
    4: "ANTON",
    14: "CENTC",
    59: "PERIC",
    81: "TORTU",
    # United Kingdom: (171) for inner London ended in 2000, today (20) 7
    5: "AROUT",
    12: "BSBEV",
    17: "CONSH",
    20: "EASTC",
    54: "NORTS",
    73: "SEVES",
    # Argentina: (1) for Buenos Aires ended in 1999, today 11 and eight digits
    13: "CACTU",
    55: "OCEAN",
    65: "RANCH",
    # Switzerland: codes of four digits with six more are not given out; 0452 and 0897 are no codes
    15: "CHOPS",
    69: "RICSU",
    # Portugal: (1) for Lisbon ended in 1999, today 21
    29: "FURIB",
    61: "PRINI",
    # Venezuela: codes of one digit ended in 2001, today 212 for (2) and so on
    34: "GROSR",
    36: "HILAA",
    47: "LILAS",
    48: "LINOD",
    # France: eight digits ended in 1996, today ten
    42: "LAMAI",
    86: "VINET",
    # Norway: codes such as 07 ended in 1993, today eight digits without a code
    71: "SANTG",
    # Finland: 90 for Helsinki ended in 1996, today 09
    91: "WILMK",
}

#: Some numbers as they must stand in the register, written out by hand with the country's code.
GOOD_PHONES = {
    "ALFKI": "+49300074321",  # Germany, 030-0074321
    "BERGS": "+46921123465",  # Sweden, 0921-12 34 65
    "BOTTM": "+16045554729",  # Canada, (604) 555-4729
    "FRANS": "+390114988260",  # Italy, 011-4988260: the zero stays
    "HUNGO": "+3532967542",  # Ireland, 2967 542
    "MAISD": "+3222012467",  # Belgium, (02) 201 24 67
    "SIMOB": "+4531123456",  # Denmark, 31 12 34 56
    "WARTH": "+358981443655",  # Finland, 981-443655
    "WHITC": "+12065554112",  # USA, (206) 555-4112
    "WOLZA": "+48266427012",  # Poland, (26) 642-7012
}

EMPLOYEES = {
    # number: last name, first name, title, hired on
    "1": ("Davolio", "Nancy", "Sales Representative", date(1992, 5, 1)),
    "2": ("Fuller", "Andrew", "Vice President, Sales", date(1992, 8, 14)),
    "3": ("Leverling", "Janet", "Sales Representative", date(1992, 4, 1)),
    "4": ("Peacock", "Margaret", "Sales Representative", date(1993, 5, 3)),
    "5": ("Buchanan", "Steven", "Sales Manager", date(1993, 10, 17)),
    "6": ("Suyama", "Michael", "Sales Representative", date(1993, 10, 17)),
    "7": ("King", "Robert", "Sales Representative", date(1994, 1, 2)),
    "8": ("Callahan", "Laura", "Inside Sales Coordinator", date(1994, 3, 5)),
    "9": ("Dodsworth", "Anne", "Sales Representative", date(1994, 11, 15)),
}


@pytest.fixture
def northwind(bench, sample_registers):
    """The published files as a customer's inbox; they are read where they are."""
    bench.inbox = sample_registers
    return bench


def _raw(folder: Path, name: str) -> list[list[str]]:
    with (folder / "northwind" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_tables_above_fit_the_raw_file(sample_registers) -> None:
    rows = _raw(sample_registers, "customers.csv")
    assert len(rows) == 92
    assert Counter(map(len, rows)) == {11: 1 + 67, 12: 24}
    assert {number: row[0] for number, row in enumerate(rows, 1) if len(row) == 12} == RAGGED
    assert len({row[0] for row in rows}) == 92
    assert all(rows[number - 1][0] == key for number, key in OLD_PHONES.items())
    assert len(OLD_PHONES) == 26
    assert not set(OLD_PHONES) & set(RAGGED)
    assert Counter(map(len, _raw(sample_registers, "employees.csv"))) == {18: 10}


def test_customers(northwind) -> None:
    source = northwind.source((HERE / "customers.yaml").read_text())
    held = northwind.sync(source, DAY)
    assert held.status == "held"
    [alarm] = held.alarms  # 24 of 91 rows are more than 5 % and more than 20
    assert (alarm["guard"], alarm["says"]) == ("rejected", "24 of 91 rows were rejected.")
    outcome = northwind.release(held, DAY)
    assert outcome.status == "applied"
    assert {name: count for name, count in outcome.counts.items() if count} == {
        "read": 91,
        "inserted": 67,
        "quarantined": 24,
        "rejected_values": 26,
    }
    assert northwind.rows(
        "select row_number, rule, effect, column_name, key from sync.quarantine where effect = 'row' order by 1"
    ) == [(number, "csv.ragged", "row", "", None) for number in RAGGED]
    assert northwind.rows(
        "select row_number, key, rule, column_name, field from sync.quarantine where effect = 'value' order by 1"
    ) == [(number, key, "phone.invalid", "phone", "person.work_phone") for number, key in sorted(OLD_PHONES.items())]
    held_keys = {key for (key,) in northwind.rows("select key from register.company_record")}
    assert held_keys == {row[0] for row in _raw(northwind.inbox, "customers.csv")[1:]} - set(RAGGED.values())


def test_customers_as_the_register_holds_them(northwind) -> None:
    source = northwind.source((HERE / "customers.yaml").read_text())
    northwind.release(northwind.sync(source, DAY), DAY)
    phones = dict(northwind.rows("select key, work_phone from register.person_record where work_phone is not null"))
    assert len(phones) == 41
    assert {key: phones.get(key) for key in GOOD_PHONES} == GOOD_PHONES
    query = """
        select person.last_name, person.first_name, company.company_name, company.country, job.employer_name,
               job.job_title, job.valid_from
        from register.person_record as person
        join register.company_record as company using (source_id, key)
        join register.employment as job using (source_id, key)
        where key = %s
    """
    expected = {
        "ALFKI": ("Anders", "Maria", "Alfreds Futterkiste", "DE", "Sales Representative"),
        "BERGS": ("Berglund", "Christina", "Berglunds snabbköp", "SE", "Order Administrator"),
        "PRINI": ("de Castro", "Isabel", "Princesa Isabel Vinhos", "PT", "Sales Representative"),
        "TORTU": ("Paolino", "Miguel Angel", "Tortuga Restaurante", "MX", "Owner"),
        "ISLAT": ("Bennett", "Helen", "Island Trading", "GB", "Marketing Manager"),
        "WILMK": ("Karttunen", "Matti", "Wilman Kala", "FI", "Owner/Marketing Assistant"),
        "WOLZA": ("Piestrzeniewicz", "Zbyszek", "Wolski Zajazd", "PL", "Owner"),  # two blanks in the file
    }
    for key, (last, first, company, country, title) in expected.items():
        assert northwind.rows(query, key) == [(last, first, company, country, company, title, None)], key


def test_the_text_null_is_a_missing_value(northwind) -> None:
    """Without the declaration, NULL would be a region like any other and no row would be left out."""
    declared = (HERE / "customers.yaml").read_text()
    declared += "filter: {include: [{column: region, empty: false}]}\nguards: {rejected_floor: 24}\n"
    result = northwind.sync(northwind.source(declared), DAY)
    assert result.status == "applied"
    assert (result.counts["inserted"], result.counts["out_of_scope"], result.counts["quarantined"]) == (22, 45, 24)
    assert northwind.rows("select country, count(*) from register.company_record group by 1 order by 1") == [
        ("CA", 3),
        ("GB", 1),
        ("IE", 1),
        ("US", 13),
        ("VE", 4),
    ]


def test_customers_the_next_night(northwind) -> None:
    source = northwind.source((HERE / "customers.yaml").read_text())
    northwind.release(northwind.sync(source, DAY), DAY)
    before = northwind.state()
    again = northwind.sync(source, date(2026, 3, 11))
    assert again.counts["unchanged"] == 67
    assert again.counts["quarantined"] == 24
    assert northwind.state() == before


def test_employees(northwind) -> None:
    source = northwind.source((HERE / "employees.yaml").read_text())
    result = northwind.sync(source, DAY)
    assert result.status == "applied"
    assert {name: count for name, count in result.counts.items() if count} == {"read": 9, "inserted": 9}
    found = northwind.rows("""
        select key, last_name, first_name, job_title, valid_from, employee_number, employer_name, valid_to, work_phone
        from register.person_record join register.employment using (source_id, key)
    """)
    assert {row[0]: row[1:5] for row in found} == EMPLOYEES
    assert {row[5:] for row in found} == {(number, "Northwind Traders", None, None) for number in EMPLOYEES}
    dropped = northwind.rows("select pulled -> 'columns_dropped' from sync.batch")[0][0]
    assert len(dropped) == 18 - 5
    assert {"birthDate", "homePhone", "address", "photo", "notes", "reportsTo"} <= set(dropped)


@pytest.mark.parametrize("column", ["birthDate", "photo"])
def test_what_must_never_be_mapped_cannot_be(northwind, column) -> None:
    """A birth date is refused by its column's name; a photograph has no field that it could fill."""
    from schemas.errors import ConfigurationRefused

    declared = (HERE / "employees.yaml").read_text().replace("valid_from: hireDate", f"{column}: {column}")
    with pytest.raises(ConfigurationRefused):
        northwind.source(declared)


def _forbidden(folder: Path) -> set[str]:
    """What of employees.csv may be nowhere: as written there, and as somebody may have rewritten it."""
    header, *rows = _raw(folder, "employees.csv")
    found = set()
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        born = date.fromisoformat(cells["birthDate"][:10])
        digits = "".join(filter(str.isdigit, cells["homePhone"]))
        found |= {cells["birthDate"], born.isoformat(), born.strftime("%Y%m%d"), f"{born:%d.%m.%Y}"}
        found |= {f"{born.day}.{born.month}.{born.year}", cells["homePhone"], digits}
        found |= {cells["notes"][:40], cells["notes"][-40:], cells["address"], cells["postalCode"] + ","}
        # the picture as hexadecimal text, and the bytes that it stands for
        found |= {cells["photo"][:40], bytes.fromhex(cells["photo"][2:][:60]).decode("latin-1"), cells["photoPath"]}
    return found


def test_employees_leave_nothing_of_their_private_lives(
    home, bench_at, canary, sample_registers, capfd, caplog
) -> None:
    bench = bench_at(home.url, sample_registers)
    assert bench.sync(bench.source((HERE / "employees.yaml").read_text()), DAY).status == "applied"
    assert bench.sync(bench.source((HERE / "employees.yaml").read_text()), date(2026, 3, 11)).status == "applied"
    home.flush()
    forbidden = _forbidden(sample_registers)
    assert len(forbidden) > 90

    said = capfd.readouterr()
    tables = home.tables()
    places = [*(text for text in tables.values()), canary.dump(home.url), said.out, said.err, caplog.text, home.folder]
    assert canary.hits(forbidden, *places) == []
    # The search finds what is there: the server's files hold plain text, the landed copy is unpacked.
    assert canary.hits(["Leverling"], home.postgres)
    assert "Leverling" in tables["register.person_record"]
    assert "Leverling" in tables["sync.landed, unpacked"]
