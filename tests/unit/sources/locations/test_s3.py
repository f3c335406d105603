"""A store that does not take us, and a bucket that is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from api_server import Request, Server, serving
from file_servers import S3_SECRET, Store

from schemas.errors import SourceRefused, TryLater
from sources.locations.base import Location

OpenAt = Callable[[dict[str, Any]], Location]


def says(code: str, status: int) -> Callable[[Request], None]:
    body = f"<Error><Code>{code}</Code><Message>Kanarialintu {S3_SECRET}</Message></Error>".encode()
    return lambda request: request.reply(status=status, body=body, x_amz_bucket_region="us-east-1")


@pytest.fixture
def stub() -> Any:
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    ("code", "status", "error", "said"),
    [
        ("InvalidAccessKeyId", 403, SourceRefused, "does not take our keys"),
        ("SignatureDoesNotMatch", 403, SourceRefused, "does not take our keys"),
        ("ExpiredToken", 400, SourceRefused, "does not take our keys"),
        ("AccessDenied", 403, SourceRefused, "does not let us"),
        ("NoSuchBucket", 404, SourceRefused, "has not the place"),
        ("AuthorizationHeaderMalformed", 400, SourceRefused, "as the source file makes it"),
        ("PermanentRedirect", 301, SourceRefused, "as the source file makes it"),
        ("InternalError", 500, TryLater, "could not be made or broke"),
        ("SlowDown", 503, TryLater, "could not be made or broke"),
    ],
)
def test_what_the_store_says_is_not_repeated(
    stub: Server, store: Store, open_at: OpenAt, code: str, status: int, error: Any, said: str
) -> None:
    stub.answer = says(code, status)
    with pytest.raises(error, match=said) as refused:
        open_at(store.location(endpoint_url=stub.home)).check()
    assert "Kanarialintu" not in str(refused.value)
    assert refused.value.__context__ is None and refused.value.__cause__ is None
    assert len(stub.asked) == (2 if error is TryLater else len(stub.asked))


def test_a_store_that_hangs(stub: Server, store: Store, open_at: OpenAt) -> None:
    stub.answer = lambda request: stub.over.wait(3) and None
    limits = {"silence_seconds": 0.4, "answer_seconds": 5, "read_seconds": 5}
    with pytest.raises(TryLater):
        open_at(store.location(endpoint_url=stub.home, limits=limits)).check()
    stub.over.set()


def test_a_bucket_in_another_region_is_not_followed(store: Store, open_at: OpenAt) -> None:
    location = open_at(store.location())
    location.check()
    location._files._host = "s3.eu-north-1.amazonaws.com"  # type: ignore[attr-defined]
    with pytest.raises(SourceRefused, match="another region") as refused:
        location.look("h.csv")
    assert refused.value.__context__ is None
    location.close()


def test_settings_of_the_machine_lead_nowhere_else(store: Store, open_at: OpenAt, monkeypatch: Any) -> None:
    """Other programs' variables and files decide neither where we ask nor who we are."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    store.put("h.csv", b"rows")
    location = open_at(store.location())
    assert location.look("h.csv") is not None
    location.close()
