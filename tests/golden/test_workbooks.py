"""One register in four formats of workbooks, and the rows of the central register that it must become.

The files were made once: ``staff.xlsx`` with openpyxl, ``staff.xls`` with xlwt, ``staff.ods`` and ``staff.xlsb`` by
hand after the descriptions of their formats. Each has a title in row 1, its header in row 3, and then, as Excel numbers
them:

=== ============== ========== ======= ============== ===================
row Tunnus         Sukunimi   Etunimi Puhelin        Alkoi
=== ============== ========== ======= ============== ===================
4   text 007       Kuvitelma  Aino    the number     a day
                                      401234567
5   the number 42  Satunen    Eero    text           the number 43845
6   an empty row
7   text 0099      Åkerström  Örjan   empty          a day and an hour
8   the number     Keksilä    Märta   empty          text 1.2.2019
    358401234567
9   Yhteensä       4: the footer
=== ============== ========== ======= ============== ===================

xlsx, xls and xlsb have a hidden sheet beside it. In the .xlsb no cell is marked as a day: all days are serial dates.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from descriptions import described

FILES = Path(__file__).with_name("workbooks")

DESCRIPTION = described(
    """
employer: {business_ids: ["9000008-9"], names: [Lumme Huolto Oy]}
read:
  type: excel
  path: FILE
  serial_dates: [Alkoi]
  digits: {Tunnus: 4}
  footer: {first_cell: Yhteensä}
key: [Tunnus]
records:
  person:
    last_name: Sukunimi
    first_name: Etunimi
    work_phone: {column: Puhelin, region: FI}
  employment:
    employee_number: Tunnus
    valid_from: Alkoi
""",
    customer="lumme-huolto",
    register="henkilosto",
)

ROWS = [
    # row, key, last name, first name, phone, start
    (4, "007", "Kuvitelma", "Aino", "+358401234567", date(2020, 1, 15)),
    (5, "0042", "Satunen", "Eero", "+358401234568", date(2020, 1, 15)),
    (7, "0099", "Åkerström", "Örjan", None, date(2021, 6, 1)),
    (8, "358401234567", "Keksilä", "Märta", None, date(2019, 2, 1)),
]


@pytest.mark.parametrize("name", ["staff.xlsx", "staff.xls", "staff.ods", "staff.xlsb"])
def test_a_workbook_becomes_these_rows(bench, name: str) -> None:
    bench.inbox = FILES
    result = bench.sync(bench.source(DESCRIPTION.replace("FILE", name)), date(2026, 3, 10))
    assert (result.status, result.rejected, result.batch.complete) == ("applied", [], True)
    assert {name: count for name, count in result.counts.items() if count} == {"read": 4, "inserted": 4}
    found = bench.rows("""
        select person.first_row, key, last_name, first_name, work_phone, valid_from
        from register.person_record as person join register.employment as job using (source_id, key)
        order by 1
    """)
    assert found == ROWS
    assert bench.rows("select employee_number from register.employment order by 1") == [
        (key,) for key in sorted(row[1] for row in ROWS)
    ]
