"""What erasure keeps outside the database, and whether the database is of one mind with it.

Belongs here: keys and ledger together, and the two questions that each import asks first. Does not belong here: what
either holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register.ledger import OPENED, Entry, Ledger
from register.suppression import tokens
from register.suppression.keys import Keys
from register.tables.erasure import ledger_entry, suppression
from schemas.errors import ConfigurationRefused, Refusal

CANARY = "canary"


@dataclass(frozen=True)
class Vault:
    """Keys and ledger."""

    keys: Keys
    ledger: Ledger


def newest_known(connection: sa.Connection) -> tuple[int, str]:
    """The newest entry of the ledger that the database has carried out: sequence and digest; -1 where there is none."""
    found = connection.execute(
        sa.select(ledger_entry.c.sequence, ledger_entry.c.digest).order_by(ledger_entry.c.sequence.desc()).limit(1)
    ).one_or_none()
    return (found.sequence, found.digest) if found else (-1, "")


def note(connection: sa.Connection, entry: Entry) -> None:
    """Writes down that the database has carried out an entry."""
    values = {"sequence": entry.sequence, "event": entry.event, "digest": entry.digest}
    connection.execute(insert(ledger_entry).values(**values).on_conflict_do_nothing())


def agree(connection: sa.Connection, vault: Vault | None) -> None:
    """Makes sure that the database knows every erasure there was: a restored one does not.

    A new database beside a new ledger takes its identity; every later database must know what that ledger says.

    Raises:
        Refusal: it knows less or more than the ledger, or another ledger.
    """
    known, digest = newest_known(connection)
    if vault is None:
        if known > 0:
            raise Refusal("There were erasures, and neither keys nor ledger are at hand; nothing is imported.")
        return
    last = vault.ledger.last()
    if last is None and known < 0:
        last = vault.ledger.append(OPENED)
    if last is None:
        raise Refusal(
            f"The database knows of a ledger of erasures, and {vault.ledger.path} is not there; nothing is imported.",
            "Restore the ledger from its own copy, or set MDO_LEDGER to where it is.",
        )
    if known < 0 and last.sequence == 0:
        note(connection, last)
        return
    if known > last.sequence or (known == last.sequence and digest != last.digest):
        raise Refusal(
            f"{vault.ledger.path} is not the ledger that this database has followed; nothing is imported.",
            "Restore the ledger from its newest copy, or set MDO_LEDGER to where it is.",
        )
    if known < last.sequence:
        raise Refusal(
            f"The ledger of erasures has {last.sequence - max(known, 0)} entries that this database does not know: it "
            "was restored from a backup, or an erasure was cut short. Nothing is imported.",
            "Run mdo db restored; it erases again whoever was erased since.",
        )


def check_keys(connection: sa.Connection, vault: Vault | None, controller_id: int, name: str) -> dict[int, bytes]:
    """The keys of a controller's list by version, each known to be the right one by its canary.

    Raises:
        ConfigurationRefused: one is missing or another one.
    """
    table = suppression
    canaries = connection.execute(
        sa.select(table.c.key_version, table.c.token).where(
            table.c.controller_id == controller_id, table.c.kind == CANARY
        )
    ).all()
    keys: dict[int, bytes] = {}
    for version, token in canaries:
        if vault is None:
            raise ConfigurationRefused("There is a list of erased persons, and its key is not at hand.")
        keys[version] = vault.keys.read(name, version)
        if tokens.canary(keys[version]) != token:
            raise ConfigurationRefused(
                f"The suppression key {name}, version {version}, is not the one that the list was made with; "
                "nothing is imported.",
                "Restore the right one; mdo suppression key fingerprint shows which one a file holds.",
            )
    return keys
