"""Restricting the processing of a data subject (GDPR 18): stored, and not used.

Belongs here: making and ending restrictions. Does not belong here: what they keep from happening: updates wait in
quarantine (`register.suppression.staged`), matching passes restricted records over, retention leaves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa

from register.database import Register
from register.erasure import erase, marking, subjects
from register.erasure.erase import Report
from register.erasure.subjects import Identifiers
from register.statements import statement
from register.suppression import entries, tokens
from register.suppression.vault import Vault, note
from register.tables import sync
from register.tables.erasure import restriction
from schemas.canonical import canonical
from schemas.errors import NotFound


@dataclass(frozen=True)
class Request:
    """Whose processing is restricted, and who says so."""

    case: str
    by: str
    golden_ids: list[int]
    record_ids: list[int]
    said: Identifiers


def restrict(register: Register, vault: Vault, request: Request, *, on: date) -> int:
    """Restricts the rows of a person. Returns how many there are.

    Raises:
        NotFound: where nobody is found.
        Refusal: where what is said leads to more than one person.
    """
    with erase.decided(register, vault, by=request.by, reason=request.case, on=on) as (connection, actor):
        subjects.gather(connection, request.golden_ids, request.record_ids, request.said)
        rows = connection.execute(statement("restricted_rows")).all()
        if not rows:
            raise NotFound("Nobody was found.", "mdo subject find shows who is held.")
        frame = pd.DataFrame(rows, columns=["source", "customer", "customer_id", "role", "key"])
        for controller, mine in frame.groupby(marking.controllers(frame)):
            one = int(str(controller))
            version, key = entries.current_key(connection, vault, one, on)
            made = sorted(_refs(mine, tokens.maker(key)))
            entry = vault.ledger.append(
                "restrict",
                controller=entries.controller_name(connection, one),
                case=request.case,
                on=on.isoformat(),
                tokens=[["source_ref", version, token.hex()] for token in made],
            )
            note(connection, entry)
            erase.record(connection, request.case, "restrict", one, actor, "", Report(), on)
        parameters = {"case": request.case, "actor": actor}
        many = connection.execute(statement("restrict_subject_rows"), parameters).rowcount
        for name in ("forget_restricted_keys", "match_restricted_again"):
            connection.execute(statement(name), {"case": request.case})
        subjects.end(connection)
        return many


def unrestrict(register: Register, vault: Vault, case: str, *, by: str, told: date, on: date) -> int:
    """Ends the restrictions of a case; updates that waited come in with the next sync. Returns how many rows.

    Args:
        told: the day on which the person was told that it ends (GDPR 18(3)).

    Raises:
        NotFound: where none stands.
    """
    with erase.decided(register, vault, by=by, reason=case, on=on) as (connection, actor):
        lists = connection.scalars(statement("controllers_of_restrictions"), {"case": case}).all()
        if not lists:
            raise NotFound(
                "There is no restriction of that case.",
                "Give the number under which it was asked for. A person who was erased since is restricted no more.",
            )
        for one in lists:
            name = entries.controller_name(connection, one)
            note(connection, vault.ledger.append("unrestrict", controller=name, case=case, told=told.isoformat()))
            erase.record(connection, case, "unrestrict", one, actor, "", Report(), on)
        many = end(connection, case, told)
        for one in lists:
            entries.look_again(connection, one)
        return many


def end(connection: sa.Connection, case: str, told: date) -> int:
    """Ends the restrictions of a case."""
    connection.execute(statement("match_restricted_again"), {"case": case})
    table = restriction
    alive = (table.c.case_id == case) & table.c.ended_at.is_(None)
    return connection.execute(sa.update(table).where(alive).values(ended_at=sa.func.now(), told_on=told)).rowcount


def restrict_by_tokens(connection: sa.Connection, vault: Vault, controller: int, content: dict[str, Any]) -> None:
    """Restricts again, in a restored database, the rows whose keys an entry of the ledger has tokens of."""
    wanted = {bytes.fromhex(token) for _, _, token in content["tokens"]}
    makers = {
        version: tokens.maker(vault.keys.read(content["controller"], version)) for _, version, _ in content["tokens"]
    }
    query = sa.select(sync.source.c.id, sync.source.c.name).order_by(sync.source.c.id)
    for source in connection.execute(query).all():
        keys = connection.scalars(statement("keys_of_persons"), {"source_id": source.id}).all()
        frame = pd.DataFrame({"source": source.name, "customer": source.name.partition("/")[0], "key": list(keys)})
        for make in makers.values():
            found = [key for key, token in _ref_of_each(frame, make) if token in wanted]
            if found:
                parameters = {"source_id": source.id, "keys": found, "case": content["case"]}
                connection.execute(statement("restrict_keys"), parameters)
    for name in ("forget_restricted_keys", "match_restricted_again"):
        connection.execute(statement(name), {"case": content["case"]})


def _refs(frame: pd.DataFrame, make: marking.Maker) -> set[bytes]:
    return {token for _, part in frame.groupby("source") for _, token in _ref_of_each(part, make)}


def _ref_of_each(frame: pd.DataFrame, make: marking.Maker) -> list[tuple[str, bytes]]:
    """Each row's key and its exact token; all of one source."""
    if frame.empty:
        return []
    frame = frame.reset_index(drop=True).astype("str")
    forms = canonical(frame[["key"]], customer=frame["customer"].iloc[0])
    value = tokens.values(forms, "source_ref", frame["source"].iloc[0])[0]
    return [(key, make("source_ref", ref)) for key, ref in zip(forms["key"], value, strict=True)]
