"""Whether everything that a night needs is up at this moment.

Belongs here: asking the database, the pages, the daemons, the last night and the disk, each by itself, and what to do
about what is ill. Does not belong here: what became of each source (`assets.night`), or how the answers are shown.
"""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from assets.leak_guard import failure
from assets.night import SOURCE_FILES, Night, night
from assets.standing import Standing, State
from assets.workplace import Workplace
from pipelines import definitions
from pipelines.settings import Settings
from register import embedded, health
from register.database import Register
from schemas.errors import Refusal, TryLater

#: A daemon gives a sign of life every half a minute; one that is busy with a large answer misses a few.
SILENCE_SECONDS = 300

#: For customers' files, Dagster's records and the ledger to grow in: a guess, and on the safe side.
ROOM_BYTES = 2 * 1024**3

_PAGES_SECONDS = 10
_LOCATIONS = """
{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { __typename } } } } }
"""


class Part(StrEnum):
    """What is asked."""

    DATABASE = "database"
    PAGES = "pages"
    CODE = "code"
    DAEMONS = "daemons"
    NIGHT = "night"
    DISK = "disk"


@dataclass(frozen=True)
class Answer:
    """How one part is.

    Attributes:
        says: what was seen, without any value.
        next: what to do; empty where all is well.
    """

    part: Part
    well: bool
    says: str
    next: str = ""


def ask(settings: Settings, pages: str, parts: Iterable[Part]) -> list[Answer]:
    """Asks the parts, each whatever became of the others.

    Args:
        pages: the address of the webserver itself, not of a login before it.
    """
    asked: dict[Part, Callable[[], str]] = {
        Part.DATABASE: lambda: _database(settings),
        Part.PAGES: lambda: _pages(pages),
        Part.CODE: lambda: _code(pages),
        Part.DAEMONS: lambda: _daemons(settings),
        Part.NIGHT: lambda: _night(settings),
        Part.DISK: lambda: _disk(settings),
    }
    return [_answer(part, asked[part]) for part in parts]


def _answer(part: Part, look: Callable[[], str]) -> Answer:
    try:
        return Answer(part, True, look())
    except Refusal as refusal:
        passing = isinstance(refusal, TryLater) and part is not Part.DAEMONS  # of Dagster's own it says what to do
        remedy = "Is PostgreSQL up, and is its address right? mdo db status names it." if passing else refusal.remedy
        return Answer(part, False, refusal.what, remedy)
    except Exception as error:
        return Answer(part, False, str(failure(error).description), "Please report it as a defect.")


def _database(settings: Settings) -> str:
    return f"{settings.shown_database()}, migration {health.look(_url(settings), settings.vault())}"


def _url(settings: Settings) -> str:
    """The database's URL. One that is embedded is neither started nor kept running by whoever asks."""
    if settings.database_url is not None:
        return settings.database()
    if not embedded.is_running(settings.postgres):
        raise Refusal("The embedded PostgreSQL does not run.", "Start mdo ui; the server runs while something uses it.")
    return embedded.url(settings.postgres)


def _pages(address: str) -> str:
    found = _fetched(f"{address}/server_info")
    if "dagster_webserver_version" not in found:
        raise Refusal(f"{address} is not the Dagster webserver.", "Give its own address with --pages.")
    return f"{address}, Dagster {found['dagster_webserver_version']}"


def _code(address: str) -> str:
    found = _fetched(f"{address}/graphql", {"query": _LOCATIONS})["data"]["workspaceOrError"]
    entries = found.get("locationEntries", [])
    loaded = [one for one in entries if (one["locationOrLoadError"] or {}).get("__typename") == "RepositoryLocation"]
    if not entries or len(loaded) < len(entries):
        remedy = "Is the process of mdo serve code up? Its log says what it cannot load; then reload it in the pages."
        raise Refusal(f"{len(loaded)} of {len(entries)} code locations are loaded.", remedy)
    return "loaded"


def _fetched(address: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the webserver answers; no proxy of the environment is asked."""
    content = json.dumps(body).encode() if body else None
    request = urllib.request.Request(address, content, {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    found: Any = None
    try:
        with opener.open(request, timeout=_PAGES_SECONDS) as response:
            found = json.load(response)
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refusal(f"{address} does not answer.", "Start mdo serve pages (or mdo ui); if it runs, its log says why.")
    return found


def _daemons(settings: Settings) -> str:
    """Asks Dagster's instance, which knows the daemons that its settings need.

    Raises:
        Refusal: one has never been there, is silent, or met errors in its last round.
    """
    with settings.dagster_instance() as instance:
        beats = instance.get_daemon_heartbeats()
        needed = sorted(instance.get_required_daemon_types())
    now = time.time()
    said, ill = [], []
    for daemon in needed:
        beat = beats.get(daemon)
        age = now - beat.timestamp if beat else None
        name = daemon.lower()
        if age is None:
            ill.append(f"{name} was never there")
        elif age > SILENCE_SECONDS:
            ill.append(f"{name} is silent for {timedelta(seconds=round(age))}")
        elif beat and beat.errors:
            ill.append(f"{name} met an error")
        else:
            said.append(f"{name} {age:.0f} s")
    if ill:
        remedy = "Start mdo serve daemon (or mdo ui) anew; its log says why. Without it no schedule runs."
        raise Refusal(f"{', '.join(ill)}.", remedy)
    return f"last seen: {', '.join(said)}"


def _night(settings: Settings) -> str:
    """Looks at today once the first source's time has passed, and at yesterday before."""
    sources, refusals = definitions.load_sources(settings)
    register = Register(_url(settings))
    try:
        work = Workplace(register, settings.inbox, b"", settings.today())
        found = night(work, sources, refusals, settings.today())
        if all(one.state is State.DUE for one in _of_sources(found)):
            found = night(work, sources, refusals, settings.today() - timedelta(days=1))
    finally:
        register.close()
    stands = _of_sources(found)
    if any(one.state is State.LATE for one in stands) and not any(one.batch for one in stands):
        remedy = "Is night_schedule on (the pages, Automation)? mdo sync runs it now; mdo night show lists the sources."
        raise Refusal(f"Nothing was tried in the night of {found.business_date}.", remedy)
    states = ", ".join(f"{state} {number}" for state, number in found.states.items())
    return f"{found.business_date}: {states or 'no source is active'}"


def _of_sources(found: Night) -> list[Standing]:
    return [one for one in found.standings if one.source != SOURCE_FILES]


def _disk(settings: Settings) -> str:
    """Looks at each disk of ours; where PostgreSQL keeps its own, only its host can tell."""
    rooms: dict[int, tuple[int, Path]] = {}
    for path in (settings.home, settings.inbox, settings.ledger):
        there = next(parent for parent in (path, *path.parents) if parent.exists())
        rooms.setdefault(there.stat().st_dev, (shutil.disk_usage(there).free, there))
    full = [f"{free // 1024**2} MiB at {path}" for free, path in rooms.values() if free < ROOM_BYTES]
    if full:
        raise Refusal(f"Little room is left: {', '.join(full)}.", "Make room before the next night; it may not finish.")
    return ", ".join(f"{free // 1024**3} GiB free at {path}" for free, path in rooms.values())
