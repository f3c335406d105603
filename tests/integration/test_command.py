"""The command line: every command on one home with its own PostgreSQL, what it prints, and its exit code."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest import mock

import psycopg
import pytest
import typer
from commands import Home, Said
from typer.main import get_command

from pipelines.command import app
from register import embedded
from sources.demo.registers import EXPECTED, PESULA, SATAMA, SOURCES, write_night

FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 10)
PROGRAM = [sys.executable, "-c", "from pipelines.command import main; main()"]
_WHO = ("--by", "maija", "--reason", "looked at")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="mdo-test-"))  # pytest's own folders are too deep for a socket
    try:
        yield made
    finally:
        for home in (made, made / "demo"):
            embedded.stop(home / "postgres")
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def home(folder: Path) -> Home:
    """The demo's sources, live, with the first night's files applied and the second night's in the inbox."""
    mine = Home(folder)
    shutil.copytree(SOURCES, folder / "sources")
    write_night(folder / "inbox", FIRST, 1)
    assert mine.mdo("actor", "add", "kari", "--title", "engineer", "--date", "2026-01-01").code == 0
    for name in (SATAMA, PESULA):
        assert mine.mdo("source", "activate", name, "--by", "kari", "--reason", "a test").code == 0
    ran = mine.mdo("sync", "--date", str(FIRST))
    assert ran.code == 0, ran.out + ran.err
    write_night(folder / "inbox", SECOND, 2)
    return mine


def count_rows(home: Home) -> list[tuple[object, ...]]:
    tables = home.query(
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('sync', 'register') order by 1"
    )
    return [(table, *home.query(f"select count(*) from {table}")[0]) for (table,) in tables]


def summary(said: Said, source: str) -> list[str]:
    """The cells of a source's line in a summary table."""
    (cells,) = (cells for line in said.out.splitlines() if (cells := line.split())[:1] == [source])
    return cells


