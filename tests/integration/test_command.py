"""The command line: sources, actors, the database and the demo; what is printed, and exit codes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import psycopg
import pytest
from commands import Home, Said
from demo_home import FIRST, PROGRAM, count_rows, folder, home
from typer.main import get_command

from pipelines.command import app
from register import embedded
from sources.demo.registers import PESULA, SATAMA

__all__ = ["folder", "home"]


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
