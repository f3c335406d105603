"""Erasure that stays erased: what goes, what stays, and that nobody comes back (SUP-01 to SUP-12, L-15)."""

from __future__ import annotations

from typing import Any

import pytest
from erasures import (
    ACCOUNTS,
    CSV,
    EXCEL,
    MESSAGES,
    day,
    head,
    people,
    put_accounts,
    put_csv,
    put_messages,
    put_workbook,
    traces,
)

from assets.copies import cleaner
from register.erasure import erase, subjects
from register.erasure.subjects import Identifiers
from register.ledger import Ledger
from register.matching import run
from register.suppression.keys import Keys
from register.suppression.vault import Vault
from schemas.errors import ConfigurationRefused, NotFound, Refusal

SOMEBODY = [("email", "sirpukka.kanariainen@example.com")]


@pytest.fixture
def house(bench, tmp_path):
    """A register of four sources after one night, matched."""
    bench.vault = Vault(Keys(tmp_path / "keys"), Ledger(tmp_path / "ledger" / "erasures.jsonl"))
    bench.sources = [
        bench.source(head("hr") + CSV),
        bench.source(head("kortit") + EXCEL),
        bench.source(head("users", "application", "own_service") + ACCOUNTS),
        bench.source(head("messages", "application", "own_service") + MESSAGES),
    ]
    night(bench, 0)
    return bench


def night(bench: Any, number: int, **more: Any) -> dict[str, dict[str, int]]:
    """One night of every register. Returns the counts by register, zeros left out."""
    put_csv(bench.inbox, day(number), people(number))
    put_workbook(bench.inbox, day(number), people(number))
    put_accounts(bench.inbox, day(number), **more)
    put_messages(bench.inbox, day(number))
    found = {}
    for source in bench.sources:
        result = bench.sync(source, day(number))
        assert result.status in ("applied", "unchanged")
        found[source.register] = {name: many for name, many in result.counts.items() if many}
    match(bench)
    return found


def match(bench: Any) -> None:
    with bench.register.transaction() as connection:
        customers = run.customers(connection)
    for one in customers.values():
        run.match(bench.register, one)


def find(bench: Any, said: list[tuple[str, str]] = SOMEBODY) -> list[subjects.Subject]:
    with bench.register.transaction() as connection:
        return subjects.find(connection, Identifiers.read(said))


def erased(bench: Any, number: int, **more: Any) -> erase.Report:
    request = erase.Request(**({"case": "C-1", "by": "kari", "said": Identifiers.read(SOMEBODY)} | more))
    return erase.erase(bench.register, bench.vault, request, cleaner(bench.vault), on=day(number))


def test_found_by_what_she_says_and_shown_by_ids(house) -> None:
    one, login = find(house)
    assert one.golden_id is not None and len(one.records) == 2
    assert one.rows == {"varpunen/hr": 1, "varpunen/kortit": 1}
    assert (login.golden_id, login.records, login.rows) == (None, [], {"varpunen/users": 1})
    assert find(house, [("key", "0091770031")])[0].golden_id == one.golden_id
    assert find(house, [("phone", "+358 40 5550199")])[0].golden_id == one.golden_id
    assert find(house, [("email", "nobody@example.com")]) == []


def test_erased_from_everywhere_and_she_stays_away(house) -> None:
    before = traces(house)
    assert len(before) == 7
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
