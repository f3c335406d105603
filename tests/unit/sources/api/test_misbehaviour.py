"""A server that misbehaves in every way that we know: each read ends soon, refused or known to be incomplete.

Every answer of this server carries `CANARY` somewhere, and no text that we make of it may.
"""

from __future__ import annotations

import gzip
import itertools
import logging
import socket
import time
import traceback
import tracemalloc
from functools import cache
from typing import Any

import pytest

from schemas.errors import Refusal, SourceRefused, TryLater

CANARY = "Kanarialintu-Virtanen"
#: Seconds within which each of these reads must have ended; the limits of the fixture add up to less.
SOON = 8


def always(document: Any = None, **more: Any):
    return lambda request: request.reply(document, **more)


def page_of(request, *, first: int = 1, count: int = 2) -> list[dict[str, Any]]:
    return [{"id": number, "name": CANARY} for number in range(first, first + count)]


def raw(content: bytes, *, then_hang: bool = False):
    """Writes bytes as they are and ends the connection."""

    def answer(request):
        request.handler.wfile.write(content)
        request.handler.wfile.flush()
        if then_hang:
            time.sleep(2)
        request.handler.close_connection = True
        request.handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def dripping(content: bytes, head: bytes):
    """A byte now and then: never so slow that a timeout between two bytes ends it."""

    def answer(request):
        request.handler.wfile.write(head)
        for byte in itertools.cycle(content):
            request.handler.wfile.write(bytes([byte]))
            request.handler.wfile.flush()
            time.sleep(0.05)

    return answer


def silent(request):
    time.sleep(1.5)
    request.handler.close_connection = True


@cache
def packed_bomb() -> bytes:
    """50 MB of blanks in 50 kB."""
    return gzip.compress(b"[" + b" " * 50_000_000, 6)


def bomb(request):
    request.reply(body=packed_bomb(), Content_Encoding="gzip")


def circle(request):
    at = int(request.query.get("c", "0"))
    request.reply({"d": page_of(request, first=request.number * 10), "c": (at + 1) % 3})


def new_names_for_one_page(request):
    request.reply({"d": page_of(request), "c": request.number + 1})


def promises_for_ever(request):
    request.reply({"d": [], "c": request.number + 1})


def never_ends(request):
    request.reply(page_of(request, first=request.number * 2 + 1))


def same_page_past_the_end(request):
    request.reply(page_of(request, first=min(int(request.query["page"]), 2) * 10))


def leads_away(request):
    request.reply({"d": page_of(request), "next": f"http://localhost:{request.handler.server.server_port}/{CANARY}"})


def leads_to_another_port(request):
    request.reply({"d": page_of(request), "next": f"http://127.0.0.1:1/{CANARY}"})


def link_leads_away(request):
    request.reply(page_of(request), Link=f'<https://example.org/{CANARY}>; rel="next"')


CURSOR = {"records": "d", "pages": {"type": "cursor", "parameter": "c", "cursor": "c"}}
NEXT = {"records": "d", "pages": {"type": "next_url", "next": "next"}}
NUMBER = {"pages": {"type": "number"}}
HTML = f"<html><body>Error for {CANARY}</body></html>".encode()
SCIM_WRONG = {"totalResults": 9, "startIndex": 5, "Resources": [{"id": 1, "name": CANARY}]}

