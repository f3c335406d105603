"""What hurts the users of the field's systems, one test each, with real files, a real PostgreSQL and whole syncs.

Each test is named after the pain; its docstring says what users of other systems met. Three are held where the means
are: a slow merge (15) in `tests/integration/test_cost.py`, Dagster's records that grow without end (18) in
`tests/integration/test_retention_asset.py`, and backfills without a status for each date, whose runs clash (20), in
`tests/system/test_browser.py` and `tests/integration/test_backfill.py`.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import psycopg
import pytest
from api_server import Request, Server, serving

from schemas import rules
from schemas.catalogue import RECORD_TYPES
from schemas.errors import Refusal, SourceRefused

NIGHT = date(2026, 3, 10)
NEXT = NIGHT + timedelta(days=1)

_DESCRIPTION = """
customer: kettu
register: hr
title: Kettu Oy, staff
kind: customer_register
register_type: hr_directory
valid: {from: 2026-01-01}
contract: MDO-2026-903
role: processor
processing_agreement: DPA-2026-903
employees:
  collected: from_employee
  necessity:
    person: Shift lists and calls name the people at work
    employment: Rights in the service follow the employment
legal_basis: {code: legitimate_interests, reference: LIA-905}
owner: {name: HR, email: hr@kettu.example.com}
hosting_country: FI
history: true
employer: {scope: own, names: [Kettu Oy]}
key: [Numero]
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_email: Sähköposti, work_phone: {column: Puhelin, region: FI}}
  employment: {valid_from: Alkoi}
read:
  type: csv
  path: hr_{date:%Y%m%d}.csv*
"""
#: Of registers whose path has no date, and which so know only today.
_UNDATED = _DESCRIPTION.split("key:")[0].replace("history: true\n", "")
_HEADER = "Numero;Sukunimi;Etunimi;Sähköposti;Puhelin;Alkoi"


@pytest.fixture
def hr(bench):
    return bench.source(_DESCRIPTION)


def person(number: int, last: str = "Virtanen", first: str = "Aino", mail: str = "", phone: str = "") -> str:
    return f"{number};{last};{first};{mail or f'n{number}@example.com'};{phone or '040 123 4567'};1.2.2020"


def staff(count: int, first: int = 1) -> list[str]:
    return [person(number) for number in range(first, first + count)]


def deliver(bench, lines: list[str], night: date = NIGHT) -> Path:
    return bench.put(f"hr_{night:%Y%m%d}.csv", "\n".join([_HEADER, *lines, ""]))


def nonzero(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def names(bench) -> dict[str, str]:
    return dict(bench.rows("select key, last_name from register.person_record"))


def absent(bench) -> dict[str, date]:
    return dict(bench.rows("select key, absent_since from sync.source_row where absent_since is not null"))


def test_pain_1_rejected_rows_are_silently_lost(bench, hr) -> None:
    """Rows that did not fit vanished, and the totals still looked right."""
    deliver(bench, [person(1), person(2, last=""), person(3), person(4) + ";one too many", person(5, last="X 1")])
    result = bench.sync(hr, NIGHT)
    assert nonzero(result.counts) == {"read": 5, "inserted": 2, "quarantined": 3}
    told = bench.rows("select row_number, key, column_name, rule from sync.quarantine order by 1")
    assert told == [
        (3, "2", "Sukunimi", "required.missing"),
        (5, None, "", "csv.ragged"),
        (6, "5", "Sukunimi", "name.not_a_name"),
    ]
    for *_, rule in told:  # and the owner can be told in plain words what to mend
        assert rules.get(rule).fi
        assert rules.get(rule).mend_en
    # A row that its owner has mended comes in the next night.
    deliver(bench, [person(1), person(2, last="Mended"), person(3), person(4), person(5, last="Mended")], NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 5, "unchanged": 2, "inserted": 3}
    assert names(bench)["5"] == "Mended"


def test_pain_2_one_bad_row_stops_everything(bench, hr) -> None:
    """One bad row in a whole table failed the load of all the others."""
    bad = [person(501, last="\x07"), "502;only;three", person(503, last="")]
    deliver(bench, [*staff(250), *bad, *staff(250, first=251)])
    result = bench.sync(hr, NIGHT)
    assert result.status == "applied"
    assert nonzero(result.counts) == {"read": 503, "inserted": 500, "quarantined": 3}


def test_pain_2_one_bad_value_stops_its_row(bench, hr) -> None:
    """The same for one bad value: the person comes in without it, and an earlier good value stays."""
    deliver(bench, [person(1), person(2, mail="no address")])
    assert nonzero(bench.sync(hr, NIGHT).counts) == {"read": 2, "inserted": 2, "rejected_values": 1}
    deliver(bench, [person(1, last="Koski", mail="broken@"), person(2)], NEXT)
    bench.sync(hr, NEXT)
    assert bench.rows("select key, last_name, work_email from register.person_record order by key") == [
        ("1", "Koski", "n1@example.com"),
        ("2", "Virtanen", "n2@example.com"),
    ]


def test_pain_3_success_with_zero_rows(bench, hr) -> None:
    """A run was green although it had read nothing: on the first night, and on a later one."""
    deliver(bench, [])
    first = bench.sync(hr, NIGHT)
    assert (first.status, [alarm["guard"] for alarm in first.alarms]) == ("held", ["empty"])
    deliver(bench, staff(3))
    assert bench.sync(hr, NIGHT).status == "applied"
    deliver(bench, [], NEXT)
    later = bench.sync(hr, NEXT)
    assert (later.status, [alarm["guard"] for alarm in later.alarms]) == ("held", ["empty"])
    assert not later.batch.complete


def _cut_off(content: bytes) -> bytes:
    return gzip.compress(content)[:-9]


def _not_text(content: bytes) -> bytes:
    return content.replace(b"Aino", b"A\x81\x8d\x90o", 1)


def _without_header(content: bytes) -> bytes:
    return content.split(b"\n", 1)[1]


@pytest.mark.parametrize("spoil", [_cut_off, _not_text, _without_header, None])
def test_pain_4_a_failed_read_wipes_the_target(bench, hr, spoil) -> None:
    """A read that failed half-way left the target empty, or emptied it before it began."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    before = bench.state()
    path = deliver(bench, staff(30), NEXT)
    if spoil is None:
        path.unlink()
    else:
        path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(SourceRefused):
        bench.sync(hr, NEXT)
    assert bench.state() == before
    assert bench.rows("select status from sync.batch order by id desc limit 1") == [("failed",)]
    deliver(bench, staff(30), NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 30, "unchanged": 30}
    assert bench.state() == before


