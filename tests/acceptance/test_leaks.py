"""Invariants 6 and 7: nothing personal outside the database, and nothing undeclared or withheld even inside it.

Every kind of cell carries a canary, a word that stands nowhere else. Each canary knows where it may be found afterwards
(`MAY_BE_IN`). The night is then run as it runs for everybody, by ``mdo sync`` through Dagster, on success and on every
failure that can be provoked, and everything that it leaves is searched: files, Dagster's databases, logs, standard
output and error, command lines, every table of the database, and the bytes of the server's own files.
"""

from __future__ import annotations

import json
import signal
import subprocess
import time
import traceback
from contextlib import suppress

import psutil
import psycopg
import pytest
from canaries import (
    COLUMNS,
    DAY,
    HERE,
    KIND,
    LANDED,
    a_row_for_every_rule,
    canary,
    file_of,
    night,
    numbers,
    put,
    row,
    words_in,
)

__all__ = ["night"]


def test_a_night_with_every_fault_a_cell_can_have(night, home) -> None:
    cases = a_row_for_every_rule()
    header = ";".join([*COLUMNS[:-1], f"{canary('nowhere')}@example.com"])  # a name that looks like an address
    put(home, file_of(*(line for _, line in cases), header=header), f"hr_20260310_{canary('nowhere')}.csv")
    assert night.sync() == 0
    assert "applied" in night.text
    with psycopg.connect(home.url) as connection:
        rules = {rule for (rule,) in connection.execute("select distinct rule from sync.quarantine")}
        counts = connection.execute("select read, inserted, quarantined, out_of_scope from sync.batch").fetchone()
    assert rules == {rule for rule, _ in cases if rule}  # each fault was met, so each way past it was taken
    assert counts == (42, 23, 17, 2)
    assert night.leaks(deep=True) == []

    # The search can find: values, keys and landed copies are where they may be, plainly in the server's files, too.
    tables = home.tables()
    assert {KIND.get(word) for word in words_in(tables["register.person_record"].encode())} == {"good", "key"}
    assert {KIND.get(word) for word in words_in(tables[LANDED].encode())} == {"good", "key", "bad"}
    assert {KIND.get(word) for word in words_in(tables["sync.quarantine"].encode())} == {"key"}
    assert any(words_in(path.read_bytes()) for path in home.postgres.rglob("*") if path.is_file())


def test_every_table_that_quarantine_has_is_free_of_values(night, home) -> None:
    """Quarantine names row, key, rule and column; the row's key is the only thing of the row in it."""
    put(home, file_of(*(line for _, line in a_row_for_every_rule())))
    assert night.sync() == 0
    with psycopg.connect(home.url) as connection:
        rows = connection.execute("select rule, column_name, field, effect from sync.quarantine").fetchall()
    assert {word for row_ in rows for cell in row_ for word in words_in(cell.encode())} == set()
    assert night.leaks() == []


def test_a_dry_run_leaves_nothing(night, home) -> None:
    put(home, file_of(row(), row(rejected="yes", Sukunimi="")))
    before = home.tables()
    assert night.run("sync", "--source", "varpunen/hr", "--dry-run") == 0
    assert {name: text for name, text in home.tables().items() if not name.startswith("pg_stat")} == {
        name: text for name, text in before.items() if not name.startswith("pg_stat")
    }
    assert night.leaks() == []


def test_a_held_plan_and_its_checks_show_no_value(night, home) -> None:
    text = (HERE / "hr.yaml").read_text().replace("rejected_floor: 1000", "rejected_floor: 0")
    (home.folder / "sources" / "hr.yaml").write_text(text)
    put(home, file_of(row(), row(rejected="yes", Sukunimi=""), row(Puhelin=canary("bad"))))
    assert night.sync() == 3
    assert night.leaks() == []
    with psycopg.connect(home.url) as connection:
        batch = connection.execute("select max(id) from sync.batch where status = 'held'").fetchone()[0]
    assert night.run("batch", "show", str(batch)) == 0
    assert night.run("batch", "list") == 0
    assert night.leaks() == []
    assert night.run("batch", "release", str(batch), "--by", "kari", "--reason", "looked at") == 0
    assert night.leaks() == []


