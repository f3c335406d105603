"""What a source file of the tests says where a test is about something else.

Belongs here: the keys that every description needs, whatever it describes. Does not belong here: what a test is about
(how a register is read, its records, its guards).
"""

from __future__ import annotations

import re

_USUAL = {
    "customer": "koe",
    "register": "hr",
    "title": "A register of the tests",
    "kind": "customer_register",
    "register_type": "hr_directory",
    "valid": "{from: 2026-01-01}",
    "contract": "T-1",
    "role": "controller",
    "legal_basis": "{code: legitimate_interests, reference: LIA-1}",
    "owner": "{name: Tests, email: tests@example.com}",
    "hosting_country": "FI",
}
_KEY = re.compile(r"^(\w+):", re.MULTILINE)


def described(text: str, **keys: str) -> str:
    """The text of a source file: what `text` says, then `keys` (each a value in YAML), then what is usual."""
    said = {*_KEY.findall(text)}
    assert not said & keys.keys(), "said twice"
    return "".join(f"{key}: {value}\n" for key, value in (_USUAL | keys).items() if key not in said) + text.lstrip("\n")
