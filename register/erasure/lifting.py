"""Lifting a suppression, since somebody may come back (policy §5, edge cases a and c), or leaving it as it is (R12).

Belongs here: the decision of a named person, in the database and, of a lift, in the ledger. Does not belong here: the
list itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from register.actors import decider
from register.database import Register
from register.erasure import erase
from register.erasure.erase import Report
from register.suppression import entries, tokens
from register.suppression.keys import OWN
from register.suppression.vault import Vault, note
from register.tables import sync
from register.tables.erasure import suppression
from schemas.errors import NotFound, Refusal


@dataclass(frozen=True)
class Lift:
    """What is lifted, by whom and why.

    Attributes:
        source: only for this source; the others go on keeping the person out.
        kind: only tokens of this kind, such as an e-mail address that has become a colleague's.
        customer: of the list that we keep for a customer; by default of our own.
        marketing: the objection to marketing, not the erasure.
    """

    case: str
    by: str
    reason: str
    source: str | None = None
    kind: str | None = None
    customer: str | None = None
    marketing: bool = False


def lift(register: Register, vault: Vault, one: Lift, *, on: date) -> int:
    """Lifts the tokens of a case; the registers are read again by the next sync. Returns how many tokens it concerns.

    Raises:
        NotFound: there is nothing of that case on the list, or no such source, customer or person.
        Refusal: there is no such kind.
    """
    if one.kind is not None and one.kind not in tokens.KINDS:
        raise Refusal("There is no such kind of token.", f"The kinds are {', '.join(tokens.KINDS)}.")
    kinds = [one.kind, *([f"{one.kind}_name"] if one.kind in tokens.SHARED else [])] if one.kind else [None]
    scope = "marketing" if one.marketing else "register"
    with erase.decided(register, vault, by=one.by, reason=one.reason, on=on) as (connection, actor):
        controller = _id(connection, sync.customer, one.customer) or OWN
        source_id = _id(connection, sync.source, one.source)
        name = entries.controller_name(connection, controller)
        why = one.reason.strip()
        concerned = 0
        for kind in kinds:
            concerned += entries.lift(
                connection,
                controller,
                one.case,
                scope=scope,
                kind=kind,
                source_id=source_id,
                actor_id=actor,
                reason=why,
            )
        if not concerned:
            raise NotFound(
                f"Nothing of that case and scope is on the list {name}.",
                "mdo suppression list shows lists, cases and scopes; --customer names another list, --marketing an "
                "objection.",
            )
        for kind in kinds:  # only now: a line in the ledger that the database does not know stops imports
            said = {"controller": name, "case": one.case, "scope": scope, "source": one.source, "kind": kind}
            note(connection, vault.ledger.append("lift", **said, why=why))
        erase.record(connection, one.case, "lift", controller, actor, one.reason.strip(), Report(), on)
        entries.look_again(connection, controller)
    return concerned


def keep(register: Register, case: str, *, by: str, reason: str, customer: str | None, on: date) -> None:
    """Writes down that a person has looked at a case's tokens and found them to be needed still.

    Raises:
        NotFound: there is nothing of that case on the list, or no such customer or person.
    """
    with register.transaction() as connection:
        actor = decider(connection, by, reason, on)
        controller = _id(connection, sync.customer, customer) or OWN
        table = suppression
        asked = sa.select(sa.func.count()).where(table.c.controller_id == controller, table.c.case_id == case)
        if not connection.scalar(asked):
            raise NotFound("Nothing of that case is on the list.", "mdo suppression list shows the cases.")
        erase.record(connection, case, "review", controller, actor, reason.strip(), Report(), on)


def _id(connection: sa.Connection, table: sa.Table, name: str | None) -> int | None:
    if name is None:
        return None
    found = connection.scalar(sa.select(table.c.id).where(table.c.name == name))
    if found is None:
        raise NotFound(f"There is no {table.name} {name}.", "mdo source list shows the names.")
    return int(found)
