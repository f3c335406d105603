"""``make bench-matching``: who is taken for whom, in generated registers of fresh seeds and in FEBRL's.

Belongs here: precision, recall, the size of the queue, and seconds. Does not belong here: the registers
(`generated_register`), FEBRL (`febrl`), or anything that matches.

Automatic is what a full run of matching made one person. In the queue is what the model finds likely, or a rule was
kept from joining, that is not one person and that no veto keeps apart. The threshold is the model's own, fixed before
the labels of these seeds were read.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
from generated_register import fill
from server import Server, running

from register import arrow
from register.database import Register
from register.matching import rules, run
from register.matching.clusters import components
from register.matching.region import COMPARED, nodes_of
from register.matching.rules import Pairs
from register.matching.scoring import inputs
from register.matching.scoring.generator.records import Generated, generate
from register.matching.scoring.score import score


@dataclass
class Figures:
    """One seed.

    Attributes:
        pairs, false: pairs of records in one person, and how many of them are of two.
        recall: share of the true pairs that are in one person.
        queue, queue_true: pairs in the queue, and how many of them are true.
        with_queue: share of the true pairs that are in one person or in the queue.
        decided: the same once every pair of the queue is decided rightly, and what follows from it.
        matching, reading, scoring: seconds of a full run, of reading the matching input, and of scoring it.
    """

    pairs: int
    false: int
    recall: float
    queue: int
    queue_true: int
    with_queue: float
    decided: float
    matching: float
    reading: float
    scoring: float

    def shown(self, seed: int) -> str:
        """One row of the table."""
        return (
            f"| {seed} | {self.pairs:,} | {self.false} | {self.recall:.3f} | {self.queue:,} | "
            f"{self.queue_true / max(self.queue, 1):.2f} | {self.with_queue:.3f} | {self.decided:.3f} | "
            f"{self.matching:.0f} s | {self.reading:.1f} s | {self.scoring:.1f} s |"
        )


def measure(server: Server, generated: Generated, name: str) -> Figures:
    """Loads, matches and scores one register, then reads the labels."""
    person = np.concatenate([[-1], generated.person.to_numpy()])  # by record id, from 1
    with server.database(name, migrated=True) as url:
        fill(url, generated)
        register = Register(url)
        started = time.perf_counter()
        run.match(register, 1, everything=True)
        matching = time.perf_counter() - started
        with register.transaction() as connection:
            found = connection.exec_driver_sql(
                "select record_id, golden_id from register.golden_member where record_type = 'person'"
            ).all()
            left = connection.exec_driver_sql(
                "select record_a, record_b from register.match_link where verdict = 'left' and ended_at is null "
                "and record_type = 'person'"
            ).all()
            started = time.perf_counter()
            records = inputs.read(connection, [1])
            reading = time.perf_counter() - started
            started = time.perf_counter()
            scored = score(records).to_pandas()
            scoring = time.perf_counter() - started
            asked = pd.concat(
                [scored[["record_a", "record_b"]], pd.DataFrame(left, columns=["record_a", "record_b"])]
            ).drop_duplicates()
            ids = pd.unique(asked.to_numpy().ravel()).tolist()
            wanted = f"select unnest('{{{','.join(map(str, ids))}}}'::bigint[])"
            query = f"select {', '.join(COMPARED)} from register.person_key where record_id in ({wanted})"
            nodes = nodes_of(arrow.read(connection, query, COMPARED))
        register.close()
    golden = np.zeros(len(person), dtype="int64")
    members = np.array(found, dtype="int64")
    golden[members[:, 0]] = members[:, 1]
    apart = golden[asked["record_a"]] != golden[asked["record_b"]]
    asked = asked[apart]
    asked = asked[~rules.vetoed(Pairs(nodes, asked["record_a"], asked["record_b"]))]
    return judge(person, golden, asked, matching, reading, scoring)


def judge(
    person: np.ndarray, golden: np.ndarray, queue: pd.DataFrame, matching: float, reading: float, scoring: float
) -> Figures:
    """Reads the labels."""
    true = _pairs_within(person[1:])
    together, right = _pairs_within(golden[1:]), _pairs_within(golden[1:], person[1:])
    a, b = queue["record_a"].to_numpy(), queue["record_b"].to_numpy()
    same = person[a] == person[b]
    _, dense = np.unique(golden, return_inverse=True)
    decided = components(dense[a[same]], dense[b[same]], int(dense.max()) + 1)[dense]
    return Figures(
        pairs=together,
        false=together - right,
        recall=right / true,
        queue=len(queue),
        queue_true=int(same.sum()),
        with_queue=(right + int(same.sum())) / true,
        decided=_pairs_within(decided[1:], person[1:]) / true,
        matching=matching,
        reading=reading,
        scoring=scoring,
    )


def _pairs_within(*labels: np.ndarray) -> int:
    """How many pairs agree in all the labels."""
    many = pd.DataFrame(dict(enumerate(labels))).value_counts().to_numpy()
    return int((many * (many - 1) // 2).sum())


def main() -> None:
    """Runs the bench as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[301, 302, 303, 304, 305])
    asked = parser.parse_args()
    print(
        "| seed | pairs | false | recall | queue | of them true | with queue | decided | matching | reading | scoring |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    with running() as server:
        for seed in asked.seeds:
            print(measure(server, generate(seed, asked.rows), f"seed{seed}").shown(seed), flush=True)


if __name__ == "__main__":
    main()
