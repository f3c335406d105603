"""The sync of one source for one business date, from its file to an applied, held or failed batch.

Belongs here: the order of the steps and what happens when one fails. Does not belong here: the steps themselves, or
Dagster.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from assets.admission import admit
from assets.pull import Pull
from assets.workplace import Workplace
from register import apply, batches, quarantine
from register import sources as known_sources
from register.apply import Outcome
from register.batches import Batch
from register.quarantine import Rejected
from register.sources import KnownSource
from schemas.errors import Refusal, SourceRefused
from sources import intake
from sources.config import ActiveEnds, ChangesSnapshot, Source
from sources.intake import NotDelivered
from sources.readers.ahead import ahead
from sources.readers.base import Chunk
from sources.readers.base import Register as Reader
from sources.readers.opening import Opened, opened
from sources.rules_version import rules_version


@dataclass(frozen=True)
class Result:
    """What became of one sync.

    Attributes:
        status: applied, unchanged (this very file is in the register already), held, or planned for a dry run.
        batch: the batch, or the earlier one that had applied this very file for this date.
        rejected: broken rules by column.
    """

    source: str
    status: str
    batch: Batch
    counts: dict[str, int]
    alarms: list[dict[str, object]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def sync(
    work: Workplace, source: Source, business_date: date, *, dry_run: bool = False, run_id: str | None = None
) -> Result:
    """Reads a source for a business date and merges it, unless the plan is held.

    Raises:
        Refusal: nothing was changed; the batch stands as failed with the text, and the customer's file is untouched.
    """
    source.reads_on(business_date, today=work.today)
    if not source.accepts_date(business_date, work.today):
        raise SourceRefused(
            f"{source.name} knows only today; its data of {business_date} cannot be had.",
            f"Use --date {work.today}, or declare history: true if its files are dated.",
        )
    with work.register.transaction() as connection:
        known = known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
        admit(connection, work, source, known.customer_id, business_date)
    with work.register.source_lock(
        known.id,
        wait_seconds=work.wait_seconds,
        waiting=lambda: work.listener(source.name, "waiting for another sync of it", 0),
    ):
        with work.register.transaction() as connection:
            batches.clear_interrupted(connection, known.id)
        return _sync_locked(work, source, known, business_date, dry_run, run_id)


def _sync_locked(
    work: Workplace, source: Source, known: KnownSource, business_date: date, dry_run: bool, run_id: str | None
) -> Result:
    with work.register.transaction() as connection:
        batch_id = batches.begin(
            connection,
            known,
            business_date=business_date,
            as_of=work.now(),
            rules_version=rules_version(source),
            run_id=run_id,
        )
        batch = batches.get(connection, batch_id)
    with failing(work, batch, forget=dry_run):
        with ExitStack() as stack:
            register = _open(stack, source, business_date, work)
            if isinstance(register, NotDelivered):
                done = _done_already(work, source, business_date)
                if done is None or source.after_read == "keep":
                    _note_missing(work, batch)
                    raise register
                _forget(work, batch)
                return done
            reader = register.reader
            batch = _note_file(work, batch, register)
            earlier = _applied_before(work, batch) if reader.digest else None
            if earlier is not None and _says_the_same(source, earlier, batch):
                result = _unchanged(work, batch, earlier, dry_run)
            else:
                known_before = reader.digest
                pull = Pull(work, source, batch, missing=reader.columns_missing, dry_run=dry_run)
                with closing(_told(work, source, reader)) as chunks:  # read no further once the pull has ended
                    pull.run(chunks, reader.incomplete)
                if reader.digest != known_before:
                    batch = _note_read(work, batch, reader)
                finished = None if known_before or reader.doubts else _finished_alike(work, batch)
                if finished is not None:
                    result = _unchanged(work, batch, finished, dry_run)
                else:
                    result = _settle(work, batch, dry_run)
        if dry_run:
            _forget(work, batch)
    if dry_run or register.found is None or (result.status == "held" and not source.landed_days):
        # of a held plan without a landed copy, the file is all there is to pull it from again
        return result
    return _dispose(work, source, register.found, result)


def _dispose(work: Workplace, source: Source, found: intake.Found, result: Result) -> Result:
    """Deletes, keeps or moves the customer's file; trouble with that is remarked, since the rows are in already."""
    try:
        intake.dispose(found, source)
        return result
    except SourceRefused as refusal:
        remark = f"The rows are in, but: {refusal}"
    with work.register.transaction() as connection:
        batches.update(connection, result.batch.id, notes=[*result.batch.notes, remark])
        return replace(result, batch=batches.get(connection, result.batch.id))


def _open(stack: ExitStack, source: Source, business_date: date, work: Workplace) -> Opened | NotDelivered:
    """The source's register until the stack ends, or why there is none."""
    try:
        return stack.enter_context(opened(source, business_date, work.inbox))
    except NotDelivered as refusal:
        return refusal


def settle(work: Workplace, batch: Batch) -> Result:
    """Plans and, unless held, applies a staged batch."""
    return _settle(work, batch, dry_run=False)


def _settle(work: Workplace, batch: Batch, dry_run: bool) -> Result:
    work.listener(batch.source_name, "merging", 0)
    outcome = apply.settle(work.register, batch.id, dry_run=dry_run, vault=work.vault)
    return result_of(work, outcome)


def result_of(work: Workplace, outcome: Outcome) -> Result:
    """An outcome with its rejects, as a sync reports it."""
    with work.register.transaction() as connection:
        rejected = quarantine.summary(connection, outcome.batch.id)
    return Result(
        source=outcome.batch.source_name,
        status=outcome.status,
        batch=outcome.batch,
        counts=outcome.counts,
        alarms=[alarm.as_dict() for alarm in outcome.alarms],
        rejected=rejected,
    )


