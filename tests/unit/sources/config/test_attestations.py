"""What employers must vouch for, and the papers without which nobody is located."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.errors import SourceRefused
from sources.config import Source

Describe = Callable[..., Source]

PROCESSOR = {"role": "processor", "processing_agreement": "DPA-1"}
PERSON = {"last_name": "Sukunimi", "work_phone": "Puhelin"}
LOCATION = {
    "user_id": "user",
    "observed_at": "at",
    "necessity_event": "task",
    "latitude": "lat",
    "longitude": "lon",
    "trigger_code": "why",
}
PAPERS = {
    "dpia": "DPIA-3",
    "dpia_approved_on": "2026-01-10",
    "dpia_review_on": "2026-12-31",
    "basis": "consent",
    "cooperation_on": "2026-01-20",
}
POINTS = {
    "kind": "own_service",
    "register_type": "application",
    "snapshot": {"type": "log"},
    "key": ["id"],
    "records": {"location": LOCATION},
}


def said(describe: Describe, **changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        describe(**changes)
    return " | ".join(error["msg"] for error in caught.value.errors())


@pytest.mark.parametrize(
    ("employees", "says"),
    [
        (None, "only as their employer attests it (F-04, F-05)"),
        ({"collected": "from_employee", "necessity": {"person.last_name": "w"}}, "says nothing of person.work_phone"),
        ({"collected": "from_employee", "necessity": {"person": "w", "persn": "w"}}, "did you mean 'person'?"),
        ({"collected": "hearsay", "necessity": {"person": "w"}}, "from_employee"),
        ({"collected": "consent", "necessity": {}}, "at least 1"),
    ],
)
def test_what_a_processor_must_attest(describe: Describe, employees: Any, says: str) -> None:
    assert says in said(describe, **PROCESSOR, employees=employees, records={"person": PERSON})


def test_necessity_by_record_or_by_field(describe: Describe) -> None:
    for necessity in ({"person": "w"}, {"person.last_name": "w", "person.work_phone": "w"}):
        employees = {"collected": "statutory", "necessity": necessity}
        assert describe(**PROCESSOR, employees=employees, records={"person": PERSON}).employees


def test_nothing_is_asked_where_nobody_is_employed(describe: Describe) -> None:
    companies = {"company": {"company_name": "Yritys"}}
    assert describe(**PROCESSOR, register_type="company_register", records=companies).employees is None


@pytest.mark.parametrize(
    ("positioning", "says"),
    [
        (None, "locations need an impact assessment and a basis (L-26, F-07)"),
        ({name: value for name, value in PAPERS.items() if name != "dpia"}, "Field required"),
        (PAPERS | {"basis": "interest"}, "context"),
        (PAPERS | {"dpia_review_on": "2026-01-10"}, "lies before the approval"),
    ],
)
def test_no_location_without_its_papers(describe: Describe, positioning: Any, says: str) -> None:
    assert says in said(describe, **POINTS, positioning=positioning)


def test_papers_for_nothing(describe: Describe) -> None:
    assert "goes with location records" in said(describe, positioning=PAPERS)


def test_no_location_is_read_once_the_assessment_is_due_for_review(describe: Describe) -> None:
    source = describe(**POINTS, positioning=PAPERS)
    source.reads_on(date(2026, 12, 31))
    with pytest.raises(SourceRefused, match="was to be reviewed by 2026-12-31"):
        source.reads_on(date(2027, 1, 1))


def test_no_customer_register_brings_what_the_service_knows(describe: Describe) -> None:
    """RS-16: locations, actions, messages, invoices of no register but MDO's own."""
    for record, mapping, says in (
        ("location", LOCATION, "location.latitude comes from service_generated only"),
        ("action", {"user_id": "u", "occurred_at": "t", "action_code": "c"}, "comes from service_generated only"),
        ("invoice", {"invoice_no": "n"}, "invoice.invoice_no comes from operator only"),
        ("marketing_choice", {"consent_at": "t"}, "comes from self_reported only"),
        ("account", {"user_id": "u"}, "account.user_id comes from service_generated only"),
        ("contract", {"contract_no": "n", "seller_id": "s"}, "contract.seller_id comes from operator only"),
    ):
        assert says in said(describe, records={record: mapping})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (POINTS | {"positioning": PAPERS, "snapshot": {"type": "full"}}, "write snapshot: {type: log}"),
        ({"snapshot": {"type": "log"}}, "have a state that changes"),
        (
            POINTS | {"positioning": PAPERS, "records": {"location": LOCATION, "account": {"user_id": "user"}}},
            "gives nothing else",
        ),
        ({"register_type": "ledger"}, "a customer_register is one of hr_directory"),
        ({"kind": "own_service"}, "own_service is one of application, ledger, crm"),
        (
            {"register_type": "receivables_register", "records": {"billing": {"city": "Kaupunki"}}},
            "billing records hang on a company; map company too",
        ),
    ],
)
def test_what_fits_together(describe: Describe, changes: dict[str, Any], says: str) -> None:
    assert says in said(describe, **changes)


def test_a_record_has_one_origin(describe: Describe) -> None:
    mixed = {
        "company_name": {"column": "Yritys", "origin": "operator"},
        "country": {"column": "Maa", "origin": "self_reported"},
    }
    own = {"kind": "own_service", "register_type": "ledger"}
    assert "fields of several origins" in said(describe, **own, records={"company": mixed})
    source = describe(**own, records={"company": {"company_name": mixed["company_name"]}})
    assert source.record_origins == {"company": "operator"}


def test_the_turns_of_a_night(describe: Describe) -> None:
    accounts = {"kind": "own_service", "register_type": "application", "records": {"account": {"user_id": "u"}}}
    assert describe().turn < describe(**accounts).turn < describe(**POINTS, positioning=PAPERS).turn


@pytest.mark.parametrize(
    "column", ["password_hash", "Salasanatiiviste", "api_key", "MFA seed", "recovery codes", "access_token", "TOTP"]
)
def test_a_column_of_secrets_is_refused_for_accounts(describe: Describe, column: str) -> None:
    directory = {"register_type": "identity_directory", "records": {"account": {"username": column}}}
    assert "never read (MIN-02)" in said(describe, **directory)


def test_a_staff_register_that_offers_hashes_cards_and_pay_is_refused_with_each_reason(describe: Describe) -> None:
    offered = {"last_name": "Sukunimi", "first_name": "password_hash", "work_email": "Kortin numero"}
    text = said(describe, records={"person": offered, "employment": {"employee_number": "Kuukausipalkka"}})
    for column, what in (("password_hash", "password"), ("Kortin numero", "payment card"), ("Kuukausipalkka", "pay")):
        assert f"column '{column}' is named like a {what}, which is never read (MIN-02)" in text
