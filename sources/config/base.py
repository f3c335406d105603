"""What all parts of a source's description share.

Belongs here: the base model, the small types, and the way in which a rule of our own reports where it was broken. Does
not belong here: any one part of the description, or reading YAML (see `sources.loading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

#: Type of the errors that our own rules raise; their ``problems`` say where each one stands.
RULE_BROKEN = "rule_broken"

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Part(BaseModel):
    """One part of a source's description: frozen, and nothing in it that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a description.

    Attributes:
        at: the keys that lead to it from the part that was checked, such as ``("records", "person", "fist_name")``.
        text: what is wrong and what to write instead.
    """

    at: tuple[str | int, ...]
    text: str


def report(problems: Iterable[Problem]) -> None:
    """Raise all problems as one validation error; nothing happens where there are none."""
    found = list(problems)
    if found:
        text = "; ".join(problem.text for problem in found)
        raise PydanticCustomError(RULE_BROKEN, "{text}", {"text": text, "problems": found})


def closest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word closest to a wrong one, or all of them where none is close."""
    words = list(known)
    near = get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else "write one of: " + ", ".join(words)


def _day(value: Any) -> Any:
    """A date is written YYYY-MM-DD and no other way (pydantic would take 86400 for 2 January 1970)."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value.strip()):
        raise ValueError("write a date as YYYY-MM-DD")
    return value.strip() if isinstance(value, str) else value


#: A calendar day.
Day = Annotated[date, BeforeValidator(_day)]

#: A short name for use in keys and file names.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=63)]

#: Text that says something; blanks around it do not count.
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]

#: The name of one of the customer's own columns.
Column = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

#: Text exactly as written, also empty or with blanks.
Exactly = Annotated[str, StringConstraints(max_length=500)]
