"""A server that misbehaves in every way that we know, through whole syncs.

Each trick is played to a register that has had a good night. It must end by itself, with a failed or a held batch, a
register that is as it was, and nothing of what the server said in any text of ours. What exactly each of them is
answered with is tested in `tests/unit/sources/api/test_misbehaviour.py`.
"""

from __future__ import annotations

import gzip
import logging
import socket
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from api_register import FIRST, SECOND, paged, people_behind, person
from api_server import Request, Server, serving

from assets.sync import Result, sync
from schemas.errors import ConfigurationRefused, Refusal, SourceRefused, TryLater

CANARY = "Kanarialintu-Virtanen"
HTML = f"<html><title>{CANARY}</title><body>Sign in, {CANARY}: <input name=password></body></html>".encode()
Trick = Callable[[Request], None]
#: No read here may take longer than its limits and tries add up to; this is far beyond.
pytestmark = pytest.mark.timeout(60)


def always(document: Any = None, **more: Any) -> Trick:
    return lambda request: request.reply(document, **more)


def raw(head: str, body: bytes = b"", *, endless: float | None = None) -> Trick:
    """Bytes below HTTP, and then the end of the connection, or the body again and again with a pause in between."""

    def answer(request: Request) -> None:
        request.handler.close_connection = True
        with suppress(OSError):
            request.handler.wfile.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
            while endless is not None:
                request.handler.wfile.write(body)
                request.handler.wfile.flush()
                time.sleep(endless)
            request.handler.wfile.flush()
            request.handler.connection.shutdown(socket.SHUT_RDWR)

    return answer


def silent(request: Request) -> None:
    time.sleep(1.5)
    request.handler.close_connection = True


def head_that_drips(request: Request) -> None:
    request.handler.close_connection = True
    request.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Said: ")
    while True:
        request.handler.wfile.write(b"x")
        request.handler.wfile.flush()
        time.sleep(0.05)


@cache
def packed_bomb() -> bytes:
    """50 MB of blanks in 50 kB."""
    return gzip.compress(b" " * 50_000_000, 6)


def people(*numbers: int, last: str = CANARY, **more: Any) -> dict[str, Any]:
    return {"items": [person(number, last) for number in numbers], "next": None, "total": 9} | more


def next_host(request: Request) -> None:
    request.reply(people(200, next=f"http://localhost:{request.handler.server.server_port}/people?x={CANARY}"))


def next_scheme(request: Request) -> None:
    request.reply(people(200, next=f"https://127.0.0.1:{request.handler.server.server_port}/people?x={CANARY}"))


def moved_to_http(request: Request) -> None:
    request.reply(status=301, Location=f"https://127.0.0.1:{request.handler.server.server_port}/{CANARY}")


def to_its_login_page(request: Request) -> None:
    if request.path == "/login":
        request.reply(body=HTML, Content_Type="text/html")
    else:
        request.reply(status=302, Location=f"/login?for={CANARY}")


#: Where the good page leads on to, as a cursor or as an address.
NEXT = "?cursor=x"
NEXT_URL = "pages: {type: next_url, next: next}"
OK = "HTTP/1.1 200 OK"
STATUSES = (400, 401, 402, 403, 404, 405, 408, 409, 410, 418, 422, 451)

