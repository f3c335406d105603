import time
import traceback

import numpy as np
import pandas as pd
import pytest

from schemas.catalogue import RECORD_TYPES
from schemas.errors import Refusal
from schemas.validation import validate

CANARY = "Kanarialintu7"
DTYPES = {
    "date": "datetime64[s]",
    "timestamp": "datetime64[us, UTC]",
    "number": "float64",
    "count": "float64",
    "latitude": "float64",
    "longitude": "float64",
}

#: A sound cell by field, or else by kind.
SOUND = {
    "collection_status": "open",
    "channel": "sms",
    "event_kind": "task",
    "trigger_code": "check_in",
    "action_code": "task.opened",
    "name": "Virtanen",
    "label": "Kuvitelma Oy",
    "code": "A1",
    "date": "10.3.2026",
    "timestamp": "2026-03-10T01:30:00Z",
    "money": "12,50",
    "currency": "EUR",
    "latitude": "62,2",
    "longitude": "25,7",
}


def raw(rows, **columns):
    table = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    table["row_number"] = pd.Series(rows, dtype="int64")
    return table


def run(record, table, options=None, **columns):
    names = {name: name.upper() for name in table.columns if name != "row_number"}
    return validate(RECORD_TYPES[record], table, options=options or {}, columns={**names, **columns})


def found(validated):
    """The findings as a set of (row number, column, field, rule, effect)."""
    table = validated.findings
    return set(zip(*(table[name] for name in ("row_number", "column", "field", "rule", "effect")), strict=True))


def test_good_rows_come_out_typed_with_all_fields():
    result = run("person", raw([2, 3], last_name=["Virtanen", " Laine"], work_email=["A@Example.com", None]))
    assert result.findings.empty
    assert result.delivered == ["last_name", "work_email"]
    assert list(result.frame.columns) == [*RECORD_TYPES["person"].field_names, "row_number", "part"]
    assert result.frame["last_name"].tolist() == ["Virtanen", "Laine"]
    assert result.frame["work_email"].fillna("?").tolist() == ["a@example.com", "?"]
    assert result.frame["work_phone"].isna().all()
    assert result.frame["row_number"].tolist() == [2, 3]
    assert result.frame["part"].tolist() == ["", ""]


@pytest.mark.parametrize("record", RECORD_TYPES)
@pytest.mark.parametrize("rows", [[], [2]])
def test_dtypes_do_not_depend_on_what_was_delivered(record, rows):
    kinds = {field.name: field.kind for field in RECORD_TYPES[record].fields}
    needed = [field.name for field in RECORD_TYPES[record].fields if field.required] or list(kinds)[:1]
    result = run(record, raw(rows, **{name: [SOUND.get(name) or SOUND[kinds[name]]] * len(rows) for name in needed}))
    assert len(result.frame) == len(rows)
    for name, kind in kinds.items():
        assert result.frame[name].dtype == DTYPES.get(kind, "str")
    assert result.frame["row_number"].dtype == "int64"
    assert result.frame["part"].dtype == "str"


def test_a_missing_required_value_sends_the_row_to_quarantine():
    result = run("person", raw([2, 3, 4], last_name=["Virtanen", None, " "], work_email=["a@b.fi"] * 3))
    assert found(result) == {
        (3, "LAST_NAME", "person.last_name", "required.missing", "row"),
        (4, "LAST_NAME", "person.last_name", "required.missing", "row"),
    }
    assert result.frame["row_number"].tolist() == [2]


def test_a_bad_required_value_is_not_also_called_missing():
    result = run("person", raw([2, 3], last_name=["Virtanen 2", "Laine\x00"]))
    assert found(result) == {
        (2, "LAST_NAME", "person.last_name", "name.not_a_name", "row"),
        (3, "LAST_NAME", "person.last_name", "text.control", "row"),
    }
    assert result.frame.empty


def test_a_required_field_that_was_not_delivered_is_missing_in_every_row():
    result = run("person", raw([2], first_name=["Anna"]))
    assert found(result) == {(2, "", "person.last_name", "required.missing", "row")}


def test_a_bad_optional_value_is_left_out_and_the_row_goes_on():
    result = run(
        "person",
        raw(
            [2, 3], last_name=["Virtanen", "Laine"], work_email=["a@b.fi", "ei ole"], work_phone=["040", "040 1234567"]
        ),
        options={"work_phone": {"region": "FI"}},
        work_phone="Puhelin",
    )
    assert found(result) == {
        (2, "Puhelin", "person.work_phone", "phone.invalid", "value"),
        (3, "WORK_EMAIL", "person.work_email", "email.syntax", "value"),
    }
    assert result.frame["work_email"].fillna("?").tolist() == ["a@b.fi", "?"]
    assert result.frame["work_phone"].fillna("?").tolist() == ["?", "+358401234567"]


