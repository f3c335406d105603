"""The description of one customer register.

Belongs here: the whole of a source file, and what can be asked of it. Does not belong here: its parts and the rules
between them (see the neighbouring modules), or the register's rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.errors import SourceRefused
from schemas.records.base import Origin
from sources import path_template
from sources.config import api_checks, attestation_checks, checks, location_checks
from sources.config.attestations import Employees, Positioning
from sources.config.base import Column, Part, Slug, Text, report
from sources.config.countries import HostingCountry
from sources.config.employer import Employer
from sources.config.filter import Active, ActiveEnds, RowFilter
from sources.config.forbidden import forbidden
from sources.config.guards import Guards
from sources.config.legal import Kind, LegalBasis, Owner, RegisterType, Role, Validity
from sources.config.location import InboxLocation, Location
from sources.config.mapping import FieldMapping, RecordMapping, RecordMappings, Waiver
from sources.config.snapshot import ChangesSnapshot, FullSnapshot, Marker, ScopedSnapshot, Snapshot
from sources.readers.api.settings import ApiRead
from sources.readers.csv_settings import CsvRead
from sources.readers.excel_settings import ExcelRead


def _stays_inside(value: str) -> str:
    if value.startswith(("/", "~", "\\")) or ":" in value or ".." in value.replace("\\", "/").split("/"):
        raise ValueError("write a folder below the inbox, such as done")
    return value.rstrip("/")


#: A folder below the location.
Folder = Annotated[Text, AfterValidator(_stays_inside)]


class Move(Part):
    """After a complete read the file goes to another folder."""

    move: Folder = Field(description="Folder, relative to the location.")


def _is_move(value: Any) -> str:
    return "move" if isinstance(value, dict | Move) else "word"


AfterRead = Annotated[
    Annotated[Literal["keep", "delete"], Tag("word")] | Annotated[Move, Tag("move")], Discriminator(_is_move)
]


def _kind_of_reading(value: Any) -> Any:
    return value.get("type", "csv") if isinstance(value, dict) else getattr(value, "type", None)


#: How the register is read, told by ``type``; without one it is csv.
Read = Annotated[
    Annotated[CsvRead, Tag("csv")] | Annotated[ExcelRead, Tag("excel")] | Annotated[ApiRead, Tag("api")],
    Discriminator(_kind_of_reading),
]


class Source(Part):
    """One customer register: what it is, by what right it is read, how, and which fields its columns fill."""

    customer: Slug = Field(description="Short name of the customer: small letters, digits and hyphens.")
    register_name: Slug = Field(
        alias="register", description="Short name of the register; with the customer it names the source."
    )
    title: Text = Field(description="What people call the register.")
    kind: Kind = Field(description="customer_register, or own_service for MDO Group's own application, ledger and CRM.")
    register_type: RegisterType = Field(description="What it is kept for; the record types it gives must correspond.")
    valid: Validity = Field(description="Days on which it may be read; outside them nothing is.")
    contract: Text = Field(description="Number of the customer's contract with MDO Group.")
    role: Role = Field(description="Whether MDO Group is controller or processor of the data.")
    processing_agreement: Text | None = Field(default=None, description="Number of the processing agreement.")
    legal_basis: LegalBasis = Field(description="The legal basis of the processing.")
    employees: Employees | None = Field(
        default=None, description="What the customer attests of its employees' data; asked for where MDO is processor."
    )
    positioning: Positioning | None = Field(
        default=None, description="By what right locations are stored; asked for by location records."
    )
    owner: Owner = Field(description="The customer's contact for the register.")
    hosting_country: HostingCountry = Field(description="Country where the register is hosted: EU or EEA only.")
    schedule: str = Field(
        default="01:30",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="Local time (Europe/Helsinki) of its nightly sync.",
    )
    snapshot: Snapshot = Field(default=FullSnapshot(), description="What it means that a row is not in the file.")
    history: bool = Field(
        default=False, description="Whether files of earlier dates can still be had; if not, only today's."
    )
    location: Location = Field(
        default=InboxLocation(),
        description="Where its file lies: inbox, sftp, s3 or https; read.path is relative to it.",
    )
    read: Read = Field(description="Where the register is and how it is written.")
    key: tuple[Column, ...] = Field(min_length=1, description="The columns that together tell one row from all others.")
    modified: Column | None = Field(default=None, description="The column that says when the row was last changed.")
    filter: RowFilter = Field(
        default=RowFilter(), description="Rows that are read; the rest are counted as out of scope."
    )
    active: Active | None = Field(
        default=None, description="What shows that the relation with the person or company lasts."
    )
    employer: Employer = Field(default=Employer(), description="Whose people the register may hold.")
    priority: int = Field(
        default=0,
        ge=-100,
        le=100,
        description="Whose word counts where registers that both show a person differ: that of the higher number.",
    )
    records: dict[str, RecordMappings] = Field(
        min_length=1,
        description="Which columns fill which fields. The first record type is the main one: each row gives one.",
    )
    waivers: tuple[Waiver, ...] = Field(
        default=(), description="Leave to use columns whose names are forbidden, or to take what detectors find."
    )
    work_contacts_only: bool = Field(
        default=False, description="Whether it is to hold no private mailboxes: they are then left out, not just noted."
    )
    protected: Marker | None = Field(
        default=None,
        description="What marks persons under turvakielto: their rows stay out, and nothing of the mark is kept.",
    )
    guards: Guards = Field(
        default=Guards(), description="Limits beyond which a night waits for a person to release it."
    )
    after_read: AfterRead = Field(
        default="keep", description="What becomes of the file: keep, delete or {move: folder}."
    )
    return_to: Folder | None = Field(
        default=None, description="Folder, relative to the location, for reports of rejected rows (mdo batch report)."
    )
    landed_days: int = Field(
        default=7, ge=0, le=7, description="Days for which the landed copy is kept; 0: none is kept."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Source:
        report(
            [
                *checks.all_problems(self),
                *attestation_checks.problems(self),
                *api_checks.problems(self),
                *location_checks.problems(self),
            ]
        )
        return self

    @property
    def register(self) -> str:  # as a field it would hide `ABCMeta.register`, of which pydantic warns
        """Short name of the register."""
        return self.register_name

    @property
    def name(self) -> str:
        """``customer/register``, the source's one name everywhere."""
        return f"{self.customer}/{self.register_name}"

    @property
    def record_types(self) -> list[RecordType]:
        """The record types it gives, the main one first."""
        return [RECORD_TYPES[name] for name in self.records]

    @property
    def document(self) -> dict[str, Any]:
        """The description as plain JSON values, with the keys of the source file."""
        return self.model_dump(mode="json", by_alias=True)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the description; comments, blanks and the order of keys outside records do not count."""
        document = self.document
        document["records"] = list(document["records"].items())
        return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def mappings(self) -> Iterator[tuple[str, RecordMapping]]:
        """Each record mapping with its record type's name, in written order."""
        for record, several in self.records.items():
            for mapping in several:
                yield record, mapping

    def fields(self) -> Iterator[tuple[str, str, FieldMapping]]:
        """Each mapped field: record type, field name, mapping; a field that fills several parts comes several times."""
        for record, mapping in self.mappings():
            for field, how in mapping.items():
                yield record, field, how

    @property
    def origins(self) -> dict[str, Origin]:
        """Mapped field (``record.field``) -> who gave its values (RS-06)."""
        return {
            f"{record}.{field}": checks.origin_of(self.kind, RECORD_TYPES[record].field(field), how)
            for record, field, how in self.fields()
        }

    @property
    def record_origins(self) -> dict[str, str]:
        """Record type -> who supplied its records (RS-06)."""
        return {path.partition(".")[0]: origin.value for path, origin in self.origins.items()}

    @property
    def turn(self) -> int:
        """Its place among the sources of one night, the lowest first.

        Customers' registers come first, then what MDO's own service knows of accounts and tasks, then the events that
        name them.
        """
        if self.kind is Kind.CUSTOMER_REGISTER:
            return 0
        return 2 if any(record.happened for record in self.record_types) else 1

    @property
    def wanted_columns(self) -> list[str]:
        """Every column that may be read, in the order of first use; no other is ever stored."""
        return checks.used_columns(self)

    @property
    def required_columns(self) -> list[str]:
        """The columns without which the file is refused: those of the key, of required fields, and of row rules."""
        required = {
            how.column
            for record, field, how in self.fields()
            if how.column and RECORD_TYPES[record].field(field).required
        }
        required.update(self.key, self.rule_columns)
        if self.protected is not None:
            required.add(self.protected.column)
        return [column for column in self.wanted_columns if column in required]

    @property
    def leave(self) -> set[tuple[str, str]]:
        """Column and rule of what detectors may find there (see `waivers`)."""
        return {(waiver.column, waiver.rule) for waiver in self.waivers if waiver.rule is not None}

    @property
    def rule_columns(self) -> list[str]:
        """The columns that filter, active and snapshot look at."""
        columns = [condition.column for condition in (*self.filter.include, *self.filter.exclude)]
        if self.active is not None:
            columns.append(self.active.ends if isinstance(self.active, ActiveEnds) else self.active.column)
        if isinstance(self.snapshot, ScopedSnapshot):
            columns.append(self.snapshot.column)
        if isinstance(self.snapshot, ChangesSnapshot) and self.snapshot.deleted is not None:
            columns.append(self.snapshot.deleted.column)
        return list(dict.fromkeys(columns))

    @property
    def needed_waivers(self) -> list[Waiver]:
        """The waivers without which it may not be read."""
        used = set(self.wanted_columns)
        return [one for one in self.waivers if one.column in used and (one.rule is not None or forbidden(one.column))]

    def reads_on(self, business_date: date, *, today: date | None = None) -> None:
        """Make sure that the register may be read for that date.

        Args:
            today: the day of the reading, where it is another one: leave that has ended since is no leave.

        Raises:
            SourceRefused: outside the days of ``valid``, or where a waiver that is needed has run out.
        """
        day = max(business_date, today or business_date)
        if not self.valid.holds(business_date):
            raise SourceRefused(
                f"{self.name} may not be read for {business_date}: its description is valid from {self.valid.first}"
                + (f" to {self.valid.last}." if self.valid.last else "."),
                "Renew the agreement and its description, or choose another date.",
            )
        if self.positioning is not None and self.positioning.dpia_review_on < day:
            raise SourceRefused(
                f"{self.name}: the impact assessment {self.positioning.dpia} was to be reviewed by "
                f"{self.positioning.dpia_review_on}.",
                "Review it, then write the next day of review into the source file; until then no location is read.",
            )
        for waiver in self.needed_waivers:
            if waiver.until < day:
                raise SourceRefused(
                    f"{self.name}: the waiver for column {waiver.column!r} ran out on {waiver.until}.",
                    "Look again at what the column holds, then renew the waiver or take the column out.",
                )

    @property
    def dated(self) -> bool:
        """Whether the date decides what is read: its path has one. An API is believed to know."""
        return isinstance(self.read, ApiRead) or path_template.is_dated(self.read.path)

    def accepts_date(self, business_date: date, today: date) -> bool:
        """Whether the register can tell what it was on that date: without history it only knows today.

        Args:
            today: the local date (Europe/Helsinki) of the moment.
        """
        return self.history or business_date == today
