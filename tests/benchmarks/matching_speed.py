"""``make bench-matching-speed``: how long matching takes, by parts.

Belongs here: the order of the steps and their table. Does not belong here: the register (`matching_register`), or how
right the matching is.

A run is matched in a process of its own that has matched a small register before. After the changed night everything is
computed anew, and must come out as it was.
"""

from __future__ import annotations

import os
import platform
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import matching_register
import psycopg
from asked import asked
from server import Server, running
from worker import Worker

_HERE = Path(__file__).parent
_STEPS = ("first run", "nothing new", "changed night", "everything", "audit")
#: What lies between matching input and links; the rest is reported beside it.
_COUNTED = ("keys", "following keys", "pairs", "rules", "clusters", "links")
_PARTS = ("reading", *_COUNTED, "writing back", "counts", "the rest")
#: What matching keeps, but for the ids of links and ended ones.
_KEPT = """
select md5(string_agg(line, chr(10) order by line collate "C"))
from (
  select concat_ws(' ', record_a, record_b, verdict, rule, reason) as line
  from register.match_link
  where ended_at is null
  union all
  select concat_ws(' ', record_id, min(record_id) over (partition by golden_id)) from register.golden_member
  union all
  select person::text from register.person
) as kept
"""


def main() -> None:
    """Runs the bench as the command line says."""
    options = asked(__doc__, records=1_000_000, changed=10_000)
    load = os.getloadavg()
    measured: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with running() as server:
        for _ in range(options.repeat):
            for step, answer in _repetition(server, options.records, options.changed).items():
                measured[step].append(answer)
    print(report(measured))
    print(f"{options.records} records, {options.changed} changed, medians of {options.repeat}; Python", end=" ")
    print(f"{platform.python_version()}, {os.cpu_count()} cores, load before {load[0]:.1f}")


def _repetition(server: Server, records: int, changed: int) -> dict[str, dict[str, Any]]:
    worker = Worker(_HERE.parents[1] / ".venv" / "bin" / "python", _HERE / "ours_matching.py")
    found: dict[str, dict[str, Any]] = {}
    for name, size in (("bench_warm", 5_000), ("bench_matching", records)):
        with server.database(name, migrated=True) as url:
            matching_register.fill(url, size)
            for step in _STEPS:
                if step == "changed night":
                    matching_register.change(url, min(changed, size // 20))
                server.settle(name)
                before, busy = _kept(url), server.cpu()
                answer = worker.do(step=step, url=url)
                answer["cpu"] += server.cpu() - busy
                if step != "first run" and step != "changed night" and _kept(url) != before:
                    raise SystemExit(f"{step} changed what had been matched")
                found[step] = answer
                print(f"  {step:14} {answer['seconds']:7.2f} s {answer['cpu']:7.2f} s of processor", flush=True)
    worker.close()
    return found


def _kept(url: str) -> str | None:
    with psycopg.connect(url) as connection:
        (found,) = connection.execute(_KEPT.encode()).fetchall()
    return found[0]


def report(measured: dict[str, list[dict[str, Any]]]) -> str:
    """The table: clock and processor seconds of each part of each step, and the most memory that matching has had."""
    steps = [step for step in _STEPS if "parts" in measured[step][0]]
    lines = [
        f"| part | {' | '.join(f'{step}, clock | processor' for step in steps)} |",
        "|---" * (1 + 2 * len(steps)) + "|",
    ]

    def line(name: str, parts: tuple[str, ...]) -> str:
        cells = [
            f"{median(sum(run['parts'].get(part, (0, 0))[which] for part in parts) for run in measured[step]):.2f}"
            for step in steps
            for which in (0, 1)
        ]
        return f"| {name} | {' | '.join(cells)} |"

    lines += [line(part, (part,)) for part in _PARTS]
    lines += [line("**matching input to links**", _COUNTED), line("**in all**", _PARTS)]
    audit = median(run["seconds"] for run in measured["audit"])
    peak = max(run["peak_mb"] for runs in measured.values() for run in runs)
    return "\n".join([*lines, "", f"The audit takes {audit:.2f} s. Peak memory of the process: {peak} MB."])


if __name__ == "__main__":
    main()
