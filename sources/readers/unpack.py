"""One file as a stream of plain bytes, whether it came plain, as .gz or alone in a .zip.

Belongs here: unpacking, limits against packed bombs, and noticing that the file changed. Does not belong here: where
the file lies (see `sources.locations`), and what the bytes mean.

How a file is packed is told from its first bytes, not from its name. Checksums are verified by reading to the end,
which the survey does before anything is used.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from schemas.detectors import hetu
from schemas.errors import SourceRefused, TryLater
from sources.locations.base import Handle
from sources.locations.local import LocalHandle

#: Unpacked bytes that no register reaches.
MAX_UNPACKED = 10 * 2**30
#: From here on, more than MAX_RATIO unpacked bytes for each packed one is taken for a bomb. CSV packs 5 to 50 times.
RATIO_FROM = 100 * 2**20
MAX_RATIO = 200

_WORKBOOK = "The file is an Excel workbook, not a text file."
_WORKBOOK_REMEDY = "Declare type: excel for it, or have it exported as CSV."
_DAMAGED = "The packed file is damaged or was cut off: its checksum or its end does not fit."
_AGAIN = "Ask for the file again."


class Openable(Protocol):
    """A file of some location, such as `sources.intake.Found`."""

    @property
    def path(self) -> str:
        """Its name, with the folders before it."""
        ...

    def open(self) -> Handle:
        """Open it."""
        ...


class OpenedFile:
    """One file that can be read through several times and knows whether it stayed the same.

    Args:
        place: a file of this machine, or of any location.
        hold: whether another process is to read it.

    Raises:
        SourceRefused: the file is missing, no regular file, or empty.
        TryLater: the file system failed.
    """

    def __init__(self, place: Path | Openable, *, hold: bool = False) -> None:
        self._handle = LocalHandle(place) if isinstance(place, Path) else place.open()
        self.suffix = PurePosixPath(place if isinstance(place, Path) else place.path).suffix.lower()
        try:
            if self.size == 0:
                raise SourceRefused("The file is empty (0 bytes).", "Ask the customer for the export of that day.")
            if hold:
                self._handle.hold()
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """Bytes of the file as it lies there, packed or not."""
        return self._handle.size

    @property
    def file(self) -> IO[bytes]:
        """The opened file itself."""
        return self._handle.file

    def changed(self) -> bool:
        """Whether the file was written to since it was opened."""
        return self._handle.changed()

    def close(self) -> None:
        """Close the file."""
        self._handle.close()


class PackedFile(OpenedFile):
    """A file that may have come packed.

    Raises:
        SourceRefused: as ``OpenedFile``; or it is a workbook, or packed in a way that is not taken.
    """

    def __init__(self, place: Path | Openable) -> None:
        super().__init__(place)
        try:
            self.packing = self._tell_packing()
        except BaseException:
            self.close()
            raise

    def _tell_packing(self) -> str:
        self.file.seek(0)
        start = self.file.read(8) or b""
        if start.startswith(b"\x1f\x8b"):
            return "gz"
        if start.startswith(b"PK\x03\x04"):
            return "zip"
        if start.startswith(b"PK\x05\x06"):
            raise SourceRefused("The .zip file holds no file.", _AGAIN)
        if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            raise SourceRefused(_WORKBOOK, _WORKBOOK_REMEDY)
        if start.startswith(b"%PDF-"):
            raise SourceRefused("The file is a PDF, not a text file.", "Have the register exported as CSV.")
        return ""

    def stream(self) -> Stream:
        """The unpacked bytes from the beginning. Only the latest stream of a file may be used."""
        self.file.seek(0)
        if self.packing == "gz":
            return Stream(gzip.GzipFile(fileobj=self.file, mode="rb"), self.size)
        if self.packing == "zip":
            return Stream(_only_member(self.file), self.size)
        return Stream(self.file, 0)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class Stream:
    """Unpacked bytes; every failure of the unpacking library comes out as a value-free refusal."""

    def __init__(self, inner: _Readable, packed_size: int) -> None:
        self._inner = inner
        self._packed_size = packed_size
        self.position = 0

    def read(self, count: int) -> bytes:
        """Up to ``count`` bytes; b"" only at the end.

        Raises:
            SourceRefused: damaged, cut off, or far larger than it ought to be.
            TryLater: the file system failed.
        """
        damaged = failed = False
        data = b""
        try:
            data = self._inner.read(count) or b""
        except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError):
            damaged = True
        except OSError:
            failed = True
        if damaged:
            raise SourceRefused(_DAMAGED, _AGAIN)
        if failed:
            raise TryLater("The file could not be read to its end.", "Check the disk or the network share it is on.")
        self.position += len(data)
        if self._packed_size and (
            self.position > MAX_UNPACKED
            or (self.position > RATIO_FROM and self.position > MAX_RATIO * self._packed_size)
        ):
            raise SourceRefused(
                f"The packed file holds more than {self.position // 2**20} MB, which no register does at its size.",
                "If it is right, have it delivered unpacked.",
            )
        return data


def _only_member(file: IO[bytes]) -> IO[bytes]:
    """The one file in a .zip; what macOS adds beside it does not count."""
    damaged = False
    members: list[zipfile.ZipInfo] = []
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        damaged = True
    if damaged:
        raise SourceRefused(_DAMAGED, _AGAIN)
    if any(m.filename == "[Content_Types].xml" for m in members):
        raise SourceRefused(_WORKBOOK, _WORKBOOK_REMEDY)
    files = [m for m in members if not m.is_dir() and not _added_by_system(m.filename)]
    if len(files) != 1:
        raise SourceRefused(f"The .zip file holds {len(files)} files.", "Have exactly one file packed into it.")
    member = files[0]
    if hetu.any_in(member.filename):
        raise SourceRefused(
            "The name of the file inside the .zip holds a personal identity code.", "Have the file named otherwise."
        )
    if member.flag_bits & 0x1:
        raise SourceRefused("The .zip file is locked with a password.", "Have it packed without one.")
    if member.file_size == 0:
        raise SourceRefused("The file inside the .zip is empty (0 bytes).", _AGAIN)
    opened: IO[bytes] | None = None
    try:
        opened = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        opened = None
    if opened is None:
        raise SourceRefused(_DAMAGED, "Have it packed in the ordinary way (deflate), and ask for it again.")
    return opened


def _added_by_system(name: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or base.startswith("._") or base in (".DS_Store", "Thumbs.db", "desktop.ini")
