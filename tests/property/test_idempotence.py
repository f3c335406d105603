"""Idempotence and conservation (invariants 1 and 2), and the dry run that shares its code with the real one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox import Sandbox, csv_of, day, row

from register.tables import metadata
from register.tables.sync import PARTS_OF_READ
from sources import rules_version

SNAPSHOTS = {
    "full": "{type: full}",
    "changes": "{type: changes, deleted: {column: Tila, values: [poistettu]}}",
    "scoped": "{type: scoped, column: Alue}",
}
#: What a key's row may look like on a night; the number stands for a part of the keys.
KINDS: list[dict[str, str] | None] = [
    None,
    {},
    {},
    {"Posti": "uusi@example.com"},
    {"Sukunimi": "Nieminen", "Taidot": "C1,C2", "Nimike": "Luotsi"},
    {"Sukunimi": ""},
    {"Posti": "no address"},
    {"Taidot": "C1,ei koodi"},
    {"Nimike": "..."},
    {"Tila": "vieras"},
    {"Tila": "poistettu"},
    {"Alue": "B"},
]


def night(seed: int) -> str:
    """A file of some 60 keys of all kinds, with duplicates, contradictions and unreadable keys."""
    draw = random.Random(seed)
    rows = []
    for number in range(60):
        kind = draw.choice(KINDS)
        if kind is not None:
            rows.append(row(str(number), **kind))
            if draw.random() < 0.1:
                rows.append(row(str(number), **draw.choice([kind, {"Sukunimi": "Toinen"}])))
    if draw.random() < 0.2:
        rows.append(row(""))
    draw.shuffle(rows)
    return csv_of(rows) + ("9;Vir" if draw.random() < 0.2 else "")


def contents(sandbox: Sandbox, *left_out: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with its place on disk and the transaction that wrote it."""
    return {
        str(table): sandbox.query(f"select ctid::text, xmin::text, * from {table} order by ctid")
        for table in metadata.sorted_tables
        if str(table) not in left_out
    }


def adds_up(counts: dict[str, int]) -> bool:
    return counts["read"] == sum(counts[part] for part in PARTS_OF_READ)


few = settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 2**32)


@given(first=seeds, second=seeds, snapshot=st.sampled_from(list(SNAPSHOTS)))
@few
def test_the_dry_run_counts_what_the_run_does_and_leaves_nothing(
    numbered: Iterator[Sandbox], first: int, second: int, snapshot: str
) -> None:
    sandbox = replace(next(numbered), settings={"snapshot": SNAPSHOTS[snapshot]}).activate()
    for number, seed in enumerate((first, second)):
        text = night(seed)
        sandbox.put(day(number), text)
        before = contents(sandbox)
        planned = sandbox.sync(day(number), dry_run=True)
        assert planned.status == "planned"
        assert contents(sandbox) == before
        assert sandbox.staging_tables() == []
        applied = sandbox.sync(day(number))
        assert applied.status == "applied"
        assert applied.counts == planned.counts
        assert adds_up(applied.counts)
        assert applied.counts["read"] == text.count("\n") - 1 + (not text.endswith("\n"))
        (stored,) = sandbox.query("select * from sync.batch where id = %s", applied.batch.id)
        assert {name: stored[name] for name in applied.counts} == applied.counts
        assert sandbox.staging_tables() == []


@given(seed=seeds, snapshot=st.sampled_from(list(SNAPSHOTS)))
@few
def test_the_same_batch_again_changes_nothing(numbered: Iterator[Sandbox], seed: int, snapshot: str) -> None:
    sandbox = replace(next(numbered), settings={"snapshot": SNAPSHOTS[snapshot]}).activate()
    sandbox.put(day(0), night(seed))
    sandbox.sync(day(0))
    before = contents(sandbox)
    again = sandbox.sync(day(0))
    assert again.status == "unchanged"
    assert adds_up(again.counts)
    assert contents(sandbox) == before


