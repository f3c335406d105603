"""`mdo sync` and `mdo batch`: what a night prints, and what a person decides about a held one."""

from __future__ import annotations

import re
from datetime import date

import pytest
from commands import Home
from demo_home import FIRST, SECOND, count_rows, folder, home, summary

from sources.demo.registers import EXPECTED, PESULA, SATAMA, write_night

__all__ = ["folder", "home"]


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
