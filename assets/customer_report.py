"""The workbook that goes back to a customer: what of one night was not taken, and how to mend it.

Belongs here: what its sheets say, in Finnish and English. Does not belong here: how a workbook is written
(`sources.workbook`), or any value of a row; the report names rows by number and key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.workplace import Workplace
from register import batches, documents, nights, quarantine
from register.batches import Batch
from register.nights import KeptSending
from register.quarantine import RejectedRow
from schemas import rules
from schemas.catalogue import RECORD_TYPES
from schemas.errors import Refusal
from schemas.findings import ROW
from schemas.values.expected import EXPECTED
from sources import workbook
from sources.config import Source
from sources.locations import opening as locations
from sources.workbook import Sheet

#: What a document of this kind is called in the register.
KIND = "customer_report"

#: Most rejected rows in one workbook; nobody mends more than that by hand.
MOST = 50_000

#: Count of a batch -> what it is called.
_COUNTS = {
    "read": ("Luettuja rivejä", "Rows read"),
    "inserted": ("Uusia", "New"),
    "updated": ("Muuttuneita", "Changed"),
    "unchanged": ("Ennallaan", "Unchanged"),
    "duplicate": ("Saman rivin toistoja", "Repeats of the same row"),
    "suppressed": ("Ei oteta vastaan pyynnöstä", "Not taken on request"),
    "out_of_scope": ("Rajauksen ulkopuolella", "Out of scope"),
    "expired": ("Säilytysaika päättynyt", "Past their retention"),
    "quarantined": ("Hylättyjä rivejä", "Rows rejected"),
    "rejected_values": ("Pois jätettyjä tietoja", "Values left out"),
    "absent": ("Rekisteristä poistuneita", "Rows that are gone"),
}

_STATUSES = {
    "applied": ("Viety asiakastietokantaan", "Merged into the central register"),
    "held": ("Odottaa tarkistusta; mitään ei ole muutettu", "Waits to be looked at; nothing has been changed"),
    "released": ("Hyväksytty, viedään pian", "Released, about to be merged"),
    "discarded": ("Hylätty kokonaan; mitään ei ole muutettu", "Discarded as a whole; nothing has been changed"),
    "superseded": ("Uudempi toimitus on korvannut tämän", "A newer delivery has taken its place"),
    "failed": ("Ei voitu lukea; mitään ei ole muutettu", "Could not be read; nothing has been changed"),
}


_STOP_SUPPRESSED = (
    "Jättäkää pois henkilöt, joiden poistamisesta teille on ilmoitettu / "
    "Leave out the persons of whose erasure you were told"
)
_STOP_EXPIRED = (
    "Jättäkää pois rivit, joiden suhde tai voimassaolo on päättynyt kauan sitten / "
    "Leave out rows whose relation or validity ended long ago"
)


@dataclass(frozen=True)
class Report:
    """A finished report: the number it is recorded under, its bytes, and the rejected rows and values in it."""

    number: int
    content: bytes
    entries: int
    name: str


def make(work: Workplace, batch_id: int, *, by: str, reason: str) -> Report:
    """Renders the report of a batch for a named person, and records that it was asked for.

    Raises:
        NotFound: where there is no such batch or person.
        Refusal: where the rows have left quarantine, so that the report would be empty for the wrong reason.
    """
    with work.register.transaction() as connection:
        batch = batches.get(connection, batch_id)
        rejected = quarantine.rejected_rows(connection, batch_id, limit=MOST)
        kept = nights.kept_sending(connection, batch.business_date, source_id=batch.source_id)
        if not rejected and batch.counts["quarantined"] + batch.counts["rejected_values"]:
            raise Refusal(
                f"What batch {batch_id} did not take is not kept any more.",
                "Report a newer batch: mdo batch list. Rows that are still bad are rejected every night.",
            )
        about = f"batch {batch_id}"
        number = documents.record(connection, KIND, about, rows=len(rejected), by=by, reason=reason, on=work.today)
    content = workbook.render([_summary(batch, len(rejected), kept), _rows(batch, rejected), _columns(batch)])
    return Report(number, content, len(rejected), file_name(batch.source_name, batch.business_date, batch_id))


def file_name(source: str, business_date: date, batch_id: int) -> str:
    """What the workbook is called: ``satama-logistiikka_hr_2026-03-10_15.xlsx``."""
    return f"{source.replace('/', '_')}_{business_date}_{batch_id}{workbook.ENDING}"


def give_back(work: Workplace, source: Source, report: Report) -> str:
    """Puts a report into the source's return folder; its path there, relative to the location.

    Raises:
        Refusal: where the source has no return folder, or its location does not let us.
    """
    if source.return_to is None:
        raise Refusal(
            f"{source.name} names no folder for what goes back.",
            "Write return_to: into its source file, or name a file with --to.",
        )
    location = locations.at(source.location, work.inbox)
    try:
        return location.write(f"{source.return_to}/{report.name}", report.content)
    finally:
        location.close()


def keep(report: Report, path: Path) -> Path:
    """Writes a report into a file or a folder of this machine, for its reader alone; its path."""
    target = path / report.name if path.is_dir() else path
    workbook.save(report.content, target)
    return target


def _summary(batch: Batch, entries: int, kept: list[KeptSending]) -> Sheet:
    status = _STATUSES.get(batch.status, (batch.status, batch.status))
    rows: list[tuple[str, str, str | int]] = [
        ("Rekisteri", "Register", batch.description["title"]),
        ("Päivä", "Date", batch.business_date.isoformat()),
        ("Tiedosto", "File", batch.file_name or ""),
        ("Tila", "State", " / ".join(status)),
    ]
    rows += [(*_COUNTS[name], batch.counts[name]) for name in _COUNTS]
    if entries == MOST:
        rows.append(("Rivit-sivulla on vain osa", "Only some are on the sheet of rows", entries))
    for one in kept:
        rows += _reminder(one)
    return Sheet("Yhteenveto - Summary", ("Mitä", "What", ""), rows, (34, 34, 60))


def _reminder(kept: KeptSending) -> Iterator[tuple[str, str, str | int]]:
    """What is said of rows that are still sent: how many, never which (SUP-12)."""
    yield "Lähetätte yhä rivejä, joita emme saa säilyttää", "Rows you keep sending that we may not keep", ""
    if kept.suppressed:
        yield "– poistettu pyynnöstä", "– removed on request", kept.suppressed
        yield "  Mitä tehdä", "  What to do", _STOP_SUPPRESSED
    if kept.expired:
        yield "– säilytysaika päättynyt", "– past their retention", kept.expired
        yield "  Mitä tehdä", "  What to do", _STOP_EXPIRED


def _rows(batch: Batch, rejected: list[RejectedRow]) -> Sheet:
    heads = (
        "Rivi / Row",
        "Tunniste / Key",
        "Sarake / Column",
        "Pois jää / Left out",
        "Mitä löytyi",
        "Mitä odotetaan",
        "Miten korjataan",
        "What was found",
        "What is expected",
        "How to mend it",
        "Sääntö / Rule",
    )
    return Sheet("Rivit - Rows", heads, _told(batch, rejected), (11, 18, 22, 18, 38, 38, 44, 38, 38, 44, 20))


def _told(batch: Batch, rejected: list[RejectedRow]) -> Iterator[tuple[str | int | None, ...]]:
    key = " + ".join(batch.description["key"])
    for one in rejected:
        rule = rules.get(one.rule)
        fi, en = _expected(one.field)
        yield (
            one.row_number,
            one.key or "-",
            one.column or (key if one.rule.startswith("key.") else ""),
            "koko rivi / the row" if one.effect == ROW else "vain tieto / the value",
            rule.fi,
            fi,
            rule.mend_fi,
            rule.en,
            en,
            rule.mend_en,
            one.rule,
        )


def _expected(path: str) -> tuple[str, str]:
    """What a field's value should look like; empty where a whole row or list is concerned."""
    record, _, field = path.partition(".")
    return EXPECTED[RECORD_TYPES[record].field(field).kind] if field else ("", "")


def _columns(batch: Batch) -> Sheet:
    rows: list[tuple[str, str, str]] = []
    for name in batch.pulled.get("columns_used", []):
        rows.append((name, "luetaan", "read"))
    for name in batch.pulled.get("columns_missing", []):
        rows.append((name, "puuttuu tiedostosta", "not in the file"))
    for name in batch.pulled.get("columns_dropped", []):
        rows.append((name, "ei lueta eikä tallenneta", "neither read nor stored"))
    return Sheet("Sarakkeet - Columns", ("Sarake / Column", "Mitä tapahtuu", "What happens"), rows, (40, 34, 34))
