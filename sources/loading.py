"""From source files to descriptions.

Belongs here: reading YAML, and errors that name file and line and say what to write instead. Does not belong here: what
a description may say (see `sources.config`).

Every scalar is handed on as the text that was written, and the model makes numbers, dates and yes-or-no of it where
it wants them. So YAML's own guesses do no harm, whatever its version: ``hosting_country: NO`` is Norway and not false,
``values: [007]`` keeps its zeros, and ``schedule: 01:30`` is no count of seconds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError
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
from sources import loading_errors
from sources.config import Source

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


def load_file(path: Path) -> Source:
    """The description in one source file.

    Raises:
        ConfigurationRefused: the file cannot be read, is no YAML, or breaks a rule; one line per problem, each with
            file and line. No value is quoted, since it might be a secret that was written where it should not be.
    """
    try:
        text: str | None = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = None
    if text is None:
        raise ConfigurationRefused(f"{path} cannot be read as UTF-8 text.", "Check its name, rights and encoding.")
    return parse(text, str(path))


def parse(text: str, file: str) -> Source:
    """The description in the text of a source file; `file` is its name in errors, which are those of `load_file`."""
    document = _Document(file)
    data = document.read(text)
    document.refuse()
    invalid: ValidationError | None = None
    source: Source | None = None
    try:
        source = Source.model_validate(data)
    except ValidationError as error:
        invalid = error
    if invalid is not None:
        for at, message in loading_errors.explain(invalid, data):
            document.note(document.line_of(at), message)
    document.refuse()
    assert source is not None
    return source


def load_each(folder: Path) -> tuple[list[Source], list[ConfigurationRefused]]:
    """The descriptions in a folder's ``*.yaml`` and ``*.yml`` files, and the refusals of those that are wrong.

    One wrong file keeps no other customer's register from being read. Of files that describe the same source none is
    taken. Files whose names begin with a dot are not looked at.

    Raises:
        ConfigurationRefused: there is no such folder.
    """
    if not folder.is_dir():
        raise ConfigurationRefused(f"The folder of source files, {folder}, does not exist.", "Set MDO_SOURCES to it.")
    taken: dict[str, tuple[Path, Source]] = {}
    twice: set[str] = set()
    refusals: list[ConfigurationRefused] = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml") and not p.name.startswith(".")):
        try:
            source = load_file(path)
        except ConfigurationRefused as refusal:
            refusals.append(refusal)
            continue
        if source.name in taken:
            twice.add(source.name)
            text = f"{path} and {taken[source.name][0]} both describe {source.name}."
            refusals.append(ConfigurationRefused(text, "Give one of them another register name, or remove it."))
            continue
        taken[source.name] = (path, source)
    return [source for name, (_, source) in sorted(taken.items()) if name not in twice], refusals


def load_folder(folder: Path) -> list[Source]:
    """The descriptions in a folder, ordered by name.

    Raises:
        ConfigurationRefused: any file is wrong, or two describe the same source; all of it is said at once.
    """
    found, refusals = load_each(folder)
    if refusals:
        raise ConfigurationRefused("\n".join(str(refusal) for refusal in refusals))
    return found


class _Document:
    """One YAML text as plain data, with the line of each key and item, and the problems found so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {(): 1}
        self.problems: list[tuple[int, str]] = []

    def note(self, line: int, message: str) -> None:
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
            self.note(1, "a source file begins with keys, such as customer: satama-logistiikka")
            return None
        return self._plain(node, (), ())

    def _plain(self, node: Node, at: Where, above: tuple[int, ...]) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(at, line)
        if node.tag not in _PLAIN_TAGS or id(node) in above:
            self.note(line, f"{_dotted(at)}: YAML tags, merge keys and loops are not read; write the value itself")
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
                self.note(line, f"{_dotted(at)}: a key is a plain text")
                continue
            key = key_node.value
            inside = (*at, key)
            if key in data:
                self.note(line, f"{_dotted(inside)} is written twice, first on line {self.lines[inside]}; keep one")
                continue
            self.lines[inside] = line
            if isinstance(value_node, ScalarNode) and at[:1] != ("records",) and _SECRET_KEY.search(key):
                self.note(line, f"{_dotted(inside)}: a secret is never written here; write {{env: NAME_OF_VARIABLE}}")
            data[key] = self._plain(value_node, inside, above)
        return data


def _too_deep(text: str) -> tuple[int, str] | None:
    """Where something lies so deep that composing it would end the process: that is done in C, without a limit."""
    depth = 0
    for event in events_of(text, CSafeLoader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            return event.start_mark.line + 1, "this lies too deep; nothing in a source file does"
    return None


def _unquoted(problem: str | None) -> str:
    """What the YAML library says, without what it quotes of the file: a password may begin with * or !."""
    return _QUOTED.sub(lambda quoted: quoted[0] if len(quoted[2]) <= 2 else "...", problem or "")


def _dotted(at: Where) -> str:
    return loading_errors.dotted(at)
