"""The ledger of erasures: written first, and what a restored database must do before it may import (SUP-09)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from erasures import (
    day,
    erased,
    find,
    first_night,
    furnished,
    house,
    night,
    people,
    processed_messages,
    put_csv,
    traces,
)

from assets.copies import cleaner
from register import server as postgres
from register.erasure import again, restriction
from register.erasure.subjects import Identifiers
from register.ledger import Ledger
from register.retention import run as retention
from register.suppression.vault import Vault
from schemas.errors import ConfigurationRefused, Refusal
from schemas.retention import SHIPPED

__all__ = ["first_night", "house"]


def dump(bench: Any, path: Path) -> Path:
    """A backup, as operators make it."""
    subprocess.run([postgres.binaries() / "pg_dump", "-Fc", f"--file={path}", bench.url], check=True)
    return path


def restore(server: Any, bench: Any, path: Path, bench_at: Any) -> Any:
    """The backup in a new database; inbox, keys and ledger are those that there are."""
    name = f"restored_{next(server.numbers)}"
    server.execute(f"create database {name}")
    subprocess.run([postgres.binaries() / "pg_restore", f"--dbname={server.url(name)}", path], check=True)
    restored = furnished(bench_at(server.url(name), bench.inbox))
    restored.vault = bench.vault
    return restored


def put_again(bench: Any, number: int) -> again.Report:
    return again.again(bench.register, bench.vault, cleaner(bench.vault), on=day(number))


def test_a_restored_database_refuses_until_it_has_erased_again(server, bench_at, house, tmp_path) -> None:
    file = dump(house, tmp_path / "before.dump")
    erased(house, 0)
    late = dump(house, tmp_path / "after.dump")
    restored = restore(server, house, file, bench_at)
    assert len({word.split(" in ")[0] for word in traces(restored)}) == 7
    put_csv(house.inbox, day(1), people(1))
    with pytest.raises(Refusal, match="mdo db restored"):
        restored.sync(restored.sources[0], day(1))
    with pytest.raises(Refusal, match="mdo db restored"):
        erased(restored, 0, case="C-2")
    report = put_again(restored, 1)
    assert report.counts["register.person_record"] == 2 and report.counts["register.message"] == 1
    assert traces(restored) == []
    for number in range(1, 4):
        assert night(restored, number)["hr"]["suppressed"] == 1
    assert traces(restored) == []
    assert put_again(restored, 3).counts == {}
    # a backup that knows of the erasure needs nothing
    after = restore(server, house, late, bench_at)
    assert after.sync(after.sources[0], day(1)).counts["suppressed"] == 1
    for one in (restored, after):
        one.register.close()


def test_events_that_are_processed_go_again_with_an_account_of_ours(server, bench_at, house, tmp_path) -> None:
    processed_messages(house)
    before = dump(house, tmp_path / "before.dump")
    erased(house, 1)
    between = dump(house, tmp_path / "between.dump")
    erased(house, 1, instructions={"varpunen": "letter of 3 March"})
    for file in (before, between):
        restored = restore(server, house, file, bench_at)
        put_again(restored, 1)
        assert traces(restored) == []
        restored.register.close()


def test_an_empty_database_learns_the_list_from_the_ledger(server, bench_at, house) -> None:
    erased(house, 0)
    fresh = furnished(bench_at(server.url(server.fresh_database()), house.inbox))
    fresh.vault = house.vault
    put_csv(house.inbox, day(1), people(1))
    with pytest.raises(Refusal, match="mdo db restored"):
        fresh.sync(fresh.sources[0], day(1))
    assert put_again(fresh, 1).tokens > 8
    assert fresh.sync(fresh.sources[0], day(1)).counts["suppressed"] == 1
    fresh.register.close()


def test_what_was_lifted_or_restricted_since_is_so_again(server, bench_at, house, tmp_path) -> None:
    from register.erasure import lifting

    file = dump(house, tmp_path / "before.dump")
    matti = find(house, [("key", "0091570031")])[0]
    wanted = restriction.Request("C-7", "kari", [matti.golden_id], [], Identifiers())
    restriction.restrict(house.register, house.vault, wanted, on=day(0))
    erased(house, 0)
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "is a customer again"), on=day(0))
    restored = restore(server, house, file, bench_at)
    put_again(restored, 1)
    assert traces(restored) == []  # what she had said before is not what she says now
    assert night(restored, 1)["hr"]["inserted"] == 1
    # his user name is a mailbox of his, and so is his account
    assert restored.rows("select count(*) from privacy.restriction where ended_at is null") == [(3,)]
    restored.register.close()


def test_an_erasure_after_a_lift_counts_also_in_a_restored_database(server, bench_at, house, tmp_path) -> None:
    from register.erasure import lifting

    file = dump(house, tmp_path / "before.dump")
    erased(house, 0)
    lifting.lift(house.register, house.vault, lifting.Lift("C-1", "kari", "is back", source="varpunen/hr"), on=day(0))
    night(house, 1)
    erased(house, 1)
    restored = restore(server, house, file, bench_at)
    put_again(restored, 2)
    assert night(restored, 2)["hr"]["suppressed"] == 1 and traces(restored) == []
    restored.register.close()


def test_a_ledger_that_is_lost_older_or_changed_stops_imports(house, tmp_path) -> None:
    path = house.vault.ledger.path
    before = path.read_bytes()
    erased(house, 0)
    whole = path.read_bytes()
    put_csv(house.inbox, day(1), people(1))
    for content in (None, before):
        path.unlink() if content is None else path.write_bytes(content)
        with pytest.raises(Refusal, match="nothing is imported"):
            house.sync(house.sources[0], day(1))
    path.write_bytes(whole.replace(b"C-1", b"C-2", 1))
    with pytest.raises(ConfigurationRefused, match="not as it was written"):
        list(house.vault.ledger.entries(-1))
    path.write_bytes(whole + b'{"sequence":2,"event":"er')  # half a line: nothing was done for it
    assert house.sync(house.sources[0], day(1)).counts["suppressed"] == 1
    assert house.vault.ledger.append("erase").sequence == 2
    assert [entry.sequence for entry in house.vault.ledger.entries(-1)] == [0, 1, 2]


def test_an_erasure_that_cannot_be_written_down_is_not_done(house, monkeypatch) -> None:
    class Full(Ledger):
        def append(self, event: str, **content: Any) -> Any:
            raise ConfigurationRefused("the disk is full")

    house.vault = Vault(house.vault.keys, Full(house.vault.ledger.path))
    with pytest.raises(ConfigurationRefused):
        erased(house, 0)
    assert len({word.split(" in ")[0] for word in traces(house)}) == 7


#: An erasure in a process of its own, which kills itself at a moment.
KILLED = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
from erasures import Keys, Ledger, Vault, erase, erased
from register import evidence, removal
from register.database import Register
moment, url, keys, ledger = sys.argv[1:]
place, name = {"begin": (erase, "put_on_list"), "remove": (removal, "remove"), "clear": (evidence, "note")}[moment]
setattr(place, name, lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL))
erased(SimpleNamespace(register=Register(url), vault=Vault(Keys(Path(keys)), Ledger(Path(ledger)))), 0)
"""
PATH = os.pathsep.join(str(Path(__file__).resolve().parents[up]) for up in (1, 2))


