"""``make bench-night``: a night of many small sources through Dagster, against dlt loading the same files.

Belongs here: the files of the customers, the order of the steps, the table. Does not belong here: the loaders
(`ours_night`, `peer_night`).

Each source has a file of its own; three belong to one customer. dlt loads one after another in one process,
with a pipeline for each source: with one for all it takes half as much again, since it goes through all their tables.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import persons
from asked import asked
from run import Figures, Measured, timed
from server import Server, running
from worker import Worker

_HERE = Path(__file__).parent
ROWS = 1000
#: Sources that a loader has loaded before it is measured.
_WARM = 5
_NIGHTS = {"first night": "2026-11-20", "next night": "2026-11-21"}
GOAL = 1.0


def main() -> None:
    """Runs the bench as the command line says."""
    options = asked(__doc__, sources=300, peer=True, folder=True)
    files = {name: _made(options.folder, name, seed) for seed, name in enumerate(_names(options.sources), start=1)}
    measured: Measured = defaultdict(Figures)
    with running() as server:
        for repetition in range(options.repeat):
            loaders = [_ours, *([_peer] if options.peer else [])]
            for load in loaders if repetition % 2 else reversed(loaders):
                load(server, files, measured, options.peer)
    text = _report(measured, options.sources, options.repeat)
    print(text)
    stem = options.folder / f"night-{options.sources}"
    stem.with_suffix(".md").write_text(text + "\n")
    found = {f"{loader}: {name}": vars(figures) for (loader, name), figures in measured.items()}
    stem.with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n")


def _names(count: int) -> list[str]:
    return [f"asiakas-{at // 3:03d}/hr-{at % 3}" for at in range(count)]


def _made(folder: Path, name: str, seed: int) -> persons.Nights:
    return persons.make(folder / "night" / name.replace("/", "-"), ROWS, seed=seed)


def _ours(server: Server, files: dict[str, persons.Nights], measured: Measured, _: str) -> None:
    worker = Worker(_HERE.parents[1] / ".venv" / "bin" / "python", _HERE / "ours_night.py")
    for names in (list(files)[:_WARM], list(files)):
        with (
            tempfile.TemporaryDirectory(prefix="mdo-bench-home-") as home,
            server.database("bench_ours", migrated=True) as url,
        ):
            order = {"home": home, "url": url}
            worker.do(step="prepare", names=names, **order)
            (Path(home) / "inbox").mkdir()
            for night, day in _NIGHTS.items():
                for name in names:
                    file = files[name].first if night == "first night" else files[name].second
                    shutil.copyfile(file, Path(home) / "inbox" / f"{name.replace('/', '-')}-{day}.csv")
                answer = timed(server, worker, "bench_ours", step="night", date=day, **order)
                if len(names) == len(files):
                    measured["ours", night].note(answer, f"ours  {night}")
            loaded = worker.do(step="definitions", **order)
            if len(names) == len(files):
                for part in ("parser", "read", "built"):
                    measured["definitions", part].seconds.append(loaded[part])
    worker.close()


def _peer(server: Server, files: dict[str, persons.Nights], measured: Measured, python: str) -> None:
    worker = Worker(python, _HERE / "peer_night.py")
    for names, database in ((list(files)[:_WARM], "bench_warm"), (list(files), "bench_peer")):
        with server.database(database) as url:
            for night in _NIGHTS:
                loads = [
                    {
                        "url": url,
                        "database": database,
                        "file": str((files[name].first if night == "first night" else files[name].second).resolve()),
                        "key": persons.COLUMNS[0],
                        "pipeline": f"{database}_{name}".replace("/", "_"),
                        "table": name.replace("/", "_").replace("-", "_"),
                    }
                    for name in names
                ]
                answer = timed(server, worker, database, loads=loads)
                if len(names) == len(files):
                    measured["dlt", night].note(answer, f"dlt   {night}")
    worker.close()


def _report(measured: Measured, sources: int, repetitions: int) -> str:
    lines = [
        f"{sources} sources × {ROWS:,} rows, {repetitions} repetitions, medians",
        "",
        "| work | dlt | ours | ours / dlt | goal | processor: dlt | ours | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for night in _NIGHTS:
        ours, dlt = measured["ours", night], measured["dlt", night]
        cells = [night, dlt.shown(), ours.shown(), ours.over(dlt), f"≤ {GOAL}"]
        cells += [dlt.shown("cpu"), ours.shown("cpu"), ours.over(dlt, "cpu")]
        lines.append("| " + " | ".join(cells) + " |")
    parser, read, built = (measured["definitions", part] for part in ("parser", "read", "built"))
    lines += [
        "",
        f"Definitions: the source files are read in {read.shown()}, {read.over(parser)} × their parser alone; "
        f"Dagster's definitions are built in {built.shown()}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
