"""Erasing a person who stands in companies' rows: sole traders, vouchers, contacts (RS-26, SUP-10)."""

from __future__ import annotations

from typing import Any

from erasures import (
    LEDGER,
    LEDGER_FILE,
    SOLE,
    SOLE_FILE,
    day,
    erased,
    first_night,
    head,
    house,
    match,
    people,
    put_csv,
    put_messages,
    traces,
)

from register.erasure import erase

__all__ = ["first_night", "house"]


def test_what_the_law_keeps_stays_with_its_reason(house) -> None:
    ledger = house.source(head("ledger", "ledger", "own_service") + LEDGER)
    house.put(f"ledger_{day(0)}.csv", LEDGER_FILE)
    house.sync(ledger, day(0))
    crm = house.source(head("crm", "company_register", "customer_register") + SOLE)
    house.put(f"crm_{day(0)}.csv", SOLE_FILE)
    house.sync(crm, day(0))
    put_messages(house.inbox, day(1))
    path = house.inbox / f"messages_{day(1)}.csv"
    path.write_text(path.read_text() + f"open,u-sirpukka,{day(1)}T09:00:00Z,sms,REMINDER,1002\n")
    house.sync(house.sources[3], day(1))
    match(house)
    report = erased(house, 1)
    assert sorted((one.record, one.reason) for one in report.kept) == [
        ("invoice", erase.CLAIM),
        ("invoice", erase.VOUCHER),
        ("message", erase.PROOF),
    ]
    assert house.rows("select count(*) from register.invoice") == [(2,)]
    assert house.rows("select key from register.message where user_id = 'u-sirpukka'") == [("open",)]
    assert house.rows("select company_name from register.company_record") == [("Varpunen Oy",)]
    kept = house.rows("select rows, reason from privacy.evidence where action = 'refuse' order by 2")
    assert len(kept) == 3
    put_csv(house.inbox, day(2), people(2))
    house.put(f"crm_{day(2)}.csv", SOLE_FILE)
    counts = house.sync(crm, day(2)).counts
    assert (counts["suppressed"], counts["unchanged"]) == (1, 1)


def test_a_company_goes_on_without_its_contact(house) -> None:
    crm = house.source(head("crm", "company_register", "customer_register") + SOLE)
    file = SOLE_FILE.replace("yes", "no")
    house.put(f"crm_{day(0)}.csv", file)
    house.sync(crm, day(0))
    match(house)
    erased(house, 0)
    assert contacts(house, "key") == [("c2",)]
    for number in (1, 2):
        house.put(f"crm_{day(number)}.csv", file)
        counts = house.sync(crm, day(number)).counts
        assert (counts["unchanged"], counts["suppressed"], counts["absent"]) == (2, 0, 0)
        assert traces(house, ("sirpukka.kanariainen@example.com", "Sirpukka")) == []
    # another contact of the same company is nobody's business
    house.put(f"crm_{day(3)}.csv", file.replace("Kanariainen,Sirpukka,sirpukka.kanariainen", "Aalto,Aino,aino"))
    assert house.sync(crm, day(3)).counts["updated"] == 1
    assert contacts(house, "key, last_name") == [("c1", "Aalto"), ("c2", "Virtanen")]


BILLED = """
read: {type: csv, path: "crm_{date}.csv"}
key: [id]
records: {company: {company_name: name}, billing: {city: city, billing_contact: contact}}
"""


def test_the_key_of_a_billing_contact_goes_out_of_a_held_plan(house) -> None:
    crm = house.source(head("crm", "receivables_register").replace("min_rows: 0", "min_rows: 10") + BILLED)
    house.put(f"crm_{day(0)}.csv", "id,name,city,contact\nc1,Varpunen Oy,Turku,0091770031\n")
    result = house.sync(crm, day(0))
    assert result.status == "held"
    erased(house, 0)
    assert traces(house) == []
    assert house.release(result, day(0)).status == "applied"
    assert house.rows("select key, billing_contact from register.billing") == [("c1", None)]


def test_the_key_of_a_billing_contact_who_was_erased_does_not_come_back(house) -> None:
    crm = house.source(head("crm", "receivables_register") + BILLED)

    def deliver(number: int, city: str) -> dict[str, int]:
        rows = f"c1,Varpunen Oy,{city},0091770031\nc2,Haukka Oy,{city},0091570031\n"
        house.put(f"crm_{day(number)}.csv", f"id,name,city,contact\n{rows}")
        return house.sync(crm, day(number)).counts

    look = "select key, city, billing_contact from register.billing order by 1"
    assert deliver(0, "Turku")["inserted"] == 2
    with house.register.transaction() as connection:  # the planner's samples have the key, too
        connection.exec_driver_sql("analyze register.billing")
    assert "0091770031 in pg_stats" in traces(house)
    erased(house, 0)
    for number, city in ((1, "Turku"), (2, "Tampere")):
        counts = deliver(number, city)
        assert (counts["suppressed"], counts["absent"]) == (0, 0)
        assert house.rows(look) == [("c1", city, None), ("c2", city, "0091570031")]
        assert traces(house) == []


def contacts(bench: Any, columns: str) -> list[tuple[Any, ...]]:
    where = "source_id = (select id from sync.source where name = 'varpunen/crm') order by 1"
    return bench.rows(f"select {columns} from register.person_record where {where}")
