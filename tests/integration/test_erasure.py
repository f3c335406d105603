"""Erasure that stays erased: what goes, what stays, and that nobody comes back (SUP-01 to SUP-12, L-15)."""

from __future__ import annotations

from typing import Any

import pytest
from erasures import (
    CANARIES,
    CSV,
    LEDGER,
    LEDGER_FILE,
    PROCESSED,
    SOLE,
    SOLE_FILE,
    day,
    erased,
    find,
    first_night,
    head,
    house,
    match,
    night,
    people,
    processed_messages,
    put_accounts,
    put_csv,
    put_messages,
    traces,
)

from register.erasure import erase, lifting, objection, restriction
from register.erasure.subjects import Identifiers
from register.matching import pins
from register.suppression import entries, rotation
from schemas.errors import ConfigurationRefused, NotFound, Refusal

__all__ = ["first_night", "house"]


def test_found_by_what_she_says_and_shown_by_ids(house) -> None:
    one, login = find(house)
    assert one.golden_id is not None and len(one.records) == 2
    assert one.rows == {"varpunen/hr": 1, "varpunen/kortit": 1}
    assert (login.golden_id, login.records, login.rows) == (None, [], {"varpunen/users": 1})
    assert find(house, [("key", "0091770031")])[0].golden_id == one.golden_id
    assert find(house, [("phone", "+358 40 5550199")])[0].golden_id == one.golden_id
    assert find(house, [("email", "nobody@example.com")]) == []


def test_erased_from_everywhere_and_she_stays_away(house) -> None:
    assert {word.split(" in ")[0] for word in traces(house)} == set(CANARIES)
    report = erased(house, 0)
    assert report.counts["register.person_record"] == 2
    assert report.counts["register.message"] == 1
    assert report.counts["sync.landed"] == 4
    assert report.kept == [] and report.tokens > 8
    assert traces(house) == []
    for number in range(1, 4):
        counts = night(house, number)
        assert {name: one["suppressed"] for name, one in counts.items()} == {
            "hr": 1,
            "kortit": 1,
            "users": 1,
            "messages": 1,
        }
        assert all("quarantined" not in one for one in counts.values())
    # a file of an old date is brought in late
    put_csv(house.inbox, day(-1), people(-1))
    assert house.sync(house.sources[0], day(-1)).counts["suppressed"] == 1
    assert traces(house) == []
    assert house.rows("select count(*) from register.person_record") == [(4,)]


def test_who_returns_under_another_key_or_number_is_known(house) -> None:
    erased(house, 0)
    new = ("77", "Kanariainen", "Sirpukka", "SIRPUKKA.KANARIAINEN@EXAMPLE.COM ", "", "Toinen Oy", "")
    bare = ("91770031", "Kanariainen", "S.", "", "", "Varpunen Oy", "")  # a spreadsheet has eaten the zeros
    phoned = ("78", "Kanariainen", "Sirpukka", "", "+358-40-555 0199", "Toinen Oy", "")
    put_csv(house.inbox, day(1), [*people(1, sirpukka=False), new, bare, phoned])
    counts = house.sync(house.sources[0], day(1)).counts
    assert (counts["suppressed"], counts["quarantined"]) == (3, 0)
    assert traces(house) == []


def test_a_colleague_with_her_address_and_a_namesake_wait_for_somebody_to_look(house) -> None:
    erased(house, 0)
    heir = ("80", "Satunen", "Eero", "sirpukka.kanariainen@example.com", "", "Varpunen Oy", "")
    namesake = ("81", "Kanariainen", "Sirpukka", "s.k@example.com", "", "Varpunen Oy", "")
    elsewhere = ("82", "Kanariainen", "Sirpukka", "s.k@example.org", "", "Muu Oy", "")
    put_csv(house.inbox, day(1), [*people(1, sirpukka=False), heir, namesake, elsewhere])
    result = house.sync(house.sources[0], day(1))
    assert (result.counts["quarantined"], result.counts["suppressed"], result.counts["inserted"]) == (2, 0, 1)
    assert {one.rule for one in result.rejected} == {"suppression.conflict", "suppression.weak"}
    assert traces(house, ("s.k@example.com", "sirpukka.kanariainen@example.com")) == []