class TestSync:
    """In this order: the dry run, then the real one, then the same again."""

    def test_a_dry_run_stores_nothing_and_says_what_the_real_run_does(self, home: Home) -> None:
        before = count_rows(home)
        dry = home.mdo("sync", "--dry-run")
        assert dry.code == 3
        assert count_rows(home) == before
        real = home.mdo("sync")
        assert real.code == 3
        for source, status in ((SATAMA, "applied"), (PESULA, "held")):
            assert summary(dry, source)[1] == "planned"
            assert summary(real, source)[1] == status
            assert summary(dry, source)[2:] == summary(real, source)[2:]
        assert "the plan would be held" in dry.words
        assert "the plan is held" in real.words
        assert "shrunken: 27 rows were read where 79 are usual." in real.words
        ((held,),) = home.query("select id from sync.batch where status = 'held'")
        assert f"mdo batch release {held} --by NAME --reason WHY" in real.words

    @pytest.mark.parametrize(("name", "night"), list(EXPECTED))
    def test_the_counts_are_those_of_the_story(self, home: Home, name: str, night: int) -> None:
        expected = {key: value for key, value in vars(EXPECTED[name, night]).items() if key not in ("held", "rules")}
        ((held, *found),) = home.query(
            f"select b.status = 'held', {', '.join(expected)} from sync.batch b join sync.source s on s.id = source_id "
            "where s.name = %s and business_date = %s",
            name,
            {1: FIRST, 2: SECOND}[night],
        )
        assert held == EXPECTED[name, night].held
        assert dict(zip(expected, found, strict=True)) == expected
        rules = home.query(
            "select rule, count(distinct row_number) from sync.quarantine q join sync.batch b on b.id = batch_id "
            "join sync.source s on s.id = b.source_id where s.name = %s and b.business_date = %s group by 1",
            name,
            {1: FIRST, 2: SECOND}[night],
        )
        assert dict(rules) == EXPECTED[name, night].rules

    def test_one_customer_or_one_source(self, home: Home) -> None:
        again = home.mdo("sync", "--customer", "satama-logistiikka")
        assert again.code == 0
        assert summary(again, SATAMA)[1] == "unchanged"
        assert PESULA not in again.out
        assert home.mdo("sync", "--source", SATAMA).code == 0

    def test_a_missing_file_fails_and_the_others_go_on(self, home: Home) -> None:
        (home.folder / "inbox" / "satama" / "henkilot_20260309.csv").rename(home.folder / "aside.csv")
        try:
            said = home.mdo("sync", "--date", str(FIRST))
        finally:
            (home.folder / "aside.csv").rename(home.folder / "inbox" / "satama" / "henkilot_20260309.csv")
        assert said.code == 1
        assert summary(said, SATAMA)[1] == "failed"
        assert summary(said, PESULA)[1] == "unchanged"
        assert "satama/henkilot_20260309.csv" in said.err

    def test_a_broken_source_file_fails_the_night_but_not_another_source(self, home: Home) -> None:
        broken = home.folder / "sources" / "broken.yaml"
        broken.write_text("customer: rikki\nregister: hr\n", "utf-8")
        try:
            whole = home.mdo("sync", "--date", str(FIRST))
            one = home.mdo("sync", "--date", str(FIRST), "--source", SATAMA)
            itself = home.mdo("sync", "--source", "rikki/hr")
            listed = home.mdo("source", "list")
        finally:
            broken.unlink()
        assert (whole.code, one.code, itself.code, listed.code) == (1, 0, 1, 1)
        for said in (whole, one, itself, listed):
            assert "broken.yaml:1" in said.err
        assert summary(whole, SATAMA)[1] == "unchanged", "an older night is finished, too"

    @pytest.mark.parametrize(
        ("arguments", "answer"),
        [
            (["--source", "satama-logistiikka/palkat"], "mdo source list shows the sources"),
            (["--customer", "kukaan"], "mdo source list shows the sources"),
            (["--date", "2025-12-31"], "Give one from 2026-01-01 to 2026-03-10."),
            (["--date", "2026-03-11"], "Give one from 2026-01-01 to 2026-03-10."),
            (["--date", "2026-03-11", "--dry-run"], "Give one from 2026-01-01 to 2026-03-10."),
        ],
    )
    def test_what_cannot_be_synced_is_said(self, home: Home, arguments: list[str], answer: str) -> None:
        said = home.mdo("sync", *arguments)
        assert said.code == 1
        assert answer in said.words

    @pytest.mark.parametrize("text", ["2026-13-01", "10.3.2026", "yesterday"])
    def test_a_date_that_is_none(self, home: Home, text: str) -> None:
        said = home.mdo("sync", "--date", text)
        assert said.code == 2
        assert "%Y-%m-%d" in said.words

    def test_a_rehearsal_of_a_day_to_come(self, home: Home) -> None:
        day = date(2031, 5, 1)
        write_night(home.folder / "inbox", day, 2)
        said = home.mdo("sync", "--source", SATAMA, "--dry-run", MDO_TODAY=str(day))
        assert said.code == 0, said.words
        ran = home.mdo("sync", "--source", PESULA, MDO_TODAY=str(day))
        assert ran.code == 3, ran.words
        ((held,),) = home.query("select id from sync.batch where business_date = %s", day)
        assert home.mdo("batch", "discard", str(held), "--by", "kari", "--reason", "a rehearsal").code == 0


