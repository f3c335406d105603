"""Where alerts go: e-mail, Teams, Slack and webhooks, through Apprise.

Belongs here: reading the setting MDO_ALERTS, and sending one alert to one service. Does not belong here: what is said
(`pipelines.night.alerts`).

No processing outside the EU/EEA is promised (RS-19), so each service stands with the country in which its host is. An
alert has no personal data; the rule holds all the same, because nobody should have to ask which texts may leave.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.night.alerts import Alert
from schemas.errors import ConfigurationRefused
from sources.config.countries import EEA

if TYPE_CHECKING:
    from apprise import Apprise, AppriseAsset

#: The kinds of services by the beginning of their Apprise addresses: e-mail, Teams, Slack, webhook.
SCHEMES = ("mailto", "mailtos", "workflows", "slack", "json", "jsons")

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

_FORM = "MDO_ALERTS holds pairs such as: FI mailtos://user:password@smtp.example.fi?to=night@example.fi"


@dataclass(frozen=True)
class Service:
    """One receiver of alerts.

    Attributes:
        country: where its host is, as declared.
        url: its Apprise address, which holds its secrets.
    """

    country: str
    url: str = field(repr=False)

    def send(self, alert: Alert) -> bool:
        """Sends it; whether it was taken."""
        from apprise import NotifyFormat

        return bool(_opened(self.url).notify(body=alert.body, title=alert.title, body_format=NotifyFormat.TEXT))


def services(setting: str | None) -> list[Service]:
    """The services that the setting names; none where it says nothing.

    Raises:
        ConfigurationRefused: for a country outside the EU/EEA, or an address that is none. Nothing of an address is
            repeated: it holds secrets.
    """
    words = (setting or "").split()
    if len(words) % 2:
        raise ConfigurationRefused("MDO_ALERTS does not hold pairs of a country and an address.", _FORM)
    found = []
    for number, (country, url) in enumerate(zip(words[::2], words[1::2], strict=True), start=1):
        if country not in EEA:
            raise ConfigurationRefused(
                f"Service {number} of MDO_ALERTS is not declared in a country of the EU or EEA (RS-19).",
                f"Before each address stands the two-letter code of the country of its host. {_FORM}",
            )
        scheme = url.partition("://")[0]
        if scheme not in SCHEMES:
            raise ConfigurationRefused(
                f"The address of service {number} of MDO_ALERTS begins with none of: {', '.join(SCHEMES)}.", _FORM
            )
        if scheme == "json" and urlsplit(url).hostname not in _LOOPBACK:
            raise ConfigurationRefused(
                f"Service {number} of MDO_ALERTS is a webhook without encryption.", "Write jsons://, which is https."
            )
        if not _opened(url):
            raise ConfigurationRefused(f"The address of service {number} of MDO_ALERTS cannot be read.", _FORM)
        found.append(Service(country, url))
    return found


def _opened(url: str) -> Apprise:
    """The service behind an address. Apprise is slow to import, and most commands need none of it."""
    from apprise import Apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it would quote what a server answers
    opened = Apprise(asset=_asset())
    opened.add(url)
    for service in opened:
        service.redirects = False  # a host is declared; where it leads to is not
    return opened


def _asset() -> AppriseAsset:
    """Our name and nothing else: Apprise's own pictures would be fetched from its makers by whoever reads the alert."""
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="MDO register sync",
        app_desc="MDO register sync",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        async_mode=False,
        http_redirects=False,
        secure_logging=True,
        allow_templates=False,
    )