def test_a_shared_mailbox_and_a_number_of_many_are_nobodys_own(house) -> None:
    shared = "asiakaspalvelu@example.com"
    crowd = [(str(n), f"Henkilö{'abc'[n]}", "Kai", "", "040 555 0777", "Varpunen Oy", "") for n in range(3)]
    her = ("0091770031", "Kanariainen", "Sirpukka", shared, "040 555 0777", "Varpunen Oy", "")
    put_csv(house.inbox, day(1), [*people(1, sirpukka=False), her, *crowd])
    house.sync(house.sources[0], day(1))
    erased(house, 1, said=Identifiers.read([("key", "0091770031")]))
    next_one = ("90", "Uusi", "Aili", shared, "040 555 0777", "Varpunen Oy", "")
    put_csv(house.inbox, day(2), [*people(2, sirpukka=False), her, *crowd, next_one])
    counts = house.sync(house.sources[0], day(2)).counts
    assert (counts["suppressed"], counts["quarantined"], counts["inserted"]) == (1, 0, 1)


@pytest.mark.parametrize(("mailbox", "sharing"), [("vaihde@example.com", 1), ("desk@example.com", 3)])
def test_the_login_of_a_desk_does_not_go_with_one_of_its_people(house, mailbox: str, sharing: int) -> None:
    names = ("Aalto", "Lehtinen", "Virta")
    crowd = [(str(n), names[n], "Kai", mailbox, "", "Oy", "") for n in range(sharing)]
    put_csv(house.inbox, day(1), [*people(1), *crowd])
    house.sync(house.sources[0], day(1))
    put_accounts(house.inbox, day(1))
    path = house.inbox / f"users_{day(1)}.csv"
    path.write_text(path.read_text() + f"u-desk,{mailbox},active,2026-01-05T08:00:00Z,,\n")
    house.sync(house.sources[2], day(1))
    match(house)
    erased(house, 1, said=Identifiers.read([("key", "0")]))
    assert house.rows("select count(*) from register.account where user_id = 'u-desk'") == [(1,)]


@pytest.mark.parametrize("mailbox", ["aino@työnäyte.fi", "aino@xn--tynyte-dua6l.fi", "åse.groß@example.fi"])
def test_found_by_a_mailbox_of_any_letters(house, mailbox: str) -> None:
    aino = ("7", "Aalto", "Aino", mailbox, "", "Varpunen Oy", "")
    put_csv(house.inbox, day(1), [*people(1), aino])
    house.sync(house.sources[0], day(1))
    assert erased(house, 1, said=Identifiers.read([("email", mailbox.title())])).counts["register.person_record"] == 1
    put_csv(house.inbox, day(2), [*people(2), ("8", *aino[1:])])
    assert house.sync(house.sources[0], day(2)).counts["suppressed"] == 1


def test_nobody_goes_for_what_more_than_one_person_has(house) -> None:
    """A switchboard, a mailbox of the whole desk, and an employee number that another customer gave, too."""
    crowd = [(str(n), f"Henkilö{'abc'[n]}", "Kai", "desk@example.com", "040 555 0777", "Oy", "") for n in range(3)]
    put_csv(house.inbox, day(1), [*people(1), *crowd])
    house.sync(house.sources[0], day(1))
    other = house.source(head("hr").replace("varpunen", "haukka") + CSV.replace("hr_", "haukka_"))
    staff = "Numero;Sukunimi;Etunimi;Posti;Puhelin;Firma;Taidot\n0091770031;A;B;;;Oy;\n"
    house.put(f"haukka_{day(1)}.csv", staff)
    house.sync(other, day(1))
    for said in ([("phone", "0405550777")], [("email", "desk@example.com")], [("key", "0091770031")]):
        request = restriction.Request("C-5", "kari", [], [], Identifiers.read(said))
        with pytest.raises(Refusal, match="more than one person"):
            erased(house, 1, said=request.said)
        with pytest.raises(Refusal, match="more than one person"):
            restriction.restrict(house.register, house.vault, request, on=day(1))
        with pytest.raises(Refusal, match="more than one person"):
            objection.object_to_marketing(house.register, house.vault, request, on=day(1))
    assert house.rows("select count(*) from register.person_record") == [(10,)]
    with pytest.raises(NotFound, match="There is no source varpunen/hrr"):
        erased(house, 1, source="varpunen/hrr")
    assert erased(house, 1, source="varpunen/hr").counts["register.person_record"] == 1
    erased(house, 1, case="C-2", said=Identifiers.read([("email", "info@example.com"), ("email", "a.b@example.com")]))
    kinds = "select kind from privacy.suppression where case_id = 'C-2'"
    assert house.rows(kinds) == [("email",)]  # a mailbox of a role is nobody's own, whoever says it


