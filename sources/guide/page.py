"""The page for a customer's contact person, made of the source file.

Belongs here: what the templates are filled with. Does not belong here: their sentences (the templates in this folder,
one for each language).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas.catalogue import RECORD_TYPES
from schemas.values.expected import EXPECTED
from sources import path_template
from sources.config import ActiveEnds, ActiveFlag, Source
from sources.config.mapping import FieldMapping
from sources.readers.api.settings import ApiRead

#: The languages that there is a template for.
LANGUAGES = ("fi", "en")


@dataclass(frozen=True)
class ColumnRead:
    """One column of the customer's, as the page names it.

    Attributes:
        needed: whether a row without a good value in it stays out.
        fills: what it becomes in the central register, in the page's language.
        expected: what its values should look like.
    """

    name: str
    needed: bool
    fills: tuple[str, ...]
    expected: tuple[str, ...]


def text(source: Source, language: str, business_date: date) -> str:
    """The page as Markdown.

    Args:
        language: one of `LANGUAGES`.
        business_date: the day whose file is named as an example.
    """
    environment = Environment(
        loader=PackageLoader("sources", "guide"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # Markdown, not HTML: nothing is escaped, and the source file is our own
    template = environment.get_template(f"guide.{language}.md.j2")
    return template.render(
        source=source,
        read=source.read,
        columns=_columns(source, LANGUAGES.index(language)),
        date=business_date,
        example=None if isinstance(source.read, ApiRead) else path_template.expand(source.read.path, business_date),
        ends=source.active.ends if isinstance(source.active, ActiveEnds) else None,
        flag=source.active if isinstance(source.active, ActiveFlag) else None,
        moved=getattr(source.after_read, "move", None),
        deletes=source.after_read == "delete",
    )


def _columns(source: Source, place: int) -> list[ColumnRead]:
    """Every column that is read, in the order of the source file; `place` is that of the language."""
    fills: dict[str, list[str]] = {name: [] for name in source.wanted_columns}
    expected: dict[str, list[str]] = {name: [] for name in source.wanted_columns}
    needed = set(source.key)
    for record, name, how in source.fields():
        if how.column:
            field = RECORD_TYPES[record].field(name)
            fills[how.column].append((field.fi, field.en)[place])
            expected[how.column].append(_expected(how, field.kind)[place])
            if field.required and not RECORD_TYPES[record].part:
                needed.add(how.column)
    return [
        ColumnRead(name, name in needed, tuple(dict.fromkeys(fills[name])), tuple(dict.fromkeys(expected[name])))
        for name in source.wanted_columns
    ]


def _expected(how: FieldMapping, kind: str) -> tuple[str, str]:
    """What the column should hold, in Finnish and English."""
    if how.take:
        first = how.order != "last_first"
        return (
            ("Etunimi Sukunimi", "Given name, family name")
            if first
            else ("Sukunimi Etunimi", "Family name, given name")
        )
    if how.split:
        return f"Koodeja, välissä {how.split.strip() or 'väli'}", f"Codes with {how.split.strip() or 'a blank'} between"
    if how.map:
        texts = ", ".join(how.map)
        return texts, texts
    return EXPECTED[kind]
