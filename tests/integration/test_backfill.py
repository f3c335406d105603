"""``mdo backfill``: dates in ascending order, past what fails, and what is left out; and ``mdo night`` afterwards."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import pytest
from commands import Home, Said
from descriptions import described

from register import embedded

FIRST = date(2026, 3, 6)
DAYS = [FIRST + timedelta(days=number) for number in range(5)]
SOURCE = """
history: {history}
employer: {{scope: any, reason: a register of the tests}}
read: {{type: csv, path: "{path}", encoding: utf-8, delimiter: ";"}}
key: [Numero]
records:
  person: {{last_name: Sukunimi}}
"""
CANARY = "Kanarialintunen"


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """Two sources with dated files of five days, one of them broken, and one that knows only today."""
    folder = Path(tempfile.mkdtemp(prefix="mdo-test-"))
    mine = Home(folder)
    try:
        for name in ("sources", "inbox"):
            (folder / name).mkdir()
        for customer in ("aamu", "ilta", "nyt"):
            dated = customer != "nyt"
            path = f"{customer}_{{date}}.csv" if dated else f"{customer}.csv"
            text = SOURCE.format(path=path, history=str(dated).lower())
            text = described(text, customer=customer, valid="{from: 2026-03-01}")
            (folder / "sources" / f"{customer}.yaml").write_text(text, "utf-8")
        for number, day in enumerate(DAYS):
            for customer in ("aamu", "ilta"):
                rows = [f"{customer}{key};{CANARY}" for key in range(10 + number)]
                text = "\n".join(["Numero;Sukunimi", *rows]) + "\n"
                if (customer, number) == ("ilta", 2):
                    text = "Jotain muuta\n" + text.replace("Numero", "No")
                (folder / "inbox" / f"{customer}_{day}.csv").write_text(text, "utf-8")
        assert mine.mdo("actor", "add", "kari", "--title", "engineer", "--date", "2026-01-01").code == 0
        for customer in ("aamu", "ilta", "nyt"):
            who = ("--by", "kari", "--reason", "a test")
            assert mine.mdo("source", "activate", f"{customer}/hr", *who).code == 0
        yield mine
    finally:
        embedded.stop(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)


def statuses(said: Said) -> list[tuple[str, str, str]]:
    """The rows of its tables: date, source, status."""
    return re.findall(r"^ *(\d{4}-\d\d-\d\d) +(\w+/hr) +(\w+)", said.out, re.M)


def runs(home: Home) -> dict[str, list[str]]:
    """How the runs of each date ended, as the pages show them."""
    with dg.DagsterInstance.from_config(str(home.folder / "dagster")) as instance:
        found: dict[str, list[str]] = {}
        for run in reversed(instance.get_runs()):
            found.setdefault(run.tags["dagster/partition"], []).append(run.status.value)
    return found


def test_five_dates_with_one_failing(home: Home) -> None:
    said = home.mdo("backfill", "--from", str(FIRST))
    assert said.code == 1
    done = statuses(said)
    assert [day for day, _, _ in done] == sorted(day for day, _, _ in done), "ascending"
    assert {(day, source) for day, source, status in done if status == "failed"} == {
        (str(DAYS[2]), "ilta/hr"),
        (str(DAYS[4]), "nyt/hr"),
    }
    assert sum(status == "applied" for _, _, status in done) == 9
    assert "9 applied, 2 failed." in said.words
    assert f"{DAYS[2]} ilta/hr: " in said.err and f"{DAYS[4]} nyt/hr: No file" in said.err
    assert "nyt/hr: 4 of 5 dates left out: it knows only today" in said.words
    counts = home.query("select business_date, read, inserted, status from sync.batch b order by b.id")
    assert [row[0] for row in counts] == sorted(row[0] for row in counts)
    assert [row[1:3] for row in counts if row[3] == "applied"][:2] == [(10, 10), (10, 10)]
    assert runs(home) == {str(day): ["FAILURE" if number in (2, 4) else "SUCCESS"] for number, day in enumerate(DAYS)}
    assert CANARY not in said.out + said.err


def test_a_finished_date_is_left_as_it_is_and_said_so(home: Home) -> None:
    before = home.query("select count(*), max(id) from sync.batch where status = 'applied'")
    said = home.mdo("backfill", "--from", str(FIRST), "--to", str(DAYS[3]), "--customer", "aamu")
    assert said.code == 0
    assert {status for _, _, status in statuses(said)} == {"unchanged"}
    assert "4 were finished before, from the same file under the same rules; nothing was done." in said.words
    assert home.query("select count(*), max(id) from sync.batch where status = 'applied'") == before


def test_a_corrected_file_of_a_finished_date_is_read(home: Home) -> None:
    file = home.folder / "inbox" / f"aamu_{DAYS[1]}.csv"
    file.write_text(file.read_text("utf-8").replace(f"aamu1;{CANARY}", f"aamu1;{CANARY}-Virtanen"), "utf-8")
    said = home.mdo("backfill", "--from", str(DAYS[0]), "--to", str(DAYS[2]), "--source", "aamu/hr")
    assert [status for _, _, status in statuses(said)] == ["unchanged", "applied", "unchanged"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from", "2026-03-06", "--to", "2026-03-09", "--source", "nyt/hr"], "it knows only today"),
        (["--from", "2026-02-01", "--to", "2026-02-03"], "its description is valid from 2026-03-01"),
        (["--from", "2026-03-09", "--to", "2026-03-01"], "lies before"),
        (["--from", "2020-03-09"], "Backfill a year at a time"),
        (["--from", "2026-03-11", "--to", "2026-03-12"], "they have not begun"),
    ],
)
def test_what_is_refused(home: Home, arguments: list[str], says: str) -> None:
    said = home.mdo("backfill", *arguments)
    assert said.code == 1
    assert says in said.words


def test_the_morning_list_of_a_night(home: Home) -> None:
    shown = home.mdo("night", "show", "--date", str(DAYS[2]))
    assert shown.code == 1
    assert re.search(r"failed: ilta/hr \(2026-03-08, batch \d+\): it could not be read, planned or merged", shown.words)
    assert "Next: mdo sync --source ilta/hr --date 2026-03-08" in shown.words
    assert "Owner: Tests <tests@example.com>" in shown.words
    well = home.mdo("night", "show", "--date", str(DAYS[1]))
    assert (well.code, "Nothing needs anybody." in well.words) == (0, True)


def test_the_page_of_a_night(home: Home) -> None:
    written = home.mdo("night", "page", "--date", str(DAYS[2]))
    page = home.folder / "nights" / f"{DAYS[2]}.html"
    assert written.out.split() == [str(page)]
    text = page.read_text("utf-8")
    for wanted in ("ilta/hr", "Sources over the last nights", "<svg", "mdo batch show"):
        assert wanted in text
    assert CANARY not in text and "Sukunimi" not in text
    assert not re.search(r"""(src|href)=["'](?!#)""", text), "it fetches nothing"


def test_no_service_for_a_trial_alert(home: Home) -> None:
    assert "MDO_ALERTS names no service" in home.mdo("night", "alert").err
    outside = home.mdo("night", "alert", MDO_ALERTS="US jsons://hook.example.com/secret-token")
    assert "RS-19" in outside.err and "secret-token" not in outside.err
