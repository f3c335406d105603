"""The text of a workbook's cells.

Belongs here: what each kind of cell is as text, without knowing columns or sheets. Does not belong here: what the text
means. Runs in the child process as well (see excel_worker), so it needs nothing but the standard library.

A workbook stores numbers as 8-byte floats, of which Excel keeps 15 digits. So a whole number comes out as its digits
and never as a float or with an exponent, and one with more digits is known to be wrong: it is told from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | float | int | bool | date | datetime | time | timedelta

#: From here on a number has more digits than Excel keeps.
TOO_MANY_DIGITS = 1e15
_LEAST = -TOO_MANY_DIGITS
_NUMBERS = frozenset({float, int})

#: The last day that Excel knows, 9999-12-31, counted from 1900.
_LAST_DAY = 2_958_465
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)


def column(
    cells: Sequence[Cell], *, decimal: str, serial: bool = False, digits: int = 0, from_1904: bool = False
) -> tuple[list[str], list[int]]:
    """The texts of a column's cells, and the places of numbers that have lost digits.

    Args:
        decimal: the decimal sign.
        serial: whether plain numbers are days.
        digits: the least number of digits of a whole number; zeros are put in front.
        from_1904: whether the workbook counts its days from 1904.
    """
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return list(cells), []  # type: ignore[arg-type]
    lost: list[int] = []
    if kinds & _NUMBERS:
        lost = [at for at, cell in enumerate(cells) if type(cell) in _NUMBERS and not _LEAST < cell < TOO_MANY_DIGITS]  # type: ignore[operator]
        if serial:
            cells = [_day(cell, from_1904) if type(cell) in _NUMBERS else cell for cell in cells]  # type: ignore[arg-type]
        if digits:
            texts = [text(cell, decimal) for cell in cells]
            padded = [_padded(t, digits) if type(c) in _NUMBERS else t for c, t in zip(cells, texts, strict=True)]
            return padded, lost
        return [cell if type(cell) is str else text(cell, decimal) for cell in cells], lost
    said = {cell: text(cell, decimal) for cell in set(cells)}  # days and flags come again and again
    return [said[cell] for cell in cells], lost


def text(cell: Cell, decimal: str = ",") -> str:
    """One cell as text: dates in ISO 8601, numbers without exponent or thousands separator, TRUE and FALSE."""
    kind = type(cell)
    if kind is str:
        return cell  # type: ignore[return-value]
    if kind is float:
        return _number(cell, decimal)  # type: ignore[arg-type]
    if kind is bool:
        return "TRUE" if cell else "FALSE"
    if kind is int:
        return str(cell)
    if isinstance(cell, datetime):
        return _to_second(cell).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _to_second(datetime.combine(date(2000, 1, 1), cell)).time().isoformat()
    if isinstance(cell, timedelta):
        return _duration(cell)
    return ""


def _number(value: float, decimal: str) -> str:
    if value.is_integer():
        return str(int(value))
    written = f"{value:.15g}"
    if "e" in written:
        written = f"{Decimal(written):f}"
    return written.replace(".", decimal)


def _padded(written: str, digits: int) -> str:
    return written.zfill(digits) if written.isdigit() else written


def _day(number: float, from_1904: bool) -> Cell:
    """The day that Excel means by a number; a number that is none stays. Day 60 of 1900 is one that never was."""
    if not 1 <= number < _LAST_DAY + 1 or (60 <= number < 61 and not from_1904):
        return number
    if from_1904:
        if number >= _LAST_DAY + 1 - 1462:
            return number
        moment = _EPOCH_1904 + timedelta(days=number)
    else:
        moment = _EPOCH_1900 + timedelta(days=number + (1 if number < 60 else 0))
    moment = _to_second(moment)
    return moment.date() if moment.time() == time() else moment


def _to_second(moment: datetime) -> datetime:
    """Excel counts time in fractions of a day, so that seconds come out a little off."""
    if moment.microsecond and moment < datetime.max - timedelta(seconds=1):
        moment += timedelta(microseconds=500_000)
    return moment.replace(microsecond=0)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
