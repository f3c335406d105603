"""What every place of files can do.

Belongs here: the few things that intake and readers ask of a place. Does not belong here: any one place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import IO, Literal


@dataclass(frozen=True)
class State:
    """What lies at a path.

    Attributes:
        size: bytes of a file.
        version: a text that another version of the file does not have.
    """

    kind: Literal["file", "folder", "other"]
    size: int
    version: str


class Handle(ABC):
    """One opened file, which can be read through several times.

    Attributes:
        file: its bytes; reading from it raises OSError on a local disk, and refusals elsewhere.
        size: bytes of it, when it was opened.
    """

    file: IO[bytes]
    size: int

    @abstractmethod
    def changed(self) -> bool:
        """Whether the file was written to or replaced since it was opened, so that what was read may be of both."""

    @abstractmethod
    def hold(self) -> None:
        """Make sure that ``file`` has a descriptor that another process can read from.

        Raises:
            SourceRefused: the file is too large to be held in memory.
            TryLater: it could not be read to its end.
        """

    def close(self) -> None:
        """Close the file; may be called more than once."""
        self.file.close()


class Location(ABC):
    """One place of files. Paths are relative to it, with / between folders; "" is the place itself.

    Every method may raise SourceRefused (it does not let us), TryLater (it may at another time) or
    ConfigurationRefused (a secret is not set). A connection is made when it is needed first, also after ``close``.

    Attributes:
        where: how it is called after "No file": "in the inbox".
        lists: whether its folders can be listed; if not, only whole names lead to a file.
    """

    where: str
    lists = True

    @abstractmethod
    def check(self) -> None:
        """Connect, and make sure that we may be there."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """The names in a folder."""

    @abstractmethod
    def look(self, path: str) -> State | None:
        """What lies at a path, or None; nothing of it is read."""

    @abstractmethod
    def open(self, path: str, state: State) -> Handle:
        """Open the file that was looked at."""

    @abstractmethod
    def delete(self, path: str) -> None:
        """Delete a file."""

    @abstractmethod
    def move(self, path: str, folder: str) -> str:
        """Move a file into a folder, which is made where it is missing; its new path. A name taken gets a number."""

    @abstractmethod
    def write(self, path: str, content: bytes) -> str:
        """Write a new file, whole or not at all; its path. Folders are made, and a name taken gets a number."""

    def holds(self, path: str) -> bool:
        """Whether a path, with all links followed, stays inside the place."""
        return True

    def close(self) -> None:  # noqa: B027  a folder has nothing to end
        """End the connection, if there is one; may be called more than once."""


def numbered(name: str, number: int) -> str:
    """The name that is tried next where one is taken: ``h.csv.gz``, ``h-1.csv.gz``, ``h-2.csv.gz``."""
    stem, dot, ending = name.partition(".")
    return name if number == 0 else f"{stem}-{number}{dot}{ending}"
