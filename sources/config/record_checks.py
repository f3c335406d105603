"""What the catalogue says about the mapping of records.

Belongs here: unknown records and fields, origins, required fields, and options that do not fit a field. Does not belong
here: the fields' own rules (see `schemas.records`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.catalogue import RECORD_TYPES, Field, RecordType
from schemas.records.base import Origin
from sources.config.base import Problem, closest
from sources.config.legal import Kind, RegisterType
from sources.config.mapping import FieldMapping, RecordMapping
from sources.config.snapshot import LogSnapshot

if TYPE_CHECKING:
    from sources.config.source import Source

#: RS-16: the record types that correspond to what a register is kept for.
CORRESPONDING: dict[RegisterType, tuple[str, ...]] = {
    RegisterType.HR_DIRECTORY: ("person", "employment", "competence", "certificate"),
    RegisterType.CONTACT_DIRECTORY: ("person", "company", "employment"),
    RegisterType.COMPANY_REGISTER: ("company", "person", "employment"),
    RegisterType.COMPETENCE_REGISTER: ("person", "employment", "competence", "certificate"),
    RegisterType.CONTRACT_REGISTER: ("company", "contract"),
    RegisterType.RECEIVABLES_REGISTER: ("company", "billing"),
    RegisterType.IDENTITY_DIRECTORY: ("person", "employment", "account"),
    RegisterType.APPLICATION: (
        *("account", "person", "competence", "certificate", "channel_choice", "marketing_choice"),
        *("necessity_event", "location", "action", "message"),
    ),
    RegisterType.LEDGER: ("company", "billing", "invoice", "collection"),
    RegisterType.CRM: ("company", "contract"),
}

#: What MDO Group keeps itself; every other type is a customer's.
OWN_TYPES = frozenset({RegisterType.APPLICATION, RegisterType.LEDGER, RegisterType.CRM})

#: RS-06: what each kind of source may supply.
ORIGINS: dict[Kind, frozenset[Origin]] = {
    Kind.CUSTOMER_REGISTER: frozenset({Origin.CUSTOMER_REGISTER}),
    Kind.OWN_SERVICE: frozenset({Origin.SELF_REPORTED, Origin.SERVICE_GENERATED, Origin.OPERATOR}),
}

#: Option of a field mapping -> the kind of value it goes with.
_OPTION_KINDS = {"take": "name", "region": "phone", "country": "phone", "formats": "date"}


def possible_origins(kind: Kind, field: Field) -> frozenset[Origin]:
    """Who may have given the field's values in a source of that kind."""
    return ORIGINS[kind] & field.origins


def problems(source: Source) -> Iterator[Problem]:
    """Everything that is wrong with ``records:``."""
    if (source.register_type in OWN_TYPES) != (source.kind is Kind.OWN_SERVICE):
        types = [kind.value for kind in RegisterType if (kind in OWN_TYPES) == (source.kind is Kind.OWN_SERVICE)]
        yield Problem(("register_type",), f"a {source.kind} is one of {', '.join(types)} (RS-16)")
    for position, (name, several) in enumerate(source.records.items()):
        at: tuple[str | int, ...] = ("records", name)
        record = RECORD_TYPES.get(name)
        if record is None:
            yield Problem(at, f"unknown record type {name!r}; {closest(name, RECORD_TYPES)}")
            continue
        fitting = CORRESPONDING[source.register_type]
        if name not in fitting:
            text = (
                f"a {source.register_type} does not correspond to {name} records (RS-16); it gives {', '.join(fitting)}"
            )
            yield Problem(at, text)
        if position == 0 and record.part is not None:
            yield Problem(at, f"is no main record, as a row may give several; list {_main(name)} first")
        if record.of is not None and record.of not in source.records:
            yield Problem(at, f"{name} records hang on {_a(record.of)}; map {record.of} too")
        yield from _event(source, record, at)
        yield from _one_origin(source, record, several, at)
        if len(several) > 1 and record.part is None:
            yield Problem(at, f"a row gives one {name} record; write one mapping, not a list")
        for index, mapping in enumerate(several):
            yield from _mapping(source, record, mapping, (*at, index))
        yield from _alike(record, several, at)


