"""Every guard holds at its limit and not below its floor, and what persons can do with a held plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sandbox import GENEROUS, Sandbox, csv_of, day, row

from assets import replay
from assets.sync import Result
from register import actors, batches, decisions, landed
from schemas.errors import NotFound, Refusal

HETU = "131052-308T"


def guarded(sandbox: Sandbox, **limits: str) -> Sandbox:
    """The source with generous limits, but for those given."""
    given = dict(part.split(": ") for part in GENEROUS.strip("{}").split(", ")) | limits
    text = "{" + ", ".join(f"{name}: {limit}" for name, limit in given.items()) + "}"
    return replace(sandbox, settings={**sandbox.settings, "guards": text})


def many(count: int, *, first: int = 0, **cells: str) -> list[dict[str, str]]:
    return [row(str(number), **cells) for number in range(first, first + count)]


def fired(result: Result) -> list[str]:
    assert result.status == ("held" if result.alarms else "applied")
    return [str(alarm["guard"]) for alarm in result.alarms]


def decision(by: str = "kari", reason: str = "the customer confirmed it") -> replay.Decision:
    return replay.Decision(by, reason)


#: Guard, its limits, the first night, a second night that is just allowed, and one that is just too much.
LIMITS: dict[str, tuple[dict[str, str], list[Any], list[Any], list[Any]]] = {
    "empty": ({"min_rows": "10"}, many(10), many(10), many(9)),
    "shrunken by share": ({"shrink_share": "0.2", "shrink_floor": "1"}, many(50), many(40), many(39)),
    "shrunken by floor": ({"shrink_share": "0", "shrink_floor": "5"}, many(50), many(45), many(44)),
    "removed by share": ({"removed_share": "0.1", "removed_floor": "1"}, many(50), many(45), many(44)),
    "removed by floor": ({"removed_share": "0", "removed_floor": "5"}, many(50), many(45), many(44)),
    "rejected by share": (
        {"rejected_share": "0.1", "rejected_floor": "1"},
        many(50),
        many(45) + many(5, first=45, Sukunimi=""),
        many(44) + many(6, first=44, Sukunimi=""),
    ),
    "rejected by floor": (
        {"rejected_share": "0", "rejected_floor": "5"},
        many(50),
        many(45) + many(5, first=45, Sukunimi=""),
        many(44) + many(6, first=44, Sukunimi=""),
    ),
    "changes_most by share": (
        {"changed_share": "0.5", "changed_floor": "1"},
        many(20),
        many(10) + many(10, first=10, Posti="x@example.com"),
        many(9) + many(11, first=9, Posti="x@example.com"),
    ),
    "changes_most by floor": (
        {"changed_share": "0", "changed_floor": "5"},
        many(20),
        many(15) + many(5, first=15, Posti="x@example.com"),
        many(14) + many(6, first=14, Posti="x@example.com"),
    ),
    "fills_less by drop": (
        {"fill_drop": "0.3", "fill_floor": "0"},
        many(20),
        many(14) + many(6, first=14, Posti=""),
        many(13) + many(7, first=13, Posti=""),
    ),
    "hetu by share": (
        {"hetu_share": "0.1", "hetu_floor": "1"},
        many(20),
        many(19) + many(1, first=19, Nimike=HETU),
        many(18) + many(2, first=18, Nimike=HETU),
    ),
    "hetu by floor": (
        {"hetu_share": "0", "hetu_floor": "3"},
        many(20),
        many(18) + many(2, first=18, Nimike=HETU),
        many(17) + many(3, first=17, Nimike=HETU),
    ),
}


@pytest.mark.parametrize(("limits", "first", "allowed", "too_much"), LIMITS.values(), ids=LIMITS)
def test_a_guard_holds_beyond_its_limit(
    sandbox: Sandbox,
    request: pytest.FixtureRequest,
    limits: dict[str, str],
    first: list[Any],
    allowed: list[Any],
    too_much: list[Any],
) -> None:
    guard = request.node.callspec.id.split()[0]
    source = guarded(sandbox, **limits)
    source.put_rows(day(0), first)
    assert fired(source.sync(day(0))) == []
    source.put_rows(day(1), allowed)
    assert fired(source.sync(day(1), dry_run=False)) == []
    # the same first night again, so that the limit is measured from it
    other = guarded(sandbox.another("toinen").activate(), **limits)
    other.put_rows(day(0), first)
    assert fired(other.sync(day(0))) == []
    before = other.held()
    other.put_rows(day(1), too_much)
    assert fired(other.sync(day(1))) == [guard]
    assert other.held() == before


def test_a_fill_floor_spares_small_files(sandbox: Sandbox) -> None:
    source = guarded(sandbox, fill_drop="0.3", fill_floor="20")
    source.put_rows(day(0), many(20))
    source.sync(day(0))
    source.put_rows(day(1), many(20, Posti=""))
    assert fired(source.sync(day(1))) == []


@pytest.mark.parametrize(("twins", "expected"), [(3, []), (4, ["overlap"])])
def test_rows_of_another_customer_are_noticed(sandbox: Sandbox, twins: int, expected: list[str]) -> None:
    sandbox.put_rows(day(0), many(10))
    sandbox.sync(day(0))
    other = guarded(sandbox.another("toinen").activate(), overlap_share="0", overlap_floor="3")
    other.put_rows(day(0), many(twins) + many(10 - twins, first=twins, Sukunimi="Nieminen"))
    assert fired(other.sync(day(0))) == expected


def test_another_key_is_noticed(sandbox: Sandbox) -> None:
    sandbox.put_rows(day(0), many(3))
    sandbox.sync(day(0))
    with sandbox.connect() as connection:
        connection.execute("update sync.batch set pulled = jsonb_set(pulled, '{key}', '[\"Other\"]')")
    sandbox.put_rows(day(1), many(4))
    assert fired(sandbox.sync(day(1))) == ["key_changed"]


def test_the_usual_is_the_median_of_several_nights(sandbox: Sandbox) -> None:
    source = guarded(sandbox, shrink_share="0.2", shrink_floor="1")
    for number, rows in enumerate((50, 50, 45, 50, 42)):
        source.put_rows(day(number), many(rows))
        assert fired(source.sync(day(number))) == []
    source.put_rows(day(9), many(39))
    (alarm,) = source.sync(day(9)).alarms
    assert (alarm["guard"], alarm["measured"], alarm["limit"]) == ("shrunken", 0.22, 0.2)


def test_a_draft_is_held_until_it_is_activated(database_url: str, tmp_path: Any) -> None:
    from register import sources as known_sources

    sandbox = Sandbox(database_url, tmp_path)
    by = sandbox.person_who_decides()
    sandbox.put_rows(day(0), many(2))
    assert fired(sandbox.sync(day(0))) == ["draft"]
    with sandbox.work.register.transaction() as connection:
        known_sources.decide(connection, sandbox.source.name, "active", by=by, reason="seen", on=sandbox.today)
    assert fired(sandbox.sync(day(0))) == []
    assert [each["status"] for each in sandbox.query("select status from sync.batch order by id")] == [
        "superseded",
        "applied",
    ]


@pytest.fixture
def held(sandbox: Sandbox) -> tuple[Sandbox, int]:
    """A source whose second night is held, because half of its keys are gone; and the held batch."""
    source = guarded(sandbox, removed_share="0.1", removed_floor="1")
    source.person_who_decides()
    source.put_rows(day(0), many(20))
    source.sync(day(0))
    source.put_rows(day(3), many(10, Posti="uusi@example.com"))
    result = source.sync(day(3))
    assert fired(result) == ["removed"]
    return source, result.batch.id


def status(source: Sandbox, batch_id: int) -> dict[str, Any]:
    return source.query(
        "select batch.*, actor.name as decider from sync.batch left join privacy.actor on actor.id = decided_by "
        "where batch.id = %s",
        batch_id,
    )[0]


def absent(source: Sandbox) -> int:
    return sum(each["absent_since"] is not None for each in source.held().values())


def test_staging_of_a_held_plan_survives_a_crash(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    found = source.query(
        "select relname, relpersistence from pg_class where relnamespace = 'staging'::regnamespace and relkind = 'r'"
    )
    assert {each["relname"] for each in found} >= {f"b{batch_id}_row", f"b{batch_id}_person", f"b{batch_id}_unseen"}
    assert {each["relpersistence"] for each in found} == {"p"}


def test_a_released_plan_is_applied_with_name_and_reason(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    planned = status(source, batch_id)
    result = replay.release(source.work, source.source, batch_id, decision())
    assert result.status == "applied"
    applied = status(source, batch_id)
    assert (applied["status"], applied["decider"], applied["reason"]) == (
        "applied",
        "kari",
        "the customer confirmed it",
    )
    assert {name: applied[name] for name in batches.COUNTED} == {name: planned[name] for name in batches.COUNTED}
    assert absent(source) == 10
    assert source.held()["1"]["work_email"] == "uusi@example.com"
    assert source.staging_tables() == []


def test_a_discarded_plan_changes_nothing(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    before = source.held()
    decisions.discard(source.work.register, batch_id, by="kari", reason="a broken export", on=source.today)
    assert status(source, batch_id)["status"] == "discarded"
    assert source.held() == before
    assert source.staging_tables() == []
    with pytest.raises(Refusal, match="not held"):
        replay.release(source.work, source.source, batch_id, decision())


def test_a_newer_night_makes_a_held_plan_pointless(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    source.put_rows(day(4), many(20))
    assert fired(source.sync(day(4))) == []
    assert status(source, batch_id)["status"] == "superseded"
    assert source.staging_tables() == []
    with pytest.raises(Refusal, match="not held"):
        replay.release(source.work, source.source, batch_id, decision())
    assert absent(source) == 0


def test_an_older_night_leaves_a_held_plan_waiting(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    source.put_rows(day(2), many(20))
    source.sync(day(2))
    assert status(source, batch_id)["status"] == "held"
    # the register has moved on, so the plan is made anew from the landed copy; its verdict is the same
    assert replay.release(source.work, source.source, batch_id, decision()).status == "applied"
    assert absent(source) == 10


def test_a_worse_verdict_holds_again(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    (before,) = status(source, batch_id)["guards"]
    source.put_rows(day(2), many(40))  # twenty more that the held night does not show
    source.sync(day(2))
    result = replay.release(source.work, source.source, batch_id, decision())
    assert result.status == "held"
    now = status(source, batch_id)
    assert now["status"] == "held"
    assert now["guards"][0]["measured"] > before["measured"]
    assert absent(source) == 0
    assert {
        each["relpersistence"]
        for each in source.query(
            "select relpersistence from pg_class where relkind = 'r' and relnamespace = 'staging'::regnamespace"
        )
    } == {"p"}
    # released once more, now knowing this, it is applied
    assert replay.release(source.work, source.source, batch_id, decision()).status == "applied"
    assert absent(source) == 30


def test_a_plan_whose_staging_is_gone_is_pulled_again(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    findings = source.query("select row_number, rule from sync.quarantine where batch_id = %s", batch_id)
    with source.work.register.transaction() as connection:
        batches.get(connection, batch_id).staging.drop(connection)
    assert replay.release(source.work, source.source, batch_id, decision()).status == "applied"
    assert absent(source) == 10
    assert source.query("select row_number, rule from sync.quarantine where batch_id = %s", batch_id) == findings


def test_pulled_again_it_is_as_incomplete_as_it_was(sandbox: Sandbox) -> None:
    source = guarded(sandbox, rejected_share="0", rejected_floor="1")
    source.person_who_decides()
    source.put_rows(day(0), many(5))
    source.sync(day(0))
    source.put(day(1), csv_of([*many(2, Posti="uusi@example.com"), row("")]) + "9;Vir")
    result = source.sync(day(1))
    assert fired(result) == ["rejected"]
    planned = status(source, result.batch.id)
    with source.work.register.transaction() as connection:
        batches.get(connection, result.batch.id).staging.drop(connection)
    assert replay.release(source.work, source.source, result.batch.id, decision()).status == "applied"
    applied = status(source, result.batch.id)
    assert not applied["complete"]
    assert {name: applied[name] for name in batches.COUNTED} == {name: planned[name] for name in batches.COUNTED}
    assert absent(source) == 0


def test_with_neither_staging_nor_landed_copy_it_says_so(held: tuple[Sandbox, int]) -> None:
    source, batch_id = held
    with source.work.register.transaction() as connection:
        batches.get(connection, batch_id).staging.drop(connection)
        landed.clear(connection, batch_id)
    with pytest.raises(Refusal, match="neither its staged rows nor a landed copy"):
        replay.release(source.work, source.source, batch_id, decision())
    assert absent(source) == 0
    # the date can be synced again from the file, and waits again
    assert fired(source.sync(day(3))) == ["removed"]


def test_an_earlier_night_comes_back_from_its_landed_copy(held: tuple[Sandbox, int]) -> None:
    source, wrong = held
    good = source.query("select id from sync.batch where status = 'applied'")[0]["id"]
    before = source.held()
    replay.release(source.work, source.source, wrong, decision())
    assert source.held() != before
    result = replay.reapply(source.work, source.source, good, decision(reason="released wrongly"), business_date=day(3))
    assert result.status == "applied"
    assert source.held() == before
    new = status(source, result.batch.id)
    assert (new["kind"], new["decider"]) == ("reapply", "kari")
    assert new["reason"] == f"reapplied from batch {good}: released wrongly"
    # and the next night goes on from there
    source.put_rows(day(4), many(20))
    assert fired(source.sync(day(4))) == []


REFUSED = {
    "an unknown person": ("nobody", "a reason", NotFound),
    "a person whose right has ended": ("ended", "a reason", NotFound),
    "a person whose right has not begun": ("future", "a reason", NotFound),
    "no reason": ("kari", "  ", Refusal),
}


@pytest.mark.parametrize(("by", "reason", "refusal"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("what", ["release", "discard", "reapply"])
def test_only_a_named_person_with_a_reason_decides(
    held: tuple[Sandbox, int], by: str, reason: str, refusal: type[Refusal], what: str
) -> None:
    source, batch_id = held
    with source.work.register.transaction() as connection:
        actors.add(connection, actors.Actor("ended", "engineer", date(2026, 1, 1), date(2026, 11, 21)))
        actors.add(connection, actors.Actor("future", "engineer", date(2026, 11, 23), None))
    before = source.held(), status(source, batch_id), source.staging_tables()
    with pytest.raises(refusal):
        if what == "release":
            replay.release(source.work, source.source, batch_id, decision(by, reason))
        elif what == "discard":
            decisions.discard(source.work.register, batch_id, by=by, reason=reason, on=source.today)
        else:
            replay.reapply(source.work, source.source, batch_id, decision(by, reason), business_date=day(3))
    assert (source.held(), status(source, batch_id), source.staging_tables()) == before


def test_what_is_applied_cannot_be_released(sandbox: Sandbox) -> None:
    sandbox.person_who_decides()
    sandbox.put_rows(day(0), many(2))
    result = sandbox.sync(day(0))
    with pytest.raises(Refusal, match="applied, not held"):
        replay.release(sandbox.work, sandbox.source, result.batch.id, decision())
    with pytest.raises(NotFound):
        replay.release(sandbox.work, sandbox.source, 10**6, decision())
