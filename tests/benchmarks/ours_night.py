"""A night of many sources through Dagster, as a worker: one order is one night, as `mdo sync` runs it.

Belongs here: the source files of the bench's customers, and their night. Does not belong here: what is measured.

The clock runs from reading the source files to the last event of the run; the start of Python does not count, as it
does not for the peer.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from ours import SOURCE, TODAY
from pydantic import SecretStr
from worker import serve

from pipelines import definitions
from pipelines.command import by_hand
from pipelines.settings import Settings
from register import actors
from register import sources as known_sources
from register.roles import Role


def _settings(order: dict[str, Any]) -> Settings:
    return Settings.load(home=Path(order["home"]), database_url=SecretStr(order["url"]), fixed_today=TODAY)


def _step(order: dict[str, Any]) -> dict[str, Any]:
    settings = _settings(order)
    if order["step"] == "prepare":
        return _prepare(settings, order["names"])
    if order["step"] == "definitions":
        return _definitions(settings)
    sources, refusals = definitions.load_sources(settings)
    with by_hand.prepared(settings, sources, refusals) as hand:
        results, failures = hand.sync(sources, date.fromisoformat(order["date"]))
    statuses = {result.status for result in results}
    if failures or refusals or statuses != {"applied"}:
        raise SystemExit(f"{statuses} {refusals} {list(failures.values())[:3]}")
    return {"status": "applied"}


def _definitions(settings: Settings) -> dict[str, Any]:
    """Seconds of the parser alone, of reading the source files, and of all that Dagster loads."""
    began = time.perf_counter()
    for path in settings.sources.iterdir():
        yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
    parsed = time.perf_counter()
    sources, refusals = definitions.load_sources(settings)
    read = time.perf_counter()
    built = definitions.build(settings=settings, sources=sources, refusals=refusals)
    built.get_repository_def().get_all_jobs()
    return {"parser": parsed - began, "read": read - parsed, "built": time.perf_counter() - read}


def _prepare(settings: Settings, names: list[str]) -> dict[str, Any]:
    """Writes a source file for each name (customer/register) and sends it live."""
    settings.sources.mkdir(parents=True, exist_ok=True)
    for name in names:
        customer, register = name.split("/")
        text = SOURCE.replace("customer: penkki", f"customer: {customer}").replace(
            "register: hr\n", f"register: {register}\n"
        )
        text = text.replace('"{date}.csv"', f'"{customer}-{register}-{{date}}.csv"')
        (settings.sources / f"{customer}-{register}.yaml").write_text(text, encoding="utf-8")
    work = definitions.open_workplace(settings)
    sources, _ = definitions.load_sources(settings)
    with work.register.acting_as(Role.STEWARD).transaction() as connection:
        actors.add(connection, actors.Actor("bench", "engineer", date(2026, 1, 1), None))
        for source in sources:
            known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
            known_sources.decide(connection, source.name, "active", by="bench", reason="a bench", on=TODAY)
    return {}


if __name__ == "__main__":
    serve(_step)
