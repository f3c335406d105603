"""The review queue as a workbook: out, filled in, saved by whatever program, and back."""

from __future__ import annotations

import io
import stat
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from people import FIRST, People, person, with_steward

from assets import review
from register.matching import answers, decisions
from schemas.errors import NotFound, Refusal
from sources.review_book import DECISION, REASON, RECORD_A, RECORD_B

AINO = {"email": "aino@koe.example.com"}
MEANWHILE = "the pair does not wait any more; it was decided or joined meanwhile"
BY = {"by": "kari", "reason": "the queue of March"}


@pytest.fixture
def people(bench) -> People:
    """Three pairs that rules were kept from joining, each by a weak link to a person of two records."""
    people = with_steward(bench)
    names = {"1": "Aino Kuvitelma", "2": "Eero Satunen", "3": "Helmi Tarinainen"}
    nearly = {"1": "Ainno Kuvitelma", "2": "Eeri Satunen", "3": "Helmu Tarinainen"}
    people.read(
        "hr", 0, [person(key, name, number=f"1{key}7", email=people_mailbox(key)) for key, name in names.items()]
    )
    people.read("hr2", 0, [person(key, name, number=f"1{key}7") for key, name in names.items()])
    people.read("crm", 0, [person(key, name, email=people_mailbox(key)) for key, name in nearly.items()])
    people.match()
    assert set(people.queue().values()) == {"loose"} and len(people.queue()) == 3
    return people


def people_mailbox(key: str) -> str:
    return f"{key * 3}@koe.example.com"


def work(people: People) -> Any:
    return people.bench.workplace(FIRST)


def export(people: People, path: Path) -> Path:
    assert review.export(work(people), "koe", path, limit=50, **BY) == 3
    return path