class TestBatch:
    @pytest.fixture
    def held(self, home: Home) -> int:
        """A held batch of Pesula's second night."""
        rows = home.query("select id from sync.batch where status = 'held'")
        if not rows:
            assert home.mdo("sync", "--source", PESULA).code == 3
            rows = home.query("select id from sync.batch where status = 'held'")
        ((batch_id,),) = rows
        return int(str(batch_id))

    def test_list(self, home: Home, held: int) -> None:
        everything = home.mdo("batch", "list")
        assert everything.code == 0
        assert everything.out.count(SATAMA) >= 2
        waiting = home.mdo("batch", "list", "--held")
        assert SATAMA not in waiting.out
        cells = summary(waiting, str(held))
        assert (cells[1], cells[2], cells[4]) == (PESULA, str(SECOND), "held")
        assert home.mdo("batch", "list", "--source", SATAMA, "--date", str(FIRST)).out.count(SATAMA) >= 1
        assert home.mdo("batch", "list", "--source", SATAMA, "--limit", "1").out.count(SATAMA) == 1

    def test_show_and_its_keys(self, home: Home, held: int) -> None:
        shown = home.mdo("batch", "show", str(held))
        assert shown.code == 0
        assert "46 of 73 keys would become absent." in shown.words
        assert "Kotiosoite" in shown.words
        assert "Y-0004" not in shown.words, "a key is personal"
        with_keys = home.mdo("batch", "show", str(held), "--keys")
        for key, what in (("Y-0004", "updated"), ("Y-0013", "updated"), ("Y-0028", "absent")):
            assert re.search(rf"{key} .*{what}", with_keys.out), key
        assert len(re.findall(r"Y-\d{4}", with_keys.out)) == 2 + 46

    def test_keys_of_an_applied_batch_are_those_of_rejected_rows(self, home: Home, held: int) -> None:
        ((applied,),) = home.query(
            "select min(b.id) from sync.batch b join sync.source s on s.id = source_id where s.name = %s", PESULA
        )
        assert not re.search(r"Y-\d{4}", home.mdo("batch", "show", str(applied)).out)
        said = home.mdo("batch", "show", str(applied), "--keys")
        assert set(re.findall(r"Y-\d{4}", said.out)) == {"Y-0041", "Y-0046", "Y-0051", "Y-0077"}

    def test_who_may_not_decide(self, home: Home, held: int) -> None:
        for command in ("release", "discard"):
            said = home.mdo("batch", command, str(held), "--by", "matti", "--reason", "a test")
            assert said.code == 1
            assert "mdo actor add" in said.words
            assert home.mdo("batch", command, str(held), "--by", "kari", "--reason", " ").code == 1
            assert home.mdo("batch", command, str(held), "--by", "kari").code == 2

    def test_discard_release_and_reapply(self, home: Home, held: int) -> None:
        said = home.mdo("batch", "discard", str(held), "--by", "kari", "--reason", "the transfer broke off")
        assert said.code == 0
        assert "the register is as it was" in said.words
        assert home.mdo("batch", "discard", str(held), "--by", "kari", "--reason", "again").code == 1
        assert home.mdo("sync", "--source", PESULA).code == 3
        ((anew,),) = home.query("select id from sync.batch where status = 'held'")
        released = home.mdo("batch", "release", str(anew), "--by", "kari", "--reason", "a mistake")
        assert released.code == 0, released.words
        assert summary(released, PESULA)[1] == "applied"
        assert self.absent(home) == 46
        ((good,),) = home.query(
            "select min(b.id) from sync.batch b join sync.source s on s.id = source_id "
            "where s.name = %s and b.status = 'applied'",
            PESULA,
        )
        back = home.mdo("batch", "reapply", str(good), "--by", "kari", "--reason", "the release was wrong")
        if back.code == 3:  # a guard may hold what changes so much
            ((anew,),) = home.query("select id from sync.batch where status = 'held'")
            back = home.mdo("batch", "release", str(anew), "--by", "kari", "--reason", "as meant")
        assert back.code == 0, back.words
        assert self.absent(home) == 0

    @staticmethod
    def absent(home: Home) -> object:
        ((number,),) = home.query(
            "select count(*) from sync.source_row r join sync.source s on s.id = r.source_id "
            "where s.name = %s and imported and absent_since is not null",
            PESULA,
        )
        return number

    @pytest.mark.parametrize("command", ["show", "release", "discard", "reapply"])
    def test_a_batch_that_is_not_there(self, home: Home, command: str) -> None:
        decision = [] if command == "show" else ["--by", "kari", "--reason", "a test"]
        said = home.mdo("batch", command, "999", *decision)
        assert said.code == 1
        assert "There is no batch 999." in said.words
        assert home.mdo("batch", command, "abc", *decision).code == 2

    def test_a_source_that_is_not_there(self, home: Home) -> None:
        said = home.mdo("batch", "list", "--source", "kukaan/hr")
        assert said.code == 1
        assert "No source named kukaan/hr" in said.words


