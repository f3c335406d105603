"""The embedded PostgreSQL for real: shared, killed, crowded, silent in its log."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from register import embedded, server
from schemas.errors import ConfigurationRefused, Refusal

VALUE = "Kanaria-Keltasirkku-0417"

#: Another process: joins, says so, leaves when its input ends. With "kill" it ends itself as SIGKILL would.
OTHER = """
import sys, os, signal
from pathlib import Path
from register import embedded
embedded.start(Path(sys.argv[1]))
print("joined", flush=True)
sys.stdin.read()
if sys.argv[2] == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
"""

#: Another process, which forks when it has joined, and leaves before its child and after it.
FORKING = """
import os, sys
from pathlib import Path
from register import embedded
data = Path(sys.argv[1])
embedded.start(data)
reader, writer = os.pipe()
child = os.fork()
if child == 0:
    os.close(writer)
    os.read(reader, 1)
    os._exit(0)
os.close(reader)
print(embedded.stop(data), embedded.is_running(data))
os.close(writer)
os.waitpid(child, 0)
print(embedded.stop(data))
"""

#: Another process, which becomes another user once everything is imported: the interpreter may lie in root's home.
STRANGER = """
import os, sys
from pathlib import Path
import psycopg
from register import embedded, server
server.binaries()
user, data = int(sys.argv[1]), Path(sys.argv[2])
os.setgroups([])
os.setgid(user)
os.setuid(user)
try:
    with psycopg.connect(embedded.start(data)) as connection:
        print(connection.execute("select 1").fetchone())
    embedded.stop(data)
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))
    yield folder / "pg"
    embedded.stop(folder / "pg")
    shutil.rmtree(folder)


def other(data: Path, end: str = "leave") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", OTHER, str(data), end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "joined\n", process.communicate()[1]
    return process


def leave(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=60)
    assert errors == ""


def test_starts_once_and_answers(data: Path) -> None:
    url = embedded.start(data)
    first = server.pid(data)
    assert embedded.start(data) == url
    assert server.pid(data) == first
    with psycopg.connect(url) as connection:
        assert connection.execute("select current_database(), lower('ÄÖ')").fetchone() == ("mdo", "äö")


def test_data_stays_over_a_restart(data: Path) -> None:
    with psycopg.connect(embedded.start(data)) as connection:
        connection.execute("create table kept (a int)")
    assert embedded.stop(data)
    assert not embedded.is_running(data)
    with psycopg.connect(embedded.start(data)) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_the_last_one_out_stops_it(data: Path) -> None:
    embedded.start(data)
    second = other(data)
    assert not embedded.stop(data), "another process still uses it"
    assert embedded.is_running(data)
    leave(second)
    assert not embedded.is_running(data)


def test_a_killed_user_is_not_counted(data: Path) -> None:
    killed = other(data, "kill")
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert embedded.is_running(data), "nobody was left to stop it"
    leave(other(data))
    assert not embedded.is_running(data)


def test_a_forked_child_keeps_it_running(data: Path) -> None:
    forking = subprocess.run([sys.executable, "-c", FORKING, str(data)], capture_output=True, text=True)
    assert (forking.stdout, forking.stderr) == ("False True\nTrue\n", "")


def test_many_start_at_once(data: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OTHER, str(data), "leave"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert outputs == ["joined\n"] * 4
    assert not embedded.is_running(data)


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "with a child at work"])
def test_a_killed_server_comes_back_with_its_data(data: Path, busy: bool) -> None:
    with closing(psycopg.connect(embedded.start(data), autocommit=True)) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) a")
        if busy:  # a statement that does not look up: the child notices the death only when it is over
            connection.pgconn.send_query(b"select count(*) from generate_series(1, 20000000)")
            time.sleep(0.2)
        killed = server.pid(data)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        url = embedded.start(data)
    assert server.pid(data) not in (None, killed)
    with psycopg.connect(url) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


@pytest.mark.parametrize("after", [0, 0.1])
def test_a_stop_right_after_the_death_of_a_child_ends(data: Path, after: float) -> None:
    """Asked for in the middle of the recovery, PostgreSQL's own stop hangs for good."""
    with closing(psycopg.connect(embedded.start(data))) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        time.sleep(after)
        begun = time.monotonic()
        assert embedded.stop(data)
    assert time.monotonic() - begun < 2 * server.STOP_SECONDS + server.CUT_SECONDS
    assert not embedded.is_running(data)


def test_a_server_that_hangs_on_its_way_down_is_cut_short(data: Path, monkeypatch) -> None:
    embedded.start(data)
    monkeypatch.setattr(server, "STOP_SECONDS", 2)
    hanging = server.pid(data)
    assert hanging is not None
    for child in psutil.Process(hanging).children():
        with suppress(psutil.Error):  # one of the server's short-lived children
            if "checkpointer" in " ".join(child.cmdline()):
                child.suspend()
    server.halt(data)
    assert server.pid(data) is None


