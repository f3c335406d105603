"""The `location:` block: what is taken, and what is refused before anything is asked of any server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.errors import ConfigurationRefused
from sources.config import Source
from sources.config.countries import AWS_REGIONS, EU
from sources.loading import parse

Describe = Callable[..., Source]

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBC8ROF2ptMJJZLRvJ0XC4xL9kH1nRrnnGM2Vv0VYQ3b"
SFTP = {"type": "sftp", "host": "files.lumme.example.com", "user": "mdo", "host_key": KEY, "password": {"env": "P"}}
S3 = {"type": "s3", "bucket": "lumme-export", "access_key": {"env": "A"}, "secret_key": {"env": "S"}}
HTTPS = {"type": "https", "url": "https://files.lumme.example.com/export"}


def test_the_inbox_is_where_files_are_unless_another_place_is_said(describe: Describe) -> None:
    assert describe().location.type == "inbox"
    assert describe(location={}).location == describe().location


@pytest.mark.parametrize(
    "location",
    [
        SFTP,
        SFTP | {"port": 2222, "folder": "/out/hr/", "host_key": f"{KEY} root@files"},
        {key: value for key, value in SFTP.items() if key != "password"}
        | {"private_key": {"env": "K"}, "passphrase": {"env": "P"}},
        S3 | {"region": "eu-north-1", "prefix": "hr/export"},
        S3 | {"region": "hel", "endpoint_url": "https://s3.lumme.example.com"},
        S3 | {"region": "hel", "endpoint_url": "http://127.0.0.1:9000"},
        HTTPS | {"auth": {"type": "bearer", "token": {"env": "T"}}, "headers": {"X-Tenant": "lumme"}},
        {"type": "https", "url": "http://localhost:8000/export"},
    ],
)
def test_what_is_taken(describe: Describe, location: dict[str, Any]) -> None:
    assert describe(location=location).location.type == location["type"]


def without(block: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != name}


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ({"type": "ftp"}, "inbox"),
        (without(SFTP, "host_key"), "required"),
        (SFTP | {"host_key": "SHA256:abc"}, "not a public key of a server"),
        (SFTP | {"host_key": "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIBC8"}, "not a public key of a server"),
        (SFTP | {"host_key": KEY[:52]}, "not a public key of a server"),
        (SFTP | {"host_key": "ssh-ed25519 ****"}, "not a public key of a server"),
        (without(SFTP, "password"), "either password: or private_key:"),
        (SFTP | {"private_key": {"env": "K"}}, "either password: or private_key:"),
        (SFTP | {"passphrase": {"env": "K"}}, "passphrase goes with private_key"),
        (SFTP | {"folder": "../other"}, "without .. and wildcards"),
        (SFTP | {"folder": "out*"}, "without .. and wildcards"),
        (SFTP | {"host": "sftp://files"}, "pattern"),
        (S3 | {"region": "us-east-1"}, "RS-19"),
        (S3 | {"region": "eu-west-2"}, "Great Britain"),
        (S3 | {"region": "eu-central-2"}, "Switzerland"),
        (S3 | {"region": "eu-moon-1"}, "not a known region"),
        (S3 | {"region": "eu-north-1", "endpoint_url": "https://s3.us-east-1.amazonaws.com"}, "leave endpoint_url out"),
        (S3 | {"region": "hel", "endpoint_url": "http://s3.lumme.example.com"}, "write https://"),
        (S3 | {"region": "eu-north-1", "prefix": "/hr"}, "does not begin with /"),
        (without(S3, "secret_key") | {"region": "eu-north-1"}, "required"),
        ({"type": "https", "url": "http://files.lumme.example.com"}, "write https://"),
        ({"type": "https", "url": "https://mdo:x@files.lumme.example.com"}, "no user or password"),
        (HTTPS | {"headers": {"Authorization": "x"}}, "credentials stand under auth"),
    ],
)
def test_what_is_refused(describe: Describe, location: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        describe(location=location)


def test_every_region_of_aws_that_is_taken_is_in_the_eu() -> None:
    assert set(AWS_REGIONS.values()) <= EU
    assert not {"eu-west-2", "eu-central-2"} & set(AWS_REGIONS)


@pytest.mark.parametrize(
    "change", [{"read": {"path": "h_*.csv"}}, {"after_read": "delete"}, {"after_read": {"move": "d"}}]
)
def test_a_site_is_neither_searched_nor_changed(describe: Describe, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="https"):
        describe(location=HTTPS, **change)
    describe(location=SFTP, **change)


def test_an_api_has_no_location(describe: Describe) -> None:
    with pytest.raises(ValidationError, match="where an API is"):
        describe(location=SFTP, read={"type": "api", "url": "https://hr.example.com/people"})


@pytest.mark.parametrize("key", ["password", "private_key", "passphrase", "secret_key", "access_key", "session_token"])
def test_a_secret_is_never_written_there(key: str) -> None:
    with pytest.raises(ConfigurationRefused, match="a secret is never written here") as refused:
        parse(f"customer: lumme\nlocation:\n  {key}: Kanarialintu\n", "lumme.yaml")
    assert "lumme.yaml:3:" in str(refused.value) and "Kanarialintu" not in str(refused.value)