def test_pain_5_an_empty_source_truncates_tables(bench, hr) -> None:
    """An empty delivery was taken for a register in which nobody is left."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    before = bench.state()
    deliver(bench, [], NEXT)
    held = bench.sync(hr, NEXT)
    assert held.status == "held"
    assert bench.state() == before
    # Even a person who releases it by mistake removes nobody.
    assert bench.release(held, NEXT).counts["absent"] == 0
    assert absent(bench) == {}
    bench.put(f"hr_{NEXT:%Y%m%d}.csv", b"")
    with pytest.raises(SourceRefused, match="empty"):
        bench.sync(hr, NEXT)
    assert bench.state() == before


def test_pain_6_deletes_never_propagate(bench, hr) -> None:
    """Who had left the source stayed in the target for ever."""
    deliver(bench, staff(30))
    bench.sync(hr, NIGHT)
    deliver(bench, staff(29), NEXT)
    assert nonzero(bench.sync(hr, NEXT).counts) == {"read": 29, "unchanged": 29, "absent": 1}
    assert absent(bench) == {"30": NEXT}
    after = NEXT + timedelta(days=1)
    deliver(bench, staff(30), after)
    bench.sync(hr, after)
    assert absent(bench) == {}  # and who comes back is present


def test_pain_6_deletes_never_propagate_from_changes(bench) -> None:
    """The same for a register of changes, where only a marker says that somebody is gone."""
    text = _DESCRIPTION.replace(
        "key: [Numero]", "key: [Numero]\nsnapshot: {type: changes, deleted: {column: Tila, values: [poistettu]}}"
    )
    source = bench.source(text)
    nights = {NIGHT: {1: "voimassa", 2: "voimassa", 3: "voimassa"}, NEXT: {2: "poistettu"}}
    for night, states in nights.items():
        rows = [f"{person(number)};{state}" for number, state in states.items()]
        bench.put(f"hr_{night:%Y%m%d}.csv", "\n".join([_HEADER + ";Tila", *rows, ""]))
        assert bench.sync(source, night).status == "applied"
    assert absent(bench) == {"2": NEXT}


def test_pain_7_a_hard_delete_removes_good_rows(bench, hr) -> None:
    """Deletes took rows that should have stayed: after half a file, and after a row that was merely bad."""
    deliver(bench, staff(100))
    bench.sync(hr, NIGHT)
    before = bench.state()
    deliver(bench, staff(50), NEXT)
    held = bench.sync(hr, NEXT)
    assert held.status == "held"
    assert {alarm["guard"] for alarm in held.alarms} == {"removed", "shrunken"}
    assert bench.state() == before

    deliver(bench, [*staff(98), person(99, last=""), "100;unreadable"], NEXT)
    result = bench.sync(hr, NEXT)
    assert nonzero(result.counts) == {"read": 100, "unchanged": 98, "quarantined": 2}
    assert absent(bench) == {}
    assert names(bench) == {str(number): "Virtanen" for number in range(1, 101)}

    after = NEXT + timedelta(days=1)
    deliver(bench, staff(99), after)
    bench.sync(hr, after)
    assert absent(bench) == {"100": after}
    assert "100" in names(bench)  # absence is noted; the record goes by its retention rule, not at once


def test_pain_8_duplicates_after_a_crash(bench, hr, monkeypatch) -> None:
    """A run that died and was started again wrote its rows twice."""
    from register import apply

    deliver(bench, staff(30))
    genuine = apply.merge.apply

    def dies_after_merging(*arguments, **named):
        genuine(*arguments, **named)
        raise SystemError("the process dies here")

    with monkeypatch.context() as patched:
        patched.setattr(apply.merge, "apply", dies_after_merging)
        with pytest.raises(SystemError):
            bench.sync(hr, NIGHT)
    assert names(bench) == {}
    assert nonzero(bench.sync(hr, NIGHT).counts) == {"read": 30, "inserted": 30}

    moved = bench.source(_DESCRIPTION + "after_read: {move: done}\n")
    with monkeypatch.context() as patched:
        patched.setattr("assets.sync.intake.dispose", lambda *_: (_ for _ in ()).throw(SystemError("after the commit")))
        with pytest.raises(SystemError):
            bench.sync(moved, NIGHT)
    before = bench.state()
    for _ in range(2):
        assert bench.sync(moved, NIGHT).status in ("applied", "unchanged")
    assert bench.state() == before
    assert len(names(bench)) == 30
    assert bench.rows("select count(*) from pg_tables where schemaname = 'staging'") == [(0,)]


def test_pain_9_duplicate_keys_in_one_batch(bench, hr) -> None:
    """Two rows of one key failed the merge, or one of them won by chance."""
    deliver(bench, staff(3))
    bench.sync(hr, NIGHT)
    lines = [person(1), person(1), person(2, last="Koski"), person(2, last="Lampi"), person(3), person(4), person(4)]
    deliver(bench, lines, NEXT)
    result = bench.sync(hr, NEXT)
    assert nonzero(result.counts) == {"read": 7, "unchanged": 2, "duplicate": 2, "quarantined": 2, "inserted": 1}
    told = bench.rows("select row_number, key, rule from sync.quarantine order by 1")
    assert told == [(4, "2", "key.conflict"), (5, "2", "key.conflict")]
    assert names(bench) == {"1": "Virtanen", "2": "Virtanen", "3": "Virtanen", "4": "Virtanen"}  # 2 as it was
    assert absent(bench) == {}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_pain_10_older_data_overwrites_newer(bench, hr, order) -> None:
    """A file of an earlier day, loaded late, put old values over new ones."""
    nights = [NIGHT + timedelta(days=day) for day in range(3)]
    deliver(bench, [person(1, last="Old"), person(2), person(3)], nights[0])
    deliver(bench, [person(1, last="Newer"), person(2)], nights[1])
    deliver(bench, [person(1, last="Newest"), person(2, last="Newest")], nights[2])
    for day in order:
        bench.sync(hr, nights[day])
    assert names(bench) == {"1": "Newest", "2": "Newest", "3": "Virtanen"}
    assert absent(bench) == {"3": nights[1]}


@pytest.fixture
def api() -> Iterator[Server]:
    with serving() as mine:
        yield mine


def behind(api: Server, read: str, snapshot: str = "{type: full}") -> str:
    """The description of a register behind an API."""
    who, _, right = _DESCRIPTION.split("key:")[0].partition("role: processor")
    text = who + "role: controller\n" + right[right.index("legal_basis:") :] + "key: [nro]\n"
    text += f"snapshot: {snapshot}\nread:\n  type: api\n  url: {api.home}/people\n  retry: {{attempts: 1}}\n{read}"
    return text + "records:\n  person: {last_name: sukunimi}\n"


def members(*numbers: int, last: str = "Virtanen") -> list[dict[str, Any]]:
    return [{"nro": number, "sukunimi": last} for number in numbers]


@pytest.mark.parametrize(("overlap", "seen"), [("1 day", {"1", "3"}), ("3 days", {"1", "2", "3"})])
def test_pain_11_late_rows_are_missed_by_the_cursor(bench, api, overlap, seen) -> None:
    """A row that showed up late, with a time before the cursor's, was never read.

    So the window does not begin where the last one ended but a declared time before it. Number 2 was changed on the
    9th and shows up on the 11th; how far back the window goes decides whether it is seen.
    """
    shows_up = {1: NIGHT, 2: NEXT, 3: NEXT}
    changed = {1: date(2026, 3, 9), 2: date(2026, 3, 9), 3: NEXT}
    today = NIGHT

    def answer(request: Request) -> None:
        since = date.fromisoformat(request.query["since"])
        there = [number for number in changed if shows_up[number] <= today and changed[number] >= since]
        request.reply(members(*there))

    api.answer = answer
    window = f"  changed_since: {{parameters: {{since: '{{from:%Y-%m-%d}}'}}, overlap: {overlap}}}\n"
    source = bench.source(behind(api, window, "{type: changes, full_every: 90 days}"))
    for today in (NIGHT, NEXT):
        assert bench.sync(source, today).status == "applied"
    assert set(names(bench)) == seen
    assert absent(bench) == {}


def test_pain_11_late_rows_are_missed_after_a_night_that_failed(bench, api) -> None:
    """The same for a night that failed: its window follows the date, and the next one reaches back over it."""
    changed = {1: NIGHT, 2: NEXT, 3: NEXT + timedelta(days=1)}
    today = NIGHT

    def answer(request: Request) -> None:
        since = date.fromisoformat(request.query["since"])
        if today == NEXT:
            request.reply(status=503)
        else:
            request.reply(members(*(number for number in changed if since <= changed[number] <= today)))

    api.answer = answer
    window = "  changed_since: {parameters: {since: '{from:%Y-%m-%d}'}, overlap: 1 day}\n"
    source = bench.source(behind(api, window, "{type: changes, full_every: 90 days}"))
    bench.sync(source, NIGHT)
    today = NEXT
    with pytest.raises(Refusal):
        bench.sync(source, NEXT)
    today = NEXT + timedelta(days=1)
    bench.sync(source, today)
    assert set(names(bench)) == {"1", "2", "3"}


_PAGES = {
    "number": "  pages: {type: number, size_parameter: size, size: 100}\n  records: items\n",
    "offset": "  pages: {type: offset, parameter: skip, size_parameter: size, size: 100}\n  records: items\n",
    "scim": "  pages: {type: scim, count: 100}\n  records: items\n",
}


def _capped(register: list[dict[str, Any]], ends_after: int | None = None, total: int | None = None):
    """A server that gives three records at a time, whatever it is asked for, and may end before its end."""

    def answer(request: Request) -> None:
        if "page" in request.query:
            start = 3 * (int(request.query["page"]) - 1)
        else:
            start = int(request.query.get("skip", 0)) or int(request.query.get("startIndex", 1)) - 1
        items = register[start : min(start + 3, len(register) if ends_after is None else ends_after)]
        declared = {} if total is None else {"total": total, "totalResults": total}
        request.reply({"items": items} | declared)

    return answer


@pytest.mark.parametrize("way", _PAGES)
def test_pain_12_short_pages_are_taken_for_the_last(bench, api, way) -> None:
    """A server gave fewer records a page than it was asked for, and the first short page was taken for the end."""
    api.answer = _capped(members(*range(1, 8)), total=7 if way == "scim" else None)
    result = bench.sync(bench.source(behind(api, _PAGES[way])), NIGHT)
    assert (result.status, result.counts["inserted"], result.batch.complete) == ("applied", 7, True)


@pytest.mark.parametrize("way", _PAGES)
def test_pain_12_api_pages_are_silently_truncated(bench, api, way) -> None:
    """A server stopped giving pages, and whoever stood on the others was taken for gone, or missed without a word."""
    source = bench.source(behind(api, _PAGES[way] + ("" if way == "scim" else "  total: total\n")))
    api.answer = _capped(members(*range(1, 8)), total=7)
    assert bench.sync(source, NIGHT).status == "applied"
    before = bench.state()
    api.answer = _capped(members(*range(1, 8), last="Koski"), ends_after=3, total=7)
    held = bench.sync(source, NEXT)
    assert (held.status, [alarm["guard"] for alarm in held.alarms]) == ("held", ["doubtful"])
    assert "declares 7 records and gave 3" in held.alarms[0]["says"]
    assert bench.state() == before
    bench.release(held, NEXT)
    assert sorted(names(bench).values()) == ["Koski"] * 3 + ["Virtanen"] * 4
    assert absent(bench) == {}


#: Š and Ž stand at other bytes in most of the encodings below.
_DIFFERENT = "\n".join([_HEADER, "1;Šmid;Žofie;a@example.com;;", ""])


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("iso8859-15", "iso-8859-15"),
        ("cp1252", "windows-1252"),
        ("cp1250", "windows-1250"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "detect"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_pain_13_the_encoding_option_is_ignored(bench, written, declared) -> None:
    """The declared encoding was not passed on, and letters came out as others without a word."""
    source = bench.source(_DESCRIPTION + f"  encoding: {declared}\n  delimiter: ';'\n")
    bench.put(f"hr_{NIGHT:%Y%m%d}.csv", _DIFFERENT.encode(written))
    assert bench.sync(source, NIGHT).status == "applied"
    assert bench.rows("select last_name, first_name from register.person_record") == [("Šmid", "Žofie")]


@pytest.mark.parametrize(
    ("written", "declared"),
    [("iso8859-15", "detect"), ("iso8859-15", "utf-8"), ("cp1252", "iso-8859-1"), ("utf-8", "windows-1252")],
)
def test_pain_13_a_wrong_or_doubtful_encoding_is_refused(bench, written, declared) -> None:
    """The same where the declaration is wrong: nothing is better than wrong names."""
    source = bench.source(_DESCRIPTION + f"  encoding: {declared}\n")
    bench.put(f"hr_{NIGHT:%Y%m%d}.csv", _DIFFERENT.encode(written))
    with pytest.raises(SourceRefused):
        bench.sync(source, NIGHT)
    assert names(bench) == {}


_ZEROS = """
key: [Numero]
records:
  person: {last_name: Sukunimi}
  employment: {employee_number: Henkilönumero}
