"""Whether a source can be reached, and its file of a date is there; nothing of the register is read.

Belongs here: what is tried, in which order, and what was not. Does not belong here: reading a sample (see
`assets.preview`), and how it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx

from sources import intake
from sources.config import Source
from sources.locations import opening as locations
from sources.readers.api.auth import ClientCredentials, NoAuth
from sources.readers.api.settings import ApiRead
from sources.readers.api.transport import Transport

#: Answers of an API that is there and makes nothing of HEAD, or misses parameters that only a read would give.
_NO_HEAD = (400, 405, 415, 422, 501)


def probe(source: Source, business_date: date, inbox: Path) -> Iterator[str]:
    """What was found, step by step, without any value; the last line says what was not looked at.

    Raises:
        SourceRefused: the source may not be read on that date, is not there, or does not let us in.
        NotDelivered: its file of the date is not there.
        TryLater: it does not answer at the moment.
        ConfigurationRefused: a secret is not set.
    """
    source.reads_on(business_date)
    if isinstance(source.read, ApiRead):
        yield from _api(source.read)
    else:
        yield from _file(source, business_date, inbox)


#: What it means that a place let us in.
_LET_IN = {
    "inbox": "not needed; the folder can be listed.",
    "sftp": "made; the server's key is the pinned one, and we are let in.",
    "s3": "made; our keys are taken, and the bucket may be listed.",
    "https": "made with the question for the file, since a site has no folder to look at.",
}


def _file(source: Source, business_date: date, inbox: Path) -> Iterator[str]:
    yield f"Place: {source.location.shown}."
    with closing(locations.at(source.location, inbox)) as location:
        location.check()
        yield f"Connection: {_LET_IN[source.location.type]}"
        found = intake.find(source, business_date, location)
    yield f"File: {found.name_shown} is there, {found.state.size} bytes."
    rest = ["whether it may be read, and what is in it (mdo source check reads a sample)"]
    if source.after_read != "keep":
        rest.append("whether it may be moved or deleted after the read")
    yield f"Not tried: {'; '.join(rest)}."


def _api(read: ApiRead) -> Iterator[str]:
    yield f"Place: the API {read.url}."
    with closing(Transport(read)) as transport:
        answer = transport.get(httpx.URL(read.url), None, method="HEAD", accept=(200, 204, *_NO_HEAD))
    knows = answer.status not in _NO_HEAD
    if isinstance(read.auth, ClientCredentials):
        yield "Connection: made; the token server gave a token."
    else:
        yield "Connection: made."
    if knows:
        yield "Permission: the API took our question for the head of the list" + (
            "." if isinstance(read.auth, NoAuth) else ", with our credentials."
        )
    rest = "records, pages and columns (mdo source check reads a sample)"
    yield f"Not tried: {rest if knows else 'whether we may read, since the API knows no HEAD; ' + rest}."
