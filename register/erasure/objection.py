"""Objection to marketing (GDPR 21(2), 21(3)): absolute, at once, and for every later import (SUP-11).

Belongs here: switching it off in what is held, and keeping it off. Does not belong here: other objections, which
restrict (`register.erasure.restriction`).
"""

from __future__ import annotations

from datetime import date

from register.database import Register
from register.erasure import erase, marking, subjects
from register.erasure.erase import Report
from register.erasure.restriction import Request
from register.removal import begin, end
from register.statements import statement
from register.suppression import entries, tokens
from register.suppression.vault import Vault, note
from schemas.errors import NotFound

__all__ = ["Request", "object_to_marketing"]


def object_to_marketing(register: Register, vault: Vault, request: Request, *, on: date) -> int:
    """Switches marketing off for a person. Returns how many choices were changed.

    Raises:
        NotFound: where nobody is found.
        Refusal: where what is said leads to more than one person.
    """
    with erase.decided(register, vault, by=request.by, reason=request.case, on=on) as (connection, actor):
        subjects.gather(connection, request.golden_ids, request.record_ids, request.said)
        begin(connection)
        erase.doom_rows(connection)  # nothing goes: these are the rows that tokens are made of
        rows = marking.traits(connection)
        if rows.empty:
            raise NotFound("Nobody was found.", "mdo subject find shows who is held.")
        for controller, mine in rows.groupby(marking.controllers(rows)):
            one = int(str(controller))
            version, key = entries.current_key(connection, vault, one, on)
            made = marking.made(connection, mine, request.said, tokens.maker(key))
            entry = vault.ledger.append(
                "object",
                controller=entries.controller_name(connection, one),
                case=request.case,
                on=on.isoformat(),
                scope="marketing",
                source=None,
                tokens=[[kind, version, token.hex()] for kind, token in made],
            )
            erase.put_on_list(connection, entry, one)
            note(connection, entry)
            erase.record(connection, request.case, "object", one, actor, "", Report(), on)
        changed = connection.execute(statement("switch_marketing_off"), {"on": on}).rowcount
        end(connection)
        subjects.end(connection)
    return changed
