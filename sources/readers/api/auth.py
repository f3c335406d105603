"""Who asks: the ways to show an API that we may read.

Belongs here: the ``auth:`` block and the headers that come of it. Does not belong here: sending anything (see
transport); the token of OAuth2 is fetched through it.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import Field

from schemas.errors import SourceRefused
from sources.readers.api.part import Address, HeaderName, HeaderText, Parameter, Part, Secret

#: Seconds before its end at which a token counts as spent, so that none ends on its way.
_MARGIN = 30

#: Asks the token server: address, form, headers -> body.
Post = Callable[[str, dict[str, str], dict[str, str]], bytes]


class NoAuth(Part):
    """The API asks for nothing."""

    type: Literal["none"] = "none"


class HeaderKey(Part):
    """A key in a header of its own."""

    type: Literal["header"]
    name: HeaderName = Field(description="The header, such as X-Api-Key.")
    value: Secret = Field(description="The key: {env: NAME}.")


class Basic(Part):
    """A user and a password (RFC 7617)."""

    type: Literal["basic"]
    user: HeaderText | Secret = Field(description="The user's name.")
    password: Secret = Field(description="The password: {env: NAME}.")


class Bearer(Part):
    """A token that lasts (RFC 6750)."""

    type: Literal["bearer"]
    token: Secret = Field(description="The token: {env: NAME}.")


class ClientCredentials(Part):
    """A token for each read, given to a client for its secret (OAuth 2.0, RFC 6749 section 4.4)."""

    type: Literal["oauth2"]
    url: Address = Field(description="Address of the token endpoint.")
    client_id: HeaderText | Secret = Field(description="The client's name.")
    client_secret: Secret = Field(description="The client's secret: {env: NAME}.")
    scope: HeaderText | None = Field(None, description="What the token is to allow, as the API's owner says.")
    parameters: dict[Parameter, HeaderText] = Field(
        {}, description="What else the token endpoint wants to be told, such as audience."
    )
    send: Literal["header", "body"] = Field(
        "header", description="Whether client and secret go in the Authorization header or in the form."
    )


Auth = Annotated[NoAuth | HeaderKey | Basic | Bearer | ClientCredentials, Field(discriminator="type")]


class Authorization:
    """The headers that show who asks. Secrets are looked up on first use and never kept in a description or a text.

    Args:
        post: how to ask the token server.
        clock: seconds that only go forward.
    """

    def __init__(self, auth: Auth, post: Post, clock: Callable[[], float] = time.monotonic) -> None:
        self._auth = auth
        self._post = post
        self._clock = clock
        self._token = ""
        self._until = 0.0

    def headers(self) -> dict[str, str]:
        """The headers for a request to the API itself, and to no other host.

        Raises:
            ConfigurationRefused: a secret is not set.
            SourceRefused, TryLater: no token could be had.
        """
        auth = self._auth
        if isinstance(auth, HeaderKey):
            return {auth.name: auth.value.value()}
        if isinstance(auth, Basic):
            return {"Authorization": _basic(_said(auth.user), auth.password.value())}
        if isinstance(auth, Bearer):
            return {"Authorization": f"Bearer {auth.token.value()}"}
        if isinstance(auth, ClientCredentials):
            if not self._token or self._clock() >= self._until:
                self._fetch(auth)
            return {"Authorization": f"Bearer {self._token}"}
        return {}

    def renew(self) -> bool:
        """Drops a token that the API does not take any more; whether there is a way to get another."""
        dropped, self._token = self._token, ""
        return bool(dropped)

    def _fetch(self, auth: ClientCredentials) -> None:
        form = {"grant_type": "client_credentials"} | auth.parameters
        if auth.scope:
            form["scope"] = auth.scope
        client, secret = _said(auth.client_id), auth.client_secret.value()
        headers = {}
        if auth.send == "header":
            headers["Authorization"] = _basic(quote(client, safe=""), quote(secret, safe=""))
        else:
            form |= {"client_id": client, "client_secret": secret}
        answer = _object(self._post(auth.url, form, headers))
        token, lasts = answer.get("access_token"), answer.get("expires_in")
        sound = isinstance(token, str) and token.isascii() and token.isprintable() and " " not in token
        if not sound or not token or str(answer.get("token_type", "bearer")).lower() != "bearer":
            raise SourceRefused(
                "The token server answered without a bearer token.",
                "Check url, scope and client of auth in the source file.",
            )
        seconds = float(str(lasts)) if str(lasts).isdecimal() and len(str(lasts)) < 10 else 300.0
        self._token, self._until = token, self._clock() + max(seconds - _MARGIN, 1)


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _said(text: str | Secret) -> str:
    return text.value() if isinstance(text, Secret) else text


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
