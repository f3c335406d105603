"""``mdo source propose``: from an unknown register to the draft of its source file.

Belongs here: the command and what it shows. Does not belong here: what is proposed (`sources.proposal`).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.command import console
from pipelines.settings import Settings
from schemas.errors import NotFound
from sources.proposal import draft, mapping, profile, sample
from sources.proposal.mapping import Proposal
from sources.proposal.profile import Column

_DATE = re.compile(r"20\d\d(-?)\d\d\1\d\d")


def propose(
    register: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A file, or the address of an API.")],
    customer: Annotated[str, typer.Option(help="The customer's short name; by default that of the folder.")] = "",
    name: Annotated[str, typer.Option("--register", help="The register's short name.")] = "",
    encoding: Annotated[str, typer.Option(help="Encoding of a text file, where it is in doubt.")] = "detect",
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook, where it has several.")] = None,
    token: Annotated[str | None, typer.Option("--token-env", help="Variable that holds an API's bearer token.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="Write the draft to this file instead of printing it.")
    ] = None,
) -> None:
    """Look at an unknown register in memory and draft its source file; no value is kept, shown or written."""
    settings = Settings.load()
    if sample.is_address(register):
        seen = sample.of_address(register, token_variable=token)
        stem, folder, read = register.rstrip("/").rsplit("/", 1)[-1], "", seen.read
    else:
        path = Path(register)
        if not path.is_file():
            raise NotFound(f"{path} is no file.", "Name a file, or an address that begins with https://.")
        seen = sample.of_file(path, encoding=encoding, sheet=sheet)
        inside = sample.relative(path, settings.inbox)
        stem, folder = path.stem, path.resolve().parent.name
        read = _with_path(seen.read, inside or f"{customer or 'customer'}/{path.name}")
    columns = profile.of(seen.rows)
    made = mapping.propose(columns)
    text = draft.text(
        made,
        customer=customer or _slug(folder) or "customer",
        register=name or _slug(_DATE.sub("", stem)) or "register",
        file="the API" if sample.is_address(register) else "the file",
        read=read,
        rows=len(seen.rows),
        more=seen.more,
        on=settings.today(),
    )
    if to is None:
        typer.echo(text)
        return
    to.write_text(text, encoding="utf-8")
    _show(columns, made, seen.unnamed)
    console.say(f"{to} is written. Answer its lines that begin with {draft.ASK}, then: mdo source check {to}")


def _show(columns: list[Column], made: Proposal, unnamed: int) -> None:
    fills: dict[str, list[str]] = {column.name: [] for column in columns}
    for path, column in made.fields.items():
        fills[column.name].append(path)
    if made.whole_name is not None:
        fills[made.whole_name.name].append("person.last_name, person.first_name")
    if made.key is not None:
        fills[made.key.name].insert(0, "key")
    console.table(
        "Columns",
        ["column", "filled", "distinct", "fills", "or why not"],
        [
            [
                one.name,
                f"{one.filled:.0%}",
                f"{one.distinct:.0%}",
                ", ".join(fills[one.name]),
                made.left.get(one.name, ""),
            ]
            for one in columns
        ],
        right=["filled", "distinct"],
    )
    if unnamed:
        console.say(f"{unnamed} columns have no name of their own, or one that looks like data; they cannot be read.")


def _with_path(read: dict[str, Any], path: str) -> dict[str, Any]:
    """The ``read:`` block with its path, the date in it as a template."""
    dated = _DATE.sub(lambda found: "{date}" if found[1] else "{date:%Y%m%d}", path)
    return {"type": read["type"], "path": dated, **{key: value for key, value in read.items() if key != "type"}}


def _slug(text: str) -> str:
    """A short name made of a longer one: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:40].strip("-")