REFUSED: dict[str, tuple[Any, dict[str, Any], str]] = {
    "400 with a page": (always(status=400, body=HTML), {}, "answered 400 Bad Request"),
    "401": (always(status=401, body=HTML), {}, "answered 401"),
    "403": (always(status=403, body=HTML), {}, "answered 403"),
    "404": (always(status=404, body=HTML), {}, "answered 404"),
    "418 with a phrase of its own": (raw(f"HTTP/1.1 499 {CANARY}\r\n\r\n".encode()), {}, r"answered 499\."),
    "501": (always(status=501, body=HTML), {}, "answered 501"),
    "204": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), {}, "answered 204"),
    "an error page that says 200": (always(body=HTML), {}, "no JSON"),
    "JSON that is cut off": (always(body=b'[{"id": 1, "name": "' + CANARY.encode()), {}, "no JSON"),
    "JSON nested without end": (always(body=b"[" * 200_000), {}, "no JSON"),
    "a number without end": (always(body=b'[{"id": ' + b"9" * 10_000 + b"}]"), {}, "no JSON"),
    "NaN": (always(body=b'[{"id": NaN}]'), {}, "no JSON"),
    "not UTF-8": (always(body=b'[{"id": "\xff' + CANARY.encode() + b'"}]'), {}, "no JSON"),
    "an object instead of a list": (always({"error": CANARY}), {}, "no list of records"),
    "a list somewhere else": (always({"data": [{"id": CANARY}]}), {"records": "items"}, "no list of records"),
    "a page too large": (always(body=b" " * 20_000), {"limits": {"page_bytes": 10_000}}, "larger than 10000 bytes"),
    "a packed page too large": (bomb, {"limits": {"page_bytes": 1_000_000}}, "larger than 1000000 bytes"),
    "packed in what was not asked for": (always([], Content_Encoding="br"), {}, "packs its answers"),
    "packed twice": (always([], Content_Encoding="gzip, gzip"), {}, "packs its answers"),
    "packed badly": (always(body=HTML, Content_Encoding="gzip"), {}, "cannot be unpacked"),
    "packed with something behind": (
        always(body=gzip.compress(b"[]") + CANARY.encode(), Content_Encoding="gzip"),
        {},
        "cannot be unpacked",
    ),
    "pages in a circle": (circle, CURSOR, "in a circle"),
    "a page that names itself": (
        lambda request: request.reply({"d": page_of(request), "next": "/people"}),
        NEXT,
        "same records again|in a circle",
    ),
    "one page under ever new names": (new_names_for_one_page, CURSOR, "same records again"),
    "the last page again and again": (same_page_past_the_end, NUMBER, "same records again"),
    "empty pages without end": (promises_for_ever, CURSOR, "empty pages in a row"),
    "pages without end": (never_ends, {**NUMBER, "limits": {"pages": 50}}, "more pages or records than it may"),
    "records without end": (never_ends, {**NUMBER, "limits": {"records": 50}}, "more pages or records than it may"),
    "a next address on another host": (leads_away, NEXT, "another host"),
    "a next address on another port": (leads_to_another_port, NEXT, "another host"),
    "a link header to another host": (link_leads_away, {"pages": {"type": "link_header"}}, "another host"),
    "a next address with a password": (
        lambda request: request.reply(
            {"d": page_of(request), "next": f"http://{CANARY}:x@127.0.0.1:{request.handler.server.server_port}/"}
        ),
        NEXT,
        "another host",
    ),
    "a next address that is none": (always({"d": [{"id": 1}], "next": f"http://h:{CANARY}/"}), NEXT, "no address"),
    "a next address of another scheme": (
        always({"d": [{"id": 1}], "next": "file:///etc/passwd"}),
        NEXT,
        "another host",
    ),
    "a cursor that is an object": (always({"d": [{"id": 1}], "c": {"x": CANARY}}), CURSOR, "is no text"),
    "a cursor without end": (always({"d": [{"id": 1}], "c": "x" * 10_000}), CURSOR, "is no text"),
    "a redirect to another host": (always(status=302, Location=f"https://example.org/{CANARY}"), {}, "another host"),
    "a redirect to nowhere": (always(status=302), {}, "redirects to no address"),
    "redirects without end": (always(status=302, Location="/people?again"), {}, "redirects without end"),
    "another SCIM page than asked for": (always(SCIM_WRONG), {"pages": {"type": "scim"}}, "another page than it was"),
    "nothing said of more": (
        always({"d": [{"id": 1}]}),
        {"records": "d", "pages": {"type": "number", "more": "has_more"}},
        "does not say",
    ),
}

LATER: dict[str, tuple[Any, dict[str, Any], str]] = {
    "500": (always(status=500, body=HTML), {}, "answered 500 Internal Server Error"),
    "503": (always(status=503, body=HTML), {}, "answered 503"),
    "429 without end": (always(status=429, body=HTML, Retry_After="0"), {}, "answered 429"),
    "429 for too long": (always(status=429, body=HTML, Retry_After="86400"), {}, "answered 429"),
    "429 with nonsense": (always(status=429, body=HTML, Retry_After=CANARY), {}, "answered 429"),
    "429 until a day": (always(status=429, Retry_After="Fri, 31 Dec 2099 23:59:59 GMT"), {}, "answered 429"),
    "silence": (silent, {}, "did not answer in time"),
    "a hang in the middle": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[", then_hang=True),
        {},
        "did not answer in time",
    ),
    "a connection that breaks": (raw(b""), {}, "could not be made or broke"),
    "a body that breaks off": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{}]"),
        {},
        "could not be made or broke",
    ),
    "chunks that break off": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[{}]\r\n"),
        {},
        "could not be made or broke",
    ),
    "a packed body that breaks off": (
        always(body=gzip.compress(b"[" + b" " * 5000 + b"]")[:-9], Content_Encoding="gzip"),
        {},
        "cut off",
    ),
    "no HTTP": (raw(f"220 {CANARY} ESMTP\r\n".encode()), {}, "could not be made or broke"),
    "a header without end": (
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n[]"),
        {},
        "could not be made or broke",
    ),
    "a byte now and then in the head": (dripping(b"x", b"HTTP/1.1 200 OK\r\nX: "), {}, "did not answer in time"),
    "a byte now and then in the body": (dripping(b" ", b"HTTP/1.1 200 OK\r\n\r\n["), {}, "did not answer in time"),
}


