"""Until which day a delivered event is still taken: calendar months from the event's own day, clamped (policy 3.2)."""

from __future__ import annotations

import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta

from schemas.retention import SHIPPED


@pytest.mark.parametrize(
    ("record", "happened", "last_taken"),
    [
        ("message", "2024-02-29", "2025-02-28"),
        ("message", "2025-02-28", "2026-02-28"),
        ("message", "2026-08-31", "2027-08-31"),
        ("action", "2024-02-29", "2025-02-28"),  # as long as its pseudonym, not as long as the record
        ("location", "2026-08-22", "2026-11-20"),
        ("location", "2024-02-01", "2024-05-01"),
        ("location", "2023-12-31", "2024-03-30"),
    ],
)
def test_the_last_day_on_which_an_event_is_taken(record: str, happened: str, last_taken: str) -> None:
    day, last = pd.Timestamp(happened), pd.Timestamp(last_taken)
    assert SHIPPED.taken(record).first_day_within(last) <= day
    assert SHIPPED.taken(record).first_day_within(last + pd.Timedelta(days=1)) > day


def test_every_day_of_four_years_against_an_oracle() -> None:
    for today in pd.date_range("2023-03-01", "2027-02-28", freq="D"):
        first = SHIPPED.taken("message").first_day_within(today)
        assert first.date() + relativedelta(months=12) >= today.date()
        assert (first - pd.Timedelta(days=1)).date() + relativedelta(months=12) < today.date()
