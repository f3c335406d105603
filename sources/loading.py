"""From source files to descriptions.

Belongs here: reading YAML, and errors that name file and line and say what to write instead. Does not belong here: what
a description may say (see `sources.config`).
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from schemas.documents import Document
from schemas.errors import ConfigurationRefused
from sources import loading_errors
from sources.config import Source

_BEGINS = "a source file begins with keys, such as customer: satama-logistiikka"


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
    document = Document(file, begins=_BEGINS)
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
