"""The documents say what is so: their commands are run, and their answers held against what is printed.

Belongs here: README.md and docs/ as a person types them. Does not belong here: their YAML (`test_docs_yaml`), what they
name (`test_docs_names`) and their tables (`test_docs_tables`); nor whether the code is right.

A block marked ``console`` is typed in order, in one home for each document; every line below a command must occur in
its output, in that order, with ``…`` for anything. A block with ``file=`` is saved under that name below MDO_HOME
first, and one with ``append=`` is added to it. All commands run in this process: one of its own costs seconds each.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import file_servers
import openpyxl
import pytest
from api_server import Request, serving
from documents import (
    ADDING,
    DEPLOYING,
    ERASURE,
    LOCATION,
    MATCHING,
    OPERATING,
    README,
    RETENTION,
    ROOT,
    Block,
    blocks,
    prose,
    settings_variables,
)

from pipelines import command
from register import embedded

_DRAWN = re.compile(r"[─━╭╮╰╯│┃]+")


class Home:
    """A fresh MDO_HOME in which a document's commands are typed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.code = 0
        self.instead: dict[str, str] = {}  # addresses of the page -> those of servers that are there
        self.secrets: dict[str, str] = {}
        self.typed = ""  # what is typed where a command asks
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("MDO_HOME", str(folder))
        monkeypatch.setenv("DAGSTER_HOME", "")  # so that what a command sets is taken back
        monkeypatch.chdir(folder)

    def save(self, block: Block) -> None:
        for option, mode in (("file", "w"), ("append", "a")):
            if option in block.options:
                path = self.folder / block.options[option]
                body = block.body
                for named, there in self.instead.items():
                    body = body.replace(named, there)
                with path.open(mode, encoding="utf-8") as file:
                    file.write(body)

    def type(self, line: str) -> str:
        """What typing one command prints."""
        if line.startswith("export "):
            name, _, _ = line.removeprefix("export ").partition("=")
            assert name in settings_variables()
            return ""
        if secret := re.fullmatch(r"read -rs (\w+) && export \1", line):
            self._monkeypatch.setenv(secret[1], self.secrets[secret[1]])
            return ""
        if line == "echo $?":
            return str(self.code)
        if line == "make demo":
            line = "mdo demo"  # what the Makefile runs, once the environment is there
        words = [os.path.expandvars(word) for word in shlex.split(line)]
        if words[0] == "mdo":
            return self.mdo(words[1:])
        return subprocess.run(line, shell=True, check=True, capture_output=True, text=True).stdout

    def mdo(self, arguments: list[str]) -> str:
        said = io.StringIO()
        before = sys.argv
        sys.argv = ["mdo", *arguments]
        self.code = 0
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(self.typed))
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                command.main()
        except SystemExit as end:
            self.code = int(end.code or 0)
        finally:
            sys.argv = before
        return said.getvalue()


def plain(text: str) -> str:
    return " ".join(_DRAWN.sub(" ", text).split())


def play(document: Path, home: Home) -> None:
    for block in blocks(document):
        home.save(block)
        if block.language != "console":
            continue
        lines = [line for line in block.body.splitlines() if line.strip()]
        for typed, answer in _exchanges(lines):
            said = plain(home.type(typed))
            wanted = [re.escape(plain(line)).replace("…", ".*") for line in answer]
            missing = [
                line
                for line, so_far in zip(answer, itertools.accumulate(wanted, "{}.*?{}".format), strict=True)
                if not re.search(so_far, said)
            ]
            assert not missing, f"{document.name}: {typed!r} does not say {missing[0]!r}, but:\n{said}"


def _exchanges(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    answer: list[str] = []
    typed = ""
    for line in lines:
        if line.startswith("$ "):
            if typed:
                yield typed, answer
            typed, answer = line[2:], []
        elif line.strip() != "…":
            answer.append(line)
    yield typed, answer


@contextlib.contextmanager
def fresh_home() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="mdo-docs-"))  # pytest's own folders are too deep for a socket
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            yield Home(folder, monkeypatch)
        finally:
            for data in (folder / "postgres", folder / "demo" / "postgres"):
                embedded.stop(data)
            shutil.rmtree(folder, ignore_errors=True)


def test_a_document_that_promises_another_answer_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    for answer, found in (("one … three", False), ("one\nthree", False), ("three\none", True), ("four", True)):
        page.write_text(f"```console\n$ echo one two three\n{answer}\n```\n", "utf-8")
        with pytest.raises(AssertionError) if found else contextlib.nullcontext():
            play(page, Home(tmp_path, monkeypatch))


