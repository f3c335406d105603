"""A register whose owner is no superuser, reached by a login that must take a role for everything.

Belongs here: what the tests of roles share. Does not belong here: what a role may do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from erasures import first_night, house

from register.database import Register, upgrade
from register.roles import Role

__all__ = ["first_night", "house"]
LOGIN, OWNER = "mdo_sync_of_the_tests", "mdo_owner_of_the_tests"


@pytest.fixture(scope="module", autouse=True)
def owner(server: Any) -> Iterator[str]:
    """An owner that is no superuser: a superuser's functions may more than they should."""
    # It stays for the next module: it is the grantor of what the whole server's roles may.
    there = f"select from pg_roles where rolname = '{OWNER}'"
    server.execute(f"do $$ begin if not exists ({there}) then create role {OWNER} login createrole; end if; end $$")
    server.execute(f"create database owned owner {OWNER}")
    upgrade(server.url("owned").replace("//postgres@", f"//{OWNER}@"))
    before, server.template = server.template, "owned"
    yield OWNER
    server.template = before
    server.execute("drop database owned with (force)")


@pytest.fixture(scope="module")
def login(server: Any) -> Iterator[str]:
    """A login that owns nothing and has no privilege but to take a role."""
    server.execute(f"create role {LOGIN} login")
    server.execute(f"grant ingest, retention, steward, auditor to {LOGIN} with inherit false")
    yield LOGIN
    server.execute(f"drop owned by {LOGIN}")
    server.execute(f"drop role {LOGIN}")


def as_login(url: str) -> str:
    return url.replace("//postgres@", f"//{LOGIN}@")


@pytest.fixture
def ruled(house: Any, login: str) -> Any:
    """The register of erasure's tests, reached by a login that must take a role for everything."""
    house.register.close()
    house.register = Register(as_login(house.url), role=Role.INGEST)
    return house
