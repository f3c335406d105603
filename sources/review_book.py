"""The workbook in which a steward decides who is who, there and back.

Belongs here: its columns, what may be typed into it, and reading it again whatever program saved it. Does not belong
here: which pairs stand in it, or what becomes of the answers (`assets.review`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from schemas.detectors import hetu
from schemas.errors import Refusal, SourceRefused
from sources.packing import packed
from sources.readers.excel_file import open_excel
from sources.readers.excel_settings import ExcelRead
from sources.workbook import put

#: What may stand in the column of decisions, in either language -> the decision.
WORDS = {"same": "same", "sama": "same", "different": "different", "eri": "different"}

DECISION, REASON = "Päätös / Decision", "Perustelu / Reason"
RECORD_A, RECORD_B = "Tietue A / Record A", "Tietue B / Record B"
DOCUMENT, STATE = "Asiakirja / Document", "Tila / State"

#: What is compared: field -> what it is called; it stands twice, for either record.
COMPARED = {
    "source": "Rekisteri / Register",
    "last_name": "Sukunimi / Family name",
    "first_name": "Etunimi / Given name",
    "email": "Sähköposti / E-mail",
    "phone": "Puhelin / Phone",
    "number": "Henkilönumero / Number",
    "employer": "Työnantaja / Employer",
    "since": "Ensi kerran / First seen",
    "absent": "Poissa / Absent since",
}

#: Most characters of a reason.
LONGEST_REASON = 300

_TOLD = (
    "Valitse joka riville sama (same) tai eri (different) ja kirjoita lyhyt perustelu ilman henkilötietoja. Tyhjä rivi "
    "jää jonoon. / Choose same or different for each row, and write a short reason without personal data. A row left "
    "empty stays in the queue."
)
_SHEET = "Parit - Pairs"
_HEAD_ROW = 3
_OPEN = PatternFill("solid", fgColor="FFF2CC")
_WIDTHS = {DECISION: 14, REASON: 36, RECORD_A: 10, RECORD_B: 10, "Miksi / Why": 12}
_WIDTH = 22


@dataclass(frozen=True)
class Row:
    """One pair as it goes out.

    Attributes:
        a, b: what is compared of either record, by the names of `COMPARED`.
        state: tells whether either record has changed since.
    """

    record_a: int
    record_b: int
    why: str
    rule: str | None
    score: float | None
    model: str | None
    state: str
    a: dict[str, str | None]
    b: dict[str, str | None]


@dataclass(frozen=True)
class Answer:
    """One row that was filled in, as it came back; its number is that which Excel shows."""

    number: int
    record_a: int
    record_b: int
    document: int
    state: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class Returned:
    """A workbook that came back.

    Attributes:
        undecided: how many rows were left empty.
    """

    answers: list[Answer]
    undecided: int


def render(rows: Sequence[Row], document: int) -> bytes:
    """The workbook as bytes: values side by side, only decision and reason open for typing, and no formula."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _SHEET
    _put(sheet, 1, 1, "Yksi henkilö vai kaksi? / One person or two?").font = Font(bold=True, size=14)
    _put(sheet, 2, 1, _TOLD)
    heads = _heads()
    for column, head in enumerate(heads, start=1):
        cell = _put(sheet, _HEAD_ROW, column, head)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(head, _WIDTH)
    for number, row in enumerate(rows, start=_HEAD_ROW + 1):
        for column, value in enumerate(_values(row, document), start=1):
            cell = _put(sheet, number, column, value)
            if heads[column - 1] in (DECISION, REASON):
                cell.protection, cell.fill = Protection(locked=False), _OPEN
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    _restrict(sheet, heads, len(rows))
    return packed(book)


def _heads() -> list[str]:
    compared = [f"{said} {side}" for said in COMPARED.values() for side in "AB"]
    told = ["Miksi / Why", "Sääntö / Rule", "Paino / Score", "Malli / Model"]
    return [DECISION, REASON, *compared, *told, RECORD_A, RECORD_B, DOCUMENT, STATE]


