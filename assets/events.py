"""What makes an event of MDO's own service one that may be stored.

Belongs here: time, age, account and necessity of validated events, and the pseudonyms of actions. Does not belong here:
the questions to the register (`register.events`), or the form of values (`schemas`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from register import events
from register.batches import Batch
from schemas import expiry, findings
from schemas.catalogue import RecordType
from schemas.records.location import FINEST_M
from schemas.retention import Policy
from schemas.values.date import ZONE


@dataclass(frozen=True)
class Judged:
    """Events of a chunk.

    Attributes:
        frame: those that may be stored.
        findings: why others may not.
        expired: row numbers of those past their retention: not taken, and no fault of anybody's.
    """

    frame: pd.DataFrame
    findings: pd.DataFrame
    expired: pd.Series


def judge(
    connection: Any,
    batch: Batch,
    record: RecordType,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    policy: Policy,
    keep: bool,
) -> Judged:
    """Tells which validated events may be stored, and gives actions their pseudonyms.

    An event of a user whom the register does not know goes to quarantine and is tried again on each night whose export
    still shows it. A location outside the task or emergency that it names is not taken (RS-23), nor is an event of
    tomorrow or later.

    Args:
        frame: validated events of one type.
        columns: field -> the column it came from, for the findings.
        keep: whether new pseudonyms are written down.
    """
    when = str(record.happened)
    local = frame[when].dt.tz_convert(ZONE).dt.tz_localize(None)
    today = pd.Timestamp(batch.business_date)
    expired = local.dt.normalize() < policy.taken(record.name).first_day_within(today)
    future = local >= today + pd.Timedelta(days=2)
    live = frame.loc[~(expired | future)]
    found = [_findings(record, frame.loc[future], columns, when, "timestamp.future")]
    strange = events.names_no_account(connection, batch.customer_id, live["user_id"])
    found.append(_findings(record, live.loc[strange], columns, "user_id", "account.unknown"))
    if record.name == "location":
        idle = events.is_not_necessary(connection, batch.customer_id, live["necessity_event"], live[when])
        found.append(_findings(record, live.loc[idle], columns, "necessity_event", "location.not_necessary"))
        strange |= idle
    live = live.loc[~strange]
    if record.name == "location":
        live = _coarsened(live)
    if record.name == "action" and len(live):
        months = local.loc[live.index].dt.to_period("M").dt.to_timestamp()
        names = events.pseudonyms(connection, batch.customer_id, live["user_id"], months, keep=keep)
        live = live.assign(user_id=names)
    live = expiry.faded(policy, record.name, live, today)
    return Judged(live, findings.join(found), frame.loc[expired, "row_number"])


def _coarsened(points: pd.DataFrame) -> pd.DataFrame:
    """Points no more exact than ten metres, unless there is an emergency (MIN-16)."""
    exact = (points["accuracy_m"] < FINEST_M) & (points["trigger_code"] != "emergency")
    if not exact.any():
        return points
    points = points.assign(accuracy_m=points["accuracy_m"].mask(exact, FINEST_M))
    for name in ("latitude", "longitude"):  # four decimals are 11 m of latitude
        points[name] = points[name].where(~exact, points[name].round(4))
    return points


def _findings(
    record: RecordType, rows: pd.DataFrame, columns: Mapping[str, str], field: str, rule: str
) -> pd.DataFrame:
    numbers = rows["row_number"]
    return findings.of(numbers, columns.get(field, ""), rule, findings.ROW, field=f"{record.name}.{field}")
