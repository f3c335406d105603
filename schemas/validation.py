"""From a customer's texts to typed records and findings.

Belongs here: cleaning each field, asking Pandera what the record type asks, and turning both into findings with their
effects. Does not belong here: the rules themselves (`schemas.values`, `schemas.records`), detectors and keys (the
caller asks those of every cell it read, also of filter and key columns), and what becomes of a bad row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas import findings
from schemas.catalogue import RecordType
from schemas.errors import Refusal
from schemas.values import CLEANERS, timestamp

# Pandera's names of the checks that a record model may use -> the rule's id.
_RULE_OF_CHECK = {
    "not_nullable": "required.missing",
    "str_length": "value.too_long",
    "isin": "value.not_allowed",
    "str_matches": "value.malformed",
    "in_range": "value.not_allowed",
}


@dataclass(frozen=True)
class _OfTheRecord:
    """A check over a whole record: its rule, and whether the record falls or only the field that it counts against."""

    rule: str
    effect: str


# Pandera reports such a check against each of the record's columns; it counts once, against one of them.
_CHECKS_OF_RECORDS = {
    "dates_in_order": _OfTheRecord("dates.order", findings.VALUE),
    "names_somebody": _OfTheRecord("account.unnamed", findings.ROW),
}
_FELLING = {check.rule for check in _CHECKS_OF_RECORDS.values() if check.effect == findings.ROW}
# A bill to a business id that is wrong may be a bill to somebody else (MIN-07).
_FELLING_BILLS = {"business_id.invalid"}
_NUMBERS = dict.fromkeys(("number", "count", "latitude", "longitude"), "float64")
_DTYPES = {"date": "datetime64[s]", "timestamp": timestamp.DTYPE, **_NUMBERS}
_EMPTY_BREACHES = {"at": "int64", "field": "str", "rule": "str"}


@dataclass(frozen=True)
class Validated:
    """What validation leaves of a chunk for one record type.

    Attributes:
        frame: all fields of the record type, typed (undelivered ones all NA), ``row_number``, and ``part`` ("" or the
            part field's value). Only rows whose source row is not bad; where a row gives a list of parts and the list
            is bad, none of its parts.
        findings: the table of `schemas.findings`.
        delivered: the fields that the source delivered.
    """

    frame: pd.DataFrame
    findings: pd.DataFrame
    delivered: list[str]


def validate(
    record: RecordType,
    raw: pd.DataFrame,
    *,
    options: Mapping[str, Mapping[str, Any]],
    columns: Mapping[str, str],
) -> Validated:
    """Clean and check the cells of one record type.

    A bad or missing required value is a finding with effect ROW: the whole source row goes to quarantine. A bad
    optional value becomes NA with effect VALUE. Where the dates of a record are out of order, its last date is the one
    left out: a wrong end would set retention going, a missing one does not. An account that nothing names is none, and
    its row is bad. Where a row gives a list of parts, anything bad in one part makes the list bad: effect VALUE on the
    record type as a whole, so that what is known from earlier stays as it was. Parts without any value are no parts; a
    part delivered twice with the same content counts once.

    Args:
        raw: a subset of the record's fields, ``str`` dtype, and ``row_number`` (int64). Unique index; several rows may
            share a row number (parts of a list).
        options: per field the options of its cleaner.
        columns: per field the customer's name of its column, for the findings.

    Raises:
        Refusal: the frame could not be checked at all, which is a fault of the program or of the mapping.
    """
    delivered = [name for name in record.field_names if name in raw.columns]
    frame, unclean = _clean(record, raw, delivered, options)
    if record.part is not None:
        nothing = frame[delivered].isna().all(axis=1) & ~frame.index.isin(unclean["at"])
        frame = frame.loc[~nothing]
    refused = _refused_by_model(record, frame)
    # A required cell that could not be cleaned is NA by now; that it is missing too would be no news.
    told = pd.MultiIndex.from_frame(refused[["at", "field"]]).isin(pd.MultiIndex.from_frame(unclean[["at", "field"]]))
    breaches = pd.concat([unclean, refused.loc[~(told & (refused["rule"] == "required.missing"))]], ignore_index=True)
    frame = frame.assign(row_number=raw["row_number"].astype("int64"))
    frame["part"] = frame[record.part] if record.part else pd.Series("", index=frame.index, dtype="str")
    finish = _single if record.part is None else _listed
    return finish(record, frame, breaches, columns, delivered)


def _clean(
    record: RecordType, raw: pd.DataFrame, delivered: list[str], options: Mapping[str, Mapping[str, Any]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed frame with all fields, and the breaches that cleaning found (at, field, rule)."""
    columns: dict[str, pd.Series] = {}
    breaches = [_no_breaches()]
    for field in record.fields:
        if field.name not in delivered:
            columns[field.name] = pd.Series(None, index=raw.index, dtype=_DTYPES.get(field.kind, "str"))
            continue
        cleaned = CLEANERS[field.kind](raw[field.name], **options.get(field.name, {}))
        columns[field.name] = cleaned.values
        breaches += [_breaches(mask.index[mask], field.name, rule) for rule, mask in cleaned.failures.items()]
    return pd.DataFrame(columns, index=raw.index), pd.concat(breaches, ignore_index=True)


def _refused_by_model(record: RecordType, frame: pd.DataFrame) -> pd.DataFrame:
    """The breaches that Pandera found. Its errors quote cells, so none of their text is used or chained."""
    cases = None
    crashed = False
    try:
        record.model.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases[["schema_context", "column", "check", "index"]].copy()
    except Exception:
        crashed = True
    if crashed:
        raise Refusal(
            f"The records of type {record.name} could not be checked.", "The record model or mapping is at fault."
        )
    if cases is None:
        return _no_breaches()
    checks = cases["check"].astype("str").str.extract(r"^(\w+)", expand=False)
    known = [*_RULE_OF_CHECK, *_CHECKS_OF_RECORDS]
    structural = cases["index"].isna() | ~checks.isin(known)
    if structural.any():
        where = sorted({str(name) for name in cases.loc[structural, "column"] if name in record.field_names})
        raise Refusal(
            f"The records of type {record.name} do not have the form of their model"
            + (f" (fields: {', '.join(where)})." if where else "."),
            "The record model or mapping is at fault.",
        )
    rules = _RULE_OF_CHECK | {name: check.rule for name, check in _CHECKS_OF_RECORDS.items()}
    whole = checks.isin(list(_CHECKS_OF_RECORDS))
    fields = cases["column"].astype("str").mask(whole, _blamed(record))
    found = pd.DataFrame({"at": cases["index"].astype("int64"), "field": fields, "rule": checks.map(rules)})
    return found.drop_duplicates(ignore_index=True)


def _blamed(record: RecordType) -> str:
    """The field that a check over the whole record counts against: its last date or instant."""
    times = [field.name for field in record.fields if field.kind in ("date", "timestamp")]
    return times[-1] if times else ""


def _single(
    record: RecordType,
    frame: pd.DataFrame,
    breaches: pd.DataFrame,
    columns: Mapping[str, str],
    delivered: list[str],
) -> Validated:
    required = {field.name for field in record.fields if field.required}
    report = []
    falls = _FELLING | (_FELLING_BILLS if record.group == "G2" else set())
    for (field, rule), group in _by_rule(breaches):
        effect = findings.ROW if field in required or rule in falls else findings.VALUE
        numbers = frame.loc[group["at"], "row_number"]
        report.append(findings.of(numbers, columns.get(field, ""), rule, effect, field=f"{record.name}.{field}"))
        if effect == findings.VALUE:
            frame.loc[group["at"], field] = None
    table = findings.join(report)
    good = frame.loc[~frame["row_number"].isin(findings.bad_rows(table))]
    return Validated(good, table, delivered)


def _listed(
    record: RecordType,
    frame: pd.DataFrame,
    breaches: pd.DataFrame,
    columns: Mapping[str, str],
    delivered: list[str],
) -> Validated:
    frame = frame.drop_duplicates()
    twice = frame.index[frame["part"].notna() & frame.duplicated(["row_number", "part"], keep=False)]
    breaches = pd.concat([breaches, _breaches(twice, str(record.part), "part.twice")], ignore_index=True)
    breaches = breaches.loc[breaches["at"].isin(frame.index)]
    report = [
        findings.of(
            frame.loc[group["at"], "row_number"], columns.get(field, ""), rule, findings.VALUE, field=record.name
        )
        for (field, rule), group in _by_rule(breaches)
    ]
    table = findings.join(report)
    good = frame.loc[~frame["row_number"].isin(table["row_number"])]
    return Validated(good, table, delivered)


def _by_rule(breaches: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    for (field, rule), group in breaches.groupby(["field", "rule"], sort=False):
        yield (str(field), str(rule)), group


def _breaches(at: pd.Index, field: str, rule: str) -> pd.DataFrame:
    table = pd.DataFrame({"at": at.to_numpy(dtype="int64")})
    table["field"] = pd.Series(field, index=table.index, dtype="str")
    table["rule"] = pd.Series(rule, index=table.index, dtype="str")
    return table


def _no_breaches() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _EMPTY_BREACHES.items()})
