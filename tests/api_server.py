"""A server on this machine that answers as a test tells it, well or badly.

Belongs here: what the tests of readers of APIs share. Does not belong here: any answer.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: Longest that anything here waits, in seconds: a server that hangs lets go then.
PATIENCE = 10


@dataclass
class Request:
    """One request as it came; `body` is that of a form or a message, `handler` is for tricks below HTTP."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    number: int
    handler: BaseHTTPRequestHandler
    body: str = ""

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
        body = self.rfile.read(length).decode()
        form = {name: each[0] for name, each in parse_qs(body).items()}
        query = {name: each[0] for name, each in parse_qs(parts.query, keep_blank_values=True).items()}
        headers = {name.lower(): text for name, text in self.headers.items()}
        request = Request(self.command, parts.path, query, headers, form, len(self.mine.asked), self, body)
        self.mine.asked.append(request)
        assert len(self.mine.asked) < 2000, "a read without end"
        with suppress(OSError):
            self.mine.answer(request)

    do_POST = do_HEAD = do_GET

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """A server in a thread, which ends with the test."""
    mine = Server()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"mine": mine}))
    mine.port = http.server_port
    with in_a_thread(http):
        try:
            yield mine
        finally:
            mine.over.set()


@contextmanager
def in_a_thread(http: ThreadingHTTPServer) -> Iterator[None]:
    """Has a server serve, and ends it."""
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        http.shutdown()
        http.server_close()
        thread.join(PATIENCE)
