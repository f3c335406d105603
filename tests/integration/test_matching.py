"""Matching on a register that changes: golden records, decisions, companies, crashes, and the asset."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from people import FIRST, People, person, with_steward

from pipelines import definitions
from pipelines.settings import Settings
from register.matching import decisions, run, shown
from schemas.errors import NotFound, Refusal, TryLater

WHO: dict[str, Any] = {"by": "kari", "reason": "looked at", "on": date(2026, 3, 10)}
AINO = {"email": "aino@koe.example.com"}
FIRM = {"first": "FI"}


@pytest.fixture
def people(bench) -> People:
    return with_steward(bench)


def explained(people: People, record: str) -> dict[str, tuple[Any, str | None, str | None]]:
    """Field -> value, source and file."""
    with people.bench.register.transaction() as connection:
        golden = shown.explain_golden(connection, "person", shown.golden_of(connection, people.record(record)))
    return {one.field: (one.value, one.source, one.said and one.said.file_name) for one in golden.fields}


class TestGolden:
    def test_whose_word_counts(self, people: People) -> None:
        """The user's own, then a source that still shows the record, then the newest change."""
        people.read("hr", 0, [person("1", "Aino Kuvitelma", phone="040 555 0101", **AINO), person("2", "Eero Satunen")])
        people.read("crm", 1, [person("1", "Aino Kuvitelma", phone="040 555 0102", **AINO)])
        people.match()
        said = explained(people, "hr:1")
        assert said["work_phone"] == ("+358405550102", "koe/crm", "koe_crm_2026-03-02.csv"), "the newest change"
        people.read("app", 1, [person("u1", "Aino Kuvitelma", phone="040 555 0103", user="aino@koe.example.com")])
        people.match()
        assert explained(people, "hr:1")["work_phone"][:2] == ("+358405550103", "koe/app")
        assert explained(people, "hr:1")["work_email"][1] == "koe/crm", "what the user does not say, others do"
        people.read("app", 2, [person("u1", "Aino Kuvitelma", user="aino@koe.example.com")])
        people.read("crm", 2, [person("7", "Helmi Näytelmä")])
        people.match()
        assert explained(people, "hr:1")["work_phone"][:2] == ("+358405550101", "koe/hr"), "the other is absent"

    def test_absent_only_when_every_source_says_so(self, people: People) -> None:
        stays = person("9", "Eero Satunen")
        for register in ("hr", "crm"):
            people.read(register, 0, [person("1", "Aino Kuvitelma", **AINO), stays])
        people.read("hr", 1, [stays])
        people.match()
        absences = "select absent_since from register.person where records = 2"
        assert people.bench.rows(absences) == [(None,)]
        people.read("crm", 2, [stays])
        people.match()
        assert people.bench.rows(absences) == [(date(2026, 3, 3),)]

    def test_only_what_changed_is_written(self, people: People) -> None:
        people.read("hr", 0, [person(str(key), f"Aino Kuvitelma{'nen' * key}", email=f"a{key}@b.fi") for key in (1, 2)])
        people.match()
        written = "select xmin::text from register.person order by id"
        before = people.bench.rows(written)
        assert people.match().touched == 0
        people.read(
            "hr", 1, [person(str(key), f"Aino Kuvitelma{'nen' * key}", email=f"a{key * key}@b.fi") for key in (1, 2)]
        )
        assert people.match().touched == 1
        first, second = people.bench.rows(written)
        assert first == before[0] and second != before[1]

    def test_a_run_without_a_change_writes_nothing(self, people: People) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", number="17", **AINO)])
        people.read("crm", 0, [person("1", "Ainno Kuvitelma", **AINO), person("2", "Aino Kuvitelma", **AINO)])
        people.read("firms", 0, [FIRM | {"key": "1", "last": "Satama Oy"}])
        people.match()
        tables = ("person", "company", "golden_member", "match_link", "person_key", "review_pair", "field_pin")

        def written() -> list[list[tuple[Any, ...]]]:
            asked = "select ctid::text, xmin::text, t::text from register.{} as t order by 1"
            return [people.bench.rows(asked.format(table)) for table in tables]

        before = written()
        people.match()
        assert written() == before
        people.match(everything=True)
        assert written() == before

    def test_a_record_that_has_gone_leaves_its_person(self, people: People) -> None:
        people.read("dir", 0, [person("1", "Aino Kuvitelma", user="aino", **AINO)])
        people.read("app", 0, [person("u1", "Aino Kuvitelma", user="aino", phone="040 555 0101")])
        people.match()
        kept = people.persons()
        people.read("app", 1, [person("u1", "", user="aino")])  # the user has cleared all that he had said
        people.match()
        assert people.persons() == dict.fromkeys(kept, frozenset({"dir:1"}))
        ((verdict, why),) = people.bench.rows("select verdict, ended_why from register.match_link")
        assert (verdict, why) == ("same", "a record has gone")

    def test_the_older_person_stays_and_who_splits_off_is_new(self, people: People) -> None:
        people.read("crm", 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        (old,) = people.persons()
        people.read("hr", 1, [person("1", "Aino Kuvitelma", email="other@koe.example.com")])
        people.match()
        people.read("hr", 2, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        assert people.persons() == {old: frozenset({"crm:1", "hr:1"})}
        people.read("hr", 3, [person("1", "Aino Kuvitelma", email="other@koe.example.com")])
        people.match()
        split = people.persons()
        assert split.pop(old) == frozenset({"crm:1"})
        assert min(split) > old


class TestDecisions:
    def pair(self, people: People) -> tuple[int, int]:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", number="17", **AINO)])
        people.read("crm", 0, [person("1", "Anna Satunen")])
        people.match()
        return people.record("hr:1"), people.record("crm:1")

    def test_same_lasts_and_its_undoing_too(self, people: People) -> None:
        one, other = self.pair(people)
        before = people.golden()
        decisions.same(people.bench.register, one, other, **WHO)
        assert people.together() == {frozenset({"hr:1", "crm:1"})}
        people.match(everything=True)
        assert people.together() == {frozenset({"hr:1", "crm:1"})}
        with people.bench.register.transaction() as connection:
            (link,) = shown.links(connection, shown.golden_of(connection, one))
        assert (link.verdict, link.said_by, link.reason) == ("same", "kari", "looked at")
        decisions.undo(people.bench.register, link.id, **WHO)
        assert people.together() == set() and people.golden() == before
        with pytest.raises(Refusal, match="ended already"):
            decisions.undo(people.bench.register, link.id, **WHO)

    def test_different_parts_what_a_rule_had_joined(self, people: People) -> None:
        for register in ("hr", "crm", "crm2"):
            people.read(register, 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        (old,) = people.persons()
        decisions.different(people.bench.register, people.record("crm:1"), people.record("hr:1"), **WHO)
        assert people.persons().pop(old) == frozenset({"crm:1", "crm2:1"}), "the younger leaves, the others stay"
        people.match(everything=True)
        assert people.together() == {frozenset({"crm:1", "crm2:1"})}
        ((link,),) = people.bench.rows(
            "select id from register.match_link where verdict = 'different' and follows is null"
        )
        decisions.undo(people.bench.register, link, **WHO)
        assert people.persons() == {old: frozenset({"hr:1", "crm:1", "crm2:1"})}

    def test_the_latest_word_on_two_records_holds(self, people: People) -> None:
        for register in ("hr", "crm", "crm2"):
            people.read(register, 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.match()
        whole, pair = people.persons(), (people.record("hr:1"), people.record("crm:1"))
        decisions.different(people.bench.register, *pair, **WHO)
        decisions.same(people.bench.register, *pair, **WHO)
        assert people.persons() == whole, "nothing is left of what the first decision had brought with it"

    def test_decisions_that_contradict_each_other_are_refused(self, people: People) -> None:
        for register in ("hr", "crm", "crm2"):
            people.read(register, 0, [person("1", "Aino Kuvitelma")])
        people.match()
        hr, crm, crm2 = (people.record(f"{register}:1") for register in ("hr", "crm", "crm2"))
        register = people.bench.register
        decisions.same(register, hr, crm, **WHO)
        decisions.different(register, crm, crm2, **WHO)
        with pytest.raises(Refusal, match="keep records apart"):
            decisions.same(register, hr, crm2, **WHO)
        with pytest.raises(Refusal, match="says so already"):
            decisions.same(register, hr, crm, **WHO)
        decisions.same(register, crm, crm2, **WHO)
        decisions.same(register, hr, crm2, **WHO)
        with pytest.raises(Refusal, match="Other decisions tie"):
            decisions.different(register, hr, crm, **WHO)
        assert len(people.together()) == 1

    def test_who_and_what_is_refused(self, people: People) -> None:
        one, other = self.pair(people)
        register = people.bench.register
        stranger = People(people.bench, "toinen")
        stranger.read("hr", 0, [person("1", "Aino Kuvitelma", **AINO)])
        with pytest.raises(NotFound, match="named person"):
            decisions.same(register, one, other, **(WHO | {"by": "nobody"}))
        with pytest.raises(Refusal, match="reason"):
            decisions.same(register, one, other, **(WHO | {"reason": " "}))
        with pytest.raises(NotFound, match="two person records"):
            decisions.same(register, one, one, **WHO)
        with pytest.raises(Refusal, match="two customers"):
            decisions.same(register, one, stranger.record("hr:1"), **WHO)
        with pytest.raises(NotFound, match="no link"):
            decisions.undo(register, 999, **WHO)
        assert people.bench.rows("select count(*) from register.match_link") == [(0,)]


class TestCompanies:
    def together(self, people: People) -> set[frozenset[str]]:
        found = people.bench.rows(
            "select array_agg(split_part(source.name, '/', 2) || ':' || key) from register.golden_member as member "
            "join register.company_record as record on record.id = record_id "
            "join sync.source as source on source.id = record.source_id where record_type = 'company' "
            "group by golden_id"
        )
        return {frozenset(members) for (members,) in found}

    def test_by_id_then_by_name_and_nothing_by_likeness(self, people: People) -> None:
        def firm(key: str, name: str, business_id: str = "", vat: str = "", country: str = "FI") -> dict[str, str]:
            return {"key": key, "last": name, "business_id": business_id, "email": vat, "first": country}

        people.read("firms", 0, [firm("1", "Satama Oy"), firm("2", "Satamat Oy"), firm("3", "Meri Oy", "9000009-7")])
        people.match()
        ids = dict(people.bench.rows("select company_name, id from register.company"))
        people.read("firms2", 1, [firm("a", "SATAMA  OY", "9000011-8"), firm("b", "Meri Suomi", vat="FI90000097")])
        people.read("firms3", 1, [firm("x", "Satama Oy", country="SE")])
        people.match()
        assert self.together(people) == {
            frozenset({"firms:1", "firms2:a"}),  # the id has arrived later and re-keys nothing
            frozenset({"firms:3", "firms2:b"}),  # a Finnish VAT number is a business id
            frozenset({"firms:2"}),
            frozenset({"firms3:x"}),
        }
        kept = "select count(*) from register.company where id = any(%s)"
        assert people.bench.rows(kept, list(ids.values())) == [(3,)]
        people.read("firms4", 2, [firm("c", "Satama Oy", "9000012-6")])
        people.match()
        assert frozenset({"firms:1"}) in self.together(people), "two companies bear the name: it is of neither"

    def test_a_person_decides(self, people: People) -> None:
        """Same and different last and can be undone, and the keys decide again."""
        people.read("firms", 0, [FIRM | {"key": "1", "last": "Satama Oy"}, FIRM | {"key": "2", "last": "Satama Group"}])
        people.read("firms2", 0, [FIRM | {"key": "a", "last": "Satama Oy"}])
        people.match()
        keys = {frozenset({"firms:1", "firms2:a"}), frozenset({"firms:2"})}
        assert self.together(people) == keys
        one, two, a = (people.record(name, "company") for name in ("firms:1", "firms:2", "firms2:a"))
        register, company = people.bench.register, WHO | {"record_type": "company"}
        decisions.same(register, one, two, **company)
        assert self.together(people) == {frozenset({"firms:1", "firms:2", "firms2:a"})}
        decisions.different(register, one, a, **company)
        parted = {frozenset({"firms:1", "firms:2"}), frozenset({"firms2:a"})}
        assert self.together(people) == parted
        people.match(everything=True)
        assert self.together(people) == parted
        with people.bench.register.transaction() as connection:
            links = shown.links(connection, shown.golden_of(connection, one, "company"), "company")
            members = shown.company_members(connection, shown.golden_of(connection, one, "company"))
        assert [member.company_name for member in members] == ["Satama Oy", "Satama Group"]
        for link in links:
            if link.said_by == "kari" and link.ended_at is None and link.verdict == "same":
                decisions.undo(register, link.id, **WHO)
        assert self.together(people) == {frozenset({"firms:1"}), frozenset({"firms:2"}), frozenset({"firms2:a"})}
        with pytest.raises(Refusal, match="says so already"):
            decisions.different(register, one, two, **company)
        stranger = People(people.bench, "toinen")
        stranger.read("firms", 0, [FIRM | {"key": "1", "last": "Satama Oy"}])
        with pytest.raises(Refusal, match="two customers"):
            decisions.same(register, one, stranger.record("firms:1", "company"), **company)


class TestRuns:
    def test_all_or_nothing(self, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma", **AINO)])
        people.read("crm", 0, [person("1", "Aino Kuvitelma", **AINO)])
        before = people.bench.state()
        with monkeypatch.context() as patched:
            patched.setattr(run, "measure", self.killed)
            with pytest.raises(Refusal):
                people.match()
        assert people.bench.state() == before
        assert people.bench.rows("select count(*) from sync.matched_batch") == [(0,)]
        people.match()
        assert len(people.together()) == 1

    @staticmethod
    def killed(connection: Any, *_: Any) -> None:
        """PostgreSQL ends the session, as where the process or the server is killed."""
        connection.exec_driver_sql("select pg_terminate_backend(pg_backend_pid())")

    def test_two_runs_of_one_customer_do_not_meet(self, people: People) -> None:
        people.read("hr", 0, [person("1", "Aino Kuvitelma")])
        with people.bench.register.transaction() as connection:
            run.begin(connection, people.customer_id)
            with pytest.raises(TryLater, match="under way"):
                people.match()

    def test_a_batch_that_is_applied_late_is_matched_late(self, people: People) -> None:
        """Its number is older than that of the last run's; what counts is whether it has been matched."""
        people.read("hr", 1, [person("1", "Aino Kuvitelma", **AINO)])
        people.read("crm", 0, [person("2", "Eero Satunen")])
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql("update sync.batch set status = 'held' where source_id = 3")
        people.match()
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql(
                "update register.person_record set work_email = 'aino@koe.example.com', "
                "first_name = 'Aino', last_name = 'Kuvitelma' where key = '2'"
            )
            connection.exec_driver_sql("update sync.batch set status = 'applied' where source_id = 3")
        people.match()
        assert people.together() == {frozenset({"hr:1", "crm:2"})}


def test_the_asset_shows_counts_and_fails_only_where_a_veto_is_crossed(people: People) -> None:
    people.read("hr", 0, [person("1", "Aino Kuvitelma", number="17", **AINO)])
    people.read("crm", 0, [person("1", "Aino Kuvitelma", **AINO)])
    built = definitions.build(
        settings=Settings.load(), sources=[], refusals=[], workplace=people.bench.workplace(FIRST)
    )

    def night() -> dg.ExecuteInProcessResult:
        with dg.DagsterInstance.ephemeral() as instance:
            return built.resolve_job_def("matching").execute_in_process(
                instance=instance, partition_key=FIRST.isoformat(), raise_on_error=False
            )

    ran = night()
    assert ran.success
    (made,) = ran.asset_materializations_for_node("register__persons")
    assert (made.metadata["records"].value, made.metadata["persons"].value) == (2, 1)
    assert (made.metadata["links_email"].value, made.metadata["links_phone"].value) == (1, 0)
    checks = {check.check_name: check for check in ran.get_asset_check_evaluations()}
    assert set(checks) == {"no_veto_crossed", "everybody_is_somebody", "queue_looked_at", "nothing_left"}
    assert all(check.passed for check in checks.values())
    with people.bench.register.transaction() as connection:  # as if somebody had meddled with what is compared
        connection.exec_driver_sql(
            "update register.person_key set employer = 'own', employee_number = '99' where employee_number is null"
        )
    failed = {check.check_name for check in night().get_asset_check_evaluations() if not check.passed}
    assert failed == {"no_veto_crossed"}
    people.read("crm2", 0, [person("1", "Aino Kuvitelma")])  # perhaps the same, and looked at by nobody
    assert night().success
    with people.bench.register.transaction() as connection:
        connection.exec_driver_sql("update register.review_pair set since = since - interval '31 days'")
    (late,) = [check for check in night().get_asset_check_evaluations() if check.check_name == "queue_looked_at"]
    assert (late.passed, late.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert late.metadata["pairs"].value > 0 and late.metadata["oldest_days"].value == 31


def test_a_run_that_fails_says_no_value(people: People, canary: Any, tmp_path: Path) -> None:
    people.read("hr", 0, [person("1", "Aino Kanarialintunen", **AINO)])
    with people.bench.register.transaction() as connection:  # PostgreSQL quotes the row that breaks a constraint
        connection.exec_driver_sql("alter table register.person add constraint short check (length(last_name) < 15)")
    built = definitions.build(
        settings=Settings.load(), sources=[], refusals=[], workplace=people.bench.workplace(FIRST)
    )
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        ran = built.resolve_job_def("matching").execute_in_process(
            instance=instance, partition_key=FIRST.isoformat(), raise_on_error=False
        )
    assert not ran.success
    (failed,) = ran.filter_events(lambda event: event.is_step_failure)
    assert "koe: The database refused a statement (CheckViolation 23514, constraint short)." in str(failed)
    assert canary.hits(["Kanarialintunen", "kanarialintunen", AINO["email"]], tmp_path / "dagster", str(failed)) == []


def test_a_run_that_scores_leaves_no_value_behind(
    people: People, canary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    firm = {"employer": "Satama Oy"}
    people.read("hr", 0, [person("1", "Tuulikki Kanarialintunen", email="t.k@koe.example.com", **firm)])
    people.read("hr2", 0, [person("1", "Tuulikki Kanarialintunen", phone="040 555 0101", **firm)])
    for name in ("dagster", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    monkeypatch.chdir(tmp_path / "temp")
    built = definitions.build(
        settings=Settings.load(), sources=[], refusals=[], workplace=people.bench.workplace(FIRST)
    )
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        ran = built.resolve_job_def("matching").execute_in_process(instance=instance, partition_key=FIRST.isoformat())
    (made,) = ran.asset_materializations_for_node("register__persons")
    assert made.metadata["queue"].value == 1
    said = capfd.readouterr()
    places = (tmp_path / "dagster", tmp_path / "temp", said.out, said.err)
    assert canary.hits(["Kanarialintunen", "kanarialintunen", "t.k@koe"], *places) == []
    assert not any((tmp_path / "temp").rglob("*.*"))
