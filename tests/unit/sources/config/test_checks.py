"""Rules between the parts of a description: law, catalogue, columns, employer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.catalogue import RECORD_TYPES, Field
from schemas.records.base import Origin
from sources.config import FieldMapping, Kind, Source, record_checks

Describe = Callable[..., Source]
OWN = {"business_ids": ["1234567-1"]}


def refused(describe: Describe, says: str, **changes: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        describe(**changes)
    texts = " | ".join(error["msg"] for error in caught.value.errors())
    assert says in texts


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": "processor"}, "processing agreement (F4)"),
        ({"legal_basis": {"code": "consent", "reference": "S-1"}}, "(F3)"),
        ({"legal_basis": {"code": "contract", "reference": "S-1"}}, "(F2)"),
        ({"kind": "own_service", "legal_basis": {"code": "contract", "reference": "S-1"}}, "(F2)"),
    ],
)
def test_law(describe: Describe, changes: dict[str, Any], says: str) -> None:
    refused(describe, says, **changes)


def test_a_contract_is_a_basis_where_no_person_is_mapped(describe: Describe) -> None:
    basis = {"code": "contract", "reference": "S-1"}
    companies = {"company": {"company_name": "Yritys"}}
    assert describe(legal_basis=basis, records=companies, register_type="company_register").role == "controller"


def test_a_processor_with_an_agreement(describe: Describe) -> None:
    employees = {"collected": "from_employee", "necessity": {"person": "Shift lists name them"}}
    source = describe(role="processor", processing_agreement="DPA-1", employees=employees)
    assert source.processing_agreement == "DPA-1"


COMPETENCE = {"skill_code": "Taidot"}
COMPANY = {"company_name": "Yritys"}
PERSON = {"last_name": "Sukunimi"}
BECAUSE = {"column": "Nimike", "because": "Shown in the shift list"}


@pytest.mark.parametrize(
    ("records", "says"),
    [
        ({"persn": PERSON}, "did you mean 'person'?"),
        ({"person": PERSON | {"fist_name": "E"}}, "did you mean 'first_name'?"),
        ({"person": {"first_name": "E"}}, "person.last_name is required"),
        ({"person": PERSON, "company": COMPANY}, "(RS-16)"),
        ({"competence": COMPETENCE, "person": PERSON}, "list person first"),
        ({"employment": {"employee_number": "Nro"}}, "hang on a person"),
        ({"person": [PERSON, PERSON]}, "one person record"),
        ({"person": PERSON, "employment": {"job_title": "Nimike"}}, "off by default"),
        ({"person": {"last_name": {"column": "S", "split": ","}}}, "take split out"),
        ({"person": PERSON, "competence": COMPETENCE | {"level": {"column": "T", "split": ","}}}, "only competence"),
        ({"person": PERSON | {"work_email": {"column": "S", "region": "FI"}}}, "kind phone"),
        ({"person": PERSON | {"work_email": {"column": "S", "take": "last_name"}}}, "kind name"),
        ({"person": PERSON | {"work_email": {"column": "S", "formats": ["%d"]}}}, "kind date"),
        ({"person": PERSON, "certificate": {"cert_code": {"constant": "EA1"}}}, "each row would hold"),
        ({"person": PERSON | {"work_email": {}}}, "either a column or a constant"),
        ({"person": PERSON | {"work_email": {"column": "a", "constant": "b"}}}, "either a column or a constant"),
        ({"person": PERSON | {"notice_language": {"constant": "fi", "map": {"a": "b"}}}}, "not with a constant"),
        ({"person": {"last_name": {"column": "N", "order": "last_first"}}}, "goes with take"),
        ({"person": PERSON | {"notice_language": {"column": "K", "map": {"FI": "fi", "fi ": "sv"}}}}, "two keys"),
        ({"person": PERSON | {"work_email": {"column": "S", "origin": "self_reported"}}}, "the origin of"),
        (
            {
                "person": PERSON,
                "certificate": [
                    {"cert_code": {"constant": "A"}, "valid_until": {"column": "A", "formats": ["%d/%m/%Y"]}},
                    {"cert_code": {"constant": "B"}, "valid_until": "B"},
                ],
            },
            "different formats",
        ),
        ({}, "at least 1"),
    ],
)
def test_records(describe: Describe, records: dict[str, Any], says: str) -> None:
    refused(describe, says, records=records, employer=OWN)


def test_a_field_that_is_off_by_default_with_a_reason(describe: Describe) -> None:
    source = describe(records={"person": PERSON, "employment": {"job_title": BECAUSE}}, employer=OWN)
    assert source.origins == {
        "person.last_name": Origin.CUSTOMER_REGISTER,
        "employment.job_title": Origin.CUSTOMER_REGISTER,
    }


def test_corresponding_record_types_cover_the_catalogue() -> None:
    """RS-16: each record type may come from some register, and no register names an unknown one."""
    named = {name for names in record_checks.CORRESPONDING.values() for name in names}
    assert named == set(RECORD_TYPES)


def minimal(record: str) -> dict[str, str]:
    """A mapping of all that a record needs."""
    fields = RECORD_TYPES[record].fields
    return {field.name: f"S {field.name}" for field in fields if field.required} or {fields[0].name: "S"}


@pytest.mark.parametrize("register_type", list(record_checks.CORRESPONDING))
def test_every_other_record_type_is_refused(describe: Describe, register_type: str) -> None:
    for name in set(RECORD_TYPES) - set(record_checks.CORRESPONDING[register_type]):
        main = (
            {"company": COMPANY} if register_type in ("company_register", "contract_register") else {"person": PERSON}
        )
        refused(describe, "RS-16", records=main | {name: minimal(name)}, register_type=register_type, employer=OWN)


def field_of(origins: set[Origin]) -> Field:
    person = RECORD_TYPES["person"].field("work_email")
    return Field(**{**vars(person), "origins": frozenset(origins)})


@pytest.mark.parametrize(
    ("kind", "origins", "stated", "says"),
    [
        ("customer_register", {Origin.SERVICE_GENERATED, Origin.OPERATOR}, None, "(RS-06, MIN-03)"),
        ("customer_register", {Origin.SELF_REPORTED}, None, "(RS-06, MIN-03)"),
        ("own_service", {Origin.CUSTOMER_REGISTER}, None, "(RS-06, MIN-03)"),
        ("own_service", {Origin.OPERATOR, Origin.SELF_REPORTED}, None, "write origin: operator or self_reported"),
        ("own_service", {Origin.OPERATOR}, "self_reported", "the origin of"),
        ("own_service", {Origin.OPERATOR, Origin.SELF_REPORTED}, "operator", None),
        ("own_service", {Origin.OPERATOR}, None, None),
        ("customer_register", {Origin.CUSTOMER_REGISTER, Origin.SELF_REPORTED}, None, None),
    ],
)
def test_origins(kind: str, origins: set[Origin], stated: str | None, says: str | None) -> None:
    how = FieldMapping.model_validate({"column": "S"} | ({"origin": stated} if stated else {}))
    found = [problem.text for problem in record_checks._origin(Kind(kind), field_of(origins), how, ())]
    assert (says is None and not found) or (says is not None and says in found[0])


def test_an_own_service_states_who_gave_a_value(describe: Describe) -> None:
    stated = {"last_name": {"column": "Sukunimi", "origin": "self_reported"}}
    source = describe(kind="own_service", register_type="application", records={"person": stated})
    assert source.origins["person.last_name"] is Origin.SELF_REPORTED


@pytest.mark.parametrize(
    "use",
    [
        {"records": {"person": {"last_name": "Hetu"}}},
        {"records": {"person": PERSON | {"work_phone": {"column": "P", "country": "Syntymämaa"}}}},
        {"key": ["Henkilötunnus"]},
        {"modified": "Palkka"},
        {"filter": {"exclude": [{"column": "Turvakielto", "equals": "x"}]}},
        {"active": {"ends": "birthDate"}},
        {"snapshot": {"type": "scoped", "column": "sukupuoli"}},
        {"snapshot": {"type": "changes", "deleted": {"column": "PIN-koodi", "values": ["x"]}}},
    ],
)
def test_a_forbidden_column_is_refused_wherever_it_is_used(describe: Describe, use: dict[str, Any]) -> None:
    refused(describe, "(MIN-02)", **use)


def test_two_spellings_of_one_column(describe: Describe) -> None:
    refused(describe, "are the same column", key=["sukunimi"])
    refused(describe, "names a column twice", key=["Nro", "Nro"])


def test_a_waiver_for_a_column_that_nobody_uses(describe: Describe) -> None:
    waiver = {"column": "Sukunimmi", "reason": "r", "until": "2026-12-31"}
    refused(describe, "did you mean 'Sukunimi'?", waivers=[waiver])


EMPLOYMENT = {"person": PERSON, "employment": {"employer_name": "Yritys"}}


@pytest.mark.parametrize(
    ("employer", "records", "says"),
    [
        ({}, {"person": PERSON, "employment": {"employee_number": "Nro"}}, "say who the customer is"),
        ({"scope": "any"}, EMPLOYMENT, "needs a reason"),
        ({"scope": "listed"}, EMPLOYMENT, "needs business_ids or names"),
        (
            {"scope": "listed", "names": ["A Oy"]},
            {"person": PERSON, "employment": {"employee_number": "Nro"}},
            "needs a column mapped",
        ),
        ({"business_ids": ["1234567-1"]}, EMPLOYMENT, "write employer: {names"),
        ({"business_ids": ["1234567-2"]}, EMPLOYMENT, "not a Finnish business id"),
    ],
)
def test_employer(describe: Describe, employer: Any, records: Any, says: str) -> None:
    refused(describe, says, employer=employer, records=records)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("hetu.valid", "no rule that can be waived"),
        ("row.by_hand", "no rule that can"),
        ("helth.words", "health.words"),
    ],
)
def test_what_cannot_be_waived(describe: Describe, rule: str, says: str) -> None:
    waiver = {"column": "Sukunimi", "rule": rule, "reason": "r", "until": "2026-12-31"}
    refused(describe, says, waivers=[waiver])


def test_leave_for_a_rule_is_none_for_a_forbidden_name(describe: Describe) -> None:
    waiver = {"column": "Palkka", "rule": "health.words", "reason": "r", "until": "2026-12-31"}
    refused(describe, "is named like a pay", waivers=[waiver], modified="Palkka")


def test_the_mark_of_protected_persons_fills_nothing(describe: Describe) -> None:
    source = describe(protected={"column": "Turvakielto", "values": ["K"]})
    assert source.required_columns == ["Sukunimi", "Nro", "Turvakielto"]
    refused(describe, "marks protected persons", protected={"column": "Sukunimi", "values": ["K"]})
    refused(describe, "is named like a turvakielto", modified="Turvakielto")
