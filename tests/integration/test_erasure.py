"""Erasure that stays erased: what goes, and that nobody comes back (SUP-04, SUP-10, L-15)."""

from __future__ import annotations

import pytest
from erasures import (
    CANARIES,
    CSV,
    day,
    erased,
    find,
    first_night,
    head,
    house,
    match,
    night,
    people,
    put_accounts,
    put_csv,
    put_messages,
    traces,
)

from register.erasure import objection, restriction
from register.erasure.subjects import Identifiers
from register.matching import pins
from schemas.errors import NotFound, Refusal

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


def test_the_samples_of_a_month_in_which_she_alone_was_written_to_go_too(house) -> None:
    """Of a table that has become empty ANALYZE keeps them, and a month is a table of its own."""
    put_messages(house.inbox, day(40))
    path = house.inbox / f"messages_{day(40)}.csv"
    path.write_text(path.read_text().replace("u-matti", "u-sirpukka"))
    house.sync(house.sources[3], day(40))
    with house.register.transaction() as connection:
        connection.exec_driver_sql("analyze register.message")
    assert "u-sirpukka in pg_stats" in traces(house)
    erased(house, 40)
    assert traces(house) == []


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
