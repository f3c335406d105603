"""What a workbook's file is, told from its bytes, and whether it may be opened at all.

Belongs here: the five formats, passwords, macros where none may be, and limits against packed bombs. Does not belong
here: sheets and cells.

Only the list of a package's members is read here, not what is packed in them. Sizes in that list can lie; what that
could do is bounded where the workbook is parsed (see excel_process).
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from schemas.errors import SourceRefused

#: Unpacked bytes that no register reaches.
MAX_UNPACKED = 2 * 2**30
MAX_MEMBERS = 10_000
#: From here on, more than MAX_RATIO unpacked bytes for each packed one is taken for a bomb. Sheets pack 5 to 50 times.
RATIO_FROM = 100 * 2**20
MAX_RATIO = 200

#: Bytes of the manifest of an .ods that are looked at.
_MANIFEST = 1 << 20

_AGAIN = "Ask for the file again."
_DAMAGED = "The workbook is damaged or was cut off."
_LOCKED = "The workbook is locked with a password."
_UNLOCK = "Have it saved without one, and sent in a protected way."

#: In an OLE file: the stream that holds a locked .xlsx or .xlsb; or, in an .xls, the record FILEPASS right after the
#: one that begins the workbook (BIFF8 or BIFF5), with at most one against writing in between. The library takes an .xls
#: that is locked in one way for damaged, and reads one that is locked in another way as if it were not.
_LOCKED_OLE = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le"))
    + rb"|\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
_LONGEST = 64
_BLOCK = 1 << 20


def check(file: IO[bytes], *, macros_expected: bool) -> str:
    """The format of a workbook: xlsx, xlsb, xls or ods (a workbook with macros is xlsx here).

    Args:
        macros_expected: whether the file's name ends in .xlsm, so that macros in it are no surprise. They never run.

    Raises:
        SourceRefused: no workbook, locked, damaged, with hidden macros (MIN-21), or far larger than it ought to be.
    """
    file.seek(0)
    start = file.read(8) or b""
    if start.startswith(b"PK\x03\x04"):
        return _packed(file, macros_expected)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _holds(file, _LOCKED_OLE):
            raise SourceRefused(_LOCKED, _UNLOCK)
        return "xls"
    if start.startswith(b"\x1f\x8b"):
        raise SourceRefused("The file is packed (.gz), not a workbook.", "Have the workbook delivered unpacked.")
    if start.startswith(b"%PDF-"):
        raise SourceRefused("The file is a PDF, not a workbook.", "Have the register exported as a workbook.")
    raise SourceRefused(
        "The file is no workbook, whatever its name says.",
        "Some systems call a text or web page .xls: have it exported as .xlsx, or declare type: csv if it is a text.",
    )


def _packed(file: IO[bytes], macros_expected: bool) -> str:
    damaged = False
    members: list[zipfile.ZipInfo] = []
    manifest = b""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
        if "META-INF/manifest.xml" in archive.NameToInfo:
            with archive.open("META-INF/manifest.xml") as part:
                manifest = part.read(_MANIFEST)
    except Exception:  # zipfile raises a dozen kinds on broken files; none of their texts may be shown
        damaged = True
    if damaged:
        raise SourceRefused(_DAMAGED, _AGAIN)
    _bounded(members)
    names = {member.filename.lower() for member in members}
    if any(member.flag_bits & 0x1 for member in members) or b"encryption-data" in manifest:
        raise SourceRefused(_LOCKED, _UNLOCK)
    if "content.xml" in names:
        return "ods"
    if "[content_types].xml" not in names:
        raise SourceRefused(
            "The file is a .zip, not a workbook.", "Have the workbook delivered unpacked, or declare type: csv."
        )
    if "xl/workbook.bin" in names:
        return "xlsb"
    has_macros = any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names)
    if has_macros and not macros_expected:
        raise SourceRefused(
            "The workbook holds macros, though its name does not say so (.xlsm).",
            "Have it saved without macros; a workbook that is known to have them is named .xlsm.",
        )
    return "xlsx"


def _bounded(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise SourceRefused(
            f"The workbook is a package of more than {MAX_MEMBERS} parts.", "Have the register saved on its own."
        )
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise SourceRefused(
            f"The workbook holds {unpacked // 2**20} MB, which no register does at its size.",
            "Have the register saved on its own, or exported as CSV.",
        )


def _holds(file: IO[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Whether a text of at most `_LONGEST` bytes that matches is anywhere in the file."""
    file.seek(0)
    carried = b""
    while block := file.read(_BLOCK):
        if pattern.search(carried + block):
            return True
        carried = block[-_LONGEST:]
    return False
