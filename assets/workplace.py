"""What a sync works with, besides the source itself.

Belongs here: the register, the inbox, the key, the clock, and who listens to progress, in one object that tests and the
command line make as easily as Dagster. Does not belong here: where these come from (`pipelines.settings`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from register.database import Register
from register.suppression.vault import Vault
from schemas.retention import SHIPPED, Policy

#: Told of progress: the source's name, the step, and rows so far.
Listener = Callable[[str, str, int], None]


def _nobody(source: str, step: str, rows: int) -> None:
    """Nobody listens."""


def _nobody_waits(result: Any) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Workplace:
    """The surroundings of a sync.

    Attributes:
        today: the local date (Europe/Helsinki) of the moment.
        secret: the key of row hashes.
        vault: keys and ledger of erasures; without them nothing is imported once somebody was erased.
        policy: the retention policy in force.
        wait_seconds: how long a sync waits for another one of the same source.
        listener: told of progress.
        reporter: told what became of each source, where somebody waits for it (`assets.sync.Result`).
    """

    register: Register
    inbox: Path
    secret: bytes
    today: date
    vault: Vault | None = None
    policy: Policy = SHIPPED
    wait_seconds: float = 300
    listener: Listener = field(default=_nobody, compare=False)
    reporter: Callable[[Any], None] = field(default=_nobody_waits, compare=False)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), compare=False)
