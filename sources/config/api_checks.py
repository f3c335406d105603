"""Rules between a source's description and the API that it reads.

Belongs here: columns that are paths, windows of changes against snapshots, and what goes with files alone. Does not
belong here: rules inside the ``read:`` block (see `sources.readers.api.settings`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sources.config import checks
from sources.config.base import Problem, closest
from sources.config.forbidden import forbidden
from sources.config.snapshot import ChangesSnapshot, LogSnapshot
from sources.readers.api import paths
from sources.readers.api.settings import ApiRead

if TYPE_CHECKING:
    from sources.config.source import Source


def problems(source: Source) -> Iterator[Problem]:
    """Everything that is wrong with a description that reads an API."""
    read = source.read
    if not isinstance(read, ApiRead):
        return
    if read.changed_since is not None and not isinstance(source.snapshot, ChangesSnapshot | LogSnapshot):
        text = (
            "with a window of changes a record that is not given is not gone; write snapshot: {type: changes, …}, "
            "which says how a record ends, or {type: log} for events"
        )
        yield Problem(("read", "changed_since"), text)
    if source.location.type != "inbox":
        yield Problem(("location",), "goes with a file; where an API is stands in read: {url: …}")
    if source.after_read != "keep":
        yield Problem(("after_read",), "goes with a file; an API has none")
    used = checks.used_columns(source)
    waived = {waiver.column for waiver in source.waivers if waiver.rule is None}
    if source.protected is not None:
        waived.add(source.protected.column)
    for name, path in read.columns.items():
        if name not in used:
            yield Problem(("read", "columns", name), f"no mapping uses this column; {closest(name, used)}")
        what = forbidden(path)
        if what is not None and name not in waived:
            text = f"{name!r} stands at a place named like a {what}, which is never read (MIN-02); take it out"
            yield Problem(("read", "columns", name), text)
    for at, name in checks.column_uses(source):
        path = read.expression(name)
        if not paths.compiles(path):
            text = f"{name!r} is no path; name it under read: columns:, with quotation marks around names in the path"
            yield Problem(at, text)
        elif not paths.looked_at(path) or paths.WHOLE in paths.looked_at(path):
            yield Problem(at, f"{name!r} takes the record as a whole (MIN-01); write a path to one field")