def test_erased_in_one_source_she_keeps_her_correction_in_the_others(house) -> None:
    look = (
        "select split_part(source.name, '/', 2), pin.ended_why from register.field_pin as pin "
        "join register.person_record as record on record.id = pin.record_id "
        "join sync.source on source.id = record.source_id"
    )
    ((golden,),) = house.rows(
        "select distinct golden_id from register.golden_member as member join register.person_record as record "
        "on record.id = member.record_id where member.record_type = 'person' and record.key = '0091770031'"
    )
    pins.pin(house.register, "person", golden, "first_name", "Sirpukka Inkeri", by="kari", reason="asked", on=day(0))
    ((first, _),) = house.rows(look)
    erased(house, 0, source=f"varpunen/{first}")
    ((then, why),) = house.rows(look)
    assert then != first and why is None
    assert house.rows("select first_name from register.person where id = %s", golden) == [("Sirpukka Inkeri",)]


def test_the_list_holds_nothing_else(house) -> None:
    erased(house, 0)
    columns = house.rows(
        "select column_name from information_schema.columns where table_schema = 'privacy' "
        "and table_name = 'suppression' order by ordinal_position"
    )
    assert [name for (name,) in columns] == [
        *("token", "kind", "key_version", "controller_id", "scope"),
        *("source_id", "created_on", "expires_on", "case_id"),
    ]
    assert {len(token) for (token,) in house.rows("select token from privacy.suppression")} == {32}
    ledger = house.vault.ledger.path.read_text()
    assert "Kanariainen".casefold() not in ledger.casefold() and "0091770031" not in ledger


@pytest.mark.parametrize("harm", ["gone", "another", "open"])
def test_without_the_right_key_imports_stop_and_retention_does_not(house, harm: str) -> None:
    erased(house, 0)
    (path,) = house.vault.keys.folder.glob("*.key")
    if harm == "gone":
        path.unlink()
    elif harm == "another":
        path.write_bytes(b"x" * 32)
    else:
        path.chmod(0o644)
    put_csv(house.inbox, day(1), people(1))
    with pytest.raises(ConfigurationRefused):
        house.sync(house.sources[0], day(1))
    assert house.rows("select count(*) from sync.batch where business_date = %s", day(1)) == [(0,)]
    with house.register.transaction() as connection:
        assert entries.expire(connection, day(1)) == 0


def test_after_a_rotation_the_old_key_verifies_and_a_hit_is_renewed(house) -> None:
    erased(house, 0)
    with house.register.transaction() as connection:
        assert rotation.rotate(connection, house.vault, 0, day(1)) == 2
    assert night(house, 1)["hr"]["suppressed"] == 1
    renewed = house.rows("select distinct kind from privacy.suppression where key_version = 2 order by 1")
    assert ("source_ref",) in renewed and ("email_name",) in renewed
    expiring = "update privacy.suppression set expires_on = '2026-03-10' where key_version = 1 and kind <> 'canary'"
    with house.register.transaction() as connection:
        connection.exec_driver_sql(expiring)
        assert entries.expire(connection, day(30)) > 0
    assert house.rows("select count(*) from privacy.suppression where key_version = 1") == [(0,)]
    assert night(house, 2)["hr"]["suppressed"] == 1
    assert traces(house) == []


