"""G3: by which channels a user wants to be reached.

Belongs here: a user's own choice per channel. Does not belong here: marketing (`schemas.records.marketing_choice`), or
choices that somebody else made for the user: only the user gives them.
"""

from __future__ import annotations

from schemas.records.base import Instant, Origin, RecordModel, Series, described

_OWN = (Origin.SELF_REPORTED,)
CHANNELS = ["email", "sms", "push", "post"]


class ChannelChoice(RecordModel):
    """One choice of the row's account; the channel tells the parts of a row apart."""

    channel: Series[str] = described(
        kind="code", fi="Viestikanava", en="Channel", origins=_OWN, required=True, isin=CHANNELS
    )
    opted_out: Series[str] = described(
        kind="boolean", fi="Kielletty", en="Opted out", origins=_OWN, isin=["true", "false"]
    )
    chosen_at: Series[Instant] = described(kind="timestamp", fi="Valittu", en="Chosen at", origins=_OWN)
