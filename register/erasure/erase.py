"""Erasing a data subject (GDPR 17): one run, one transaction, written to the ledger before anything is removed.

Belongs here: the order of it, and what the law keeps. Does not belong here: whose rows they are
(`register.erasure.subjects`), or reading a customer's description, which landed copies ask for.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa

from register import batches, evidence, removal
from register.actors import decider
from register.database import Register
from register.erasure import left_behind, marking, subjects
from register.erasure.subjects import Identifiers
from register.ledger import Entry
from register.retention import holds
from register.staging import leftovers
from register.statements import fragment, statement
from register.suppression import entries, staged, tokens
from register.suppression.keys import OWN
from register.suppression.staged import PERSONAL
from register.suppression.vault import Vault, agree, newest_known, note
from register.tables import sync
from register.tables.erasure import subject_case
from register.tables.records import RECORD_TABLES
from schemas.catalogue import RECORD_TYPES
from schemas.errors import NotFound, Refusal

#: Takes persons on the list out of the landed copies of a controller's registers; returns how many rows went.
CleanCopies = Callable[[sa.Connection, int], int]

PROCESSED, HELD, PROOF, VOUCHER, CLAIM = (
    "processed for the customer: on its instruction only (GDPR 28(3)(a))",
    "legal hold (GDPR 17(3)(e))",
    "proof of an interrupted limitation, while its claim is open (728/2003 10 §)",
    "voucher of the books (Accounting Act 1336/1997 2:10)",
    "claim that is still open (728/2003; GDPR 17(3)(e))",
)


@dataclass(frozen=True)
class Request:
    """What somebody asks for, and who does it.

    Attributes:
        instructions: customer -> the document by which it, as controller, has told us to erase.
        source: erase in this one source only.
        suppress: whether the person is kept from coming back; not, where he asked for that.
    """

    case: str
    by: str
    golden_ids: list[int] = field(default_factory=list)
    record_ids: list[int] = field(default_factory=list)
    said: Identifiers = field(default_factory=Identifiers)
    instructions: dict[str, str] = field(default_factory=dict)
    source: str | None = None
    suppress: bool = True


@dataclass(frozen=True)
class Kept:
    """A record that stays, and why."""

    record: str
    id: int
    reason: str


@dataclass
class Report:
    """What was erased: rows by table, what stays, how many tokens keep the person out, and who should stop sending."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[Kept] = field(default_factory=list)
    tokens: int = 0
    sources: list[str] = field(default_factory=list)


def erase(register: Register, vault: Vault, request: Request, clean_copies: CleanCopies, *, on: date) -> Report:
    """Erases a person from everything that the register has.

    Raises:
        NotFound: where nobody of that kind is held and nothing is said by which he could be kept out, or there is no
            such source.
        Refusal: where the person who asks may not decide, what is said leads to more than one person, or an earlier
            erasure is not finished (`mdo db restored`).
    """
    if not request.case.strip():
        raise Refusal("An erasure needs its case number.", "Give it with --case.")
    with decided(register, vault, by=request.by, reason=request.case, on=on) as (connection, actor):
        instructed = _instructed(connection, request.instructions)
        report = Report()
        left = left_behind.find(connection, vault, OWN, case=request.case, customers=instructed)
        _doom(connection, request, instructed, left, report, on)
        rows = marking.traits(connection)
        rows = rows[(rows["role"] != "processor") | rows["customer_id"].isin(instructed)]
        lists = set(marking.controllers(rows)) | ({OWN} if request.said.finds and not instructed else set())
        logins = pd.concat([rows, left])
        lists |= {one for one in instructed if len(marking.logins(logins, one))}
        if not lists:
            raise NotFound("Nobody was found of whom anything may be erased.", _remedy(report))
        report.sources = sorted(set(rows["source"]))
        remark = "; ".join(f"{name}: {document}" for name, document in sorted(request.instructions.items()))
        for controller in sorted(int(one) for one in lists):
            entry = _write_down(connection, vault, request, controller, rows, logins, on)
            report.tokens += len(entry.content["tokens"])
            put_on_list(connection, entry, controller)
            note(connection, entry)
        report.counts += take_out(connection)
        for controller in sorted(int(one) for one in lists):
            report.counts += sweep_copies(connection, vault, controller, clean_copies)
            if not request.suppress:
                entries.lift(
                    connection,
                    controller,
                    request.case,
                    scope="register",
                    kind=None,
                    source_id=None,
                    actor_id=actor,
                    reason="no suppression asked for",
                )
        for controller in sorted(int(one) for one in lists):
            write_case(connection, request.case, "erase", controller, actor, remark, report)
        note_evidence(connection, request.case, report, on)
        removal.end(connection)
        subjects.end(connection)
    tidy(register, report.counts)
    return report


