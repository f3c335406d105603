"""How a record type is declared.

Belongs here: the helper that gives a Pandera field its meaning, and the base model. Does not belong here: any one
record type.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

__all__ = ["DataClass", "Instant", "Origin", "Purpose", "RecordModel", "Series", "described"]

#: The type of a column of instants.
Instant = Annotated[pd.DatetimeTZDtype, "us", "UTC"]


class Origin(StrEnum):
    """Who may supply a value (RS-06)."""

    CUSTOMER_REGISTER = "customer_register"
    SELF_REPORTED = "self_reported"
    SERVICE_GENERATED = "service_generated"
    OPERATOR = "operator"


class DataClass(StrEnum):
    """How close a field is to a person (policy, field lists)."""

    PERSONAL = "P"
    COMPANY = "C"
    COMPANY_OR_SOLE_TRADER = "C/P"
    HIGH_RISK = "H"


class Purpose(StrEnum):
    """Why the register may use a field (RS-05)."""

    MAINTAIN = "P1"
    DEVELOP = "P2"
    ANALYSE = "P3"
    STATISTICS = "P4"
    DELIVER = "P5"
    OFFER = "P6"


class RecordModel(pa.DataFrameModel):
    """One row of the frame is one record; every column is declared and described."""

    class Config:
        """Undeclared columns are refused, here as everywhere."""

        strict = True
        unique_column_names = True


def described(
    *,
    kind: str,
    fi: str,
    en: str,
    data_class: DataClass = DataClass.PERSONAL,
    origins: tuple[Origin, ...] = (Origin.CUSTOMER_REGISTER, Origin.SELF_REPORTED),
    purposes: tuple[Purpose, ...] = (Purpose.MAINTAIN, Purpose.DELIVER),
    required: bool = False,
    default_on: bool = True,
    max_length: int | None = None,
    fades: bool = False,
    **checks: Any,
) -> Any:
    """A Pandera field with its catalogue entry.

    Args:
        kind: the module of `schemas.values` that cleans it.
        fi: its meaning in Finnish.
        en: its meaning in English.
        origins: who may supply it; a source of another kind that maps it is a configuration error.
        required: whether a row without a good value goes to quarantine.
        default_on: False for a field outside the register description, which a source must switch on with a reason.
        max_length: the most characters, checked.
        fades: whether retention empties it while the record stays: a row needs it, and its column takes nulls.
    """
    if max_length is not None:
        checks["str_length"] = {"max_value": max_length}
    return pa.Field(
        nullable=not required,
        metadata={
            "kind": kind,
            "fi": fi,
            "en": en,
            "data_class": data_class,
            "origins": frozenset(origins),
            "purposes": frozenset(purposes),
            "required": required,
            "default_on": default_on,
            "max_length": max_length,
            "fades": fades,
        },
        **checks,
    )
