"""Who asks: each way, with secrets that no text shows."""

from __future__ import annotations

import base64
import traceback

import pytest

from schemas.errors import ConfigurationRefused, Refusal, SourceRefused
from sources.readers.api.auth import Authorization
from sources.readers.api.settings import ApiRead

SECRET = "s3cret-Kanarialintu"


@pytest.fixture(autouse=True)
def _secrets(monkeypatch) -> None:
    monkeypatch.setenv("SATAMA_KEY", f"{SECRET}\n")
    monkeypatch.setenv("SATAMA_USER", "aino")


def guarded(header: str, value: str):
    """Answers only those who show themselves."""

    def answer(request):
        if request.headers.get(header) == value:
            request.reply([{"id": 1}])
        else:
            request.reply({"you sent": request.headers}, status=401)

    return answer


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        ({"type": "header", "name": "X-Api-Key", "value": {"env": "SATAMA_KEY"}}, "x-api-key", SECRET),
        ({"type": "bearer", "token": {"env": "SATAMA_KEY"}}, "authorization", f"Bearer {SECRET}"),
        (
            {"type": "basic", "user": "aino", "password": {"env": "SATAMA_KEY"}},
            "authorization",
            basic("aino", SECRET),
        ),
        (
            {"type": "basic", "user": {"env": "SATAMA_USER"}, "password": {"env": "SATAMA_KEY"}},
            "authorization",
            basic("aino", SECRET),
        ),
    ],
)
def test_it_shows_itself(server, read, auth, header, value) -> None:
    server.answer = guarded(header, value)
    assert read(auth=auth).numbers == [1]


def test_a_header_may_hold_a_secret(server, read) -> None:
    server.answer = guarded("x-subscription", SECRET)
    assert read(headers={"X-Subscription": {"env": "SATAMA_KEY"}}).numbers == [1]


def oauth(server, **more):
    return {"type": "oauth2", "url": f"{server.home}/token", "client_id": "mdo", **more} | {
        "client_secret": {"env": "SATAMA_KEY"}
    }


def token_server(lasting: int = 3600, good_for: int = 1000):
    """A token endpoint and an API; each token is good for so many requests."""
    given: list[str] = []
    used: list[str] = []

    def answer(request):
        if request.path == "/token":
            given.append(f"t{len(given)}")
            request.reply({"access_token": given[-1], "token_type": "Bearer", "expires_in": lasting})
            return
        used.append(request.headers["authorization"])
        if request.headers["authorization"] != f"Bearer {given[-1]}" or used.count(used[-1]) > good_for:
            request.reply(status=401)
        else:
            page = int(request.query["page"])
            request.reply([{"id": page}] if page < 5 else [])

    return answer, given


@pytest.mark.parametrize("send", ["header", "body"])
def test_a_token_is_fetched_once(server, read, send) -> None:
    server.answer, given = token_server()
    auth = oauth(server, send=send, scope="people.read", parameters={"audience": "hr"})
    assert read(auth=auth, pages={"type": "number"}).numbers == [1, 2, 3, 4]
    assert given == ["t0"]
    asked = server.asked[0]
    assert asked.method == "POST"
    expected = {"grant_type": "client_credentials", "scope": "people.read", "audience": "hr"}
    if send == "body":
        assert asked.form == expected | {"client_id": "mdo", "client_secret": SECRET}
        assert "authorization" not in asked.headers
    else:
        assert asked.form == expected
        assert asked.headers["authorization"] == basic("mdo", SECRET)


def test_a_token_that_ends_on_the_way_is_fetched_again(server, read) -> None:
    server.answer, given = token_server(good_for=2)
    assert read(auth=oauth(server), pages={"type": "number"}).numbers == [1, 2, 3, 4]
    assert given == ["t0", "t1", "t2"]


def test_a_token_is_not_used_up_to_its_last_second(server) -> None:
    moments = iter([0, 569, 570, 570])
    given = iter([b'{"access_token": "a", "expires_in": 600}', b'{"access_token": "b"}'])
    auth = ApiRead.model_validate({"type": "api", "url": f"{server.home}/people", "auth": oauth(server)}).auth
    asked = Authorization(auth, lambda *_: next(given), lambda: next(moments))
    shown = [asked.headers()["Authorization"] for _ in range(3)]
    assert shown == ["Bearer a", "Bearer a", "Bearer b"]


def test_a_token_that_is_never_taken_is_fetched_twice(server, read) -> None:
    server.answer, given = token_server(good_for=0)
    with pytest.raises(SourceRefused, match="401"):
        read(auth=oauth(server), pages={"type": "number"})
    assert given == ["t0", "t1"]


@pytest.mark.parametrize(
    "token",
    [
        {"error": SECRET},
        [],
        {"access_token": 7},
        {"access_token": ""},
        {"access_token": "a b"},
        {"access_token": "a\nHost: x"},
        {"access_token": SECRET, "token_type": "mac"},
    ],
    ids=str,
)
def test_an_answer_without_a_token(server, read, token) -> None:
    server.answer = lambda request: request.reply(token)
    with pytest.raises(SourceRefused, match="without a bearer token") as refusal:
        read(auth=oauth(server))
    assert SECRET not in "".join(traceback.format_exception(refusal.value))


@pytest.mark.parametrize("status", [302, 400, 401, 403, 500])
def test_a_token_server_that_refuses(server, read, status) -> None:
    server.answer = lambda request: request.reply(
        {"x": SECRET}, status=status, Location=f"https://example.org/{SECRET}"
    )
    with pytest.raises(Refusal) as refusal:
        read(auth=oauth(server))
    assert SECRET not in "".join(traceback.format_exception(refusal.value))
    assert all(request.path == "/token" for request in server.asked)


def test_a_secret_that_is_not_set(server, read) -> None:
    with pytest.raises(ConfigurationRefused, match="NOWHERE is not set"):
        read(auth={"type": "bearer", "token": {"env": "NOWHERE"}})


def test_a_secret_that_no_header_carries(server, read, monkeypatch) -> None:
    monkeypatch.setenv("SATAMA_KEY", f"{SECRET}\nHost: evil")
    with pytest.raises(ConfigurationRefused, match="SATAMA_KEY holds other") as refusal:
        read(auth={"type": "bearer", "token": {"env": "SATAMA_KEY"}})
    assert SECRET not in str(refusal.value)


def test_no_description_shows_a_secret(server) -> None:
    read = ApiRead.model_validate({"type": "api", "url": f"{server.home}/people", "auth": oauth(server)})
    assert SECRET not in repr(read) + str(read) + read.model_dump_json()


def test_no_cookie_is_kept(server, read, people) -> None:
    """A session that a server begins would be a second way to show who asks."""
    records = people(3)
    server.answer = lambda request: request.reply(records[request.number :][:1], Set_Cookie="session=1; Path=/")
    assert read(pages={"type": "number"}).numbers == [1, 2, 3]
    assert len(server.asked) == 4
    assert not any("cookie" in request.headers for request in server.asked)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_this_machine_is_asked_past_any_proxy(server, read, people, monkeypatch, name) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.pages([people(2)])
    assert read().numbers == [1, 2]


def test_credentials_do_not_follow_to_another_host(server, read) -> None:
    server.answer = lambda request: request.reply(
        status=302, Location=f"http://localhost:{request.handler.server.server_port}/people"
    )
    with pytest.raises(SourceRefused, match="another host"):
        read(auth={"type": "bearer", "token": {"env": "SATAMA_KEY"}})
    assert len(server.asked) == 1