class TestSource:
    def test_check_reads_a_sample_and_stores_nothing(self, home: Home) -> None:
        before = count_rows(home)
        file = home.folder / "sources" / "satama-logistiikka-hr.yaml"
        said = home.mdo("source", "check", str(file), "--date", str(FIRST))
        assert said.code == 0, said.words
        assert "all 120 rows were looked at, and nothing was stored" in said.words
        assert "Not declared, and so never stored: Palkka, Kotiosoite" in said.words
        assert re.search(r"Henkilönumero\s+key, employment.employee_number", said.out)
        for rule in ("email.syntax", "hetu.valid", "required.missing", "csv.ragged"):
            assert rule in said.out
        assert count_rows(home) == before

    def test_check_of_what_is_wrong(self, home: Home, tmp_path: Path) -> None:
        text = (home.folder / "sources" / "satama-logistiikka-hr.yaml").read_text("utf-8")
        wrong = tmp_path / "wrong.yaml"
        wrong.write_text(text.replace("hosting_country: FI", "hosting_country: US"), "utf-8")
        said = home.mdo("source", "check", str(wrong))
        assert said.code == 1
        assert re.search(r"wrong\.yaml:\d+", said.err)
        sound = tmp_path / "sound.yaml"
        sound.write_text(text, "utf-8")
        said = home.mdo("source", "check", str(sound), "--date", "2026-02-01")
        assert said.code == 1
        assert "The description is sound, but its register cannot be read" in said.words
        assert home.mdo("source", "check", str(tmp_path / "none.yaml")).code == 1

    def test_check_of_an_empty_register(self, home: Home, tmp_path: Path) -> None:
        header = (home.folder / "inbox" / "satama" / "henkilot_20260309.csv").read_bytes().split(b"\r\n")[0]
        (home.folder / "inbox" / "satama" / "henkilot_20260201.csv").write_bytes(header + b"\r\n")
        file = home.folder / "sources" / "satama-logistiikka-hr.yaml"
        said = home.mdo("source", "check", str(file), "--date", "2026-02-01")
        assert said.code == 0, said.words
        assert "0 rows" in said.words

    def test_list_activate_and_history(self, home: Home) -> None:
        listed = home.mdo("source", "list")
        assert listed.code == 0
        assert re.search(rf"{SATAMA}\s+Satama Logistiikka, henkilörekisteri\s+active\s+01:30", listed.out)
        back = home.mdo("source", "activate", SATAMA, "--draft", "--by", "kari", "--reason", "a test")
        assert f"{SATAMA} is draft." in back.words
        assert re.search(rf"{SATAMA}\s+.*draft", home.mdo("source", "list").out)
        assert home.mdo("source", "activate", SATAMA, "--by", "kari", "--reason", "a test").code == 0
        history = home.mdo("source", "history", SATAMA)
        assert history.code == 0
        assert re.search(r"[0-9a-f]{12}\s+\d{4}-\d\d-\d\d", history.out)

    @pytest.mark.parametrize("command", [["history"], ["activate", "--by", "kari", "--reason", "a test"]])
    def test_an_unknown_source(self, home: Home, command: list[str]) -> None:
        said = home.mdo("source", command[0], "kukaan/hr", *command[1:])
        assert said.code == 1
        assert "No source named kukaan/hr" in said.words

    def test_an_unknown_person(self, home: Home) -> None:
        said = home.mdo("source", "activate", SATAMA, "--by", "matti", "--reason", "a test")
        assert said.code == 1
        assert "mdo actor add" in said.words

    def test_schema(self, home: Home, tmp_path: Path) -> None:
        import json

        printed = home.mdo("source", "schema")
        assert json.loads(printed.out)["additionalProperties"] is False
        assert home.mdo("source", "schema", "--to", str(tmp_path / "schema.json")).code == 0
        assert json.loads((tmp_path / "schema.json").read_text("utf-8")) == json.loads(printed.out)


