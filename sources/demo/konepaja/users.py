"""The directory of Korven Konepaja: a small SCIM server on this machine.

Belongs here: users in pages, as SCIM 2.0 gives them (RFC 7644 3.4.2). Does not belong here: anything that reads it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sources.demo.konepaja.people import Worker, workers

PATH = "/scim/v2/Users"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@contextmanager
def serve_users() -> Iterator[str]:
    """Serves the users until the block ends; gives the server's address, such as ``http://127.0.0.1:40123``."""
    users = _users()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answers with one page of users."""
            asked = urlsplit(self.path)
            if asked.path != PATH:
                self.send_error(404)
                return
            options = {name: values[0] for name, values in parse_qs(asked.query).items()}
            page = _page(users, int(options.get("startIndex", 1)), int(options.get("count", 5)))
            body = json.dumps(page).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/scim+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _page(users: list[dict[str, Any]], start: int, count: int) -> dict[str, Any]:
    """At most five users a page, whatever is asked for: servers cap what they give."""
    shown = users[start - 1 : start - 1 + min(count, 5)]
    return {
        "schemas": [_LIST],
        "totalResults": len(users),
        "startIndex": start,
        "itemsPerPage": len(shown),
        "Resources": shown,
    }


def _users() -> list[dict[str, Any]]:
    """Everybody who ever had a user; two of them have left."""
    everybody = {worker.number: worker for worker in (*workers(1), *workers(2))}
    return [_user(worker, active=worker.number not in ("011", "012")) for worker in everybody.values()]


def _user(worker: Worker, *, active: bool) -> dict[str, Any]:
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": f"b7c1-{worker.number}",
        "externalId": worker.number,
        "userName": worker.mailbox,
        "active": active,
        "name": {"givenName": worker.first, "familyName": worker.last},
        "emails": [{"value": worker.mailbox, "type": "work", "primary": True}],
    }