def test_every_rule_that_a_row_breaks_is_reported():
    table = raw(
        [2, 3],
        last_name=["Virtanen 2", "Laine"],
        first_name=["x" * 81, "Anna"],
        work_email=["a@b", "a@b.fi"],
        work_phone=["040 1", None],
        notice_language=["klingon", "fi"],
    )
    result = run("person", table)
    assert found(result) == {
        (2, "LAST_NAME", "person.last_name", "name.not_a_name", "row"),
        (2, "FIRST_NAME", "person.first_name", "value.too_long", "value"),
        (2, "WORK_EMAIL", "person.work_email", "email.syntax", "value"),
        (2, "WORK_PHONE", "person.work_phone", "phone.needs_region", "value"),
        (2, "NOTICE_LANGUAGE", "person.notice_language", "language.unknown", "value"),
    }
    assert result.frame["row_number"].tolist() == [3]


def test_what_only_the_model_knows():
    result = run("person", raw([2, 3], last_name=["x" * 81, "x" * 80], first_name=["y" * 80, "y" * 81]))
    assert found(result) == {
        (2, "LAST_NAME", "person.last_name", "value.too_long", "row"),
        (3, "FIRST_NAME", "person.first_name", "value.too_long", "value"),
    }
    assert result.frame["last_name"].tolist() == ["x" * 80]
    assert result.frame["first_name"].isna().all()


def test_dates_out_of_order_leave_the_end_out():
    table = raw([2, 3, 4], valid_from=["1.2.2026", "1.1.2026", None], valid_to=["31.1.2026", "1.1.2026", "1.1.2026"])
    result = run("employment", table)
    assert found(result) == {(2, "VALID_TO", "employment.valid_to", "dates.order", "value")}
    assert result.frame["valid_from"].notna().tolist() == [True, True, False]
    assert result.frame["valid_to"].notna().tolist() == [False, True, True]


def test_an_unreadable_end_is_not_out_of_order():
    result = run("employment", raw([2], valid_from=["1.2.2026"], valid_to=["31.2.2026"]))
    assert found(result) == {(2, "VALID_TO", "employment.valid_to", "date.unreadable", "value")}


def test_options_reach_the_cleaner():
    table = raw([2, 3], valid_from=["1.2.26", "NULL"], employer_name=["null", "Oy"])
    options = {"valid_from": {"formats": ["%d.%m.%y"], "missing": ["NULL"]}, "employer_name": {"missing": ["NULL"]}}
    result = run("employment", table, options)
    assert result.findings.empty
    assert result.frame["employer_name"].fillna("?").tolist() == ["?", "Oy"]


def test_parts_of_a_row():
    table = raw([2, 2, 3], skill_code=["A", "B", "A"], level=["1", None, "5"])
    result = run("competence", table)
    assert result.findings.empty
    assert result.frame["part"].tolist() == ["A", "B", "A"]
    assert result.frame["level"].fillna(0).tolist() == [1, 0, 5]


@pytest.mark.parametrize(
    ("code", "level", "column", "rule"),
    [
        ("B", "6", "LEVEL", "value.not_allowed"),
        ("B", "hyvä", "LEVEL", "number.unreadable"),
        ("B B", "1", "SKILL_CODE", "code.not_a_code"),
        (None, "1", "SKILL_CODE", "required.missing"),
        ("A", "2", "SKILL_CODE", "part.twice"),
    ],
)
def test_one_bad_part_makes_the_list_bad_and_nothing_else(code, level, column, rule):
    result = run("competence", raw([2, 2, 3], skill_code=["A", code, "A"], level=["1", level, "5"]))
    assert found(result) == {(2, column, "competence", rule, "value")}
    assert result.frame["row_number"].tolist() == [3]


def test_the_same_part_twice_with_the_same_content_counts_once():
    result = run("competence", raw([2, 2, 3], skill_code=["A", " A", "A"], level=["1", "1,0", "1"]))
    assert result.findings.empty
    assert result.frame["row_number"].tolist() == [2, 3]


