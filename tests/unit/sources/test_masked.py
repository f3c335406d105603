"""A description as the pages show it: the same description, without comments, and without what might be a secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from sources import masked
from sources.config import Source
from sources.config.location import HttpsLocation, InboxLocation, S3Location, SftpLocation
from sources.demo import registers
from sources.loading import load_file, parse
from sources.readers.api import auth
from sources.readers.api.settings import ApiRead

Describe = Callable[..., Source]
DEMO = sorted(registers.SOURCES.glob("*.yaml"))


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.stem)
def test_it_describes_the_same_source(file: Any) -> None:
    source = load_file(file)
    assert parse(masked.text(source), "shown").digest == source.digest


def test_comments_are_not_shown(tmp_path: Any) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(DEMO[0].read_text("utf-8") + "\n# the password is hunter2\n", "utf-8")
    assert "hunter2" not in masked.text(load_file(file))


def test_names_of_variables_are_shown_and_texts_are_not(describe: Describe) -> None:
    read = {
        "type": "api",
        "url": "https://hr.example.com/api/people",
        "auth": {"type": "basic", "user": "mdo-lumme", "password": {"env": "LUMME_PASSWORD"}},
        "headers": {"X-Tenant": "lumme", "X-Other": {"env": "LUMME_OTHER"}},
        "params": {"expand": "manager"},
    }
    shown = yaml.safe_load(masked.text(describe(read=read)))["read"]
    assert shown == read | {
        "auth": read["auth"] | {"user": masked.MASK},
        "headers": {"X-Tenant": masked.MASK, "X-Other": {"env": "LUMME_OTHER"}},
        "params": {"expand": masked.MASK},
    }


def test_a_record_whose_fields_are_called_as_a_secret_is_shown(describe: Describe) -> None:
    kept = describe(records={"person": {"last_name": "user"}})
    assert "last_name: user" in masked.text(kept)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see https://hr.example.com/people", "see https://hr.example.com/people"),
        ("https://aino:pass@hr.example.com/x", "https://***@hr.example.com/x"),
        ("sftp://aino:pa/ss@hr.example.com", "sftp://***@hr.example.com"),
        ("https://hr.example.com/x?key=1&b=2 and more", "https://hr.example.com/x?*** and more"),
        ("https://hr.example.com/x#token", "https://hr.example.com/x#***"),
    ],
)
def test_addresses(describe: Describe, written: str, shown: str) -> None:
    assert yaml.safe_load(masked.text(describe(title=written)))["title"] == shown


#: What has been looked at: texts that are shown as they are, and those that are masked. Whoever adds a setting that
#: goes into a request decides here.
SHOWN = {"type", "name", "send", "host", "port", "host_key", "folder", "bucket", "prefix", "region"} | {
    *("pages", "records", "columns", "select", "total", "join", "missing", "decimal", "retry", "limits")
}
ADDRESSES = {"url", "endpoint_url"}
MASKED = {"user", "client_id", "scope", "headers", "params", "parameters", "changed_since", "auth"}
VARIABLES = {"value", "password", "token", "client_secret", "private_key", "passphrase"} | {
    *("access_key", "secret_key", "session_token")
}


def test_every_setting_of_a_request_has_been_looked_at() -> None:
    kinds: list[type[BaseModel]] = [ApiRead, InboxLocation, SftpLocation, S3Location, HttpsLocation]
    kinds += get_args(get_args(auth.Auth)[0])
    known = SHOWN | ADDRESSES | MASKED | VARIABLES
    assert {name for kind in kinds for name in kind.model_fields} == known
