"""The keys of suppression tokens: one file for each controller and version, outside the database and its backups.

Belongs here: finding, making and testing them (SUP-06, SUP-07). Does not belong here: tokens of persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from register import key_file
from register.suppression import tokens
from schemas.errors import ConfigurationRefused

#: MDO Group itself as controller; every other one is a customer, by its number.
OWN = 0

_LOST = "Restore it from where the keys are kept; a key that is gone makes every erasure of its list unknown."


@dataclass(frozen=True)
class Keys:
    """The folder of key files, ``<controller>.v<version>.key``; a controller is ``mdo.own`` or a customer's name."""

    folder: Path

    def newest(self, controller: str) -> int:
        """The newest version that there is a file of; 0 where there is none."""
        pattern = re.compile(re.escape(controller) + r"\.v([1-9]\d*)\.key")
        found = [pattern.fullmatch(path.name) for path in self.folder.glob("*.key")]
        return max((int(match[1]) for match in found if match), default=0)

    def read(self, controller: str, version: int) -> bytes:
        """A key.

        Raises:
            ConfigurationRefused: it is not there, or not as it must be.
        """
        path = self._path(controller, version)
        if not path.exists():
            raise ConfigurationRefused(f"The suppression key {path} is missing; nothing is imported.", _LOST)
        return key_file.read(path, lost=_LOST)

    def make(self, controller: str) -> int:
        """Makes the next version's file and returns its number."""
        version = self.newest(controller) + 1
        key_file.make(self._path(controller, version))
        return version

    def fingerprint(self, controller: str, version: int) -> str:
        """By what people compare two copies of a key without looking at it."""
        return tokens.canary(self.read(controller, version)).hex()[:16]

    def _path(self, controller: str, version: int) -> Path:
        return self.folder / f"{controller}.v{version}.key"


def name_of(controller_id: int, customers: dict[int, str]) -> str:
    """The controller's name in files; a customer's name has no dot."""
    return "mdo.own" if controller_id == OWN else customers[controller_id]