def _note_file(work: Workplace, batch: Batch, register: Opened) -> Batch:
    reader = register.reader
    pulled = {
        "columns_used": reader.columns_used,
        "columns_missing": reader.columns_missing,
        "columns_dropped": reader.columns_dropped,
        batches.FILE_VERSION: register.found.state.version if register.found else None,
    }
    with work.register.transaction() as connection:
        batches.update(connection, batch.id, file_name=register.name_shown, digest=reader.digest, pulled=pulled)
        return batches.get(connection, batch.id)


def _note_missing(work: Workplace, batch: Batch) -> None:
    """That there was no file, which the morning list tells from a file that could not be read."""
    with work.register.transaction() as connection:
        batches.update(connection, batch.id, pulled=batch.pulled | {batches.NOT_DELIVERED: True})


def _note_read(work: Workplace, batch: Batch, reader: Reader) -> Batch:
    """What only its reading could tell of a register: its digest, and of an API its pages, other fields and doubts."""
    with work.register.transaction() as connection:
        pulled = batches.get(connection, batch.id).pulled | {"columns_dropped": reader.columns_dropped}
        pulled["pages"] = getattr(reader, "pages", None)
        pulled["doubts"] = [asdict(doubt) for doubt in reader.doubts]
        batches.update(connection, batch.id, digest=reader.digest, pulled=pulled)
        return batches.get(connection, batch.id)


def _told(work: Workplace, source: Source, reader: Reader) -> Generator[Chunk]:
    """The reader's chunks; where it reads pages, their number so far is told with the rows."""
    rows = 0
    with closing(ahead(reader.chunks())) as chunks:
        for chunk in chunks:
            rows += len(chunk.row_numbers) + len(chunk.rejected)
            if pages := getattr(reader, "pages", 0):
                work.listener(source.name, f"page {pages} came", rows)
            yield chunk


def _applied_before(work: Workplace, batch: Batch) -> Batch | None:
    """The batch applied just before this one in place: of the same date, or else the newest of all."""
    with work.register.transaction() as connection:
        before = batches.applied(connection, batch.source_id, before=batch.place)
        if before and before[0].business_date != batch.business_date:
            before = [one for one in batches.applied(connection, batch.source_id) if one.id == before[0].id]
    return before[0] if before else None


def _finished_alike(work: Workplace, batch: Batch) -> Batch | None:
    """The batch of the same date that brought the very same, where only reading it could tell, as of an API."""
    earlier = _applied_before(work, batch)
    if earlier is None or not batch.digest or earlier.business_date != batch.business_date:
        return None
    same = earlier.digest == batch.digest and earlier.rules_version == batch.rules_version
    return earlier if same else None


def _says_the_same(source: Source, earlier: Batch, batch: Batch) -> bool:
    """Whether the file need not be read: the same bytes under the same rules, and no date that would decide otherwise.

    On another date the rows of an incomplete read or of a register of changes must each be noted as read again, and
    a relation may have ended by its end date.
    """
    if earlier.digest != batch.digest or earlier.rules_version != batch.rules_version:
        return False
    if earlier.business_date == batch.business_date:
        return True
    by_date = isinstance(source.snapshot, ChangesSnapshot) or isinstance(source.active, ActiveEnds)
    return earlier.complete and not by_date


def _unchanged(work: Workplace, batch: Batch, earlier: Batch, dry_run: bool) -> Result:
    """The same file under the same rules: a finished date is left as it is, another date is noted as read."""
    counts = batches.as_unchanged(earlier.counts)
    if earlier.business_date == batch.business_date:
        if not dry_run:
            _forget(work, batch)
        return Result(batch.source_name, "unchanged", earlier, counts)
    if dry_run:
        return Result(batch.source_name, "planned", replace(batch, complete=earlier.complete), counts)
    return result_of(work, apply.repeat(work.register, batch.id, earlier))


def _done_already(work: Workplace, source: Source, business_date: date) -> Result | None:
    """What became of the date's file earlier, where it has since been deleted or moved as declared."""
    with work.register.transaction() as connection:
        newest = batches.listed(
            connection,
            source=source.name,
            business_date=business_date,
            statuses=("applied", "held", "released"),
            limit=1,
        )
        if not newest:
            return None
        rejected = quarantine.summary(connection, newest[0].id)
    if newest[0].status == "applied":
        return Result(source.name, "unchanged", newest[0], batches.as_unchanged(newest[0].counts))
    return Result(source.name, "held", newest[0], newest[0].counts, newest[0].guards, rejected)


def _forget(work: Workplace, batch: Batch) -> None:
    with work.register.transaction() as connection:
        batches.forget(connection, batch)


@contextmanager
def failing(work: Workplace, batch: Batch, *, forget: bool = False) -> Iterator[None]:
    """Writes a failure on the batch's row, without any value, before it goes on."""
    reason = ""
    done = False
    try:
        yield
        done = True
    except Refusal as refusal:
        reason = str(refusal)
        raise
    except Exception as error:
        reason = f"an unforeseen error ({type(error).__name__})"
        raise
    finally:
        if not done:
            _record_failure(work, batch, reason or "it was interrupted", forget)


def _record_failure(work: Workplace, batch: Batch, reason: str, forget: bool) -> None:
    try:
        with work.register.transaction() as connection:
            if forget:
                batches.forget(connection, batch)
            else:
                batches.fail(connection, batches.get(connection, batch.id), reason)
    except Refusal:
        # the database is gone; the next sync of the source finds the batch under way and ends it as interrupted
        return
