"""One text that changes whenever the same row might be judged differently.

Belongs here: what makes up the rules version. Does not belong here: the digest of a file (see `sources.readers`).

A row whose hash the register already holds travels no further, and the hash is made with the rules version: a corrected
rule, mapping or value library so reaches old rows too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import schemas
import sources
from sources.config import Source

#: The parts of a description that decide what a row means. Where the file lies and when it is read does not matter;
#: how it is decoded does.
PARTS = (
    *("records", "filter", "key", "active", "employer", "snapshot", "modified", "waivers", "kind", "read"),
    *("protected", "work_contacts_only"),
)
_NOT_READING = ("path", "url", "auth", "limits", "retry")

#: The modules of `sources` that turn rows into values.
MODULES = ("mapping.py", "filters.py", "full_name.py", "matching_text.py", "employer_scope.py", "config/forbidden.py")

#: The libraries that judge values. Their releases bring new phone ranges and corrected rules.
LIBRARIES = ("phonenumbers", "email-validator", "python-stdnum", "pandera", "babel")


def rules_version(source: Source) -> str:
    """SHA-256 (hex) over the source's rules, the code that applies them, and the value libraries' releases."""
    document = source.document
    rules = {part: document[part] for part in PARTS}
    rules["read"] = {key: value for key, value in document["read"].items() if key not in _NOT_READING}
    rules["records"] = list(document["records"].items())
    text = json.dumps(rules, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{_code()}\n{_libraries()}\n{text}".encode()).hexdigest()


@cache
def _code() -> str:
    """SHA-256 over names and bytes of the modules; they do not change while the process runs."""
    digest = hashlib.sha256()
    for name, path in code_files():
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def code_files() -> Iterator[tuple[str, Path]]:
    """The modules that count, by a name that is the same on every machine."""
    floor = Path(str(schemas.__file__)).parent
    for path in sorted(floor.rglob("*.py"), key=lambda path: path.relative_to(floor).as_posix()):
        yield f"schemas/{path.relative_to(floor).as_posix()}", path
    for name in MODULES:
        yield f"sources/{name}", Path(str(sources.__file__)).parent / name


@cache
def _libraries() -> str:
    return "\n".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