def test_a_start_waits_for_a_recovery(data: Path) -> None:
    with closing(psycopg.connect(embedded.start(data))) as connection:
        killed = connection.info.backend_pid
        os.kill(killed, signal.SIGKILL)
        while psutil.pid_exists(killed):  # on a busy machine the server needs a moment to notice
            time.sleep(0.01)
    with psycopg.connect(embedded.start(data)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_an_old_pid_that_now_belongs_to_another_program_is_no_server(data: Path) -> None:
    embedded.start(data)
    assert embedded.stop(data)
    lines = [str(os.getpid()), str(data), "1", "5432", ".", "", "1 1", "ready   "]
    (data / "postmaster.pid").write_text("\n".join(lines))
    assert not embedded.is_running(data)
    embedded.start(data)
    assert embedded.is_running(data)


def test_an_initdb_cut_short_is_done_again(data: Path) -> None:
    unfinished = data.with_name("pg.new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with psycopg.connect(embedded.start(data)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_the_log_holds_no_value(data: Path, canary) -> None:
    url = embedded.start(data)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table person (key text primary key, age int check (age > 0))")
        insert = "insert into person values (%s, %s)"
        connection.execute(insert, [VALUE, 1])
        failing = [
            lambda: connection.execute(insert, [VALUE, 2]),  # unique: DETAIL quotes the key
            lambda: connection.execute(insert, [VALUE + "x", -1]),  # check: DETAIL quotes the row
            lambda: connection.execute(f"select '{VALUE}'::int"),  # cast: the message itself quotes the cell
            lambda: connection.execute(f"selekt '{VALUE}'"),  # syntax: STATEMENT
            lambda: connection.execute("select %s::date", [VALUE]),
            lambda: copy_in(connection, f"{VALUE}y\tnot a number\n"),  # CONTEXT quotes the line
            lambda: connection.execute(f"do $$ begin raise warning '{VALUE}'; raise exception '{VALUE}'; end $$"),
        ]
        for statement in failing:
            with pytest.raises(psycopg.Error) as caught:
                statement()
            assert caught.value is not None
        connection.execute("select pg_sleep(0.1), %s::text", [VALUE])
    with closing(psycopg.connect(url)) as victim:
        # A killed backend: the log's DETAIL quotes the statement that it was running.
        victim.pgconn.send_query(f"select pg_sleep(60), '{VALUE}'".encode())
        time.sleep(0.2)
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        time.sleep(0.5)
    log = data / "server.log"
    assert "terminated by signal 9" in log.read_text(), "the log is written, and this is the log"
    assert canary.hits([VALUE], log) == []


def copy_in(connection: psycopg.Connection, text: str) -> None:
    with connection.cursor().copy("copy person from stdin") as copy:
        copy.write(text)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
        ("log_min_messages", "log"),
        ("log_statement", "none"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_min_duration_statement", "-1"),
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("jit", "off"),
    ],
)
def test_settings_are_in_force(data_for_reading: str, setting: str, value: str) -> None:
    with psycopg.connect(data_for_reading) as connection:
        assert connection.execute(f"show {setting}").fetchone() == (value,)


@pytest.fixture(scope="module")
def data_for_reading() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))
    yield embedded.start(folder / "pg")
    embedded.stop(folder / "pg")
    shutil.rmtree(folder)


def test_changed_settings_reach_an_old_folder(data: Path) -> None:
    embedded.start(data)
    embedded.stop(data)
    (data / "postgres.conf").write_text("log_min_error_statement = error\n")
    with psycopg.connect(embedded.start(data)) as connection:
        assert connection.execute("show log_min_error_statement").fetchone() == ("panic",)


def test_only_the_servers_user_may_enter(data: Path) -> None:
    embedded.start(data)
    assert data.stat().st_mode & 0o077 == 0, "the socket asks for no password; the folder is the protection"


def test_a_folder_with_odd_characters(data: Path) -> None:
    odd = data.with_name("pg & ä'b%20 c")
    with psycopg.connect(embedded.start(odd)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert embedded.stop(odd)


def test_too_long_a_path_is_refused(data: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="MDO_HOME"):
        embedded.start(data.with_name("p" * 100))


def test_a_folder_with_something_else_in_it_is_refused(data: Path) -> None:
    data.mkdir()
    (data / "letter.txt").write_text("mine")
    with pytest.raises(ConfigurationRefused, match="not empty"):
        embedded.start(data)
    assert (data / "letter.txt").read_text() == "mine"


def test_a_folder_of_another_release_is_refused(data: Path) -> None:
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(ConfigurationRefused, match="PostgreSQL 16"):
        embedded.start(data)


def test_a_server_that_cannot_start_is_refused_and_named(data: Path) -> None:
    embedded.start(data)
    embedded.stop(data)
    (data / "global" / "pg_control").unlink()
    with pytest.raises(Refusal, match=r"server\.log"):
        embedded.start(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_works_as_an_ordinary_user_and_keeps_strangers_out(data: Path) -> None:
    embedded.start(data)  # as root: opens the way to the programs
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))
    nobody = 65534
    os.chown(folder, nobody, nobody)
    try:
        assert as_user(nobody, folder / "pg") == "(1,)"
        assert (folder / "pg").stat().st_uid == nobody
        assert not embedded.is_running(folder / "pg")
        assert as_user(nobody - 1, folder / "pg") == "ConfigurationRefused"
    finally:
        shutil.rmtree(folder)


def as_user(user: int, path: Path) -> str:
    """What a start says in a process that has become that user."""
    said = subprocess.run([sys.executable, "-c", STRANGER, str(user), str(path)], capture_output=True, text=True)
    return said.stdout.strip() or said.stderr


def test_no_process_is_left_behind(data: Path) -> None:
    embedded.start(data)
    embedded.stop(data)
    left = [
        process.pid
        for process in psutil.process_iter(["name", "status"])
        if process.info["name"] == "postgres"
        and process.info["status"] != psutil.STATUS_ZOMBIE
        and process.cwd() == str(data)
    ]
    assert left == []
