"""Where in an answer something stands.

Belongs here: path expressions (JMESPath), and which fields of a record an expression looks at. Does not belong here:
what is found there (see cells).
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Annotated, Any

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, StringConstraints

#: A name without any of these signs is the name of a field, whatever its letters.
_SIGNS = re.compile(r"""[.\[\]"'`|&(){}*?,<>=!\\]""")

#: What an expression looks at when it does not name a field: the whole record.
WHOLE = ("@",)


def expression(name: str) -> str:
    """The expression that a column's name stands for: ``@removed`` and ``Työpuhelin`` are plain fields."""
    return name if _SIGNS.search(name) else json.dumps(name, ensure_ascii=False)


@lru_cache(maxsize=1000)
def _compiled(text: str) -> Any:
    return jmespath.compile(text)


def find(text: str, document: Any) -> Any:
    """What stands there; None where nothing does, or where the document is of another shape than the path expects."""
    try:
        return _compiled(text).search(document)
    except (JMESPathError, TypeError, ValueError, AttributeError, RecursionError):
        return None


@lru_cache(maxsize=1000)
def field(text: str) -> str | None:
    """The name of the field, where an expression is nothing else."""
    parsed = _compiled(text).parsed
    return str(parsed["value"]) if parsed["type"] == "field" else None


def compiles(text: str) -> bool:
    """Whether the text is an expression."""
    try:
        _compiled(text)
    except (JMESPathError, ValueError, RecursionError):
        return False
    return True


def looked_at(text: str) -> list[tuple[str, ...]]:
    """The fields that an expression looks at, each as the names that lead to it without index or condition.

    ``name.givenName`` -> ``("name", "givenName")``; ``emails[?primary].value | [0]`` -> ``("emails",)``. An expression
    that takes the record as a whole gives `WHOLE`.
    """
    return list(dict.fromkeys(_roots(_compiled(text).parsed)))


def _roots(node: dict[str, Any]) -> list[tuple[str, ...]]:
    kind, children = node["type"], node.get("children", [])
    if kind == "field":
        return [(node["value"],)]
    if kind in ("current", "identity"):
        return [WHOLE]
    if kind == "subexpression":
        if all(child["type"] == "field" for child in children):
            return [tuple(child["value"] for child in children)]
        inner = _roots(children[0])
        plain = children[0]["type"] == "subexpression" and len(inner) == 1 and children[-1]["type"] == "field"
        return [(*inner[0], children[-1]["value"])] if plain and _chain(children[0]) else inner
    if kind in ("index_expression", "projection", "filter_projection", "value_projection", "flatten", "pipe"):
        return _roots(children[0])
    if kind == "key_val_pair":
        return [root for child in children for root in _roots(child)]
    return [root for child in children if isinstance(child, dict) for root in _roots(child)]


def _chain(node: dict[str, Any]) -> bool:
    """Whether a node is nothing but names one inside the other."""
    return node["type"] == "field" or (node["type"] == "subexpression" and all(map(_chain, node["children"])))


def _sound(text: str) -> str:
    if not compiles(text):
        raise ValueError(
            'not a path (JMESPath); write it as data.people, or "@odata.nextLink" with quotation marks around a name '
            "that holds other signs than letters, digits and _"
        )
    return text


def _expressed(text: str) -> str:
    return text if text == WHOLE[0] else _sound(expression(text))


#: A path expression; the name of a field becomes one.
Path = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_expressed)
]
