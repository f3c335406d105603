"""The one catalogue: every record type, every field, with meaning, class, origins, purpose and retention rule.

Belongs here: reading the record models into plain descriptions that the other floors ask (allow-lists, column schemas,
tables, documents). Does not belong here: a field's rules themselves; they stand in `schemas.records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.records.account import Account
from schemas.records.action import Action
from schemas.records.base import DataClass, Origin, Purpose, RecordModel
from schemas.records.billing import Billing
from schemas.records.certificate import Certificate
from schemas.records.channel_choice import ChannelChoice
from schemas.records.collection import Collection
from schemas.records.company import Company
from schemas.records.competence import Competence
from schemas.records.contract import Contract
from schemas.records.employment import Employment
from schemas.records.invoice import Invoice
from schemas.records.location import Location
from schemas.records.marketing_choice import MarketingChoice
from schemas.records.message import Message
from schemas.records.necessity_event import NecessityEvent
from schemas.records.person import Person

#: The data groups of the register description, and what each is about.
GROUPS = {
    "G1": ("Perustiedot", "Persons and companies"),
    "G2": ("Laskutus ja perintä", "Billing and collection"),
    "G3": ("Asiakkuus ja sopimukset", "Customership and contracts"),
    "G4": ("Käyttäjätunnukset", "User accounts"),
    "G5": ("Sijainti", "Location"),
    "G6": ("Toimenpidehistoria", "Action history"),
    "G7": ("Viestihistoria", "Message history"),
    "G8": ("Osaaminen", "Competences"),
}

#: Kind of value -> type of its column; text where a kind is not named.
_SQL_TYPES = {
    "date": "date",
    "timestamp": "timestamptz",
    "number": "smallint",
    "count": "integer",
    "boolean": "boolean",
    "money": "numeric(14,2)",
    "latitude": "numeric(8,5)",
    "longitude": "numeric(8,5)",
    "ip_network": "cidr",
}


@dataclass(frozen=True)
class Field:
    """One field of a record type, as documents and tables need it."""

    record: str
    name: str
    kind: str
    fi: str
    en: str
    data_class: DataClass
    origins: frozenset[Origin]
    purposes: frozenset[Purpose]
    required: bool
    default_on: bool
    max_length: int | None
    retention: str
    fades: bool

    @property
    def path(self) -> str:
        """``record.field``, the field's one name everywhere."""
        return f"{self.record}.{self.name}"

    @property
    def sql_type(self) -> str:
        """The PostgreSQL type of the field's column."""
        return _SQL_TYPES.get(self.kind, "text")


@dataclass(frozen=True)
class RecordType:
    """One kind of record that a source row can give.

    Attributes:
        group: the data group of the register description (G1 to G8).
        table: its table in the schema ``register``.
        part: the field that tells several records of one row apart, or None where a row gives at most one.
        retention: the id of its one retention rule.
        of: the record type that it hangs on in the same row, or None where it stands alone.
        happened: of an event, the field that says when; its table is parted by it. Events name the account they are of
            by ``user_id``.
        parted_by: day or month, the span of one partition of an event's table.
    """

    name: str
    group: str
    table: str
    model: type[RecordModel]
    part: str | None
    retention: str
    of: str | None = None
    happened: str | None = None
    parted_by: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields in declared order."""
        return _fields(self.name)

    @property
    def field_names(self) -> list[str]:
        """The names of the fields in declared order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return {field.name: field for field in self.fields}[name]


_TYPES = (
    RecordType("company", "G1", "company_record", Company, None, "R1"),
    RecordType("person", "G1", "person_record", Person, None, "R1"),
    RecordType("employment", "G1", "employment", Employment, None, "R1", of="person"),
    RecordType("billing", "G2", "billing", Billing, None, "R1", of="company"),
    RecordType("invoice", "G2", "invoice", Invoice, None, "R2a"),
    RecordType("collection", "G2", "collection", Collection, None, "R2c", of="invoice"),
    RecordType("contract", "G3", "contract", Contract, None, "R3"),
    RecordType("account", "G4", "account", Account, None, "R4b"),
    RecordType("channel_choice", "G3", "channel_choice", ChannelChoice, "channel", "R3b", of="account"),
    RecordType("marketing_choice", "G3", "marketing_choice", MarketingChoice, None, "R3b", of="account"),
    RecordType("necessity_event", "G5", "necessity_event", NecessityEvent, None, "R5"),
    RecordType("location", "G5", "location", Location, None, "R5", happened="observed_at", parted_by="day"),
    RecordType("action", "G6", "action", Action, None, "R6", happened="occurred_at", parted_by="month"),
    RecordType("message", "G7", "message", Message, None, "R7", happened="sent_at", parted_by="month"),
    RecordType("competence", "G8", "competence", Competence, "skill_code", "R8", of="person"),
    RecordType("certificate", "G8", "certificate", Certificate, "cert_code", "R8", of="person"),
)

#: Every record type by name, in the order in which they are merged.
RECORD_TYPES: dict[str, RecordType] = {record.name: record for record in _TYPES}


@cache
def _fields(record_name: str) -> tuple[Field, ...]:
    record = RECORD_TYPES[record_name]
    columns = record.model.to_schema().columns
    return tuple(
        Field(record=record_name, name=name, retention=record.retention, **column.metadata)
        for name, column in columns.items()
    )


def all_fields() -> list[Field]:
    """Every field of every record type."""
    return [field for record in RECORD_TYPES.values() for field in record.fields]
