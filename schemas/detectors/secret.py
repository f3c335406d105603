"""Passwords, keys and tokens (MIN-12).

Belongs here: the table of forms by which a secret gives itself away. Does not belong here: what becomes of the cell; a
bare row of hexadecimal digits, which is a secret only where a user name is expected (`schemas.values.username`).
"""

from __future__ import annotations

import re

from schemas.detectors.base import Detector

RULE = "secret.found"

#: What it is -> pattern. None needs lookaround, so that one list serves RE2 and Python alike.
_FORMS = {
    "a word for password and what follows it": (
        r"(?:salasana|tunnussana|password|passwd|passphrase|l[öo]senord|\bpwd|\bpin(?:[ -]?(?:koodi|kod|code))?)"
        r"(?: (?:on|är|is))?\s*[:=]\s*[^\s:=]"
    ),
    "bcrypt": r"\$2[abxy]\$\d\d\$",
    "a modular hash": r"(?:^|[\s:,;=])\$(?:argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*|y|[156])\$[^\s$]",
    "a directory's hash": r"\{(?:S?SHA(?:\d{3})?|S?MD5|CRYPT|PBKDF2[\w-]*|ARGON2)\}[\w+/=$.-]{4}",
    "a web token": r"\beyJ[\w-]{4,}\.eyJ",
    "a key block": r"-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE|PGP MESSAGE)",
    "an access key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(?:gh[pousr]_\w{20}|glpat-[\w-]{16}|xox[abpr]-[\w-]{10})",
    "an authorisation header": r"\bbearer [\w.~+/-]{16}",
    "a secret and what follows it": r"\b(?:api[ _-]?key|client[ _-]?secret|access[ _-]?token)\s*[:=]\s*[^\s:=]",
    "bank credentials": r"avainluku(?:lista|taulukko)|tunnuslukulista|tunnusluku\s*[:=]\s*\S|verkkopankkitunnu",
}
_PERHAPS = "|".join(f"(?:{form})" for form in _FORMS.values())
_SECRET = re.compile(_PERHAPS, re.IGNORECASE | re.ASCII)


def _judge(value: str) -> str:
    return RULE if _SECRET.search(value) else ""


DETECTOR = Detector("secret", (RULE,), _PERHAPS, _judge)
