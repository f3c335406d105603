"""Errors that every floor may raise and every floor may print.

Belongs here: the one family of exceptions whose text is safe to show, log and store. Does not belong here: errors of
libraries, whose texts may quote a customer's data and are therefore never shown.
"""

from __future__ import annotations


class Refusal(Exception):
    """A thing that was not done, said without any value from a customer's data.

    Args:
        what: what was refused or went wrong, naming source, file, row, column or rule, never a cell's content.
        remedy: what the reader can do next.
    """

    #: Whether trying again later, with nothing changed, may succeed.
    worth_retrying = False

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class SourceRefused(Refusal):
    """The source's description, its location or its file as a whole cannot be read as declared."""


class ConfigurationRefused(Refusal):
    """A setting or a source file is wrong; the text names file and line."""


class NotFound(Refusal):
    """Something that the caller named does not exist."""


class TryLater(Refusal):
    """A passing state of the surroundings: a lock that is held, a connection that broke."""

    worth_retrying = True
