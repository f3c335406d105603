"""Asking only for the mapped fields (MIN-01), where the API can.

Belongs here: the ``select:`` block and the parameter that comes of it. Does not belong here: which columns are mapped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from sources.readers.api import paths
from sources.readers.api.part import Parameter, Part

_PARAMETERS = {"odata": "$select", "scim": "attributes", "names": "fields"}


class Select(Part):
    """The API can be told which fields to give."""

    style: Literal["odata", "scim", "names"] = Field(
        description=(
            "odata: $select=id,name. scim: attributes=userName,name.givenName. names: fields=id,name, or another "
            "parameter with the outermost fields."
        )
    )
    parameter: Parameter | None = Field(None, description="Name of the parameter, where it is another.")

    def parameters(self, expressions: Iterable[str]) -> dict[str, str]:
        """The parameter that asks for the fields that these expressions look at, and for no other."""
        names: dict[str, None] = {}
        for expression in expressions:
            for field in paths.looked_at(expression):
                if not field[0].startswith("@"):  # annotations are given by themselves and cannot be asked for
                    names[_scim(field) if self.style == "scim" else field[0]] = None
        return {self.parameter or _PARAMETERS[self.style]: ",".join(names)}


def _scim(field: tuple[str, ...]) -> str:
    """An attribute of an extension stands after a colon, a sub-attribute after a point (RFC 7644, 3.10)."""
    if field[0].lower().startswith("urn:"):
        return field[0] if len(field) == 1 else f"{field[0]}:{'.'.join(field[1:3])}"
    return ".".join(field[:2])
