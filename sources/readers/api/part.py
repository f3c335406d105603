"""What the settings of an API have in common.

Belongs here: the base model, addresses, secrets, and names that go into a request. Does not belong here: any one
setting, or a request.
"""

from __future__ import annotations

import ipaddress
import os
import re
from typing import Annotated

import httpx
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from schemas.errors import ConfigurationRefused

_UNSEEN = re.compile(r"[^\x20-\x7e]")
#: Headers that the reader sets itself, or that say who asks, which is for `auth:` alone.
_OUR_HEADERS = frozenset(
    {
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "cookie",
        "host",
        "proxy-authorization",
        "transfer-encoding",
    }
)


class Part(BaseModel):
    """One part of the settings: frozen, and nothing in it that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Secret(Part):
    """A secret by the name of the environment variable that holds it. The secret itself is never kept or shown."""

    env: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,99}$", description="Name of the environment variable.")

    def value(self) -> str:
        """The secret.

        Raises:
            ConfigurationRefused: the variable is not set, or holds what no request can carry.
        """
        text = self.text()
        if _UNSEEN.search(text):
            raise ConfigurationRefused(
                f"The environment variable {self.env} holds other than plain characters.", "Copy the secret anew."
            )
        return text

    def text(self) -> str:
        """The secret, which may have several lines, as a private key does.

        Raises:
            ConfigurationRefused: the variable is not set.
        """
        text = os.environ.get(self.env, "").strip()
        if not text:
            raise ConfigurationRefused(
                f"The environment variable {self.env} is not set.", "Set it where the sync runs."
            )
        return text


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port: what must stay the same when an answer leads on to another address."""
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _address(text: str) -> str:
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise ValueError("not an address; write it as https://hr.example.com/api/people") from None
    if not re.fullmatch(rb"[a-z0-9.:-]+", url.raw_host) or url.scheme not in ("http", "https"):
        raise ValueError("not an address; write it as https://hr.example.com/api/people")
    if url.scheme == "http" and not is_loopback(url.host):
        raise ValueError("write https://; without TLS only this machine itself may be asked")
    if url.userinfo:
        raise ValueError("no user or password stands in an address; write auth:")
    if url.query or url.fragment:
        raise ValueError("write what stands after ? under params:, and leave out what stands after #")
    return text


def _header_name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", text):
        raise ValueError("not the name of a header; write it as X-Api-Key")
    if text.lower() in _OUR_HEADERS:
        raise ValueError("this header is set by the reader; credentials stand under auth:")
    return text


def _plain(text: str) -> str:
    if _UNSEEN.search(text):
        raise ValueError("write plain characters without accents or line breaks")
    return text


#: Address of an API, with TLS unless it is on this machine.
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_address)]

#: Name of a header that a source may set.
HeaderName = Annotated[str, StringConstraints(max_length=100), AfterValidator(_header_name)]

#: Text that a header can carry.
HeaderText = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_plain)]

#: Name of a parameter of the address.
Parameter = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