def test_a_company_register(night, home) -> None:
    bad = lambda: canary("bad")  # noqa: E731
    good = lambda: canary("good")  # noqa: E731
    key = lambda: f"{next(numbers)}-{canary('key')}"  # noqa: E731
    lines = [
        "id,part,company,business id,vat,country,contact,phone,phone country,note",
        f"{key()},1,{good()} Oy,,,FI,{good()},,,{canary('nowhere')}",
        f"{key()},1,{good()} Oy,{bad()},{bad()},{bad()},{good()},{bad()},{bad()},{canary('nowhere')}",
        f"{key()},1,{good()} Oy,,,,{good()},4012345678,{bad()},{canary('nowhere')}",
        f"{bad()},,{bad()} Oy,,,FI,{bad()},,,{canary('nowhere')}",  # half a key
        f"{key()},1,-,,,FI,{bad()},,,{canary('nowhere')}",
    ]
    put(home, "\n".join(lines).encode(), "contacts_20260310.csv")
    assert night.run("sync", "--source", "varpunen/contacts") == 0
    with psycopg.connect(home.url) as connection:
        rules = {
            rule
            for (rule,) in connection.execute(
                "select distinct rule from sync.quarantine join sync.source on source.id = source_id"
                " where source.name = 'varpunen/contacts'"
            )
        }
    expected = {"business_id.invalid", "vat.invalid", "country.unknown", "phone.invalid", "phone.needs_region"}
    assert rules == expected | {"key.missing", "label.empty"}
    assert night.leaks() == []


def test_a_check_in_a_process_of_its_own(night, home) -> None:
    """A preview reads a sample and says what would not be taken."""
    put(home, file_of(*(line for _, line in a_row_for_every_rule())))
    assert night.run("source", "check", str(home.folder / "sources" / "hr.yaml")) == 0
    assert night.leaks() == []


def test_the_guard_leaves_no_context(home) -> None:
    """What Dagster would store of a database error: text, cause and context, all the way down."""
    from assets.leak_guard import value_free
    from register.database import Register

    word = canary("nowhere")

    @value_free
    def op() -> None:
        import sqlalchemy as sa

        with Register(home.url).transaction() as connection:
            connection.execute(sa.text("select cast(:word as integer)"), {"word": word})

    with pytest.raises(Exception) as caught:
        op()
    assert words_in("".join(traceback.format_exception(caught.value)).encode()) == frozenset()
    assert words_in(json.dumps([str(caught.value.__context__), str(caught.value.__cause__)]).encode()) == frozenset()


def test_a_run_ended_by_sigterm(night, home) -> None:
    """The command in a process of its own, told to end in the middle: its arguments and leavings hold no value.

    Whether it ends at once or tries again does not matter here; the register must come out whole.
    """
    lines = [row() for _ in range(20)]
    many = [line.replace(";", f"x{n};", 1) for n in range(250) for line in lines]
    put(home, file_of(*many))
    command = home.mdo_command("sync", "--source", "varpunen/hr")
    with subprocess.Popen(
        command,
        cwd=home.folder,
        env=home.environment(MDO_TODAY=DAY.isoformat()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            shown = _until_staging(home, process)
            process.send_signal(signal.SIGTERM)
            out, error = process.communicate(timeout=120)
        finally:
            process.kill()
    night.said += [out.decode(), error.decode(), shown]
    assert night.leaks() == []

    assert night.sync() == 0  # the next sync of the source clears what was left
    with psycopg.connect(home.url) as connection:
        left = connection.execute("select count(*) from pg_tables where schemaname = 'staging'").fetchone()
        broken = connection.execute("select count(*) from sync.batch where status in ('pulling', 'planned')").fetchone()
    assert (left, broken) == ((0,), (0,))
    assert night.leaks(deep=True) == []  # all canaries of all tests above, in all that the server has written


def _until_staging(home, process: subprocess.Popen[bytes]) -> str:
    """Waits until the process writes rows; the command lines of everything that runs then."""
    deadline = time.monotonic() + 120
    with psycopg.connect(home.url, autocommit=True) as connection:
        while time.monotonic() < deadline and process.poll() is None:
            query = "select count(*) from pg_stat_activity where query ~* 'copy staging' and pid <> pg_backend_pid()"
            if connection.execute(query).fetchone()[0]:
                break
            time.sleep(0.005)
    shown = []
    for one in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]:
        with suppress(psutil.Error):
            shown += [*one.cmdline(), *one.environ().values()]
    for one in psutil.process_iter(["name"]):
        if one.info["name"] == "postgres":
            with suppress(psutil.Error):
                shown += one.cmdline()
    return " ".join(shown)