def told(error: BaseException) -> str:
    """All that anybody could print of an error."""
    return "".join(traceback.format_exception(error)) + str(error)


@pytest.mark.parametrize("trick", REFUSED)
def test_it_is_refused(server, read, caplog, trick) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer, settings, says = REFUSED[trick]
    packed_bomb()
    begun = time.monotonic()
    with pytest.raises(SourceRefused, match=says) as refusal:
        read(**settings)
    assert time.monotonic() - begun < SOON
    assert CANARY not in told(refusal.value) + caplog.text
    assert refusal.value.__cause__ is None


def test_a_bomb_is_never_unpacked_beyond_what_a_page_may_have(server, read) -> None:
    server.answer = bomb
    packed_bomb()
    tracemalloc.start()
    try:
        with pytest.raises(SourceRefused, match="larger than"):
            read(limits={"page_bytes": 1_000_000})
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("trick", LATER)
def test_it_is_tried_again_and_then_left_for_later(server, read, caplog, trick) -> None:
    caplog.set_level(logging.DEBUG)
    server.answer, settings, says = LATER[trick]
    begun = time.monotonic()
    with pytest.raises(TryLater, match=says) as refusal:
        read(**settings)
    assert time.monotonic() - begun < SOON
    assert len(server.asked) == (1 if trick in ("429 for too long", "429 until a day") else 3)
    assert CANARY not in told(refusal.value) + caplog.text


def test_nobody_there(server, read) -> None:
    with pytest.raises(TryLater, match="could not be made"):
        read(url="http://127.0.0.1:1/people")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422, 451])
def test_other_answers_of_four_hundred_are_never_tried_again(server, read, status) -> None:
    server.answer = always(status=status)
    with pytest.raises(SourceRefused):
        read()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "first",
    [always(status=429, Retry_After="0"), always(status=503), always(status=502), raw(b""), silent],
    ids=["429", "503", "502", "broken connection", "silence"],
)
def test_what_passes_is_waited_out(server, read, people, first) -> None:
    server.answer = lambda request: first(request) if request.number == 0 else request.reply(people(3))
    assert read().numbers == [1, 2, 3]
    assert len(server.asked) == 2


def test_a_server_is_left_alone_for_as_long_as_it_asks(server, read, people) -> None:
    def answer(request):
        if request.number == 0:
            request.reply(status=429, Retry_After="1")
        else:
            request.reply(people(1))

    server.answer = answer
    begun = time.monotonic()
    read(retry={"longest_wait": 2})
    assert time.monotonic() - begun >= 1


def test_the_whole_read_ends_in_time(server, read) -> None:
    def answer(request):
        time.sleep(0.2)
        never_ends(request)

    server.answer = answer
    begun = time.monotonic()
    with pytest.raises(Refusal, match=r"longer than it may|in time"):
        read(limits={"read_seconds": 1}, **NUMBER)
    assert time.monotonic() - begun < 4


INCOMPLETE: dict[str, tuple[list[Any], dict[str, Any], str]] = {
    "fewer than declared": (
        [{"d": [{"id": 1}], "n": 2}],
        {"records": "d", "total": "n"},
        "declares 2 records and gave 1",
    ),
    "more than declared": (
        [{"d": [{"id": 1}, {"id": 2}], "n": 1}],
        {"records": "d", "total": "n"},
        "declares 1 records and gave 2",
    ),
    "nothing declared": ([{"d": [{"id": 1}]}], {"records": "d", "total": "n"}, "does not declare the total"),
    "a total that is no number": (
        [{"d": [{"id": 1}], "n": CANARY}],
        {"records": "d", "total": "n"},
        "does not declare the total",
    ),
    "a total that drifts": (
        [{"d": [{"id": 1}], "n": 3, "c": 1}, {"d": [{"id": 2}, {"id": 3}], "n": 4}],
        {**CURSOR, "total": "n"},
        "total changed while",
    ),
    "records that move": (
        [{"d": [{"id": 1}, {"id": 2}], "c": 1}, {"d": [{"id": 2}, {"id": 4}]}],
        CURSOR,
        "moved from page to page",
    ),
    "a SCIM server that caps silently": (
        [
            {"totalResults": 300, "startIndex": 1, "Resources": [{"id": 1}]},
            {"totalResults": 300, "startIndex": 2, "Resources": []},
        ],
        {"pages": {"type": "scim"}},
        "declares 300 records and gave 1",
    ),
}


@pytest.mark.parametrize("trick", INCOMPLETE)
def test_it_is_known_to_be_incomplete(server, read, trick) -> None:
    pages, settings, says = INCOMPLETE[trick]
    server.pages(pages)
    found = read(**settings)
    assert len(found.register.incomplete) == 1
    assert says in found.register.incomplete[0]
    assert CANARY not in found.register.incomplete[0]