def test_a_lift_is_written_down_and_lets_her_in(house) -> None:
    erased(house, 0)
    night(house, 1)
    with pytest.raises(NotFound):
        lifting.lift(house.register, house.vault, lifting.Lift("C-9", "nobody", "asked"), on=day(1))
    for wrong in (lifting.Lift("C-9", "kari", "asked"), lifting.Lift("C-1", "kari", "asked", marketing=True)):
        with pytest.raises(NotFound, match="--marketing"):
            lifting.lift(house.register, house.vault, wrong, on=day(1))
        assert house.vault.ledger.last().event == "erase"  # or imports would stop
    one = lifting.Lift("C-1", "kari", "has come back as a customer", source="varpunen/hr")
    assert lifting.lift(house.register, house.vault, one, on=day(1)) > 0
    counts = night(house, 1)  # the same files again
    assert counts["hr"]["inserted"] == 1 and counts["kortit"]["suppressed"] == 1
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "everywhere"), on=day(1))
    assert night(house, 2)["kortit"]["inserted"] == 1
    assert house.rows("select count(*) from privacy.suppression_lift") == [(2,)]


def test_a_lift_ends_where_the_case_is_carried_out_again(house) -> None:
    erased(house, 0)
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "is back", source="varpunen/hr"), on=day(0))
    assert night(house, 1)["hr"]["inserted"] == 1
    erased(house, 1)
    assert night(house, 2)["hr"]["suppressed"] == 1 and traces(house) == []


def test_marketing_is_off_and_no_import_switches_it_on(house) -> None:
    person = find(house)[0]
    objection.object_to_marketing(
        house.register,
        house.vault,
        objection.Request("C-3", "kari", [person.golden_id], [], Identifiers()),
        on=day(0),
    )
    counts = night(house, 1, consent="2026-03-03T08:00:00Z")
    assert "suppressed" not in counts["users"] and counts["users"]["updated"] == 1
    assert house.rows(
        "select consent_at, (objection_at at time zone 'Europe/Helsinki')::date from register.marketing_choice"
    ) == [(None, day(0))]
    assert find(house)[0].golden_id == person.golden_id


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
    erased(house, 0)
    for number, city in ((1, "Turku"), (2, "Tampere")):
        counts = deliver(number, city)
        assert (counts["suppressed"], counts["absent"]) == (0, 0)
        assert house.rows(look) == [("c1", city, None), ("c2", city, "0091570031")]
        assert traces(house) == []


def contacts(bench: Any, columns: str) -> list[tuple[Any, ...]]:
    where = "source_id = (select id from sync.source where name = 'varpunen/crm') order by 1"
    return bench.rows(f"select {columns} from register.person_record where {where}")


def test_what_is_processed_for_a_customer_goes_on_its_instruction(house) -> None:
    badges = house.source(head("badges", role="processor") + PROCESSED + CSV.replace("hr_", "badges_"))
    put_csv(house.inbox, day(0), people(0))
    (house.inbox / f"badges_{day(0)}.csv").write_bytes((house.inbox / f"hr_{day(0)}.csv").read_bytes())
    house.sync(badges, day(0))
    match(house)
    report = erased(house, 0)
    assert {(one.record, one.reason) for one in report.kept} == {
        ("person", erase.PROCESSED),
        ("employment", erase.PROCESSED),
        ("competence", erase.PROCESSED),
    }
    assert len(house.rows("select 1 from register.person_record where key = '0091770031'")) == 1
    (house.inbox / f"badges_{day(1)}.csv").write_bytes((house.inbox / f"hr_{day(0)}.csv").read_bytes())
    assert house.sync(badges, day(1)).counts["suppressed"] == 0
    match(house)
    report = erased(house, 1, case="C-2", instructions={"varpunen": "letter of 3 March"})
    assert report.kept == [] and traces(house) == []
    assert {path.name for path in house.vault.keys.folder.iterdir()} == {"mdo.own.v1.key", "varpunen.v1.key"}
    (house.inbox / f"badges_{day(2)}.csv").write_bytes((house.inbox / f"hr_{day(0)}.csv").read_bytes())
    assert house.sync(badges, day(2)).counts["suppressed"] == 1


def test_events_that_are_processed_for_the_customer_of_an_account_of_ours(house) -> None:
    messages = processed_messages(house)
    erased(house, 1, instructions={"varpunen": "letter of 3 March"})
    assert traces(house) == []  # landed copies of messages, too, which name her by her user id alone
    put_messages(house.inbox, day(2))
    counts = house.sync(messages, day(2)).counts
    assert (counts["suppressed"], counts["quarantined"], counts["inserted"]) == (1, 0, 1)
    assert traces(house) == []
    gone = "select sum(rows) from privacy.evidence where table_name = 'register.person_record' and reference = 'C-1'"
    assert house.rows(gone) == [(2,)]  # one deletion on two lists is one in evidence


