"""The list of erased persons: what it holds, its keys, and taking somebody off it (SUP-01, SUP-02, SUP-06, SUP-07)."""

from __future__ import annotations

import pytest
from erasures import day, erased, first_night, house, night, people, put_csv, traces

from register.erasure import lifting
from register.suppression import entries, rotation
from schemas.errors import ConfigurationRefused, NotFound

__all__ = ["first_night", "house"]


def test_the_list_holds_nothing_else(house) -> None:
    erased(house, 0)
    columns = house.rows(
        "select column_name from information_schema.columns where table_schema = 'privacy' "
        "and table_name = 'suppression' order by ordinal_position"
    )
    assert [name for (name,) in columns] == [
        *("token", "kind", "key_version", "controller_id", "scope"),
        *("source_id", "created_on", "expires_on", "case_id"),
    ]
    assert {len(token) for (token,) in house.rows("select token from privacy.suppression")} == {32}
    ledger = house.vault.ledger.path.read_text()
    assert "Kanariainen".casefold() not in ledger.casefold() and "0091770031" not in ledger


@pytest.mark.parametrize("harm", ["gone", "another", "open"])
def test_without_the_right_key_imports_stop_and_retention_does_not(house, harm: str) -> None:
    erased(house, 0)
    (path,) = house.vault.keys.folder.glob("*.key")
    if harm == "gone":
        path.unlink()
    elif harm == "another":
        path.write_bytes(b"x" * 32)
    else:
        path.chmod(0o644)
    put_csv(house.inbox, day(1), people(1))
    with pytest.raises(ConfigurationRefused):
        house.sync(house.sources[0], day(1))
    assert house.rows("select count(*) from sync.batch where business_date = %s", day(1)) == [(0,)]
    with house.register.transaction() as connection:
        assert entries.expire(connection, day(1)) == 0


def test_after_a_rotation_the_old_key_verifies_and_a_hit_is_renewed(house) -> None:
    erased(house, 0)
    with house.register.transaction() as connection:
        assert rotation.rotate(connection, house.vault, 0, day(1)) == 2
    assert night(house, 1)["hr"]["suppressed"] == 1
    renewed = house.rows("select distinct kind from privacy.suppression where key_version = 2 order by 1")
    assert ("source_ref",) in renewed and ("email_name",) in renewed
    expiring = "update privacy.suppression set expires_on = '2026-03-10' where key_version = 1 and kind <> 'canary'"
    with house.register.transaction() as connection:
        connection.exec_driver_sql(expiring)
        assert entries.expire(connection, day(30)) > 0
    assert house.rows("select count(*) from privacy.suppression where key_version = 1") == [(0,)]
    assert night(house, 2)["hr"]["suppressed"] == 1
    assert traces(house) == []


def test_a_lift_is_written_down_and_lets_her_in(house) -> None:
    erased(house, 0)
    night(house, 1)
    with pytest.raises(NotFound):
        lifting.lift(house.register, house.vault, lifting.Lift("C-9", "nobody", "asked"), on=day(1))
    for wrong in (lifting.Lift("C-9", "kari", "asked"), lifting.Lift("C-1", "kari", "asked", marketing=True)):
        with pytest.raises(NotFound, match="--marketing"):
            lifting.lift(house.register, house.vault, wrong, on=day(1))
        assert house.vault.ledger.last().event == "erase"  # or imports would stop
    one = lifting.Lift("C-1", "kari", "has come back as a customer", source="varpunen/hr")
    assert lifting.lift(house.register, house.vault, one, on=day(1)) > 0
    counts = night(house, 1)  # the same files again
    assert counts["hr"]["inserted"] == 1 and counts["kortit"]["suppressed"] == 1
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "everywhere"), on=day(1))
    assert night(house, 2)["kortit"]["inserted"] == 1
    assert house.rows("select count(*) from privacy.suppression_lift") == [(2,)]


def test_a_lift_ends_where_the_case_is_carried_out_again(house) -> None:
    erased(house, 0)
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "is back", source="varpunen/hr"), on=day(0))
    assert night(house, 1)["hr"]["inserted"] == 1
    erased(house, 1)
    assert night(house, 2)["hr"]["suppressed"] == 1 and traces(house) == []
