"""A value that a person types for a golden field.

Belongs here: holding it to what the field asks, as if a register had delivered it. Does not belong here: what is done
with it (`register.matching.pins`), or where it was typed.
"""

from __future__ import annotations

import pandas as pd
import pandera.errors

from schemas import rules
from schemas.catalogue import RECORD_TYPES
from schemas.detectors import hetu
from schemas.errors import NotFound, Refusal
from schemas.values import CLEANERS

_AGAIN = "Type it as the register of a customer would have it; a phone number with its country, as +358."


def check_field(record_type: str, field: str) -> None:
    """Makes sure that there is such a golden field.

    Raises:
        NotFound: where there is none.
    """
    names = RECORD_TYPES[record_type].field_names
    if field not in names:
        raise NotFound(f"A {record_type} has no such field.", f"Choose one of {', '.join(names)}.")


def value(record_type: str, field: str, text: str) -> str:
    """The value in its one canonical form.

    Raises:
        NotFound: where there is no such field.
        Refusal: where the value breaks a rule of its kind or field, is missing, or holds an identity code (MIN-06).
            What was typed is not repeated.
    """
    check_field(record_type, field)
    about = RECORD_TYPES[record_type].field(field)
    if hetu.any_in(text):
        raise Refusal("The value holds an identity code.", "Identity codes are never stored; type it without.")
    cleaned = CLEANERS[about.kind](pd.Series([text], dtype="str"))
    for rule in cleaned.failures:
        raise Refusal(f"The value cannot be taken ({rule}): {rules.get(rule).en}", _AGAIN)
    if cleaned.values.isna().any():
        raise Refusal("No value was typed.", "To say that nobody's word holds, use --empty.")
    fits = True
    try:
        model = RECORD_TYPES[record_type].model.to_schema().select_columns([field])
        model.validate(pd.DataFrame({field: cleaned.values}), lazy=True)
    except pandera.errors.SchemaErrors:
        fits = False
    if not fits:
        raise Refusal(f"The value does not fit {about.path}.", _AGAIN)
    return str(cleaned.values.iloc[0])
