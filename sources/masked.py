"""A description as YAML that may be shown to whoever sees the pages.

Belongs here: writing it without anything that may be a secret. Does not belong here: where it is shown, or reading it
(`sources.loading`).

Secrets stand in environment variables, and a description names those. But people write what they should not: so
whatever could let somebody in is masked, whether or not it does. That is the texts of headers and parameters, the names
by which we say who asks, and in every address what stands before @ or after ? or #. Comments are not shown at all.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from sources.config import Source

MASK = "***"

#: Keys of places and readings whose texts go into a request, whole.
_TEXTS = frozenset({"headers", "params", "parameters"})

#: Keys of what is no secret where it is said who asks; of the rest, only names of variables are shown.
_AUTH_SHOWN = frozenset({"type", "name", "send", "url"})

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)([^\s?#]*)([?#]\S*)?")


def text(source: Source) -> str:
    """The description as it was written, without comments and what is as by default; masked."""
    document = source.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for part in ("location", "read"):
        if part in document:
            document[part] = _request(document[part])
    document["records"] = {name: _records(several) for name, several in document["records"].items()}
    return yaml.dump(_addresses(document), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)


def _records(several: list[dict[str, Any]]) -> Any:
    """As people write it: a column alone where nothing is said of it, and no list of one."""
    written = [
        {field: how["column"] if list(how) == ["column"] else how for field, how in mapping.items()}
        for mapping in several
    ]
    return written[0] if len(written) == 1 else written


def _request(part: Any) -> Any:
    """A place or reading, without what its requests say besides the address."""
    if not isinstance(part, dict):
        return part
    shown = {}
    for key, value in part.items():
        if key in _TEXTS:
            shown[key] = {name: _masked(said) for name, said in value.items()}
        elif key == "user":
            shown[key] = _masked(value)
        elif key == "auth":
            shown[key] = {
                name: said if name in _AUTH_SHOWN else _request({name: said})[name] if name in _TEXTS else _masked(said)
                for name, said in value.items()
            }
        else:
            shown[key] = _request(value)
    return shown


def _masked(said: Any) -> Any:
    """The name of a variable, or a mask."""
    return said if isinstance(said, dict) else MASK


def _addresses(part: Any) -> Any:
    """The same with every address in it masked."""
    if isinstance(part, dict):
        return {key: _addresses(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_addresses(value) for value in part]
    return _ADDRESS.sub(_address, part) if isinstance(part, str) else part


def _address(found: re.Match[str]) -> str:
    scheme, place, more = found[1], found[2], found[3] or ""
    if "@" in more:  # of a password with ? in it, or of a question with @: nobody can tell, so neither is shown
        return f"{scheme}{MASK}"
    who, _, place = place.rpartition("@")
    return f"{scheme}{f'{MASK}@' if who else ''}{place}{f'{more[0]}{MASK}' if more else ''}"
