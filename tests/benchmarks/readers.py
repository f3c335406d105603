"""The readers of workbooks and APIs against the bare libraries beneath them.

Belongs here: the workbook and the server, the order of the steps, the table. Does not belong here: reading (`reading`).

Ours is read up to its chunks: Arrow columns of text with row numbers, the header found, errors told, doubts judged. The
libraries give Python's own values and nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import openpyxl
import persons
import pyarrow.csv as pacsv
from run import Figures, Measured
from worker import Worker

_HERE = Path(__file__).parent
ROWS = int(os.environ.get("MDO_BENCH_RECORDS", "100000"))
PAGE = int(os.environ.get("MDO_BENCH_PAGE", "1000"))
#: Ours -> the library beneath it, and the most that ours may take of it.
GOALS = {"workbook": ("calamine", 1.5), "api": ("httpx", 1.3)}


def main() -> None:
    """Runs the bench as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="files and results go here")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    file = persons.make(options.folder, ROWS).first
    workbook = _workbook(file)
    measured: Measured = defaultdict(Figures)
    with _server(file) as url:
        ways = ["calamine", "workbook", "httpx", "api"]
        workers = {way: Worker(sys.executable, _HERE / "reading.py") for way in ways}
        for repetition in range(-1, options.repeat):  # the first one warms the processes
            for way in ways if repetition % 2 else reversed(ways):
                answer = workers[way].do(step=way, file=str(workbook), url=url)
                if answer["rows"] != ROWS:
                    raise SystemExit(f"{way}: {answer}")
                if repetition >= 0:
                    measured[way, "read"].note(answer, way)
        for worker in workers.values():
            worker.close()
    print(_report(measured, options.repeat))
    found = {way: vars(figures) for (way, _), figures in measured.items()}
    (options.folder / f"readers-{ROWS}.json").write_text(json.dumps(found, indent=1) + "\n")


def _workbook(file: Path) -> Path:
    """The same rows as a workbook, in which days are days; half a minute, once."""
    path = file.with_suffix(".xlsx")
    if not path.exists():
        table = pacsv.read_csv(file, parse_options=pacsv.ParseOptions(delimiter=";"))
        days = {"Alkoi", "Päättyi"}
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Henkilöt")
        sheet.append(list(persons.COLUMNS))
        columns = [
            [datetime.strptime(text, "%d.%m.%Y") if text else None for text in table.column(name).to_pylist()]
            if name in days
            else [None if value is None else str(value) for value in table.column(name).to_pylist()]
            for name in persons.COLUMNS
        ]
        for row in zip(*columns, strict=True):
            sheet.append(row)
        unfinished = path.with_suffix(".new.xlsx")
        book.save(unfinished)
        unfinished.rename(path)
    return path


@contextmanager
def _server(file: Path) -> Iterator[str]:
    command = [sys.executable, str(_HERE / "api.py"), str(file), str(PAGE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _report(measured: Measured, repetitions: int) -> str:
    lines = [
        f"{ROWS:,} rows × {len(persons.COLUMNS)} columns, pages of {PAGE:,}; {repetitions} repetitions, medians",
        "",
        "| work | bare library | ours | ratio | goal |",
        "|---|---|---|---|---|",
    ]
    for ours, (bare, goal) in GOALS.items():
        mine, other = measured[ours, "read"], measured[bare, "read"]
        lines.append(f"| {ours} | {bare} {other.shown()} | {mine.shown()} | {mine.over(other)} | ≤ {goal} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
