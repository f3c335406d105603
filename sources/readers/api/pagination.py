"""From one page of an API to the next.

Belongs here: the ``pages:`` block, and for each way of paging what to ask next and when the end is reached. Does not
belong here: sending a request (see transport), or telling a page that came before (see reader).

A page that is shorter than asked for is not the end: servers cap what they give. The end is an empty page, the declared
total, or what the API itself says of there being more.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import httpx
from pydantic import Field

from schemas.errors import SourceRefused
from sources.readers.api import paths
from sources.readers.api.part import Parameter, Part
from sources.readers.api.paths import Path

_LONGEST_CURSOR = 4096

Size = Annotated[int, Field(ge=1, le=100_000)]


class OnePage(Part):
    """One answer holds the whole register."""

    type: Literal["none"] = "none"


class _Sized(Part):
    size_parameter: Parameter | None = Field(None, description="The parameter that says how many records to give.")
    size: Size = Field(100, description="How many records to ask for at a time.")

    def sized(self) -> dict[str, str]:
        """The parameter that says how many, if there is one."""
        return {self.size_parameter: str(self.size)} if self.size_parameter else {}


class _Counted(_Sized):
    more: Path | None = Field(None, description="Path to what says whether there is more: true or false.")


class PageNumber(_Counted):
    """Pages are asked for by number, until an empty one, the declared total, or what ``more`` says."""

    type: Literal["number"]
    parameter: Parameter = Field("page", description="The parameter with the number.")
    first: int = Field(1, ge=0, le=1, description="Number of the first page.")


class Offset(_Counted):
    """Pages are asked for by the number of records before them."""

    type: Literal["offset"]
    parameter: Parameter = Field("offset", description="The parameter with the number of records to skip.")


class Cursor(_Sized):
    """Each answer holds a mark to ask on from; the last one holds none."""

    type: Literal["cursor"]
    parameter: Parameter = Field("cursor", description="The parameter that takes the mark.")
    cursor: Path = Field(description="Path to the mark.")


class NextUrl(_Sized):
    """Each answer holds the address of the next; the last one holds none."""

    type: Literal["next_url"]
    next: Path = Field('"@odata.nextLink"', description="Path to the address.")


class LinkHeader(_Sized):
    """Each answer has the address of the next in its Link header, as rel="next" (RFC 8288)."""

    type: Literal["link_header"]


class Scim(Part):
    """SCIM 2.0 (RFC 7644, 3.4.2.4): startIndex and count, over totalResults."""

    type: Literal["scim"]
    count: Size = Field(100, description="How many resources to ask for at a time.")


Pages = Annotated[OnePage | PageNumber | Offset | Cursor | NextUrl | LinkHeader | Scim, Field(discriminator="type")]


@dataclass(frozen=True)
class Ask:
    """One page to ask for: an address, and parameters unless the address holds them already."""

    url: httpx.URL
    parameters: dict[str, str] | None

    @property
    def name(self) -> str:
        """What tells it from every other page."""
        return f"{self.url}\0{sorted(self.parameters.items()) if self.parameters is not None else ''}"


@dataclass(frozen=True)
class Page:
    """What is known of a page that came.

    Attributes:
        document: the whole answer.
        count: records in it.
        read: records so far, these among them.
        total: as the API declares it, if it does.
        url: where it came from.
        next_link: the address in its Link header, if any.
    """

    document: Any
    count: int
    read: int
    total: int | None
    url: httpx.URL
    next_link: str | None


Steps = Generator[Ask, Page, None]


def steps(pages: Pages, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    """Each page to ask for; wants to be sent the page that came."""
    if isinstance(pages, PageNumber):
        return _by_number(pages, url, parameters | pages.sized())
    if isinstance(pages, Offset):
        return _by_offset(pages, url, parameters | pages.sized())
    if isinstance(pages, Cursor):
        return _by_cursor(pages, url, parameters | pages.sized())
    if isinstance(pages, NextUrl | LinkHeader):
        return _by_address(pages, url, parameters | pages.sized())
    if isinstance(pages, Scim):
        return _scim(pages, url, parameters | {"count": str(pages.count)})
    return _once(url, parameters)


def _once(url: httpx.URL, parameters: dict[str, str]) -> Steps:
    yield Ask(url, parameters)


def _by_number(pages: PageNumber, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    number = pages.first
    while True:
        page = yield Ask(url, parameters | {pages.parameter: str(number)})
        if _is_last(pages, page):
            return
        number += 1


def _by_offset(pages: Offset, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    read = 0
    while True:
        page = yield Ask(url, parameters | {pages.parameter: str(read)})
        if _is_last(pages, page):
            return
        read = page.read  # not offset + size: the server may have given fewer


def _is_last(pages: _Counted, page: Page) -> bool:
    if pages.more is not None:
        more = paths.find(pages.more, page.document)
        if more is None and page.read == page.count:
            raise SourceRefused(
                "The first page does not say whether there is more.",
                "Correct more: in the source file, or leave it out.",
            )
        return not more or str(more).lower() == "false"
    return page.count == 0 or (page.total is not None and page.read >= page.total)


def _by_cursor(pages: Cursor, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    page = yield Ask(url, parameters)
    while mark := _text(paths.find(pages.cursor, page.document)):
        page = yield Ask(url, parameters | {pages.parameter: mark})


def _by_address(pages: NextUrl | LinkHeader, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    page = yield Ask(url, parameters)
    while address := page.next_link if isinstance(pages, LinkHeader) else _text(paths.find(pages.next, page.document)):
        page = yield Ask(_joined(page.url, address), None)


def _scim(pages: Scim, url: httpx.URL, parameters: dict[str, str]) -> Steps:
    start = 1
    while True:
        page = yield Ask(url, parameters | {"startIndex": str(start)})
        given = page.document.get("startIndex") if isinstance(page.document, dict) else None
        if page.count and given is not None and str(given) != str(start):
            raise SourceRefused("The SCIM server gave another page than it was asked for.", "Ask its owner about it.")
        if page.count == 0 or (page.total is not None and page.read >= page.total):
            return
        start = page.read + 1


def _text(mark: Any) -> str:
    """A cursor or address; "" where there is none."""
    if mark is None or mark is False or mark == "":
        return ""
    if isinstance(mark, bool) or not isinstance(mark, str | int) or len(str(mark)) > _LONGEST_CURSOR:
        raise SourceRefused(
            "What should lead to the next page is no text.", "Correct the path under pages: in the source file."
        )
    return str(mark)


def _joined(base: httpx.URL, address: str) -> httpx.URL:
    """A next address as a whole one; where it leads is for the transport to judge."""
    joined: httpx.URL | None = None
    if len(address) <= _LONGEST_CURSOR:
        try:
            joined = base.join(address)
        except (httpx.InvalidURL, ValueError):
            joined = None
    if joined is None:
        raise SourceRefused("The address of the next page is no address.", "Ask the API's owner about it.")
    return joined
