"""A customer leaves (policy R15, L-22): sources stop, data are returned or deleted, vouchers stay."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from erasures import (
    CSV,
    LEDGER,
    LEDGER_FILE,
    PROCESSED,
    day,
    erased,
    first_night,
    head,
    house,
    match,
    people,
    processed_messages,
    put_csv,
)

from register import actors, customers
from register.retention import ahead, holds
from register.retention import run as retention
from register.retention.holds import Scope
from register.retention.report import Line
from register.suppression import entries
from schemas.errors import NotFound, Refusal, SourceRefused
from schemas.retention import SHIPPED
from sources import handover

__all__ = ["first_night", "house"]
LAST = date(2026, 3, 31)
DUE = LAST + timedelta(days=31)


@pytest.fixture
def served(house):
    """Beside the four controller's registers, one that is processed for the customer, and MDO's ledger."""
    badges = house.source(head("badges", role="processor") + PROCESSED + CSV.replace("hr_", "badges_"))
    put_csv(house.inbox, day(0), people(0))
    (house.inbox / f"hr_{day(0)}.csv").rename(house.inbox / f"badges_{day(0)}.csv")
    house.sync(badges, day(0))
    ledger = house.source(head("ledger", "ledger", "own_service") + LEDGER)
    house.put(f"ledger_{day(0)}.csv", LEDGER_FILE.replace("2026-02-01", "2026-03-02"))
    house.sync(ledger, day(0))
    match(house)
    return house


def ends(bench: Any, choice: str) -> None:
    with bench.register.transaction() as connection:
        customers.end(connection, "varpunen", ends_on=LAST, choice=choice, by="kari", reason="letter", on=day(1))


def shown(bench: Any) -> customers.End:
    with bench.register.transaction() as connection:
        (one,) = customers.listed(connection, days=30)
    return one


def nights(bench: Any, *dates: date) -> None:
    for one in dates:
        retention.apply(bench.register, SHIPPED, one, today=one)


def planned(bench: Any, on: date, table: str) -> list[Line]:
    """What the preview of a night says of what was processed."""
    return [one for one in retention.plan(bench.register, SHIPPED, on).lines if (one.rule, one.table) == ("R15", table)]


def count(bench: Any, table: str, role: str) -> int:
    return bench.rows(f"select count(*) from {table} where processing_role = %s", role)[0][0]


def test_what_is_processed_goes_after_thirty_days_and_not_before(served) -> None:
    erased(served, 0, instructions={"varpunen": "letter"})
    ends(served, "delete")
    one = shown(served)
    assert one.due_on == DUE and "varpunen/badges" in one.sources and one.processed == 6
    put_csv(served.inbox, LAST, people(1))
    assert served.sync(served.sources[0], LAST).status == "applied"  # the last day is one of the service
    put_csv(served.inbox, LAST + timedelta(days=1), people(1))
    with pytest.raises(SourceRefused, match="left on 2026-03-31"):
        served.sync(served.sources[0], LAST + timedelta(days=1))
    assert planned(served, DUE - timedelta(days=1), "register.person_record") == []
    nights(served, DUE - timedelta(days=1))
    assert count(served, "register.person_record", "processor") == 2
    (line,) = planned(served, DUE, "register.person_record")
    assert (line.rows, line.refused) == (2, {})
    foreseen = ahead.ahead(served.register, SHIPPED, DUE - timedelta(days=10), 30)
    assert [(one.due_on, one.rows) for one in foreseen if one.table == "register.employment"] == [(DUE, 2)]
    nights(served, DUE)
    for table in ("register.person_record", "register.employment", "register.competence"):
        assert count(served, table, "processor") == 0
    assert count(served, "register.person_record", "controller") == 4
    source = "(select id from sync.source where name = 'varpunen/badges')"
    for table in ("sync.source_row", "sync.landed", "sync.quarantine"):
        assert served.rows(f"select count(*) from {table} where source_id = {source}") == [(0,)]
    certificate = shown(served).certificate
    assert certificate is not None and certificate["deleted"]["register.person_record"] == 2
    assert certificate["kept as controller, by its own rules"]["register.invoice"] == 2
    assert "Virtanen" not in json.dumps(certificate)
    # of what we keep as controller the clock runs, and vouchers have one of their own
    nights(served, date(2026, 10, 2))
    assert count(served, "register.person_record", "controller") == 0
    assert served.rows("select count(*) from register.invoice") == [(2,)]
    # the list outlives its last register by a year (R12)
    lists = "select count(*) from privacy.suppression where controller_id > 0"
    assert served.rows(lists)[0][0] > 0
    nights(served, date(2027, 4, 2))
    assert served.rows(lists) == [(0,)]


def test_what_is_to_be_returned_waits_until_it_was(served, tmp_path) -> None:
    with pytest.raises(Refusal, match="delete or return"):
        ends(served, "keep")
    ends(served, "return")
    with pytest.raises(Refusal, match="already"):
        ends(served, "delete")
    nights(served, DUE)
    assert count(served, "register.person_record", "processor") == 3
    with served.register.transaction() as connection, pytest.raises(Refusal, match="more may be delivered"):
        customers.returned(connection, "varpunen", by="kari", on=LAST)
    with served.register.transaction() as connection:
        sheets = [(record.name, columns, rows) for record, columns, rows in customers.processed(connection, "varpunen")]
        workbook, text = handover.write(tmp_path / "out", "varpunen", sheets)
        customers.returned(connection, "varpunen", by="kari", on=DUE)
    assert {path.stat().st_mode & 0o777 for path in (workbook, text)} == {0o600}
    given = json.loads(text.read_text())
    assert set(given) == {"person", "employment", "competence"}
    assert given["person"][2]["key"] == "0091770031"
    book = openpyxl.load_workbook(workbook)
    assert [cell.value for cell in book["person"][4]][:2] == ["varpunen/badges", "0091770031"]
    nights(served, DUE + timedelta(days=1))
    assert count(served, "register.person_record", "processor") == 0
    assert shown(served).certificate["returned on"] == str(DUE)


@pytest.mark.parametrize("scope", ["source", "person", "record", "message"])
def test_nothing_goes_while_anything_of_it_is_held(served, scope: str) -> None:
    """Whatever of the processed data a legal hold covers: a register, a person, a record, or one event."""
    processed_messages(served)
    with served.register.transaction() as connection:
        actors.add(connection, actors.Actor("liisa", "officer", day(0), None))
        ((golden, record),) = served.rows(
            "select golden_id, record_id from register.golden_member as member join register.person_record as record "
            "on record.id = member.record_id where member.record_type = 'person' and record.key = '0091570031' "
            "and processing_role = 'processor'"
        )
        ((message,),) = served.rows("select min(id) from register.message where processing_role = 'processor'")
        held = {
            "source": Scope(source="varpunen/badges"),
            "person": Scope(record_type="golden", record_id=golden),
            "record": Scope(record_type="person", record_id=record),
            "message": Scope(record_type="message", record_id=message),
        }[scope]
        two = {"opened_by": "kari", "approved_by": "liisa"}
        number = holds.add(connection, held, reason="claim", review_on=day(90), on=day(1), **two)
    ends(served, "delete")
    (line,) = planned(served, DUE, "register.person_record")
    assert (line.rows, line.refused) == (0, {"hold": 3})
    nights(served, DUE, DUE)
    assert count(served, "register.person_record", "processor") == 3 and shown(served).certificate is None
    kept = "select rows, reason from privacy.evidence where rule = 'R15' and table_name = 'register.person_record'"
    assert served.rows(kept) == [(3, "hold")]
    with served.register.transaction() as connection:
        holds.end(connection, number, by="kari", reason="settled", on=DUE)
    nights(served, DUE + timedelta(days=1))
    assert count(served, "register.person_record", "processor") == 0


@pytest.mark.parametrize("choice", ["delete", "return"])
def test_a_day_that_was_mistyped_far_back_deletes_nothing_at_once(served, choice: str) -> None:
    """No guard looks at this deletion: thirty days from the day on which it was written down are left to see it."""
    erased(served, 0)
    entered = date(2026, 3, 10)
    due = entered + timedelta(days=31)
    with served.register.transaction() as connection:
        what = {"ends_on": date(2016, 3, 31), "choice": choice, "by": "kari", "reason": "letter"}
        customers.end(connection, "varpunen", **what, on=entered)
        if choice == "return":
            customers.returned(connection, "varpunen", by="kari", on=entered)
    one = shown(served)
    assert (one.ends_on, one.recorded_on, one.due_on) == (date(2016, 3, 31), entered, due)
    foreseen = ahead.ahead(served.register, SHIPPED, entered, 60)
    assert [line.due_on for line in foreseen if line.rule == "R15"] == [due] * 3
    nights(served, entered, due - timedelta(days=1))
    assert planned(served, due - timedelta(days=1), "register.person_record") == []
    assert count(served, "register.person_record", "processor") == 3 and shown(served).certificate is None
    assert count(served, "register.person_record", "controller") == 4
    assert served.rows("select count(*) from privacy.suppression where expires_on is null")[0][0] > 2
    nights(served, due)
    assert count(served, "register.person_record", "processor") == 0
    assert shown(served).certificate["deleted"]["register.person_record"] == 3
    nights(served, due + timedelta(days=1))  # the rest, by its own rules and from the last day
    assert count(served, "register.person_record", "controller") == 0


def test_contracts_end_with_their_customer_also_those_that_came_after_the_notice(served) -> None:
    contracts = served.source(
        head("contracts", "crm", "own_service")
        + 'read: {type: csv, path: "contracts_{date}.csv"}\nkey: [no]\n'
        + "records: {contract: {contract_no: no, product_code: product, terminated_on: ended}}\n"
    )
    served.put(f"contracts_{day(0)}.csv", "no,product,ended\nS1,A,\nS2,A,2026-03-05\n")
    served.sync(contracts, day(0))
    ends(served, "delete")
    served.put(f"contracts_{day(2)}.csv", "no,product,ended\nS1,B,\nS2,A,2026-03-05\nS3,A,\n")
    served.sync(contracts, day(2))
    look = "select contract_no, terminated_on from register.contract order by 1"
    nights(served, LAST)
    assert served.rows(look) == [("S1", None), ("S2", date(2026, 3, 5)), ("S3", None)]
    nights(served, LAST + timedelta(days=1))
    assert served.rows(look) == [("S1", LAST), ("S2", date(2026, 3, 5)), ("S3", LAST)]


def test_a_wrong_end_is_taken_back(served) -> None:
    contracts = served.source(
        head("contracts", "crm", "own_service")
        + 'read: {type: csv, path: "contracts_{date}.csv"}\nkey: [no]\n'
        + "records: {contract: {contract_no: no, terminated_on: ended}}\n"
    )
    file = f"no,ended\nS1,\nS2,{LAST}\n"
    for night in (LAST, LAST + timedelta(days=2)):
        served.put(f"contracts_{night}.csv", file)
    served.sync(contracts, LAST)
    stays = {"by": "kari", "reason": "another customer was meant", "on": LAST}
    with served.register.transaction() as connection, pytest.raises(NotFound, match="has not left"):
        customers.stay(connection, "varpunen", **stays)
    ends(served, "delete")
    nights(served, LAST + timedelta(days=1))
    look = "select contract_no, terminated_on from register.contract order by 1"
    assert served.rows(look) == [("S1", LAST), ("S2", LAST)]
    clocks = "select count(*) from register.person_record where retention_trigger is not null"
    assert served.rows(clocks) != [(0,)]
    with served.register.transaction() as connection:
        customers.stay(connection, "varpunen", **stays)
    assert served.sync(contracts, LAST + timedelta(days=2)).status == "applied"
    nights(served, LAST + timedelta(days=3), DUE)
    assert served.rows(look) == [("S1", None), ("S2", LAST)] and served.rows(clocks) == [(0,)]
    assert count(served, "register.person_record", "processor") == 3
    ends(served, "delete")
    nights(served, DUE + timedelta(days=1))
    with served.register.transaction() as connection, pytest.raises(Refusal, match="has been deleted"):
        customers.stay(connection, "varpunen", **stays)


def test_credentials_to_revoke_are_listed(served) -> None:
    described = (
        '{"location": {"password": {"env": "VARPUNEN_SFTP"}}, "read": {"auth": [{"token": {"env": "VARPUNEN_API"}}]}}'
    )
    assert served.rows(
        "update sync.source_version set description = description || %s::jsonb where source_id = "
        "(select id from sync.source where name = 'varpunen/badges') returning 1",
        described,
    )
    ends(served, "delete")
    assert shown(served).credentials == ["VARPUNEN_API", "VARPUNEN_SFTP"]


def test_nobody_leaves_whom_nobody_knows(served) -> None:
    with served.register.transaction() as connection:
        with pytest.raises(NotFound):
            customers.end(connection, "nobody", ends_on=LAST, choice="delete", by="kari", reason="letter", on=day(1))
        assert entries.expire(connection, LAST) == 0
