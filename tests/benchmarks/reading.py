"""Reading a workbook and an API as a worker: our readers up to their chunks, and the bare libraries beneath them.

Belongs here: what is read, each way. Does not belong here: what is measured.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import persons
import python_calamine
from worker import serve

from sources.readers.api.reader import open_api
from sources.readers.api.settings import ApiRead
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead

_COLUMNS = list(persons.COLUMNS)


def _calamine(order: dict[str, Any]) -> int:
    """The library alone: the sheet as a list of lists."""
    book = python_calamine.CalamineWorkbook.from_path(order["file"])
    return len(book.get_sheet_by_index(0).to_python()) - 1


def _workbook(order: dict[str, Any]) -> int:
    read = ExcelRead.model_validate({"type": "excel", "path": "a.xlsx"})
    with closing(open_excel(Path(order["file"]), read, wanted=_COLUMNS, required=_COLUMNS[:1])) as register:
        return sum(len(chunk.row_numbers) for chunk in register.chunks())


def _httpx(order: dict[str, Any]) -> int:
    """The bare loop: ask, parse, go to the next page."""
    records: list[Any] = []
    url = order["url"]
    with httpx.Client() as client:
        while url:
            document = client.get(url).json()
            records += document["people"]
            url = document["next"]
    return len(records)


def _api(order: dict[str, Any]) -> int:
    settings = {"type": "api", "url": order["url"], "records": "people", "pages": {"type": "next_url", "next": "next"}}
    read = ApiRead.model_validate(settings)
    api = open_api(read, wanted=_COLUMNS, required=_COLUMNS[:1], business_date=date(2026, 11, 20))
    with closing(api) as register:
        return sum(len(chunk.row_numbers) for chunk in register.chunks())


_WAYS = {"calamine": _calamine, "workbook": _workbook, "httpx": _httpx, "api": _api}

if __name__ == "__main__":
    serve(lambda order: {"rows": _WAYS[order["step"]](order)})