def _main(name: str) -> str:
    return RECORD_TYPES[name].of or "another record type"


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _event(source: Source, record: RecordType, at: tuple[str | int, ...]) -> Iterator[Problem]:
    """Events happen once: they come as a log, alone, and nothing else does."""
    if record.happened is not None and len(source.records) > 1:
        yield Problem(at, f"a row that gives {_a(record.name)} gives nothing else; take the other record types out")
    if (record.happened is not None) != isinstance(source.snapshot, LogSnapshot):
        told = (
            "happen once and are never gone: write snapshot: {type: log}"
            if record.happened
            else "have a state that changes, and no log tells it: write snapshot: {type: full} or {type: changes, …}"
        )
        yield Problem(at, f"{record.name} records {told}")


def _one_origin(
    source: Source, record: RecordType, several: tuple[RecordMapping, ...], at: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A record says who supplied it, and so has one origin in all its fields."""
    origins: set[Origin | None] = set()
    for mapping in several:
        for name, how in mapping.items():
            if name in record.field_names:
                possible = possible_origins(source.kind, record.field(name))
                origins |= {how.origin} if len(possible) > 1 else possible
    if len(origins - {None}) > 1:
        yield Problem(at, f"{record.name} has fields of several origins; a record has one, so write two sources")


def _mapping(
    source: Source, record: RecordType, mapping: RecordMapping, at: tuple[str | int, ...]
) -> Iterator[Problem]:
    for name, how in mapping.items():
        if name not in record.field_names:
            yield Problem((*at, name), f"{record.name} has no field {name!r}; {closest(name, record.field_names)}")
            continue
        field = record.field(name)
        yield from _origin(source.kind, field, how, (*at, name))
        if not field.default_on and how.because is None:
            text = f'{field.path} is off by default; say why it is needed: {{column: …, because: "…"}}'
            yield Problem((*at, name), text)
        for option, kind in _OPTION_KINDS.items():
            if getattr(how, option) is not None and field.kind != kind:
                yield Problem((*at, name, option), f"goes with a field of kind {kind}; {field.path} is a {field.kind}")
        if how.take is not None and name not in ("first_name", "last_name"):
            yield Problem((*at, name, "take"), "goes with first_name and last_name")
        if how.split is not None and name != record.part:
            told = f"only {record.name}.{record.part} may be split" if record.part else "a row gives one such record"
            yield Problem((*at, name, "split"), f"{told}; take split out")
    for field in record.fields:
        if field.required and field.name not in mapping:
            yield Problem(at, f"{field.path} is required; map a column to it")
    if record.part is not None and not any(how.column for how in mapping.values()):
        text = f"with constants alone each row would hold this {record.name}; map at least one column"
        yield Problem(at, text)


def _origin(kind: Kind, field: Field, how: FieldMapping, at: tuple[str | int, ...]) -> Iterator[Problem]:
    possible = possible_origins(kind, field)
    if not possible:
        text = (
            f"{field.path} comes from {_listed(field.origins)} only, and a {kind} supplies {_listed(ORIGINS[kind])} "
            "(RS-06, MIN-03); take the field out"
        )
        yield Problem(at, text)
    elif how.origin is not None and how.origin not in possible:
        yield Problem((*at, "origin"), f"in a {kind} the origin of {field.path} is {_listed(possible)}")
    elif how.origin is None and len(possible) > 1:
        yield Problem(at, f"{field.path} has several origins; write origin: {_listed(possible)}")


def _alike(record: RecordType, several: tuple[RecordMapping, ...], at: tuple[str | int, ...]) -> Iterator[Problem]:
    """Parts of one row are cleaned together, so a field is read in one way in all of them."""
    for name in record.field_names:
        hows = [mapping[name] for mapping in several if name in mapping]
        for option in ("origin", "formats"):
            if len({getattr(how, option) for how in hows}) > 1:
                yield Problem(
                    at, f"{record.name}.{name} has different {option} in different parts; write the same in each"
                )


def _listed(origins: frozenset[Origin]) -> str:
    return " or ".join(sorted(origins))
