"""Workbooks through the whole sync: what a person sees in a cell decides what the central register keeps."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from descriptions import described

from assets.preview import preview
from schemas.errors import SourceRefused

DESCRIPTION = described("""
history: true
after_read: {move: done}
employer: {names: [Lumme Huolto Oy]}
read: {type: excel, path: "staff_{date}*.xlsx"}
key: [Tunnus]
records:
  person:
    last_name: Sukunimi
    work_phone: {column: Puhelin, region: FI}
""")
HEADER = ["Tunnus", "Sukunimi", "Puhelin"]
ROW = ["007", "Kuvitelma", "040 123 4567"]
FIRST, SECOND, THIRD = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def nightly(bench):
    """Deliver a workbook for a date and sync it."""
    source = bench.source(DESCRIPTION)

    def night(day: date, *rows: list[Any]) -> Any:
        bench.put(f"staff_{day}.xlsx", workbook(*rows))
        return bench.sync(source, day)

    night.bench = bench
    night.source = source
    return night


def phones(bench) -> list[tuple[Any, ...]]:
    return bench.rows("select key, work_phone from register.person_record order by key")


def test_an_error_in_a_cell_leaves_the_earlier_value_and_an_empty_cell_does_not(nightly) -> None:
    bench = nightly.bench
    nightly(FIRST, ROW)
    with_error = nightly(SECOND, [*ROW[:2], "#N/A"])
    assert with_error.counts["updated"] + with_error.counts["unchanged"] == 1
    assert phones(bench) == [("007", "+358401234567")]
    assert bench.rows("select row_number, key, rule, effect, column_name, field from sync.quarantine") == [
        (2, "007", "excel.error", "value", "Puhelin", "person.work_phone")
    ]
    assert nightly(THIRD, [*ROW[:2], None]).counts["updated"] == 1
    assert phones(bench) == [("007", None)]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (["007", "#REF!", None], {"excel.error", "required.missing"}),
        (["#VALUE!", "Kuvitelma", None], {"excel.error", "key.missing"}),
        ([1234567890123456, "Kuvitelma", None], {"excel.digits_lost", "key.missing"}),
        (["007", "Kuvitelma", None, "040"], {"excel.beyond_header"}),
    ],
)
def test_a_row_that_lacks_what_it_needs_is_rejected(nightly, row: list[Any], rules: set[str]) -> None:
    result = nightly(FIRST, row, ["008", "Satunen", None])
    assert (result.counts["quarantined"], result.counts["inserted"]) == (1, 1)
    found = nightly.bench.rows("select rule from sync.quarantine where row_number = 2")
    assert {rule for (rule,) in found} == rules
    assert not nightly.bench.rows("select 1 from register.person_record where key <> '008'")


def test_a_finished_date_is_known_when_its_file_has_been_moved(nightly) -> None:
    bench = nightly.bench
    applied = nightly(FIRST, ROW)
    assert [path.name for path in (bench.inbox / "done").iterdir()] == [f"staff_{FIRST}.xlsx"]
    again = bench.sync(nightly.source, FIRST)
    assert (again.status, again.batch.id) == ("unchanged", applied.batch.id)


def test_a_damaged_file_for_a_finished_date_is_no_news_of_success(nightly) -> None:
    nightly(FIRST, ROW)
    nightly.bench.put(f"staff_{FIRST}.xlsx", workbook(ROW)[:900])
    with pytest.raises(SourceRefused, match="damaged"):
        nightly.bench.sync(nightly.source, FIRST)
    assert (nightly.bench.inbox / f"staff_{FIRST}.xlsx").exists()


def test_a_workbook_without_its_declared_footer_makes_nobody_absent(bench) -> None:
    source = bench.source(DESCRIPTION.replace('xlsx"}', 'xlsx", footer: {first_cell: Yhteensä}}'))
    other = ["008", "Satunen", None]
    bench.put(f"staff_{FIRST}.xlsx", workbook(ROW, other, ["Yhteensä", 2]))
    assert bench.sync(source, FIRST).batch.complete
    bench.put(f"staff_{SECOND}.xlsx", workbook(ROW))
    cut = bench.sync(source, SECOND)
    assert (cut.batch.complete, cut.counts["absent"]) == (False, 0)
    assert cut.batch.notes == ["the footer that the source file declares is not at the end of the sheet"]
    bench.put(f"staff_{THIRD}.xlsx", workbook(ROW, ["Yhteensä", 1]))
    assert bench.sync(source, THIRD).counts["absent"] == 1


def test_the_same_workbook_again_changes_nothing(nightly) -> None:
    nightly(FIRST, ROW)
    before = nightly.bench.state()
    again = nightly(FIRST, ROW)
    assert again.status in ("unchanged", "applied")
    assert (again.counts["inserted"], again.counts["updated"]) == (0, 0)
    assert nightly.bench.state() == before


def test_a_preview_tells_of_errors_too(nightly) -> None:
    nightly.bench.put(f"staff_{FIRST}.xlsx", workbook([*ROW[:2], "#N/A"], ["#N/A", "Satunen", None], ROW))
    seen = preview(nightly.source, FIRST, nightly.bench.inbox)
    assert (seen.file_name, seen.rows, seen.whole) == (f"staff_{FIRST}.xlsx", 3, True)
    assert seen.rejected[("excel.error", "Puhelin", "value")] == 1
    assert seen.rejected[("excel.error", "Tunnus", "value")] == 1
    assert (seen.keys_missing, seen.keys_repeated) == (1, 1)
