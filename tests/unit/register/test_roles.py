"""What each role may do is said for every table."""

from __future__ import annotations

import pytest

from register.roles import PRIVILEGES, VIEWS, Role, declared
from register.tables import metadata
from register.tables.records import RECORD_TABLES

TABLES = {str(table) for table in metadata.sorted_tables}


def test_every_table_says_what_each_role_may() -> None:
    assert set(PRIVILEGES) == TABLES
    for table, of in PRIVILEGES.items():
        assert set(of) == set(Role), table


def test_every_privilege_is_of_a_column_that_there_is() -> None:
    columns = {str(table): set(table.columns.keys()) for table in metadata.sorted_tables}
    for role, table, privilege, column in declared(18):
        assert table in TABLES or table in VIEWS
        assert not column or column in columns[table], (role, table, privilege)


def allowed(role: Role, privilege: str) -> set[str]:
    return {table for one, table, what, _ in declared(18) if (one, what) == (role, privilege)}


RECORDS = {str(table) for table in RECORD_TABLES.values()}
GOLDEN = {"register.person", "register.company"}


def test_who_fills_does_not_delete_and_who_deletes_does_not_fill() -> None:
    assert not allowed(Role.INGEST, "DELETE") & (RECORDS | GOLDEN)
    assert not allowed(Role.RETENTION, "INSERT") & (RECORDS | GOLDEN)
    assert not (allowed(Role.STEWARD, "INSERT") | allowed(Role.STEWARD, "DELETE")) & RECORDS


def test_evidence_is_only_added_to() -> None:
    ours = {(role, what) for role, table, what, _ in declared(18) if table == "privacy.evidence"}
    assert {what for _, what in ours} == {"SELECT", "INSERT"} and ("auditor", "INSERT") not in ours


@pytest.mark.parametrize("version", [15, 16, 17, 18])
def test_older_servers_have_no_maintain(version: int) -> None:
    assert any(what == "MAINTAIN" for _, _, what, _ in declared(version)) is (version >= 17)


def test_the_auditor_reads_no_value_of_a_person() -> None:
    assert {what for role, _, what, _ in declared(18) if role == Role.AUDITOR} == {"SELECT"}
    values = {
        (str(table), column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if str(table) in RECORDS | GOLDEN and ("field" in column.info or column.name in ("key", "part"))
    }
    seen = {(table, column) for role, table, _, column in declared(18) if role == Role.AUDITOR}
    assert not seen & (values | {(table, "") for table in RECORDS | GOLDEN})
    closed = {
        "sync.landed",
        "sync.quarantine",
        "privacy.suppression",
        "privacy.action_pseudonym",
        "register.person_key",
    }
    assert not closed & {table for table, _ in seen}
