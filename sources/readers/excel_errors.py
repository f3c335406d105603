"""Cells that show an error such as #N/A, and the epoch of days, from the XML of an .xlsx.

Belongs here: what the workbook library does not tell. Does not belong here: any other cell. Runs in the child process
(see excel_worker), so it needs nothing but the standard library, and may break on hostile XML.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

#: (row, column), both counted from 0 -> the error as Excel shows it.
Errors = dict[tuple[int, int], str]

_SIGN = re.compile(rb"""\bt\s*=\s*["']e["']""")
_SHOWN = re.compile(r"#[A-Z0-9/_]{1,20}[!?]?")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BLOCK = 1 << 20


class Workbook:
    """An .xlsx as a package."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file)
        relations = ElementTree.fromstring(self._archive.read("_rels/.rels"))
        book = next(r.get("Target", "") for r in relations if r.get("Type", "").endswith("/officeDocument"))
        self._book = posixpath.normpath(book.lstrip("/"))
        tree = ElementTree.fromstring(self._archive.read(self._book))
        self._sheets = [e for e in tree.iter() if _local(e.tag) == "sheet"]
        properties = next((e for e in tree.iter() if _local(e.tag) == "workbookPr"), None)
        #: Whether days are counted from 1904, as old Macs did.
        self.from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")

    def errors(self, sheet: int) -> Errors:
        """The error cells of a sheet, by its place among all sheets."""
        path = self._path(sheet)
        with self._archive.open(path) as stream:
            if not _occurs(stream):
                return {}
        with self._archive.open(path) as stream:
            return _parse(stream)

    def _path(self, sheet: int) -> str:
        wanted = next(value for name, value in self._sheets[sheet].attrib.items() if _local(name) == "id")
        folder, name = posixpath.split(self._book)
        relations = ElementTree.fromstring(self._archive.read(f"{folder}/_rels/{name}.rels"))
        target = next(r.get("Target", "") for r in relations if r.get("Id") == wanted)
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _occurs(stream: IO[bytes]) -> bool:
    """Whether a cell may be of type e. A plain search for the letter in quotes settles nearly all blocks."""
    carried = b""
    while block := stream.read(_BLOCK):
        window = carried + block
        if (b'"e"' in window or b"'e'" in window) and _SIGN.search(window):
            return True
        carried = window[-32:]
    return False


def _parse(stream: IO[bytes]) -> Errors:
    """Every cell of type e, with or without a reference of its own."""
    found: Errors = {}
    row = column = -1
    inside = ""
    said: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, inside
        name = _local(tag)
        if name == "row":
            row = int(attributes["r"]) - 1 if "r" in attributes else row + 1
            column = -1
        elif name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            if match:
                row, column = int(match[2]) - 1, _column(match[1])
            else:
                column += 1
            inside = "c" if attributes.get("t") == "e" else ""
            said.clear()
        elif name == "v" and inside:
            inside = "v"

    def text(data: str) -> None:
        if inside == "v":
            said.append(data)

    def end(tag: str) -> None:
        nonlocal inside
        if _local(tag) == "c" and inside:
            shown = "".join(said)
            found[row, column] = shown if _SHOWN.fullmatch(shown) else "#ERROR"
            inside = ""
        elif inside == "v":
            inside = "c"

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.ParseFile(stream)
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1]
