"""The roles inside the database, and what each may do with each table (RS-20).

Belongs here: the one table of privileges, and bringing the database in line with it. Does not belong here: making the
roles and the functions that lend them an owner's power (migration 0012), or which work takes which role
(`pipelines.command`, `assets`).

Roles belong to the whole PostgreSQL, privileges to one database. A role has no login: a named login is made a member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import sqlalchemy as sa

from register.statements import statement
from register.tables.matching import GOLDEN_TABLES
from register.tables.records import CLOCKED, RECORD_TABLES


class Role(StrEnum):
    """What a piece of work may be (`WORK`)."""

    INGEST = "ingest"
    RETENTION = "retention"
    STEWARD = "steward"
    AUDITOR = "auditor"


#: What each is for, in a line.
WORK = {
    Role.INGEST: "syncs, backfills, matching, scans",
    Role.RETENTION: "retention, data subjects' requests, the end of a customer",
    Role.STEWARD: "decisions of named persons",
    Role.AUDITOR: "evidence, counts and runs",
}

#: Privileges by letter. MAINTAIN lets a role have a table analysed that it fills or empties.
_LETTERS = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE", "m": "MAINTAIN"}
#: The PostgreSQL from which on there is MAINTAIN. Without it, ANALYZE would pass over what is not one's own.
MAINTAIN_SINCE = 17

NONE = ""
#: Where a record came from and when; neither its key nor a field.
_PROVENANCE = (
    "s(id, customer_id, source_id, first_batch, first_row, changed_batch, changed_row, first_seen, last_changed, "
    "origin, processing_role, legal_basis, retention_trigger)"
)
_GOLDEN_COUNTS = "s(id, customer_id, records, first_seen, absent_since)"


def _of(ingest: str, retention: str, steward: str, auditor: str) -> dict[Role, str]:
    return {Role.INGEST: ingest, Role.RETENTION: retention, Role.STEWARD: steward, Role.AUDITOR: auditor}


#: Table -> role -> letters of `_LETTERS`, with columns in brackets where only those are meant; empty: nothing at all.
PRIVILEGES: dict[str, dict[Role, str]] = {
    #                              ingest                               retention     steward        auditor
    "sync.customer": _of("si", "si", "si", "s"),
    "sync.source": _of(
        "s i(customer_id, name) u(priority, matched_priority)",
        "s",
        "s i(customer_id, name) u(state, priority, matched_priority)",
        "s",
    ),
    "sync.source_version": _of("si", "sd", "si", "s"),
    "sync.source_decision": _of("s", "sd", "si", "s"),
    "sync.batch": _of("siud", "sud", "s u(status, decided_by, decided_at, reason, finished_at)", "s"),
    "sync.coverage": _of("si", "sd", "s", "s"),
    "sync.source_row": _of(
        "sium",
        "sudm",
        "s",
        "s(customer_id, source_id, imported, first_batch, changed_batch, absent_since)",
    ),
    "sync.field_change": _of("sim", "sdm", "s", "s"),
    "sync.landed": _of("sid", "sudm", "s", NONE),
    "sync.quarantine": _of("sidm", "sidm", "s", NONE),
    "sync.matched_batch": _of("si", "sd", "si", "s"),
    "sync.scan": _of("siu", "sd", "s", "s"),
    "sync.scanned_batch": _of("si", "sd", "s", "s"),
    "sync.scan_finding": _of("sid", "sdm", "s", "s"),
    "sync.field_fill": _of("siu", "sd", "s", "s"),
    # records: who fills them does not delete them, and who deletes them does not fill them
    **{str(table): _of("sium", "sdm", "s", _PROVENANCE) for table in RECORD_TABLES.values()},
    **{str(RECORD_TABLES[name]): _of("sium", "s u(retention_trigger) dm", "s", _PROVENANCE) for name in CLOCKED},
    "register.contract": _of("sium", "sudm", "s", _PROVENANCE),
    "register.billing": _of("sium", "s u(billing_contact) dm", "s", _PROVENANCE),
    "register.marketing_choice": _of("sium", "sudm", "s", _PROVENANCE),
    # golden records: computed by matching and by decisions; the last member's end takes one along
    **{str(table): _of("sium", "sum", "sium", _GOLDEN_COUNTS) for table in GOLDEN_TABLES.values()},
    "register.golden_member": _of("siudm", "sudm", "siudm", "s"),
    "register.person_key": _of("siudm", "sdm", "siudm", NONE),
    "register.match_link": _of("sium", "sudm", "sium", "s"),
    "register.match_again": _of("sidm", "sim", "sidm", "s"),
    "register.review_pair": _of("siudm", "sdm", "siudm", "s"),
    "register.field_pin": _of("su", "sudm", "siu", NONE),
    "register.customer_pair": _of("s", "s", "siu", "s"),
    # groups of fewer than five may tell of one customer: others read the view
    "register.contract_count": _of(NONE, "siudm", NONE, NONE),
    "privacy.actor": _of("s", "sd", "siu", "s"),
    "privacy.action_pseudonym": _of("si", "sdm", "s", NONE),
    "privacy.document": _of("s", "sid", "si", "s"),
    "privacy.evidence": _of("si", "si", "si", "s"),
    "privacy.hold": _of("s", "sd", "siu", "s"),
    "privacy.held_deletion": _of("s", "siud", "su", "s"),
    "privacy.financial_year": _of("s", "sd", "si", "s"),
    "privacy.policy_version": _of("s", "siud", "s", "s"),
    "privacy.suppression": _of("si", "siud", NONE, NONE),
    "privacy.suppression_lift": _of("s", "sid", NONE, NONE),
    "privacy.ledger_entry": _of("si", "sid", NONE, "s"),
    "privacy.subject_case": _of(
        "s", "sid", "s(case_id, action, kept)", "s(id, case_id, action, controller_id, actor_id, done_at, counts)"
    ),
    "privacy.restriction": _of("s", "siudm", "s", "s(id, customer_id, source_id, case_id, made_at, told_on, ended_at)"),
    "privacy.customer_end": _of("s", "siud", "s", "s"),
}

#: The same of views, which read with their owner's rights.
VIEWS: dict[str, dict[Role, str]] = {
    "register.contract_statistic": _of(NONE, "s", "s", "s"),
}

_WRITERS = (Role.INGEST, Role.RETENTION, Role.STEWARD)
_MATCHERS = (Role.INGEST, Role.STEWARD)

#: Who may call the functions of migration 0012, which work with the owner's power.
FUNCTIONS: dict[str, tuple[Role, ...]] = {
    "register.begin_load(regclass)": _MATCHERS,
    "register.end_load()": _MATCHERS,
    "register.remove_given_up(text, text, bigint[], bigint)": (Role.INGEST,),
    "register.remove_memberless(text, bigint[])": _WRITERS,
    "register.make_partition(text, date, date)": (Role.INGEST, Role.RETENTION),
    "register.keep_aside(text)": (Role.RETENTION,),
    "register.detach_partition(text)": (Role.RETENTION,),
    "register.drop_detached(text)": (Role.RETENTION,),
    "privacy.make_evidence_partition(integer)": _WRITERS,
    "privacy.drop_evidence_partition(integer)": (Role.RETENTION,),
    "staging.drop_batch(bigint)": _WRITERS,
}

#: Sequences that statements name; an identity column asks for none.
SEQUENCES: dict[str, tuple[Role, ...]] = {
    "register.event_id": (Role.INGEST,),
    "register.person_id_seq": _MATCHERS,
    "register.company_id_seq": _MATCHERS,
    "privacy.evidence_id": _WRITERS,
}

#: Only who syncs makes tables of a batch; the others find or drop them.
SCHEMAS: dict[str, dict[Role, str]] = {
    **{name: dict.fromkeys(Role, "usage") for name in ("sync", "register", "privacy")},
    "staging": {Role.INGEST: "usage, create", Role.RETENTION: "usage", Role.STEWARD: "usage"},
}

#: A privilege on a table, or on one column of it: role, table, privilege, column or "".
Privilege = tuple[str, str, str, str]


def staged(version: int) -> str:
    """What is granted on the tables of a batch, so that erasure finds those that a sync has made."""
    return "select, insert, update, delete" + (", maintain" if version >= MAINTAIN_SINCE else "")


def declared(version: int) -> set[Privilege]:
    """Every privilege on tables and columns that there should be, on a PostgreSQL of that version."""
    return {
        (role.value, table, privilege, column)
        for table, of in (PRIVILEGES | VIEWS).items()
        for role, letters in of.items()
        for privilege, columns in _parsed(letters)
        for column in columns
        if privilege != "MAINTAIN" or version >= MAINTAIN_SINCE
    }


def held(connection: sa.Connection) -> set[Privilege]:
    """Every privilege that our roles have on tables and columns; partitions of events, made later, are left out."""
    found = connection.execute(statement("privileges_held"), {"roles": [role.value for role in Role]})
    return {(row.role, row.name, row.privilege, row.field) for row in found}


def align(connection: sa.Connection) -> None:
    """Makes the database's privileges those of the table above, as its owner. Nothing is written where they are."""
    version = connection.scalar(sa.text("select current_setting('server_version_num')::int / 10000"))
    should, there = declared(version), held(connection)
    for role, table, privilege, column in sorted(there - should):
        connection.execute(sa.text(f"revoke {_named(privilege, column)} on {table} from {role}"))
    for role, table, privilege, column in sorted(should - there):
        connection.execute(sa.text(f"grant {_named(privilege, column)} on {table} to {role}"))
    if should != there:
        _grant_the_rest(connection)


