"""``make bench-detectors``: what the detectors cost a first load and a night, and the same cells by Presidio.

Belongs here: the order of the steps and the two tables. Does not belong here: the loading (`ours`), or Presidio
(`peer_presidio`).

Each repetition syncs two nights with all detectors and without any, turn about. Beside the two sums stands the
processor time of the search alone, over the very columns that were read, which a busy machine disturbs less. Presidio
takes the first cells of the same file, one core each.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import persons
import pyarrow as pa
import pyarrow.csv as pacsv
from run import Figures, Measured, timed
from server import Server, running
from worker import Worker

from schemas.detectors import search

_HERE = Path(__file__).parent
_NIGHTS = {"first load": "2026-11-20", "next night": "2026-11-21"}
GOALS = {"first load": 0.25, "next night": 0.05}
PEER_GOAL = 100
#: Rows whose cells Presidio is shown.
PEER_ROWS = 10_000


def main() -> None:
    """Runs the bench as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer", help="the Python of the peer's environment; without it, ours alone")
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="files and results go here")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    nights = persons.make(options.folder, options.rows)
    warm = persons.make(options.folder, 1000)
    measured: Measured = defaultdict(Figures)
    with running() as server:
        for repetition in range(options.repeat):
            ways = ["on", "off"] if repetition % 2 else ["off", "on"]
            for way in ways:
                _sync(server, warm, nights, measured, way)
    table = _read(nights.first)
    seconds = min(_seconds(table) for _ in range(5))
    text = _report(measured, options.rows, options.repeat, seconds)
    if options.peer:
        text += "\n\n" + _against_peer(table, options.peer)
    print(text)
    (options.folder / f"detectors-{options.rows}.md").write_text(text + "\n")


def _sync(server: Server, warm: persons.Nights, nights: persons.Nights, measured: Measured, way: str) -> None:
    worker = Worker(_HERE.parents[1] / ".venv" / "bin" / "python", _HERE / "ours.py")
    with tempfile.TemporaryDirectory(prefix="mdo-bench-inbox-") as folder:
        for files, name in ((warm, "bench_warm"), (nights, "bench_ours")):
            with server.database(name, migrated=True) as url:
                worker.do(step="prepare", url=url, inbox=folder, detectors=way)
                for step, day in _NIGHTS.items():
                    file = files.first if step == "first load" else files.second
                    shutil.copyfile(file, Path(folder) / f"{day}.csv")
                    answer = timed(server, worker, name, step="sync", url=url, inbox=folder, date=day)
                    if answer["status"] != "applied":
                        raise SystemExit(f"{step}: {answer}")
                    if files is nights:
                        measured[way, step].note(answer, f"{way:3} {step}")
                if way == "on":
                    for step in ("whole scan", "scan"):
                        answer = timed(server, worker, name, step=step, url=url, inbox=folder, date="2026-11-21")
                        if files is nights:
                            measured[way, step].note(answer, f"{way:3} {step}")
    worker.close()


def _read(path: Path) -> pa.Table:
    """The file as its reader gives it: the columns that the source maps, as text."""
    table = pacsv.read_csv(
        path,
        parse_options=pacsv.ParseOptions(delimiter=";"),
        convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(persons.COLUMNS, pa.string())),
    )
    return table.drop_columns(["Kustannuspaikka"])


def _seconds(table: pa.Table) -> float:
    """Of the search, block by block as a reader gives them."""
    blocks = table.combine_chunks().to_batches(max_chunksize=50_000)
    began = time.process_time()
    for block in blocks:
        columns = dict(zip(table.column_names, block.columns, strict=True))
        search.find_in(columns, dict.fromkeys(columns, search.Look()))
    return time.process_time() - began


def _report(measured: Measured, rows: int, repetitions: int, search_seconds: float) -> str:
    lines = [
        f"{rows:,} rows × 11 columns, {repetitions} repetitions, medians of processor seconds (loader and server)",
        "",
        "| work | detectors off | on | more | of it the search | goal |",
        "|---|---|---|---|---|---|",
    ]
    for step, goal in GOALS.items():
        on, off = median(measured["on", step].cpu), median(measured["off", step].cpu)
        alone = search_seconds if step == "first load" else search_seconds * persons.CHANGED
        share = f"{alone:.2f} s, {alone / (on - alone):.1%}"
        lines.append(f"| {step} | {off:.2f} s | {on:.2f} s | {on / off - 1:+.1%} | {share} | ≤ +{goal:.0%} |")
    for step in ("whole scan", "scan"):
        figures = measured["on", step]
        lines.append(f"| {step} at rest | | {median(figures.cpu):.2f} s | | peak {max(figures.peak_mb)} MB | |")
    return "\n".join(lines)


def _against_peer(table: pa.Table, python: str) -> str:
    table = table.slice(0, PEER_ROWS)
    cells = [cell or "" for name in table.column_names for cell in table.column(name).to_pylist()]
    worker = Worker(python, _HERE / "peer_presidio.py")
    worker.do(cells=cells[:50])
    peer = min(worker.do(cells=cells)["cpu"] for _ in range(2))
    worker.close()
    ours = min(_seconds(table) for _ in range(20))
    return "\n".join(
        [
            "| detectors, the same cells, one core | processor time a cell |",
            "|---|---|",
            f"| Presidio, pattern recognisers on a blank model | {peer / len(cells) * 1e6:,.0f} µs |",
            f"| ours | {ours / len(cells) * 1e6:.3f} µs |",
            "",
            f"{len(cells):,} cells; ours {peer / ours:,.0f} times as fast (goal ≥ {PEER_GOAL}).",
        ]
    )


if __name__ == "__main__":
    main()
