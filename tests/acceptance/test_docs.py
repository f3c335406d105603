"""The documents say what is so: their commands are run, their YAML is loaded, and nothing that exists is missing.

Belongs here: README.md and docs/ against the code. Does not belong here: whether the code is right.

A block marked ``console`` is typed in order, in one home for each document; every line below a command must occur in
its output, in that order, with ``…`` for anything. A block with ``file=`` is saved under that name below MDO_HOME
first, and one with ``append=`` is added to it. All commands run in this process: one of its own costs seconds each.
"""

from __future__ import annotations

import ast
import contextlib
import copy
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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import file_servers
import openpyxl
import pytest
import typer
from api_server import Request, serving
from ruamel.yaml import YAML

from assets import persons
from pipelines import command, health
from pipelines.settings import Settings
from register import embedded, guards
from register.matching import clusters
from register.matching import rules as matching_rules
from register.tables import sync
from schemas import rules
from schemas.catalogue import RECORD_TYPES, all_fields
from schemas.retention import SHIPPED
from sources import schema_export
from sources.config import HttpsLocation, S3Location, SftpLocation
from sources.loading import parse

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
ADDING, LOCATION, MATCHING, OPERATING, ERASURE, POLICY, ARCHITECTURE, RETENTION, DEPLOYING = (
    ROOT / "docs" / f"{name}.md"
    for name in (
        *("adding-a-source", "adding-a-location", "matching", "operating", "erasure", "policy", "architecture"),
        *("retention", "deploy"),
    )
)
PACKAGES = ("schemas", "sources", "register", "assets", "pipelines")
OURS = (*PACKAGES, "tests", "deploy")
ALL = [README, *DOCS]

_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
_DRAWN = re.compile(r"[─━╭╮╰╯│┃]+")


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its ``file=`` or ``append=``, and what stands in it."""

    language: str
    options: dict[str, str]
    body: str


def blocks(document: Path) -> list[Block]:
    found = []
    for match in _BLOCK.finditer(document.read_text("utf-8")):
        language, *options = match["info"].split() or [""]
        found.append(Block(language, dict(option.split("=", 1) for option in options), match["body"]))
    return found


def prose(document: Path) -> str:
    """The document without its blocks."""
    return _BLOCK.sub("", document.read_text("utf-8"))


def named(documents: list[Path]) -> str:
    return "\n".join(document.read_text("utf-8") for document in documents)


def cells(document: Path, *, columns: int) -> list[list[str]]:
    """The rows of the document's tables with so many columns."""
    lines = [line.strip() for line in prose(document).splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in rows if len(row) == columns]


# --- commands


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


# --- YAML


def base() -> dict[str, Any]:
    return _read("".join(block.body for block in blocks(ADDING) if block.language == "yaml"))


def _read(text: str) -> Any:
    return _round_trip().load(text)


def _written(document: Any) -> str:
    out = io.StringIO()
    _round_trip().dump(document, out)
    return out.getvalue()


