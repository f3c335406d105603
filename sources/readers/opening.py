"""A source's register, opened by the reader that its description names.

Belongs here: which reader, and finding its file. Does not belong here: how any of them reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sources import intake
from sources.config import Source
from sources.readers.base import Register
from sources.readers.csv_file import open_csv
from sources.readers.csv_settings import CsvRead
from sources.readers.excel_file import open_excel


@dataclass(frozen=True)
class Opened:
    """An opened register.

    Attributes:
        found: its file, or None where it has none.
        name_shown: what it is called in logs and reports, with nothing of a person in it.
    """

    reader: Register
    found: intake.Found | None
    name_shown: str


@contextmanager
def opened(source: Source, business_date: date, inbox: Path) -> Iterator[Opened]:
    """The register of a source for a business date, closed in the end.

    Args:
        inbox: the folder below which the files lie.

    Raises:
        NotDelivered: its file is not in the inbox.
        SourceRefused: it cannot be read as declared.
        TryLater: the file system failed.
    """
    found = intake.find(source, business_date, inbox)
    columns = {"wanted": source.wanted_columns, "required": source.required_columns}
    reader: Register
    if isinstance(source.read, CsvRead):
        reader = open_csv(found.path, source.read, **columns)
    else:
        reader = open_excel(found.path, source.read, **columns)
    with closing(reader):
        yield Opened(reader, found, found.name_shown)
