"""A workbook that nobody here wrote: Northwind's suppliers, as published.

What must come out was counted by hand from the sheet, before anything was run:

``suppliers.xlsx``: one sheet, 30 rows. Row 1 is the header: 12 names in columns A to L. So there are 29 suppliers.

- The sheet was once made from a text in which commas parted the columns and nothing was quoted. Where a name or an
  address held a comma, everything behind it stands one column further right, and column M, which has no name, has a
  value. These are 9 rows (`MOVED`): what stands under ``contactName`` there may be a street. They are in quarantine.
- 20 rows are straight. Each has an id of its own, a company, a contact of two to four words, a title and a country.
- Of these 20, 7 have a phone number that no network takes (`NO_PHONES`). The value is left out and reported.
- ``supplierID`` is a number in every row, and must come out as 1 and not as 1.0. Lyngbysild's phone (row 22) is a
  number too.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

DAY = date(2026, 3, 10)
DESCRIPTION = Path(__file__).with_name("northwind") / "suppliers.yaml"

#: Row number and supplier's id of the rows whose values have moved, with the comma that did it.
MOVED = {
    8: 7,  # Pavlova, Ltd.
    9: 8,  # Specialty Biscuits, Ltd.
    15: 14,  # Viale Dante, 75
    19: 18,  # 203, Rue des Francs-Bourgeois
    21: 20,  # 471 Serangoon Loop, Suite #402
    25: 24,  # G'day, Mate
    27: 26,  # Via dei Gelsomini, 153
    28: 27,  # 22, rue H. Voiron
    29: 28,  # Bat. B 3, rue des Alpes
}

#: Row number and supplier's id of phone numbers that nobody can call.
NO_PHONES = {
    2: "1",  # (171) 555-2222: inner London until 2000
    3: "2",  # (100) 555-4822: no area code of North America begins with 1
    7: "6",  # (06) 431-7877: Osaka until 1999, today 6431-7877
    11: "10",  # (11) 555 4640: São Paulo has eight digits
    12: "11",  # (010) 9984510: no area of Germany
    16: "15",  # (0)2-953010: Norway until 1993
    23: "22",  # (12345) 1212: no area of the Netherlands
}

#: The other numbers as they must stand in the register, written out by hand with the country's code.
PHONES = {
    "3": "+13135555735",
    "4": "+81335555011",
    "5": "+34985987654",
    "9": "+46319876543",
    "12": "+4969992755",
    "13": "+4947218713",
    "16": "+15035559931",
    "17": "+4681234567",
    "19": "+16175553267",
    "21": "+4543844108",  # a number in the sheet
    "23": "+35895310956",
    "25": "+15145559022",
    "29": "+15145552955",
}


@pytest.fixture
def northwind(bench, sample_registers):
    """The published file in a customer's inbox; it is read where it is."""
    bench.inbox = sample_registers
    return bench


def test_the_tables_above_fit_the_sheet(sample_registers) -> None:
    book = openpyxl.load_workbook(sample_registers / "northwind" / "suppliers.xlsx")
    [sheet] = book.worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 30
    assert sum(name is not None for name in rows[0]) == 12
    assert {number: row[0] for number, row in enumerate(rows, 1) if row[12] is not None} == MOVED
    straight = {str(row[0]): row for number, row in enumerate(rows[1:], 2) if number not in MOVED}
    assert set(straight) == set(NO_PHONES.values()) | set(PHONES)
    assert straight["21"][9] == 43844108


def test_suppliers(northwind) -> None:
    result = northwind.sync(northwind.source(DESCRIPTION.read_text()), DAY)
    # 9 of 29 rows are more than 5 %, but not more than the 20 below which nobody is woken
    assert (result.status, result.alarms) == ("applied", [])
    assert {name: count for name, count in result.counts.items() if count} == {
        "read": 29,
        "inserted": 20,
        "quarantined": 9,
        "rejected_values": 7,
    }
    found = northwind.rows("select row_number, key, rule, effect, column_name, field from sync.quarantine order by 1")
    assert found == sorted(
        [(number, None, "excel.beyond_header", "row", "", "") for number in MOVED]
        + [(number, key, "phone.invalid", "value", "phone", "person.work_phone") for number, key in NO_PHONES.items()]
    )
    phones = dict(northwind.rows("select key, work_phone from register.person_record"))
    assert phones == PHONES | dict.fromkeys(NO_PHONES.values())


def test_suppliers_as_the_register_holds_them(northwind) -> None:
    northwind.sync(northwind.source(DESCRIPTION.read_text()), DAY)
    query = """
        select person.last_name, person.first_name, company.company_name, company.country, job.job_title
        from register.person_record as person
        join register.company_record as company using (source_id, key)
        join register.employment as job using (source_id, key)
        where key = %s
    """
    expected = {
        "1": ("Cooper", "Charlotte", "Exotic Liquids", "GB", "Purchasing Manager"),
        "5": (
            "Saavedra",
            "Antonio del Valle",
            "Cooperativa de Quesos 'Las Cabras'",
            "ES",
            "Export Administrator",
        ),
        "9": ("Peterson", "Lars", "PB Knäckebröd AB", "SE", "Sales Agent"),
        "11": ("Winkler", "Petra", "Heli Süßwaren GmbH & Co. KG", "DE", "Sales Manager"),
        "23": ("Heikkonen", "Anne", "Karkki Oy", "FI", "Product Manager"),
        "29": ("Goulet", "Chantal", "Forêts d'érables", "CA", "Accounting Manager"),
    }
    for key, row in expected.items():
        assert northwind.rows(query, key) == [row], key
    dropped = northwind.rows("select pulled -> 'columns_dropped' from sync.batch")[0][0]
    assert dropped == ["address", "city", "region", "postalCode", "fax", "homePage"]


def test_suppliers_the_next_night(northwind) -> None:
    source = northwind.source(DESCRIPTION.read_text())
    northwind.sync(source, DAY)
    before = northwind.state()
    again = northwind.sync(source, date(2026, 3, 11))
    assert (again.status, again.counts["unchanged"], again.counts["quarantined"]) == ("applied", 20, 9)
    # that each row was read again is noted; nothing else is written
    assert {**northwind.state(), "sync.source_row": None} == {**before, "sync.source_row": None}
