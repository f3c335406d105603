"""What the pages show of every asset: where to read on before it has run, and the forms of what a run found.

Belongs here: links, tables, and the metadata that all definitions share. Does not belong here: what is counted (each
asset's own module), or any value of a row.

The pages draw a plot of each number in an asset's metadata, by its key and date. So a key means the same on every
asset, and what nobody wants plotted is a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from assets.naming import NIGHT

#: How long the work took, among the counts of every asset.
SECONDS = "seconds"

#: Counts that are not of rows of the file.
_NOT_ROWS = {"absent": "keys_absent", "rejected_values": "values_rejected"}


@dataclass(frozen=True)
class Docs:
    """Where the documents are read.

    Attributes:
        base: the address of their folder; without one, the pages name the file in the repository.
    """

    base: str | None = None

    def at(self, place: str) -> dg.MetadataValue[Any]:
        """A place in them, such as ``operating.md#the-guards``."""
        return dg.MetadataValue.url(f"{self.base}/{place}") if self.base else dg.MetadataValue.text(f"docs/{place}")


def definition(key: dg.AssetKey, docs: Docs, place: str, **more: Any) -> dict[str, Any]:
    """The metadata of an asset's definition: what explains it, the night that it is part of, and what is its own."""
    night = {} if key == NIGHT else {"night": dg.MetadataValue.asset(NIGHT)}
    return {"docs": docs.at(place), **night, **more}


def count_name(counted: str) -> str:
    """The key of a count of rows, the same on every asset: ``rows_read``; what is not counted in rows says so."""
    return _NOT_ROWS.get(counted, f"rows_{counted}")


def table(rows: Sequence[Mapping[str, Any]]) -> dg.TableMetadataValue:
    """Rows, all with the same columns. One without rows says that nothing was found, and is no error."""
    names = list(rows[0]) if rows else ["nothing"]
    kinds = {name: "int" if rows and isinstance(rows[0][name], int) else "string" for name in names}
    schema = dg.TableSchema(columns=[dg.TableColumn(name, kind) for name, kind in kinds.items()])
    return dg.MetadataValue.table(records=[dg.TableRecord(dict(row)) for row in rows], schema=schema)
