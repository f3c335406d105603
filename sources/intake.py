"""The customer's file for a business date: finding it, and what becomes of it when it was read.

Belongs here: paths, wildcards, the one match, keeping, moving and deleting, wherever the file lies. Does not belong
here: the places themselves (see `sources.locations`), reading the file (see readers), and what a path template may say
(see path_template).

A file name may hold a person's name or identity code. What is shown of it is what the source file says itself, plus
dates where a wildcard stood.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from schemas import rules
from schemas.detectors import hetu
from schemas.errors import SourceRefused
from sources import path_template
from sources.locations.base import Handle, Location, State

if TYPE_CHECKING:
    from sources.config import Source

_WILD = re.compile(r"[*?]+")
_STAMP = re.compile(r"20\d\d[-_.]?\d\d[-_.]?\d\d(?:[T_-]?\d\d[-_.]?\d\d(?:[-_.]?\d\d)?)?")


class NotDelivered(SourceRefused):
    """No file of the business date is there: not yet, or not any more."""


@dataclass(frozen=True)
class Found:
    """The one file for a business date.

    Attributes:
        path: where it is, relative to its location.
        name_shown: the same with nothing of a person in it; for logs and reports.
        state: its size and version, when it was found.
    """

    path: str
    name_shown: str
    location: Location
    state: State

    def open(self) -> Handle:
        """Open it; see `sources.locations.base.Location` for what may be raised."""
        return self.location.open(self.path, self.state)


def find(source: Source, business_date: date, location: Location) -> Found:
    """The file of a source for a business date.

    Args:
        source: its ``read.path`` is the template.

    Raises:
        NotDelivered: none matches.
        SourceRefused: several match, the match is no regular file or lies outside the location, or its name holds
            a personal identity code. The text names the pattern, never a file.
        TryLater: the location cannot be read at the moment.
    """
    pattern = path_template.expand(source.read.path, business_date)  # type: ignore[union-attr]  # an API has no file
    matches = _matches(location, pattern)
    if not matches:
        raise NotDelivered(
            f"No file {location.where} matches {pattern}.",
            "Check that it was delivered, and its name in the source file.",
        )
    if len(matches) > 1:
        raise SourceRefused(
            f"{len(matches)} files {location.where} match {pattern}; exactly one is expected.",
            "Remove the others, or put {date} into the name in the source file.",
        )
    [(path, state)] = matches.items()
    if hetu.any_in(path):
        rule = rules.get("hetu.file_name")
        raise SourceRefused(f"{rule.en} (the one that matches {pattern})", rule.mend_en)
    if not location.holds(path):
        raise SourceRefused(
            f"What matches {pattern} leads out of the inbox folder.", "Put the file itself there, not a link to it."
        )
    if state.kind != "file":
        raise SourceRefused(f"What matches {pattern} is no regular file.", "Correct the path in the source file.")
    return Found(path, _shown(path, pattern), location, state)


def dispose(found: Found, source: Source) -> str | None:
    """After a complete read: keep, delete or move the file, as its source says.

    Returns:
        Its path now, relative to its location, or None where it was deleted.

    Raises:
        SourceRefused: the file is not the one that was found any more, or the location does not let us; nothing was
            touched.
        TryLater: the location failed; the file is still where it was.
    """
    action = source.after_read
    if action == "keep":
        return found.path
    location = found.location
    try:
        if location.look(found.path) != found.state:
            raise SourceRefused(
                f"{found.name_shown} was replaced or changed after it was found, and was left as it is.",
                "It is read on the next run.",
            )
        if action != "delete":
            return location.move(found.path, action.move)
        location.delete(found.path)
        return None
    finally:
        location.close()


def _matches(location: Location, pattern: str) -> dict[str, State]:
    """Everything that a pattern names, hidden files left out where a wildcard stands for them.

    Folders are listed only where it must be: on a server they may hold years of files, or may not be listed by us.
    """
    location.check()
    places = [""]
    for part in pattern.split("/"):
        if part in ("", "."):
            continue
        test = _test(part) if location.lists else None
        if test is None:
            places = [_below(place, unicodedata.normalize("NFC", part)) for place in places]
            continue
        folders = [place for place in places if not place or _is_folder(location.look(place))]
        places = [_below(place, name) for place in folders for name in location.names(place) if test(name)]
    looked_at = {place: location.look(place) for place in sorted(places) if place}
    return {place: state for place, state in looked_at.items() if state is not None}


def _is_folder(state: State | None) -> bool:
    return state is not None and state.kind == "folder"


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _test(part: str) -> Callable[[str], bool] | None:
    """Which names a part of a pattern means; None where only the part itself is meant."""
    # The same letter ä is one code point or two, depending on the system that wrote the name.
    want = unicodedata.normalize("NFC", part)
    wild = _WILD.search(want) is not None
    if want.isascii() and not wild:
        return None
    pattern = re.compile(fnmatch.translate(want.replace("[", "[[]")) if wild else re.escape(want) + r"\Z")

    def matches(name: str) -> bool:
        return bool(pattern.match(unicodedata.normalize("NFC", name))) and not (wild and name.startswith("."))

    return matches


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
