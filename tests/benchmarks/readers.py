"""``make bench-readers``: reading a workbook and an API, against reading them with nothing around it.

Belongs here: the two comparisons. Does not belong here: the sync (`run`).

A workbook is compared with python-calamine alone, an API on this machine with a bare loop of httpx over the same pages.
What of the row is measured: to the last chunk of text, without a database.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import httpx
import openpyxl
import persons
import pyarrow as pa
import pyarrow.csv as pacsv
import python_calamine
from asked import asked

from sources.readers.api.reader import open_api
from sources.readers.api.settings import ApiRead
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead

_PAGE = 1000


def main() -> None:
    """Runs both comparisons as the command line says."""
    options = asked(__doc__, rows=100_000, folder=True)
    options.folder.mkdir(exist_ok=True)
    table = _table(persons.make(options.folder, options.rows).first)
    workbook = _workbook(table, options.folder / f"persons-{options.rows}.xlsx")
    lines = ["| work | alone | ours | ours / alone | goal |", "|---|---|---|---|---|"]
    ways = {"alone": lambda: _calamine(workbook), "ours": lambda: _our_workbook(workbook)}
    lines.append(_row(f"{options.rows:,}-row workbook, read", ways, options.repeat, options.rows, 1.5))
    with multiprocessing.Manager() as manager:
        port = manager.Queue()
        server = multiprocessing.Process(target=_serve, args=(table, port), daemon=True)
        server.start()
        home = f"http://127.0.0.1:{port.get()}"
        ways = {"alone": lambda: _httpx(home), "ours": lambda: _our_api(home)}
        lines.append(_row(f"API, {options.rows:,} records", ways, options.repeat, options.rows, 1.3))
        server.kill()
        server.join()
    print("\n".join(lines))
    (options.folder / f"readers-{options.rows}.md").write_text("\n".join(lines) + "\n")


def _row(work: str, ways: dict[str, Callable[[], int]], repetitions: int, rows: int, goal: float) -> str:
    """A line of the table; each ratio is the median of those within one repetition."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repetitions):
        for name, way in ways.items():
            started = time.perf_counter()
            found = way()
            seconds[name].append(time.perf_counter() - started)
            if found != rows:
                raise SystemExit(f"{work}, {name}: {found} rows")
    ratio = median(mine / alone for mine, alone in zip(seconds["ours"], seconds["alone"], strict=True))
    alone, ours = median(seconds["alone"]), median(seconds["ours"])
    return f"| {work} | {alone:.2f} s | {ours:.2f} s | {ratio:.2f} | ≤ {goal} |"


def _table(path: Path) -> pa.Table:
    types = pacsv.ConvertOptions(column_types={name: pa.string() for name in persons.COLUMNS})
    return pacsv.read_csv(path, parse_options=pacsv.ParseOptions(delimiter=";"), convert_options=types)


def _workbook(table: pa.Table, path: Path) -> Path:
    if not path.exists():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Henkilöt")
        sheet.append(table.column_names)
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            sheet.append(row)
        book.save(path)
    return path


def _calamine(path: Path) -> int:
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    return len(rows) - 1


def _our_workbook(path: Path) -> int:
    columns = list(persons.COLUMNS)
    register = open_excel(path, ExcelRead(path=path.name), wanted=columns, required=columns[:2])
    try:
        return sum(len(chunk.row_numbers) for chunk in register.chunks())
    finally:
        register.close()


def _httpx(home: str) -> int:
    found, address = 0, f"{home}/0"
    with httpx.Client() as client:
        while address:
            document = client.get(address).json()
            found += len(document["value"])
            address = document["next"]
    return found


def _our_api(home: str) -> int:
    read = ApiRead.model_validate(
        {"type": "api", "url": f"{home}/0", "records": "value", "pages": {"type": "next_url", "next": "next"}}
    )
    columns = list(persons.COLUMNS)
    register = open_api(read, wanted=columns, required=columns[:1], business_date=date(2026, 11, 20))
    try:
        return sum(len(chunk.row_numbers) for chunk in register.chunks())
    finally:
        register.close()


def _serve(table: pa.Table, port: multiprocessing.Queue[int]) -> None:
    """Serves the rows in pages made beforehand."""
    bodies: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Pages", (_Pages,), {"bodies": bodies}))
    home = f"http://127.0.0.1:{server.server_port}"
    for at in range(0, table.num_rows, _PAGE):
        following = f"{home}/{at + _PAGE}" if at + _PAGE < table.num_rows else None
        document = {"value": table.slice(at, _PAGE).to_pylist(), "next": following}
        bodies[f"/{at}"] = json.dumps(document, ensure_ascii=False).encode()
    port.put(server.server_port)
    server.serve_forever()


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bodies: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.bodies[self.path]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


if __name__ == "__main__":
    main()