def _values(row: Row, document: int) -> list[str | int | float | None]:
    compared = [side[name] for name in COMPARED for side in (row.a, row.b)]
    told = [row.why, row.rule, row.score, row.model]
    return ["", "", *compared, *told, row.record_a, row.record_b, document, row.state]


def _put(sheet: Worksheet, row: int, column: int, value: str | int | float | None) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    put(cell, value)
    return cell


def _restrict(sheet: Worksheet, heads: list[str], rows: int) -> None:
    """A list to choose from, and every other cell locked, against slips. What comes back is checked all the same."""
    choice = DataValidation(type="list", formula1='"same,different"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = DECISION, "same / different"
    letter = get_column_letter(heads.index(DECISION) + 1)
    if rows:
        choice.add(f"{letter}{_HEAD_ROW + 1}:{letter}{_HEAD_ROW + rows}")
        sheet.add_data_validation(choice)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def read(path: Path, *, reason: str | None = None) -> Returned:
    """What a steward filled in, all of it sound in form.

    Args:
        reason: stands where a row gives none.

    Raises:
        SourceRefused: the file is no such workbook.
        Refusal: a row is not as it must be; the text names rows and columns, and no cell's content.
    """
    wanted = [DECISION, REASON, RECORD_A, RECORD_B, DOCUMENT, STATE]
    book = open_excel(path, ExcelRead.model_validate({"path": path.name}), wanted=wanted, required=wanted)
    answers: list[Answer] = []
    wrong: list[str] = []
    undecided = 0
    try:
        for chunk in book.chunks():
            wrong += [f"row {number}: values beside the columns" for number, _ in chunk.rejected]
            wrong += [f"row {number}, {column}: an error instead of a value" for number, column, _ in chunk.faults]
            for number, cells in zip(chunk.row_numbers.tolist(), chunk.rows.to_pylist(), strict=True):
                told = {name: cell.strip() for name, cell in cells.items()}
                if not told[DECISION]:
                    undecided += 1
                    continue
                faults = list(_faults(told, reason))
                wrong += [f"row {number}, {fault}" for fault in faults]
                if not faults:
                    answers.append(_answer(number, told, reason))
    finally:
        book.close()
    wrong += _repeated(answers)
    if wrong:
        more = f" and {len(wrong) - 20} more" if len(wrong) > 20 else ""
        raise Refusal(
            f"Nothing was taken in, because of {'; '.join(wrong[:20])}{more}.", "Correct these in the workbook."
        )
    if not answers and not undecided:
        raise SourceRefused("The workbook has no row.", "Was it saved with its rows?")
    return Returned(answers, undecided)


def _faults(told: dict[str, str], reason: str | None) -> Iterator[str]:
    if told[DECISION].casefold() not in WORDS:
        yield f"{DECISION}: neither same nor different"
    for name in (RECORD_A, RECORD_B, DOCUMENT):
        if not (told[name].isascii() and told[name].isdigit() and len(told[name]) < 19):
            yield f"{name}: no number"
    why = told[REASON] or reason or ""
    if not why.strip():
        yield f"{REASON}: empty"
    elif len(why) > LONGEST_REASON:
        yield f"{REASON}: longer than {LONGEST_REASON} characters"
    elif hetu.any_in(why):
        yield f"{REASON}: an identity code"


def _answer(number: int, told: dict[str, str], reason: str | None) -> Answer:
    verdict = WORDS[told[DECISION].casefold()]
    ids = (int(told[RECORD_A]), int(told[RECORD_B]), int(told[DOCUMENT]))
    return Answer(number, *ids, told[STATE], verdict, told[REASON] or reason or "")


def _repeated(answers: list[Answer]) -> list[str]:
    """Rows that decide what another row has decided."""
    first: dict[tuple[int, int], int] = {}
    found = []
    for one in answers:
        pair = (one.record_a, one.record_b)
        if pair in first:
            found.append(f"row {one.number}: the pair of row {first[pair]} again")
        first.setdefault(pair, one.number)
    return found
