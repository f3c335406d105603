"""Mailboxes at providers that serve private persons (MIN-18).

Belongs here: the table of domains. Does not belong here: what becomes of the value; a sole trader may have no other.
"""

from __future__ import annotations

import re

from schemas.detectors.base import Detector

RULE = "mail.private"

_DOMAINS = (
    *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fi", "hotmail.se", "outlook.com", "live.com", "live.fi"),
    *(
        "msn.com",
        "yahoo.com",
        "yahoo.se",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
    ),
    *("gmx.com", "gmx.net", "gmx.de", "mail.com", "mail.ru", "yandex.ru", "aol.com", "fastmail.com", "tutanota.com"),
    *("luukku.com", "luukku.fi", "kolumbus.fi", "suomi24.fi", "saunalahti.fi", "elisanet.fi"),
    *("welho.com", "netti.fi", "nic.fi", "pp.inet.fi", "inet.fi", "jippii.fi", "dnainternet.net", "dnainternet.fi"),
    *("mbnet.fi", "pp.htv.fi", "kotinet.com", "phnet.fi", "sci.fi", "surffi.fi", "telia.com", "spray.se", "comhem.se"),
    *("bredband.net", "home.se", "aland.net"),
)
_PERHAPS = "@(?:" + "|".join(re.escape(domain) for domain in _DOMAINS) + r")(?:[^\w.-]|\.?$|\.\W)"
_MAILBOX = re.compile(_PERHAPS, re.IGNORECASE | re.ASCII)


def _judge(value: str) -> str:
    return RULE if _MAILBOX.search(value) else ""


DETECTOR = Detector("private_mail", (RULE,), _PERHAPS, _judge)