@contextmanager
def decided(register: Register, vault: Vault, *, by: str, reason: str, on: date) -> Iterator[tuple[sa.Connection, int]]:
    """A transaction alone, of a named person, on a database that has followed the ledger; with the person's id.

    Raises:
        NotFound: where nobody of that name may decide.
        Refusal: where the reason is empty, or an earlier erasure is not finished (`mdo db restored`).
    """
    with register.transaction() as connection:
        actor = decider(connection, by, reason, on)
        alone(connection)
        agree(connection, vault)
        yield connection, actor


def alone(connection: sa.Connection) -> None:
    """Waits for merges and matching that are under way, and keeps others out until the transaction ends."""
    connection.execute(sa.text(f"select pg_advisory_xact_lock({staged.LOCK}, 0)"))
    ids = connection.scalars(sa.select(sync.customer.c.id).order_by(sync.customer.c.id)).all()
    for customer_id in ids:
        connection.execute(sa.text("select pg_advisory_xact_lock(1296324, :id)"), {"id": customer_id})


def spare(connection: sa.Connection, instructed: list[int], report: Report) -> None:
    """Takes out of the doomed what stays, with the reason."""
    for name, table in RECORD_TABLES.items():
        query = statement("spare_processed", table=str(table), record_type=name)
        for row in connection.execute(query, {"instructed": instructed}):
            report.kept.append(Kept(row.record_type, row.record_id, PROCESSED))


def spare_by_law(connection: sa.Connection, report: Report, on: date) -> None:
    """Takes out of the doomed what the law keeps, and names the vouchers that stay."""
    holds.find(connection, on, restricted=False)
    for name, table in RECORD_TABLES.items():
        happened = RECORD_TYPES[name].happened
        stays = fragment("event_is_held").format(happened=happened) if happened else fragment("row_is_held")
        query = statement("spare_held", table=str(table), record_type=name, stays=stays)
        report.kept += [Kept(name, row.record_id, HELD) for row in connection.execute(query)]
    connection.execute(sa.text("drop table held_row, held_event"))
    report.kept += [Kept("message", row.record_id, PROOF) for row in connection.execute(statement("spare_proofs"))]
    for row in connection.execute(statement("find_vouchers")):
        report.kept.append(Kept("invoice", row.id, CLAIM if row.open else VOUCHER))


def doom_rows(connection: sa.Connection) -> None:
    """Dooms what the rows of ``subject_row`` say of a person."""
    for name in PERSONAL:
        connection.execute(statement("doom_subjects", record_type=name, table=str(RECORD_TABLES[name])))
    connection.execute(statement("doom_sole_traders"))
    connection.execute(statement("doom_sole_traders_billing"))
    connection.execute(statement("doom_subject_keys"))


def put_on_list(connection: sa.Connection, entry: Entry, controller: int) -> None:
    """Puts the tokens of an entry of the ledger on the controller's list; earlier lifts of the case end."""
    content = entry.content
    source_id = None
    if content["source"]:
        source_id = connection.scalar(sa.select(sync.source.c.id).where(sync.source.c.name == content["source"]))
        if source_id is None:
            return  # the database is older than the source, and holds nothing of it
    entries.end_lifts(connection, controller, content["case"], content["scope"])
    made = [(kind, version, bytes.fromhex(token)) for kind, version, token in content["tokens"]]
    entries.add(
        connection,
        controller,
        made,
        scope=content["scope"],
        source_id=source_id,
        on=date.fromisoformat(content["on"]),
        case=content["case"],
    )


def sweep_copies(connection: sa.Connection, vault: Vault, controller: int, clean: CleanCopies) -> Counter[str]:
    """Takes persons on the list out of staged batches and landed copies, and has every register read again."""
    counts: Counter[str] = Counter()
    version, _ = newest_known(connection)
    for batch_id in sorted(leftovers(connection)):
        batch = batches.get(connection, batch_id)
        mine = batch.customer_id if batch.description["role"] == "processor" else OWN
        if mine == controller and "counts" in batch.pulled:
            before = batch.pulled["counts"].get("suppressed", 0)
            after = staged.recheck(connection, batch, vault, version).pulled["counts"].get("suppressed", 0)
            counts["staging"] += after - before
    counts["sync.landed"] += clean(connection, controller)
    entries.look_again(connection, controller)
    return +counts


def take_out(connection: sa.Connection) -> Counter[str]:
    """Removes the doomed, and what rows that stay would still tell of them. Returns how many rows went, by table."""
    connection.execute(statement("forget_hashes_of_companies"))
    counts = Counter(removal.remove(connection))
    connection.execute(statement("remove_doomed_pseudonyms"))  # also of users whose account went earlier
    _forget_hashes(connection)
    return counts