@pytest.mark.parametrize("moment", ["begin", "remove", "clear"])
def test_killed_in_the_middle_and_finished(house, moment: str) -> None:
    """SIGKILL before anything goes, while it goes, and with only copies left."""
    places = [house.url, str(house.vault.keys.folder), str(house.vault.ledger.path)]
    killed = subprocess.run([sys.executable, "-c", KILLED, moment, *places], env=os.environ | {"PYTHONPATH": PATH})
    assert killed.returncode == -signal.SIGKILL
    put_csv(house.inbox, day(1), people(1))
    with pytest.raises(Refusal, match="cut short"):
        house.sync(house.sources[0], day(1))
    put_again(house, 0)
    assert traces(house) == []
    assert house.sync(house.sources[0], day(1)).counts["suppressed"] == 1


@pytest.mark.parametrize("moment", ["read", "merging"])
def test_erased_while_she_is_being_imported(house, moment: str) -> None:
    """Between the reading of her row, its staging, and the merge."""
    put_csv(house.inbox, day(1), [(*row[:6], "C7") for row in people(1)])
    done = threading.Event()

    def listen(_source: str, step: str, _rows: int) -> None:
        if step == moment and not done.is_set():
            done.set()
            eraser = threading.Thread(target=erased, args=(house, 1))
            eraser.start()
            eraser.join()

    from assets.sync import sync

    result = sync(house.workplace(day(1), listener=listen), house.sources[0], day(1))
    assert done.is_set() and result.status == "applied"
    assert (result.counts["suppressed"], result.counts["updated"]) == (1, 2)
    assert traces(house) == []


