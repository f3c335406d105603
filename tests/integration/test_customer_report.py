"""What goes back to a customer: a workbook of what was not taken, asked for by a named person, and recorded."""

from __future__ import annotations

import io
import stat
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sandbox import FIRST, Sandbox, row

from assets import customer_report
from schemas import rules
from schemas.errors import NotFound, Refusal

BAD = [
    row("001"),
    row("=2", Sukunimi=""),
    row("003", Posti="kanarialintu", Puhelin="12"),
    row("010190-999W", Posti="x@example.com"),
]


def night(sandbox: Sandbox) -> int:
    sandbox.put_rows(FIRST, BAD)
    return sandbox.sync(FIRST).batch.id


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def test_every_row_with_its_reason_and_no_value(sandbox: Sandbox) -> None:
    kari = sandbox.person_who_decides()
    made = customer_report.make(sandbox.work, night(sandbox), by=kari, reason="a night")
    book = sheets(made.content)
    summary = {en: value for _, en, value in book["Yhteenveto - Summary"]}
    assert (summary["Rows read"], summary["Rows rejected"], summary["Values left out"]) == (4, 2, 2)
    head, *rows = book["Rivit - Rows"]
    told = {(one[0], one[1], one[2], one[3], one[-1]) for one in rows}
    value, whole = "vain tieto / the value", "koko rivi / the row"
    assert told == {
        (3, "=2", "Sukunimi", whole, "required.missing"),
        (4, "003", "Posti", value, "email.syntax"),
        (4, "003", "Puhelin", value, "phone.invalid"),
        (5, "-", "Numero", whole, "key.hetu"),
    }
    for one in rows:
        rule = rules.get(str(one[-1]))
        assert (one[4], one[6], one[7], one[9]) == (rule.fi, rule.mend_fi, rule.en, rule.mend_en)
    assert len(head) == len(rows[0])
    mailbox = next(one for one in rows if one[2] == "Posti")
    assert mailbox[8] == "One address, such as given.family@company.fi"
    everything = str(book)
    assert "kanarialintu" not in everything and "010190" not in everything
    assert sandbox.query("select kind, about, rows, reason from privacy.document") == [
        {"kind": "customer_report", "about": "batch 1", "rows": 4, "reason": "a night"}
    ]


def test_to_a_folder_and_back_to_the_source(sandbox: Sandbox, tmp_path: Path) -> None:
    kari = sandbox.person_who_decides()
    made = customer_report.make(sandbox.work, night(sandbox), by=kari, reason="a night")
    kept = customer_report.keep(made, tmp_path)
    assert kept == tmp_path / "koe_hr_2026-03-01_1.xlsx" and stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(Refusal, match="no folder for what goes back"):
        customer_report.give_back(sandbox.work, sandbox.source, made)
    source = sandbox.source.model_copy(update={"return_to": "koe/returned"})
    assert customer_report.give_back(sandbox.work, source, made) == f"koe/returned/{kept.name}"
    assert (sandbox.folder / "koe/returned" / kept.name).read_bytes() == made.content


def test_nobody_takes_one_along_unnamed(sandbox: Sandbox) -> None:
    with pytest.raises(NotFound):
        customer_report.make(sandbox.work, night(sandbox), by="nobody", reason="a night")
    assert sandbox.query("select * from privacy.document") == []


def test_what_has_left_quarantine_is_not_called_good(sandbox: Sandbox) -> None:
    kari = sandbox.person_who_decides()
    batch = night(sandbox)
    with sandbox.connect() as connection:
        connection.execute("delete from sync.quarantine")
    with pytest.raises(Refusal, match="not kept any more"):
        customer_report.make(sandbox.work, batch, by=kari, reason="a night")


def test_a_good_night_gives_an_empty_list(sandbox: Sandbox) -> None:
    sandbox.put_rows(FIRST, BAD[:1])
    batch = sandbox.sync(FIRST).batch.id
    made = customer_report.make(sandbox.work, batch, by=sandbox.person_who_decides(), reason="a night")
    assert made.entries == 0 and len(sheets(made.content)["Rivit - Rows"]) == 1


def test_rows_that_are_sent_for_a_month_though_they_may_not_be_kept_are_told_as_a_count(sandbox: Sandbox) -> None:
    from register import nights

    days = [FIRST + timedelta(days=number) for number in (0, 10, 20, 31)]
    made = []
    for number, day in enumerate(days):
        sandbox.put_rows(day, [row("1", Puhelin=f"040 555 010{number}")])
        made.append(sandbox.sync(day).batch.id)
        with sandbox.connect() as connection:  # as if the file had held a row more of either kind
            expired = int(number > 1)
            connection.execute(
                "update sync.batch set read = read + 2 + %s, suppressed = 2, expired = %s where id = %s",
                [expired, expired, made[-1]],
            )
    kari = sandbox.person_who_decides()
    with sandbox.work.register.transaction() as connection:
        assert nights.kept_sending(connection, days[2]) == []
        (kept,) = nights.kept_sending(connection, days[3])
    assert (kept.source, kept.suppressed, kept.suppressed_since, kept.expired) == ("koe/hr", 2, FIRST, 0)

    def said(batch: int) -> dict[object, object]:
        content = customer_report.make(sandbox.work, batch, by=kari, reason="a night").content
        return {en: value for _, en, value in sheets(content)["Yhteenveto - Summary"]}

    late = said(made[3])
    assert late["– removed on request"] == 2 and "– past their retention" not in late
    assert "of whose erasure you were told" in str(late["  What to do"])
    assert "Rows you keep sending that we may not keep" not in said(made[2])
    with sandbox.connect() as connection:  # a night without any begins anew
        connection.execute("update sync.batch set read = read - 2, suppressed = 0 where id = %s", [made[1]])
    with sandbox.work.register.transaction() as connection:
        assert nights.kept_sending(connection, days[3]) == []
