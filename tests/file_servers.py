"""Servers of files on this machine, each of which others wrote: SFTP, S3 and HTTPS.

Belongs here: what the tests of locations share. Does not belong here: any customer's file, or the client's side.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncssh
import pytest
import trustme
from api_server import in_a_thread

PASSWORD = "salainen-Kanarialintu"
S3_KEY, S3_SECRET = "AKIAKANARIALINTU", "kanarialinnun/salaisuus+1"
BUCKET = "lumme-export"


# --- SFTP


@dataclass
class Sftp:
    """An SFTP server and what a test says to it.

    Attributes:
        folder: what it serves, as its root.
        host_key: its public key, as a source file has it.
        trick: called with the number of each read of a part of a file, before it is answered.
        logins: users that were let in.
    """

    folder: Path
    port: int = 0
    key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    client_key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    trick: Callable[[int], None] = lambda number: None
    reads: int = 0
    logins: list[str] = field(default_factory=list)

    @property
    def host_key(self) -> str:
        return self.key.export_public_key().decode().strip()

    def location(self, **more: Any) -> dict[str, Any]:
        """A `location:` block; the password is in LUMME_PASSWORD."""
        known = {"type": "sftp", "host": "127.0.0.1", "port": self.port, "user": "mdo", "host_key": self.host_key}
        secret = {} if "private_key" in more else {"password": {"env": "LUMME_PASSWORD"}}
        return known | secret | quick(more)


def quick(more: dict[str, Any]) -> dict[str, Any]:
    """Patience that tests can afford."""
    retry = {"attempts": 2, "first_wait": 0.01, "longest_wait": 0.05}
    return {"retry": retry, "limits": {"silence_seconds": 2, "answer_seconds": 5, "read_seconds": 20}} | more


class _Login(asyncssh.SSHServer):
    def __init__(self, mine: Sftp) -> None:
        self.mine = mine

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self.mine.logins += [username] if password == PASSWORD else []
        return password == PASSWORD

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return key.public_data == self.mine.client_key.public_data


class _Files(asyncssh.SFTPServer):
    def __init__(self, channel: Any, mine: Sftp) -> None:
        super().__init__(channel, chroot=os.fsencode(mine.folder))
        self.mine = mine

    async def read(self, file_obj: Any, offset: int, size: int) -> Any:
        self.mine.reads += 1
        await asyncio.get_running_loop().run_in_executor(None, self.mine.trick, self.mine.reads)
        return super().read(file_obj, offset, size)


@contextmanager
def sftp_server(folder: Path) -> Iterator[Sftp]:
    """An SFTP server in a thread, which ends with the test."""
    asyncssh.set_log_level("WARNING")
    mine = Sftp(folder)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> Any:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=lambda: _Login(mine),
            server_host_keys=[mine.key],
            sftp_factory=partial(_Files, mine=mine),
        )

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    mine.port = server.get_port()

    async def stop() -> None:
        server.close()
        await asyncio.wait_for(server.wait_closed(), 2)

    try:
        yield mine
    finally:
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


# --- S3


@dataclass
class Store:
    """An S3 server with one empty bucket."""

    url: str
    client: Any

    def put(self, name: str, data: bytes) -> None:
        self.client.put_object(Bucket=BUCKET, Key=name, Body=data)

    def names(self) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def location(self, **more: Any) -> dict[str, Any]:
        """A `location:` block; the keys are in LUMME_ACCESS_KEY and LUMME_SECRET_KEY."""
        keys = {"access_key": {"env": "LUMME_ACCESS_KEY"}, "secret_key": {"env": "LUMME_SECRET_KEY"}}
        return {"type": "s3", "bucket": BUCKET, "region": "hel", "endpoint_url": self.url} | keys | quick(more)


@contextmanager
def s3_server() -> Iterator[Store]:
    """An S3 server in a thread."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=url,
        region_name="eu-north-1",
        aws_access_key_id=S3_KEY,
        aws_secret_access_key=S3_SECRET,
    )
    with suppress(client.exceptions.BucketAlreadyOwnedByYou):  # all servers of a process share what they hold
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    try:
        yield Store(url, client)
    finally:
        client.close()
        server.stop()


# --- HTTPS


@dataclass
class Site:
    """An HTTPS server of the files in a folder.

    Attributes:
        authority: the file of the certificate that vouches for it.
        ranges: whether it gives parts of files.
        head: whether it knows HEAD.
        asked: method and Range of each request.
        redirect: where it sends everybody instead.
    """

    folder: Path
    authority: Path
    port: int = 0
    ranges: bool = True
    head: bool = True
    redirect: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/export"

    def location(self, **more: Any) -> dict[str, Any]:
        """A `location:` block; the token is in LUMME_TOKEN."""
        auth = {"type": "bearer", "token": {"env": "LUMME_TOKEN"}}
        return {"type": "https", "url": self.url, "auth": auth} | quick(more)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mine: Site

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(self.mine.folder))

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        mine, wanted = self.mine, self.headers.get("Range", "")
        mine.asked.append((self.command, wanted))
        mine.authorizations.append(self.headers.get("Authorization", ""))
        path = Path(self.translate_path(self.path.removeprefix("/export")))
        head = self.command == "HEAD"
        if mine.redirect:
            return self._reply(302, b"", Location=mine.redirect)
        if self.headers.get("Authorization") != f"Bearer {PASSWORD}":
            return self._reply(401, b"Kanarialintu")
        if head and not mine.head:
            return self._reply(405, b"")
        if not path.is_file():
            return self._reply(404, b"Kanarialintu")
        data, state = path.read_bytes(), path.stat()
        tag = f'"{state.st_size}-{state.st_mtime_ns}"'
        part = re.fullmatch(r"bytes=(\d+)-(\d+)", wanted)
        if part and mine.ranges and not head:
            first, last = int(part[1]), min(int(part[2]), len(data) - 1)
            return self._reply(206, data[first : last + 1], ETag=tag, Content_Range=f"bytes {first}-{last}/{len(data)}")
        return self._reply(200, data, ETag=tag)

    def _reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, text in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def https_server(folder: Path, certificates: Path) -> Iterator[Site]:
    """A TLS server in a thread, whose certificate an authority of the test gave."""
    authority = trustme.CA()
    certificates.mkdir(parents=True, exist_ok=True)
    file = certificates / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    mine = Site(folder, file)
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"mine": mine}))
    http.socket = context.wrap_socket(http.socket, server_side=True)
    mine.port = http.server_port
    with in_a_thread(http):
        yield mine


# --- what tests ask for; a conftest or a module imports those that it needs


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that the locations of the tests name."""
    for name, value in {
        "LUMME_PASSWORD": PASSWORD,
        "LUMME_TOKEN": PASSWORD,
        "LUMME_ACCESS_KEY": S3_KEY,
        "LUMME_SECRET_KEY": S3_SECRET,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def sftp(tmp_path: Path, secrets: None) -> Iterator[Sftp]:
    (tmp_path / "sftp").mkdir()
    with sftp_server(tmp_path / "sftp") as server:
        yield server


@pytest.fixture(scope="session")
def running_store() -> Iterator[Store]:
    with s3_server() as store:
        yield store


@pytest.fixture
def store(running_store: Store, secrets: None) -> Store:
    """An S3 server whose bucket is empty."""
    for name in running_store.names():
        running_store.client.delete_object(Bucket=BUCKET, Key=name)
    return running_store


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrets: None) -> Iterator[Site]:
    (tmp_path / "site").mkdir()
    with https_server(tmp_path / "site", tmp_path / "authority") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        yield server
