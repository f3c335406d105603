"""`mdo explain` and `mdo match`: who says a value, who is one person, and that nothing typed is shown."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
import time
from pathlib import Path
from unittest import mock

import pytest
import typer
from commands import Home
from demo_home import PROGRAM, folder, home

from sources.demo.registers import SATAMA

__all__ = ["folder", "home"]
_WHO = ("--by", "maija", "--reason", "looked at")


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
