"""What a list of erased persons costs: the same two nights with and without 100,000 suppression tokens.

Belongs here: filling the list, and timing both. Does not belong here: who is on it; every token is random and hits
nobody. The first night compares every row, the second only those that changed.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

import persons
import psutil
import psycopg
from asked import asked
from ours import SOURCE, TODAY
from server import Server, running

from assets.sync import sync
from assets.workplace import Workplace
from register import actors
from register import sources as known_sources
from register.database import Register
from register.ledger import Ledger
from register.suppression import entries, tokens
from register.suppression.keys import OWN, Keys
from register.suppression.vault import Vault, agree
from sources import loading

NIGHTS = (date(2026, 11, 20), date(2026, 11, 21))
KINDS = (*tokens.SHARED[:2], "source_ref", tokens.WEAK, "email_name")


def main() -> None:
    """Prints the table of docs/benchmarks.md."""
    options = asked(__doc__, rows=1_000_000, tokens=100_000)
    folder = Path(tempfile.mkdtemp(prefix="mdo-suppression-"))
    try:
        made = persons.make(folder, options.rows)
        for night, path in zip(NIGHTS, (made.first, made.second), strict=True):
            path.rename(folder / f"{night}.csv")
        with running() as server:
            runs = [
                (_nights(server, folder, 0, number), _nights(server, folder, options.tokens, number))
                for number in range(options.repeat)
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{options.rows:,} rows, {options.tokens:,} tokens; processor seconds of the sync and PostgreSQL together")
    print("| night | without | with | ratio | goal |\n|---|---|---|---|---|")
    for night, goal in enumerate(("reported", "≤ 1.1")):
        without, with_list = (median(run[way][night] for run in runs) for way in (0, 1))
        ratio = median(run[1][night] / run[0][night] for run in runs)
        print(f"| {('first', 'ordinary')[night]} | {without:.2f} s | {with_list:.2f} s | {ratio:.2f} | {goal} |")


def _nights(server: Server, folder: Path, many: int, number: int) -> list[float]:
    """Processor seconds of both nights: others on the machine make the clock's seconds mean little."""
    name = f"suppression_{many}_{number}"
    beside = folder / name
    with server.database(name, migrated=True) as url:
        work = Workplace(
            register=Register(url),
            inbox=folder,
            secret=b"k" * 32,
            today=TODAY,
            vault=Vault(Keys(beside / "keys"), Ledger(beside / "ledger.jsonl")),
        )
        source = loading.parse(SOURCE, "bench.yaml")
        with work.register.transaction() as connection:
            known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
            actors.add(connection, actors.Actor("bench", "engineer", date(2026, 1, 1), None))
            known_sources.decide(connection, source.name, "active", by="bench", reason="a bench", on=TODAY)
            agree(connection, work.vault)
            if many:
                version, _ = entries.current_key(connection, work.vault, OWN, NIGHTS[0])
        if many:
            with psycopg.connect(url) as connection, connection.cursor() as cursor:
                columns = "token, kind, key_version, controller_id, scope, created_on, case_id"
                with cursor.copy(f"copy privacy.suppression ({columns}) from stdin".encode()) as copy:
                    for row in range(many):
                        kind = KINDS[row % len(KINDS)]
                        copy.write_row((secrets.token_bytes(32), kind, version, OWN, "register", NIGHTS[0], "C-1"))
        taken = []
        me = psutil.Process()
        for night in NIGHTS:
            server.settle(name)
            before = sum(me.cpu_times()[:2]) + server.cpu()
            result = sync(work, source, night)
            time.sleep(0.2)  # a session that ends hands its seconds to its parent
            taken.append(sum(me.cpu_times()[:2]) + server.cpu() - before)
            if result.status != "applied" or result.counts["suppressed"]:
                raise SystemExit(f"{night}: {result.status}")
        work.register.close()
    return taken


if __name__ == "__main__":
    main()
