"""One request and its answer, bounded in every way.

Belongs here: what may be asked of whom, retries, deadlines, sizes, redirects, and what is said of a failure. Does not
belong here: what stands in an answer.

Nothing that a server says comes into a text: not its reason phrase, not its body, not where it redirects to.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from typing import Any

import httpx

from schemas.errors import SourceRefused
from sources.readers.api.auth import Authorization
from sources.readers.api.part import Secret, is_loopback, origin
from sources.readers.api.settings import ApiRead
from sources.retrying import Passing, tried, untrusted

_MOST_REDIRECTS = 5
_NEVER = float("inf")
#: Seconds after which the watch looks again, whatever it waits for.
_ROUND = 60.0
_REDIRECTS = (301, 302, 303, 307, 308)
_REMEDIES = {
    401: "Check the variables named under auth in the source file.",
    403: "Ask its owner for the right to read the register.",
    404: "Check the address in the source file.",
    406: "Say what it gives under headers: {Accept: …}.",
}
#: 429 and 5xx, less those that say that the server will never do it.
_PASSING = frozenset({429, *range(500, 600)} - {501, 505})


@dataclass(frozen=True)
class Answer:
    """A whole answer, unpacked.

    Attributes:
        url: where it came from, after redirects.
        next_link: the address that its Link header gives as the next, if any.
        status: its code.
        headers: all of its headers, which are the server's own text.
    """

    body: bytes
    url: httpx.URL
    next_link: str | None
    status: int
    headers: httpx.Headers


class _Expired(Exception):
    """An OAuth2 token that is not taken any more. Never leaves this module."""


class Transport:
    """The one way to an API, or to another server that speaks HTTP.

    Args:
        who: how the other side is called in texts.
        smaller: what to do where an answer is too large.
        sleep: waits so many seconds.
        clock: seconds that only go forward.
    """

    def __init__(
        self,
        read: ApiRead,
        *,
        who: str = "API",
        smaller: str = "Ask for smaller pages, or raise page_bytes.",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._who = who
        self._smaller = smaller
        self._sleep = sleep
        self._clock = clock
        self._home = origin(httpx.URL(read.url))
        self._ends = clock() + read.limits.read_seconds
        self._watch = _Watch()
        self._authorization = Authorization(read.auth, self._post, clock)
        for name in ("httpx", "httpcore"):
            # they write addresses and headers into the log, and a cursor may hold a key
            logging.getLogger(name).setLevel(logging.WARNING)
        self._client = httpx.Client(
            timeout=httpx.Timeout(read.limits.silence_seconds),
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,
            trust_env=not is_loopback(httpx.URL(read.url).host),
            verify=httpx.create_ssl_context(),  # takes SSL_CERT_FILE, which trust_env would hide on this machine
        )

    def close(self) -> None:
        """Ends the connection; may be called more than once."""
        self._client.close()
        self._watch.close()

    def get(
        self,
        url: httpx.URL,
        parameters: dict[str, str] | None,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (200,),
    ) -> Answer:
        """The answer to one GET, or HEAD.

        Args:
            parameters: of the address; None where it holds its own.
            headers: more of them than the source's own. With an Accept-Encoding of its own, the body is not unpacked.
            accept: answers that are no failure.

        Raises:
            SourceRefused: the API will not or must not be asked, or answers as it must not.
            TryLater: it may answer at another time.
            ConfigurationRefused: a secret is not set.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            if origin(url) != self._home or url.userinfo:
                raise SourceRefused(
                    f"The {self._who} leads on to another host or scheme than its own, where nothing is asked.",
                    "Write the address where the register itself is.",
                )
            url = url.copy_with(fragment=None)
            found = self._authorized(url, method, parameters, dict(headers or {}), accept)
            if isinstance(found, Answer):
                return found
            url, parameters = found, None
        raise SourceRefused(
            f"The {self._who} redirects without end.", "Write the address where the register itself is."
        )

    def _authorized(
        self,
        url: httpx.URL,
        method: str,
        parameters: dict[str, str] | None,
        more: dict[str, str],
        accept: Collection[int],
    ) -> Answer | httpx.URL:
        for _ in range(2):
            own = {
                name: text.value() if isinstance(text, Secret) else text for name, text in self._read.headers.items()
            }
            headers = {"Accept": "application/json, application/scim+json;q=0.9"} | more | own
            headers |= self._authorization.headers()
            with suppress(_Expired):
                return self._tried(partial(self._request, method, url, headers, accept, params=parameters))
            if not self._authorization.renew():
                break
        raise self._refused(401)

    def _post(self, url: str, form: dict[str, str], headers: dict[str, str]) -> bytes:
        """Asks the token server; its answers are bounded like the API's own."""
        with suppress(_Expired):
            found = self._tried(partial(self._request, "POST", httpx.URL(url), headers, (200,), data=form))
            if isinstance(found, Answer):
                return found.body
        raise SourceRefused("The token server refused the client.", "Check the variables named under auth.")

    def _tried(self, request: Callable[[], Answer | httpx.URL]) -> Answer | httpx.URL:
        return tried(request, self._read.retry, ends=self._ends, sleep=self._sleep, clock=self._clock)

    def _request(
        self, method: str, url: httpx.URL, headers: dict[str, str], accept: Collection[int], **more: Any
    ) -> Answer | httpx.URL:
        """One try: an answer, or the address that it redirects to."""
        seconds = min(self._read.limits.answer_seconds, self._ends - self._clock())
        if seconds <= 0:
            raise SourceRefused("The read took longer than it may.", "Raise read_seconds, or ask for larger pages.")
        failed = ""
        refused: SourceRefused | None = None
        try:
            request = self._client.build_request(
                method,
                url,
                headers={"Accept-Encoding": "gzip"} | headers,
                extensions={"trace": self._watch.trace},
                **{name: value for name, value in more.items() if value is not None},
            )
            with self._watch.within(seconds), self._client_stream(request) as response:
                answer = self._answer(response, accept)
            if not self._watch.cut:  # a body whose end is the end of the connection would seem whole
                return answer
        except httpx.TimeoutException:
            failed = f"The {self._who} did not answer in time."
        except httpx.TransportError as error:
            refused = untrusted(error, self._who)
            failed = f"The connection to the {self._who} could not be made or broke."
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            failed = f"The {self._who} does not speak HTTP as it should."
        if self._watch.cut:
            failed = f"The {self._who} did not answer in time."
        raise refused or Passing(failed)

    @contextmanager
    def _client_stream(self, request: httpx.Request) -> Iterator[httpx.Response]:
        response = self._client.send(request, stream=True)
        try:
            self._client.cookies.clear()
            yield response
        finally:
            response.close()

    def _answer(self, response: httpx.Response, accept: Collection[int]) -> Answer | httpx.URL:
        code = response.status_code
        if code in _REDIRECTS and response.request.method in ("GET", "HEAD"):
            return self._redirect(response)
        if code == 401:
            raise _Expired
        if code in _PASSING and code not in accept:
            raise Passing(
                f"The {self._who} answered {_phrase(code)}.", _retry_after(response.headers.get("Retry-After"))
            )
        if code not in accept:
            raise self._refused(code)
        link = response.links.get("next", {}).get("url")
        return Answer(self._body(response), response.url, link, code, response.headers)

    def _redirect(self, response: httpx.Response) -> httpx.URL:
        target: httpx.URL | None = None
        location = response.headers.get("Location", "")
        try:
            target = response.url.join(location) if location else None
        except (httpx.InvalidURL, ValueError):
            target = None
        if target is None:
            raise SourceRefused(
                f"The {self._who} redirects to no address.", "Write the address where the register itself is."
            )
        return target

    def _refused(self, code: int) -> SourceRefused:
        return SourceRefused(
            f"The {self._who} answered {_phrase(code)}.", _REMEDIES.get(code, "Ask its owner about it.")
        )

    def _body(self, response: httpx.Response) -> bytes:
        """The body, unpacked by at most as many bytes as it may have."""
        most = self._read.limits.page_bytes
        packing = response.headers.get("Content-Encoding", "identity").strip().lower()
        if response.request.headers["Accept-Encoding"] != "gzip" or response.request.method == "HEAD":
            packing = "identity"
        if packing not in ("identity", "", "gzip"):
            raise SourceRefused(
                f"The {self._who} packs its answers in a way that was not asked for.", "Ask its owner about it."
            )
        packed = packing == "gzip"
        unpack = zlib.decompressobj(wbits=31)
        body = bytearray()
        broken = False
        for piece in response.iter_raw(65_536):
            try:
                body += unpack.decompress(piece, most - len(body) + 1) if packed else piece
            except zlib.error:
                broken = True
            if broken or len(body) > most:
                break
        if broken or (packed and unpack.unused_data):
            raise SourceRefused(f"An answer of the {self._who} cannot be unpacked.", "Ask its owner about it.")
        if len(body) > most:
            raise SourceRefused(f"An answer of the {self._who} is larger than {most} bytes.", self._smaller)
        if packed and not unpack.eof:
            raise Passing(f"An answer of the {self._who} was cut off.")
        return bytes(body)