def aged(bench: Any, below: int) -> None:
    """Lets the database have carried out the entries below that one fifty days ago."""
    old = "update privacy.ledger_entry set noted_at = noted_at - interval '50 days' where sequence < %s returning 1"
    assert bench.rows(old, below)


def cut_lines(bench: Any) -> list[tuple[Any, ...]]:
    """A night of retention. Returns the evidence of lines that were cut off, of every night."""
    retention.apply(bench.register, SHIPPED, date.today(), today=date.today(), ledger=bench.vault.ledger)
    return bench.rows("select rule, action, rows, reference from privacy.evidence where table_name = 'ledger'")


def test_lines_that_no_backup_needs_are_cut_off(server, bench_at, house, tmp_path) -> None:
    old = dump(house, tmp_path / "old.dump")
    erased(house, 0)
    file = dump(house, tmp_path / "kept.dump")
    for number in (2, 3):
        house.vault.ledger.append("key", controller="mdo.own", version=number)
        put_again(house, 0)
    assert cut_lines(house) == [] and [entry.sequence for entry in house.vault.ledger.entries(-1)] == [0, 1, 2, 3]
    aged(house, 2)
    assert cut_lines(house) == [("R13", "delete", 2, "up to line 1")]
    assert [entry.sequence for entry in house.vault.ledger.entries(-1)] == [1, 2, 3]
    assert cut_lines(house) == [("R13", "delete", 2, "up to line 1")]
    # a backup that knows the last line cut off goes on from there; one that is older is told so
    restored = restore(server, house, file, bench_at)
    with pytest.raises(Refusal, match="mdo db restored"):
        night(restored, 1)
    put_again(restored, 1)
    assert night(restored, 1)["hr"]["suppressed"] == 1
    too_old = restore(server, house, old, bench_at)
    with pytest.raises(Refusal, match=r"older than .* reaches back"):
        put_again(too_old, 1)
    with pytest.raises(Refusal, match=r"[nN]othing is imported"):
        night(too_old, 2)
    for one in (restored, too_old):
        one.register.close()


def test_a_kill_between_the_database_and_the_file_leaves_both_right(house) -> None:
    erased(house, 0)
    house.vault.ledger.append("key", controller="mdo.own", version=2)
    put_again(house, 0)
    aged(house, 2)
    # killed after the database forgot, before the file was cut
    retention.apply(house.register, SHIPPED, date.today(), today=date.today())
    assert len(list(house.vault.ledger.entries(-1))) == 3
    # killed after the file was cut, before the evidence of it
    house.vault.ledger.cut(2)
    assert house.rows("select count(*) from privacy.evidence where table_name = 'ledger'") == [(0,)]
    assert cut_lines(house) == [("R13", "delete", 2, "up to line 1")]


def test_the_ledger_of_another_database_is_not_cut(server, bench_at, house) -> None:
    erased(house, 0)
    house.vault.ledger.append("key", controller="mdo.own", version=2)
    put_again(house, 0)
    aged(house, 2)
    assert house.rows("update privacy.ledger_entry set digest = 'x' where sequence = 2 returning 1")
    assert cut_lines(house) == [] and len(list(house.vault.ledger.entries(-1))) == 3
