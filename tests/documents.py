"""README.md and docs/ as tests read them: their blocks, tables, sections, and what the code has to compare with.

Belongs here: what the tests of the documents share. Does not belong here: what a document should say.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typer

from pipelines import command
from pipelines.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
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


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its ``file=`` or ``append=``, and what stands in it."""

    language: str
    options: dict[str, str]
    body: str


def blocks(document: Path) -> list[Block]:
    """The document's fenced blocks, in its order."""
    found = []
    for match in _BLOCK.finditer(document.read_text("utf-8")):
        language, *options = match["info"].split() or [""]
        found.append(Block(language, dict(option.split("=", 1) for option in options), match["body"]))
    return found


def prose(document: Path) -> str:
    """The document without its blocks."""
    return _BLOCK.sub("", document.read_text("utf-8"))


def cells(document: Path, *, columns: int) -> list[list[str]]:
    """The rows of the document's tables with so many columns."""
    lines = [line.strip() for line in prose(document).splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in rows if len(row) == columns]


def section(document: Path, heading: str) -> str:
    """What stands between a heading and the next one of its rank."""
    text = document.read_text("utf-8")
    assert f"{heading}\n" in text
    return text.split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]


def anchors(document: Path) -> set[str]:
    """What a link into the document may lead to."""
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def commands() -> set[str]:
    """Every command as it is typed, ``mdo batch list``."""
    found: set[str] = set()

    def walk(one: Any, path: str) -> None:
        for name, child in getattr(one, "commands", {}).items():
            walk(child, f"{path} {name}")
        if not hasattr(one, "commands"):
            found.add(path)

    walk(typer.main.get_command(command.app), "mdo")
    return found


def settings_variables() -> set[str]:
    """The environment variables of all settings."""
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or f"MDO_{name.upper()}") for name, field in fields}


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