class _Watch:
    """Ends a request that takes longer than it may.

    A timeout counts the seconds between two bytes: a server that sends one now and then never runs into it. So a thread
    shuts the socket, which the waiting side sees as a connection that broke. One thread watches all requests: to start
    one for each took as long as to parse a page.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._change = threading.Condition()
        self._until = _NEVER
        self._wakes = 0.0
        self._thread: threading.Thread | None = None
        self.cut = False

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Notes the socket of each new connection; called by httpcore."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Cuts the connection unless the block ends in time."""
        with self._change:
            self.cut = False
            self._until = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
                self._thread.start()
            elif self._until < self._wakes:
                self._change.notify()
        try:
            yield
        finally:
            with self._change:
                self._until = _NEVER

    def close(self) -> None:
        """Ends the thread."""
        with self._change:
            self._thread = None
            self._change.notify()

    def _look(self) -> None:
        with self._change:
            while self._thread is threading.current_thread():
                now = time.monotonic()
                if self._until <= now:
                    self._until = _NEVER
                    self._end()
                self._wakes = min(self._until, now + _ROUND)
                self._change.wait(self._wakes - now)

    def _end(self) -> None:
        self.cut = True
        if self._socket is not None:
            with suppress(OSError):
                # past SSLSocket.shutdown, which would take the layer away that the other thread still reads through
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _phrase(code: int) -> str:
    """The code with its standard phrase; the server's own phrase is its own text."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _retry_after(text: str | None) -> float | None:
    """Seconds that a server asks to wait (RFC 9110, 10.2.3); None where it does not, or not in a way that says."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text) if len(text.strip()) < 10 else float("inf")
    try:
        moment = parsedate_to_datetime(text)
        return max((moment.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