#: The trick, how it ends, how often it is asked, and what the description says otherwise.
FAILED: dict[str, tuple[Trick, type[Refusal], int | None, str]] = {
    "429 that says when to come back": (always(status=429, body=HTML, Retry_After="0"), TryLater, 2, ""),
    "429 for an hour": (always(status=429, body=HTML, Retry_After="3600"), TryLater, 1, ""),
    "429 without a word": (always(status=429, body=HTML), TryLater, 2, ""),
    "429 with nonsense": (always(status=429, body=HTML, Retry_After=CANARY), TryLater, 2, ""),
    **{f"{code} for ever": (always(status=code, body=HTML), TryLater, 2, "") for code in (500, 502, 503, 504, 599)},
    **{f"{code}, never tried again": (always(status=code, body=HTML), SourceRefused, 1, "") for code in STATUSES},
    "silence": (silent, TryLater, 2, ""),
    "a connection that breaks at once": (raw(""), TryLater, 2, ""),
    "a connection that breaks in the middle of a body": (
        raw(f"{OK}\nContent-Length: 5000", b'{"items": [{"id": 1, "name": {"last": "' + CANARY.encode()),
        TryLater,
        2,
        "",
    ),
    "a chunked body that breaks off": (
        raw(f"{OK}\nTransfer-Encoding: chunked", b'c\r\n{"items": []\r\n'),
        TryLater,
        2,
        "",
    ),
    "an endless body that comes fast": (raw(OK, CANARY.encode() * 100, endless=0), SourceRefused, 1, ""),
    "an endless body that drips": (raw(OK, b" ", endless=0.05), TryLater, 2, ""),
    "a head that drips": (head_that_drips, TryLater, 2, ""),
    "a gzip bomb": (lambda r: r.reply(body=packed_bomb(), Content_Encoding="gzip"), SourceRefused, 1, ""),
    "a gzip that is none": (always(body=HTML, Content_Encoding="gzip"), SourceRefused, 1, ""),
    "a cursor that was there before": (always(people(200, next=NEXT)), SourceRefused, 1, ""),
    "the same page under another cursor": (
        lambda request: request.reply(people(1, 99, next=request.number)),
        SourceRefused,
        None,
        "",
    ),
    "a next link that was there before": (always(people(200, next=NEXT)), SourceRefused, 1, NEXT_URL),
    "pages without end": (
        lambda request: request.reply(people(request.number + 200, next=request.number + 200)),
        SourceRefused,
        None,
        "",
    ),
    "empty pages without end": (
        lambda request: request.reply(people(next=request.number + 200)),
        SourceRefused,
        None,
        "",
    ),
    "a next link to another host": (next_host, SourceRefused, 1, NEXT_URL),
    "a next link to another scheme": (next_scheme, SourceRefused, 1, NEXT_URL),
    "a next link to a file": (always(people(200, next="file:///etc/passwd")), SourceRefused, 1, NEXT_URL),
    "a redirect to another host": (
        always(status=302, Location=f"https://{CANARY}.example.org/"),
        SourceRefused,
        1,
        "",
    ),
    "a redirect to another scheme": (moved_to_http, SourceRefused, 1, ""),
    "redirects without end": (
        lambda request: request.reply(status=307, Location=f"/people?cursor={request.number}"),
        SourceRefused,
        None,
        "",
    ),
    "an error page that says 200": (always(body=HTML), SourceRefused, 1, ""),
    "a login page": (to_its_login_page, SourceRefused, 2, ""),
    "an error as JSON that says 200": (always({"error": CANARY}), SourceRefused, 1, ""),
    "invalid JSON": (always(body=b'{"items": [{"id": 1, "x": "' + CANARY.encode()), SourceRefused, 1, ""),
    "JSON that is not UTF-8": (always(body=b'{"items": ["\xff' + CANARY.encode() + b'"]}'), SourceRefused, 1, ""),
    "deep JSON": (always(body=b"[" * 9_000), SourceRefused, 1, ""),
    "deep JSON in a record": (
        always(body=b'{"items": [{"id": 1, "x": ' + b'{"a":' * 1500 + b"1" + b"}" * 1500 + b"}]}"),
        SourceRefused,
        1,
        "",
    ),
}


@dataclass
class Night:
    """A register after a good night, and what a further one does to it."""

    bench: Any
    api: Server
    source: Any = None
    told: list[str] = field(default_factory=list)

    def first(self) -> None:
        self.source = self.bench.source(people_behind(self.api.home))
        self.api.answer = paged([person(number) for number in range(1, 8)])
        assert self.bench.sync(self.source, FIRST).counts["inserted"] == 7

    def second(self, answer: Trick, more: str = "") -> Result:
        """A sync of the next day, told in every way in which it can be."""
        text = people_behind(self.api.home)
        for name in [line.partition(":")[0] for line in more.splitlines()]:
            text = "\n".join(line for line in text.splitlines() if not line.startswith(f"  {name}:"))
        self.source = self.bench.source(text.replace("read:\n", f"read:\n  {more}\n") if more else text)
        self.api.asked.clear()
        self.api.answer = answer
        work = self.bench.workplace(SECOND, listener=lambda name, step, rows: self.told.append(f"{name} {step} {rows}"))
        return sync(work, self.source, SECOND)

    def batch(self) -> tuple[str, str]:
        """The last batch: its status, and all that stands on it."""
        [found] = self.bench.rows("select status, batch::text from sync.batch as batch order by id desc limit 1")
        return found


@pytest.fixture(scope="module")
def night(server, bench_at, tmp_path_factory) -> Iterator[Night]:
    """One register for all tricks that fail: each must leave it as it was."""
    with serving() as api:
        mine = Night(bench_at(server.url(server.fresh_database()), tmp_path_factory.mktemp("inbox")), api)
        mine.first()
        yield mine


def after_a_page(then: Trick) -> Trick:
    """One good page with new and changed people, and then the trick."""

    def answer(request: Request) -> None:
        if request.number == 0:
            request.reply(people(1, 99, next=NEXT))
        else:
            then(request)

    return answer


@pytest.mark.parametrize("trick", FAILED)
def test_a_trick_in_the_middle_leaves_the_register_as_it_was(night, caplog, canary, trick) -> None:
    caplog.set_level(logging.DEBUG)
    then, refused, asked, more = FAILED[trick]
    before = night.bench.state()
    packed_bomb()
    with pytest.raises(refused) as refusal:
        night.second(after_a_page(then), more)
    status, row = night.batch()
    assert status == "failed"
    assert night.bench.state() == before
    assert night.bench.rows("select tablename from pg_tables where schemaname = 'staging'") == []
    assert night.bench.rows("select 1 from sync.landed join sync.batch as b on b.id = batch_id and b.id > 1") == []
    if asked is not None:
        assert len(night.api.asked) == 1 + asked
    texts = [row, *night.told, caplog.text, *traceback.format_exception(refusal.value)]
    assert CANARY not in "\n".join(texts)
    assert canary.hits([CANARY], canary.dump(night.bench.url)) == []


