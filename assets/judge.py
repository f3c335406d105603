"""What is staged of the rows that travel on.

Belongs here: their keys, the records they give, each validated and checked, and what is bad of each row. Does not
belong here: the rules (`schemas`, `sources`), or writing anything (`register.staging`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assets.columns import Fills
from assets.scan import KEY_HETU
from assets.sift import scope_of
from register.staging import DELETED, GOOD, QUARANTINED
from schemas import findings
from schemas.catalogue import RecordType
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
        records: per record type the good ones.
        findings: everything that was wrong.
        unreadable_keys: rows of which nobody can say whose they are.
    """

    rows: pd.DataFrame
    records: list[tuple[RecordType, pd.DataFrame]]
    findings: pd.DataFrame
    unreadable_keys: int


class Judge:
    """Judges the rows of one source.

    Args:
        missing: wanted columns that the file does not have; what they would fill counts as bad, so that earlier good
            values stay.
    """

    def __init__(self, source: Source, fills: Fills, missing: list[str]) -> None:
        self._source = source
        self._fills = fills
        self._missing = missing
        self._lacking = {path for column in missing for path, _ in fills.of_column[column]}

    def judge(
        self,
        frame: pd.DataFrame,
        numbers: np.ndarray,
        hashes: np.ndarray,
        gone: np.ndarray,
        found: list[pd.DataFrame],
    ) -> Judged:
        """Judges rows.

        Args:
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
        for mapped in map_rows(self._source, whole, numbers[staying]):
            result = validate(mapped.record, mapped.raw, options=mapped.options, columns=mapped.columns)
            validated.append((mapped.record, result.frame))
            given[mapped.record.name] = mapped.raw["row_number"].to_numpy()
            found.append(result.findings)
            if mapped.record.name == "employment":
                found.append(employer_scope.check(self._source, result.frame))
        of_rows = findings.join(found)
        bad_fields = self._bad_fields(of_rows, numbers, given)

        rows = pd.DataFrame({"row_number": numbers, "key": key.to_numpy(), "hash": hashes})
        rows["scope"] = scope_of(self._source, frame).to_numpy()
        bad = np.isin(numbers, findings.bad_rows(of_rows)) | key.isna().to_numpy()
        rows["state"] = np.where(bad, QUARANTINED, np.where(gone, DELETED, GOOD))
        rows["modified"] = self._modified(frame).to_numpy()
        rows["bad"] = rows["row_number"].map(bad_fields) if bad_fields else pd.Series(None, rows.index, dtype="str")
        records = [(record, _kept(record, one, numbers[bad | gone], bad_fields)) for record, one in validated]
        return Judged(rows, records, of_rows, int(key.isna().sum()))

    def _findings_of_keys(self, key: pd.Series, numbers: np.ndarray, so_far: pd.DataFrame) -> list[pd.DataFrame]:
        column = " + ".join(self._source.key)
        withheld = set(so_far.loc[so_far["rule"] == KEY_HETU, "row_number"])
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


def _kept(record: RecordType, records: pd.DataFrame, left_out: np.ndarray, bad_fields: dict[int, str]) -> pd.DataFrame:
    """The records of rows that are not left out, and whose list of them is not bad."""
    lists_bad = [row for row, bad in bad_fields.items() if record.name in bad.split(" ")]
    if not len(left_out) and not lists_bad:
        return records
    numbers = records["row_number"].to_numpy()
    return records.loc[~(np.isin(numbers, left_out) | np.isin(numbers, lists_bad))]