"""


def _sheet(rows: list[list[Any]], dimensions: str | None = None) -> bytes:
    """A workbook of one sheet, optionally with a lie about how far it goes."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml" and dimensions is not None:
                told = f'<dimension ref="A1:C{len(rows)}"'.encode()
                assert told in data
                data = data.replace(told, f'<dimension ref="{dimensions}"'.encode())
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["csv", "excel", "api"])
def test_pain_14_leading_zeros_are_lost(bench, api, kind) -> None:
    """0042 became 42, and a number of fifteen digits became 3.58401234567890e+14, in keys and in values."""
    rows = [["0042", "Aho", "000007"], ["42", "Eho", "358401234567890"]]
    heads = ["Numero", "Sukunimi", "Henkilönumero"]
    read = {
        "csv": "read: {type: csv, path: hr.csv, delimiter: ';'}",
        "excel": "read: {type: excel, path: hr.xlsx, digits: {Henkilönumero: 6}}",
        "api": f"read: {{type: api, url: {api.home}/people}}",
    }
    bench.put("hr.csv", "\n".join(";".join(row) for row in [heads, *rows]))
    # in the sheet the employee's number is a number that is only shown with zeros
    bench.put("hr.xlsx", _sheet([heads, *([*row[:2], int(row[2])] for row in rows)]))
    api.answer = lambda request: request.reply([dict(zip(heads, row, strict=True)) for row in rows])
    source = bench.source(_UNDATED + read[kind] + _ZEROS)
    assert bench.sync(source, NIGHT).status == "applied"
    found = bench.rows("select key, employee_number from register.employment order by key")
    assert found == [("0042", "000007"), ("42", "358401234567890")]


