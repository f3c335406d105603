"""The ledger as a file: what is cut off at its beginning, and what a crash or another writer makes of it."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from register.ledger import CUT, Ledger
from schemas.errors import ConfigurationRefused


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Six lines: the opening and five erasures."""
    made = Ledger(tmp_path / "ledger" / "erasures.jsonl")
    for number in range(5):
        made.append("erase", case=f"C-{number}")
    return made


def sequences(ledger: Ledger) -> list[tuple[int, str]]:
    return [(entry.sequence, entry.event) for entry in ledger.entries(-1)]


def test_the_digests_hold_as_before(ledger: Ledger) -> None:
    before = {entry.sequence: entry.digest for entry in ledger.entries(-1)}
    done = ledger.cut(3)
    assert done is not None and (done.sequence, done.content["lines"]) == (2, 3)
    assert sequences(ledger) == [(2, CUT), (3, "erase"), (4, "erase"), (5, "erase")]
    assert {entry.sequence: entry.digest for entry in ledger.entries(-1)} == {n: before[n] for n in (2, 3, 4, 5)}
    assert ledger.append("erase").sequence == 6
    again = ledger.cut(5)
    assert again is not None and (again.sequence, again.content["lines"]) == (4, 2)
    assert [entry.sequence for entry in ledger.entries(4)] == [5, 6]
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    assert "C-2" not in ledger.path.read_text("utf-8")


def test_nothing_to_cut_changes_nothing_and_the_newest_stays(ledger: Ledger) -> None:
    content = ledger.path.read_bytes()
    assert ledger.cut(0) is None and ledger.path.read_bytes() == content
    done = ledger.cut(99)
    assert done is not None and sequences(ledger) == [(4, CUT), (5, "erase")]
    content = ledger.path.read_bytes()
    assert ledger.cut(99) == done and ledger.cut(2) == done and ledger.path.read_bytes() == content
    assert Ledger(ledger.path.with_name("none")).cut(3) is None


def test_a_changed_line_is_not_cut_off(ledger: Ledger) -> None:
    ledger.cut(2)
    changed = ledger.path.read_bytes().replace(b"C-3", b"C-9")
    ledger.path.write_bytes(changed)
    with pytest.raises(ConfigurationRefused, match="not as it was written"):
        ledger.cut(4)
    assert ledger.path.read_bytes() == changed


def test_whoever_waits_while_it_is_cut_writes_into_the_new_file(ledger: Ledger) -> None:
    with ledger.path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = threading.Thread(target=ledger.append, args=("erase",))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        ledger._replace(ledger.path.read_bytes())  # what a cut does under this lock
    waiting.join(30)
    assert sequences(ledger)[-1] == (6, "erase")


#: Cuts a ledger in a process of its own, which kills itself before or after a step.
KILLED = """
import os, signal, sys
from pathlib import Path
from register.ledger import Ledger
step, moment, path = sys.argv[1:]
owner = os if step == "fsync" else Path
real = getattr(owner, step)
def killed(*arguments):
    if moment == "after":
        real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, step, killed)
Ledger(Path(path)).cut(4)
"""


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_leaves_one_or_the_other(ledger: Ledger, step: str, moment: str) -> None:
    whole = sequences(ledger)
    killed = subprocess.run([sys.executable, "-c", KILLED, step, moment, ledger.path])
    assert killed.returncode == -signal.SIGKILL
    cut = [(3, CUT), (4, "erase"), (5, "erase")]
    assert sequences(ledger) == (cut if (step, moment) == ("replace", "after") else whole)
    assert ledger.append("erase").sequence == 6
    assert ledger.cut(4) is not None and sequences(ledger) == [*cut, (6, "erase")]