@given(seed=seeds)
@few
def test_the_same_rows_in_another_order_change_no_row(numbered: Iterator[Sandbox], seed: int) -> None:
    sandbox = next(numbered).activate()
    rows = [row(str(number), **(kind or {})) for number, kind in enumerate(KINDS * 3)]
    sandbox.put_rows(day(0), rows)
    first = sandbox.sync(day(0))
    told = ("sync.batch", "sync.coverage", "sync.quarantine", "sync.landed")  # each batch writes its own of these
    before = contents(sandbox, *told)
    random.Random(seed).shuffle(rows)
    sandbox.put_rows(day(1), rows)
    again = sandbox.sync(day(1))
    assert again.status == "applied"
    assert again.counts["inserted"] == again.counts["updated"] == again.counts["absent"] == 0
    assert again.counts["quarantined"] == first.counts["quarantined"]
    assert contents(sandbox, *told) == before


def test_the_same_file_on_another_date_counts_as_read_and_changes_no_row(sandbox: Sandbox) -> None:
    sandbox.put(day(0), night(1))
    first = sandbox.sync(day(0))
    told = ("sync.batch", "sync.coverage", "sync.quarantine", "sync.landed")
    before = contents(sandbox, *told)
    sandbox.put(day(1), night(1))
    again = sandbox.sync(day(1))
    assert again.status == "applied"
    assert again.counts == first.counts | {
        "inserted": 0,
        "absent": 0,
        "unchanged": first.counts["unchanged"] + first.counts["inserted"],
    }
    assert contents(sandbox, *told) == before
    repeated = "select row_number, key, rule from sync.quarantine where batch_id = %s order by 1, 3"
    assert sandbox.query(repeated, again.batch.id) == sandbox.query(repeated, first.batch.id) != []


def test_an_end_date_that_comes_is_seen_in_the_same_file(sandbox: Sandbox) -> None:
    sandbox = sandbox.another("toinen", active="{ends: Tila}").activate()
    text = csv_of([row("1", Tila=""), row("2", Tila=str(day(1)))])
    for number in (0, 1):
        sandbox.put(day(number), text)
        sandbox.sync(day(number))
    assert {key: held["absent_since"] for key, held in sandbox.held().items()} == {"1": None, "2": day(1)}


def test_an_end_date_that_comes_is_seen_among_changes(sandbox: Sandbox) -> None:
    # The very row that the register holds ends by the date alone: counted once, and not as a contradiction.
    sandbox = sandbox.another("toinen", active="{ends: Alue}", snapshot=SNAPSHOTS["changes"]).activate()
    for number in (0, 1):
        sandbox.put_rows(day(number), [row("1", Alue=""), row("2", Alue=str(day(1)))])
        result = sandbox.sync(day(number))
        assert adds_up(result.counts)
    assert {key: held["absent_since"] for key, held in sandbox.held().items()} == {"1": None, "2": day(1)}
    assert result.counts["quarantined"] == 0


def test_a_corrected_rule_reaches_rows_that_did_not_change(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.put(day(0), night(2))
    sandbox.sync(day(0))
    before = contents(sandbox, "sync.batch", "sync.coverage", "sync.quarantine", "sync.landed", "sync.source_row")
    old = sandbox.query("select key, hash from sync.source_row where hash is not null order by key")
    monkeypatch.setattr("assets.sync.rules_version", lambda source: "other rules")
    assert rules_version.rules_version(sandbox.source) != "other rules"
    result = sandbox.sync(day(0))
    assert result.status == "applied"
    assert result.counts["inserted"] == result.counts["updated"] == 0
    new = sandbox.query("select key, hash from sync.source_row where hash is not null order by key")
    assert [each["key"] for each in old] == [each["key"] for each in new]
    assert not {each["hash"] for each in old} & {each["hash"] for each in new}
    # the values are the same under the new rules, so no record is written again
    after = contents(sandbox, "sync.batch", "sync.coverage", "sync.quarantine", "sync.landed", "sync.source_row")
    assert after == before