def _round_trip() -> YAML:
    """Every scalar and the order of keys stay as they were written."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    return yaml


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_every_yaml_block_loads(document: Path) -> None:
    sources: list[str] = []
    for block in blocks(document):
        if block.language == "yaml" and (block.body.startswith("customer:") or not sources):
            sources.append(block.body)
        elif block.language == "yaml":
            sources[-1] += block.body
    for text in sources:
        parse(text, document.name)


def reference() -> dict[str, tuple[str, str]]:
    """Key -> its default and its example, as the reference has them."""
    rows = [*cells(ADDING, columns=4), *cells(LOCATION, columns=4)]
    return {row[0].strip("`"): (row[2], row[3]) for row in rows if row[0].startswith("`")}


def schema_keys() -> dict[str, set[str]]:
    """Every key of the JSON Schema by its dotted path -> the defaults it may have."""
    whole = schema_export.schema()
    keys: dict[str, set[str]] = {}

    def walk(node: dict[str, Any], path: str) -> None:
        if "$ref" in node:
            return walk(whole["$defs"][node["$ref"].rsplit("/", 1)[-1]], path)
        for variant in (*node.get("anyOf", []), *node.get("oneOf", [])):
            walk(variant, path)
        if "items" in node:
            walk(node["items"], path)
        for name, child in node.get("properties", {}).items():
            below = f"{path}.{name}".lstrip(".")
            keys.setdefault(below, set()).add(_default(name, child, node))
            if below == "records":
                walk(whole["$defs"]["FieldMapping"], "FIELD")
            elif path != "filter" or name in ("include", "exclude"):
                walk(child, "filter" if path == "filter" else below)
        return None

    walk(whole, "")
    return keys


def _default(name: str, child: dict[str, Any], parent: dict[str, Any]) -> str:
    if name in parent.get("required", []):
        return "required"
    value = child.get("default")
    if isinstance(value, dict):
        return ""
    if value is None or value == []:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_key_of_a_source_file_is_in_the_reference_and_no_other() -> None:
    keys = set(schema_keys())
    blocks_of_keys = {key for key in keys if any(other.startswith(f"{key}.") for other in keys)}
    assert set(reference()) <= keys
    api = (ADDING.parent / "adding-a-source-api.md").read_text(encoding="utf-8")
    for key in keys - blocks_of_keys - set(reference()):
        assert key.startswith(("read.", "location.")), key
        assert re.search(rf"\b{key.rsplit('.', 1)[-1]}\b", api), f"{key} is described nowhere"


@pytest.mark.parametrize("key", sorted(reference()))
def test_the_reference_gives_the_default_in_force(key: str) -> None:
    said, possible = reference()[key][0], schema_keys()[key]
    assert said in possible or "" in possible


@pytest.mark.parametrize("key", sorted(reference()))
def test_every_example_of_the_reference_loads(key: str) -> None:
    example = reference()[key][1]
    if example.startswith("("):
        return
    document = copy.deepcopy(base())
    given = _read(example.strip("`"))
    assert key.split(".")[0] in ({"FIELD"} | set(given))
    if key.startswith("location."):
        # each of the page's sources is of one type, and the example is a part of one of their blocks
        pages = [_read(block.body) for block in blocks(LOCATION) if block.language == "yaml"]
        [document] = [page for page in pages if _takes(page["location"], given["location"])][:1]
        document["location"] = {
            name: text for name, text in (document["location"] | given["location"]).items() if text is not None
        }
    elif key.startswith("FIELD"):
        [(name, how)] = given.items()
        record = next(record.name for record in RECORD_TYPES.values() if name in record.field_names)
        document["records"].setdefault(record, {})[name] = how
    else:
        document.update(given)
        if "records" in given:
            document.pop("employer")
        if "read" in given:
            document.pop("history")  # the path of an example has no date
    parse(_written(document), f"{key}.yaml")


def _takes(block: dict[str, Any], part: dict[str, Any]) -> bool:
    """Whether a `location:` block is of a type that has the keys of a part of one."""
    model = {"sftp": SftpLocation, "s3": S3Location, "https": HttpsLocation}[block["type"]]
    return set(part) <= set(model.model_fields)


# --- what is named exists, and what exists is named


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        assert "://" not in target, f"{target} leads outside"
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), target
        if anchor:
            assert anchor in {_anchor(heading) for heading in re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.M)}


def test_every_place_that_the_pages_name_is_there() -> None:
    places = {text for text in constants() if re.fullmatch(r"[a-z-]+\.md(#[a-z-]+)?", text)}
    assert len(places) >= 8
    for place in places:
        path, _, anchor = place.partition("#")
        text = (ROOT / "docs" / path).read_text("utf-8")
        assert not anchor or anchor in {_anchor(heading) for heading in re.findall(r"^#+ (.*)$", text, re.M)}, place


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_named_files_and_tests_exist(document: Path) -> None:
    for name in re.findall(rf"`((?:{'|'.join(OURS)})/[\w./-]*)(?:::(\w+))?`", document.read_text("utf-8")):
        path, test = ROOT / name[0], name[1]
        assert path.exists(), f"{name[0]} is not there"
        if test:
            assert re.search(rf"^def {test}\b", path.read_text("utf-8"), re.M), f"{name[0]} has no {test}"


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_no_path_of_a_machine(document: Path) -> None:
    assert not re.search(r"(?<![\w.~/$])/(?:home|root|work|tmp|Users|opt)/", document.read_text("utf-8"))


def commands() -> set[str]:
    found: set[str] = set()

    def walk(one: Any, path: str) -> None:
        for name, child in getattr(one, "commands", {}).items():
            walk(child, f"{path} {name}")
        if not hasattr(one, "commands"):
            found.add(path)

    walk(typer.main.get_command(command.app), "mdo")
    return found


def test_every_command_is_in_the_table_and_no_other() -> None:
    documented = {row[0].strip("`") for row in cells(OPERATING, columns=2) if row[0].startswith("`mdo")}
    assert documented == commands()


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_no_document_names_an_unknown_command(document: Path) -> None:
    groups = {one.rsplit(" ", 1)[0] for one in commands()}
    for typed in re.findall(r"(?:`|\$ |/)mdo ((?:[a-z]+ ?){1,2})", document.read_text("utf-8")):
        words = typed.split()
        path = f"mdo {words[0]}"
        if path in groups and len(words) > 1:
            path = f"{path} {words[1]}"
        assert path in commands() | groups, path


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_options_named_beside_a_command_exist(document: Path) -> None:
    known = {"--help"}

    def walk(one: Any) -> None:
        known.update(option for parameter in one.params for option in parameter.opts if option.startswith("--"))
        for child in getattr(one, "commands", {}).values():
            walk(child)

    walk(typer.main.get_command(command.app))
    for line in re.findall(r"(?:`|\$ )mdo ([^`\n]*)", document.read_text("utf-8")):
        assert set(re.findall(r"(?<!\S)--[a-z-]+", line)) <= known, line


def settings_variables() -> set[str]:
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or f"MDO_{name.upper()}") for name, field in fields}


def test_every_setting_is_in_the_table_and_no_other() -> None:
    documented = {row[0].strip("`") for row in cells(OPERATING, columns=3) if row[0].startswith("`MDO_")}
    assert documented == settings_variables()


@cache
def constants() -> tuple[str, ...]:
    """Every text in the code; an f-string gives its fixed parts."""
    found = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            found += [text for text in texts if isinstance(text, str)]
    return tuple(found)


def guard_ids() -> set[str]:
    tree = ast.parse(Path(str(guards.__file__)).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Alarm"]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_every_guard_is_in_the_table_and_no_other() -> None:
    assert len(guard_ids()) > 5
    table = _section(OPERATING, "## The guards")
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == guard_ids()


def test_every_rule_and_check_of_matching_is_in_its_table_and_no_other() -> None:
    tables = {
        "## The rules": set(matching_rules.RULES),
        "## When it runs": set(persons.CHECKS),
    }
    for heading, names in tables.items():
        assert set(re.findall(r"^\| `(\w+)` \|", _section(MATCHING, heading), re.M)) == names
    for reason in (clusters.TOO_LARGE, clusters.MIXED, clusters.LOOSE):
        assert f"`{reason}`" in _section(MATCHING, "## From pairs to persons")


def test_every_step_of_retention_is_in_its_table_and_no_other() -> None:
    told = {(row[0].strip("`"), row[1]) for row in cells(RETENTION, columns=3) if row[0].startswith("`")}
    assert told == {(step.of, rule) for rule, step in SHIPPED.steps()}
    rules = {row[0] for row in cells(POLICY, columns=4) if re.fullmatch(r"R\d+[a-z]?", row[0])}
    assert rules == SHIPPED.rules.keys()


def test_every_status_is_in_the_table_and_no_other() -> None:
    table = _section(OPERATING, "## What a status means")
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == set(sync.STATUSES) | {"unchanged"}


def _section(document: Path, heading: str) -> str:
    text = document.read_text("utf-8")
    assert f"{heading}\n" in text
    return text.split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(("page", "least"), [(ADDING, 10), (LOCATION, 9)])
def test_refusals_are_quoted_as_they_are_said(page: Path, least: int) -> None:
    rows = [row[0] for row in re.findall(r"^\| (.+?) \| (.+) \|$", _section(page, "## When it is refused"), re.M)]
    quoted = [row for row in rows if row not in ("It says", "---") and not row.startswith("---")]
    assert len(quoted) >= least
    for row in quoted:
        for part in row.split("…"):
            assert any(part.strip() in text for text in constants()), part


def test_the_catalogue_of_fields_is_as_documented() -> None:
    documented = {
        row[0].strip("`"): (row[1], row[2], row[3], row[4], row[5], row[6])
        for row in cells(POLICY, columns=7)
        if row[0].startswith("`")
    }
    actual = {
        field.path: (
            field.fi,
            field.en,
            field.data_class.value,
            "required" if field.required else "on" if field.default_on else "off",
            ", ".join(sorted(field.origins)),
            field.retention,
        )
        for field in all_fields()
    }
    assert documented == actual


def test_every_rule_that_a_row_can_break_is_documented() -> None:
    rows = re.findall(r"^\| (`.+?) \|", _section(OPERATING, "## A rejected row"), re.M)
    assert set(re.findall(r"`([a-z_.]+)`", " ".join(rows))) == set(rules.RULES)


def test_every_marker_of_a_source_row_is_explained() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    markers = {column.name for column in sync.source_row.columns if column.name.endswith(("_place", "_places"))}
    for name in (*markers, "hash", "stale"):
        assert f"| `{name}` |" in text


def test_every_folder_of_the_house_is_in_the_readme() -> None:
    documented = {row[0].strip("`/") for row in cells(README, columns=2) if row[0].endswith("/`")}
    assert documented == {*OURS, "docs"}


def test_every_service_and_part_of_health_is_in_its_table_and_no_other() -> None:
    services = {row[0].strip("`") for row in cells(DEPLOYING, columns=3) if row[0].startswith("`mdo-")}
    assert services == {path.stem for path in (ROOT / "deploy" / "systemd").glob("*.service")}
    parts = {row[0].strip("`") for row in cells(DEPLOYING, columns=3) if row[0].startswith("`")} - services
    assert parts == set(health.Part)


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"(?:`|\$ |^)make ([a-z]+)", named(ALL), re.M)) <= targets