@pytest.mark.parametrize("dimensions", ["A1:A1", "A1", "A1:C2", "A1:XFD1048576", "B7:C9"])
def test_pain_14_wrong_stored_dimensions_hide_rows(bench, dimensions) -> None:
    """A workbook says how far its sheet goes; where that was wrong, rows and columns were not read, without a word."""
    rows = [[f"{number:04}", "Aho", f"{number:06}"] for number in range(1, 31)]
    bench.put("hr.xlsx", _sheet([["Numero", "Sukunimi", "Henkilönumero"], *rows], dimensions))
    source = bench.source(_UNDATED + "read: {type: excel, path: hr.xlsx}" + _ZEROS)
    result = bench.sync(source, NIGHT)
    assert (result.status, result.counts["inserted"], result.batch.complete) == ("applied", 30, True)
    found = bench.rows("select key, employee_number from register.employment order by key")
    assert found == [(row[0], row[2]) for row in rows]


def test_pain_16_a_column_level_drop_passes_bad_rows(bench, hr) -> None:
    """Pandera's own dropping of bad rows let some through; here each row breaks several rules at once."""
    lines = [
        *staff(3),
        person(4, last="", mail="no address", phone="no number"),
        person(5, last="9", first="8", mail="@"),
        person(6, first="7", mail="@", phone="1") + "x",
        person(7, last="K" * 81),
        person(8, first="K" * 81, mail="a@b"),
    ]
    deliver(bench, lines)
    result = bench.sync(hr, NIGHT)
    assert nonzero(result.counts) == {"read": 8, "inserted": 5, "quarantined": 3, "rejected_values": 10}
    record = RECORD_TYPES["person"]
    with psycopg.connect(bench.url) as connection:
        found = connection.execute(f"select {', '.join(record.field_names)} from register.person_record").fetchall()
    frame = pd.DataFrame(found, columns=record.field_names).astype("str")
    assert set(names(bench)) == {"1", "2", "3", "6", "8"}
    record.model.validate(frame.where(frame.notna() & (frame != "None")))  # what the register holds is sound


