"""The customer's file in the inbox: finding the one for a business date, and what becomes of it when it was read.

Belongs here: paths, wildcards, the one match, moving and deleting. Does not belong here: opening or reading the file
(see readers), and what a path template may say (see path_template).

A file name may hold a person's name or identity code. What is shown of it is what the source file says itself, plus
dates where a wildcard stood.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
import shutil
import stat
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from schemas import rules
from schemas.detectors import hetu
from schemas.errors import SourceRefused, TryLater
from sources import path_template

if TYPE_CHECKING:
    from sources.config import Source

_WILD = re.compile(r"[*?]+")
_STAMP = re.compile(r"20\d\d[-_.]?\d\d[-_.]?\d\d(?:[T_-]?\d\d[-_.]?\d\d(?:[-_.]?\d\d)?)?")


class NotDelivered(SourceRefused):
    """No file of the business date is in the inbox: not yet, or not any more."""


@dataclass(frozen=True)
class Found:
    """The one file for a business date.

    Attributes:
        path: where it is.
        name_shown: its name relative to the inbox, with nothing of a person in it; for logs and reports.
        root: the inbox folder.
        size: in bytes, when it was found.
        modified_ns: its modification time, in nanoseconds, when it was found.
    """

    path: Path
    name_shown: str
    root: Path
    size: int
    modified_ns: int


def find(source: Source, business_date: date, root: Path) -> Found:
    """The file of a source for a business date.

    Args:
        source: its ``read.path`` is the template.
        root: the inbox folder; nothing outside it is ever opened.

    Raises:
        NotDelivered: none matches.
        SourceRefused: several match, the match is no regular file or lies outside the inbox, or its name holds
            a personal identity code. The text names the pattern, never a file.
        TryLater: the inbox folder cannot be read.
    """
    pattern = path_template.expand(source.read.path, business_date)
    matches = _matches(root, pattern)
    if not matches:
        raise NotDelivered(
            f"No file in the inbox matches {pattern}.", "Check that it was delivered, and its name in the source file."
        )
    if len(matches) > 1:
        raise SourceRefused(
            f"{len(matches)} files in the inbox match {pattern}; exactly one is expected.",
            "Remove the others, or put {date} into the name in the source file.",
        )
    [path] = matches
    relative = path.relative_to(root).as_posix()
    if hetu.any_in(relative):
        rule = rules.get("hetu.file_name")
        raise SourceRefused(f"{rule.en} (the one that matches {pattern})", rule.mend_en)
    _must_lie_inside(path, root, pattern)
    state = _state(path)
    if state is None or not stat.S_ISREG(state.st_mode):
        raise SourceRefused(f"What matches {pattern} is no regular file.", "Correct the path in the source file.")
    return Found(path, _shown(relative, pattern), root, state.st_size, state.st_mtime_ns)


def dispose(found: Found, source: Source) -> Path | None:
    """After a complete read: keep, delete or move the file, as its source says.

    Returns:
        Where it is now, or None where it was deleted.

    Raises:
        SourceRefused: the file is not the one that was found any more, or the folder to move to is outside the inbox;
            nothing was touched.
        TryLater: the file system failed; the file is still where it was.
    """
    action = source.after_read
    if action == "keep":
        return found.path
    state = _state(found.path)
    if state is None or (state.st_size, state.st_mtime_ns) != (found.size, found.modified_ns):
        raise SourceRefused(
            f"{found.name_shown} was replaced or changed after it was found, and was left as it is.",
            "It is read on the next run.",
        )
    failed = False
    target: Path | None = None
    try:
        if action == "delete":
            found.path.unlink()
        else:
            target = _move(found, action.move)
    except OSError:
        failed = True
    if failed:
        raise TryLater(f"{found.name_shown} could not be removed from the inbox.", "Check the rights on its folder.")
    return target


def _matches(root: Path, pattern: str) -> list[Path]:
    """Every path below the root that a pattern names, hidden files left out where a wildcard stands for them."""
    places = [root]
    failed = False
    try:
        for part in pattern.split("/"):
            if part not in ("", "."):
                places = [child for place in places for child in _children(place, part)]
    except OSError:
        failed = True
    if failed or not root.is_dir():
        raise TryLater("The inbox folder cannot be read.", "Check the setting, the mount and the rights.")
    return sorted(places) if places != [root] else []


def _children(folder: Path, part: str) -> list[Path]:
    if not folder.is_dir():
        return []
    # The same letter ä is one code point or two, depending on the system that wrote the name.
    want = unicodedata.normalize("NFC", part)
    wild = _WILD.search(want) is not None
    test = re.compile(fnmatch.translate(want.replace("[", "[[]")) if wild else re.escape(want) + r"\Z")
    return [
        Path(entry.path)
        for entry in os.scandir(folder)
        if test.match(unicodedata.normalize("NFC", entry.name)) and not (wild and entry.name.startswith("."))
    ]


def _must_lie_inside(path: Path, root: Path, pattern: str) -> None:
    if not path.resolve().is_relative_to(root.resolve()):
        raise SourceRefused(
            f"What matches {pattern} leads out of the inbox folder.", "Put the file itself there, not a link to it."
        )


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _shown(relative: str, pattern: str) -> str:
    """The name with each wildcard's part shown only where it is a date, with or without a time."""
    if not _WILD.search(pattern):
        return pattern
    pieces = [re.escape(piece) for piece in _WILD.split(unicodedata.normalize("NFC", pattern))]
    match = re.fullmatch("([^/]*)".join(pieces), unicodedata.normalize("NFC", relative))
    if match is None:
        return pattern
    wild = iter(match.groups())

    def shown(sign: re.Match[str]) -> str:
        text = next(wild)
        stem = text.strip("-_.")
        return text if not stem or _STAMP.fullmatch(stem) else sign.group()

    return _WILD.sub(shown, pattern)


def _move(found: Found, folder: str) -> Path:
    """Into a folder of the inbox, created where missing; a name that is taken gets a number."""
    into = found.root / folder
    if path_template.fault(folder) or not into.resolve().is_relative_to(found.root.resolve()):
        raise SourceRefused(
            "The folder for files that were read lies outside the inbox.", "Write a folder below it, such as done."
        )
    into.mkdir(parents=True, exist_ok=True)
    target = _claim(into, found.path.name)
    try:
        try:
            os.replace(found.path, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy_over(found.path, target)
            found.path.unlink()
    except BaseException:
        if found.path.exists():
            target.unlink(missing_ok=True)
        raise
    return target


def _claim(folder: Path, name: str) -> Path:
    """A name that is free in the folder, claimed by an empty file, so that no other process takes it meanwhile."""
    stem, dot, ending = name.partition(".")
    number = 0
    while True:
        target = folder / (name if number == 0 else f"{stem}-{number}{dot}{ending}")
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            number += 1
            continue
        return target


def _copy_over(origin: Path, target: Path) -> None:
    """Copy to another device; the target is either empty or whole and on disk."""
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            open(origin, "rb") as source,
            open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out,
        ):
            shutil.copyfileobj(source, out, 1 << 20)
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