class TestActorAndDatabase:
    def test_add_end_and_list(self, home: Home) -> None:
        assert home.mdo("actor", "add", "liisa", "--title", "data [steward]").code == 0
        assert home.mdo("actor", "add", "liisa", "--title", "another").code == 1
        assert home.mdo("actor", "end", "liisa", "--date", "2026-03-31").code == 0
        assert home.mdo("actor", "end", "matti").code == 1
        listed = home.mdo("actor", "list")
        assert re.search(r"liisa\s+data \[steward\]\s+2026-03-10\s+2026-03-31", listed.out)

    def test_upgrade_and_status(self, home: Home, tmp_path: Path) -> None:
        assert home.mdo("db", "upgrade").code == 0
        status = home.mdo("db", "status")
        assert status.code == 0
        assert "embedded PostgreSQL" in status.words
        with psycopg.connect(embedded.url(home.folder / "postgres"), autocommit=True) as connection:
            connection.execute("create database empty")
        url = embedded.url(home.folder / "postgres", "empty")
        behind = home.mdo("db", "status", MDO_DATABASE_URL=url)
        assert behind.code == 1
        assert "Run mdo db upgrade." in behind.words
        assert home.mdo("db", "upgrade", MDO_DATABASE_URL=url).code == 0
        assert home.mdo("db", "status", MDO_DATABASE_URL=url).code == 0

    def test_a_database_that_is_not_there(self, home: Home, tmp_path: Path) -> None:
        url = f"postgresql://nobody:hunter2@/mdo?host={tmp_path}"
        said = home.mdo("db", "status", MDO_DATABASE_URL=url)
        assert said.code == 1
        assert "hunter2" not in said.words

    def test_a_misspelt_setting(self, home: Home) -> None:
        said = home.mdo("source", "list", MDO_SUORCES="/nowhere")
        assert said.code == 1
        assert "MDO_SUORCES" in said.words


class TestExplain:
    def test_by_id(self, home: Home) -> None:
        ((record, key),) = home.query(
            "select id, key from register.person_record where key = '00006' order by id limit 1"
        )
        said = home.mdo("explain", "person", str(record))
        assert said.code == 0
        assert f"person {record}, key {key}, from {SATAMA}" in said.words
        assert re.search(r"last_name\s+\S+\s+2026-03-09\s+.*henkilot_20260309.csv", said.out)

    def test_what_is_not_there(self, home: Home) -> None:
        for arguments in (["person", "999999"], ["spaceship", "1"]):
            said = home.mdo("explain", *arguments)
            assert said.code == 1, arguments

    def test_at_the_prompt_nothing_typed_is_shown(self, home: Home) -> None:
        """In a terminal of its own: neither the echo nor an argument tells whom was asked for."""
        ((mailbox,),) = home.query("select work_email from register.person_record where key = '00006'")
        controller, terminal = pty.openpty()
        asking = subprocess.Popen(
            [*PROGRAM, "explain"],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=home.environment(),
            cwd=home.folder,
            start_new_session=True,
        )
        os.close(terminal)
        shown = read_until(controller, "business id")
        while termios.tcgetattr(controller)[3] & termios.ECHO:
            assert asking.poll() is None, "it goes on without hiding what is typed"
            time.sleep(0.05)
        os.write(controller, f"{mailbox}\n".encode())
        answer = read_until(controller, None)
        assert asking.wait(60) == 0, answer
        assert "business id" in shown
        assert "Who says it" in answer
        assert answer.split("Who says it")[0].count(str(mailbox)) == 0

    def test_nobody_is_found(self, home: Home) -> None:
        with mock.patch.object(typer, "prompt", return_value="Kanarialintunen") as prompt:
            said = home.mdo("explain")
        assert prompt.call_args.kwargs["hide_input"] is True
        assert said.code == 1
        assert "Kanarialintunen" not in said.words


