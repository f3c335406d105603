"""The draft of a source file, as text.

Belongs here: YAML with what is known filled in, what only people know asked for, and a reason beside each column that
is left out. Does not belong here: what is proposed (see mapping), or any cell of the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from sources.proposal.mapping import Proposal
from sources.proposal.profile import Column

#: Lines that begin so wait for a person.
ASK = "#?"

_FIELDS_OF_PERSON = ("work_email", "work_phone", "notice_language")


def text(
    made: Proposal, *, customer: str, register: str, file: str, read: dict[str, Any], rows: int, more: bool, on: date
) -> str:
    """The draft.

    Args:
        file: what was looked at: a file's name or an address.
        read: the ``read:`` block.
        rows, more: how many rows were looked at, and whether there are more.
        on: the first day on which the source may be read.
    """
    return "\n".join(
        [
            *_papers(made, customer, register, file, rows, more, on),
            "",
            *_block("read", read),
            "",
            *_rules(made),
            "",
            "records:",
            *_records(made),
            *_left(made),
            "",
        ]
    )


def _papers(made: Proposal, customer: str, register: str, file: str, rows: int, more: bool, on: date) -> Iterator[str]:
    seen = f"the first {rows} rows of" if more else f"all {rows} rows of"
    yield f"# Drafted from {seen} {file}; nothing of them was kept. Lines that begin with {ASK} are for you:"
    yield f"# answer them and take {ASK} away. Then: mdo source check this-file"
    yield f"customer: {customer}"
    yield f"register: {register}"
    yield f"title: {_scalar(f'{customer}, {register}')}"
    yield "kind: customer_register"
    yield f"register_type: {made.register_type}"
    yield f"valid: {{from: {on}}}"
    yield f"{ASK} contract: number of the customer's contract"
    if made.of_person:
        yield f"{ASK} role: controller for contact persons, processor for the customer's own workers"
        yield f"{ASK} processing_agreement: number of the agreement, where MDO Group is processor"
    else:
        yield f"{ASK} role: controller"
    yield f"{ASK} legal_basis: {{code: legitimate_interests, reference: number of the balancing test}}"
    yield f"{ASK} owner: {{name: unit that answers for the register, email: its mailbox}}"
    yield f"{ASK} hosting_country: where the register is hosted, two letters, EU or EEA"
    if made.register_type == "hr_directory":
        yield f"{ASK} employees: {{collected: from_employee, necessity: {{person: why, employment: why}}}}"


def _rules(made: Proposal) -> Iterator[str]:
    if made.key is not None:
        bad = (
            "" if made.key.filled == made.key.distinct == 1 else "   # missing or repeated in some rows, which stay out"
        )
        yield f"key: [{_scalar(made.key.name)}]{bad}"
    else:
        yield f"{ASK} key: [columns that together tell one row from all others; no single one does]"
    yield "snapshot: {type: full}   # each delivery holds every row; a row that is missing has gone"
    if made.ends is not None:
        yield f"active: {{ends: {_scalar(made.ends.name)}{_formats(made.ends)}}}"
    for column in made.states[:1]:
        yield f"{ASK} active: {{column: {_scalar(column.name)}, values: [texts that mean that the relation lasts]}}"
    if made.of_person and made.of_company:
        yield f"{ASK} employer: {{scope: any, reason: why people of any employer may be in it}}"
    elif made.of_person:
        yield f"{ASK} employer: {{scope: own, business_ids: [the customer's], names: [the customer's]}}"


def _records(made: Proposal) -> Iterator[str]:
    if made.of_person:
        yield "  person:"
        yield from _name(made)
        for name in _FIELDS_OF_PERSON:
            column = made.fields.get(f"person.{name}")
            if column is not None:
                yield f"    {name}: {_phone(made, column) if name == 'work_phone' else _scalar(column.name)}"
    if made.of_company:
        yield "  company:"
        for name in ("company_name", "business_id", "vat_number", "country"):
            column = made.fields.get(f"company.{name}")
            if column is not None:
                yield f"    {name}: {_scalar(column.name)}"
    employment = list(_employment(made))
    if employment:
        yield "  employment:"
        yield from employment
    skills = made.fields.get("competence.skill_code")
    if skills is not None:
        split = ', split: ","' if skills.commas else ""
        yield "  competence:"
        yield f"    skill_code: {{column: {_scalar(skills.name)}{split}}}"


def _name(made: Proposal) -> Iterator[str]:
    whole = made.whole_name
    if whole is not None:
        order = "last_first" if whole.family_first > 0 else "first_last"
        for name in ("last_name", "first_name"):
            yield f"    {name}: {{column: {_scalar(whole.name)}, take: {name}, order: {order}}}"
        return
    for name in ("last_name", "first_name"):
        column = made.fields.get(f"person.{name}")
        if column is not None:
            yield f"    {name}: {_scalar(column.name)}"


def _phone(made: Proposal, column: Column) -> str:
    """A number that does not say its country needs one, from a column where there is one."""
    if column.national == 0:
        return _scalar(column.name)
    country = made.fields.get("company.country")
    where = f", country: {_scalar(country.name)}" if country is not None else ""
    return f"{{column: {_scalar(column.name)}{where}, region: FI}}"


def _employment(made: Proposal) -> Iterator[str]:
    if not made.of_person:
        return
    if made.of_company:
        yield f"    employer_name: {_scalar(made.fields['company.company_name'].name)}"
        if "company.business_id" in made.fields:
            yield f"    employer_business_id: {_scalar(made.fields['company.business_id'].name)}"
    for name in ("employee_number", "valid_from", "valid_to"):
        column = made.fields.get(f"employment.{name}")
        if column is not None:
            formats = _formats(column)
            yield (
                f"    {name}: {{column: {_scalar(column.name)}{formats}}}"
                if formats
                else f"    {name}: {_scalar(column.name)}"
            )
    title = made.fields.get("employment.job_title")
    if title is not None:
        yield f"    {ASK} job_title: {{column: {_scalar(title.name)}, because: why the work needs it}}"


def _formats(column: Column) -> str:
    """The first format that fits; where several do, the person is told by a second one."""
    return f', formats: ["{column.formats[0]}"]' if column.formats else ""


def _left(made: Proposal) -> Iterator[str]:
    several = [column for column in made.fields.values() if len(column.formats) > 1]
    for column in several:
        ways = " and ".join(column.formats)
        yield f"{ASK} the dates of {_scalar(column.name)} can be read as {ways}; ask which it is"
    for column in made.fields.values():
        if column.coded:
            yield f"{ASK} {_scalar(column.name)} holds personal identity codes in some rows: have them removed"
    if made.left:
        yield ""
        yield "# Not read, and so never stored:"
        for name, why in made.left.items():
            yield f"#   {_scalar(name)}: {why}"


def _block(name: str, value: dict[str, Any]) -> list[str]:
    dumped = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, default_flow_style=False)
    return dumped.rstrip("\n").split("\n")


def _scalar(text: str) -> str:
    """A text as YAML writes it within a line, quoted where it must be."""
    dumped = yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=10_000)
    return dumped.strip()[1:-1]
