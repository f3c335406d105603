"""One reading of a source into a batch's staging, chunk by chunk.

Belongs here: the order in which a chunk is sifted, recognised, scanned, judged and staged. Does not belong here: any of
those steps themselves, or what happens to the staged batch.

Four threads share the work: the reader is a chunk ahead (`sources.readers.ahead`), judging is some behind, and the
database is behind that (`register.behind`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from assets.columns import Fills
from assets.doorkeeper import Checked, Doorkeeper, of_persons
from assets.judge import Judge
from assets.scan import Scanned, blank, scan, without_faults
from assets.sift import Sifted, sift
from assets.tally import Tally
from assets.workplace import Workplace
from register import batches, bulk, keys, landed, quarantine
from register.batches import Batch
from register.behind import Behind, behind
from register.known_rows import KnownRows
from register.plan import record_types_held
from register.row_hash import hash_rows
from register.staging import QUARANTINED, Staging
from register.suppression.marketing import marketing_off
from schemas import findings
from schemas.catalogue import RECORD_TYPES
from sources.config import ChangesSnapshot, LogSnapshot, Source
from sources.readers.base import Chunk

#: Rows that are judged at a time. Of an ordinary night a chunk has a handful that changed, and judging costs some 50 ms
#: however few they are.
_JUDGED_AT_ONCE = 50_000

#: Rows in which detectors look, and which are compared with the list of erased persons, at a time: of an ordinary night
#: a chunk has a handful, and either costs some 20 ms however few they are. Until then chunks wait, no more than so many
#: rows of them.
_CHECKED_AT_ONCE, _HELD = 5_000, 250_000

#: Rows that are named of each rule and column of which a value is taken all the same; more are only counted.
_NOTES_NAMED = 100

# Arrow's own pool keeps what each thread has freed: 100 MB more at the peak, and no faster.
pa.set_memory_pool(pa.system_memory_pool())


@dataclass
class _Travellers:
    """Rows that the register does not hold unchanged, gathered until they are judged."""

    rows: list[pa.Table] = field(default_factory=list)
    numbers: list[np.ndarray] = field(default_factory=list)
    hashes: list[np.ndarray] = field(default_factory=list)
    gone: list[np.ndarray] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    findings: list[pd.DataFrame] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many are gathered, those included that could not be split into columns."""
        return sum(map(len, self.numbers)) + len(self.rejected)


@dataclass(frozen=True)
class _Taken:
    """A chunk, before anybody has looked at what its rows may not hold.

    Attributes:
        travel: which of the sifted rows travel on.
        rows, hashes: of those that do.
        findings: what was wrong so far.
    """

    sifted: Sifted
    travel: np.ndarray
    rows: pa.Table
    hashes: np.ndarray
    findings: list[pd.DataFrame]
    rejected: list[tuple[int, str]]