class TestMatch:
    def test_run_show_decide_and_explain(self, home: Home) -> None:
        said = home.mdo("match", "run")
        assert said.code == 0
        assert "satama-logistiikka" in said.words
        again = home.mdo("match", "run", "--customer", "satama-logistiikka")
        assert re.search(r"satama-logistiikka\s+0\s", again.out), "nothing is touched"
        assert "pohjan-pesula" not in again.words
        (one, name), (other, _) = home.query(
            "select record.id, last_name from register.person_record as record "
            "join sync.source on source.id = source_id where source.name = %s order by record.id limit 2",
            SATAMA,
        )
        home.mdo("actor", "add", "maija", "--title", "steward")
        who = ("--by", "maija", "--reason", "one person under two numbers")
        persons = [line.split()[-1] for line in home.mdo("match", "same", str(one), str(other), *who).out.splitlines()]
        assert len(persons) == 2 and len(set(persons)) == 1, "both records are of one person"
        person = persons[0].rstrip(".")
        shown = home.mdo("match", "show", person)
        assert "2 records" in shown.words and "maija" in shown.words
        assert home.mdo("match", "show", str(other)).out == shown.out
        explained = home.mdo("explain", "person", person)
        assert "made of 2 records" in explained.words and str(name) in explained.words
        ((link,),) = home.query("select id from register.match_link where decided_by is not null")
        assert home.mdo("match", "undo", str(link), *who).words == f"Link {link} has ended. "
        assert home.mdo("match", "different", str(one), str(other), *who).code == 1, "it is said already"

    def test_a_correction_is_asked_for_and_is_no_argument(self, home: Home) -> None:
        home.mdo("match", "run")
        home.mdo("actor", "add", "pinni", "--title", "steward")
        who = ("--by", "pinni", "--reason", "told us")
        ((person,),) = home.query("select 'G' || min(id) from register.person where work_phone is not null")
        with mock.patch.object(typer, "prompt", return_value="Kanarialintunen") as prompt:
            refused = home.mdo("match", "pin", "person", person, "work_phone", *who)
        assert prompt.called and refused.code == 1
        assert "phone.invalid" in refused.words and "Kanarialintunen" not in refused.words
        with mock.patch.object(typer, "prompt", return_value="+358 40 555 0999"):
            said = home.mdo("match", "pin", "person", person, "work_phone", *who)
        assert said.code == 0 and "0999" not in said.words
        explained = home.mdo("explain", "person", person).words
        assert "+358405550999" in explained and "work_phone: corrected by pinni" in explained
        assert home.mdo("match", "unpin", "person", person, "work_phone", *who).code == 0
        assert "corrected" not in home.mdo("explain", "person", person).words
        assert home.mdo("match", "pin", "person", person.removeprefix("G"), "work_phone", *who).code == 1

    def test_the_queue_out_and_in(self, home: Home, tmp_path: Path) -> None:
        home.mdo("match", "run")
        home.mdo("actor", "add", "jono", "--title", "steward")
        (one, name), (other, _) = home.query(
            "select record.id, last_name from register.person_record as record "
            "join sync.source on source.id = source_id where source.name = %s order by record.id desc limit 2",
            SATAMA,
        )
        home.query(  # the demo's people are too well known for the queue
            "insert into register.review_pair (record_a, record_b, customer_id, why) "
            "select %s, %s, customer_id, 'likely' from sync.source where name = %s returning 1",
            other,
            one,
            SATAMA,
        )
        listed = home.mdo("match", "queue", "--customer", "satama-logistiikka")
        assert re.search(rf"{other} {one}\s", listed.out) and str(name) not in listed.words
        book = tmp_path / "queue.xlsx"
        asked = ("match", "queue", "--export", str(book))
        assert "--by and --reason" in home.mdo(*asked).words
        who = ("--by", "jono", "--reason", "the queue")
        assert "one customer" in home.mdo(*asked, *who).words and not book.exists()
        assert home.mdo(*asked, "--customer", "satama-logistiikka", *who).code == 0
        again = home.mdo("match", "import", str(book), "--by", "jono")
        assert again.words.startswith("Taken in: 0 same, 0 different; 1 left undecided.")

    def test_across(self, home: Home) -> None:
        home.mdo("actor", "add", "yli", "--title", "steward")
        pair = ("pohjan-pesula", "satama-logistiikka")
        assert home.mdo("match", "across", *pair).code == 1, "it needs a person"
        assert home.mdo("match", "across", *pair, "--by", "yli", "--reason", "one group").code == 0
        assert "pohjan-pesula" in home.mdo("match", "across").words
        assert home.mdo("match", "across", *pair, "--off", "--by", "yli", "--reason", "sold").code == 0
        assert "pohjan-pesula" not in home.mdo("match", "across").words

    @pytest.mark.parametrize(
        "command",
        [
            *(["match", "show", which] for which in ("G999999", "999999", "Virtanen")),
            ["match", "show", "G999999", "--companies"],
            ["match", "pin", "person", "G999999", "work_phone", "--empty", *_WHO],
            ["match", "unpin", "account", "G1", "work_phone", *_WHO],
            ["match", "queue", "--customer", "nobody"],
            ["match", "import", "/nowhere/queue.xlsx", "--by", "nobody"],
            ["match", "across", "nobody", "noone", *_WHO],
            *(["match", verdict, "999998", "999999", *_WHO] for verdict in ("same", "different")),
            ["match", "undo", "999999", *_WHO],
            ["match", "run", "--customer", "nobody"],
            ["explain", "person", "G999999"],
            ["explain", "account", "G1"],
            ["explain", "person", "Virtanen"],
        ],
        ids=" ".join,
    )
    def test_what_is_not_there(self, home: Home, command: list[str]) -> None:
        said = home.mdo(*command)
        assert said.code == 1
        assert said.err and "Virtanen" not in said.words


