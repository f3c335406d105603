"""Nobody who was erased comes in: the check of rows as they are read, before anything of them is stored (SUP-05).

Belongs here: what a source's columns say of its rows' persons, and taking those out who are on the list. Does not
belong here: the list and what a hit means (`register.suppression`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from assets.scan import blank
from register.suppression import entries, screen
from register.suppression.keys import OWN
from register.suppression.screen import Place, Screen
from register.suppression.staged import PERSONAL
from register.suppression.vault import Vault
from schemas import findings
from schemas.canonical import TRAITS
from schemas.catalogue import RECORD_TYPES
from schemas.values import CLEANERS
from schemas.values.key import clean_key
from sources.config import Role, Source
from sources.mapping import field_values


@dataclass(frozen=True)
class Checked:
    """Rows that were checked.

    Attributes:
        out: which of them stay out; nothing of them is kept but their number.
        parts: which go on without their person.
        waiting: which go to quarantine; of their cells only the key is kept.
        marketing: row number -> since when marketing is off for its person.
        findings: of those in quarantine.
        contacts: which go on without the key of their billing contact.
    """

    out: np.ndarray
    parts: np.ndarray
    waiting: np.ndarray
    marketing: dict[int, Any]
    findings: list[pd.DataFrame]
    contacts: np.ndarray

    def part(self, start: int, end: int) -> Checked:
        """Those of some of the rows, by their places; findings and marketing are the whole's."""
        names = ("out", "parts", "waiting", "contacts")
        return replace(self, **{name: getattr(self, name)[start:end] for name in names}, findings=[])

    @property
    def partly(self) -> np.ndarray:
        """Which go on without something that they say of a person."""
        return self.parts | self.contacts

    @property
    def any(self) -> bool:
        """Whether anybody was found."""
        return bool(self.out.any() or self.partly.any() or self.waiting.any())


class Doorkeeper:
    """Checks the rows of one source.

    Args:
        connection: of the transaction in which the list is read.
        connect: gives the connection once it is free.
        keep: whether anything may be written down.
        whole: whether the rows are persons'; told by the description unless it has lost its order.
    """

    def __init__(
        self,
        connection: Any,
        vault: Vault | None,
        source: Source,
        source_id: int,
        customer_id: int,
        connect: Callable[[], Any],
        *,
        keep: bool = True,
        whole: bool | None = None,
    ) -> None:
        self._source = source
        listing = entries.load(connection, vault, controller_of(source, customer_id))
        self.version = listing.version
        place = Place(source.customer, source.name, source_id, of_persons(source) if whole is None else whole)
        self._screen = Screen(listing, place, connect, keep=keep)
        self._personal = personal_columns(source)
        self._contacts = contact_columns(source)
        self._registers = entries.registers_beside(connection, source_id) if self._contacts else []

    def check(self, rows: pa.Table, numbers: np.ndarray) -> Checked:
        """Which rows are of persons on the list.

        Args:
            rows: raw text of every wanted column.
        """
        nobody = np.zeros(rows.num_rows, dtype=bool)
        if not self._screen.asks or not rows.num_rows:
            return Checked(nobody, nobody, nobody, {}, [], nobody)
        frame = rows.to_pandas()
        contacts = self._erased_contacts(frame)
        found = self._screen.judge(traits(self._source, frame))
        if found.empty:
            return Checked(nobody, nobody, nobody, {}, [], contacts)

        def where(*verdicts: str) -> np.ndarray:
            mask = nobody.copy()
            mask[found.index[found["verdict"].isin(verdicts)]] = True
            return mask

        waiting = [findings.of(numbers[where(rule)], "", rule, findings.ROW) for rule in (screen.CONFLICT, screen.WEAK)]
        marketing = {int(numbers[at]): since for at, since in found["marketing"].dropna().items()}
        out, parts, held = where(screen.OUT), where(screen.PART), where(screen.CONFLICT, screen.WEAK)
        return Checked(out, parts, held, marketing, waiting, contacts)

    def _erased_contacts(self, frame: pd.DataFrame) -> np.ndarray:
        hit = np.zeros(len(frame), dtype=bool)
        for name in self._contacts:
            keys = CLEANERS["code"](frame[name], missing=list(self._source.read.missing)).values
            hit |= self._screen.contacts(keys, self._registers).to_numpy(dtype=bool)
        return hit

    def without_persons(self, rows: pa.Table, checked: Checked) -> pa.Table:
        """The rows with what they say of persons who stay out emptied."""
        for names, hit in ((self._personal, checked.parts), (self._contacts, checked.contacts)):
            for name in names:
                rows = blank(rows, name, hit)
        return rows

    def withheld(self, checked: Checked) -> dict[str, np.ndarray]:
        """Per column a mask of the cells of which nothing may be kept anywhere."""
        masks = dict.fromkeys(self._personal, checked.parts | checked.waiting)
        masks |= dict.fromkeys(self._contacts, checked.contacts | checked.waiting)
        said = {*self._source.key, *masks}
        others = [name for name in self._source.wanted_columns if name not in said]
        return masks | dict.fromkeys(others, checked.waiting) if checked.any else {}


def controller_of(source: Source, customer_id: int) -> int:
    """Whose list counts: MDO Group's own, or that of the customer for whom we process."""
    return OWN if source.role is Role.CONTROLLER else customer_id


def of_persons(source: Source) -> bool:
    """Whether each row of the register is a person's."""
    return next(iter(source.records)) in PERSONAL


def personal_columns(source: Source) -> list[str]:
    """The columns that say something of a row's person and nothing else that the register takes."""
    said: dict[str, set[str]] = {}
    for record, _, how in source.fields():
        for column in (how.column, how.country):
            if column:
                said.setdefault(column, set()).add(record)
    kept = {*source.key, *source.rule_columns}
    return [name for name, records in said.items() if records <= set(PERSONAL) and name not in kept]


def contact_columns(source: Source) -> list[str]:
    """The columns that give the key of a company's billing contact."""
    named = {how.column for record, field, how in source.fields() if (record, field) == ("billing", "billing_contact")}
    return sorted(name for name in named if name and name not in {*source.key, *source.rule_columns})


def traits(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    """What rows say of their persons, cleaned as for the register.

    Args:
        frame: raw text of every wanted column; a RangeIndex.
    """
    known: dict[str, pd.Series] = {"key": clean_key(frame[list(source.key)])}
    wanted = {(record, field) for record in PERSONAL for field in TRAITS}
    for (record, field), raw, options in field_values(source, frame, wanted):
        kind = RECORD_TYPES[record].field(field).kind
        if kind == "phone" and options.get("region") is None:
            options = {**options, "region": "FI"}
        values = CLEANERS[kind](raw, missing=list(source.read.missing), **options).values
        known[field] = known[field].fillna(values) if field in known else values
    return pd.DataFrame(known, index=frame.index)
