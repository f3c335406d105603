"""Where alerts go: what the setting may say, and real servers on this machine that take them."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from api_server import serving

from pipelines.night.alerts import Alert
from pipelines.night.services import SCHEMES, services
from schemas.errors import ConfigurationRefused

ALERT = Alert(
    "digest", "2026-03-10:digest", "Night of 2026-03-10: 1 need somebody", "held: satama/hr_ä <b> *x*\nNext: …"
)
SECRET = "s3cret-t0ken"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (f"jsons://hook.example.fi/{SECRET}", "pairs"),
        (f"US jsons://hook.example.com/{SECRET}", "country of the EU or EEA"),
        (f"GB mailtos://u:{SECRET}@smtp.example.com?to=a@example.com", "country of the EU or EEA"),
        (f"fi jsons://hook.example.fi/{SECRET}", "two-letter code"),
        (f"FI jsons://hook.example.fi/{SECRET} CH slack://{SECRET}", "Service 2"),
        (f"FI https://hook.example.fi/{SECRET}", "begins with none of"),
        (f"FI json://hook.example.fi/{SECRET}", "without encryption"),
        (f"FI slack://{SECRET}", "cannot be read"),
    ],
)
def test_what_is_refused_without_repeating_the_secret(setting: str, says: str) -> None:
    with pytest.raises(ConfigurationRefused, match=says) as refused:
        services(setting)
    assert SECRET not in str(refused.value)


def test_the_four_kinds_are_taken() -> None:
    kinds = {
        "mailtos": "smtp.example.fi?to=night@example.fi&from=sync@example.fi",
        "workflows": "prod-01.westeurope.logic.azure.com:443/643e69f83c8944438d68119179a10a64/KODuebWbDGYFr0z0eu",
        "slack": "T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#night",
        "jsons": "hook.example.fi/path",
    }
    found = services(" ".join(f"IE {scheme}://{rest}" for scheme, rest in kinds.items()))
    assert [one.url.partition("://")[0] for one in found] == list(kinds)
    assert set(kinds) < set(SCHEMES)
    assert "T1JJ3T3L2" not in repr(found)
    assert services(None) == services("") == []


def test_a_webhook_gets_the_text_and_nothing_of_the_makers_of_our_library() -> None:
    with serving() as server:
        [hook] = services(f"FI json://127.0.0.1:{server.port}/hook")
        assert hook.send(ALERT)
    [asked] = server.asked
    document = json.loads(asked.body)
    assert (asked.method, asked.path) == ("POST", "/hook")
    assert (document["title"], document["message"]) == (ALERT.title, ALERT.body)
    assert "github" not in asked.body and "pprise" not in asked.body + str(asked.headers)


def test_a_webhook_that_leads_elsewhere_is_not_followed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving() as declared, serving() as elsewhere:
        declared.answer = lambda request: request.reply(status=307, Location=f"{elsewhere.home}/{SECRET}")
        [hook] = services(f"FI json://127.0.0.1:{declared.port}/{SECRET}?redirect=yes")
        assert not hook.send(ALERT)
        declared.answer = lambda request: request.reply({"error": SECRET}, status=500)
        assert not hook.send(ALERT)
    assert len(declared.asked) == 2 and not elsewhere.asked
    assert all(record.name != "apprise" for record in caplog.records), "it would quote the answer"


class Inbox(Message):
    """Keeps what comes."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[object] = []

    def handle_message(self, message: object) -> None:
        self.came.append(message)


@pytest.fixture
def mail() -> Iterator[tuple[Controller, Inbox]]:
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield controller, inbox
    finally:
        controller.stop()


def test_a_mail_server_gets_one_message(mail: tuple[Controller, Inbox]) -> None:
    controller, inbox = mail
    [service] = services(
        f"FI mailto://127.0.0.1:{controller.port}?from=sync@example.fi&to=night@example.fi&mode=insecure&format=text"
    )
    assert service.send(ALERT)
    [message] = inbox.came
    assert (message["Subject"], message["To"]) == (ALERT.title, "night@example.fi")  # type: ignore[index]
    assert message.get_payload(decode=True).decode().split() == ALERT.body.split()  # type: ignore[attr-defined]


def test_nobody_listens() -> None:
    with serving() as server:
        setting = f"FI json://127.0.0.1:{server.port}/hook"
    [hook] = services(setting)
    assert not hook.send(ALERT)
