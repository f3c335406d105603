"""Files that have come: what lies where a source's file of a date is expected.

Belongs here: looking, without reading, and the digest of a file that has settled. Does not belong here: when to look
and what is begun then (`pipelines.sensors`).
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.errors import Refusal
from sources import intake
from sources.config import InboxLocation, Source
from sources.locations import opening as locations
from sources.readers.api.settings import ApiRead


@dataclass(frozen=True)
class Arrival:
    """A file as it lies there.

    Attributes:
        size: bytes.
        version: its location's own mark of a version, as batches keep it.
    """

    size: int
    version: str


def is_watched(source: Source) -> bool:
    """Whether its files come into the inbox. Other machines are asked at night, and not every minute."""
    return isinstance(source.location, InboxLocation) and not isinstance(source.read, ApiRead)


def look(source: Source, business_date: date, inbox: Path) -> Arrival | None:
    """What lies there for a date; None where nothing does, or what lies there could not be read anyhow."""
    with closing(locations.at(source.location, inbox)) as location:
        try:
            found = intake.find(source, business_date, location)
        except Refusal:
            return None
    return Arrival(found.state.size, found.state.version)


def digest(source: Source, business_date: date, inbox: Path) -> str | None:
    """SHA-256 of the file's bytes in hexadecimal; None where it is gone or changes meanwhile."""
    with closing(locations.at(source.location, inbox)) as location:
        try:
            with closing(intake.find(source, business_date, location).open()) as handle:
                whole = hashlib.file_digest(handle.file, "sha256")  # type: ignore[arg-type]  # it is a file of bytes
                return None if handle.changed() else whole.hexdigest()
        except (Refusal, OSError):
            return None
