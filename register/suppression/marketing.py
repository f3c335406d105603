"""Marketing to which a person has objected stays off, whatever a register delivers (SUP-11).

Belongs here: the choice that is stored in place of the delivered one. Does not belong here: who has objected.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

_ZONE = ZoneInfo("Europe/Helsinki")


def marketing_off(records: pd.DataFrame, since: Mapping[int, date]) -> pd.DataFrame:
    """The marketing choices without consent, and with the objection, of the rows of persons who have objected.

    Args:
        records: validated marketing choices with ``row_number``.
        since: row number -> the day of the objection.
    """
    concerned = records["row_number"].isin(since)
    if not concerned.any():
        return records
    days = pd.to_datetime(records["row_number"].map(dict(since))).dt.tz_localize(_ZONE)
    objected = records["objection_at"].fillna(days.astype(records["objection_at"].dtype))
    return records.assign(
        consent_at=records["consent_at"].mask(concerned), objection_at=records["objection_at"].mask(concerned, objected)
    )
