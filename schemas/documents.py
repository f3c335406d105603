"""YAML documents that people write, with the line of everything in them.

Belongs here: reading a document as plain data, and noting problems by file and line. Does not belong here: what a
document may say (`sources.config`, `schemas.retention`), or opening files.

Every scalar is handed on as the text that was written, and the model makes numbers, dates and yes-or-no of it where
it wants them. So YAML's own guesses do no harm, whatever its version: ``hosting_country: NO`` is Norway and not false,
``values: [007]`` keeps its zeros, and ``schedule: 01:30`` is no count of seconds.
"""

from __future__ import annotations

import re
from typing import Any

from yaml import (
    CollectionEndEvent,
    CollectionStartEvent,
    CSafeLoader,
    MappingNode,
    MarkedYAMLError,
    Node,
    ScalarNode,
    SequenceNode,
    YAMLError,
    compose,
)
from yaml import parse as events_of

from schemas.errors import ConfigurationRefused

Where = tuple[str | int, ...]

_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
}
_DEEPEST = 20
_QUOTED = re.compile(r"""(['"])((?:\\.|(?!\1).)*)\1""", re.S)
_SECRET_KEY = re.compile(
    r"pass(w|phrase)|salasana|secret|token|(api|private|access)[_-]?key|credential|authori[sz]ation", re.I
)


def dotted(at: Where) -> str:
    """``records.person[0].last_name``."""
    text = ""
    for step in at:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "the file"


class Document:
    """One YAML text as plain data, with the line of each key and item, and the problems found so far.

    Args:
        file: its name in errors.
        begins: what to say where it does not begin with keys.
    """

    def __init__(self, file: str, *, begins: str) -> None:
        self.file = file
        self._begins = begins
        self.lines: dict[Where, int] = {(): 1}
        self.problems: list[tuple[int, str]] = []

    def note(self, line: int, message: str) -> None:
        """Notes a problem."""
        self.problems.append((line, message))

    def refuse(self) -> None:
        """Raise what has been noted, if anything."""
        if self.problems:
            lines = dict.fromkeys(f"{self.file}:{line}: {message}" for line, message in sorted(self.problems))
            raise ConfigurationRefused("\n".join(lines))

    def line_of(self, at: Where) -> int:
        """The line of what `at` leads to, or of the innermost part of it that was written."""
        return self.lines[self.written(at)]

    def written(self, at: Where) -> Where:
        """`at` without the steps that are in the model but not in the file."""
        known: Where = ()
        for step in at:
            if (*known, step) in self.lines:
                known = (*known, step)
        return known

    def read(self, text: str) -> Any:
        """The text as mappings, lists and texts, or None where it is no YAML; what is wrong is noted."""
        trouble: tuple[int, str] | None = None
        node: Node | None = None
        try:
            # libyaml's parser: the same nodes and lines as the one written in Python, in a twentieth of the time
            trouble = _too_deep(text)
            node = None if trouble else compose(text, CSafeLoader)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            line = min(line, len(text.splitlines()))  # where the end comes too early, the mark is behind the last line
            trouble = (line, f"this is no YAML: {_unquoted(error.problem or error.context)}")
        except YAMLError:
            trouble = (1, "this is no YAML: a character that it does not allow")
        if trouble is not None:
            self.note(*trouble)
            return None
        if not isinstance(node, MappingNode):
            self.note(1, self._begins)
            return None
        return self._plain(node, (), ())

    def _plain(self, node: Node, at: Where, above: tuple[int, ...]) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(at, line)
        if node.tag not in _PLAIN_TAGS or id(node) in above:
            self.note(line, f"{dotted(at)}: YAML tags, merge keys and loops are not read; write the value itself")
            return None
        if isinstance(node, ScalarNode):
            return None if node.tag == _NULL and not node.style else node.value
        above = (*above, id(node))
        if isinstance(node, SequenceNode):
            return [self._plain(item, (*at, index), above) for index, item in enumerate(node.value)]
        return self._mapping(node, at, above)

    def _mapping(self, node: Node, at: Where, above: tuple[int, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.tag not in _PLAIN_TAGS:
                self.note(line, f"{dotted(at)}: a key is a plain text")
                continue
            key = key_node.value
            inside = (*at, key)
            if key in data:
                self.note(line, f"{dotted(inside)} is written twice, first on line {self.lines[inside]}; keep one")
                continue
            self.lines[inside] = line
            if isinstance(value_node, ScalarNode) and at[:1] != ("records",) and _SECRET_KEY.search(key):
                self.note(line, f"{dotted(inside)}: a secret is never written here; write {{env: NAME_OF_VARIABLE}}")
            data[key] = self._plain(value_node, inside, above)
        return data


def _too_deep(text: str) -> tuple[int, str] | None:
    """Where something lies so deep that composing it would end the process: that is done in C, without a limit."""
    depth = 0
    for event in events_of(text, CSafeLoader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            return event.start_mark.line + 1, "this lies too deep; nothing that is written here does"
    return None


def _unquoted(problem: str | None) -> str:
    """What the YAML library says, without what it quotes of the file: a password may begin with * or !."""
    return _QUOTED.sub(lambda quoted: quoted[0] if len(quoted[2]) <= 2 else "...", problem or "")
