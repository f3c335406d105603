"""The parts of the page that look ahead, and the page as markdown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assets.night import Night
from assets.outlook import Outlook
from pipelines.night import outlook, page
from pipelines.night.section import Section
from register.matching.queue import Band, Decided
from register.retention.report import Falling

ON = date(2026, 3, 10)


def falling(days: int, rows: int, kept: int = 0, rule: str = "R3") -> Falling:
    return Falling(rule, "contract", "register.contract", "delete", ON + timedelta(days=days), rows, kept)


def night(*due: Falling, queue: tuple[Band, ...] = (), decided: tuple[Decided, ...] = ()) -> Night:
    return Night(ON, [], [], [], [], outlook=Outlook(due, queue, decided))


@pytest.mark.parametrize(
    ("days", "column"), [(-400, 0), (0, 0), (1, 1), (7, 1), (8, 2), (14, 2), (21, 3), (28, 4), (29, 5), (30, 5)]
)
def test_a_row_is_counted_in_its_week(days: int, column: int) -> None:
    section = outlook.due(night(falling(days, 3)))
    assert (
        section.heads[3 + column] == ("by now", "to 17.03.", "to 24.03.", "to 31.03.", "to 07.04.", "to 09.04.")[column]
    )
    (row,) = section.rows
    assert row[:3] == ("R3", "register.contract", "delete")
    assert [number for number, count in enumerate(row[3:]) if count] == [column]
    assert row[3 + column] == 3


def test_rows_of_one_rule_and_table_stand_together_and_what_is_kept_apart() -> None:
    section = outlook.due(night(falling(1, 3), falling(2, 4, 1), falling(3, 0, 2), falling(3, 5, rule="R4b")))
    assert section.rows == [
        ("R3", "register.contract", "delete", 0, 7, 0, 0, 0, 0, 3),
        ("R4b", "register.contract", "delete", 0, 5, 0, 0, 0, 0, 0),
    ]
    assert "<svg" in section.plot and "R4b" in section.plot
    assert "Nothing falls due" not in section.said


def test_what_is_only_kept_has_no_plot() -> None:
    section = outlook.due(night(falling(1, 0, 2)))
    assert (section.plot, section.rows[0][-1]) == ("", 2)


def test_nothing_to_come_is_said() -> None:
    empty = night()
    assert outlook.due(empty).said == "Nothing falls due up to 2026-04-09."
    assert outlook.queue(empty).said == "No pair waits for a person."
    assert not outlook.decided(empty).says_something


def test_the_queue_leads_to_the_commands_that_handle_it() -> None:
    since = date(2026, 2, 1)
    waiting = (Band("koe", "not scored", 2, 1, since), Band("koe", "10 and more", 3, 0, since))
    section = outlook.queue(night(queue=waiting))
    assert section.said.startswith("Pairs: 5.")
    assert "mdo match queue" in section.said and "mdo match import" in section.said
    assert section.rows == [("koe", "not scored", 2, 1, since), ("koe", "10 and more", 3, 0, since)]


def test_page_and_markdown_have_the_same_parts() -> None:
    whole = night(falling(3, 4711), decided=(Decided("koe", "same", 2),))
    html, markdown = page.render(whole), page.markdown(whole)
    for text in ("What falls due in 30 days", "Review queue", "Decided in the review queue", "4711"):
        assert text in html and text in markdown
    assert "<svg" not in markdown


def test_a_cell_cannot_break_the_table() -> None:
    section = Section("T", heads=("a", "b"), rows=[("one\ntwo | three", 4)])
    assert section.markdown() == "## T\n\n| a | b |\n| --- | ---: |\n| one; two \\| three | 4 |"
