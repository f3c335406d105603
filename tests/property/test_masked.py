"""A secret that somebody writes wherever one may stand never comes out of what the pages show."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from small_source import DOCUMENT

from sources import masked
from sources.config import Source

MARK = "Zq7Zq7"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBC8ROF2ptMJJZLRvJ0XC4xL9kH1nRrnnGM2Vv0VYQ3b"
ENV = {"env": "SECRET"}
API = {"type": "api", "url": "https://hr.example.com/people"}
HTTPS = {"type": "https", "url": "https://hr.example.com/out"}
SFTP = {"type": "sftp", "host": "hr.example.com", "host_key": KEY, "password": ENV}
OAUTH = {"type": "oauth2", "url": "https://id.example.com/token", "client_id": "mdo", "client_secret": ENV}
CHANGES = {"type": "changes", "deleted": {"column": "Tila", "values": ["pois"]}}

#: Where a secret may be written -> what is changed in the description.
PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "a header of an API": lambda it: {"read": API | {"headers": {"X-Key": it}}},
    "a parameter of an API": lambda it: {"read": API | {"params": {"key": it}}},
    "a window of changes": lambda it: {
        "read": API | {"changed_since": {"parameters": {"since": "{from}", "sig": it}, "overlap": 3}},
        "snapshot": CHANGES,
    },
    "a user": lambda it: {"read": API | {"auth": {"type": "basic", "user": it, "password": ENV}}},
    "a client": lambda it: {"read": API | {"auth": OAUTH | {"client_id": it}}},
    "a scope": lambda it: {"read": API | {"auth": OAUTH | {"scope": it}}},
    "what a token server is told": lambda it: {"read": API | {"auth": OAUTH | {"parameters": {"key": it}}}},
    "a header of a site": lambda it: {"location": HTTPS | {"headers": {"X-Key": it}}},
    "a user of a site": lambda it: {"location": HTTPS | {"auth": {"type": "basic", "user": it, "password": ENV}}},
    "a user of a server": lambda it: {"location": SFTP | {"user": it}},
    "an address of an API": lambda it: {"read": API | {"url": f"https://aino:{it}@hr.example.com/people"}},
    "a question in an address": lambda it: {"read": API | {"url": f"https://hr.example.com/people?key={it}"}},
    "an address in a text": lambda it: {"title": f"Henkilöt, https://aino:{it}@hr.example.com/people"},
    "a question in a text": lambda it: {"contract": f"https://hr.example.com/people?key={it}"},
    "a mark in a text": lambda it: {"owner": {"name": f"https://hr.example.com/#{it}", "email": "hr@example.com"}},
}
#: What the description's own rules refuse, so that it is never shown; the refusal quotes nothing (see loading).
REFUSED = {"an address of an API", "a question in an address"}

signs = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="{}"), max_size=12)
secrets = st.builds(lambda one, other: f"{MARK}{one}{MARK}{other}", signs, signs)


@pytest.mark.parametrize("place", PLACES)
@given(secret=secrets)
def test_a_secret_never_comes_out(place: str, secret: str) -> None:
    document = copy.deepcopy(DOCUMENT) | PLACES[place](secret)
    source = None
    try:
        source = Source.model_validate(document)
    except ValidationError:
        assert place in REFUSED or not plain(secret), "the place takes texts, or it tries nothing"
    if source is not None:
        shown = masked.text(source)
        assert MARK not in shown
        assert masked.MASK in shown


def plain(secret: str) -> bool:
    """Whether it has no sign that some place refuses."""
    return secret.isalnum()