def test_pain_17_row_values_in_database_errors(bench, hr) -> None:
    """An error of the database quoted the row that had caused it, and went into every log on its way."""
    deliver(bench, [person(1, last="Kanarialintu")])
    with psycopg.connect(bench.url) as connection:
        connection.execute("alter table register.person_record add constraint ours check (last_name <> 'Kanarialintu')")
    with pytest.raises(Refusal) as caught:
        bench.sync(hr, NIGHT)
    assert str(caught.value) == "The database refused a statement (CheckViolation 23514, constraint ours)."
    assert bench.rows("select reason from sync.batch") == [(str(caught.value),)]


def test_pain_19_the_default_io_manager_pickles_personal_data(bench, hr, tmp_path, canary) -> None:
    """Dagster's default keeps what an op returns, whole tables of persons included, in files for ever."""
    import dagster as dg

    from assets.io import RefusingIOManager
    from assets.leak_guard import value_free
    from pipelines import definitions
    from pipelines.settings import Settings

    @dg.asset
    @value_free
    def persons() -> pd.DataFrame:
        return pd.DataFrame({"name": ["Kanarialintu"]})

    @dg.asset
    def unguarded() -> pd.DataFrame:
        return pd.DataFrame({"name": ["Kanarialintu"]})

    deliver(bench, [person(1, last="Kanarialintu", first="Kanarialintu")])
    bench.activate(hr, NIGHT)
    dagster_home = tmp_path / "dagster"
    dagster_home.mkdir()
    with dg.DagsterInstance.local_temp(str(dagster_home)) as instance:
        built = definitions.build(
            settings=Settings.load(home=tmp_path / "home"), sources=[hr], refusals=[], workplace=bench.workplace(NIGHT)
        )
        keys = [key for key in built.resolve_asset_graph().get_all_asset_keys() if key.path[0] == "kettu"]
        job = dg.define_asset_job("one", selection=dg.AssetSelection.assets(*keys))
        whole = dg.Definitions.merge(built, dg.Definitions(jobs=[job]))
        ran = whole.resolve_job_def("one").execute_in_process(instance=instance, partition_key=NIGHT.isoformat())
        assert ran.success
        for asset in (persons, unguarded):
            resources = {"io_manager": RefusingIOManager()}
            refused = dg.materialize([asset], instance=instance, resources=resources, raise_on_error=False)
            assert not refused.success
    assert names(bench) == {"1": "Kanarialintu"}
    assert canary.hits(["Kanarialintu"], dagster_home) == []
    assert not [path for path in dagster_home.rglob("*") if path.suffix in (".pkl", ".pickle") or path.name == "result"]