def read_until(controller: int, text: str | None) -> str:
    """What a terminal shows until a text has come, or to its end."""
    shown = ""
    while text is None or text not in shown:
        if not select.select([controller], [], [], 120)[0]:
            break
        try:
            part = os.read(controller, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part.decode("utf-8", "replace")
    return shown


def commands() -> list[list[str]]:
    """Every command and group, as typed."""
    top = get_command(app)
    found: list[list[str]] = [[]]
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        found.append([name])
        found += [[name, sub] for sub in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_help_says_something(home: Home, command: list[str]) -> None:
    said = home.mdo(*command, "--help")
    assert said.code == 0
    usage, _, rest = said.out.strip().partition("\n")
    assert usage.strip().startswith(" ".join(["Usage: mdo", *command]))
    about = rest.strip().splitlines()[0]
    assert len(about) > 20 and not about.startswith("╭"), "a sentence on what it does"
    for line in said.out.splitlines():
        if match := re.match(r"│ [* ]\s+(--\S+|\w+)\s+<\S+>\s*(.*)│$", line):
            assert match[2].replace("[required]", "").strip(), f"{match[1]} says nothing of itself"


def test_the_demo_twice(folder: Path) -> None:
    """For real, in processes of their own: the second one clears away what the first one made, and nothing else."""
    for _ in range(2):
        ran = subprocess.run(
            [*PROGRAM, "demo"], env=Home(folder).environment(), cwd=folder, capture_output=True, text=True, timeout=300
        )
        said = Said(ran.returncode, ran.stdout, ran.stderr)
        assert said.code == 0, said.words
        assert said.err == ""
        held = [line for line in said.out.splitlines() if " held " in line and PESULA in line]
        assert len(held) == 1
        assert "shrunken: 27 rows were read where 79 are usual." in said.words
    assert "MDO_HOME=demo" in said.words
    stranger = folder / "strangers" / "demo"
    stranger.mkdir(parents=True)
    refused = Home(folder / "strangers").mdo("demo")
    assert refused.code == 1
    assert "was not made by the demo" in refused.words
    assert stranger.exists()
