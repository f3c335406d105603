"""Evidence: what can be written down, that nobody can change it, and that a change would show."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from sandbox import Sandbox

from register import evidence
from register.evidence import Entry

NIGHT = date(2026, 11, 22)


def noted(sandbox: Sandbox, *rows: int) -> evidence.Digest:
    with sandbox.work.register.transaction() as connection:
        entries = [Entry("R1", "delete", "register.person_record", count, first_day=NIGHT) for count in rows]
        evidence.note(connection, entries, business_date=NIGHT, policy_version="abc", run="r")
        return evidence.digest(connection, NIGHT)


def test_entries_are_listed_as_they_were_written(sandbox: Sandbox) -> None:
    noted(sandbox, 3, 4)
    with sandbox.work.register.transaction() as connection:
        found = evidence.listed(connection, NIGHT, NIGHT)
        assert evidence.listed(connection, date(2026, 1, 1), date(2026, 11, 21)) == []
    assert [(one.rule, one.action, one.table, one.rows, one.policy_version) for one in found] == [
        ("R1", "delete", "register.person_record", 3, "abc"),
        ("R1", "delete", "register.person_record", 4, "abc"),
    ]


@pytest.mark.parametrize("table", ["privacy.evidence", "privacy.evidence_2026"])
@pytest.mark.parametrize("change", ["update {} set rows = 0", "delete from {}", "truncate {}"])
def test_no_role_can_change_an_entry(sandbox: Sandbox, table: str, change: str) -> None:
    noted(sandbox, 3)
    with sandbox.connect() as connection:
        role = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        assert role == {"rolsuper": True}
    with pytest.raises(psycopg.errors.InsufficientPrivilege), sandbox.connect() as connection:
        connection.execute(change.format(table))


def test_a_change_in_spite_of_it_shows_in_the_digest(sandbox: Sandbox) -> None:
    before = noted(sandbox, 3)
    after = noted(sandbox, 4)
    assert (before.entries, after.entries) == (1, 2)
    assert before.digest != after.digest
    with sandbox.work.register.transaction() as connection:
        assert evidence.digest(connection, NIGHT, last_id=before.last_id) == before
    with sandbox.connect() as connection:
        connection.execute("alter table privacy.evidence disable trigger append_only")
        connection.execute("alter table privacy.evidence_2026 disable trigger append_only")
        connection.execute("update privacy.evidence set rows = 2 where id = %s", [before.last_id])
    with sandbox.work.register.transaction() as connection:
        assert evidence.digest(connection, NIGHT, last_id=before.last_id).digest != before.digest
