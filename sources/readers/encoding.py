"""Which encoding a text file is in: obeyed where declared, found where the bytes leave no doubt, refused otherwise.

Belongs here: the decision and the words of a refusal. Does not belong here: reading the bytes (see survey), decoding
them (see transcode).

Single-byte encodings cannot be told apart by trying: every one decodes every file. What is known is used instead:

* Bytes that are valid UTF-8 and not plain ASCII are UTF-8; text in a single-byte encoding is so by chance hardly ever.
* 0x80 to 0x9F are control codes in the ISO encodings, letters in the DOS and Mac ones, and in Windows-1252 quotes,
  dashes, the euro sign and a few letters. DOS writes ä å ö as 0x84 0x86 0x94, so these between letters mean DOS, and a
  file that has them is never read as Windows-1252 unasked. 0xF6 after a letter is ö in Windows-1252 and the ISO ones,
  and no letter at all in DOS and Mac ones.
* Windows-1252, ISO-8859-1 and ISO-8859-15 differ, above 0x9F, in eight bytes only. Where none of them occurs, all three
  give the same text, and nothing is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schemas.errors import SourceRefused
from sources.readers import evidence, survey
from sources.readers.csv_settings import ENCODINGS
from sources.readers.evidence import Evidence
from sources.readers.survey import Survey
from sources.readers.unpack import Stream

#: Bytes that ISO-8859-15 reads otherwise than ISO-8859-1 and Windows-1252 do.
_EURO_SET = frozenset((0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE))
_CONTROLS = frozenset(range(0x80, 0xA0))
#: Second and later bytes of a character in UTF-8.
_CONTINUING = frozenset(range(0x80, 0xC0))
#: Ä, Å and Ö: in front of a sign such as € they are valid UTF-8 by chance; other letters hardly ever are.
_NORDIC_CAPITALS = frozenset((0xC4, 0xC5, 0xD6))
_NOT_IN_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))

_WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15")
_DOS_AND_MAC = ("cp850", "cp437", "mac-roman")


def decide(declared: str, seen: Survey, open_stream: Callable[[], Stream]) -> str:
    """The encoding to read with, by its name in ``csv_settings.ENCODINGS``; never plain "utf-16".

    Args:
        declared: the encoding of the source file, or "detect".
        seen: the survey of the whole file.
        open_stream: gives the bytes once more, where a closer look is needed.

    Raises:
        SourceRefused: the bytes contradict the declaration, or leave doubt without one. The text names encodings and
            places in the file, never what stands there.
    """
    if declared == "detect":
        return _detect(seen, open_stream)
    return _obey(declared, seen, open_stream)


def _detect(seen: Survey, open_stream: Callable[[], Stream]) -> str:
    if seen.mark or seen.trial != "utf-8":
        return _unbroken(seen.trial, seen)
    if seen.fault is None:
        return "utf-8"
    return _single_byte(seen, evidence.look(open_stream()))


def _single_byte(seen: Survey, found: Evidence) -> str:
    """One of the single-byte encodings, for a file that is not UTF-8."""
    low = seen.high & _CONTROLS
    where = f"It is not UTF-8 ({seen.fault})"
    if found.run_of_letters:
        raise _doubt(
            f"{where}, and its letters do not look Western European.", (*_WESTERN, *_DOS_AND_MAC, "windows-1251")
        )
    if low:
        if seen.high & _NOT_IN_1252:
            raise _doubt(f"{where}, and some of its bytes mean nothing in windows-1252.", _DOS_AND_MAC)
        western = found.western_o and not found.dos_letters
        if western or not found.low_code_at_letter:
            return "windows-1252"
        raise _doubt(
            f"{where}. It has bytes from 0x80 to 0x9F among its letters, which are ä, ö and å in cp850 and cp437 and "
            "quotes and dashes in windows-1252.",
            ("windows-1252", *_DOS_AND_MAC),
        )
    if found.sign_between_letters:
        raise _doubt(
            f"{where}. It has bytes from 0xA1 to 0xBF between letters, which are letters in other encodings.",
            (*_WESTERN, *_DOS_AND_MAC, "windows-1250", "windows-1257"),
        )
    differing = seen.high & _EURO_SET
    if differing:
        listed = ", ".join(f"0x{b:02X}" for b in sorted(differing))
        raise _doubt(
            f"{where}. The byte(s) {listed} are read one way in iso-8859-15 (€ Š š Ž ž Œ œ Ÿ) and another in "
            "windows-1252 and iso-8859-1 (¤ ¦ ¨ ´ ¸ ¼ ½ ¾).",
            _WESTERN,
        )
    return "windows-1252"


def _doubt(why: str, candidates: tuple[str, ...]) -> SourceRefused:
    return SourceRefused(
        f"The file's encoding is in doubt. {why}",
        f"Ask how it is exported, and write one of these as encoding: {', '.join(candidates)}.",
    )


def _obey(declared: str, seen: Survey, open_stream: Callable[[], Stream]) -> str:
    sixteen = declared.startswith("utf-16")
    if seen.mark and not _agrees(declared, seen.mark):
        raise _contradiction(declared, f"begins with the byte-order mark of {seen.mark}", seen.mark)
    if seen.trial != "utf-8" and not sixteen:
        raise _contradiction(declared, f"has the NUL bytes of {seen.trial}", seen.trial)
    if sixteen:
        if declared == "utf-16" and seen.trial == "utf-8":
            raise SourceRefused(
                "The file is declared utf-16, has no byte-order mark, and does not show the order of its bytes.",
                "Write utf-16-le (usual on Windows) or utf-16-be, or have it exported as UTF-8.",
            )
        if declared != "utf-16" and seen.trial != declared:
            raise _contradiction(declared, f"has the NUL bytes of {seen.trial}", seen.trial)
        return _unbroken(seen.trial, seen)
    if declared == "utf-8":
        if seen.fault is not None:
            raise SourceRefused(
                f"The file is declared utf-8 but is not, at {seen.fault}.",
                "Write the encoding it is exported in (often windows-1252) or detect; if it was UTF-8 before, the file "
                "may be damaged.",
            )
        return declared
    if seen.fault is None and seen.high - _CONTINUING - _NORDIC_CAPITALS:
        raise _contradiction(declared, "is valid UTF-8 with letters of several bytes", "utf-8")
    _must_decode(declared, seen, open_stream)
    return declared


def _agrees(declared: str, mark: str) -> bool:
    return declared == mark or (declared == "utf-16" and mark.startswith("utf-16"))


def _contradiction(declared: str, fact: str, instead: str) -> SourceRefused:
    return SourceRefused(
        f"The file is declared {declared} but {fact}.", f"Write encoding: {instead}, or have it exported as declared."
    )


def _unbroken(encoding: str, seen: Survey) -> str:
    """A Unicode encoding whose bytes are whole to the end."""
    if seen.fault is None:
        return encoding
    raise SourceRefused(
        f"The file is {encoding} at its beginning but not at {seen.fault}.",
        "It is damaged, cut off, or put together from parts in different encodings. Ask for it again.",
    )


def _must_decode(declared: str, seen: Survey, open_stream: Callable[[], Stream]) -> None:
    """A single-byte encoding must have a character, and no control code, for every byte of the file."""
    undefined = {b for b in seen.high if not _printable(b, ENCODINGS[declared])}
    if not undefined:
        return
    place = survey.find(open_stream(), re.compile(b"[" + b"".join(re.escape(bytes((b,))) for b in undefined) + b"]"))
    controls = declared.startswith("iso-") and undefined <= _CONTROLS
    raise SourceRefused(
        f"The file is declared {declared}, in which the byte at {place} is "
        + ("a control code." if controls else "no character."),
        "Write windows-1252, if it comes from Windows; otherwise cp850."
        if controls and not undefined & _NOT_IN_1252
        else "Ask how it is exported; older Windows and DOS programs write cp850 or cp437.",
    )


def _printable(byte: int, codec: str) -> bool:
    try:
        character = bytes((byte,)).decode(codec)
    except UnicodeDecodeError:
        return False
    return not 0x80 <= ord(character) <= 0x9F