def test_what_had_been_staged_before_the_trick_is_gone(night) -> None:
    """More records than make a chunk, so that the first of them are on their way when the server ends."""
    many = {"items": [person(number, CANARY) for number in range(1000, 2200)], "next": "x"}
    before = night.bench.state()

    def answer(request: Request) -> None:
        request.reply(many) if request.number == 0 else request.reply(status=500)

    with pytest.raises(TryLater):
        night.second(answer, "limits: {page_bytes: 1000000}")
    assert any(said.endswith("read 1200") for said in night.told)
    assert night.bench.state() == before
    assert night.bench.rows("select tablename from pg_tables where schemaname = 'staging'") == []


def test_an_address_without_tls_is_refused_before_anything_is_asked(night) -> None:
    with pytest.raises(ConfigurationRefused, match="without TLS only this machine"):
        night.bench.source(people_behind("http://hr.example.com"))


def test_tls_is_never_left_out(night) -> None:
    """The server speaks no TLS, and an address with https is asked in no other way."""
    before = night.bench.state()
    night.api.asked.clear()
    source = night.bench.source(people_behind(night.api.home.replace("http:", "https:")))
    with pytest.raises(TryLater, match="could not be made"):
        night.bench.sync(source, SECOND)
    assert (night.api.asked, night.bench.state(), night.batch()[0]) == ([], before, "failed")


def pages(*documents: dict[str, Any]) -> Trick:
    return lambda request: request.reply(documents[min(request.number, len(documents) - 1)])


#: Reads that come to their end, and of which something is not as it should be; each shows new names for 1 and 2.
DOUBTFUL: dict[str, tuple[Trick, str, float]] = {
    "a total that is short": (pages(people(1, 2, total=8)), "declares 8 records and gave 2", 0.75),
    "a total that is too small": (pages(people(1, 2, 3, 4, total=2)), "declares 2 records and gave 4", 0.5),
    "a total that drifts": (
        pages(people(1, 2, next="x", total=4), people(3, 4, total=5)),
        "total changed while the pages were read",
        1,
    ),
    "a total that drifts and comes back": (
        pages(people(1, 2, next="x", total=4), people(3, next="y", total=5), people(4, total=4)),
        "total changed while the pages were read",
        1,
    ),
    "no total where one is declared": (pages(people(1, 2, total=None)), "does not declare the total", 1),
    "a total that is no number": (pages(people(1, 2, total=CANARY)), "does not declare the total", 1),
    "a page of which half came before": (
        pages(people(1, 2, next="x", total=4), people(2, 3, total=4)),
        "records moved from page to page",
        1,
    ),
}


@pytest.mark.parametrize("trick", DOUBTFUL)
def test_a_doubtful_read_is_held_and_may_be_released(bench, trick) -> None:
    answer, says, share = DOUBTFUL[trick]
    with serving() as api:
        night = Night(bench, api)
        night.first()
        before = bench.state()
        result = night.second(answer)
    assert result.status == "held"
    [alarm] = result.alarms
    assert (alarm["guard"], alarm["measured"], alarm["limit"]) == ("doubtful", share, 0)
    assert says in alarm["says"]
    assert says in " ".join(result.batch.notes)
    assert bench.state() == before
    assert CANARY not in "\n".join([night.batch()[1], *night.told, str(result.alarms)])
    # a person who knows better takes what was read, and still nobody counts as absent
    released = bench.release(result, SECOND)
    assert (released.status, released.counts["absent"]) == ("applied", 0)
    names = dict(bench.rows("select key, last_name from register.person_record"))
    assert (names["1"], names["7"]) == (CANARY, "Virtanen")
    assert bench.rows("select 1 from sync.source_row where absent_since is not null") == []


def test_a_doubt_stays_with_the_batch(bench) -> None:
    """Pulled again from its landed copy, and brought back later, it is as doubtful as it was."""
    from assets import replay
    from register import batches

    with serving() as api:
        night = Night(bench, api)
        night.first()
        held = night.second(pages(people(1, 2, total=8)))
    work, decision = bench.workplace(SECOND), replay.Decision("kari", "looked at")
    with bench.register.transaction() as connection:
        batches.get(connection, held.batch.id).staging.drop(connection)
    released = replay.release(work, night.source, held.batch.id, decision)
    assert (released.status, released.batch.complete, released.counts["absent"]) == ("applied", False, 0)
    again = replay.reapply(work, night.source, held.batch.id, decision, business_date=SECOND)
    assert (again.status, [alarm["guard"] for alarm in again.alarms]) == ("held", ["doubtful"])


def test_the_next_good_night_takes_the_place_of_a_doubtful_one(bench) -> None:
    with serving() as api:
        night = Night(bench, api)
        night.first()
        held = night.second(pages(people(1, 2, total=8)))
        good = night.second(paged([person(number) for number in range(1, 7)]))
    assert (good.status, good.counts["absent"], good.batch.complete) == ("applied", 1, True)
    assert bench.rows("select status from sync.batch where id = %s", held.batch.id) == [("superseded",)]
