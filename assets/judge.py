"""What is staged of the rows that travel on.

Belongs here: their keys, the records they give, each validated and checked, and what is bad of each row. Does not
belong here: the rules (`schemas`, `sources`), or writing anything (`register.staging`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from assets import events
from assets.columns import Fills
from assets.sift import scope_of
from register.batches import Batch
from register.retention import years
from register.staging import DELETED, GOOD, QUARANTINED
from schemas import expiry, findings
from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.detectors import effects, protection
from schemas.retention import Policy
from schemas.validation import validate
from schemas.values import date as date_values
from schemas.values.key import clean_key
from sources import employer_scope
from sources.config import Source
from sources.mapping import map_rows

#: A longer key is more likely a shifted column than a key.
_LONGEST_KEY = 200


@dataclass(frozen=True)
class Judged:
    """What is staged.

    Attributes:
        rows: one for each source row (`register.staging.Staging.write_rows`).
        records: per record type the good ones (`register.staging.Staging.write_records`).
        findings: everything that was wrong.
        expired: rows past their retention, which are in none of the above.
        unreadable_keys: rows of which nobody can say whose they are.
    """

    rows: pd.DataFrame
    records: list[tuple[RecordType, pd.DataFrame]]
    findings: pd.DataFrame
    expired: int
    unreadable_keys: int


class Judge:
    """Judges the rows of one source.

    Args:
        missing: wanted columns that the file does not have; what they would fill counts as bad, so that earlier good
            values stay.
        policy: the retention policy in force.
        dry_run: whether nothing of the batch will be kept.

    Attributes:
        asks: whether judging asks the register, as events do for the accounts that they name, and invoices for the
            financial year that they are of.
    """

    def __init__(
        self, source: Source, batch: Batch, fills: Fills, missing: list[str], *, policy: Policy, dry_run: bool
    ) -> None:
        self._source = source
        self._policy = policy
        self._batch = batch
        self._dry_run = dry_run
        self.asks = any(RECORD_TYPES[name].happened or name == "invoice" for name in source.records)
        self._fills = fills
        self._missing = missing
        self._lacking = {path for column in missing for path, _ in fills.of_column[column]}

    def judge(
        self,
        connection: Any,
        frame: pd.DataFrame,
        numbers: np.ndarray,
        hashes: np.ndarray,
        gone: np.ndarray,
        found: list[pd.DataFrame],
    ) -> Judged:
        """Judges rows.

        Args:
            connection: used only where judging `asks`.
            frame: raw text of every wanted column; a RangeIndex.
            numbers, hashes, gone: of each row.
            found: what was wrong with them so far.
        """
        key = clean_key(frame[list(self._source.key)])
        found = [*found, *self._findings_of_keys(key, numbers, findings.join(found))]
        key = key.mask(key.str.len() > _LONGEST_KEY)
        validated = []
        given: dict[str, np.ndarray] = {}
        staying = ~gone
        whole = frame if staying.all() else frame.loc[staying]
        past: dict[str, np.ndarray] = {}
        today = pd.Timestamp(self._batch.business_date)
        for mapped in map_rows(self._source, whole, numbers[staying]):
            record = mapped.record
            result = validate(record, mapped.raw, options=mapped.options, columns=mapped.columns)
            records = result.frame
            found.append(result.findings)
            if record.name == "employment":
                found.append(employer_scope.check(self._source, records))
            if record.happened and len(records):
                judged = events.judge(
                    connection,
                    self._batch,
                    record,
                    records,
                    mapped.columns,
                    policy=self._policy,
                    keep=not self._dry_run,
                )
                records = judged.frame
                found.append(judged.findings)
                past[record.name] = judged.expired.to_numpy()
            else:
                over = self._expired(connection, record, records, today)
                if over.any():
                    past[record.name] = records.loc[over, "row_number"].to_numpy()
                    records = records.loc[~over]
                records = expiry.faded(self._policy, record.name, records, today)
            validated.append((record, records))
            given[record.name] = mapped.raw["row_number"].to_numpy()
        expired = expiry.rows_left_out(past)
        of_rows = _without_the_rest(findings.join(found))
        if len(expired):
            of_rows = of_rows.loc[~of_rows["row_number"].isin(expired)]
        bad_fields = self._bad_fields(of_rows, numbers, given)

        rows = pd.DataFrame({"row_number": numbers, "key": key.to_numpy(), "hash": hashes})
        rows["scope"] = scope_of(self._source, frame).to_numpy()
        bad = np.isin(numbers, findings.bad_rows(of_rows)) | key.isna().to_numpy()
        rows["state"] = np.where(bad, QUARANTINED, np.where(gone, DELETED, GOOD))
        rows["modified"] = self._modified(frame).to_numpy()
        rows["bad"] = pd.Series(None, rows.index, dtype="str")
        rows.loc[np.searchsorted(numbers, list(bad_fields)), "bad"] = list(bad_fields.values())
        over = np.isin(numbers, expired)
        left_out = numbers[bad | gone | over]
        return Judged(
            rows=rows.loc[~over] if len(expired) else rows,
            records=[
                (record, _with_keys(_kept(record, records, left_out, bad_fields), numbers, key))
                for record, records in validated
            ],
            findings=of_rows,
            expired=len(expired),
            unreadable_keys=int(key.isna().sum()),
        )

    def _expired(self, connection: Any, record: RecordType, records: pd.DataFrame, today: pd.Timestamp) -> pd.Series:
        if record.name == "invoice" and len(records):
            return years.are_over(connection, self._policy, records["posting_date"], today.date())
        return expiry.expired(self._policy, record.name, records, today)

    def _findings_of_keys(self, key: pd.Series, numbers: np.ndarray, so_far: pd.DataFrame) -> list[pd.DataFrame]:
        column = " + ".join(self._source.key)
        withheld = set(so_far.loc[so_far["rule"].isin(effects.KEYS), "row_number"])
        missing = [number for number in numbers[key.isna().to_numpy()] if number not in withheld]
        return [
            findings.of(missing, column, "key.missing", findings.ROW),
            findings.of(numbers[(key.str.len() > _LONGEST_KEY).to_numpy()], column, "key.too_long", findings.ROW),
        ]

    def _bad_fields(self, found: pd.DataFrame, numbers: np.ndarray, given: dict[str, np.ndarray]) -> dict[int, str]:
        """Per row number the fields and lists that are bad, parted by spaces; only rows that have any.

        Where a row gives no record because what would be in it is bad, nothing is known of the whole record.
        """
        values = found.loc[(found["effect"] == findings.VALUE) & (found["field"] != "")]
        bad: dict[int, set[str]] = defaultdict(set)
        for number, path in zip(values["row_number"], values["field"], strict=True):
            bad[number].add(path)
        if self._lacking:
            for number in numbers:
                bad[number] |= self._lacking
        concerned = np.fromiter(bad, dtype="int64", count=len(bad))
        gives = {name: set(of_record[np.isin(of_record, concerned)]) for name, of_record in given.items()}
        for number, paths in bad.items():
            for name in {path.partition(".")[0] for path in paths if "." in path}:
                if number not in gives.get(name, ()):
                    paths |= self._fills.of_record[name]
        return {number: " ".join(sorted(paths)) for number, paths in bad.items()}

    def _modified(self, frame: pd.DataFrame) -> pd.Series:
        if self._source.modified is None or self._source.modified in self._missing:
            return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
        return date_values.clean(frame[self._source.modified], missing=self._source.read.missing).values


def _without_the_rest(found: pd.DataFrame) -> pd.DataFrame:
    """Of rows that somebody must settle by hand, no more is said than that."""
    by_hand = found["rule"] == protection.RULE
    if not by_hand.any():
        return found
    return found.loc[by_hand | ~found["row_number"].isin(found.loc[by_hand, "row_number"])]


def _kept(record: RecordType, records: pd.DataFrame, left_out: np.ndarray, bad_fields: dict[int, str]) -> pd.DataFrame:
    """The records of rows that are not left out, and whose list of them is not bad."""
    lists_bad = [row for row, bad in bad_fields.items() if record.name in bad.split(" ")]
    if not len(left_out) and not lists_bad:
        return records
    numbers = records["row_number"].to_numpy()
    return records.loc[~(np.isin(numbers, left_out) | np.isin(numbers, lists_bad))]


def _with_keys(records: pd.DataFrame, numbers: np.ndarray, key: pd.Series) -> pd.DataFrame:
    """The records with the keys of their rows; row numbers ascend."""
    return records.assign(key=key.array.take(np.searchsorted(numbers, records["row_number"].to_numpy())))
