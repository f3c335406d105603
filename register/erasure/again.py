"""Erasing again whoever was erased since a backup was taken (SUP-09), and finishing an erasure that was cut short.

Belongs here: carrying out what the ledger says and the database does not know. Does not belong here: noticing it
(`register.suppression.vault`).
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register import removal
from register.database import Register
from register.erasure import erase, left_behind, marking, restriction, subjects
from register.erasure.erase import CleanCopies, Report
from register.ledger import CUT, Entry
from register.statements import statement
from register.suppression import entries, screen
from register.suppression.keys import OWN, name_of
from register.suppression.screen import Place, Screen
from register.suppression.vault import Vault, check_keys, newest_known, note
from register.tables import sync
from register.tables.records import RECORD_TABLES
from schemas.canonical import TRAITS
from schemas.errors import Refusal


def again(register: Register, vault: Vault, clean_copies: CleanCopies, *, on: date) -> Report:
    """Brings the database to what the ledger says: suppression is rebuilt, and persons go again.

    Raises:
        Refusal: there is no ledger, or the database has followed another one.
    """
    report = Report()
    with register.transaction() as connection:
        erase.alone(connection)
        dirty: dict[int, str] = {}
        for entry in _pending(connection, vault):
            if entry.event in ("lift", "unrestrict"):  # first what was to go before that
                _sweep(connection, vault, dirty, clean_copies, report, on)
            _carry_out(connection, vault, entry, dirty, report)
            note(connection, entry)
        _sweep(connection, vault, dirty, clean_copies, report, on)
    erase.tidy(register, report.counts)
    return report


def _pending(connection: sa.Connection, vault: Vault) -> list[Entry]:
    known, digest = newest_known(connection)
    if vault.ledger.last() is None:
        raise Refusal(
            f"There is no ledger of erasures at {vault.ledger.path}.",
            "Restore it from its own copy, or set MDO_LEDGER to where it is.",
        )
    found = list(vault.ledger.entries(known - 1))
    if found and found[0].event == CUT and known < found[0].sequence:
        raise Refusal(
            f"This database is older than {vault.ledger.path} reaches back: erasures that it does not know were cut "
            "off there, since no backup is kept so long. Nothing is imported.",
            "Restore a newer backup, or an older copy of the ledger with all its lines; then run mdo db restored.",
        )
    if known >= 0:
        if not found or (found[0].sequence, found[0].digest) != (known, digest):
            raise Refusal(f"{vault.ledger.path} is not the ledger that this database has followed.")
        found = found[1:]
    return found


def _carry_out(connection: sa.Connection, vault: Vault, entry: Entry, dirty: dict[int, str], report: Report) -> None:
    if entry.event == "opened":
        return
    content = entry.content
    controller = _controller(connection, content["controller"])
    if entry.event in ("erase", "object"):
        known = check_keys(connection, vault, controller, content["controller"])
        for version in sorted({version for _, version, _ in content["tokens"]} - set(known)):
            key = vault.keys.read(content["controller"], version)
            entries.put_canary(connection, controller, version, key, date.fromisoformat(content["on"]))
        erase.put_on_list(connection, entry, controller)
        report.tokens += len(content["tokens"])
        if entry.event == "erase":
            dirty[controller] = content["case"]
            if not content["suppress"]:
                _lift(connection, controller, content["case"], "register", None, None, "no suppression asked for")
    elif entry.event == "lift":
        source_id = connection.scalar(sa.select(sync.source.c.id).where(sync.source.c.name == content["source"]))
        if content["source"] is None or source_id is not None:
            _lift(connection, controller, content["case"], content["scope"], content["kind"], source_id, content["why"])
    elif entry.event == "restrict":
        restriction.restrict_by_tokens(connection, vault, controller, content)
    elif entry.event == "unrestrict":
        restriction.end(connection, content["case"], date.fromisoformat(content["told"]))


def _lift(
    connection: sa.Connection,
    controller: int,
    case: str,
    scope: str,
    kind: str | None,
    source_id: int | None,
    why: str,
) -> None:
    entries.lift(connection, controller, case, scope=scope, kind=kind, source_id=source_id, actor_id=None, reason=why)


def _controller(connection: sa.Connection, name: str) -> int:
    """The controller of that name; a customer whom the database does not know yet is entered."""
    if name == name_of(OWN, {}):
        return OWN
    connection.execute(insert(sync.customer).values(name=name).on_conflict_do_nothing())
    return int(connection.scalars(sa.select(sync.customer.c.id).where(sync.customer.c.name == name)).one())


def _sweep(
    connection: sa.Connection,
    vault: Vault,
    dirty: dict[int, str],
    clean_copies: CleanCopies,
    report: Report,
    on: date,
) -> None:
    """Erases everybody on the lists from what the register holds.

    The customers' lists come first: events that are processed for one hang on accounts that may be MDO Group's.
    """
    for controller, case in sorted(dirty.items(), reverse=True):
        counts = Report()
        subjects.begin(connection)
        _find(connection, vault, controller)
        removal.begin(connection)
        erase.doom_rows(connection)
        removal.extend(connection)
        left_behind.doom(connection, left_behind.find(connection, vault, controller))
        _spare_other_lists(connection, controller)
        erase.spare_by_law(connection, counts, on)
        connection.execute(statement("keep_users_of_actions"))
        counts.counts += erase.take_out(connection)
        counts.counts += erase.sweep_copies(connection, vault, controller, clean_copies)
        erase.record(connection, case, "erase", controller, None, "again, from the ledger", counts, on)
        removal.end(connection)
        subjects.end(connection)
        report.counts += counts.counts
        report.kept += counts.kept
    dirty.clear()


def _find(connection: sa.Connection, vault: Vault, controller: int) -> None:
    """The rows of everybody on a list, by comparing every person that the register holds with it."""
    listing = entries.load(connection, vault, controller)
    for source in connection.execute(sa.select(sync.source.c.id, sync.source.c.name).order_by(sync.source.c.id)).all():
        rows = marking.traits(connection, source.id)
        mine = marking.controllers(rows) == controller
        logins = marking.logins(rows[~mine], controller)
        logins = logins.assign(**dict.fromkeys(set(TRAITS) - {"user_id"}, pd.Series(None, logins.index, dtype="str")))
        rows = pd.concat([rows[mine], logins]).reset_index(drop=True)
        if rows.empty:
            continue
        place = Place(source.name.partition("/")[0], source.name, source.id, True)
        found = Screen(listing, place, lambda: connection, keep=False).judge(rows, held=False)
        keys = rows.loc[found.index[found["verdict"].isin([screen.OUT, screen.PART])], "key"].tolist()
        if keys:
            connection.execute(statement("add_subject_rows"), {"source_id": source.id, "keys": keys})


def _spare_other_lists(connection: sa.Connection, controller: int) -> None:
    for name, table in RECORD_TABLES.items():
        query = statement("spare_other_lists", table=str(table), record_type=name)
        connection.execute(query, {"controller_id": controller})
