"""What retention has to say of a row before it is in the register.

Belongs here: which delivered records are past their retention already, and how coarse a delivered one has to be. Does
not belong here: what is in the register (`register.retention`), or periods (`schemas.retention`).

Without this a record that was deleted would come back whenever anything else of its row changes. The rules read the
same dates as the engine does; those that a row does not tell (absence, financial years) are the register's to know.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from schemas.retention import Period, Policy
from schemas.values.date import ZONE

#: Records that a row stands and falls with: with them the whole row is expired, and with others only they are.
_WHOLE_ROW = frozenset(
    {"employment", "contract", "account", "invoice", "necessity_event", "location", "action", "message"}
)


def expired(policy: Policy, record: str, frame: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
    """Which validated records are past their retention: a boolean mask over the frame's index.

    An employment speaks for the person of its row, whose relation it is (R1).
    """
    nothing = pd.Series(False, index=frame.index)
    if frame.empty:
        return nothing
    if record == "certificate":
        return _step(policy, "certificate", "valid_until").is_over(frame["valid_until"], today)
    if record == "collection":
        return _step(policy, "collection", "closed_on").is_over(frame["closed_on"], today)
    if record == "contract":
        return _step(policy, "contract", "terminated_on").is_over(frame["terminated_on"], today)
    if record == "employment":
        return _step(policy, "person", "inactive_on").is_over(frame["valid_to"], today)
    if record == "account":
        used = _local(frame["last_login_at"].fillna(frame["created_at"]))
        return _step(policy, "account", "last_login_or_created").is_over(used, today)
    if record == "necessity_event":
        return _step(policy, "necessity_event", "ended_at").is_over(_local(frame["ended_at"]), today)
    return nothing


def faded(policy: Policy, record: str, frame: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Validated records with what retention would have coarsened by now: locations (R5) and choices (R3b)."""
    if frame.empty:
        return frame
    if record == "marketing_choice":
        withdrawn = _local(frame["objection_at"]).where(frame["consent_at"].notna())
        over = policy.step(record, "coarsen", to="objection").after.is_over(withdrawn, today)
        return frame.assign(**{name: frame[name].mask(over) for name in ("consent_at", "evidence_ref")})
    if record != "location":
        return frame
    days = _local(frame["observed_at"])
    hour, date = (policy.step(record, "coarsen", to=to).after.is_over(days, today) for to in ("hour", "date"))
    rough = {name: frame[name].mask(hour, frame[name].round(2)) for name in ("latitude", "longitude")}
    rough = {name: values.mask(date) for name, values in rough.items()}
    rough["accuracy_m"] = frame["accuracy_m"].mask(date)
    # the zone's offsets are whole hours, so an hour of UTC is one of local time
    observed = frame["observed_at"].mask(hour, frame["observed_at"].dt.floor("h"))
    midnight = days.dt.tz_localize(ZONE).dt.tz_convert("UTC").astype(observed.dtype)
    return frame.assign(**rough, observed_at=observed.mask(date, midnight))


def _step(policy: Policy, of: str, trigger: str) -> Period:
    return policy.step(of, "delete", trigger=trigger).after


def _local(instants: pd.Series) -> pd.Series:
    """The local day of instants, at midnight without a zone."""
    typed = pd.to_datetime(instants, utc=True).astype(pd.DatetimeTZDtype("us", "UTC"))
    return typed.dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()


def rows_left_out(expired_rows: dict[str, np.ndarray]) -> np.ndarray:
    """The row numbers of rows that are expired as a whole.

    Args:
        expired_rows: record type -> row numbers of its expired records.
    """
    whole = [rows for record, rows in expired_rows.items() if record in _WHOLE_ROW]
    return np.unique(np.concatenate(whole)) if whole else np.empty(0, dtype="int64")
