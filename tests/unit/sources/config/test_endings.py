"""What ends soon is told before it ends, and bites on the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.errors import SourceRefused
from sources.config.endings import endings

WAIVER = {"column": "Nimike", "rule": "health.words", "reason": "Titles of carers", "until": "2026-03-31"}
UNUSED = {"column": "Sukunimi", "reason": "Only a name", "until": "2026-03-20"}
LAST = date(2026, 3, 31)


def test_a_waiver_is_told_of_until_its_last_day_and_then_bites(describe: Any) -> None:
    records = {"person": {"last_name": "Sukunimi"}, "competence": {"skill_code": "Nimike"}}
    source = describe(
        waivers=[WAIVER, UNUSED],
        records=records,
        register_type="competence_register",
        valid={"from": "2026-01-01", "to": "2026-04-15"},
    )
    told = endings(source, date(2026, 3, 10), date(2026, 4, 20))
    assert [(one.what, one.last_day) for one in told] == [
        ("a waiver of health.words", LAST),
        ("its description", date(2026, 4, 15)),
    ]
    assert "Nimike" not in str(told)
    assert endings(source, LAST, LAST)[0].last_day == LAST
    source.reads_on(LAST)
    for business_date, today in ((LAST + timedelta(days=1), None), (LAST, LAST + timedelta(days=1))):
        with pytest.raises(SourceRefused, match="ran out on 2026-03-31"):
            source.reads_on(business_date, today=today)
    # the agreement is of the data's date: what was valid then may be read later
    source.model_copy(update={"waivers": ()}).reads_on(date(2026, 4, 15), today=date(2026, 5, 1))
