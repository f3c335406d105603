"""When a description needs its customer's attestations.

Belongs here: which mappings ask for ``employees:`` and ``positioning:``, and whether these cover them. Does not belong
here: the blocks (see `sources.config.attestations`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.catalogue import RECORD_TYPES
from sources.config.base import Problem, closest
from sources.config.legal import Kind, Role

if TYPE_CHECKING:
    from sources.config.source import Source


def problems(source: Source) -> Iterator[Problem]:
    """Everything that is not attested, or attested of nothing."""
    yield from _employees(source)
    yield from _positioning(source)


def _employees(source: Source) -> Iterator[Problem]:
    """F-04 and F-05: a processor's records of employees."""
    of_employees = [
        f"{record}.{field}"
        for record, field, _ in source.fields()
        if record in RECORD_TYPES and ("person" in (record, RECORD_TYPES[record].of) or record == "account")
    ]
    asked = source.role is Role.PROCESSOR and source.kind is Kind.CUSTOMER_REGISTER and of_employees
    if source.employees is None:
        if asked:
            text = (
                "a processor keeps employees' data only as their employer attests it (F-04, F-05); write employees: "
                "{collected: from_employee, necessity: {person: why the work needs it, …}}"
            )
            yield Problem(("employees",), text)
        return
    known = {*of_employees, *(path.partition(".")[0] for path in of_employees)}
    for name in source.employees.necessity:
        if name not in known:
            yield Problem(("employees", "necessity", name), f"is not mapped; {closest(name, known)}")
    given = source.employees.necessity
    lacking = [path for path in of_employees if not {path, path.partition(".")[0]} & given.keys()]
    if lacking:
        text = f"says nothing of {', '.join(dict.fromkeys(lacking))} (F-04); say why the work needs it, or take it out"
        yield Problem(("employees", "necessity"), text)


def _positioning(source: Source) -> Iterator[Problem]:
    """L-26, F-06, F-07: no location without its papers."""
    if "location" in source.records and source.positioning is None:
        text = (
            "locations need an impact assessment and a basis (L-26, F-07); write positioning: {dpia: …, "
            "dpia_approved_on: …, dpia_review_on: …, basis: …, cooperation_on: …}"
        )
        yield Problem(("positioning",), text)
    if source.positioning is not None and "location" not in source.records:
        yield Problem(("positioning",), "goes with location records; take it out")
