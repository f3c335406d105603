"""File names that carry a date: ``henkilot_{date:%Y%m%d}.csv``, ``{date-1:%d.%m.%Y}``, ``{date+1}``.

Belongs here: what such a template may say, and what it says on one business date. Does not belong here: looking for the
file (see intake), and any knowledge of what is in it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_FIELD = re.compile(r"\{date(?P<offset>[+-]\d{1,4})?(?::(?P<form>[^{}]*))?\}")

#: Directives that say the same on every machine: no month names, which follow the locale.
_DIRECTIVES = frozenset("YymdjGVu%")


def fault(template: str) -> str:
    """What is wrong with a path template, in words, or "" where nothing is.

    A path is relative to the inbox folder, stays inside it, and may use ``*`` and ``?`` and the date, nothing else.
    """
    rest = _FIELD.sub("", template)
    parts = re.split(r"[/\\]", rest)
    if not template.strip():
        return "the path is empty"
    if template.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", template):
        return "the path must be relative to the inbox folder"
    if "\\" in rest:
        return "the path is written with / between folders, not with a backslash"
    if ".." in parts:
        return "the path may not leave the inbox folder (..)"
    if "{" in rest or "}" in rest:
        return "only {date}, {date:%Y%m%d}, {date-1:%Y-%m-%d} and {date+1} may stand in braces"
    if "**" in rest:
        return "** is not known; write * for each folder"
    if "\0" in template:
        return "the path holds a NUL character"
    for match in _FIELD.finditer(template):
        form = match["form"]
        if form is None:
            continue
        used = re.findall(r"%(.?)", form)
        if not used or any(letter not in _DIRECTIVES for letter in used):
            return "a date is written with %Y, %y, %m, %d, %j, %G, %V and %u"
        if "/" in form and ".." in form:
            return "the path may not leave the inbox folder (..)"
    return ""


def expand(template: str, business_date: date) -> str:
    """The template as it reads on one business date, its wildcards left as they are.

    ``{date}`` alone is ISO 8601 (2026-03-10); an offset counts days, so ``{date-1}`` is the day before.
    """

    def written(match: re.Match[str]) -> str:
        day = business_date + timedelta(days=int(match["offset"] or 0))
        return day.strftime(match["form"]) if match["form"] is not None else day.isoformat()

    return _FIELD.sub(written, template)


def is_dated(template: str) -> bool:
    """Whether it reads otherwise on another date."""
    return _FIELD.search(template) is not None
