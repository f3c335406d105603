"""What a validation error means to the person who wrote the source file.

Belongs here: turning errors of pydantic into places and plain words. Does not belong here: reading YAML, or rules.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from schemas.documents import Where, dotted
from sources.config import Source
from sources.config.base import RULE_BROKEN, closest

_PLAIN = {
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "float_parsing": "write a number with a point, such as 0.05",
    "float_type": "write a number with a point, such as 0.05",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "model_type": "write keys and values here, not a single value",
    "model_attributes_type": "write keys and values here, not a single value",
    "dict_type": "write keys and values here, not a single value",
    "tuple_type": "write a list, such as [Henkilönumero]",
    "date_from_datetime_parsing": "write a date as YYYY-MM-DD",
    "date_parsing": "write a date as YYYY-MM-DD",
}


def explain(error: ValidationError, data: Any) -> Iterator[tuple[Where, str]]:
    """Each problem as the keys that lead to it and a message; no message quotes a value of the file.

    Args:
        data: the file as plain data, to leave out steps that are in the model and not in the file.
    """
    gathered: dict[Where, list[str]] = {}
    for item in error.errors(include_url=False, include_input=True):
        loc = item["loc"]
        if item["type"] == RULE_BROKEN:
            for problem in item["ctx"]["problems"]:
                gathered.setdefault((*loc, *problem.at), []).append(problem.text)
        else:
            gathered.setdefault(loc, []).append(_message(item))
    merged: dict[Where, list[str]] = {}
    for at, texts in gathered.items():
        merged.setdefault(_in_file(at, data), []).extend(texts)
    for at, texts in merged.items():
        yield at, f"{dotted(at)}: " + ", or ".join(dict.fromkeys(texts))


def _in_file(at: Where, data: Any) -> Where:
    """`at` without steps that the model added, such as the tag of a union; a missing last key stays."""
    kept: Where = ()
    for number, step in enumerate(at):
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        if inside:
            data = data[step]
        elif not (number == len(at) - 1 and isinstance(data, dict) and isinstance(step, str)):
            continue
        kept = (*kept, step)
    return kept


def _message(item: Any) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "missing":
        return "is missing; write it" + _described(item["loc"])
    if kind == "extra_forbidden":
        word = str(item["loc"][-1])
        return f"unknown key {word!r}; {closest(word, _known_keys(item['loc'][:-1]))}"
    if item["input"] is None:
        return 'is empty; write a value, or leave the key out (for the word NULL itself, write "NULL" in quotes)'
    if kind in ("enum", "literal_error"):
        return f"write one of: {context['expected']}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        expected = context.get("expected_tags", "full, changes, scoped")
        return f"write type: followed by one of {expected}"
    if kind == "string_type" and isinstance(item["input"], list | dict):
        return "write a single text here"
    if kind == "value_error":
        return str(context["error"])
    return _PLAIN.get(kind, item["msg"])


def _models(annotation: Any) -> set[type[BaseModel]]:
    """The models that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in typing.get_args(annotation) for model in _models(part)}


def _models_at(loc: Where) -> set[type[BaseModel]]:
    """The models that may stand where `loc` leads; steps that are no field (items, tags) lead nowhere further."""
    models: set[type[BaseModel]] = {Source}
    for step in loc:
        inner = {
            found
            for model in models
            for name, field in model.model_fields.items()
            if step in (name, field.alias)
            for found in _models(field.annotation)
        }
        models = inner or models
    return models


def _known_keys(loc: Where) -> list[str]:
    models = sorted(_models_at(loc), key=str)
    return list(dict.fromkeys(field.alias or name for model in models for name, field in model.model_fields.items()))


def _described(loc: Where) -> str:
    """The description of a missing field, from the model."""
    for model in _models_at(loc[:-1]):
        for name, field in model.model_fields.items():
            if loc[-1] in (name, field.alias) and field.description:
                return f" ({field.description})"
    return ""