def table(path: Path) -> list[dict[str, Any]]:
    """The rows below the header."""
    rows = list(openpyxl.load_workbook(path).active.values)
    head = next(at for at, row in enumerate(rows) if DECISION in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


def fill(path: Path, said: Callable[[dict[str, Any]], tuple[Any, Any]]) -> Path:
    """Types decision and reason into the cells of each row."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        told = {head: cell.value for head, cell in zip(heads, row, strict=True)}
        row[heads.index(DECISION)].value, row[heads.index(REASON)].value = said(told)
    book.save(path)
    return path


def by_name(row: dict[str, Any]) -> tuple[str, str]:
    return {
        "Kuvitelma": ("same", "a slip"),
        "Satunen": ("different", "asked them"),
        "Tarinainen": ("", ""),
    }[row["Sukunimi / Family name A"]]


def decided(people: People) -> set[tuple[str, str]]:
    return set(
        people.bench.rows(
            "select verdict, reason from register.match_link where decided_by is not null and ended_at is null "
            "and follows is null"
        )
    )


class TestOut:
    def test_values_side_by_side_and_only_two_columns_open(self, people: People, tmp_path: Path) -> None:
        path = export(people, tmp_path / "queue.xlsx")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        aino = next(row for row in table(path) if row["Sukunimi / Family name A"] == "Kuvitelma")
        assert (aino["Etunimi / Given name A"], aino["Etunimi / Given name B"]) == ("Aino", "Ainno")
        assert (aino["Rekisteri / Register B"], aino["Miksi / Why"], aino["Sääntö / Rule"]) == (
            "koe/crm",
            "loose",
            "email",
        )
        assert (aino["Henkilönumero / Number A"], aino[DECISION]) == ("117", None)
        sheet = openpyxl.load_workbook(path).active
        assert sheet.protection.sheet
        open_for_typing = {sheet.cell(3, cell.column).value for cell in sheet[4] if not cell.protection.locked}
        assert open_for_typing == {DECISION, REASON}
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"same,different"' and "A4:A6" in str(choice.sqref)

    def test_it_is_recorded_and_has_a_person_who_asks(self, people: People, tmp_path: Path) -> None:
        export(people, tmp_path / "queue.xlsx")
        recorded = people.bench.rows(
            "select kind, about, rows, name from privacy.document join privacy.actor on actor.id = actor_id"
        )
        assert recorded == [("review_workbook", "koe", 3, "kari")]
        with pytest.raises(NotFound, match="named person"):
            review.export(work(people), "koe", tmp_path / "b.xlsx", limit=9, by="nobody", reason="x")
        with pytest.raises(Refusal, match="there already"):
            export(people, tmp_path / "queue.xlsx")
        assert not (tmp_path / "b.xlsx").exists()

    def test_no_cell_is_a_formula(self, people: People, tmp_path: Path) -> None:
        with people.bench.register.transaction() as connection:  # a source refuses such a name
            connection.exec_driver_sql(
                "update register.person_record set last_name = '=HYPERLINK(\"x\")' where last_name = 'Kuvitelma'"
            )
        sheet = openpyxl.load_workbook(export(people, tmp_path / "queue.xlsx")).active
        (cell,) = [cell for row in sheet for cell in row if str(cell.value).startswith("=") and cell.column == 5]
        assert (cell.data_type, cell.quotePrefix) == ("s", True)

    def test_nothing_lies_about_on_the_way(self, people: People, tmp_path: Path, monkeypatch: Any) -> None:
        """The library would write every sheet into the folder for temporary files."""
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is none"))
        export(people, tmp_path / "queue.xlsx")


def saved_again(path: Path) -> Path:
    """As a program that writes plain XML saves it: texts in the cells, whole numbers with a point, other order."""
    rows = list(openpyxl.load_workbook(path).active.values)
    head, body = rows[2], list(reversed(rows[3:]))
    at = head.index(DECISION)
    body = [[*row[:at], f" {str(row[at] or '').upper()} ", *row[at + 1 :]] for row in body]
    shuffled = list(reversed(range(len(head))))

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{float(value)}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value or ""))}</t></is></c>'

    lines = [[], [head[i] for i in shuffled], *[[row[i] for i in shuffled] for row in body], []]
    sheet = "".join(f"<row>{''.join(cell(value) for value in line)}</row>" for line in lines)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    other = path.with_name("again.xlsx")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/></Types>',
        )
        related = (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/{{}}" Target="{{}}"/>'
        )
        archive.writestr("_rels/.rels", related.format("officeDocument", "xl/workbook.xml") + "</Relationships>")
        archive.writestr(
            "xl/_rels/workbook.xml.rels", related.format("worksheet", "worksheets/s.xml") + "</Relationships>"
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Taulukko1" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr("xl/worksheets/s.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>')
    return other


def as_xls(path: Path) -> Path:
    """As an older program saves it."""
    old = xlwt.Workbook()
    sheet = old.add_sheet("Sheet1")
    for number, row in enumerate(openpyxl.load_workbook(path).active.values):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    content = io.BytesIO()
    old.save(content)
    other = path.with_suffix(".xls")
    other.write_bytes(content.getvalue())
    return other


class TestBack:
    @pytest.mark.parametrize("saved", [lambda path: path, saved_again, as_xls], ids=["as it was", "plain XML", "xls"])
    def test_there_and_back(self, people: People, tmp_path: Path, saved: Callable[[Path], Path]) -> None:
        path = saved(fill(export(people, tmp_path / "queue.xlsx"), by_name))
        taken = review.take(work(people), path, by="kari")
        assert (taken.same, taken.different, taken.undecided, taken.refused) == (1, 1, 1, [])
        assert decided(people) == {("same", "a slip"), ("different", "asked them")}
        assert people.together() == {
            frozenset({"hr:1", "hr2:1", "crm:1"}),
            frozenset({"hr:2", "hr2:2"}),
            frozenset({"hr:3", "hr2:3"}),
        }
        assert people.queue() == {("crm:3", "hr:3"): "loose"}
        again = review.take(work(people), path, by="kari")
        assert [why for _, why in again.refused] == [MEANWHILE] * 2
        assert len(decided(people)) == 2

    def test_a_row_whose_records_have_changed_is_refused_and_the_others_go_in(
        self, people: People, tmp_path: Path
    ) -> None:
        path = fill(export(people, tmp_path / "queue.xlsx"), lambda row: ("same", "one person"))
        rows = {row["Sukunimi / Family name A"]: number for number, row in enumerate(table(path), start=4)}
        nearly = {"1": "Ainoo Kuvitelma", "2": "Eeri Satunen", "3": "Helmu Tarinainen"}
        people.read("crm", 1, [person(key, name, email=people_mailbox(key)) for key, name in nearly.items()])
        people.match()
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql("delete from register.person_record where first_name = 'Eeri'")
        taken = review.take(work(people), path, by="kari")
        assert (taken.same, taken.different) == (1, 0)
        assert taken.refused == sorted(
            [
                (rows["Kuvitelma"], "a record has changed since; export it again"),
                (rows["Satunen"], "a record has gone since"),
            ]
        )
        assert people.together() >= {frozenset({"hr:3", "hr2:3", "crm:3"})}

    def test_a_row_against_what_was_decided_meanwhile_is_refused(self, people: People, tmp_path: Path) -> None:
        path = fill(export(people, tmp_path / "queue.xlsx"), lambda row: ("same", "one person"))
        who = {"by": "kari", "reason": "asked her", "on": date(2026, 3, 10)}
        decisions.different(people.bench.register, people.record("hr2:1"), people.record("crm:1"), **who)
        taken = review.take(work(people), path, by="kari")
        assert taken.same == 2
        assert [why for _, why in taken.refused] == [MEANWHILE]
        assert decided(people) == {("different", "asked her"), ("same", "one person")}

    def test_rows_that_contradict_each_other(self, people: People, tmp_path: Path) -> None:
        """What is against the rows above it is not taken; the others go in."""
        home = {"email": "kuvitelmat@koti.example.com"}
        for register, names in (("crm2", ("Elina", "Elisa")), ("crm3", ("Elinsa", "Elisna"))):
            people.read(
                register, 0, [person(str(key), f"{name} Kuvitelma", **home) for key, name in enumerate(names, start=1)]
            )
        people.match()
        assert list(people.queue().values()).count("mixed") == 4, "any of the twins with any of the other register"
        odd = {people.record("crm2:2"), people.record("crm3:2")}

        def said(row: dict[str, Any]) -> tuple[str, str]:
            if row["Miksi / Why"] != "mixed":
                return "", ""
            return ("different" if {row[RECORD_A], row[RECORD_B]} == odd else "same"), "looked at"

        path = tmp_path / "queue.xlsx"
        review.export(work(people), "koe", path, limit=50, **BY)
        taken = review.take(work(people), fill(path, said), by="kari")
        assert taken.same + taken.different == 3
        ((_, why),) = taken.refused
        assert "Other decisions" in why

    def test_where_a_row_is_not_as_it_must_be_nothing_goes_in(self, people: People, tmp_path: Path) -> None:
        path = fill(export(people, tmp_path / "queue.xlsx"), lambda row: (by_name(row)[0] or "perhaps", "one person"))
        with pytest.raises(Refusal, match=r"Nothing was taken in, because of row \d, .*neither same nor different"):
            review.take(work(people), path, by="kari")
        assert decided(people) == set()

    def test_rows_of_two_workbooks_do_not_go_in_together(self, people: People) -> None:
        said = [answers.Answer((1, 2), document, "v1-0", "same", "x") for document in (1, 2)]
        with pytest.raises(Refusal, match="several workbooks"):
            answers.take(people.bench.register, said, kind=review.KIND, by="kari", on=FIRST)

    def test_ids_that_were_typed_over_decide_nothing(self, people: People, tmp_path: Path) -> None:
        path = fill(export(people, tmp_path / "queue.xlsx"), lambda row: ("same", "one person"))
        book = openpyxl.load_workbook(path)
        sheet = book.active
        heads = [cell.value for cell in sheet[3]]
        sheet.cell(4, heads.index(RECORD_A) + 1).value = people.record("hr2:2")
        sheet.cell(5, heads.index(RECORD_A) + 1).value = 999_999
        book.save(path)
        taken = review.take(work(people), path, by="kari")
        assert taken.same == 1
        assert dict(taken.refused) == {
            4: "a record has changed since; export it again",
            5: "a record has gone since",
        }

    def test_what_was_never_handed_out_is_not_taken_in(self, people: People, tmp_path: Path) -> None:
        path = fill(export(people, tmp_path / "queue.xlsx"), lambda row: ("same", "one person"))
        with people.bench.register.transaction() as connection:
            connection.exec_driver_sql("update privacy.document set kind = 'customer_report'")
        with pytest.raises(NotFound, match="No workbook 1 was handed out"):
            review.take(work(people), path, by="kari")
        other = tmp_path / "other.xlsx"
        openpyxl.Workbook().save(other)
        with pytest.raises(Refusal):
            review.take(work(people), other, by="kari")
