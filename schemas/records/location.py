"""G5: where a user was while a task or emergency asked for it.

Belongs here: one point with its reason. Does not belong here: continuous tracks, homes, time off duty, or locations
from customers' own systems (never stored).
"""

from __future__ import annotations

from typing import Any

from schemas.records.base import DataClass, Instant, Origin, RecordModel, Series
from schemas.records.base import described as described_by


def described(**about: Any) -> Any:
    """A field that only MDO's own service supplies, of high risk to the person."""
    return described_by(data_class=DataClass.HIGH_RISK, origins=(Origin.SERVICE_GENERATED,), **about)


#: Metres below which only an emergency is located (MIN-16).
FINEST_M = 10


class Location(RecordModel):
    """One point of one account."""

    user_id: Series[str] = described(
        kind="code", fi="Käyttäjän tunnus palvelussa", en="The service's own user id", required=True, max_length=64
    )
    observed_at: Series[Instant] = described(kind="timestamp", fi="Havaittu", en="Observed at", required=True)
    necessity_event: Series[str] = described(
        kind="code", fi="Tapahtuma, joka vaati sijainnin", en="Event that asked for it", required=True, max_length=64
    )
    latitude: Series[float] = described(
        kind="latitude", fi="Leveysaste", en="Latitude (WGS 84)", required=True, fades=True
    )
    longitude: Series[float] = described(
        kind="longitude", fi="Pituusaste", en="Longitude (WGS 84)", required=True, fades=True
    )
    accuracy_m: Series[float] = described(kind="count", fi="Tarkkuus (m)", en="Accuracy (m)")
    trigger_code: Series[str] = described(
        kind="code",
        fi="Aiheuttaja",
        en="What triggered it",
        required=True,
        isin=["check_in", "task_start", "task_end", "emergency"],
    )
    municipality: Series[str] = described(
        kind="code", fi="Kuntanumero", en="Municipality code, if the service gives one", str_matches=r"^\d{3}$"
    )
