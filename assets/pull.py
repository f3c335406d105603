"""One reading of a source into a batch's staging, chunk by chunk.

Belongs here: the order in which a chunk is filtered, recognised, scanned, mapped, validated and staged. Does not belong
here: any of those steps themselves (`sources`, `schemas`, `register`), or what happens to the staged batch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets import events
from assets.workplace import Workplace
from register import batches, keys, landed, quarantine
from register.batches import Batch
from register.known_rows import KnownRows
from register.plan import record_types_held
from register.row_hash import hash_rows
from register.staging import DELETED, GOOD, QUARANTINED, Staging
from schemas import findings
from schemas.catalogue import RECORD_TYPES
from schemas.detectors import hetu
from schemas.validation import validate
from schemas.values import date as date_values
from schemas.values import text
from schemas.values.key import clean_key
from sources import employer_scope, filters
from sources.config import ChangesSnapshot, LogSnapshot, ScopedSnapshot, Source
from sources.mapping import map_rows
from sources.readers.base import Chunk

#: A longer key is more likely a shifted column than a key.
_LONGEST_KEY = 200
#: The rule of a key that holds an identity code; the key is withheld.
KEY_HETU = "key.hetu"


@dataclass(frozen=True)
class _Travellers:
    """Rows of a chunk that the register does not hold unchanged: raw text, row numbers, hashes, and whether gone."""

    frame: pd.DataFrame
    numbers: np.ndarray
    hashes: np.ndarray
    gone: np.ndarray


class Pull:
    """The reading of one batch.

    Args:
        missing: wanted columns that the file does not have; what they would fill counts as bad, so that earlier good
            values stay.
        land: whether to keep a landed copy, if the source allows one.
        dry_run: whether nothing of the batch will be kept.
    """

    def __init__(
        self,
        workplace: Workplace,
        source: Source,
        batch: Batch,
        *,
        missing: list[str],
        land: bool = True,
        dry_run: bool = False,
    ) -> None:
        self._work = workplace
        self._source = source
        self._batch = batch
        self._missing = missing
        self._land_copy = land and source.landed_days > 0
        self._dry_run = dry_run
        self._counts: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()
        self._findings: list[pd.DataFrame] = []
        self._scopes: set[str] = set()
        self._unreadable_keys = 0
        self._hetu_rows = 0
        self._parts = 0
        self._fills = _fields_by_column(source)
        self._paths: dict[str, set[str]] = defaultdict(set)
        for name, field, _ in source.fields():
            self._paths[name].add(f"{name}.{field}")

    def run(self, chunks: Iterable[Chunk], incomplete: list[str]) -> None:
        """Stages every chunk and writes down what the read found; one transaction, so that a crash leaves nothing.

        Args:
            incomplete: reasons, complete once the chunks are exhausted, why the read is not known to be complete.
        """
        with self._work.register.transaction() as connection:
            held = record_types_held(connection, self._batch.source_id)
            names = tuple(name for name in RECORD_TYPES if name in self._source.records or name in held)
            staging = Staging(self._batch.id, names)
            staging.create(connection)
            known = KnownRows.load(connection, self._batch.source_id)
            after = batches.last_applied_id(connection, self._batch.source_id)
            for chunk in chunks:
                self._take(connection, staging, known, chunk)
                self._work.listener(self._source.name, "read", self._counts["read"])
            reasons = [*incomplete, *self._why_keys_make_it_incomplete()]
            covers = self._covers(reasons)
            staging.write_hashes(connection, staging.unseen, known.unseen_hashes())
            if not covers:
                staging.write_hashes(connection, staging.seen, known.seen_hashes())
            staging.analyse(connection)
            conflicts, drawn_in = keys.settle(connection, staging, known, self._batch.source_id)
            found = findings.join([*self._findings, conflicts])
            quarantine.write(
                connection,
                found,
                batch_id=self._batch.id,
                customer_id=self._batch.customer_id,
                source_id=self._batch.source_id,
                rows=staging.rows,
                business_date=self._batch.business_date,
            )
            self._counts["unchanged"] = known.seen - drawn_in
            self._counts["duplicate"] = known.repeated
            self._counts["rejected_values"] = int((found["effect"] == findings.VALUE).sum())
            batches.update(
                connection,
                self._batch.id,
                status="planned",
                complete=covers,
                notes=reasons,
                pulled=self._batch.pulled | self._pulled(staging, covers, after),
            )

    def _take(self, connection: Any, staging: Staging, known: KnownRows, chunk: Chunk) -> None:
        rows = _with_all_columns(chunk.rows, self._source.wanted_columns)
        self._counts["read"] += rows.num_rows + len(chunk.rejected)
        for name in rows.column_names:
            self._filled[name] += pc.sum(pc.not_equal(pc.fill_null(rows.column(name), ""), "")).as_py() or 0
        filtered = filters.split(self._source, rows.to_pandas(), chunk.row_numbers, self._batch.business_date)
        self._counts["expired"] += int(filtered.expired.sum())
        deleted = filtered.deleted
        if isinstance(self._source.snapshot, ChangesSnapshot):
            # among changes, a row that has gone out of scope is how a relation ends; in a full read its absence is
            deleted = deleted | filtered.out_of_scope
        else:
            self._counts["out_of_scope"] += int(filtered.out_of_scope.sum())
        self._note_scopes(rows)
        concerned = (filtered.kept | deleted).to_numpy()
        rows, numbers = rows.filter(pa.array(concerned)), chunk.row_numbers[concerned]
        gone = deleted.to_numpy()[concerned]

        hashed = rows.drop_columns([self._source.modified]) if self._source.modified else rows
        hashes = hash_rows(hashed, secret=self._work.secret, rules_version=self._batch.rules_version)
        travel = gone.copy()
        travel[~gone] = known.travellers(hashes[~gone], numbers[~gone])
        travelling = rows.filter(pa.array(travel)).to_pandas()
        found = self._blank_faults(travelling, numbers[travel], chunk)
        blanked, hit = self._scan(travelling, numbers[travel])
        found += [*hit, filtered.findings, *_findings_of_rejected(chunk.rejected)]
        staged = _Travellers(travelling, numbers[travel], hashes[travel], gone[travel])
        self._stage(connection, staging, staged, chunk.rejected, found)
        if self._land_copy:
            self._land(connection, rows, numbers, travel, travelling, blanked)

    def _note_scopes(self, rows: pa.Table) -> None:
        if isinstance(self._source.snapshot, ScopedSnapshot):
            self._scopes |= set(self._scope_of(rows.to_pandas()).unique())

    def _scope_of(self, frame: pd.DataFrame) -> pd.Series:
        if isinstance(self._source.snapshot, ScopedSnapshot):
            return text.normalise(frame[self._source.snapshot.column]).fillna("")
        return pd.Series("", index=frame.index, dtype="str")

    def _blank_faults(self, frame: pd.DataFrame, numbers: np.ndarray, chunk: Chunk) -> list[pd.DataFrame]:
        """Takes what is no value out of the frame. Where a row needs the value, that it is missing is told later."""
        found: list[pd.DataFrame] = []
        for name, rule, faulty in chunk.faulty():
            hit = np.isin(numbers, faulty)
            frame[name] = frame[name].mask(hit)
            paths = [path for path, _ in self._fills[name]] or [""]
            found += [findings.of(numbers[hit], name, rule, findings.VALUE, path) for path in paths]
        return found

    def _scan(self, frame: pd.DataFrame, numbers: np.ndarray) -> tuple[dict[str, np.ndarray], list[pd.DataFrame]]:
        """Finds identity codes (MIN-06), blanks their cells in the frame, and says which cells those were."""
        blanked: dict[str, np.ndarray] = {}
        found: list[pd.DataFrame] = []
        rows_hit = np.zeros(len(frame), dtype=bool)
        for name in frame.columns:
            verdict = hetu.scan(frame[name])
            hit = (verdict != "").to_numpy()
            if not hit.any():
                continue
            blanked[name] = hit
            rows_hit |= hit
            in_key = name in self._source.key
            for rule in (hetu.VALID, hetu.SHAPE):
                where = numbers[(verdict == rule).to_numpy()]
                needed = in_key or rule == hetu.SHAPE or any(required for _, required in self._fills[name])
                if needed or not self._fills[name]:
                    effect = findings.ROW if needed else findings.VALUE
                    found.append(findings.of(where, name, KEY_HETU if in_key else rule, effect))
                else:
                    found += [findings.of(where, name, rule, findings.VALUE, path) for path, _ in self._fills[name]]
            frame[name] = frame[name].mask(hit)
        self._hetu_rows += int(rows_hit.sum())
        return blanked, found

    def _stage(
        self,
        connection: Any,
        staging: Staging,
        travellers: _Travellers,
        rejected: list[tuple[int, str]],
        found: list[pd.DataFrame],
    ) -> None:
        frame, numbers, gone = travellers.frame, travellers.numbers, travellers.gone
        key = clean_key(frame[list(self._source.key)])
        found += self._findings_of_keys(key, numbers, findings.join(found))
        key = key.mask(key.str.len() > _LONGEST_KEY)
        self._unreadable_keys += int(key.isna().sum()) + len(rejected)
        validated = []
        given: dict[str, set[int]] = {}
        expired: set[int] = set()
        for mapped in map_rows(self._source, frame.loc[~gone], numbers[~gone]):
            result = validate(mapped.record, mapped.raw, options=mapped.options, columns=mapped.columns)
            records = result.frame
            found.append(result.findings)
            if mapped.record.name == "employment":
                found.append(employer_scope.check(self._source, records))
            if mapped.record.happened and len(records):
                judged = events.judge(
                    connection, self._batch, mapped.record, records, mapped.columns, keep=not self._dry_run
                )
                records = judged.frame
                found.append(judged.findings)
                expired |= set(judged.expired)
            validated.append((mapped.record, records))
            given[mapped.record.name] = set(mapped.raw["row_number"])
        of_chunk = findings.join(found)
        if expired:
            self._counts["expired"] += len(expired)
            of_chunk = of_chunk.loc[~of_chunk["row_number"].isin(expired)]
        self._findings.append(of_chunk)
        bad_rows = findings.bad_rows(of_chunk)
        bad_fields = self._bad_fields(of_chunk, numbers, given)

        rows = pd.DataFrame({"row_number": numbers, "key": key.to_numpy(), "hash": travellers.hashes})
        rows["scope"] = self._scope_of(frame).to_numpy()
        rows["state"] = np.where(gone, DELETED, GOOD)
        rows["state"] = rows["state"].mask(rows["row_number"].isin(bad_rows) | rows["key"].isna(), QUARANTINED)
        rows["modified"] = self._modified(frame).to_numpy()
        rows["bad"] = rows["row_number"].map(bad_fields)
        staging.write_rows(connection, rows.loc[~rows["row_number"].isin(expired)])
        staging.write_rows(connection, _unsplit(rejected))
        good = set(rows.loc[rows["state"] == GOOD, "row_number"]) - expired
        for record, records in validated:
            lists_bad = [row for row, bad in bad_fields.items() if record.name in bad.split(" ")]
            kept = records["row_number"].isin(good) & ~records["row_number"].isin(lists_bad)
            staging.write_records(connection, record, records.loc[kept])

    def _findings_of_keys(self, key: pd.Series, numbers: np.ndarray, so_far: pd.DataFrame) -> list[pd.DataFrame]:
        column = " + ".join(self._source.key)
        withheld = set(so_far.loc[so_far["rule"] == KEY_HETU, "row_number"])
        missing = [number for number in numbers[key.isna().to_numpy()] if number not in withheld]
        return [
            findings.of(missing, column, "key.missing", findings.ROW),
            findings.of(numbers[(key.str.len() > _LONGEST_KEY).to_numpy()], column, "key.too_long", findings.ROW),
        ]

    def _bad_fields(self, found: pd.DataFrame, numbers: np.ndarray, given: dict[str, set[int]]) -> dict[int, str]:
        """Per row number the fields and lists that are bad, parted by spaces.

        Where a row gives no record because what would be in it is bad, nothing is known of the whole record.
        """
        values = found.loc[(found["effect"] == findings.VALUE) & (found["field"] != "")]
        bad: dict[int, set[str]] = defaultdict(set)
        for number, path in zip(values["row_number"], values["field"], strict=True):
            bad[number].add(path)
        lacking = {path for column in self._missing for path, _ in self._fills[column]}
        if lacking:
            for number in numbers:
                bad[number] |= lacking
        for number, paths in bad.items():
            for name in {path.partition(".")[0] for path in paths if "." in path}:
                if number not in given.get(name, ()):
                    paths |= self._paths[name]
        return {number: " ".join(sorted(paths)) for number, paths in bad.items()}

    def _modified(self, frame: pd.DataFrame) -> pd.Series:
        if self._source.modified is None or self._source.modified in self._missing:
            return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
        return date_values.clean(frame[self._source.modified], missing=self._source.read.missing).values

    def _land(
        self,
        connection: Any,
        rows: pa.Table,
        numbers: np.ndarray,
        travel: np.ndarray,
        travelling: pd.DataFrame,
        blanked: dict[str, np.ndarray],
    ) -> None:
        """Keeps the chunk as it was read, less the cells that must not be kept."""
        at = np.flatnonzero(travel)
        for name, hit in blanked.items():
            withheld = np.zeros(rows.num_rows, dtype=bool)
            withheld[at[hit]] = True
            position = rows.column_names.index(name)
            kept = pc.if_else(pa.array(withheld), pa.scalar(None, pa.string()), rows.column(name))
            rows = rows.set_column(position, name, kept)
        rows = rows.select([name for name in rows.column_names if name not in self._missing])
        landed.write_part(
            connection,
            rows.append_column(landed.ROW_NUMBER, pa.array(numbers)),
            batch_id=self._batch.id,
            customer_id=self._batch.customer_id,
            source_id=self._batch.source_id,
            part=self._parts,
            expires_on=self._batch.as_of.date() + timedelta(days=self._source.landed_days + 1),
        )
        self._parts += 1

    def _why_keys_make_it_incomplete(self) -> list[str]:
        if not self._unreadable_keys:
            return []
        return [f"rows without a readable key: {self._unreadable_keys}; nobody can be said to be absent"]

    def _covers(self, reasons: list[str]) -> bool:
        """Whether absence may be derived from this read."""
        snapshot = self._source.snapshot
        if reasons or not self._counts["read"]:
            return False
        if isinstance(snapshot, LogSnapshot):
            return False
        return not isinstance(snapshot, ChangesSnapshot) or snapshot.is_full_on(
            self._batch.business_date, self._source.valid.first
        )

    def _pulled(self, staging: Staging, covers: bool, after: int | None) -> dict[str, Any]:
        counts = ("read", "unchanged", "duplicate", "out_of_scope", "expired", "rejected_values")
        scoped = isinstance(self._source.snapshot, ScopedSnapshot)
        return {
            "counts": {name: int(self._counts[name]) for name in counts},
            "record_types": list(staging.record_types),
            "origins": self._source.record_origins,
            "scopes": sorted(self._scopes) if scoped else [""],
            "key": list(self._source.key),
            "filled": {name: int(self._filled[name]) for name in self._source.wanted_columns},
            "filled_of": int(self._counts["read"]),
            "hetu_rows": self._hetu_rows,
            "after_batch": after,
        }


def _with_all_columns(rows: pa.Table, wanted: list[str]) -> pa.Table:
    """The wanted columns in the source's order; those that the file lacks are empty."""
    return pa.table(
        {
            name: rows.column(name) if name in rows.column_names else pa.nulls(rows.num_rows, pa.string())
            for name in wanted
        }
    )


def _unsplit(rejected: list[tuple[int, str]]) -> pd.DataFrame:
    """Staged rows for rows that could not be split into columns: counted, without key or content."""
    rows = pd.DataFrame({"row_number": np.array([number for number, _ in rejected], dtype="int64")})
    rows["key"] = pd.Series(pd.NA, index=rows.index, dtype="str")
    return rows.assign(hash=0, scope="", state=QUARANTINED, modified=pd.NaT, bad=rows["key"])


def _findings_of_rejected(rejected: list[tuple[int, str]]) -> list[pd.DataFrame]:
    by_rule: dict[str, list[int]] = defaultdict(list)
    for number, rule in rejected:
        by_rule[rule].append(number)
    return [findings.of(numbers, "", rule, findings.ROW) for rule, numbers in by_rule.items()]


def _fields_by_column(source: Source) -> dict[str, set[tuple[str, bool]]]:
    """Per column what it fills: the path by which a bad value is known, and whether a row needs it."""
    fills: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for name, field, how in source.fields():
        record = RECORD_TYPES[name]
        path = record.name if record.part else f"{name}.{field}"
        for column in (how.column, how.country):
            if column:
                needed = record.field(field).required and not record.part and column == how.column
                fills[column].add((path, needed))
    return fills
