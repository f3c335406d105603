"""Whose instruction an erasure needs: what is processed for a customer, and events of its own (GDPR 28(3)(a), F4)."""

from __future__ import annotations

import pytest
from erasures import (
    CSV,
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
    put_messages,
    traces,
)

from register.erasure import erase
from schemas.errors import NotFound

__all__ = ["first_night", "house"]


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
