"""The sensors alone: what they ask for, of which file and date, and what they keep quiet about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from descriptions import described

from pipelines import definitions
from pipelines.instance import prepare
from pipelines.settings import Settings
from sources.config import Source

DAY = date(2026, 3, 10)
SOURCE = """
employer: {scope: any, reason: a register of the tests}
read: {type: csv, path: "PATH", encoding: utf-8, delimiter: ";"}
key: [Numero]
records:
  person: {last_name: Sukunimi}
"""


def rows(number: int) -> str:
    return "\n".join(["Numero;Sukunimi", *(f"{key};Virtanen" for key in range(number))]) + "\n"


@dataclass
class Post:
    """A dated source, one whose path has no date, and the clock."""

    bench: Any
    instance: dg.DagsterInstance
    dated: Source
    undated: Source
    settings: Settings
    now: datetime = datetime(2026, 3, 10, 8, tzinfo=ZoneInfo("Europe/Helsinki"))
    cursor: dict[str, str | None] = field(default_factory=dict)

    def look(self, sensor: str = "arrivals_sensor") -> list[tuple[str, str]]:
        """Sources and dates that a sensor asks for; a minute goes by."""
        work = self.bench.workplace(self.now.date(), now=lambda: self.now)
        sources = [self.dated, self.undated]
        defs = definitions.build(
            settings=self.settings, sources=sources, refusals=[], workplace=work, now=lambda: self.now
        )
        context = dg.build_sensor_context(
            self.instance, cursor=self.cursor.get(sensor), repository_def=defs.get_repository_def()
        )
        looked = defs.resolve_sensor_def(sensor).evaluate_tick(context)
        self.cursor[sensor] = looked.cursor
        self.now += timedelta(minutes=1)
        return [
            (key.path[0], str(request.partition_key))
            for request in looked.run_requests or []
            for key in request.asset_selection or []
            if key.path[-1] == "merged"
        ]


@pytest.fixture
def post(bench: Any, tmp_path: Path) -> Iterator[Post]:
    dated = bench.source(described(SOURCE.replace("PATH", "dated_{date}.csv"), customer="dated", history="true"))
    undated = bench.source(described(SOURCE.replace("PATH", "staff.csv"), customer="undated"))
    settings = Settings.load(home=tmp_path, inbox=bench.inbox)
    with dg.DagsterInstance.from_config(str(prepare(tmp_path))) as instance:
        yield Post(bench, instance, dated, undated, settings)


def test_a_file_that_grows_is_left_alone_until_it_has_settled(post: Post) -> None:
    for number in (3, 5, 7):
        post.bench.put(f"dated_{DAY}.csv", rows(number))
        assert post.look() == []
    assert post.look() == [("dated", str(DAY))]
    assert post.look() == post.look() == []


def test_what_the_night_has_read_is_not_asked_for(post: Post) -> None:
    post.bench.put(f"dated_{DAY}.csv", rows(3))
    post.bench.sync(post.dated, DAY)
    assert [post.look() for _ in range(3)] == [[], [], []]
    post.bench.put(f"dated_{DAY}.csv", rows(4))
    assert [post.look() for _ in range(3)] == [[], [("dated", str(DAY))], []]


def test_a_file_of_yesterday_without_a_date_is_not_taken_for_that_of_today(post: Post) -> None:
    yesterday = DAY - timedelta(days=1)
    post.bench.put("staff.csv", rows(3))
    post.bench.sync(post.undated, yesterday)
    assert [post.look() for _ in range(3)] == [[], [], []]
    post.bench.put("staff.csv", rows(4))
    assert [post.look() for _ in range(3)] == [[], [("undated", str(DAY))], []]


def test_a_file_of_the_day_before_may_come_late_and_an_old_one_may_not(post: Post) -> None:
    for days in (1, 2, 3):
        post.bench.put(f"dated_{DAY - timedelta(days=days)}.csv", rows(3))
    assert post.look() == []
    assert post.look() == [("dated", "2026-03-09"), ("dated", "2026-03-08")]


def test_a_link_out_of_the_inbox_is_not_looked_at(post: Post, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(rows(3), "utf-8")
    os.symlink(outside, post.bench.inbox / f"dated_{DAY}.csv")
    assert [post.look() for _ in range(3)] == [[], [], []]


def test_dates_are_caught_up_with_since_the_first_one_and_for_a_week(post: Post) -> None:
    assert post.look("catch_up_sensor") == [], "a source that was never read has missed nothing"
    first = DAY - timedelta(days=3)
    post.bench.put(f"dated_{first}.csv", rows(3))
    post.bench.sync(post.dated, first)
    assert post.look("catch_up_sensor") == [("dated", "2026-03-08"), ("dated", "2026-03-09")]
    post.now += timedelta(days=30)
    assert [day for _, day in post.look("catch_up_sensor")] == [f"2026-04-0{number}" for number in range(2, 9)]