class Pull:
    """The reading of one batch.

    Args:
        missing: wanted columns that the file does not have.
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
        self._fills = Fills.of(source)
        self._judge = Judge(source, batch, self._fills, missing, policy=workplace.policy, dry_run=dry_run)
        self._tally = Tally()
        self._judged = Tally()  # what the thread that judges counts
        self._travellers = _Travellers()
        self._findings: list[pd.DataFrame] = []
        self._parts = 0
        self._waiting: list[_Taken] = []
        self._marketing: dict[int, Any] = {}
        self._dry_run = dry_run

    def run(self, chunks: Iterable[Chunk], incomplete: list[str]) -> None:
        """Stages every chunk and writes down what the read found; one transaction, so that a crash leaves nothing.

        Args:
            incomplete: reasons, complete once the chunks are exhausted, why the read is not known to be complete.
        """
        with self._work.register.transaction() as connection:
            bulk.expect(connection)
            held = record_types_held(connection, self._batch.source_id)
            names = tuple(name for name in RECORD_TYPES if name in self._source.records or name in held)
            staging = Staging(self._batch.id, names)
            staging.create(connection)
            known = KnownRows.load(connection, self._batch.source_id)
            after = batches.last_applied_id(connection, self._batch.source_id)
            with behind() as writer, behind() as judging:
                self._doorkeeper = self._open_door(connection, judging, writer)
                for chunk in chunks:
                    self._take(connection, judging, writer, known, chunk)
                    if self._travellers.count >= _JUDGED_AT_ONCE:
                        self._stage(connection, judging, writer, staging)
                    pa.default_memory_pool().release_unused()  # what the chunk before took goes back
                    self._work.listener(self._source.name, "read", self._tally.counts["read"])
                self._let_in(connection, judging, writer)
                self._stage(connection, judging, writer, staging)
            self._finish(connection, staging, known, incomplete, after)

    def _open_door(self, connection: Any, judging: Behind, writer: Behind) -> Doorkeeper:
        def connect() -> Any:
            judging.wait()  # it gives the writer work, and may use the connection itself
            writer.wait()
            return connection

        batch = self._batch
        vault, keep = self._work.vault, not self._dry_run
        return Doorkeeper(connection, vault, self._source, batch.source_id, batch.customer_id, connect, keep=keep)

    def _take(self, connection: Any, judging: Behind, writer: Behind, known: KnownRows, chunk: Chunk) -> None:
        """Finds the rows of a chunk that travel on."""
        sifted = sift(self._source, chunk, self._batch.business_date, self._tally, self._work.policy)
        hashed = sifted.rows.drop_columns([self._source.modified]) if self._source.modified else sifted.rows
        hashes = hash_rows(hashed, secret=self._work.secret, rules_version=self._batch.rules_version)
        travel = sifted.gone.copy()
        travel[~sifted.gone] = known.travellers(hashes[~sifted.gone], sifted.numbers[~sifted.gone])
        rows = sifted.rows if travel.all() else sifted.rows.filter(pa.array(travel))
        rows, found = without_faults(self._fills, rows, sifted.numbers[travel], chunk)
        found = [*found, sifted.findings, *_findings_of_rejected(chunk.rejected)]
        self._waiting.append(_Taken(sifted, travel, rows, hashes[travel], found, chunk.rejected))
        travelling = sum(len(one.hashes) for one in self._waiting)
        if travelling >= _CHECKED_AT_ONCE or sum(len(one.travel) for one in self._waiting) >= _HELD:
            self._let_in(connection, judging, writer)

    def _let_in(self, connection: Any, judging: Behind, writer: Behind) -> None:
        """Gathers and lands the chunks that wait, without what may not be kept and who was erased."""
        taken, self._waiting = self._waiting, []
        if not taken:
            return
        numbers = np.concatenate([one.sifted.numbers[one.travel] for one in taken])
        scanned = scan(self._source, self._fills, pa.concat_tables([one.rows for one in taken]), numbers)
        self._tally.detected.update(scanned.hits)
        checked = self._doorkeeper.check(scanned.rows, numbers)
        self._marketing = self._marketing | checked.marketing  # what is being judged keeps what it was given
        self._gather(taken, scanned, checked, numbers)
        start = 0
        for one in taken if self._land_copy else ():
            end = start + len(one.hashes)
            withheld = {name: hit[start:end] for name, hit in scanned.withheld.items()}
            land = partial(self._land, connection, one, withheld, checked.part(start, end), self._parts)
            judging.do(partial(writer.do, land))  # only one thread may give the writer work
            self._parts += 1
            start = end

    def _notes(self, scanned: Scanned) -> list[pd.DataFrame]:
        """Counts what is taken all the same; the first rows of each are named, so that somebody can look."""
        self._tally.waived.update({place: len(numbers) for place, numbers in scanned.waived.items()})
        notes = []
        for (rule, column), numbers in scanned.noted.items():
            room = max(_NOTES_NAMED - self._tally.noted[rule, column], 0)
            self._tally.noted[rule, column] += len(numbers)
            notes.append(findings.of(numbers[:room], column, rule, findings.NOTE))
        return notes

    def _gather(self, taken: list[_Taken], scanned: Scanned, checked: Checked, numbers: np.ndarray) -> None:
        """Gathers rows that travel on, without those of erased persons."""
        rows, staying = scanned.rows, ~checked.out
        hashes = np.concatenate([one.hashes for one in taken])
        partly = checked.partly
        if partly.any():
            rows = self._doorkeeper.without_persons(rows, checked)
            parts = rows.filter(pa.array(partly))
            # the hash of the whole row would be one of the person
            hashes[partly] = hash_rows(parts, secret=self._work.secret, rules_version=self._batch.rules_version)
        self._tally.counts["suppressed"] += int(checked.out.sum())
        found = findings.join(
            [*(part for one in taken for part in one.findings), *scanned.findings, *self._notes(scanned)]
        )
        gathered = self._travellers
        gathered.findings += [found[~found["row_number"].isin(numbers[checked.out])], *checked.findings]
        gathered.rejected += [row for one in taken for row in one.rejected]
        gathered.rows.append(rows if staying.all() else rows.filter(pa.array(staying)))
        gathered.numbers.append(numbers[staying])
        gathered.hashes.append(hashes[staying])
        gathered.gone.append(np.concatenate([one.sifted.gone[one.travel] for one in taken])[staying])

    def _stage(self, connection: Any, judging: Behind, writer: Behind, staging: Staging) -> None:
        """Has what is gathered judged and staged."""
        gathered, self._travellers = self._travellers, _Travellers()
        if gathered.count:
            judging.do(partial(self._judge_and_stage, connection, writer, staging, gathered, self._marketing))

    def _judge_and_stage(
        self, connection: Any, writer: Behind, staging: Staging, gathered: _Travellers, marketing: dict[int, Any]
    ) -> None:
        if self._judge.asks:
            writer.wait()  # the connection is the writer's until then
        judged = self._judge.judge(
            connection,
            pa.concat_tables(gathered.rows).to_pandas(),
            np.concatenate(gathered.numbers),
            np.concatenate(gathered.hashes),
            np.concatenate(gathered.gone),
            gathered.findings,
        )
        self._judged.counts["expired"] += judged.expired
        self._judged.unreadable_keys += judged.unreadable_keys + len(gathered.rejected)
        self._findings.append(judged.findings)
        writer.do(partial(staging.write_rows, connection, judged.rows))
        writer.do(partial(staging.write_rows, connection, _unsplit(gathered.rejected)))
        for record, records in judged.records:
            if marketing and record.name == "marketing_choice":
                records = marketing_off(records, marketing)
            writer.do(partial(staging.write_records, connection, record, records))

    def _land(
        self, connection: Any, taken: _Taken, withheld: dict[str, np.ndarray], checked: Checked, part: int
    ) -> None:
        """Keeps the chunk as it was read, less the rows and cells that must not be kept."""
        rows, numbers = taken.sifted.rows, taken.sifted.numbers
        at = np.flatnonzero(taken.travel)
        for masks in (withheld, self._doorkeeper.withheld(checked)):
            for name, hit in masks.items():
                everywhere = np.zeros(rows.num_rows, dtype=bool)
                everywhere[at[hit]] = True
                rows = blank(rows, name, everywhere)
        if self._source.protected is not None:
            rows = blank(rows, self._source.protected.column, np.ones(rows.num_rows, dtype=bool))
        if checked.out.any():
            kept = np.ones(rows.num_rows, dtype=bool)
            kept[at[checked.out]] = False
            rows, numbers = rows.filter(pa.array(kept)), numbers[kept]
        rows = rows.select([name for name in rows.column_names if name not in self._missing])
        landed.write_part(
            connection,
            rows.append_column(landed.ROW_NUMBER, pa.array(numbers)),
            batch_id=self._batch.id,
            customer_id=self._batch.customer_id,
            source_id=self._batch.source_id,
            part=part,
            expires_on=self._batch.as_of.date() + timedelta(days=self._source.landed_days + 1),
        )

    def _finish(
        self, connection: Any, staging: Staging, known: KnownRows, incomplete: list[str], after: int | None
    ) -> None:
        """Settles what only the whole read tells, and writes it down."""
        self._tally.add(self._judged)
        reasons = [*incomplete, *self._tally.why_incomplete()]
        covers = self._covers(reasons)
        staging.write_hashes(connection, staging.unseen, known.unseen_hashes())
        if not covers:
            staging.write_hashes(connection, staging.seen, known.seen_hashes())
        staging.analyse(connection)
        conflicts, drawn_in = keys.settle(connection, staging, known, self._batch.source_id)
        found = findings.join([*self._findings, conflicts])
        kept = self._work.policy.step("quarantine", "delete").after
        quarantine.write(
            connection,
            found,
            batch_id=self._batch.id,
            customer_id=self._batch.customer_id,
            source_id=self._batch.source_id,
            rows=staging.rows,
            expires_on=self._batch.business_date + timedelta(days=kept.days + 1),
        )
        self._tally.counts["unchanged"] = known.seen - drawn_in
        self._tally.counts["duplicate"] = known.repeated
        self._tally.counts["rejected_values"] = int((found["effect"] == findings.VALUE).sum())
        pulled = {**self._tally.as_pulled(self._source), "record_types": list(staging.record_types)}
        pulled |= {"suppression": self._doorkeeper.version, "of_persons": of_persons(self._source)}
        batches.update(
            connection,
            self._batch.id,
            status="planned",
            complete=covers,
            notes=reasons,
            pulled=self._batch.pulled | pulled | {"after_batch": after, "whole": not reasons},
        )

    def _covers(self, reasons: list[str]) -> bool:
        """Whether absence may be derived from this read."""
        snapshot = self._source.snapshot
        if reasons or not self._tally.counts["read"] or isinstance(snapshot, LogSnapshot):
            return False
        return not isinstance(snapshot, ChangesSnapshot) or snapshot.is_full_on(
            self._batch.business_date, self._source.valid.first
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
