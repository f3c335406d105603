"""Rules between a source's description and the place where its file lies.

Belongs here: what a place cannot do. Does not belong here: rules inside the ``location:`` block (see
`sources.config.location`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sources.config.base import Problem
from sources.config.location import HttpsLocation
from sources.readers.api.settings import ApiRead

if TYPE_CHECKING:
    from sources.config.source import Source


def problems(source: Source) -> Iterator[Problem]:
    """Everything that is wrong with a description for where its file lies."""
    if not isinstance(source.location, HttpsLocation) or isinstance(source.read, ApiRead):
        return
    if any(sign in source.read.path for sign in "*?"):
        text = "an https location cannot be searched: write the whole name, with {date} in it, and no * or ?"
        yield Problem(("read", "path"), text)
    if source.after_read != "keep":
        yield Problem(("after_read",), "goes with the inbox, sftp and s3; over https nothing is moved or deleted")
    if source.return_to is not None:
        yield Problem(("return_to",), "goes with the inbox, sftp and s3; over https nothing is written")
