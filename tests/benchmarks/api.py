"""A server of pages on this machine, in a process of its own: ``python api.py FILE SIZE`` prints its address.

Belongs here: giving the rows of a CSV file as pages of JSON, made before anybody asks. Does not belong here: who reads.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow.csv as pacsv


def _pages(path: str, size: int, home: str) -> dict[str, bytes]:
    rows = pacsv.read_csv(path, parse_options=pacsv.ParseOptions(delimiter=";")).to_pylist()
    starts = range(0, len(rows), size)
    return {
        f"/people/{at}": json.dumps(
            {
                "people": rows[at : at + size],
                "next": f"{home}/people/{at + size}" if at + size < len(rows) else None,
            },
            default=str,
        ).encode()
        for at in starts
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pages: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.pages[self.path]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def main() -> None:
    """Serves until it is stopped."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    home = f"http://127.0.0.1:{server.server_port}"
    _Handler.pages = _pages(sys.argv[1], int(sys.argv[2]), home)
    print(f"{home}/people/0", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
