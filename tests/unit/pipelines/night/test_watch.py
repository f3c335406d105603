"""What the watch remembers: each alert once to each service, and again only to those that did not take it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from api_server import serving

from assets.night import Night
from assets.standing import Standing, State, Urgent
from pipelines.night import alerts, watch
from pipelines.night.alerts import Alert
from pipelines.night.services import services
from pipelines.night.watch import Memory

DAY = date(2026, 3, 10)
ALERT = Alert("digest", f"{DAY}:digest", "Night of 2026-03-10: all is well", "Nothing.")


def standing(name: str, state: State, day: date = DAY, behind: int = 0) -> Standing:
    return Standing(name, state, day, "what happened", ("mdo sync",), "Owner <owner@example.com>", None, behind)


def test_who_did_not_take_it_gets_it_again_and_nobody_else() -> None:
    with serving() as well, serving() as sick:
        both = services(f"FI json://127.0.0.1:{well.port}/a SE json://127.0.0.1:{sick.port}/b")
        sick.answer = lambda request: request.reply(status=503)
        memory = Memory.read(None)
        assert memory.send(ALERT, both, DAY) == 1
        sick.answer = lambda request: request.reply({})
        memory = Memory.read(memory.write(DAY))
        assert memory.send(ALERT, both, DAY) == 0
        assert memory.send(ALERT, both, DAY) == 0
        assert (len(well.asked), len(sick.asked)) == (1, 2)


def test_a_cursor_does_not_grow_without_end() -> None:
    memory = Memory({f"{DAY - timedelta(days=days)}:digest>0": str(DAY - timedelta(days=days)) for days in range(99)})
    assert len(json.loads(memory.write(DAY))) == 15


@pytest.mark.parametrize(("hour", "due"), [(5, False), (6, True), (23, True)])
def test_when_the_digest_is_due(hour: int, due: bool) -> None:
    assert alerts.is_due(datetime(2026, 3, 10, hour)) is due


def test_a_digest_tells_of_what_came_after_the_last_one() -> None:
    """A source whose time is the afternoon is not tried yet at six; its last date is yesterday's."""
    before = DAY - timedelta(days=1)
    late = [standing("a/noon", State.MISSING, before), standing("a/night", State.FAILED, before)]
    tonight = Night(DAY, [standing("a/noon", State.DUE), standing("a/night", State.APPLIED)], [], [], [])
    told = watch._with_yesterday(tonight, Night(before, late, [], [], []), {"a/noon"})
    assert [(one.source, one.business_date) for one in told.open] == [("a/noon", before)]
    assert not told.has_not_run


def test_a_long_list_is_cut_and_says_so() -> None:
    night = Night(DAY, [standing(f"a/{number:02}", State.FAILED) for number in range(40)], [], [], [])
    lines = alerts.digest(night, "https://sync.example.fi").body.splitlines()
    assert lines[30] == "… and 10 more."
    assert sum(line.startswith("failed: a/") for line in lines) == 30


def test_an_owner_is_named_without_mailbox() -> None:
    line = alerts.line(standing("a/b", State.LATE), "https://sync.example.fi")
    assert line == "late: a/b (2026-03-10): what happened. Next: mdo sync. Owner: Owner."


@pytest.mark.parametrize(
    ("state", "behind", "urgent"),
    [
        (State.MISSING, 2, None),
        (State.MISSING, 3, Urgent.BEHIND),
        (State.APPLIED, 9, None),
    ],
)
def test_a_third_night_is_urgent(state: State, behind: int, urgent: Urgent | None) -> None:
    assert standing("a/b", state, behind=behind).urgent is urgent
