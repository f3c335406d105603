"""The ledger of erasures: a file outside the database and its backups, appended to before anything is erased (SUP-09).

Belongs here: its lines, each with the digest of all before it, and reading them back. Does not belong here: carrying
out what they say (`register.erasure`), or any value by which somebody could be read: a line holds tokens.

A line that a crash left half-written was never acted upon: whoever writes it goes on only after fsync. It is cut off by
the next one.

Lines that no backup needs any more are cut off at the beginning (R13). In their place stands one that carries the
sequence and the digest of the last of them, so that the digests after it hold as before, and so does what a database
knows of that last line.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from schemas.errors import ConfigurationRefused

#: The first entry: it gives the ledger its identity.
OPENED = "opened"
#: The entry that stands for all before it that were cut off.
CUT = "cut"
_TAIL = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One line.

    Attributes:
        event: opened, cut, erase, object, restrict, unrestrict, lift or key.
        digest: SHA-256 (hex) of this line and all before it; of a cut that of the last line cut off.
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
        with self.path.open("rb") as file:
            for entry, _ in self._read(file):
                if entry.sequence > after:
                    yield entry

    def first(self) -> Entry | None:
        """The oldest entry that is left: the opening, or a cut; None where there is no ledger."""
        try:
            return next(self.entries(-1), None)
        except FileNotFoundError:
            return None

    def cut(self, before: int) -> Entry | None:
        """Cuts off the entries before that one; the cut as it stands, or None where nothing was ever cut off.

        The new file takes the place of the old one in one step, so that a crash leaves either of them whole. The newest
        entry always stays.

        Raises:
            ConfigurationRefused: a line is not what was written, or the file cannot be written; nothing was cut.
        """
        denied = False
        try:
            with self._locked(os.O_RDWR) as file:
                entries = list(self._read(file))
                old = [entry for entry, _ in entries[:-1] if entry.sequence < before]
                if old and old[-1].event != CUT:
                    rest = b"".join(line for _, line in entries[len(old) :])
                    self._replace(_cut_line(old) + rest)
        except FileNotFoundError:
            return None
        except OSError:
            denied = True
        if denied:
            raise ConfigurationRefused(
                f"Old lines of the ledger of erasures, {self.path}, cannot be cut off.",
                "May its folder be written, and is the disk full? The next night tries again.",
            )
        first = self.first()
        return first if first is not None and first.event == CUT else None

    def append(self, event: str, **content: Any) -> Entry:
        """Writes an entry and returns once it is on the disk. The first one is preceded by that of the opening."""
        denied = False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._locked(os.O_RDWR | os.O_CREAT) as file:
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

    @contextmanager
    def _locked(self, flags: int) -> Iterator[BinaryIO]:
        """The file under its lock. Whoever waited while it was cut holds a file that is gone, and opens anew."""
        while True:
            with os.fdopen(os.open(self.path, flags, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if self._is_still(file):
                    yield file
                    return

    def _is_still(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    def _read(self, file: BinaryIO) -> Iterator[tuple[Entry, bytes]]:
        """Each whole line, read and as written; a cut only at the beginning."""
        digest = ""
        for number, line in enumerate(file):
            if not line.endswith(b"\n"):
                return
            entry = _parsed(line)
            begins = number == 0 and entry is not None and entry.event == CUT
            if entry is None or (not begins and entry.digest != _digest(digest, line)):
                raise self._damaged()
            digest = entry.digest
            yield entry, line

    def _replace(self, content: bytes) -> None:
        unfinished = self.path.with_name(f"{self.path.name}.new")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path)
        self._sync_folder()

    def _write(self, file: BinaryIO, last: Entry, event: str, content: dict[str, Any]) -> Entry:
        said = {
            "sequence": last.sequence + 1,
            "event": event,
            "at": _now(),
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


def _cut_line(old: list[Entry]) -> bytes:
    last = old[-1]
    said = {"sequence": last.sequence, "event": CUT, "at": _now(), "lines": sum(e.event != CUT for e in old)}
    return json.dumps(said | {"digest": last.digest}, separators=(",", ":")).encode() + b"\n"


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


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
