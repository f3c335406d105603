"""The named SQL statements.

Belongs here: finding a statement in ``register/sql`` and filling in the names of tables and fields. Does not belong
here: values; they are always bound parameters.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import sqlalchemy as sa

_NAME = re.compile(r"^--\s*name:\s*(\w+)\s*$", re.MULTILINE)


@cache
def _all() -> dict[str, str]:
    """Every statement of every file, by its name; a file holds several, each under a line ``-- name: …``."""
    found: dict[str, str] = {}
    for file in sorted(resources.files("register.sql").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".sql"):
            continue
        parts = _NAME.split(file.read_text("utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise ValueError(f"two statements are named {name}")
            found[name] = text.strip()
    return found


def statement(name: str, **names: str) -> sa.TextClause:
    """A named statement, ready to execute.

    Args:
        names: SQL fragments for the ``{placeholders}``: identifiers and field lists made from the catalogue, never
            from data.
    """
    return sa.text(_all()[name].format(**names))


def fragment(name: str) -> str:
    """A named part of statements, for a ``{placeholder}`` of the same name. It has no placeholders of its own."""
    return _all()[name]


def identifier(name: str) -> str:
    """A name quoted as an SQL identifier."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise ValueError("not an identifier of ours")
    return f'"{name}"'
