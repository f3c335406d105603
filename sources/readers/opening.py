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
from sources.config import ActiveEnds, ChangesSnapshot, Source
from sources.locations import opening as locations
from sources.readers.api.reader import ApiRegister, open_api
from sources.readers.api.settings import ApiRead
from sources.readers.base import Register
from sources.readers.csv_file import open_csv
from sources.readers.csv_settings import CsvRead
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead


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
        inbox: the folder below which the files lie that are not on another machine.

    Raises:
        NotDelivered: its file is not there.
        SourceRefused: it cannot be read as declared.
        TryLater: the file system or the server failed.
    """
    if isinstance(source.read, ApiRead):
        with closing(_api(source, source.read, business_date)) as api:
            yield Opened(api, None, source.read.url)
        return
    with closing(locations.at(source.location, inbox)) as location:
        found = intake.find(source, business_date, location)
        with closing(_file(source, found)) as reader:
            yield Opened(reader, found, found.name_shown)


def _file(source: Source, found: intake.Found) -> Register:
    wanted, required = source.wanted_columns, source.required_columns
    if isinstance(source.read, CsvRead):
        return open_csv(found, source.read, wanted=wanted, required=required)
    assert isinstance(source.read, ExcelRead)
    return open_excel(found, source.read, wanted=wanted, required=required)


def _api(source: Source, read: ApiRead, business_date: date) -> ApiRegister:
    """The register behind an API; nothing is asked yet.

    An API leaves out what is null, and gives no more than a key of what was deleted. So of a window of changes every
    record need have its key and nothing else, and an end date or the mark of a deletion may be in no record at all.
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
