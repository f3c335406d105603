"""The one catalogue: every record type, every field, with meaning, class, origins, purpose and retention rule.

Belongs here: reading the record models into plain descriptions that the other floors ask (allow-lists, column schemas,
tables, documents). Does not belong here: a field's rules themselves; they stand in `schemas.records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.records.base import DataClass, Origin, Purpose, RecordModel
from schemas.records.certificate import Certificate
from schemas.records.company import Company
from schemas.records.competence import Competence
from schemas.records.employment import Employment
from schemas.records.person import Person


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

    @property
    def path(self) -> str:
        """``record.field``, the field's one name everywhere."""
        return f"{self.record}.{self.name}"

    @property
    def sql_type(self) -> str:
        """The PostgreSQL type of the field's column."""
        return {"date": "date", "number": "smallint"}.get(self.kind, "text")


@dataclass(frozen=True)
class RecordType:
    """One kind of record that a source row can give.

    Attributes:
        group: the data group of the register description (G1 to G8).
        table: its table in the schema ``register``.
        part: the field that tells several records of one row apart, or None where a row gives at most one.
        retention: the id of its one retention rule.
    """

    name: str
    group: str
    table: str
    model: type[RecordModel]
    part: str | None
    retention: str

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
    RecordType("employment", "G1", "employment", Employment, None, "R1"),
    RecordType("competence", "G8", "competence", Competence, "skill_code", "R8"),
    RecordType("certificate", "G8", "certificate", Certificate, "cert_code", "R8"),
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
