"""The list of suppression tokens in the database.

Belongs here: adding to it, looking tokens up, lifting and expiring them. Does not belong here: how a token is made, or
what a hit means (`register.suppression.screen`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from register.database import driver
from register.statements import statement
from register.suppression import tokens
from register.suppression.keys import OWN, name_of
from register.suppression.vault import CANARY, Vault, check_keys, newest_known
from register.tables import sync
from register.tables.erasure import suppression, suppression_lift

#: The beginnings of a controller's tokens, in one value: a hundredth of the messages of a row-by-row read.
_PREFIXES = b"""
select string_agg(substring(token from 1 for 8), '') from privacy.suppression
where controller_id = %s and kind <> 'canary'
"""


@dataclass(frozen=True)
class Listing:
    """What is known of one controller's list at one moment.

    Attributes:
        version: the newest entry of the ledger that the database knew.
        keys: key by version; empty where nobody of this controller was ever erased.
        kinds: the kinds of token on it.
        prefixes: the first eight bytes of each token, sorted: enough to tell nearly everybody that he is not on it.
    """

    controller_id: int
    version: int
    keys: dict[int, bytes]
    kinds: frozenset[str]
    prefixes: np.ndarray

    def maybe(self, made: Sequence[bytes]) -> np.ndarray:
        """Which of the tokens may be on the list."""
        if not len(self.prefixes) or not made:
            return np.zeros(len(made), dtype=bool)
        asked = np.frombuffer(b"".join(token[:8] for token in made), dtype=">u8")
        at = np.minimum(np.searchsorted(self.prefixes, asked), len(self.prefixes) - 1)
        return np.asarray(self.prefixes[at] == asked)


_READ: WeakKeyDictionary[sa.Engine, dict[int, Listing]] = WeakKeyDictionary()


def load(connection: sa.Connection, vault: Vault | None, controller_id: int) -> Listing:
    """The controller's list; kept between the sources of a night, as long as nobody is erased.

    Raises:
        ConfigurationRefused: its key is missing or another one.
    """
    version, _ = newest_known(connection)
    keys = check_keys(connection, vault, controller_id, controller_name(connection, controller_id))
    kept = _READ.setdefault(connection.engine, {})
    listing = kept.get(controller_id)
    if listing is None or listing.version != version or listing.keys != keys:
        table = suppression
        kinds = connection.scalars(sa.select(table.c.kind).where(table.c.controller_id == controller_id).distinct())
        with driver(connection).cursor(binary=True) as cursor:
            (packed,) = cursor.execute(_PREFIXES, [controller_id]).fetchone() or (None,)
        prefixes = np.sort(np.frombuffer(packed or b"", dtype=">u8"))
        listing = Listing(controller_id, version, keys, frozenset(kinds) - {CANARY}, prefixes)
        kept[controller_id] = listing
    return listing


def controller_name(connection: sa.Connection, controller_id: int) -> str:
    """The controller's name in files."""
    if controller_id == OWN:
        return name_of(OWN, {})
    name = connection.scalar(sa.select(sync.customer.c.name).where(sync.customer.c.id == controller_id))
    return name_of(controller_id, {controller_id: str(name)})


def find(connection: sa.Connection, listing: Listing, source_id: int, made: list[bytes]) -> list[sa.Row[Any]]:
    """The entries with these tokens that count in a source: token, kind, key_version, scope, case_id, created_on."""
    parameters = {"controller_id": listing.controller_id, "source_id": source_id, "tokens": made}
    return list(connection.execute(statement("find_suppression"), parameters).all())


def registers_beside(connection: sa.Connection, source_id: int) -> list[str]:
    """The names of all sources of a source's customer."""
    return list(connection.scalars(statement("registers_beside"), {"source_id": source_id}))


def add(
    connection: sa.Connection,
    controller_id: int,
    made: Iterable[tuple[str, int, bytes]],
    *,
    scope: str,
    source_id: int | None,
    on: date,
    case: str,
) -> None:
    """Adds tokens (kind, key version, token); those that stand there already are left."""
    rows = [
        {
            "token": token,
            "kind": kind,
            "key_version": version,
            "controller_id": controller_id,
            "scope": scope,
            "source_id": source_id,
            "created_on": on,
            "case_id": case,
        }
        for kind, version, token in made
    ]
    if rows:
        connection.execute(insert(suppression).on_conflict_do_nothing(), rows)


def current_key(connection: sa.Connection, vault: Vault, controller_id: int, on: date) -> tuple[int, bytes]:
    """The newest key of a controller's list, made where there is none yet; its canary is put on the list."""
    name = controller_name(connection, controller_id)
    known = check_keys(connection, vault, controller_id, name)
    version = max(vault.keys.newest(name), max(known, default=0)) or vault.keys.make(name)
    if version not in known:
        known[version] = vault.keys.read(name, version)
        put_canary(connection, controller_id, version, known[version], on)
    return version, known[version]


def put_canary(connection: sa.Connection, controller_id: int, version: int, key: bytes, on: date) -> None:
    """Writes down by what a key is known again."""
    canary = [(CANARY, version, tokens.canary(key))]
    add(connection, controller_id, canary, scope="register", source_id=None, on=on, case="")


def lift(
    connection: sa.Connection,
    controller_id: int,
    case: str,
    *,
    scope: str,
    kind: str | None,
    source_id: int | None,
    actor_id: int | None,
    reason: str,
) -> int:
    """Lifts a case's tokens, all or of one kind, everywhere or in one source. Returns how many it concerns."""
    table = suppression
    conditions = [table.c.controller_id == controller_id, table.c.case_id == case]
    conditions.append(table.c.scope == "marketing" if scope == "marketing" else table.c.scope != "marketing")
    if kind:
        conditions.append(table.c.kind == kind)
    concerned = connection.scalar(sa.select(sa.func.count()).where(*conditions)) or 0
    connection.execute(
        sa.insert(suppression_lift).values(
            controller_id=controller_id,
            case_id=case,
            kind=kind,
            source_id=source_id,
            scope=scope,
            actor_id=actor_id,
            reason=reason,
        )
    )
    if source_id is None:
        connection.execute(sa.delete(table).where(*conditions))
    return concerned


def end_lifts(connection: sa.Connection, controller_id: int, case: str, scope: str) -> None:
    """Ends what was lifted of a case in single sources, since the person is kept out once more.

    Who lifted what stays in `subject_case`.
    """
    table = suppression_lift
    of_scope = table.c.scope == "marketing" if scope == "marketing" else table.c.scope != "marketing"
    connection.execute(
        sa.delete(table).where(
            table.c.controller_id == controller_id, table.c.case_id == case, table.c.source_id.isnot(None), of_scope
        )
    )


def expire(connection: sa.Connection, business_date: date) -> int:
    """Deletes tokens whose day has come (R12), and the canaries of keys that no token needs any more."""
    table = suppression
    gone = connection.execute(sa.delete(table).where(table.c.expires_on <= business_date)).rowcount
    connection.execute(statement("remove_lone_canaries"))
    return gone


def look_again(connection: sa.Connection, controller_id: int) -> None:
    """Makes every register of a controller be read at the next sync, also where its file has not changed."""
    connection.execute(statement("forget_digests"), {"controller_id": controller_id})
