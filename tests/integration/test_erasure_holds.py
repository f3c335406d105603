"""What an erasure leaves to a legal hold, and who is told of it when the hold ends (GDPR 17(3)(e))."""

from __future__ import annotations

from typing import Any

import pytest
from commands import Home
from erasures import CANARIES, day, erased, find, first_night, house, traces

from register import actors
from register.erasure import erase
from register.retention import holds
from register.retention.holds import Scope

__all__ = ["first_night", "house"]


@pytest.fixture
def held(house) -> int:
    """A hold on her, as a person; its number."""
    with house.register.transaction() as connection:
        actors.add(connection, actors.Actor("liisa", "officer", day(0), None))
    return hold(house, Scope(record_type="golden", record_id=find(house)[0].golden_id))


def hold(bench: Any, scope: Scope) -> int:
    two = {"opened_by": "kari", "approved_by": "liisa"}
    with bench.register.transaction() as connection:
        return holds.add(connection, scope, reason="incident", review_on=day(90), on=day(0), **two)


def ended(bench: Any, folder: Any, number: int) -> str:
    """What `mdo hold end` says, in a home of nothing."""
    more = {"MDO_DATABASE_URL": bench.url, "MDO_TODAY": str(day(1))}
    said = Home(folder).mdo("hold", "end", str(number), "--by", "kari", "--reason", "settled", **more)
    assert said.code == 0, said.words
    return said.words


def test_a_hold_on_a_person_covers_the_login_that_no_record_of_hers_stands_beside(house, held: int) -> None:
    assert find(house)[1].records == []
    report = erased(house, 0)
    assert {(kept.record, kept.reason) for kept in report.kept} >= {("account", erase.HELD), ("message", erase.HELD)}
    assert house.rows("select count(*) from register.message where user_id = 'u-sirpukka'") == [(1,)]


def test_the_end_of_a_hold_names_the_cases_to_be_given_again(house, held: int, tmp_path) -> None:
    ((message,),) = house.rows("select id from register.message where user_id = 'u-sirpukka'")
    other = hold(house, Scope(record_type="message", record_id=message))
    unheard_of = hold(house, Scope(source="varpunen/kortit"))
    erased(house, 0, case="DSR-17")
    erased(house, 0, case="DSR-17")
    for number, named in ((unheard_of, False), (held, True), (other, True)):
        words = ended(house, tmp_path, number)
        assert ("mdo subject erase --case DSR-17" in words) is named
        assert words.count("--case") == named  # once, however often it was given
        assert not [word for word in CANARIES if word.casefold() in words.casefold()]
    erased(house, 2, case="DSR-17")
    assert traces(house) == []


def test_a_case_that_was_carried_out_meanwhile_is_not_named(house, held: int, tmp_path) -> None:
    first = hold(house, Scope(customer="varpunen"))
    erased(house, 0)
    assert "--case" not in ended(house, tmp_path, held)  # the customer's keeps her still
    assert "--case C-1" in ended(house, tmp_path, first)
    erased(house, 2)
    assert "--case" not in ended(house, tmp_path, hold(house, Scope(customer="varpunen")))
