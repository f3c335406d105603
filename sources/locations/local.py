"""The inbox: a folder of this machine.

Belongs here: listing, opening and moving on a local file system. Does not belong here: which file is meant (see
`sources.intake`).

It stands on `os` and not on fsspec's local files, which follow links without a word, round times to parts of a second,
and cannot claim a name that is free.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO

from schemas.errors import SourceRefused, TryLater
from sources import path_template
from sources.locations.base import Handle, Location, State, numbered


class LocalHandle(Handle):
    """A file that is opened once: where it is replaced meanwhile, it is read to its end in its old version.

    Raises:
        SourceRefused: the file is missing or no regular file, or may not be read.
        TryLater: the file system failed.
    """

    def __init__(self, path: Path) -> None:
        problem = ""
        try:
            self.file = open(path, "rb", buffering=0)  # noqa: SIM115  closed by close()
        except FileNotFoundError:
            problem = "gone"
        except IsADirectoryError:
            problem = "folder"
        except PermissionError:
            problem = "denied"
        except OSError:
            problem = "failed"
        if problem == "gone":
            raise SourceRefused("The file is not there any more.", "It may have been moved while it was looked for.")
        if problem == "folder":
            raise SourceRefused("The path is a folder, not a file.", "Correct the path in the source file.")
        if problem == "denied":
            raise SourceRefused("The file may not be read.", "Give the pipeline's user the right to read it.")
        if problem:
            raise TryLater("The file could not be opened.", "Check the folder it is in.")
        self._stamp = self._now()
        self.size = self._stamp[1]

    def _now(self) -> tuple[int, int, int]:
        state = os.fstat(self.file.fileno())
        return state.st_ino, state.st_size, state.st_mtime_ns

    def changed(self) -> bool:
        """Whether the file was written to since it was opened."""
        return self._now() != self._stamp

    def hold(self) -> None:
        """Nothing to do: the opened file has a descriptor."""


class Inbox(Location):
    """The inbox folder; nothing outside it is ever opened."""

    where = "in the inbox"

    def __init__(self, root: Path) -> None:
        self._root = root

    def check(self) -> None:
        """Make sure that the folder is there and can be listed."""
        self.names("")

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        listed: list[str] | None = None
        try:
            listed = os.listdir(self._root / folder)
        except OSError:
            listed = None
        if listed is None:
            raise TryLater("The inbox folder cannot be read.", "Check the setting, the mount and the rights.")
        return listed

    def look(self, path: str) -> State | None:
        """What lies at a path, with links followed."""
        found: os.stat_result | None = None
        try:
            found = (self._root / path).stat()
        except (FileNotFoundError, NotADirectoryError):
            found = None
        except OSError:
            return State("other", 0, "")
        if found is None:
            return None
        folder, file = stat.S_ISDIR(found.st_mode), stat.S_ISREG(found.st_mode)
        version = f"{found.st_size} {found.st_mtime_ns}"
        return State("folder" if folder else "file" if file else "other", found.st_size, version)

    def open(self, path: str, state: State) -> Handle:
        """Open a file."""
        return LocalHandle(self._root / path)

    def holds(self, path: str) -> bool:
        """Whether a path, with all links followed, stays inside the inbox."""
        return (self._root / path).resolve().is_relative_to(self._root.resolve())

    def delete(self, path: str) -> None:
        """Delete a file."""
        failed = False
        try:
            (self._root / path).unlink()
        except OSError:
            failed = True
        if failed:
            raise _not_removed()

    def move(self, path: str, folder: str) -> str:
        """Move a file into a folder of the inbox."""
        if path_template.fault(folder) or not self.holds(folder):
            raise SourceRefused(
                "The folder for files that were read lies outside the inbox.", "Write a folder below it, such as done."
            )
        target: Path | None = None
        try:
            target = _move(self._root / path, self._root / folder)
        except OSError:
            target = None
        if target is None:
            raise _not_removed()
        return target.relative_to(self._root).as_posix()

    def write(self, path: str, content: bytes) -> str:
        """Write a new file below the inbox, for its owner and nobody else."""
        folder, _, name = path.rpartition("/")
        if path_template.fault(path) or not self.holds(folder):
            raise SourceRefused(
                "The return folder lies outside the inbox.", "Write a folder below it, such as returned."
            )
        target: Path | None = None
        try:
            (self._root / folder).mkdir(parents=True, exist_ok=True)
            target = _claim(self._root / folder, name)
            _fill(target, lambda out: out.write(content))
        except OSError:
            if target is not None:
                target.unlink(missing_ok=True)
            target = None
        if target is None:
            raise TryLater("The return folder cannot be written to.", "Check its rights and the space on its disk.")
        return target.relative_to(self._root).as_posix()


def _not_removed() -> TryLater:
    return TryLater("A file that was read could not be removed from the inbox.", "Check the rights on its folder.")


def _move(origin: Path, into: Path) -> Path:
    into.mkdir(parents=True, exist_ok=True)
    target = _claim(into, origin.name)
    try:
        try:
            os.replace(origin, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_over(origin, target)
            origin.unlink()
    except BaseException:
        if origin.exists():
            target.unlink(missing_ok=True)
        raise
    return target


def _claim(folder: Path, name: str) -> Path:
    """A name that is free in the folder, claimed by an empty file, so that no other process takes it meanwhile."""
    number = 0
    while True:
        target = folder / numbered(name, number)
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            number += 1
            continue
        return target


def _copy_over(origin: Path, target: Path) -> None:
    """Copy to another device."""
    with open(origin, "rb") as source:
        _fill(target, lambda out: shutil.copyfileobj(source, out, 1 << 20))


def _fill(target: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Fill a claimed name; it is either empty or whole and on disk."""
    part = target.with_name(f".{target.name}.part")
    try:
        with open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
