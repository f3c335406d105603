"""The ledger of erasures: a file outside the database and its backups, appended to before anything is erased (SUP-09).

Belongs here: its lines, each with the digest of all before it, and reading them back. Does not belong here: carrying
out what they say (`register.erasure`), or any value by which somebody could be read: a line holds tokens.

A line that a crash left half-written was never acted upon: whoever writes it goes on only after fsync. It is cut off by
the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import ConfigurationRefused

#: The first entry: it gives the ledger its identity.
OPENED = "opened"
_TAIL = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One line.

    Attributes:
        event: opened, erase, object, restrict, unrestrict, lift or key.
        digest: SHA-256 (hex) of this line and all before it.
        content: what the event is about: controller, case, day, tokens.
    """

    sequence: int
    event: str
    digest: str
    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """The file."""

    path: Path

    def last(self) -> Entry | None:
        """The newest entry; None where there is no ledger."""
        try:
            with self.path.open("rb") as file:
                return self._last(file)
        except FileNotFoundError:
            return None

    def entries(self, after: int) -> Iterator[Entry]:
        """The entries after that one, oldest first.

        Raises:
            ConfigurationRefused: a line is not what was written.
        """
        digest = ""
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    return
                entry = _parsed(line)
                if entry is None or entry.digest != _digest(digest, line):
                    raise self._damaged()
                digest = entry.digest
                if entry.sequence > after:
                    yield entry

    def append(self, event: str, **content: Any) -> Entry:
        """Writes an entry and returns once it is on the disk. The first one is preceded by that of the opening."""
        denied = False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(handle, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                last = self._last(file)
                if last is None:
                    last = self._write(file, Entry(-1, "", ""), OPENED, {"ledger": str(uuid.uuid4())})
                entry = last if event == OPENED else self._write(file, last, event, content)
                self._sync_folder()
                return entry
        except OSError:
            denied = True
        assert denied
        raise ConfigurationRefused(
            f"The ledger of erasures, {self.path}, cannot be written; nothing was erased.", "Is the disk full?"
        )

    def _write(self, file: BinaryIO, last: Entry, event: str, content: dict[str, Any]) -> Entry:
        said = {
            "sequence": last.sequence + 1,
            "event": event,
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            **content,
        }
        plain = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
        digest = hashlib.sha256(f"{last.digest}{plain}".encode()).hexdigest()
        file.seek(0, os.SEEK_END)
        file.write(f'{plain[:-1]},"digest":"{digest}"}}\n'.encode())
        file.flush()
        os.fsync(file.fileno())
        return Entry(last.sequence + 1, event, digest, content)

    def _last(self, file: BinaryIO) -> Entry | None:
        """The newest whole line; what a crash left after it is cut off where the file may be written."""
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail) and file.writable():
            file.truncate(size - (len(tail) - len(whole)))
        if not whole:
            if size > _TAIL:
                raise self._damaged()
            return None
        entry = _parsed(whole.splitlines()[-1])
        if entry is None:
            raise self._damaged()
        return entry

    def _sync_folder(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _damaged(self) -> ConfigurationRefused:
        return ConfigurationRefused(
            f"The ledger of erasures, {self.path}, is not as it was written; nothing is imported.",
            "Restore it from its own copy.",
        )


def _parsed(line: bytes) -> Entry | None:
    try:
        content = json.loads(line)
        return Entry(content.pop("sequence"), content.pop("event"), content.pop("digest"), content)
    except (ValueError, KeyError, AttributeError):
        return None


def _digest(before: str, line: bytes) -> str:
    plain = line.rstrip(b"\n")
    cut = plain.rfind(b',"digest":"')
    return hashlib.sha256(before.encode() + plain[:cut] + b"}").hexdigest()
