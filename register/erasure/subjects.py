"""Whose rows a request is about.

Belongs here: from identifiers or ids to the rows of a person, over all registers of a customer. Does not belong here:
what is done to them. What is returned holds ids and counts, never a value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd
import sqlalchemy as sa

from register.matching.keys import ROLE_MAILBOX
from register.statements import statement
from register.tables import sync
from schemas.canonical import email_of, fold_name, phone_of
from schemas.errors import NotFound, Refusal
from schemas.values import text

#: By what a person may be named, each as somebody writes it.
WHAT = ("email", "phone", "username", "key", "name")


@dataclass(frozen=True)
class Identifiers:
    """What somebody has said of a person, in the form in which the register has it. Never shown."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    usernames: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def read(cls, said: Iterable[tuple[str, str]]) -> Identifiers:
        """From pairs of `WHAT` and text.

        Raises:
            Refusal: where a text is none of its kind; it is not repeated.
        """
        found: dict[str, list[str]] = {what: [] for what in WHAT}
        for number, (what, written) in enumerate(said, 1):
            if what not in found:
                raise Refusal(f"Identifier {number} says of none of {', '.join(WHAT)} what it is.")
            value = _normal(what, written)
            if value is None:
                raise Refusal(f"Identifier {number} cannot be read as {what}.", "Write it as the person does.")
            found[what].append(value)
        return cls(*(tuple(found[what]) for what in WHAT))

    @property
    def finds(self) -> bool:
        """Whether anything can be looked for; a name alone would find too many."""
        return bool(self.emails or self.phones or self.usernames or self.keys)


def _normal(what: str, written: str) -> str | None:
    if what == "email":
        return email_of(written)
    if what == "phone":
        return phone_of(written)
    plain = text.normalise(pd.Series([written], dtype="str")).iloc[0]
    if pd.isna(plain):
        return None
    if what == "name":
        return str(fold_name(pd.Series([plain], dtype="str")).iloc[0]) or None
    return str(plain).lower() if what == "username" else str(plain)


@dataclass(frozen=True)
class Subject:
    """One person, or one record that belongs to none, as it was found.

    Attributes:
        golden_id: the person (G…); None where matching has made none, or where there is no record of a person.
        records: ids of person records.
        rows: rows of registers by source name.
    """

    customer: str
    golden_id: int | None
    records: list[int] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def find(connection: sa.Connection, said: Identifiers) -> list[Subject]:
    """The persons to whom identifiers lead, over all customers."""
    begin(connection)
    _add_found(connection, said)
    _extend(connection)
    found = [
        Subject(row.customer, row.golden_id, list(row.records), dict(row.rows))
        for row in connection.execute(statement("list_subjects"))
    ]
    end(connection)
    return found


def begin(connection: sa.Connection) -> None:
    """Makes the temporary table ``subject_row`` (source, key)."""
    connection.execute(statement("begin_subject_rows"))


def end(connection: sa.Connection) -> None:
    """Drops it."""
    connection.execute(sa.text("drop table subject_row"))


def gather(
    connection: sa.Connection,
    golden_ids: list[int],
    record_ids: list[int],
    said: Identifiers,
    *,
    source: str | None = None,
) -> None:
    """Makes ``subject_row`` of every row of the persons that ids and identifiers name.

    Args:
        source: only its rows.

    Raises:
        NotFound: where there is no such person, record or source.
        Refusal: where identifiers alone lead to more than one person.
    """
    begin(connection)
    _add_ids(connection, golden_ids, record_ids)
    _add_found(connection, said)
    _extend(connection)
    if source is not None:
        if connection.scalar(sa.select(sync.source.c.id).where(sync.source.c.name == source)) is None:
            raise NotFound(f"There is no source {source}.", "mdo source list shows the names.")
        connection.execute(statement("keep_subject_source"), {"source": source})
    if not golden_ids and not record_ids:
        _refuse_several(connection, said)


def _refuse_several(connection: sa.Connection, said: Identifiers) -> None:
    """A mailbox or number may be many people's, and a key is anybody's who has it in another register."""
    rows = pd.DataFrame(connection.execute(statement("name_subjects")).mappings().all())
    if rows.empty:
        return
    rows["name"] = fold_name((rows["last_name"].fillna("") + " " + rows["first_name"].fillna("")).astype("str"))
    persons = [set(names.dropna()) for _, names in rows.groupby("person")["name"]]
    named = [names for names in persons if names]
    same = named[0] if named else set()
    for _ in named:  # whoever has one name in common with those before is taken for the same
        same = same.union(*(names for names in named if names & same))
    if any(not names & same for names in named) or (said.keys and rows["customer_id"].nunique() > 1):
        raise Refusal(
            "What was said leads to more than one person.",
            "mdo subject find shows them by their ids; give the ids of the one who is meant.",
        )


def _add_found(connection: sa.Connection, said: Identifiers) -> None:
    """The rows that identifiers name."""
    parameters = {
        "emails": list(said.emails),
        "phones": list(said.phones),
        "usernames": list(said.usernames),
        "keys": list(said.keys),
    }
    connection.execute(statement("find_subject_rows"), parameters)


def _add_ids(connection: sa.Connection, golden_ids: list[int], record_ids: list[int]) -> None:
    """The rows of persons (G…) and of person records."""
    for many, name in ((golden_ids, "add_golden_rows"), (record_ids, "add_record_rows")):
        for one in many:
            if not connection.execute(statement(name), {"id": one}).rowcount:
                raise NotFound("There is no person of one of these ids.", "mdo subject find shows the ids.")


def _extend(connection: sa.Connection) -> None:
    """Adds the other rows of the same persons: of their golden records, and of their accounts in our own service."""
    while connection.execute(statement("extend_subject_rows"), {"roles": ROLE_MAILBOX}).rowcount:
        pass
