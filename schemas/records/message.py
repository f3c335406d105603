"""G7: a message or reminder sent to a user.

Belongs here: that it was sent, by which channel and template, and whether it arrived. Does not belong here: its body
or parameters (never stored).
"""

from __future__ import annotations

from typing import Any

from schemas.records.base import Instant, Origin, RecordModel, Series
from schemas.records.base import described as described_by
from schemas.records.channel_choice import CHANNELS


def described(**about: Any) -> Any:
    """A field that only MDO's own service supplies."""
    return described_by(origins=(Origin.SERVICE_GENERATED,), **about)


class Message(RecordModel):
    """One message to one account."""

    user_id: Series[str] = described(
        kind="code", fi="Käyttäjän tunnus palvelussa", en="The service's own user id", required=True, max_length=64
    )
    sent_at: Series[Instant] = described(kind="timestamp", fi="Lähetetty", en="Sent at", required=True)
    channel: Series[str] = described(kind="code", fi="Viestikanava", en="Channel", required=True, isin=CHANNELS)
    template_code: Series[str] = described(
        kind="code", fi="Viestipohja", en="Template code", required=True, max_length=40
    )
    delivery_status: Series[str] = described(
        kind="code", fi="Toimitus", en="Delivery", isin=["queued", "sent", "delivered", "failed", "bounced"]
    )
    related_invoice_no: Series[str] = described(
        kind="code", fi="Laskun numero", en="Invoice it reminds of", max_length=40
    )
