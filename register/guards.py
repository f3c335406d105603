"""The guards: what makes a plan suspicious, so that it waits for a person.

Belongs here: measuring a plan against its source's limits and the batches applied before it. Does not belong here:
who releases it (`register.decisions`).

Every guard has a share and a floor, so that a small source does not cry wolf; baselines roll with the applied batches,
because fixed numbers are lowered by hand until runs pass.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from register.batches import Batch
from register.plan import Plan
from register.sources import DRAFT

#: How far a register may exceed the headcount that its contract speaks of (MIN-20).
HEADCOUNT_SHARE = 1.2

#: How many applied batches make the baseline.
BASELINE = 7


@dataclass(frozen=True)
class Alarm:
    """One guard that holds a plan.

    Attributes:
        guard: its id.
        says: what was measured, in words without values.
        measured, limit: the figures compared; shares between 0 and 1, or counts.
        column: the customer's column or the field, where one is meant.
    """

    guard: str
    says: str
    measured: float
    limit: float
    column: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For the batch's row."""
        return asdict(self)


def judge(batch: Batch, counts: dict[str, int], plan: Plan, earlier: list[Batch], state: str) -> list[Alarm]:
    """The alarms of a plan; an empty list means that it may be applied.

    Args:
        counts: the batch's counts, as they will stand on its row.
        earlier: the complete batches applied before its place, the newest first, `BASELINE` at most.
        state: the source's state; a draft's plans are always held.
    """
    limits = batch.description["guards"]
    pulled = batch.pulled
    alarms: list[Alarm] = []
    if state == DRAFT:
        alarms.append(Alarm("draft", "The source is a draft; mdo source activate sends it live.", 1, 0))
    alarms += _volume(batch, counts, plan, earlier, limits)
    alarms += _rejects(counts, pulled, limits)
    alarms += _shape(batch, earlier)
    alarms += _content(batch, plan, earlier, limits)
    return alarms


def _over(measured: int, whole: int, share: float, floor: int) -> bool:
    return measured > floor and measured > round(share * whole, 6)


def _volume(
    batch: Batch, counts: dict[str, int], plan: Plan, earlier: list[Batch], limits: dict[str, Any]
) -> list[Alarm]:
    alarms = []
    if batch.description["snapshot"]["type"] not in ("changes", "log"):
        usual = median(_rows(older.counts) for older in earlier) if earlier else 0
        now = _rows(counts)
        if now < limits["min_rows"]:
            says = f"{now} rows were read; at least {limits['min_rows']} are expected."
            alarms.append(Alarm("empty", says, round(1 - now / limits["min_rows"], 4), 0))
        elif usual and _over(int(usual) - now, int(usual), limits["shrink_share"], limits["shrink_floor"]):
            says = f"{now} rows were read where {int(usual)} are usual."
            alarms.append(Alarm("shrunken", says, round(1 - now / usual, 4), limits["shrink_share"]))
    if limits.get("headcount") and _rows(counts) > HEADCOUNT_SHARE * limits["headcount"]:
        says = f"{_rows(counts)} rows were read where the contract speaks of {limits['headcount']}."
        share = round(_rows(counts) / limits["headcount"], 4)
        alarms.append(Alarm("headcount", says, share, HEADCOUNT_SHARE))
    if _over(plan.absent, plan.present, limits["removed_share"], limits["removed_floor"]):
        says = f"{plan.absent} of {plan.present} keys would become absent."
        alarms.append(Alarm("removed", says, round(plan.absent / plan.present, 4), limits["removed_share"]))
    return alarms


def _rows(counts: dict[str, int]) -> int:
    return counts["read"] - counts["duplicate"]


def _rejects(counts: dict[str, int], pulled: dict[str, Any], limits: dict[str, Any]) -> list[Alarm]:
    alarms = []
    read, bad, detected = counts["read"], counts["quarantined"], pulled.get("detected", {})
    hetu, cards = detected.get("hetu", 0), detected.get("card", 0)
    if _over(bad, read, limits["rejected_share"], limits["rejected_floor"]):
        says = f"{bad} of {read} rows were rejected."
        alarms.append(Alarm("rejected", says, round(bad / read, 4), limits["rejected_share"]))
    if hetu and hetu >= limits["hetu_share"] * read and hetu >= limits["hetu_floor"]:
        says = f"{hetu} of {read} rows hold what looks like a personal identity code."
        alarms.append(Alarm("hetu", says, round(hetu / read, 4), limits["hetu_share"]))
    if cards >= limits.get("card_floor", 3) > 0:
        says = f"{cards} of {read} rows hold the number of a payment card."
        alarms.append(Alarm("cards", says, cards, limits.get("card_floor", 3)))
    return alarms


def _shape(batch: Batch, earlier: list[Batch]) -> list[Alarm]:
    alarms = [
        Alarm("column_missing", "A mapped column is not in the file.", 1, 0, column=name)
        for name in batch.pulled.get("columns_missing", [])
    ]
    if doubts := batch.pulled.get("doubts"):
        says = f"What was read may not be all of it: {'; '.join(doubt['says'] for doubt in doubts)}."
        alarms.append(Alarm("doubtful", says, max(doubt["share"] for doubt in doubts), 0))
    if earlier and (before := earlier[0].pulled.get("fields")) is not None:
        more = [name for name in batch.pulled.get("fields", []) if name not in before]
        alarms += [Alarm("wider", "It has not been read of this register before.", 1, 0, column=name) for name in more]
    if earlier and earlier[0].pulled.get("key") not in (None, batch.pulled.get("key")):
        alarms.append(Alarm("key_changed", "The key is made of other columns than before.", 1, 0))
    return alarms


def _content(batch: Batch, plan: Plan, earlier: list[Batch], limits: dict[str, Any]) -> list[Alarm]:
    alarms = []
    read = batch.pulled.get("filled_of", 0)
    before = [older.pulled for older in earlier if older.pulled.get("filled_of")]
    if before and read > limits["fill_floor"]:
        for name, filled in batch.pulled.get("filled", {}).items():
            shares = [older["filled"].get(name, 0) / older["filled_of"] for older in before]
            drop = round(median(shares) - filled / read, 6)
            if drop > limits["fill_drop"]:
                says = f"It is filled in {filled} of {read} rows; usual are {median(shares):.0%}."
                alarms.append(Alarm("fills_less", says, round(drop, 4), limits["fill_drop"], column=name))
    for name, rows in plan.changed_fields.items():
        if _over(rows, plan.present, limits["changed_share"], limits["changed_floor"]):
            says = f"It would change in {rows} of {plan.present} records."
            share = round(rows / plan.present, 4)
            alarms.append(Alarm("changes_most", says, share, limits["changed_share"], column=name))
    new = plan.actions.get("inserted", 0)
    if _over(plan.overlap, new, limits["overlap_share"], limits["overlap_floor"]):
        says = f"{plan.overlap} of {new} new rows stand under the same key and name at another customer."
        alarms.append(Alarm("overlap", says, round(plan.overlap / new, 4), limits["overlap_share"]))
    return alarms


def worse(alarms: list[Alarm], released: list[dict[str, Any]]) -> list[Alarm]:
    """The alarms that a release did not cover: another guard, or one that now measures more."""
    covered = {(old["guard"], old["column"]): old["measured"] for old in released}
    return [alarm for alarm in alarms if alarm.measured > covered.get((alarm.guard, alarm.column), float("-inf"))]
