"""The embedded PostgreSQL as a shared thing: started by the first who needs it, stopped by the last who leaves.

Belongs here: who uses the server of a data folder. Does not belong here: the server's process and files
(`register.server`), and everything inside the database.

A user is a process that holds a shared lock on a file beside the data folder. The kernel takes the lock back when the
process ends, however it ends, so no user is ever counted that is not there. A second lock lets only one process at a
time start or stop. A server whose last user was killed goes on running; the next one joins it and stops it.
"""

from __future__ import annotations

import atexit
import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from register import server
from schemas.errors import ConfigurationRefused, TryLater

DATABASE = "mdo"

_held: dict[Path, int] = {}
_threads = threading.RLock()


def start(data_folder: Path) -> str:
    """Start the server of that folder, or join it, and keep it running until this process ends or calls `stop`.

    May be called again at any time: a server that has died meanwhile is started again.

    Returns:
        The libpq URL of the database `mdo` in it. It holds no secret: the socket's folder is the protection.

    Raises:
        Refusal: the folder cannot be used or the server does not start.
        TryLater: it does not get ready in time.
    """
    data = data_folder.expanduser().absolute().resolve()
    denied: str | None = None
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with _threads, _one_at_a_time(data):
            server.make(data)
            _join(data)
            deadline = time.monotonic() + server.START_SECONDS
            while time.monotonic() < deadline:
                server.launch(data)
                if _answers(data) and _ensure_database(data):
                    return url(data)
                time.sleep(0.1)
    except OSError as error:
        denied = errno.errorcode.get(error.errno or 0, "OSError")
    if denied:
        raise ConfigurationRefused(
            f"The database folder {data} cannot be used ({denied}).", "Is it on a local disk, with space, and yours?"
        )
    raise TryLater("The embedded PostgreSQL takes no connection.", f"See the end of {data / server.LOG} and try again.")


def stop(data_folder: Path) -> bool:
    """Give up this process's use of the server, and stop it if no other process uses it.

    Returns:
        Whether the server is down now.
    """
    data = data_folder.expanduser().absolute().resolve()
    if not data.exists():
        return True
    with _threads, _one_at_a_time(data):
        held = _held.pop(data, None)
        if held is not None:
            os.close(held)  # not unlocked: a forked child that shares the lock goes on using the server
        with _open_lock(_users_file(data)) as last:
            try:
                fcntl.flock(last, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            # A stop in the middle of a recovery hangs: let it end first, but do not wait for ever.
            deadline = time.monotonic() + server.STOP_SECONDS
            while server.pid(data) is not None and not _answers(data) and time.monotonic() < deadline:
                time.sleep(0.1)
            server.halt(data)
    return True


def is_running(data_folder: Path) -> bool:
    """Whether the server of that folder runs, whoever uses it."""
    return server.pid(data_folder.expanduser().absolute().resolve()) is not None


def url(data_folder: Path, database: str = DATABASE) -> str:
    """The libpq URL of a database in that folder's server."""
    host = quote(str(data_folder.expanduser().absolute().resolve()), safe="/")
    return f"postgresql://postgres@/{quote(database)}?host={host}"


def _join(data: Path) -> None:
    if data not in _held:
        lock = os.open(_users_file(data), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_SH)
        if not _held:
            atexit.register(_leave)
        _held[data] = lock


def _leave() -> None:
    for data in list(_held):
        stop(data)


def _answers(data: Path) -> bool:
    """Whether the server takes connections: one that is just dying, or recovering, does not."""
    with suppress(psycopg.OperationalError), psycopg.connect(url(data, "postgres")):
        return True
    return False


def _ensure_database(data: Path) -> bool:
    """Makes the database where it is missing; False where the server has just stopped answering."""
    failed: str | None = None
    try:
        with psycopg.connect(url(data, "postgres"), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(f"create database {DATABASE}")
    except psycopg.OperationalError:
        return False
    except psycopg.Error as error:
        failed = type(error).__name__
    if failed:
        raise TryLater(f"The embedded PostgreSQL cannot make its database ({failed}).", f"See {data / server.LOG}.")
    return True


def _users_file(data: Path) -> Path:
    return data.with_name(data.name + ".users.lock")


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    with _open_lock(data.with_name(data.name + ".start.lock")) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _open_lock(path: Path) -> Iterator[int]:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)
