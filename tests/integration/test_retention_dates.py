"""The arithmetic of retention, done by PostgreSQL and by pandas, against an oracle of neither (policy 3.2 and 3.3)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import psycopg
import pytest

from schemas.retention import Period


@pytest.fixture(scope="module")
def connection(server) -> Iterator[psycopg.Connection]:
    name = server.fresh_database()
    with psycopg.connect(server.url(name)) as connection:
        yield connection
    server.execute(f"drop database {name} with (force)")


def by_hand(trigger: date, months: int, days: int) -> date:
    """The first day on which it is due, counted as a clerk would: month by month, then day by day."""
    year, month = divmod(trigger.year * 12 + trigger.month - 1 + months, 12)
    last = date(year, month + 1, min(trigger.day, calendar.monthrange(year, month + 1)[1]))
    return last + timedelta(days=days) + timedelta(days=1)


@pytest.mark.parametrize(
    ("trigger", "period", "expires"),
    [
        ("2024-02-29", "12 months", "2025-03-01"),
        ("2024-02-29", "48 months", "2028-03-01"),
        ("2025-02-28", "36 months", "2028-02-29"),
        ("2026-08-30", "6 months", "2027-03-01"),
        ("2026-08-31", "6 months", "2027-03-01"),
        ("2026-12-31", "6 months", "2027-07-01"),
        ("2026-01-31", "2 months", "2026-04-01"),  # chained, it would be 28 March and so 29 March
        ("2026-03-28", "7 days", "2026-04-05"),
        ("2024-03-31", "120 months", "2034-04-01"),
        ("2024-02-29", "120 months", "2034-03-01"),
        ("2024-12-31", "120 months", "2035-01-01"),
    ],
)
def test_calendar_periods(connection: psycopg.Connection, trigger: str, period: str, expires: str) -> None:
    after = Period.parse(period)
    asked = "select privacy.expires_on(%s, %s, %s)"
    assert connection.execute(asked, [trigger, after.months, after.days]).fetchone() == (date.fromisoformat(expires),)
    days = pd.Series(pd.to_datetime([trigger, None]))
    due = pd.Timestamp(expires)
    assert after.is_over(days, due).tolist() == [True, False]
    assert after.is_over(days, due - pd.Timedelta(days=1)).tolist() == [False, False]


@pytest.mark.parametrize(
    ("year_end", "drops"),
    [
        ("2024-03-31", "2031-01-01"),
        ("2024-12-31", "2031-01-01"),
        ("2024-02-29", "2031-01-01"),
        ("2025-06-30", "2032-01-01"),
        ("2025-12-31", "2032-01-01"),
    ],
)
def test_the_six_years_of_the_accounting_act(connection: psycopg.Connection, year_end: str, drops: str) -> None:
    found = connection.execute("select privacy.voucher_expires_on(%s, 6)", [year_end]).fetchone()
    assert found == (date.fromisoformat(drops),)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-06-30T20:59:59Z", "2026-06-30"),
        ("2026-06-30T21:30:00Z", "2026-07-01"),
        ("2026-12-31T21:59:59Z", "2026-12-31"),
        ("2026-12-31T22:00:00Z", "2027-01-01"),
        # the hour that there is not, and the hour that there is twice
        ("2026-03-29T00:59:59Z", "2026-03-29"),
        ("2026-03-28T22:00:00Z", "2026-03-29"),
        ("2026-03-29T21:00:00Z", "2026-03-30"),
        ("2026-10-24T21:00:00Z", "2026-10-25"),
        ("2026-10-25T21:59:59Z", "2026-10-25"),
        ("2026-10-25T22:00:00Z", "2026-10-26"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/Helsinki", "America/New_York"])
def test_an_instant_has_the_day_of_helsinki(connection: psycopg.Connection, instant: str, day: str, zone: str) -> None:
    connection.execute("select set_config('TimeZone', %s, false)", [zone])
    found = connection.execute("select privacy.local_date(%s::timestamptz)", [instant]).fetchone()
    assert found == (date.fromisoformat(day),)


@pytest.mark.parametrize("months", [1, 6, 12, 24, 36, 120])
def test_every_day_of_nine_years(connection: psycopg.Connection, months: int) -> None:
    """Leap days among them, 2028 and the 2000s' rule; PostgreSQL does the arithmetic, a clerk's hand checks it."""
    found = connection.execute(
        "select day::date, privacy.expires_on(day::date, %s, 0) "
        "from generate_series(date '2023-01-01', date '2031-12-31', interval '1 day') as day",
        [months],
    ).fetchall()
    assert len(found) == 3287
    assert [(day, due) for day, due in found if due != by_hand(day, months, 0)] == []


@pytest.mark.parametrize("year", [2026, 2027])
def test_every_quarter_of_an_hour_around_both_changes_of_clock(connection: psycopg.Connection, year: int) -> None:
    """The oracle knows the two hours of the year in which Finland changes its offset, and no time zone database."""

    def last_sunday(month: int) -> date:
        last = date(year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    spring, autumn = (datetime(one.year, one.month, one.day, 1, tzinfo=UTC) for one in map(last_sunday, (3, 10)))
    for change in (spring, autumn):
        instants = [change + timedelta(minutes=15 * step) for step in range(-200, 200)]
        found = connection.execute(
            "select at, privacy.local_date(at) from unnest(%s::timestamptz[]) as at", [instants]
        ).fetchall()
        for at, day in found:
            summer = spring <= at.astimezone(UTC) < autumn
            assert day == (at.astimezone(UTC) + timedelta(hours=3 if summer else 2)).date()