def members(connection: sa.Connection) -> dict[Role, list[str]]:
    """The logins and roles that may act as each role."""
    found: dict[Role, list[str]] = {role: [] for role in Role}
    for row in connection.execute(statement("members_of_roles"), {"roles": [role.value for role in Role]}):
        found[Role(row.role)].append(row.member)
    return found


def _grant_the_rest(connection: sa.Connection) -> None:
    for schema, of in SCHEMAS.items():
        for role, privileges in of.items():
            connection.execute(sa.text(f"grant {privileges} on schema {schema} to {role}"))
    for kind, privilege, things in (("function", "execute", FUNCTIONS), ("sequence", "usage", SEQUENCES)):
        for name, roles in things.items():
            connection.execute(sa.text(f"grant {privilege} on {kind} {name} to {', '.join(roles)}"))


def _named(privilege: str, column: str) -> str:
    return f'{privilege} ("{column}")' if column else privilege


def _parsed(letters: str) -> Iterator[tuple[str, list[str]]]:
    """``s u(state)`` -> SELECT on the table, UPDATE on a column."""
    for letter, columns in re.findall(r"([siudm])(?:\(([^)]*)\))?", letters):
        yield _LETTERS[letter], [name.strip() for name in columns.split(",")] if columns else [""]


__all__ = ["FUNCTIONS", "NONE", "PRIVILEGES", "SCHEMAS", "SEQUENCES", "Privilege", "Role", "align", "declared", "held"]
