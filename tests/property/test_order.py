"""Order safety (invariant 3): batches in any order of business dates make the register that the calendar makes.

The oracle folds what the files say, in the order of their places, and knows nothing of the implementation.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox import COLUMNS, Sandbox, csv_of, day

KEYS = ("1", "2", "3", "4", "5", "6")
EMAILS = ("", "a@example.com", "b@example.com", "c@example.com", "not an address")
PHONES = {"": None, "040 1234567": "+358401234567", "050 7654321": "+358507654321", "12": None}
#: A title that is none, and one that is blanked before it is read: its row gives no employment.
BAD_TITLES = ("...", "131052-308T")
TITLES = ("", "Luotsi", "Ahtaaja", *BAD_TITLES)
SKILLS = {"": [], "C1": ["C1"], "C1,C2": ["C1", "C2"], "C2, C3": ["C2", "C3"], "C1,ei koodi": None}
SNAPSHOTS = {
    "full": "{type: full}",
    "changes": "{type: changes, deleted: {column: Tila, values: [poistettu]}}",
    "changes, whole every third day": "{type: changes, full_every: 3 days}",
    "scoped": "{type: scoped, column: Alue}",
}
VALUES = ("last_name", "work_email", "work_phone", "job_title", "skills")
#: The day of `full_every: 3 days` counted from ``valid.from``, 2026-01-01.
ORIGIN = date(2026, 1, 1)


@dataclass(frozen=True)
class Cells:
    """What one row of a file says of its key."""

    name: str = "Virtanen"
    email: str = ""
    phone: str = ""
    title: str = ""
    skills: str = ""
    state: str = "voimassa"
    area: str = "A"

    def row(self, key: str) -> dict[str, str]:
        values = (key, self.name, self.email, self.phone, self.title, self.skills, self.state, self.area)
        return dict(zip(COLUMNS, values, strict=True))


@dataclass(frozen=True)
class File:
    """One file: per key its rows (none, one, the same twice, or two that contradict), and how it ends."""

    rows: dict[str, tuple[Cells, ...]]
    without_key: bool = False
    ragged: bool = False

    def text(self) -> str:
        listed = [cells.row(key) for key, several in self.rows.items() for cells in several]
        if self.without_key:
            listed.append(Cells().row(""))
        return csv_of(listed) + ("9;Vir" if self.ragged else "")


@dataclass
class Expected:
    """What the oracle knows of one key."""

    values: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(VALUES) | {"skills": []})
    stale: set[str] = field(default_factory=set)
    imported: bool = False
    quarantined: bool = False
    absent_since: date | None = None
    area: str = ""


def fold(snapshot: str, files: list[tuple[date, File]]) -> dict[str, Expected]:
    """The register that these files make, read in this order."""
    register: dict[str, Expected] = {}
    for business_date, file in files:
        in_scope = file.rows
        if not snapshot.startswith("changes"):
            in_scope = {key: tuple(c for c in several if c.state == "voimassa") for key, several in file.rows.items()}
        in_scope = {key: several for key, several in in_scope.items() if several}
        any_row = file.without_key or file.ragged or any(file.rows.values())
        covers = any_row and not file.without_key and not file.ragged
        if snapshot == "changes":
            covers = False
        elif snapshot.startswith("changes"):
            covers = covers and (business_date - ORIGIN).days % 3 == 0
        areas = {cells.area for several in file.rows.values() for cells in several}
        for key, several in in_scope.items():
            _show(register, key, several, business_date)
        for key, known in register.items():
            covered = covers and (snapshot != "scoped" or known.area in areas)
            if covered and key not in in_scope and known.absent_since is None:
                known.absent_since = business_date
    return register


def _show(register: dict[str, Expected], key: str, several: tuple[Cells, ...], business_date: date) -> None:
    cells = several[0]
    contradicts = len(set(several)) > 1
    if not contradicts and cells.state != "voimassa":
        if key in register and register[key].absent_since is None:
            register[key].absent_since = business_date
        return
    known = register.setdefault(key, Expected())
    known.absent_since = None
    known.area = cells.area
    known.quarantined = contradicts or not cells.name
    if known.quarantined:
        return
    known.imported = True
    given: dict[str, tuple[str, bool, Any]] = {
        "last_name": ("person.last_name", True, cells.name),
        "work_email": ("person.work_email", cells.email != EMAILS[-1], cells.email or None),
        "work_phone": ("person.work_phone", cells.phone != "12", PHONES[cells.phone]),
        "job_title": ("employment.job_title", cells.title not in BAD_TITLES, cells.title or None),
        "skills": ("competence", SKILLS[cells.skills] is not None, SKILLS[cells.skills]),
    }
    for name, (path, good, value) in given.items():
        known.stale.discard(path)
        if good:
            known.values[name] = value
        else:
            known.stale.add(path)


cells = st.builds(
    Cells,
    name=st.sampled_from(["Virtanen", "Virtanen", "Nieminen", "Nieminen", ""]),
    email=st.sampled_from(EMAILS),
    phone=st.sampled_from(list(PHONES)),
    title=st.sampled_from(TITLES),
    skills=st.sampled_from(list(SKILLS)),
    state=st.sampled_from(["voimassa"] * 4 + ["poistettu", "vieras"]),
    area=st.sampled_from(["A", "B"]),
)
of_a_key = st.one_of(
    st.just(()),
    st.just(()),
    cells.map(lambda one: (one,)),
    cells.map(lambda one: (one,)),
    cells.map(lambda one: (one,)),
    cells.map(lambda one: (one, one)),
    st.tuples(cells, cells),
)
rows_of_a_file = st.fixed_dictionaries(dict.fromkeys(KEYS, of_a_key))
seldom = st.integers(0, 7).map(lambda number: number == 0)
file = st.builds(File, rows=rows_of_a_file, without_key=seldom, ragged=seldom)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[tuple[date, File]], list[int]]:
    """A snapshot type, files by business date, and the order in which they are read; a later file of a date counts."""
    snapshot = draw(st.sampled_from(list(SNAPSHOTS)))
    dates = sorted(draw(st.sets(st.integers(0, 7), min_size=2, max_size=6)))
    files: list[tuple[date, File]] = []
    for number in dates:
        again = bool(files) and draw(st.integers(0, 4)) == 0
        files.append((day(number), files[-1][1] if again else draw(file)))
        if draw(st.integers(0, 5)) == 0:
            files.append((day(number), draw(file)))
    dates_read = draw(st.permutations(sorted({when for when, _ in files})))
    order = [n for when in dates_read for n, (of, _) in enumerate(files) if of == when]
    return snapshot, files, order


def check(sandbox: Sandbox, history: tuple[str, list[tuple[date, File]], list[int]]) -> None:
    snapshot, files, order = history
    # What the description excludes and what it marks as deleted both end a row of changes.
    sandbox = replace(sandbox, settings={"snapshot": SNAPSHOTS[snapshot]}).activate()
    for number in order:
        business_date, content = files[number]
        sandbox.put(business_date, content.text())
        result = sandbox.sync(business_date)
        assert result.status in ("applied", "unchanged")
    expected = {
        key: known.values
        | {
            "imported": known.imported,
            "absent_since": known.absent_since,
            "quarantined": known.quarantined,
            "stale": sorted(known.stale),
        }
        for key, known in fold(snapshot, files).items()
    }
    # A key that is known only from its deletion is no row of the register; it is remembered for the sake of order.
    held = {key: row for key, row in sandbox.held().items() if row["imported"] or row["quarantined"]}
    different = sorted(key for key in held.keys() | expected.keys() if held.get(key) != expected.get(key))
    if different:
        key = different[0]
        lines = [f"{snapshot}, key {key} of {len(different)}, read in the order {order}"]
        for number, (when, content) in enumerate(files):
            marks = ("ragged " if content.ragged else "") + ("without key" if content.without_key else "")
            lines.append(f"{number} {when} {marks} {content.rows.get(key)}")
        pytest.fail("\n".join([*lines, f"expected {expected.get(key)}", f"held     {held.get(key)}"]), pytrace=False)


@given(history=histories())
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_order_makes_the_same_register(numbered: Iterator[Sandbox], history: Any) -> None:
    check(next(numbered), history)


def crowd(seed: int, snapshot: str) -> tuple[str, list[tuple[date, File]], list[int]]:
    """A history like those of `histories`, with hundreds of keys in each file: a sync costs the same."""
    draw = random.Random(seed)
    keys = [str(number) for number in range(300)]

    def cells() -> Cells:
        return Cells(
            name=draw.choice(["Virtanen", "Virtanen", "Nieminen", "Nieminen", ""]),
            email=draw.choice(EMAILS),
            phone=draw.choice(list(PHONES)),
            title=draw.choice(TITLES),
            skills=draw.choice(list(SKILLS)),
            state=draw.choice(["voimassa"] * 4 + ["poistettu", "vieras"]),
            area=draw.choice("AB"),
        )

    def of_a_key() -> tuple[Cells, ...]:
        one = cells()
        return draw.choice([(), (), (one,), (one,), (one,), (one, one), (one, cells())])

    def file() -> File:
        rows = {key: of_a_key() for key in keys}
        if draw.random() < 0.3:  # a file of one area only
            rows = {key: tuple(cells for cells in several if cells.area == "A") for key, several in rows.items()}
        return File(rows, without_key=draw.random() < 0.15, ragged=draw.random() < 0.15)

    files: list[tuple[date, File]] = []
    for number in sorted(draw.sample(range(9), draw.randint(3, 7))):
        files.append((day(number), files[-1][1] if files and draw.random() < 0.15 else file()))
        if draw.random() < 0.15:
            files.append((day(number), file()))
    dates = sorted({when for when, _ in files})
    draw.shuffle(dates)
    return snapshot, files, [n for when in dates for n, (of, _) in enumerate(files) if of == when]


@pytest.mark.parametrize("snapshot", SNAPSHOTS)
@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_many_keys_makes_the_same_register(numbered: Iterator[Sandbox], seed: int, snapshot: str) -> None:
    check(next(numbered), crowd(seed, snapshot))


@pytest.mark.endure
def test_any_order_makes_the_same_register_for_long(numbered: Iterator[Sandbox]) -> None:
    first = int(os.environ.get("MDO_ENDURE_SEED", "0")) * 1_000_000 + 1000
    for seed in range(first, first + int(os.environ.get("MDO_ENDURE_FUZZ", "4")) // 4):
        for snapshot in SNAPSHOTS:
            check(next(numbered), crowd(seed, snapshot))
