"""The sync as a worker: one order is one night.

Belongs here: the source that describes the bench's register, and its sync. Does not belong here: what is measured.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import dagster  # noqa: F401 - a night runs beneath it, so its memory counts
from worker import serve

from assets import scan as scanning
from assets.minimisation import minimise
from assets.sync import sync
from assets.workplace import Workplace
from register import actors
from register import sources as known_sources
from register.database import Register
from sources import loading

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from descriptions import described

SOURCE = described(
    """
history: true
snapshot: {type: full}
employer: {scope: any, reason: a register of the bench}
read: {type: csv, path: "{date}.csv", encoding: utf-8, delimiter: ";"}
key: [Henkilönumero]
after_read: keep
records:
  person:
    last_name: Sukunimi
    first_name: Etunimi
    work_email: Sähköposti
    work_phone: {column: Puhelin, region: FI}
    notice_language: {column: Kieli, map: {suomi: fi, ruotsi: sv, englanti: en}}
  employment:
    employee_number: Henkilönumero
    employer_name: Työnantaja
    employer_business_id: Y-tunnus
    job_title: {column: Nimike, because: a register of the bench}
    valid_from: Alkoi
    valid_to: Päättyi
""",
    customer="penkki",
)
TODAY = date(2026, 11, 22)


def _step(order: dict[str, Any]) -> dict[str, Any]:
    source = loading.parse(SOURCE, "bench.yaml")
    work = Workplace(register=Register(order["url"]), inbox=Path(order["inbox"]), secret=b"k" * 32, today=TODAY)
    if order.get("detectors") == "off":  # for the bench of the detectors: this process looks for nothing
        scanning.search.find_in = lambda columns, looks: {}
    if order["step"] in ("scan", "whole scan"):
        minimise(work, [source], date.fromisoformat(order["date"]), everything=order["step"] == "whole scan")
        return {}
    if order["step"] == "prepare":
        with work.register.transaction() as connection:
            known_sources.enter(connection, customer=source.customer, name=source.name, description=source.document)
            actors.add(connection, actors.Actor("bench", "engineer", date(2026, 1, 1), None))
            known_sources.decide(connection, source.name, "active", by="bench", reason="a bench", on=TODAY)
        return {}
    result = sync(work, source, date.fromisoformat(order["date"]))
    return {"status": result.status, "counts": result.counts}


if __name__ == "__main__":
    serve(_step)
