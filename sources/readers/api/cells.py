"""From an answer to cells of text.

Belongs here: reading JSON, and the text that a person would see for a value of it. Does not belong here: where a value
stands (see paths), or what it means.
"""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

from schemas.errors import SourceRefused

#: A number with more digits than this before or after the point is no number that a person wrote.
_MOST_DIGITS = 40

#: Takes half of the time that the standard library takes, and refuses what that takes beyond the standard: UTF-16, half
#: characters, and a byte order mark.
_STRICT = msgspec.json.Decoder(float_hook=Decimal)


def _no_number(text: str) -> Any:
    raise ValueError


def parse(body: bytes) -> Any:
    """The document of an answer, with decimal numbers as they were written.

    Raises:
        SourceRefused: it is no JSON, or nested too deep. Nothing of it is quoted.
    """
    with suppress(msgspec.DecodeError, ValueError, ArithmeticError, RecursionError):
        return _STRICT.decode(body)
    broken = False
    document: Any = None
    try:
        document = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        broken = True
    if broken:
        raise SourceRefused(
            "The API answered with something that is no JSON.", "Check the address; a page for people is no register."
        )
    return document


def cell(value: Any, join: str) -> str | None:
    """The text of a value, or None where it has none: an object, a list of them, a number without end.

    Whole numbers have no decimals and none has an exponent; null is an empty cell. A list is its items' texts with
    `join` between them, unless an item holds `join` itself.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_MOST_DIGITS else None
    if isinstance(value, float):  # only a function of a path makes one
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        return _listed(value, join)
    return None


def _number(value: Decimal) -> str | None:
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        return None if value else "0"
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _listed(values: list[Any], join: str) -> str | None:
    texts = []
    for value in values:
        text = None if isinstance(value, list) else cell(value, join)
        if text is None or (len(values) > 1 and join in text):
            return None
        texts.append(text)
    return join.join(texts)


def column(texts: list[str]) -> pa.Array:
    """A column of cells. Half of a character (a lone surrogate) becomes U+FFFD, which the values' rules report."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        whole = [text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for text in texts]
        return pa.array(whole, pa.string())
