"""A place of files on another machine.

Belongs here: asking again, bounded memory, and what is said of a failure, the same for every protocol. Does not belong
here: any protocol (see the neighbouring modules, each of which makes an fsspec file system of it).

Nothing of a customer's file touches a disk of ours. fsspec's caches of whole files write temporary ones, so none of
them is used: a file is read in blocks by its address in the file, of which the read-ahead cache holds one at a time in
memory. Readers go through a file twice or three times; fetching a block again costs less than keeping it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar

from fsspec.spec import AbstractBufferedFile

from schemas.errors import Refusal, SourceRefused, TryLater
from sources.config.location import Server
from sources.locations.base import Handle, Location, State, numbered
from sources.retrying import Passing, tried, untrusted

#: Bytes asked for at a time, beyond those that are wanted at once.
BLOCK = 4 * 2**20

#: Bytes of a workbook, which is held in memory as a whole: its parser needs all of it.
MOST_HELD = 256 * 2**20

Outcome = TypeVar("Outcome")


class Replaced(Exception):
    """The file is another one than was looked at."""


class Files(Protocol):
    """One connection: an fsspec file system, and what fsspec has no word for. May raise what its library raises."""

    def check(self, path: str) -> bool:
        """True where we may be in a folder; FileNotFoundError where there is none."""
        ...

    def ls(self, path: str, detail: bool = False) -> list[str]:
        """The paths in a folder."""
        ...

    def state(self, path: str) -> State:
        """What lies there; FileNotFoundError where nothing does."""
        ...

    def part(self, path: str, start: int, end: int, state: State) -> bytes:
        """Bytes of the file; Replaced where it is not the one of that state any more."""
        ...

    def rm_file(self, path: str) -> None:
        """Delete a file."""
        ...

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Make a folder and those above it."""
        ...

    def rename(self, path: str, target: str) -> bool:
        """Rename a file; True, or FileExistsError where the new name is taken."""
        ...

    def add(self, path: str, content: bytes) -> bool:
        """Write a new file whole or not at all; True, or FileExistsError where the name is taken."""
        ...

    def end(self) -> None:
        """End the connection."""
        ...


