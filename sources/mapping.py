"""From the customer's columns to the fields of records.

Belongs here: which records a row gives, and the raw text of each field. Does not belong here: which rows concern us
(see `sources.filters`), or whether a value is good (see `schemas.validation`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from schemas.catalogue import RECORD_TYPES, RecordType
from schemas.values import text
from sources import employer_scope, full_name
from sources.config import FieldMapping, RecordMapping, Source
from sources.matching_text import Cells, replaced

Positions = npt.NDArray[np.int64]

#: Kinds of value that are written with a decimal sign.
_DECIMAL = frozenset({"number", "count", "money", "latitude", "longitude"})


@dataclass(frozen=True)
class Mapped:
    """The raw records of one type.

    Attributes:
        raw: ``row_number`` (int64) and the mapped fields (``str``), in the order of the rows; a RangeIndex. Several
            records may come from one row where the type has parts.
        options: field -> options of its cleaner.
        columns: field -> the customer's column, or "" where the value is a constant or was filled in; where parts take
            it from several columns, all of them.
    """

    record: RecordType
    raw: pd.DataFrame
    options: dict[str, dict[str, Any]]
    columns: dict[str, str]


def map_rows(source: Source, frame: pd.DataFrame, row_numbers: npt.NDArray[np.int64]) -> list[Mapped]:
    """The raw records that the rows give, one table for each record type, in written order.

    Each row gives one main record. It gives another record unless all columns mapped to that are empty. Under employer
    scope ``own`` each person is employed by the customer, also where the row says nothing more of it. Where the person
    is not the main record, a row without a person gives nothing that hangs on one. Of a list, empty items are dropped
    and a repeated item counts once.

    Args:
        frame: raw text, ``str`` dtype, columns by the customer's names; optional columns may be lacking.
        row_numbers: as the customer counts them, one for each row of the frame.
    """
    frame = frame.reset_index(drop=True)
    cells = Cells(frame, source.read.missing)
    tables = []
    there: dict[str, npt.NDArray[np.bool_]] = {}
    for position, (name, mappings) in enumerate(source.records.items()):
        record = RECORD_TYPES[name]
        always = position == 0 or (name == "employment" and source.employer.scope == "own")
        masks = [_given(mapping, cells, len(frame), always=always) for mapping in mappings]
        if record.of is not None and position:
            if record.of not in there:
                there[record.of] = _given(source.records[record.of][0], cells, len(frame), always=False)
            masks = [mask & there[record.of] for mask in masks]
        there[name] = masks[0]
        parts = [
            _part(record, mapping, cells, np.flatnonzero(mask)) for mapping, mask in zip(mappings, masks, strict=True)
        ]
        tables.append(_table(source, record, mappings, parts, cells, row_numbers))
    return tables


def field_values(
    source: Source, frame: pd.DataFrame, wanted: Collection[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], pd.Series, dict[str, Any]]]:
    """The raw text of some fields for every row, whether or not the row gives the record, with its cleaner's options.

    Args:
        frame: as for `map_rows`.
        wanted: (record type, field); those that the source does not map, or fills with parts, are passed over.
    """
    frame = frame.reset_index(drop=True)
    cells = Cells(frame, source.read.missing)
    everywhere = np.arange(len(frame))
    for name, mapping in source.mappings():
        record = RECORD_TYPES[name]
        for field, how in mapping.items():
            if (name, field) in wanted and not record.part and (how.constant is not None or how.column in cells):
                options = dict(_options(source, record, field, how, cells, everywhere))
                yield (name, field), _values(how, cells, everywhere), options


def _given(mapping: RecordMapping, cells: Cells, rows: int, *, always: bool) -> npt.NDArray[np.bool_]:
    """Which rows give the record: those in which any of its columns holds something."""
    columns = {how.column for how in mapping.values() if how.column}
    if always or not columns:
        return np.ones(rows, dtype=bool)
    given = np.zeros(rows, dtype=bool)
    for column in columns:
        given |= cells.normal(column).notna().to_numpy()
    return given


def _part(record: RecordType, mapping: RecordMapping, cells: Cells, positions: Positions) -> pd.DataFrame:
    """The fields of one mapping for the rows at the positions, with the column ``position``."""
    fields: dict[str, pd.Series] = {}
    split = next((name for name, how in mapping.items() if how.split is not None), None)
    if split is not None:
        positions, fields[split] = _items(mapping[split], cells, positions)
    for name, how in mapping.items():
        if name != split and (how.constant is not None or how.column in cells):
            fields[name] = _values(how, cells, positions)
    part = pd.DataFrame({"position": positions} | {name: fields[name].array for name in mapping if name in fields})
    return part if record.part is None or record.part in part else part.iloc[:0]


def _values(how: FieldMapping, cells: Cells, positions: Positions) -> pd.Series:
    if how.constant is not None:
        return pd.Series(how.constant, index=range(len(positions)), dtype="str")
    assert how.column is not None
    values = cells.raw(how.column) if how.take is None and how.map is None else cells.normal(how.column)
    if len(positions) < len(values):
        values = values.take(positions)
    if how.take is not None:
        values = full_name.take(values, how.take, how.order or "first_last")
    return replaced(values, how.map) if how.map else values


def _items(how: FieldMapping, cells: Cells, positions: Positions) -> tuple[Positions, pd.Series]:
    """The items of a list column, each with the position of its row."""
    if how.column is None or how.column not in cells:
        return positions[:0], pd.Series([], dtype="str")
    lists = pc.split_pattern(text.to_arrow(cells.raw(how.column).take(positions)), pattern=how.split)
    parents = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    flat = pc.list_flatten(lists)
    normal = text.normalise(text.to_series(flat, pd.RangeIndex(len(flat))), cells.missing)
    items = pd.DataFrame({"position": positions[parents], "item": normal})
    items = items[items["item"].notna()]
    if how.map:
        items = items.assign(item=replaced(items["item"], how.map))
    items = items.drop_duplicates(ignore_index=True)
    return items["position"].to_numpy(), items["item"]


def _table(
    source: Source,
    record: RecordType,
    mappings: tuple[RecordMapping, ...],
    parts: list[pd.DataFrame],
    cells: Cells,
    row_numbers: npt.NDArray[np.int64],
) -> Mapped:
    joined = parts[0]
    if len(parts) > 1:
        joined = pd.concat(parts, ignore_index=True).sort_values("position", kind="stable", ignore_index=True)
    positions = joined.pop("position").to_numpy(dtype="int64")
    if record.name == "employment":
        joined = employer_scope.fill(source, joined)
    joined.insert(0, "row_number", np.asarray(row_numbers, dtype="int64")[positions])
    columns: dict[str, list[str]] = {name: [] for name in joined.columns if name != "row_number"}
    options: dict[str, dict[str, Any]] = {name: {"missing": list(source.read.missing)} for name in columns}
    for mapping in mappings:
        for name, how in mapping.items():
            if name in columns:
                columns[name] += [how.column] if how.column and how.column not in columns[name] else []
                options[name] |= _options(source, record, name, how, cells, positions)
    return Mapped(record, joined, options, {name: " / ".join(several) for name, several in columns.items()})


def _options(
    source: Source, record: RecordType, name: str, how: FieldMapping, cells: Cells, positions: Positions
) -> Mapping[str, Any]:
    kind = record.field(name).kind
    if kind == "phone" and how.country is not None:
        countries = cells.normal(how.country).take(positions).reset_index(drop=True)
        return {"region": countries.fillna(how.region) if how.region else countries}
    if kind == "phone":
        return {"region": how.region}
    if kind == "date" and how.formats is not None:
        return {"formats": list(how.formats)}
    if kind in _DECIMAL:
        return {"decimal": source.read.decimal}
    return {}
