"""A server on this machine that answers as a test tells it, well or badly, and a way to read it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sources.readers.api.reader import ApiRegister, open_api
from sources.readers.api.settings import ApiRead

#: Longest that anything here waits, in seconds: a server that hangs lets go then.
PATIENCE = 10


@dataclass
class Request:
    """One request as it came; `handler` is for tricks below HTTP."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    number: int
    handler: BaseHTTPRequestHandler

    def reply(self, document: Any = None, *, status: int = 200, body: bytes | None = None, **headers: str) -> None:
        """One whole answer; underscores in header names stand for hyphens."""
        content = body if body is not None else json.dumps(document).encode()
        self.handler.send_response(status)
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        for name, text in ({"Content-Length": str(len(content))} | names).items():
            self.handler.send_header(name, text)
        self.handler.end_headers()
        self.handler.wfile.write(content)


@dataclass
class Server:
    """What a test says to the server, and what the server was asked."""

    port: int = 0
    answer: Callable[[Request], None] = lambda request: request.reply([])
    asked: list[Request] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pages(self, pages: list[Any]) -> None:
        """Answers with these documents, one after another; the last one for ever."""
        self.answer = lambda request: request.reply(pages[min(request.number, len(pages) - 1)])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    mine: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        form = {name: each[0] for name, each in parse_qs(self.rfile.read(length).decode()).items()}
        query = {name: each[0] for name, each in parse_qs(parts.query, keep_blank_values=True).items()}
        headers = {name.lower(): text for name, text in self.headers.items()}
        request = Request(self.command, parts.path, query, headers, form, len(self.mine.asked), self)
        self.mine.asked.append(request)
        assert len(self.mine.asked) < 2000, "a read without end"
        with suppress(OSError):
            self.mine.answer(request)

    do_POST = do_GET

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a thread, which ends with the test."""
    mine = Server()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"mine": mine}))
    http.daemon_threads = True
    mine.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield mine
    finally:
        mine.over.set()
        http.shutdown()
        http.server_close()
        thread.join(PATIENCE)


@dataclass
class Read:
    """What a read gave."""

    register: ApiRegister
    rows: list[dict[str, str]]
    numbers: list[int]
    rejected: list[tuple[int, str]]
    chunks: int


@pytest.fixture
def read(server: Server) -> Callable[..., Read]:
    """Reads the server's whole register by a `read:` block; quick to give up, unless the block says otherwise."""

    def run(
        *,
        wanted: tuple[str, ...] = ("id",),
        required: tuple[str, ...] = (),
        on: date = date(2026, 3, 10),
        everything: bool = False,
        chunk_rows: int = 1000,
        **settings: Any,
    ) -> Read:
        quick = {
            "type": "api",
            "url": f"{server.home}/people",
            "retry": {"attempts": 3, "first_wait": 0.01, "longest_wait": 0.5},
            "limits": {"silence_seconds": 0.5, "answer_seconds": 1, "read_seconds": 8},
        }
        settings["limits"] = quick["limits"] | settings.get("limits", {})
        settings["retry"] = quick["retry"] | settings.get("retry", {})
        register = open_api(
            ApiRead.model_validate(quick | settings),
            wanted=wanted,
            required=required,
            business_date=on,
            everything=everything,
            chunk_rows=chunk_rows,
        )
        found = Read(register, [], [], [], 0)
        incomplete = register.incomplete  # the caller holds this list from before the read on
        with closing(register):
            for chunk in register.chunks():
                found.rows += chunk.rows.to_pylist()
                found.numbers += chunk.row_numbers.tolist()
                found.rejected += chunk.rejected
                found.chunks += 1
        assert incomplete is register.incomplete
        return found

    return run


@pytest.fixture
def people() -> Callable[..., list[dict[str, Any]]]:
    """So many records, from a number on."""

    def make(count: int, first: int = 1) -> list[dict[str, Any]]:
        return [{"id": number, "name": f"n{number}"} for number in range(first, first + count)]

    return make