class Remote(Location):
    """Files behind a connection, which is made when it is needed and made anew after it broke.

    Args:
        connect: makes the connection.
        who: how the other side is called: "SFTP server".
        where: see `Location`.
        root: the folder that paths are relative to; "" for where the server lets us in.
        rights: what to do where it does not let us.
        passing: errors of the library, besides OSError, that may pass by themselves.
        judge: what another error of the library means; None for one that is judged like those of all kinds.
    """

    def __init__(
        self,
        settings: Server,
        connect: Callable[[], Files],
        *,
        who: str,
        where: str,
        root: str,
        rights: str,
        lists: bool = True,
        passing: tuple[type[Exception], ...] = (),
        judge: Callable[[Exception], Refusal | None] = lambda error: None,
    ) -> None:
        self._settings = settings
        self._connect = connect
        self._who = who
        self.where = where
        self.lists = lists
        self._root = root
        self._rights = rights
        self._passing = passing
        self._judge = judge
        self._files: Files | None = None
        self._ends = time.monotonic() + settings.limits.read_seconds

    def check(self) -> None:
        """Connect, and make sure that the folder is there and we may be in it."""
        if not self._asked(lambda files: files.check(self._at(""))):
            raise SourceRefused(
                f"The {self._who} has not the place that the source file names.", "Correct it under location."
            )

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        at = self._at(folder)
        found = self._asked(lambda files: files.ls(at, detail=False)) or []
        paths = [path.rstrip("/") for path in found]
        return [path.rsplit("/", 1)[-1] for path in paths if path != at.rstrip("/")]

    def look(self, path: str) -> State | None:
        """What lies at a path."""
        return self._asked(lambda files: files.state(self._at(path)))

    def open(self, path: str, state: State) -> Handle:
        """Open a file; nothing is read yet."""
        return RemoteHandle(self, path, state)

    def part(self, path: str, start: int, end: int, state: State) -> bytes:
        """Bytes of a file that was looked at.

        Raises:
            SourceRefused, TryLater: they could not be had, or the file is another one by now.
        """
        if time.monotonic() >= self._ends:
            raise SourceRefused("The read took longer than it may.", "Raise read_seconds in limits under location.")
        data: bytes | None = None
        replaced = False
        try:
            data = self._asked(lambda files: files.part(self._at(path), start, end, state))
        except Replaced:
            replaced = True
        if replaced or data is None or len(data) != end - start:
            raise TryLater("The file was replaced or removed while it was read.", "Sync again once it is whole.")
        return data

    def delete(self, path: str) -> None:
        """Delete a file."""
        self._asked(lambda files: files.rm_file(self._at(path)))

    def move(self, path: str, folder: str) -> str:
        """Move a file into a folder below the location's own."""
        self._asked(lambda files: files.makedirs(self._at(folder), exist_ok=True))
        name = path.rsplit("/", 1)[-1]
        number = 0
        while (target := self._renamed(path, f"{folder.strip('/')}/{numbered(name, number)}")) is None:
            number += 1
        return target

    def write(self, path: str, content: bytes) -> str:
        """Write a new file into a folder below the location's own."""
        folder, _, name = path.rpartition("/")
        self._asked(lambda files: files.makedirs(self._at(folder), exist_ok=True))
        number = 0
        while True:
            target = f"{folder}/{numbered(name, number)}"
            try:
                written = self._asked(partial(_add, path=self._at(target), content=content))
            except FileExistsError:
                number += 1
                continue
            if not written:
                raise SourceRefused("The return folder was removed while it was written to.", "Ask who removed it.")
            return target

    def _renamed(self, path: str, target: str) -> str | None:
        """The new path, or None where it is taken."""
        try:
            moved = self._asked(lambda files: files.rename(self._at(path), self._at(target)))
        except FileExistsError:
            return None
        if not moved:
            raise SourceRefused("The file was removed before it could be moved.", "Ask who else takes files there.")
        return target

    def close(self) -> None:
        """End the connection."""
        files, self._files = self._files, None
        if files is not None:
            with suppress(Exception):  # it is over either way
                files.end()

    def _at(self, path: str) -> str:
        if not self._root:
            return path
        return f"{self._root.rstrip('/')}/{path}".rstrip("/") or "/"

    def _asked(self, action: Callable[[Files], Outcome]) -> Outcome | None:
        """The outcome of an action, tried again while it fails in a passing way; None where there is no such file."""
        return tried(lambda: self._once(action), self._settings.retry, ends=self._ends)

    def _once(self, action: Callable[[Files], Outcome]) -> Outcome | None:
        instead: Exception
        try:
            if self._files is None:
                self._files = self._connect()
            return action(self._files)
        except FileNotFoundError:
            return None
        except (Refusal, Passing, Replaced, FileExistsError):
            raise
        except Exception as error:
            judged = self._judged(error)
            if judged is None:
                raise
            instead = judged
        if isinstance(instead, Passing):
            self.close()
        raise instead

    def _judged(self, error: Exception) -> Exception | None:
        """What to raise in place of a library's error, whose text may quote names; None for one that nobody foresaw."""
        refusal = untrusted(error, self._who) or self._judge(error)
        if refusal is not None:
            return refusal
        if isinstance(error, PermissionError):
            return SourceRefused(f"The {self._who} does not let us do what the source file asks for.", self._rights)
        if isinstance(error, TimeoutError):
            return Passing(f"The {self._who} did not answer in time.")
        if isinstance(error, (OSError, EOFError, *self._passing)):
            return Passing(f"The connection to the {self._who} could not be made or broke.")
        return None


class RemoteHandle(Handle):
    """A file that is fetched block by block."""

    def __init__(self, location: Remote, path: str, state: State) -> None:
        self._location = location
        self._path = path
        self._state = state
        self.size = state.size
        self.file: Any = _Blocks(lambda start, end: location.part(path, start, end, state), state.size)

    def changed(self) -> bool:
        """Whether another file, or none, has its name by now."""
        return self._location.look(self._path) != self._state

    def hold(self) -> None:
        """Fetch the whole file into memory that no disk stands behind.

        A temporary file would be a copy of the customer's register on our disk; a file in memory has a descriptor too,
        and is gone with the last process that has it.
        """
        if self.size > MOST_HELD:
            raise SourceRefused(
                f"The workbook has {self.size // 2**20} MB, and at most {MOST_HELD // 2**20} MB are read from another "
                "machine.",
                "Have the register saved on its own, or exported as CSV.",
            )
        held = open(os.memfd_create("workbook", os.MFD_CLOEXEC), "r+b", buffering=0)  # noqa: SIM115  close() does
        try:
            while block := self.file.read(BLOCK):
                held.write(block)
            held.seek(0)
        except BaseException:
            held.close()
            raise
        self.file = held


def _add(files: Files, *, path: str, content: bytes) -> bool:
    return files.add(path, content)


class _Blocks(AbstractBufferedFile):
    """fsspec's file of blocks, one of which is in memory."""

    def __init__(self, fetch: Callable[[int, int], bytes], size: int) -> None:
        self._fetch_range = fetch
        super().__init__(None, "", size=size, block_size=BLOCK, cache_type="readahead")