def _forget_hashes(connection: sa.Connection) -> None:
    """Has rows looked at again that stay without what they said of their person, and restricts those no more."""
    connection.execute(
        sa.text(
            "update sync.source_row as held set hash = null from subject_row as row "
            "where held.source_id = row.source_id and held.key = row.key"
        )
    )
    connection.execute(statement("forget_restrictions"))


def record(
    connection: sa.Connection,
    case: str,
    action: str,
    controller: int,
    actor: int | None,
    remark: str,
    report: Report,
    on: date,
) -> None:
    """Writes down what was done for a case on one list, and the evidence of it."""
    write_case(connection, case, action, controller, actor, remark, report)
    note_evidence(connection, case, report, on)


def write_case(
    connection: sa.Connection, case: str, action: str, controller: int, actor: int | None, remark: str, report: Report
) -> None:
    """Writes the case down, in numbers."""
    kept = [{"record": one.record, "id": one.id, "reason": one.reason} for one in report.kept]
    values: dict[str, Any] = {"case_id": case, "action": action, "controller_id": controller, "actor_id": actor}
    values |= {"remark": remark, "counts": dict(report.counts), "kept": kept}
    connection.execute(sa.insert(subject_case).values(**values))


def note_evidence(connection: sa.Connection, case: str, report: Report, on: date) -> None:
    """Writes the evidence of a case, once for all lists that it concerns: what went was one deletion."""
    rows = [
        evidence.Entry("SUP", "delete", table, many, reference=case) for table, many in sorted(report.counts.items())
    ]
    reasons = Counter((one.record, one.reason) for one in report.kept)
    rows += [
        evidence.Entry("SUP", "refuse", str(RECORD_TABLES[name]), many, reason=reason, reference=case)
        for (name, reason), many in sorted(reasons.items())
    ]
    evidence.note(connection, rows, business_date=on)


#: Tables whose rows say less after an erasure, or go, without being counted.
_UNCOUNTED = {
    *("register.person", "register.company", "register.golden_member", "register.billing"),
    *("privacy.action_pseudonym", "privacy.restriction"),
}


def tidy(register: Register, counts: Counter[str]) -> None:
    """Has PostgreSQL give up the space of what went, and the samples of it in its statistics.

    Given up is free to be written over, and is not written over by that: what lay in it can be read from the file until
    then.
    """
    register.tidy(sorted({*counts, *_UNCOUNTED} - {"staging"}))


def _doom(
    connection: sa.Connection, request: Request, instructed: list[int], left: pd.DataFrame, report: Report, on: date
) -> None:
    subjects.gather(connection, request.golden_ids, request.record_ids, request.said, source=request.source)
    removal.begin(connection)
    doom_rows(connection)
    spare(connection, instructed, report)
    removal.extend(connection)
    left_behind.doom(connection, left)
    spare(connection, instructed, report)
    spare_by_law(connection, report, on)
    if any(one.record == "action" for one in report.kept):
        connection.execute(statement("keep_users_of_actions"))


def _instructed(connection: sa.Connection, instructions: dict[str, str]) -> list[int]:
    ids = []
    for name in instructions:
        one = connection.scalar(sa.select(sync.customer.c.id).where(sync.customer.c.name == name))
        if one is None:
            raise NotFound(f"There is no customer {name}.", "mdo source list shows the names.")
        ids.append(int(one))
    return ids


def _write_down(
    connection: sa.Connection,
    vault: Vault,
    request: Request,
    controller: int,
    rows: pd.DataFrame,
    logins: pd.DataFrame,
    on: date,
) -> Entry:
    """Appends the erasure to the ledger: what a database restored from an older backup needs to do it again."""
    version, key = entries.current_key(connection, vault, controller, on)
    said = request.said if controller == OWN or len(request.instructions) == 1 else Identifiers()
    mine = rows[marking.controllers(rows) == controller]
    made = marking.made(connection, mine, said, tokens.maker(key), logins=marking.logins(logins, controller))
    return vault.ledger.append(
        "erase",
        subject=str(uuid.uuid4()),
        controller=entries.controller_name(connection, controller),
        case=request.case,
        on=on.isoformat(),
        scope="source" if request.source else "register",
        source=request.source,
        suppress=request.suppress,
        tokens=[[kind, version, token.hex()] for kind, token in made],
    )


def _remedy(report: Report) -> str:
    if report.kept:
        return "All of it is processed for customers: ask them, and give --instruction CUSTOMER=DOCUMENT."
    return "mdo subject find shows who is held."
