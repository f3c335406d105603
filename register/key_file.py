"""Secret keys in files beside the database.

Belongs here: making one whole or not at all, and reading one that nobody else may read. Does not belong here: what a
key is for.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from schemas.errors import ConfigurationRefused

#: Bytes of every key.
KEY_BYTES = 32


def read(path: Path, *, lost: str) -> bytes:
    """The key in a file.

    Args:
        lost: what to do where it holds something else.

    Raises:
        ConfigurationRefused: the file cannot be read, is of another length, or is open to everybody.
    """
    denied = False
    try:
        key = path.read_bytes()
        open_to_all = bool(stat.S_IMODE(path.stat().st_mode) & 0o007)
    except OSError:
        denied = True
    if denied:
        raise ConfigurationRefused(f"{path} cannot be read or made.", "Is the folder yours to write?")
    if open_to_all:  # a group may read it: a mounted secret often has one
        raise ConfigurationRefused(f"{path} is open to everybody.", f"chmod 600 {path}")
    if len(key) != KEY_BYTES:
        raise ConfigurationRefused(f"{path} holds {len(key)} bytes; the key has {KEY_BYTES}.", lost)
    return key


def make(path: Path) -> None:
    """Make the key whole or not at all; of two processes at once, the first one's key stays.

    Raises:
        ConfigurationRefused: it cannot be made.
    """
    denied = False
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            if not path.exists():
                os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    except OSError:
        denied = True
    if denied:
        raise ConfigurationRefused(f"{path} cannot be read or made.", "Is the folder yours to write?")
