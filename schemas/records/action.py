"""G6: what a user did in the service.

Belongs here: a code, an object and a time. Does not belong here: free text, payloads, keystrokes, screen content (never
stored), or who it was: the record carries a pseudonym of the month, and dropping the mapping makes it nobody's (R6).
"""

from __future__ import annotations

from typing import Any

from schemas.records.base import Instant, Origin, RecordModel, Series
from schemas.records.base import described as described_by


def described(**about: Any) -> Any:
    """A field that only MDO's own service supplies."""
    return described_by(origins=(Origin.SERVICE_GENERATED,), **about)


class Action(RecordModel):
    """One action of one account."""

    user_id: Series[str] = described(
        kind="code",
        fi="Käyttäjän kuukausikohtainen peitetunnus",
        en="Pseudonym of the service's user id in that month",
        required=True,
        max_length=64,
    )
    occurred_at: Series[Instant] = described(kind="timestamp", fi="Tapahtui", en="Occurred at", required=True)
    action_code: Series[str] = described(
        kind="code", fi="Toimenpide", en="Action code", required=True, max_length=40, str_matches=r"^[a-z][a-z0-9_.]*$"
    )
    object_type: Series[str] = described(
        kind="code", fi="Kohteen laji", en="Kind of object", max_length=40, str_matches=r"^[a-z][a-z0-9_.]*$"
    )
    object_id: Series[str] = described(kind="code", fi="Kohteen tunnus", en="Object id", max_length=64)
    client_network: Series[str] = described(
        kind="ip_network", fi="Verkko, josta toimittiin", en="Client's network (/24 or /48)"
    )
