"""G5: the task or emergency that makes a location necessary.

Belongs here: when the need began and ended (RS-23). Does not belong here: who was where (`schemas.records.location`),
or what the task was about.
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from schemas.records.base import DataClass, Instant, Origin, RecordModel, Series, described

_OURS = (Origin.SERVICE_GENERATED,)


class NecessityEvent(RecordModel):
    """One task or emergency during which locations may be stored."""

    event_id: Series[str] = described(
        kind="code", fi="Tapahtuman tunnus", en="Event id", data_class=DataClass.COMPANY, origins=_OURS, required=True
    )
    event_kind: Series[str] = described(
        kind="code",
        fi="Laji",
        en="Task or emergency",
        data_class=DataClass.COMPANY,
        origins=_OURS,
        required=True,
        isin=["task", "emergency"],
    )
    started_at: Series[Instant] = described(
        kind="timestamp", fi="Alkoi", en="Started at", data_class=DataClass.COMPANY, origins=_OURS, required=True
    )
    ended_at: Series[Instant] = described(
        kind="timestamp", fi="Päättyi", en="Ended at; empty while it lasts", data_class=DataClass.COMPANY, origins=_OURS
    )

    @pa.dataframe_check(name="dates_in_order")
    @classmethod
    def dates_in_order(cls, frame: pd.DataFrame) -> pd.Series:
        """Whether an event does not end before it begins."""
        return ~(frame["ended_at"] < frame["started_at"])