def test_adding_a_source_as_it_is_written() -> None:
    with fresh_home() as home:
        play(ADDING, home)


def test_adding_a_workbook_as_it_is_written() -> None:
    """The workbook is made from the table that the page shows."""
    page = ROOT / "docs" / "adding-a-workbook.md"
    with fresh_home() as home:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Ohje"
        sheet = book.create_sheet("Henkilöstö")
        lines = [line.split("|")[1:-1] for line in prose(page).splitlines() if re.match(r"\| \d \|", line)]
        assert len(lines) == 8
        for row in ([cell.strip() for cell in line] for line in lines):
            if any(row[1:]):
                for column, text in enumerate(row[1:], start=1):
                    sheet.cell(int(row[0]), column, int(text) if text.isdigit() else text or None)
        for folder in ("sources", "inbox/lumme"):
            (home.folder / folder).mkdir(parents=True)
        book.save(home.folder / "inbox" / "lumme" / "henkilot_2026-03-09.xlsx")
        play(page, home)


def test_adding_an_api_as_it_is_written() -> None:
    """The servers of the page's two examples are one here; what real ones make of them is tested in `test_apis`."""
    page = ROOT / "docs" / "adding-a-source-api.md"
    with fresh_home() as home, serving() as api:
        api.answer = _directory_and_contacts
        for host in ("directory", "crm", "login"):
            home.instead[f"https://{host}.satama.example.com"] = api.home
        home.secrets = {"SATAMA_SCIM_TOKEN": "scim-token", "SATAMA_CRM_SECRET": "crm-secret"}
        (home.folder / "sources").mkdir()
        play(page, home)


def _directory_and_contacts(request: Request) -> None:
    if request.path == "/token":
        request.reply({"access_token": "crm-token", "token_type": "Bearer"})
    elif request.path == "/odata/v4/contacts":
        assert request.headers["authorization"] == "Bearer crm-token"
        changed = [{"contactId": name, "lastName": "Satunen", "modified": "2026-03-09"} for name in "ab"]
        request.reply({"@odata.count": 3, "value": [*changed, {"contactId": "c", "@removed": {"reason": "deleted"}}]})
    else:
        assert request.headers["authorization"] == "Bearer scim-token"
        users = [{"id": name, "name": {"familyName": "Satunen"}, "active": name != "d"} for name in "abcd"]
        users.append({"id": "e", "name": {"givenName": "Eero"}, "active": True})
        start = int(request.query["startIndex"])
        request.reply({"totalResults": 5, "startIndex": start, "Resources": users[start - 1 :]})


def test_adding_a_location_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's SFTP server is played by one of this machine, with the file that the page speaks of."""
    served = tmp_path / "served"
    (served / "out").mkdir(parents=True)
    (served / "out/henkilosto_2026-03-09.csv").write_text(
        "Tunnus;Sukunimi;Etunimi\n7;Kuvitelma;Aino\n8;Satunen;Eero\n", "utf-8"
    )
    monkeypatch.setenv("LUMME_SFTP_PASSWORD", file_servers.PASSWORD)
    with file_servers.sftp_server(served) as server, fresh_home() as home:
        text = LOCATION.read_text("utf-8")
        [pinned] = re.findall(r"^  host_key: (.*)$", text, re.M)
        text = text.replace("host: files.lumme.example.com", f"host: 127.0.0.1\n  port: {server.port}")
        text = text.replace(f"host_key: {pinned}", f"host_key: {server.host_key}")
        text = text.replace("files.lumme.example.com, port 22,", f"127.0.0.1, port {server.port},")
        (tmp_path / LOCATION.name).write_text(text, "utf-8")
        for folder in ("sources", "inbox"):
            (home.folder / folder).mkdir()
        play(tmp_path / LOCATION.name, home)


@pytest.mark.timeout(600)  # four documents, one home, and each command opens a register
def test_the_demo_and_the_operators_commands_as_they_are_written() -> None:
    with fresh_home() as home:
        play(README, home)
        os.environ["MDO_HOME"] = str(home.folder / "demo")
        play(MATCHING, home)
        play(OPERATING, home)
        home.typed = "phone: 040 555 0777\n"
        play(ERASURE, home)


def test_retention_as_it_is_written() -> None:
    with fresh_home() as home:
        play(RETENTION, home)


def test_deploying_as_it_is_written() -> None:
    """What it types as root is asked in tests/unit/deploy, as far as files can be asked."""
    with fresh_home() as home:
        play(DEPLOYING, home)
