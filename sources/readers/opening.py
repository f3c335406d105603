"""Opening a source's register for a business date, whatever it is kept in.

Belongs here: choosing the reader by the type of ``read:``, and letting go of it. Does not belong here: reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sources import intake
from sources.config import ActiveEnds, ChangesSnapshot, Source
from sources.readers.api.reader import ApiRegister, open_api
from sources.readers.api.settings import ApiRead
from sources.readers.base import Register
from sources.readers.csv_file import open_csv


@dataclass(frozen=True)
class Opened:
    """An opened register.

    Attributes:
        found: its file, or None where it is no file.
        name_shown: what to call it in logs and reports; nothing of a person is in it.
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
    if isinstance(source.read, ApiRead):
        with closing(_api(source, source.read, business_date)) as reader:
            yield Opened(reader, None, source.read.url)
        return
    found = intake.find(source, business_date, inbox)
    with closing(
        open_csv(found.path, source.read, wanted=source.wanted_columns, required=source.required_columns)
    ) as file:
        yield Opened(file, found, found.name_shown)


def _api(source: Source, read: ApiRead, business_date: date) -> ApiRegister:
    """The register behind an API; nothing is asked yet.

    An API leaves out what is null, and gives no more than a key of what was deleted.

    So of a window of changes every record need have its key and nothing else, and an end date or the mark of a
    deletion may be in no record at all.
    """
    changes = isinstance(source.snapshot, ChangesSnapshot)
    seldom = {source.active.ends} if isinstance(source.active, ActiveEnds) else set()
    required = [name for name in source.required_columns if name in source.key or not (changes or name in seldom)]
    whole = isinstance(source.snapshot, ChangesSnapshot) and source.snapshot.is_full_on(
        business_date, source.valid.first
    )
    return open_api(
        read, wanted=source.wanted_columns, required=required, business_date=business_date, everything=whole
    )
