"""What the documents name is there: files, tests, headings, commands, options, targets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from documents import ALL, OURS, ROOT, anchors, commands, constants, prose

from pipelines import command


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        assert "://" not in target, f"{target} leads outside"
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_place_that_the_pages_name_is_there() -> None:
    places = {text for text in constants() if re.fullmatch(r"[a-z-]+\.md(#[a-z-]+)?", text)}
    assert len(places) >= 8
    for place in places:
        path, _, anchor = place.partition("#")
        assert (ROOT / "docs" / path).exists(), place
        assert not anchor or anchor in anchors(ROOT / "docs" / path), place


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_named_files_and_tests_exist(document: Path) -> None:
    for name, within in re.findall(rf"`((?:{'|'.join(OURS)})/[\w./-]*)((?:::\w+)*)`", document.read_text("utf-8")):
        assert (ROOT / name).exists(), f"{name} is not there"
        for part in within.split("::")[1:]:
            text = (ROOT / name).read_text("utf-8")
            assert re.search(rf"^ *(?:def|class) {part}\b", text, re.M), f"{name} has no {part}"


@pytest.mark.parametrize("document", ALL, ids=lambda path: path.name)
def test_no_path_of_a_machine(document: Path) -> None:
    assert not re.search(r"(?<![\w.~/$])/(?:home|root|work|tmp|Users|opt)/", document.read_text("utf-8"))


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


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    texts = "\n".join(document.read_text("utf-8") for document in ALL)
    assert set(re.findall(r"(?:`|\$ |^)make ([a-z]+)", texts, re.M)) <= targets
