"""A night through the real jobs, on an instance with files: one merges, one is held, one fails, the rest go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from descriptions import described

from assets.naming import asset_key
from pipelines import definitions
from pipelines.instance import prepare
from pipelines.settings import Settings
from sources.config import Source

DAY = date(2026, 3, 10)
NEXT = date(2026, 3, 11)
CANARY = "Kanarialintunen"
READ = """
employer: {{scope: own, business_ids: ["9000001-1"]}}
guards: {{removed_floor: 1, shrink_floor: 1}}
read: {{type: csv, path: "{}_{{date}}.csv", encoding: utf-8, delimiter: ";"}}
"""
PEOPLE = """
key: [Numero]
records:
  person:
    last_name: Sukunimi
    work_email: Posti
"""


def people(customer: str, **keys: str) -> str:
    """A customer's register of people."""
    return described(READ.format(customer) + PEOPLE, **({"customer": customer, "history": "true"} | keys))


def text(*rows: str) -> str:
    return "\n".join(["Numero;Sukunimi;Posti", *rows]) + "\n"


WHOLE = text(*(f"{n};{CANARY};kanaria{n}@example.com" for n in range(1, 11)))
SHORT = text(f"1;{CANARY};kanaria1@example.com")


@dataclass
class House:
    """Sources, an instance on disk, and the jobs on a fresh database."""

    bench: Any
    instance: dg.DagsterInstance
    sources: dict[str, Source] = field(default_factory=dict)
    today: date = DAY

    def add(self, customer: str, *, history: bool = True, live: bool = True) -> Source:
        source = self.bench.source(people(customer, history=str(history).lower()))
        self.sources[customer] = source
        if live:
            self.bench.activate(source, self.today)
        return source

    def own(self, register: str, snapshot: str, records: str) -> None:
        """A source of MDO's own application."""
        text = f"{READ.format(register)}{snapshot}\nkey: [key]\nrecords:\n  {records}\n"
        text = described(text, register=register, kind="own_service", register_type="application", history="true")
        self.sources[register] = self.bench.source(text)
        self.bench.activate(self.sources[register], self.today)

    def put(self, customer: str, content: str, day: date = DAY) -> None:
        self.bench.put(f"{customer}_{day}.csv", content)

    @property
    def built(self) -> dg.Definitions:
        return definitions.build(
            settings=Settings.load(),
            sources=list(self.sources.values()),
            refusals=[],
            workplace=self.bench.workplace(self.today),
        )

    def night(self, day: date = DAY, **more: Any) -> dg.ExecuteInProcessResult:
        return self.built.resolve_job_def("night").execute_in_process(
            instance=self.instance, partition_key=day.isoformat(), raise_on_error=False, **more
        )

    def decide(self, **config: Any) -> dg.ExecuteInProcessResult:
        return self.built.resolve_job_def("decide_held_plan").execute_in_process(
            instance=self.instance, raise_on_error=False, run_config={"ops": {"decide": {"config": config}}}
        )

    def statuses(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        query = "select s.name, b.status from sync.batch b join sync.source s on s.id = b.source_id order by b.id"
        for name, status in self.bench.rows(query):
            found.setdefault(name.split("/")[0], []).append(status)
        return found

    def persons(self) -> int:
        ((number,),) = self.bench.rows("select count(*) from register.person_record")
        return int(number)


@pytest.fixture
def house(bench: Any, tmp_path: Path) -> Iterator[House]:
    folder = prepare(tmp_path)
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        assert isinstance(instance.compute_log_manager, NoOpComputeLogManager)
        yield House(bench, instance)


def made(ran: dg.ExecuteInProcessResult) -> dict[str, dict[str, Any]]:
    """Metadata by asset, of all assets that were materialised."""
    return {
        event.asset_key.to_user_string(): {
            name: value.value for name, value in event.step_materialization_data.materialization.metadata.items()
        }
        for event in ran.filter_events(lambda event: event.is_step_materialization)
    }


def checks(ran: dg.ExecuteInProcessResult) -> dict[str, dg.AssetCheckEvaluation]:
    return {f"{one.asset_key.path[0]}:{one.check_name}": one for one in ran.get_asset_check_evaluations()}


def said(ran: dg.ExecuteInProcessResult) -> dict[str, str]:
    """Why steps failed."""
    return {
        event.step_key: event.step_failure_data.user_failure_data.description
        for event in ran.filter_events(lambda event: event.is_step_failure)
    }


@pytest.fixture
def mixed(house: House) -> House:
    """Of four sources one is a draft, and so held, and one has no file; the first and the last are good."""
    for customer in ("alku", "hylly", "kadonnut", "loppu"):
        house.add(customer, live=customer != "hylly")
        if customer != "kadonnut":
            house.put(customer, WHOLE)
    house.put("loppu", WHOLE.replace("kanaria2@", "kanaria2 at "))
    return house


class TestOneNight:
    def test_a_hold_and_a_failure_stop_nobody_else(self, mixed: House, canary: Any, tmp_path: Path) -> None:
        ran = mixed.night()
        assert mixed.statuses() == {
            "alku": ["applied"],
            "hylly": ["held"],
            "kadonnut": ["failed"],
            "loppu": ["applied"],
        }
        assert mixed.persons() == 20
        assert not ran.success
        assert set(said(ran)) == {"kadonnut__hr"}
        assert "kadonnut_2026-03-10.csv" in said(ran)["kadonnut__hr"]
        whole = {f"{name}/hr/{step}" for name in ("alku", "loppu") for step in ("pulled", "validated", "merged")}
        assert set(made(ran)) == whole | {"hylly/hr/pulled", "hylly/hr/validated", "register/source_files"}
        assert canary.hits([CANARY, "kanaria1@"], tmp_path / "dagster") == []

    def test_a_held_source_alone_is_a_warning_and_not_a_failure(self, house: House) -> None:
        house.add("hylly", live=False)
        house.put("hylly", WHOLE)
        ran = house.night()
        assert ran.success
        found = checks(ran)
        released = found["hylly:released"]
        assert (released.passed, released.severity) == (False, dg.AssetCheckSeverity.WARN)
        ((batch_id,),) = house.bench.rows("select id from sync.batch")
        assert released.metadata["next"].value.startswith(f"mdo batch show {batch_id};")
        (alarm,) = released.metadata["held_by"].records
        assert alarm.data["guard"] == "draft"
        assert found["hylly:complete"].passed
        assert found["hylly:nothing_rejected"].passed
        assert "hylly/hr/merged" not in made(ran)
        stored = house.instance.get_latest_materialization_event(asset_key(house.sources["hylly"], "merged"))
        assert stored is None

    def test_events_come_after_the_accounts_that_they_name(self, house: House) -> None:
        house.own("aika", "snapshot: {type: log}", "message: {user_id: u, sent_at: t, channel: c, template_code: m}")
        house.own("tilit", "snapshot: {type: full}", "account: {user_id: u, username: n}")
        house.bench.put(f"aika_{DAY}.csv", "key;u;t;c;m\n1;u1;2026-03-09T08:00:00Z;sms;SHIFT\n")
        house.bench.put(f"tilit_{DAY}.csv", "key;u;n\nu1;u1;aino@example.com\n")
        ran = house.night()
        assert ran.success
        assert house.bench.rows("select user_id from register.message") == [("u1",)]
        assert [one.check_name for one in ran.get_asset_check_evaluations() if not one.passed] == []

    def test_metadata_are_numbers_that_the_pages_can_plot(self, mixed: House) -> None:
        ran = mixed.night()
        found = made(ran)
        words = {"batch", "status", "columns_used", "columns_dropped"}
        for name, metadata in found.items():
            counts = {key: value for key, value in metadata.items() if key not in words}
            assert counts, name
            assert all(type(value) in (int, float) for value in counts.values()), name
        assert found["alku/hr/pulled"]["rows_read"] == 10
        assert found["alku/hr/validated"]["rows_inserted"] == 10
        assert found["alku/hr/merged"]["rows_inserted"] == 10
        rejected = checks(ran)["loppu:nothing_rejected"]
        assert not rejected.passed
        assert [record.data for record in rejected.metadata["rejected"].records] == [
            {"rule": "email.syntax", "column": "Posti", "effect": "value", "rows": 1}
        ]

    def test_the_same_night_again_says_unchanged(self, house: House) -> None:
        house.add("alku")
        house.put("alku", WHOLE)
        house.night()
        ran = house.night()
        assert ran.success
        merged = made(ran)["alku/hr/merged"]
        assert (merged["status"], merged["rows_inserted"], merged["rows_unchanged"]) == ("unchanged", 0, 10)
        assert house.statuses() == {"alku": ["applied"]}


class TestMergedAlone:
    """`merged` alone is no selection, so that a hold cannot be got round by materialising what comes after it."""

    def test_it_is_refused_and_nothing_is_read(self, house: House) -> None:
        house.add("hylly", live=False)
        house.put("hylly", WHOLE)
        with pytest.raises(dg.DagsterInvalidSubsetError):
            house.night(asset_selection=[asset_key(house.sources["hylly"], "merged")])
        assert house.statuses() == {}

    def test_after_a_hold_it_changes_nothing_either(self, house: House) -> None:
        house.add("hylly", live=False)
        house.put("hylly", WHOLE)
        house.night()
        with pytest.raises(dg.DagsterInvalidSubsetError):
            house.night(asset_selection=[asset_key(house.sources["hylly"], "merged")])
        house.night()  # the whole pass, as the pages would run it
        assert house.persons() == 0
        assert house.statuses() == {"hylly": ["superseded", "held"]}


class TestDecision:
    @pytest.fixture
    def held(self, house: House) -> tuple[House, int]:
        house.add("hylly")
        house.put("hylly", WHOLE)
        assert house.night().success
        house.today = NEXT
        house.put("hylly", SHORT, NEXT)
        ran = house.night(NEXT)
        assert ran.success
        guards = [record.data["guard"] for record in checks(ran)["hylly:released"].metadata["held_by"].records]
        assert guards == ["shrunken", "removed"]
        ((batch_id,),) = house.bench.rows("select id from sync.batch where status = 'held'")
        return house, batch_id

    def absent(self, house: House) -> int:
        ((number,),) = house.bench.rows("select count(*) from sync.source_row where absent_since is not null")
        return int(number)

    def test_a_named_person_releases(self, held: tuple[House, int]) -> None:
        house, batch_id = held
        assert self.absent(house) == 0
        ran = house.decide(batch=batch_id, person="kari", reason_code="CONFIRMED_BY_OWNER")
        assert ran.success
        assert self.absent(house) == 9
        decided = house.bench.rows(
            "select b.status, b.reason, a.name from sync.batch b join privacy.actor a on a.id = b.decided_by"
        )
        assert decided == [("applied", "confirmed_by_owner", "kari")]
        assert made(ran)["hylly/hr/merged"]["keys_absent"] == 9
        merged = asset_key(house.sources["hylly"], "merged")
        assert house.instance.get_materialized_partitions(merged) == {str(DAY), str(NEXT)}
        assert checks(ran)["hylly:released"].passed, "the pages say so, too"

    def test_a_named_person_discards(self, held: tuple[House, int]) -> None:
        house, batch_id = held
        ran = house.decide(batch=batch_id, person="kari", reason_code="WRONG_FILE", discard=True)
        assert ran.success
        assert self.absent(house) == 0
        assert house.statuses() == {"hylly": ["applied", "discarded"]}

    def test_what_decides_nothing_says_why(self, held: tuple[House, int]) -> None:
        from register import actors

        house, batch_id = held
        with house.bench.register.transaction() as connection:
            actors.add(connection, actors.Actor("ended", "engineer", date(2026, 1, 1), DAY))
        good = {"batch": batch_id, "person": "kari", "reason_code": "OTHER"}
        for change, answer in (
            ({"person": "matti"}, "mdo actor add"),
            ({"person": "matti", "discard": True}, "mdo actor add"),
            ({"person": "ended"}, "mdo actor add"),
            ({"batch": 999}, "There is no batch 999."),
            ({"batch": batch_id - 1}, "is applied, not held"),
        ):
            ran = house.decide(**good | change)
            assert not ran.success, change
            assert answer in said(ran)["decide"]
            assert "matti" not in said(ran)["decide"]
        # Run configuration is stored for ever, and a text in it could name somebody.
        with pytest.raises(dg.DagsterInvalidConfigError):
            house.decide(**good | {"reason_code": "Virtanen called"})
        source = house.sources.pop("hylly")
        assert "has no source file any more" in said(house.decide(**good))["decide"]
        house.sources["hylly"] = source
        assert self.absent(house) == 0
        assert house.statuses() == {"hylly": ["applied", "held"]}


class TestBackfill:
    def test_a_source_that_knows_only_today_refuses_another_date(self, house: House) -> None:
        house.add("nyt", history=False)
        house.put("nyt", WHOLE, date(2026, 3, 2))
        ran = house.night(date(2026, 3, 2))
        assert not ran.success
        assert "knows only today" in said(ran)["nyt__hr"]
        assert "history: true" in said(ran)["nyt__hr"]
        assert house.statuses() == {}

    def test_one_with_history_is_merged_in_its_place(self, house: House) -> None:
        house.add("alku")
        house.put("alku", SHORT)
        house.night()
        house.put("alku", WHOLE, date(2026, 3, 2))
        ran = house.night(date(2026, 3, 2))
        assert ran.success
        assert made(ran)["alku/hr/merged"]["rows_inserted"] == 9
        key = asset_key(house.sources["alku"], "merged")
        assert house.instance.get_materialized_partitions(key) == {"2026-03-02", "2026-03-10"}
        assert house.persons() == 10

    def test_before_a_source_is_valid_nothing_is_read(self, house: House) -> None:
        house.add("alku")
        late = house.bench.source(people("uusi", valid="{from: 2026-03-05}"))
        house.sources["uusi"] = late
        house.put("uusi", WHOLE, date(2026, 3, 2))
        house.put("alku", WHOLE, date(2026, 3, 2))
        ran = house.night(date(2026, 3, 2))
        assert set(said(ran)) == {"uusi__hr"}
        assert "valid" in said(ran)["uusi__hr"]
