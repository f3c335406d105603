"""Rules between the parts of a source's description.

Belongs here: what the law and common sense say about a description as a whole. Does not belong here: rules that one
part can check for itself, or the catalogue's (see `sources.config.record_checks`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.catalogue import Field
from schemas.records.base import Origin
from sources.config import record_checks
from sources.config.base import Problem, closest
from sources.config.filter import ActiveEnds
from sources.config.forbidden import forbidden
from sources.config.legal import BasisCode, Kind, Role
from sources.config.mapping import FieldMapping
from sources.config.snapshot import ChangesSnapshot, ScopedSnapshot
from sources.readers.excel_settings import ExcelRead

if TYPE_CHECKING:
    from sources.config.source import Source


def all_problems(source: Source) -> Iterator[Problem]:
    """Everything that is wrong with the description as a whole."""
    yield from _law(source)
    yield from record_checks.problems(source)
    yield from _columns(source)
    yield from _read(source)
    yield from _employer(source)


def origin_of(kind: Kind, field: Field, how: FieldMapping) -> Origin:
    """Who gave the field's values, for a description that has passed its checks."""
    return how.origin or next(iter(record_checks.possible_origins(kind, field)))


def _law(source: Source) -> Iterator[Problem]:
    """Findings F2 to F4 of the policy."""
    if source.role is Role.PROCESSOR and source.processing_agreement is None:
        text = "a processor has a processing agreement (F4); write processing_agreement: and its number"
        yield Problem(("role",), text)
    code = source.legal_basis.code
    if source.kind is Kind.CUSTOMER_REGISTER and code is BasisCode.CONSENT:
        text = (
            "consent gathered by the customer is no basis for its register (F3); write the basis that holds, such as "
            "legitimate_interests with the number of its balancing test"
        )
        yield Problem(("legal_basis", "code"), text)
    if "person" in source.records and code is BasisCode.CONTRACT:
        text = (
            "the contract is with the company, not with the persons in the register (F2); write legitimate_interests "
            "with the number of its balancing test"
        )
        yield Problem(("legal_basis", "code"), text)


def _read(source: Source) -> Iterator[Problem]:
    """Columns of a workbook that are described and used nowhere: most likely a slip of the pen."""
    if not isinstance(source.read, ExcelRead):
        return
    used = used_columns(source)
    for key in ("serial_dates", "digits"):
        for name in getattr(source.read, key):
            if name not in used:
                yield Problem(("read", key), f"no field, key or rule uses the column {name!r}; {closest(name, used)}")


def column_uses(source: Source) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each use of a column: the keys that lead to it, and its name."""
    for record, several in source.records.items():
        for index, mapping in enumerate(several):
            for field, how in mapping.items():
                if how.column is not None:
                    yield ("records", record, index, field), how.column
                if how.country is not None:
                    yield ("records", record, index, field, "country"), how.country
    for index, column in enumerate(source.key):
        yield ("key", index), column
    for side in ("include", "exclude"):
        for index, condition in enumerate(getattr(source.filter, side)):
            yield ("filter", side, index), condition.column
    if source.active is not None:
        yield ("active",), source.active.ends if isinstance(source.active, ActiveEnds) else source.active.column
    if isinstance(source.snapshot, ScopedSnapshot):
        yield ("snapshot", "column"), source.snapshot.column
    if isinstance(source.snapshot, ChangesSnapshot) and source.snapshot.deleted is not None:
        yield ("snapshot", "deleted"), source.snapshot.deleted.column
    if source.modified is not None:
        yield ("modified",), source.modified
    if source.protected is not None:
        yield ("protected",), source.protected.column


def used_columns(source: Source) -> list[str]:
    """The columns that the description uses, in the order of first use."""
    return list(dict.fromkeys(column for _, column in column_uses(source)))


def _columns(source: Source) -> Iterator[Problem]:
    """MIN-01, MIN-02 and MIN-23."""
    if source.protected is not None:
        elsewhere = [at for at, column in column_uses(source) if column == source.protected.column][:-1]
        if elsewhere:
            text = f"{source.protected.column!r} marks protected persons and may fill nothing; take it out here"
            yield Problem(elsewhere[0], text)
    if len(set(source.key)) < len(source.key):
        yield Problem(("key",), "names a column twice")
    waived = {waiver.column for waiver in source.waivers if waiver.rule is None}
    spellings: dict[str, str] = {}
    for at, column in column_uses(source):
        first = spellings.setdefault(" ".join(unicodedata.normalize("NFKC", column).split()).casefold(), column)
        if first != column:
            yield Problem(at, f"{column!r} and {first!r} are the same column; write it in one way")
        what = forbidden(column)
        if what is not None and column not in waived and at != ("protected",):
            text = (
                f"column {column!r} is named like a {what}, which is never read (MIN-02); take it out, or, if it holds "
                "something else, add waivers: [{column, reason, until}]"
            )
            yield Problem(at, text)
    used = used_columns(source)
    for index, waiver in enumerate(source.waivers):
        if waiver.column not in used:
            yield Problem(("waivers", index, "column"), f"no mapping uses this column; {closest(waiver.column, used)}")


def _employer(source: Source) -> Iterator[Problem]:
    """RS-17: a row's employer can be compared with the scope."""
    if "employment" not in source.records:
        return
    mapped = {field for record, field, _ in source.fields() if record == "employment"}
    scope = source.employer
    known = {"employer_name": scope.names, "employer_business_id": scope.business_ids}
    if scope.scope == "own" and not any(known.values()):
        text = "employment is mapped: say who the customer is with employer: {business_ids: [...], names: [...]}"
        yield Problem(("employer",), text)
    elif scope.scope == "listed" and not mapped & set(known):
        text = "scope listed needs a column mapped to employment.employer_name or employment.employer_business_id"
        yield Problem(("employer",), text)
    elif scope.scope != "any" and mapped & set(known) and not any(known[field] for field in mapped & set(known)):
        missing = "names" if "employer_name" in mapped else "business_ids"
        text = f"the rows cannot be compared with it; write employer: {{{missing}: [...]}} too"
        yield Problem(("employer",), text)
