"""``make bench``: the sync against the fastest loader and the machine's limit, in one run.

Belongs here: the order of the steps and the table of ratios. Does not belong here: the loaders (`ours`, `peer`,
`server`) or the files (`persons`).

Each repetition runs every loader once, one after another, so that what else the machine does meets all of them. A
loader is a process of its own that has loaded a small file before; the clock runs from the first byte to commit.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import persons
from asked import asked
from server import Server, running
from worker import Worker

_HERE = Path(__file__).parent
#: Step of ours -> business date, and which night's file it reads.
_NIGHTS = {"first load": ("2026-11-20", 1), "next night": ("2026-11-21", 2), "same file": ("2026-11-22", 2)}
#: Step of ours -> the peer's step it is held to, and the most it may take of it.
GOALS = {"first load": ("first load", 1.5), "next night": ("next night", 0.4), "same file": ("same file", 0.05)}
PEAK_MB = 600
_LOAD = os.getloadavg()


@dataclass
class Figures:
    """One step of one loader, over the repetitions.

    Attributes:
        cpu: processor seconds of the loader and of PostgreSQL together: what is left to compare on a busy machine.
    """

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: list[int] = field(default_factory=list)

    def note(self, answer: dict[str, Any], what: str) -> None:
        """Takes the figures of one repetition, and shows them."""
        self.seconds.append(answer["seconds"])
        self.cpu.append(answer["cpu"])
        self.peak_mb.append(answer["peak_mb"])
        said = f"{answer['seconds']:7.2f} s  {answer['cpu']:6.2f} s of processor  {answer['peak_mb']:5} MB"
        print(f"  {what:17} {said}", flush=True)

    def shown(self, which: str = "seconds") -> str:
        """The median in words; nothing where nothing was measured."""
        figures = getattr(self, which)
        return f"{median(figures):.2f} s" if figures else ""

    def over(self, other: Figures, which: str = "seconds") -> str:
        """The median of the ratios within one repetition."""
        pairs = zip(getattr(self, which), getattr(other, which), strict=False)
        ratios = [mine / others for mine, others in pairs]
        return f"{median(ratios):.2f}" if ratios else ""


Measured = dict[tuple[str, str], Figures]


def main() -> None:
    """Runs the bench as the command line says."""
    options = asked(__doc__, rows=1_000_000, peer=True, folder=True)
    options.folder.mkdir(exist_ok=True)
    nights = persons.make(options.folder, options.rows)
    warm = persons.make(options.folder, 1000)
    measured: Measured = defaultdict(Figures)
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
                    answer = timed(server, worker, name, step="sync", url=url, inbox=folder, date=day)
                    if answer["status"] != "applied":
                        raise SystemExit(f"{step}: {answer}")
                    if files is nights:
                        measured["ours", step].note(answer, f"ours  {step}")
    worker.close()


def _peer(server: Server, warm: persons.Nights, nights: persons.Nights, measured: Measured, python: str) -> None:
    worker = Worker(python, _HERE / "peer.py")
    for files, name in ((warm, "bench_warm"), (nights, "bench_peer")):
        with server.database(name) as url:
            for step, (_, night) in _NIGHTS.items():
                file = files.second if night == 2 else files.first
                order = {"url": url, "database": name, "file": str(file.resolve()), "key": persons.COLUMNS[0]}
                answer = timed(server, worker, name, **order)
                if files is nights:
                    measured["dlt", step].note(answer, f"dlt   {step}")
    worker.close()


def timed(server: Server, worker: Worker, database: str, /, **order: str) -> dict[str, Any]:
    server.settle(database)
    busy = server.cpu()
    answer = worker.do(**order)
    answer["cpu"] += server.cpu() - busy
    return answer


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _report(measured: Measured, rows: int, repetitions: int) -> str:
    """The table; each ratio is the median of the ratios within one repetition."""
    lines = [
        f"{rows:,} rows × 12 columns, {repetitions} repetitions, medians; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load before and after {_LOAD[0]:.1f} and {os.getloadavg()[0]:.1f}",
        "",
        "| work | raw COPY | dlt | ours | ours / dlt | goal | processor: dlt | ours | ratio | peak: dlt | ours |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for step, (against, goal) in GOALS.items():
        ours, dlt = measured["ours", step], measured["dlt", against]
        raw = measured["raw COPY", step] if step == "first load" else Figures()
        cells = [
            step,
            *(one.shown() for one in (raw, dlt, ours)),
            ours.over(dlt),
            f"≤ {goal}",
            dlt.shown("cpu"),
            ours.shown("cpu"),
            ours.over(dlt, "cpu"),
            f"{max(dlt.peak_mb)} MB" if dlt.peak_mb else "",
            f"{max(ours.peak_mb)} MB (≤ {PEAK_MB})",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