def test_events_that_were_left_until_the_customer_instructed_us(house) -> None:
    """The same command twice, as it says itself: the account is gone by the second time, and was all that named her."""
    messages = processed_messages(house)
    report = erased(house, 1)
    assert {(one.record, one.reason) for one in report.kept} == {("message", erase.PROCESSED)}
    assert "message" in " ".join(traces(house))
    with pytest.raises(NotFound):  # another case is another person's
        erased(house, 1, case="C-2", instructions={"varpunen": "letter of 3 March"})
    report = erased(house, 1, instructions={"varpunen": "letter of 3 March"})
    assert report.counts["register.message"] == 1 and traces(house) == []
    put_messages(house.inbox, day(2))
    assert house.sync(messages, day(2)).counts["suppressed"] == 1


def test_restricted_rows_that_stay_are_restricted_still(house) -> None:
    badges = house.source(head("badges", role="processor") + PROCESSED + CSV.replace("hr_", "badges_"))
    put_csv(house.inbox, day(0), people(0))
    (house.inbox / f"hr_{day(0)}.csv").rename(house.inbox / f"badges_{day(0)}.csv")
    house.sync(badges, day(0))
    match(house)
    request = restriction.Request("C-5", "kari", [find(house)[0].golden_id], [], Identifiers())
    assert restriction.restrict(house.register, house.vault, request, on=day(0)) == 4
    erased(house, 0)
    alive = "select name from privacy.restriction join sync.source on source.id = source_id where ended_at is null"
    assert house.rows(alive) == [("varpunen/badges",)]


def test_restricted_rows_wait_and_come_in_afterwards(house) -> None:
    person = find(house)[0]
    request = restriction.Request("C-5", "kari", [person.golden_id], [], Identifiers())
    assert restriction.restrict(house.register, house.vault, request, on=day(0)) == 3
    before = house.rows("select work_phone from register.person_record where key = '0091770031'")
    rows = [(*row[:4], "040 555 0888", *row[5:]) if row[0] == "0091770031" else row for row in people(1)]
    put_csv(house.inbox, day(1), rows)
    result = house.sync(house.sources[0], day(1))
    assert [one.rule for one in result.rejected] == ["restriction.parked"]
    assert house.rows("select work_phone from register.person_record where key = '0091770031'") == before
    match(house)
    assert house.rows("select records from register.person where id = %s", person.golden_id) == [(1,)]
    with pytest.raises(NotFound):
        restriction.unrestrict(house.register, house.vault, "C-6", by="kari", told=day(1), on=day(1))
    assert restriction.unrestrict(house.register, house.vault, "C-5", by="kari", told=day(1), on=day(1)) == 3
    assert house.sync(house.sources[0], day(1)).counts["updated"] == 1
    assert house.rows("select work_phone from register.person_record where key = '0091770031'") == [("+358405550888",)]
    match(house)
    assert house.rows("select records from register.person where id = %s", person.golden_id) == [(2,)]


def test_of_a_held_plan_she_goes_too(house) -> None:
    held = house.source(head("hr").replace("min_rows: 0", "min_rows: 10") + CSV)
    put_csv(house.inbox, day(1), [(*people(1)[2][:6], "C9"), ("5", "Uusi", "Aili", "", "", "Varpunen Oy", "")])
    result = house.sync(held, day(1))
    assert result.status == "held"
    erased(house, 1)
    assert traces(house) == []
    released = house.release(result, day(1))
    assert released.status == "applied"
    assert (released.counts["suppressed"], released.counts["inserted"]) == (1, 1)


def test_a_request_names_its_case_and_a_person_who_may_decide(house) -> None:
    with pytest.raises(NotFound):
        erased(house, 0, by="nobody")
    with pytest.raises(Refusal, match="case"):
        erased(house, 0, case=" ")
    with pytest.raises(NotFound):
        erased(house, 0, said=Identifiers(), golden_ids=[4711])
    with pytest.raises(Refusal, match="Identifier 2"):
        Identifiers.read([("email", "a@example.com"), ("phone", "not a number")])
    assert {word.split(" in ")[0] for word in traces(house)} == set(CANARIES)
    assert house.vault.ledger.last().sequence == 0