def test_parts_without_any_value_are_no_parts():
    result = run(
        "competence",
        raw([2, 2, 3], skill_code=["A", " ", "-"], level=[None, "", None]),
        options={"skill_code": {"missing": ["-"]}},
    )
    assert result.findings.empty
    assert result.frame["row_number"].tolist() == [2]


def test_certificates_check_their_dates():
    table = raw([2, 2], cert_code=["EA1", "TYO"], issued_on=["1.2.2026", None], valid_until=["1.1.2026", "1.1.2027"])
    result = run("certificate", table)
    assert found(result) == {(2, "VALID_UNTIL", "certificate", "dates.order", "value")}
    assert result.frame.empty


def test_an_account_that_nothing_names_fells_its_row():
    table = raw([2, 3, 4, 5], user_id=["u1", "", "", ""], username=["", "a@b", "", ""], idp_subject=["", "", "s", ""])
    result = run("account", table)
    assert result.frame["row_number"].tolist() == [2, 3]
    assert found(result) == {(number, "", "account.closed_at", "account.unnamed", "row") for number in (4, 5)}


def test_instants_out_of_order_leave_out_the_last():
    times = {"started_at": ["2026-03-10T02:00Z"], "ended_at": ["2026-03-10T01:00Z"]}
    result = run("necessity_event", raw([2], event_id=["e"], event_kind=["task"], **times))
    assert found(result) == {(2, "ENDED_AT", "necessity_event.ended_at", "dates.order", "value")}
    assert result.frame["ended_at"].isna().all() and result.frame["started_at"].notna().all()


def test_the_index_need_not_be_the_row_number():
    table = raw([7, 5], last_name=["1", "Laine"]).set_axis([1, 0])
    result = run("person", table)
    assert found(result) == {(7, "LAST_NAME", "person.last_name", "name.not_a_name", "row")}
    assert result.frame["row_number"].tolist() == [5]


def test_the_raw_frame_is_left_alone():
    table = raw([2, 2], skill_code=["A", "A "], level=["1", "x"])
    before = table.copy(deep=True)
    run("competence", table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("fault", ["crash", "structure"])
def test_a_check_that_cannot_run_refuses_without_a_value(monkeypatch, fault):
    record = RECORD_TYPES["employment"]
    if fault == "crash":

        def crash(frame, **_):
            raise ValueError(frame["employer_name"].iloc[0])

        monkeypatch.setattr(record.model, "validate", crash)
    else:
        # A column of another type than the model's: pandera quotes the type or the cells, we name the field only.
        from schemas import validation
        from schemas.values import Cleaned

        monkeypatch.setitem(validation.CLEANERS, "date", lambda cells, **_: Cleaned(cells.astype("str")))
    with pytest.raises(Refusal) as refused:
        run("employment", raw([2], employer_name=[CANARY], valid_from=[CANARY], valid_to=["x"]))
    shown = "".join(traceback.format_exception(refused.value))
    assert CANARY not in shown
    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None


def test_nothing_of_a_cell_reaches_the_findings():
    table = raw([2], last_name=[CANARY], first_name=[CANARY * 20], work_email=[CANARY], notice_language=[CANARY])
    result = run("person", table)
    assert len(result.findings) == 4
    assert CANARY not in result.findings.to_csv()


def test_a_hundred_thousand_rows_take_seconds_at_most():
    number = np.arange(100_000)
    table = raw(
        number + 2,
        last_name=np.array(["Mäkinen", "Virtanen", "Nieminen-Laine", "Korhonen"])[number % 4],
        work_email=[f"henkilo{i}@satama.example.com" for i in number],
        work_phone=[f"040 {i:07d}" for i in number],
    )
    start = time.perf_counter()
    result = run("person", table, options={"work_phone": {"region": "FI"}})
    # 0.2 s when measured; the library for every single value would take more than half a minute.
    assert time.perf_counter() - start < 5
    assert len(result.frame) == 100_000


@pytest.mark.parametrize(
    ("record", "field", "effect"),
    [
        ("invoice", "company_business_id", "row"),
        ("employment", "employer_business_id", "value"),
    ],
)
def test_a_wrong_business_id_of_an_invoice_keeps_the_row_out(record, field, effect):
    required = {one.name: [SOUND.get(one.name, SOUND[one.kind])] for one in RECORD_TYPES[record].fields if one.required}
    result = run(record, raw([2], **{**required, field: ["2477525-8"]}))
    assert {(rule, how) for _, _, _, rule, how in found(result)} == {("business_id.invalid", effect)}
