"""``make bench``: the sync against the fastest loader and the machine's limit, in one run.

Belongs here: the order of the steps and the table of ratios. Does not belong here: the loaders (`ours`, `peer`,
`server`) or the files (`persons`).

Each repetition runs every loader once, one after another, so that what else the machine does meets all of them. A
loader is a process of its own that has loaded a small file before; the clock runs from the first byte to commit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import persons
from server import Server, running
from worker import Worker

_HERE = Path(__file__).parent
#: Step of ours -> business date, and which night's file it reads.
_NIGHTS = {"first load": ("2026-11-20", 1), "next night": ("2026-11-21", 2), "same file": ("2026-11-22", 2)}
#: Step of ours -> the peer's step it is held to, and the most it may take of it.
GOALS = {"first load": ("first load", 1.5), "next night": ("next night", 0.4), "same file": ("same file", 0.05)}
PEAK_MB = 600


@dataclass
class Figures:
    """Seconds and peak memory of one step of one loader, over the repetitions."""

    seconds: list[float]
    peak_mb: list[int]


Measured = dict[tuple[str, str], Figures]


def main() -> None:
    """Runs the bench as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer", help="the Python of the peer's environment; without it, ours alone")
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="files and results go here")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    nights = persons.make(options.folder, options.rows)
    warm = persons.make(options.folder, 1000)
    measured: Measured = defaultdict(lambda: Figures([], []))
    with running() as server:
        for repetition in range(options.repeat):
            _copy(server, nights, measured)
            loaders = [_ours, *([_peer] if options.peer else [])]
            for load in loaders if repetition % 2 else reversed(loaders):
                load(server, warm, nights, measured, options.peer)
    text = _report(measured, options.rows, options.repeat)
    print(text)
    stem = options.folder / f"persons-{options.rows}"
    stem.with_suffix(".md").write_text(text + "\n")
    found = {f"{loader}: {step}": vars(figures) for (loader, step), figures in measured.items()}
    stem.with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n")


def _copy(server: Server, nights: persons.Nights, measured: Measured) -> None:
    with server.database("bench_copy"):
        server.settle("bench_copy")
        measured["raw COPY", "first load"].seconds.append(server.raw_copy("bench_copy", nights.first, persons.COLUMNS))


def _ours(server: Server, warm: persons.Nights, nights: persons.Nights, measured: Measured, _: str) -> None:
    worker = Worker(_HERE.parents[1] / ".venv" / "bin" / "python", _HERE / "ours.py")
    with tempfile.TemporaryDirectory(prefix="mdo-bench-inbox-") as folder:
        for files, name in ((warm, "bench_warm"), (nights, "bench_ours")):
            with server.database(name, migrated=True) as url:
                worker.do(step="prepare", url=url, inbox=folder)
                for step, (day, night) in _NIGHTS.items():
                    inbox = Path(folder) / f"{date.fromisoformat(day)}.csv"
                    inbox.unlink(missing_ok=True)
                    os.link(files.second if night == 2 else files.first, inbox) if _same_disk(
                        files.first, inbox.parent
                    ) else shutil.copyfile(files.second if night == 2 else files.first, inbox)
                    server.settle(name)
                    answer = worker.do(step="sync", url=url, inbox=folder, date=day)
                    if answer["status"] != "applied":
                        raise SystemExit(f"{step}: {answer}")
                    if files is nights:
                        _note(measured, "ours", step, answer)
    worker.close()


def _peer(server: Server, warm: persons.Nights, nights: persons.Nights, measured: Measured, python: str) -> None:
    worker = Worker(python, _HERE / "peer.py")
    for files, name in ((warm, "bench_warm"), (nights, "bench_peer")):
        with server.database(name) as url:
            for step, (_, night) in _NIGHTS.items():
                server.settle(name)
                file = files.second if night == 2 else files.first
                answer = worker.do(url=url, database=name, file=str(file.resolve()), key=persons.COLUMNS[0])
                if files is nights:
                    _note(measured, "dlt", step, answer)
    worker.close()


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _note(measured: Measured, loader: str, step: str, answer: dict[str, float]) -> None:
    measured[loader, step].seconds.append(answer["seconds"])
    measured[loader, step].peak_mb.append(int(answer["peak_mb"]))
    print(f"  {loader:5} {step:11} {answer['seconds']:7.2f} s  {answer['peak_mb']:5} MB", flush=True)


def _report(measured: Measured, rows: int, repetitions: int) -> str:
    """The table; each ratio is the median of the ratios within one repetition."""
    lines = [
        f"{rows:,} rows x 12 columns, {repetitions} repetitions, medians; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "",
        "| work | raw COPY | dlt | ours | ours / dlt | goal | peak of dlt | peak of ours |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for step, (against, goal) in GOALS.items():
        ours, dlt = measured["ours", step], measured["dlt", against]
        raw = measured["raw COPY", step] if step == "first load" else Figures([], [])
        ratios = [mine / peer for mine, peer in zip(ours.seconds, dlt.seconds, strict=False)]
        ratio = f"{median(ratios):.2f}" if ratios else ""
        cells = [
            step,
            *(f"{median(one.seconds):.2f} s" if one.seconds else "" for one in (raw, dlt, ours)),
            ratio,
            f"<= {goal}",
            f"{max(dlt.peak_mb)} MB" if dlt.peak_mb else "",
            f"{max(ours.peak_mb)} MB (<= {PEAK_MB})",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
