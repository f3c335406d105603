"""G3: what a user has said to marketing.

Belongs here: consent and objection with the evidence of them. Does not belong here: a consent that anybody else
reports; no register of a customer can switch marketing on (F-08).
"""

from __future__ import annotations

from schemas.records.base import Instant, Origin, Purpose, RecordModel, Series, described

_OWN = (Origin.SELF_REPORTED,)
_FOR = (Purpose.OFFER,)


class MarketingChoice(RecordModel):
    """The consent or objection of the row's account."""

    evidence_ref: Series[str] = described(
        kind="code", fi="Todisteen viite", en="Reference of the evidence", origins=_OWN, purposes=_FOR, max_length=64
    )
    consent_at: Series[Instant] = described(
        kind="timestamp", fi="Suostumus", en="Consented at", origins=_OWN, purposes=_FOR
    )
    objection_at: Series[Instant] = described(
        kind="timestamp", fi="Vastustus", en="Objected at", origins=_OWN, purposes=_FOR
    )
