"""What Dagster loads from a folder of source files: assets, partitions, schedules, executor, and what is retried."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from assets import leak_guard, source_files
from assets.io import RefusingIOManager
from pipelines import definitions, schedules
from pipelines.command.by_hand import said_of
from pipelines.settings import Settings
from sources.config import Source
from sources.demo import registers

HELSINKI = ZoneInfo("Europe/Helsinki")
SPECS = Path(__file__).resolve().parents[1] / "golden" / "asset_specs.json"
STEPS = ("pulled", "validated", "merged")
SATAMA, PESULA = "satama-logistiikka/hr", "pohjan-pesula/yhteyshenkilot"
#: Metadata that Dagster adds by itself, other in each release.
VOLATILE = ("dagster/code_references", "dagster-system", "dagster/io_manager_key")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A folder with the two demo sources, one of them at a time of its own, and a broken one."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(registers.SOURCES, home / "sources")
    late = (home / "sources" / "pohjan-pesula-yhteyshenkilot.yaml").read_text("utf-8")
    late = late.replace("register: yhteyshenkilot", "register: vanhat").replace("history: true", 'schedule: "03:30"')
    (home / "sources" / "late.yaml").write_text(late, "utf-8")
    broken = late.replace("register: vanhat", "register: rikki").replace("hosting_country: FI", "hosting_country: US")
    (home / "sources" / "broken.yaml").write_text(broken, "utf-8")
    return Settings.load(home=home, sources=home / "sources", inbox=home / "inbox", key_file=home / "row.key")


@pytest.fixture(scope="module")
def defs(settings: Settings) -> dg.Definitions:
    sources, refusals = definitions.load_sources(settings)
    return definitions.build(settings=settings, sources=sources, refusals=refusals)


def asset_keys(defs: dg.Definitions) -> set[str]:
    return {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}


class TestAssets:
    def test_sound_files_have_assets_and_the_broken_one_has_none(self, defs: dg.Definitions) -> None:
        names = (SATAMA, PESULA, "pohjan-pesula/vanhat")
        wanted = {f"{name}/{step}" for name in names for step in STEPS}
        more = {"source_files", "persons", "night", "minimisation", "retention"}
        assert asset_keys(defs) == wanted | {f"register/{name}" for name in more}

    def test_the_check_names_file_and_line_of_what_is_broken(self, defs: dg.Definitions, settings: Settings) -> None:
        with dg.DagsterInstance.ephemeral() as instance:
            job = defs.resolve_job_def("night")
            ran = job.execute_in_process(
                instance=instance,
                asset_selection=[source_files.KEY],
                partition_key="2026-03-10",
                resources={"workplace": None, "io_manager": RefusingIOManager()},
            )
        (check,) = ran.get_asset_check_evaluations()
        assert not check.passed
        (said,) = check.metadata["refused"].value
        line = (settings.sources / "broken.yaml").read_text("utf-8").splitlines().index("hosting_country: US") + 1
        assert f"broken.yaml:{line}" in said
        assert "hosting_country" in said
        assert said in specs(defs)["register/source_files"].description
        (made,) = ran.asset_materializations_for_node("register__source_files")
        assert (made.metadata["sources"].value, made.metadata["refused"].value) == (3, 1)

    def test_specs_are_those_agreed_on(self, defs: dg.Definitions) -> None:
        """To agree on others: ``python tests/integration/test_definitions.py``, and look at the difference."""
        assert described(defs) == json.loads(SPECS.read_text("utf-8"))

    def test_every_column_that_a_source_fills_is_in_the_column_schema(self, defs: dg.Definitions) -> None:
        spec = specs(defs)[f"{PESULA}/merged"]
        columns = spec.metadata["dagster/column_schema"].columns
        mapped = {f"{record}.{field}" for record, field, _ in demo_source(PESULA).fields()}
        assert {column.name for column in columns} == mapped
        assert all(column.description for column in columns)

    def test_a_missing_folder_is_said_by_the_check_and_breaks_nothing(self, tmp_path: Path) -> None:
        settings = Settings.load(home=tmp_path)
        sources, refusals = definitions.load_sources(settings)
        empty = definitions.build(settings=settings, sources=sources, refusals=refusals)
        named = {"source_files", "persons", "night", "minimisation", "retention"}
        assert asset_keys(empty) == {f"register/{name}" for name in named}
        assert "MDO_SOURCES" in specs(empty)["register/source_files"].description, "said without any run"
        assert [each.name for each in empty.resolve_all_job_defs() if not each.name.startswith("__")]


def specs(defs: dg.Definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


def described(defs: dg.Definitions) -> dict[str, Any]:
    return {name: describe(spec) for name, spec in sorted(specs(defs).items()) if "vanhat" not in name}


def describe(spec: dg.AssetSpec) -> dict[str, Any]:
    return {
        "deps": [name for dep in spec.deps if "vanhat" not in (name := dep.asset_key.to_user_string())],
        "description": (spec.description or "").partition("\n\nIn use:")[0],  # what follows is of the folder
        "group": spec.group_name,
        "owners": list(spec.owners),
        "kinds": sorted(spec.kinds),
        "tags": {name: value for name, value in sorted(spec.tags.items()) if not name.startswith("dagster/kind/")},
        "skippable": spec.skippable,
        "partitions": str(spec.partitions_def),
        "metadata": {
            name: plain(value) for name, value in sorted(spec.metadata.items()) if not name.startswith(VOLATILE)
        },
    }


def plain(value: Any) -> Any:
    if isinstance(value, dg.TableSchema):
        return [
            f"{column.name} {column.type}{'' if column.constraints.nullable else ' not null'} "
            f"{''.join(f'({other}) ' for other in column.constraints.other)}"
            f"[{', '.join(f'{key}={tag}' for key, tag in sorted(column.tags.items()))}]: {column.description}"
            for column in value.columns
        ]
    plainer = getattr(value, "value", value)
    return plainer.to_user_string() if isinstance(plainer, dg.AssetKey) else plainer


class TestPartitions:
    @pytest.mark.parametrize(
        ("at", "newest"),
        [
            (datetime(2026, 3, 10, 1, 30), "2026-03-10"),
            (datetime(2026, 3, 10, 0, 0, 1), "2026-03-10"),
            (datetime(2026, 3, 9, 23, 59), "2026-03-09"),
            (datetime(2026, 3, 29, 1, 30), "2026-03-29"),  # the clock goes forward at 03:00
            (datetime(2026, 3, 29, 23, 30), "2026-03-29"),
            (datetime(2026, 10, 25, 1, 30), "2026-10-25"),  # and back at 04:00
            (datetime(2026, 10, 25, 23, 30), "2026-10-25"),
            (datetime(2026, 10, 26, 0, 30), "2026-10-26"),
        ],
    )
    def test_the_local_day_that_has_begun_is_the_newest(self, defs: dg.Definitions, at: datetime, newest: str) -> None:
        days = partitions(defs)
        with dg.partition_loading_context(effective_dt=at.replace(tzinfo=HELSINKI)):
            assert days.get_last_partition_key() == newest
            keys = days.get_partition_keys()
        assert keys[0] == "2026-01-01"
        every = (date(2026, 1, 1) + timedelta(days=n) for n in range(len(keys)))
        assert list(keys) == [day.isoformat() for day in every], "no day twice, none left out"

    def test_they_begin_with_the_first_valid_day_of_any_source(self) -> None:
        source = demo_source(SATAMA)
        older = source.model_copy(update={"valid": source.valid.model_copy(update={"first": date(2025, 7, 1)})})
        assert schedules.partitions([source, older]).get_first_partition_key() == "2025-07-01"


def partitions(defs: dg.Definitions) -> dg.DailyPartitionsDefinition:
    (found,) = {spec.partitions_def for spec in defs.resolve_all_asset_specs()}
    assert isinstance(found, dg.DailyPartitionsDefinition)
    return found


def demo_source(name: str) -> Source:
    (found,) = (one for one in definitions.load_each(registers.SOURCES)[0] if one.name == name)
    return found


class TestSchedules:
    def test_one_run_for_the_default_time_and_one_for_each_other(self, defs: dg.Definitions) -> None:
        found = {one.name: one for one in defs.schedules or []}
        assert {name: (one.cron_schedule, one.execution_timezone, one.job_name) for name, one in found.items()} == {
            "night_schedule": ("30 1 * * *", "Europe/Helsinki", "night"),
            "night_0330_schedule": ("30 3 * * *", "Europe/Helsinki", "night_0330"),
            "matching_schedule": ("30 4 * * *", "Europe/Helsinki", "matching"),
            "minimisation_schedule": ("0 5 * * *", "Europe/Helsinki", "minimisation"),
            "retention_schedule": ("15 5 * * *", "Europe/Helsinki", "retention"),
        }
        assert selected(defs, "night") == {
            *(f"{name}/{step}" for name in (SATAMA, PESULA) for step in STEPS),
            "register/source_files",
        }
        assert selected(defs, "matching") == {"register/persons"}, "in no night's job, so that nothing held stops it"
        assert selected(defs, "retention") == {"register/retention"}, "runs also where a sync has failed"
        assert specs(defs)["register/retention"].deps == []
        assert selected(defs, "night_0330") == {f"pohjan-pesula/vanhat/{step}" for step in STEPS}

    @pytest.mark.parametrize("day", ["2026-03-10", "2026-03-29", "2026-10-25"])
    @pytest.mark.parametrize("zone", [HELSINKI, ZoneInfo("UTC")], ids=["Helsinki", "UTC"])
    def test_a_tick_asks_once_for_the_local_date(self, defs: dg.Definitions, day: str, zone: ZoneInfo) -> None:
        at = datetime.fromisoformat(f"{day}T01:30").replace(tzinfo=HELSINKI).astimezone(zone)
        (request,) = tick(defs, "night_schedule", at)
        assert (request.partition_key, request.run_key) == (day, day)

    def test_a_tick_looked_at_a_day_late_leaves_out_who_knows_only_today(self, defs: dg.Definitions) -> None:
        at = datetime(2026, 3, 10, 3, 30, tzinfo=HELSINKI)
        assert tick(defs, "night_0330_schedule", at, looked_at=date(2026, 3, 11)) == []
        (request,) = tick(defs, "night_schedule", at, looked_at=date(2026, 3, 11))
        assert request.asset_selection is None, "all of that time have dated files"

    @pytest.mark.parametrize("name", ["night_schedule", "night_0330_schedule"])
    @pytest.mark.parametrize("around", [date(2026, 3, 29), date(2026, 10, 25)])
    def test_no_night_is_left_out_or_read_twice_when_clocks_change(
        self, defs: dg.Definitions, name: str, around: date
    ) -> None:
        """03:30 does not exist on 29 March and exists twice on 25 October; the run key takes a second one away."""
        first = datetime.combine(around - timedelta(days=1), datetime.min.time(), HELSINKI)
        schedule = defs.resolve_schedule_def(name)
        ticks = schedule_execution_time_iterator(first.timestamp(), schedule.cron_schedule, schedule.execution_timezone)
        asked = []
        while (at := next(ticks)) < first + timedelta(days=3):
            asked += [request.run_key for request in tick(defs, name, at)]
        wanted = [(around + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
        assert list(dict.fromkeys(asked)) == wanted


def tick(defs: dg.Definitions, name: str, at: datetime, *, looked_at: date | None = None) -> list[dg.RunRequest]:
    """What a schedule asks for at a moment, looked at on that day or, where the daemon was down, on a later one."""
    context = dg.build_schedule_context(scheduled_execution_time=at, repository_def=defs.get_repository_def())
    today = looked_at or at.astimezone(HELSINKI).date()
    with mock.patch.object(Settings, "today", lambda _: today):
        return list(defs.resolve_schedule_def(name).evaluate_tick(context).run_requests or [])


def selected(defs: dg.Definitions, job: str) -> set[str]:
    return {key.to_user_string() for key in defs.resolve_job_def(job).asset_layer.selected_asset_keys}


class TestRuns:
    def test_every_job_runs_in_its_own_process_and_carries_no_value(self, defs: dg.Definitions) -> None:
        jobs = list(defs.resolve_all_job_defs())
        begun = {
            "night",
            "night_0330",
            "matching",
            "minimisation",
            "retention",
            "decide_held_plan",
            "sync_chosen",
            "morning",
        }
        assert begun <= {job.name for job in jobs}
        for job in jobs:
            assert job.executor_def.name == "in_process", job.name
            assert not job.resource_defs or isinstance(
                job.resource_defs["io_manager"].resource_fn(None), RefusingIOManager
            ), job.name

    def test_nothing_else_than_assets_asks_for_memory(self, defs: dg.Definitions) -> None:
        for job in defs.resolve_all_job_defs():
            for node in job.nodes:
                assert not node.definition.input_dict or all(
                    definition.dagster_type.is_nothing for definition in node.definition.input_dict.values()
                ), node.name


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leak_guard, "RETRY_SECONDS", 0.01)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.mark.usefixtures("quick_retries")
class TestRetries:
    DAY = date(2026, 3, 10)

    def night(self, bench: Any, instance: dg.DagsterInstance, **more: Any) -> dg.ExecuteInProcessResult:
        work = replace(bench.workplace(self.DAY), wait_seconds=0, **more)
        built = definitions.build(settings=Settings.load(), sources=[demo_source(SATAMA)], refusals=[], workplace=work)
        return built.resolve_job_def("night").execute_in_process(
            instance=instance, partition_key=self.DAY.isoformat(), raise_on_error=False
        )

    def retries(self, ran: dg.ExecuteInProcessResult) -> int:
        return len(ran.filter_events(lambda event: event.is_step_up_for_retry))

    def locked(self, bench: Any) -> ExitStack:
        source = demo_source(SATAMA)
        bench.activate(source, self.DAY)
        ((source_id,),) = bench.rows("select id from sync.source")
        held = ExitStack()
        held.enter_context(bench.register.source_lock(source_id, wait_seconds=0))
        return held

    def test_a_lock_that_is_given_up_meanwhile_costs_only_a_retry(
        self, bench: Any, instance: dg.DagsterInstance
    ) -> None:
        registers.write_night(bench.inbox, self.DAY, 1)
        held = self.locked(bench)
        tried = []

        def listen(source: str, step: str, rows: int) -> None:
            if step.startswith("waiting"):
                tried.append(step)
                if len(tried) == 2:
                    held.close()

        ran = self.night(bench, instance, listener=listen)
        assert ran.success
        assert self.retries(ran) == 2
        assert bench.rows("select status from sync.batch") == [("applied",)]

    def test_a_lock_that_stays_is_tried_so_often_and_then_said(self, bench: Any, instance: dg.DagsterInstance) -> None:
        registers.write_night(bench.inbox, self.DAY, 1)
        with self.locked(bench):
            ran = self.night(bench, instance)
        assert not ran.success
        assert self.retries(ran) == leak_guard.MAX_RETRIES
        assert "Another sync of this source is still running." in failures(ran)["satama_logistiikka__hr"]

    def test_a_missing_file_is_not_retried(self, bench: Any, instance: dg.DagsterInstance) -> None:
        ran = self.night(bench, instance)
        assert not ran.success
        assert self.retries(ran) == 0
        assert "henkilot_20260310.csv" in failures(ran)["satama_logistiikka__hr"]


def failures(ran: dg.ExecuteInProcessResult) -> dict[str, str]:
    return {
        event.step_key: said_of(event.step_failure_data)
        for event in ran.filter_events(lambda event: event.is_step_failure)
    }


if __name__ == "__main__":
    _sources, _refusals = definitions.load_sources(Settings.load(sources=registers.SOURCES))
    _built = definitions.build(settings=Settings.load(), sources=_sources, refusals=_refusals)
    SPECS.write_text(json.dumps(described(_built), indent=1, ensure_ascii=False) + "\n", "utf-8")
