"""Files of a web site.

Belongs here: HEAD, parts of files, and servers that give none. Does not belong here: tries, secrets and redirects,
which are those of APIs (see `sources.readers.api.transport`).

fsspec's own HTTP files follow a redirect to anywhere and know no OAuth2; the way to APIs does what is needed.
"""

from __future__ import annotations

from urllib.parse import quote

import httpx

from schemas.errors import SourceRefused
from sources.config.location import HttpsLocation
from sources.locations.base import State
from sources.locations.remote import MOST_HELD, Remote, Replaced
from sources.readers.api.settings import ApiRead
from sources.readers.api.transport import Answer, Transport
from sources.retrying import Retry

_RAW = {"Accept": "*/*", "Accept-Encoding": "identity"}
_GONE = (404, 410)
#: Answers of servers that do not know HEAD.
_NO_HEAD = (405, 501)


def location(settings: HttpsLocation) -> Remote:
    """The site; no connection is made yet."""
    return Remote(
        # the transport tries by itself, so nothing here is tried twice
        settings.model_copy(update={"retry": Retry(attempts=1)}),
        lambda: Site(settings),
        who="HTTPS server",
        where="on the HTTPS server",
        root="",
        rights="",
        lists=False,
    )


class Site:
    """One connection; see `sources.locations.remote.Files`."""

    def __init__(self, settings: HttpsLocation) -> None:
        self._base = settings.url.rstrip("/")
        self._transport = Transport(
            _as_api(settings),
            who="HTTPS server",
            smaller="Larger files are read from servers that give parts of a file (byte ranges); ask its owner.",
        )
        self._whole: dict[str, tuple[State, bytes]] = {}

    def check(self, path: str) -> bool:
        """True: a site has no folder to look at, and whether we may read shows with the file."""
        return True

    def state(self, path: str) -> State:
        """What the server says of the file; of one that it cannot say the size of, by fetching it."""
        answer = self._ask("HEAD", path, {}, (200, *_GONE, *_NO_HEAD))
        if answer.status in _NO_HEAD:
            answer = self._ask("GET", path, {"Range": "bytes=0-0"}, (200, 206, *_GONE, 416))
            if answer.status == 200:
                return self._kept(path, answer)
        if answer.status in _GONE:
            raise FileNotFoundError
        size = _size(answer)
        if size is not None:
            return _state(answer, size)
        answer = self._ask("GET", path, {}, (200, *_GONE))
        if answer.status in _GONE:
            raise FileNotFoundError
        return self._kept(path, answer)

    def part(self, path: str, start: int, end: int, state: State) -> bytes:
        """Bytes of the file. A server that gives no parts gives it whole, and it is kept in memory."""
        if path not in self._whole:
            answer = self._ask("GET", path, {"Range": f"bytes={start}-{end - 1}"}, (200, 206, *_GONE, 416))
            if answer.status == 206 and _state(answer, _size(answer) or 0) == state:
                return answer.body
            if answer.status != 200:
                raise Replaced
            self._kept(path, answer)
        found, body = self._whole[path]
        if found != state:
            raise Replaced
        return body[start:end]

    def _kept(self, path: str, answer: Answer) -> State:
        """The state of a file that was given whole, and is kept for its parts."""
        self._whole[path] = _state(answer, len(answer.body)), answer.body
        return self._whole[path][0]

    def _ask(self, method: str, path: str, headers: dict[str, str], accept: tuple[int, ...]) -> Answer:
        url = httpx.URL(f"{self._base}/{quote(path)}")
        return self._transport.get(url, None, method=method, headers=_RAW | headers, accept=accept)

    def ls(self, path: str, detail: bool = False) -> list[str]:
        """Never asked: the description of a pattern on a site is refused."""
        raise SourceRefused("A site cannot be searched for a file.", "Write the file's whole name, without * and ?.")

    def rm_file(self, path: str) -> None:
        """Never asked: the description of such a source is refused."""
        raise _only_read()

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Never asked, as rm_file."""
        raise _only_read()

    def rename(self, path: str, target: str) -> bool:
        """Never asked, as rm_file."""
        raise _only_read()

    def add(self, path: str, content: bytes) -> bool:
        """Nothing is written over https."""
        raise _only_read()

    def end(self) -> None:
        """End the connection, and forget what was kept."""
        self._whole.clear()
        self._transport.close()


def _only_read() -> SourceRefused:
    return SourceRefused("Over https a file is only read.", "Write after_read: keep.")


def _as_api(settings: HttpsLocation) -> ApiRead:
    """The site, as the transport wants it."""
    same = settings.model_dump(include={"url", "auth", "headers", "retry", "limits"})
    return ApiRead.model_validate({"type": "api"} | same | {"limits": same["limits"] | {"page_bytes": MOST_HELD}})


def _size(answer: Answer) -> int | None:
    """Bytes of the whole file, where the answer says it."""
    if answer.status in (206, 416):
        text = answer.headers.get("Content-Range", "").rpartition("/")[2]
    else:
        text = answer.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdecimal() else None


def _state(answer: Answer, size: int) -> State:
    marks = (answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
    return State("file", size, " ".join((*marks, str(size))))
