"""Rows to raw records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from schemas.validation import validate
from sources.config import Source
from sources.mapping import Mapped, map_rows

Describe = Callable[..., Source]
OWN = {"business_ids": ["1234567-1"], "names": ["Satama Oy"]}
PERSON = {"last_name": "Sukunimi"}


def mapped(source: Source, *rows: dict[str, str | None]) -> dict[str, Mapped]:
    frame = pd.DataFrame(list(rows), dtype="str")
    frame.index = pd.Index(range(50, 50 + len(frame)))  # chunks after the first do not begin at nought
    return {table.record.name: table for table in map_rows(source, frame, np.arange(2, 2 + len(frame)))}


def values(table: Mapped) -> list[dict[str, Any]]:
    raw = table.raw
    assert list(raw.index) == list(range(len(raw)))
    assert raw["row_number"].dtype == "int64"
    assert all(dtype == "str" for dtype in raw.drop(columns="row_number").dtypes)
    return raw.astype(object).where(raw.notna(), None).to_dict("records")


def test_columns_constants_and_fields_that_the_file_lacks(describe: Describe) -> None:
    person = PERSON | {"first_name": "Etunimi", "work_email": "Posti", "notice_language": {"constant": "fi"}}
    table = mapped(describe(records={"person": person}), {"Sukunimi": " Ä ", "Etunimi": None, "Nro": "1"})["person"]
    assert values(table) == [{"row_number": 2, "last_name": " Ä ", "first_name": None, "notice_language": "fi"}]
    assert table.columns == {"last_name": "Sukunimi", "first_name": "Etunimi", "notice_language": ""}


def test_one_column_into_two_fields(describe: Describe) -> None:
    person = {field: {"column": "Nimi", "take": field} for field in ("last_name", "first_name")}
    table = mapped(describe(records={"person": person}), {"Nimi": "  Carl  von   Essen "}, {"Nimi": ""})["person"]
    assert values(table) == [
        {"row_number": 2, "last_name": "von Essen", "first_name": "Carl"},
        {"row_number": 3, "last_name": None, "first_name": None},
    ]


def test_a_value_map(describe: Describe) -> None:
    person = PERSON | {"notice_language": {"column": "Kieli", "map": {"suomi": "fi", "RUOTSI": "sv"}}}
    rows = [{"Sukunimi": "A", "Kieli": text} for text in ("Suomi ", "ruotsi", "norja", "")]
    table = mapped(describe(records={"person": person}), *rows)["person"]
    assert [row["notice_language"] for row in values(table)] == ["fi", "sv", "norja", None]


def test_options_of_the_cleaners(describe: Describe) -> None:
    source = describe(
        read={"path": "a.csv", "missing": ["-", "NULL"], "decimal": "."},
        employer=OWN,
        records={
            "person": PERSON | {"work_phone": {"column": "P", "region": "FI"}},
            "employment": {"valid_from": {"column": "Alkoi", "formats": ["%d/%m/%y"]}, "valid_to": "Loppui"},
            "competence": {"skill_code": "Taito", "level": "Taso"},
        },
    )
    row = {"Sukunimi": "A", "P": "1", "Alkoi": "1", "Loppui": "2", "Taito": "x", "Taso": "3.0"}
    tables = mapped(source, row)
    missing = ["-", "NULL"]
    assert tables["person"].options == {
        "last_name": {"missing": missing},
        "work_phone": {"missing": missing, "region": "FI"},
    }
    assert tables["employment"].options["valid_from"] == {"missing": missing, "formats": ["%d/%m/%y"]}
    assert tables["employment"].options["valid_to"] == {"missing": missing}
    assert tables["competence"].options["level"] == {"missing": missing, "decimal": "."}


def test_the_country_of_a_phone_number_stays_with_its_row(describe: Describe) -> None:
    person = PERSON | {"work_phone": {"column": "P", "country": "Maa", "region": "FI"}}
    source = describe(
        register_type="contact_directory", records={"company": {"company_name": "Yritys"}, "person": person}
    )
    rows = [
        {"Yritys": "A", "Sukunimi": "", "P": "", "Maa": "Norja"},
        {"Yritys": "B", "Sukunimi": "b", "P": "2", "Maa": "Ruotsi"},
        {"Yritys": "C", "Sukunimi": "c", "P": "3", "Maa": ""},
    ]
    table = mapped(source, *rows)["person"]
    assert [row["row_number"] for row in values(table)] == [3, 4]
    region = table.options["work_phone"]["region"]
    assert region.tolist() == ["Ruotsi", "FI"]
    assert list(region.index) == list(table.raw.index)


def test_the_main_record_is_always_given_and_another_only_where_something_is_said(describe: Describe) -> None:
    source = describe(
        register_type="contact_directory",
        read={"path": "a.csv", "missing": ["-"]},
        records={"person": PERSON, "company": {"company_name": "Yritys", "country": {"constant": "FI"}}},
    )
    rows = [{"Sukunimi": "", "Yritys": " "}, {"Sukunimi": "b", "Yritys": "-"}, {"Sukunimi": "", "Yritys": "C"}]
    tables = mapped(source, *rows)
    assert [row["row_number"] for row in values(tables["person"])] == [2, 3, 4]
    assert values(tables["company"]) == [{"row_number": 4, "company_name": "C", "country": "FI"}]


@pytest.mark.parametrize("employment", [{}, {"employee_number": "Nro"}])
def test_a_person_without_a_named_employer_works_for_the_customer(
    describe: Describe, employment: dict[str, str]
) -> None:
    tables = mapped(describe(employer=OWN, records={"person": PERSON, "employment": employment}), {"Sukunimi": "A"})
    assert values(tables["employment"]) == [
        {"row_number": 2, "employer_name": "Satama Oy", "employer_business_id": "1234567-1"}
    ]
    assert tables["employment"].columns == {"employer_name": "", "employer_business_id": ""}


def test_an_employer_that_the_row_names_stays(describe: Describe) -> None:
    records = {"person": PERSON, "employment": {"employer_name": "Yritys"}}
    rows = [{"Sukunimi": "A", "Yritys": "Muu Oy"}, {"Sukunimi": "B", "Yritys": " "}]
    table = mapped(describe(employer=OWN, records=records), *rows)["employment"]
    named = [(row["employer_name"], row["employer_business_id"]) for row in values(table)]
    assert named == [("Muu Oy", None), ("Satama Oy", "1234567-1")]


def test_without_scope_own_an_employment_needs_something_said(describe: Describe) -> None:
    employer = {"scope": "any", "reason": "r"}
    records = {"person": PERSON, "employment": {"employer_name": "Yritys"}}
    rows = [{"Sukunimi": "A", "Yritys": "Muu Oy"}, {"Sukunimi": "B", "Yritys": ""}]
    table = mapped(describe(employer=employer, records=records), *rows)["employment"]
    assert values(table) == [{"row_number": 2, "employer_name": "Muu Oy"}]


def test_without_a_person_nothing_hangs_on_one(describe: Describe) -> None:
    source = describe(
        register_type="company_register",
        employer=OWN,
        records={"company": {"company_name": "Yritys"}, "employment": {}, "person": PERSON},
    )
    tables = mapped(source, {"Yritys": "A", "Sukunimi": ""}, {"Yritys": "B", "Sukunimi": "b"})
    assert [row["row_number"] for row in values(tables["employment"])] == [3]


def test_a_list_in_one_cell(describe: Describe) -> None:
    skill = {"column": "Taidot", "split": ",", "map": {"nosturi": "NOSTURI"}}
    source = describe(
        read={"path": "a.csv", "missing": ["-"]},
        records={"person": PERSON, "competence": {"skill_code": skill, "level": "Taso"}},
    )
    rows = [
        {"Sukunimi": "A", "Taidot": " b , ,a,b,nosturi, Nosturi", "Taso": "3"},
        {"Sukunimi": "B", "Taidot": "", "Taso": "4"},
        {"Sukunimi": "C", "Taidot": None, "Taso": ""},
        {"Sukunimi": "D", "Taidot": "-", "Taso": ""},
        {"Sukunimi": "E", "Taidot": "c", "Taso": ""},
    ]
    table = mapped(source, *rows)["competence"]
    assert [(row["row_number"], row["skill_code"], row["level"]) for row in values(table)] == [
        (2, "b", "3"),
        (2, "a", "3"),
        (2, "NOSTURI", "3"),
        (6, "c", ""),
    ]


def test_a_list_parted_by_line_breaks(describe: Describe) -> None:
    competence = {"skill_code": {"column": "Taidot", "split": "\n"}}
    source = describe(records={"person": PERSON, "competence": competence})
    table = mapped(source, {"Sukunimi": "A", "Taidot": "a\r\nb"})["competence"]
    assert [row["skill_code"] for row in values(table)] == ["a", "b"]


def test_a_wide_row_gives_several_parts(describe: Describe) -> None:
    certificates = [
        {"cert_code": {"constant": "EA1"}, "valid_until": "EA1"},
        {"cert_code": {"constant": "TYOTURVA"}, "valid_until": "Kortti"},
    ]
    source = describe(records={"person": PERSON, "certificate": certificates})
    rows = [
        {"Sukunimi": "A", "EA1": "", "Kortti": "1.1.2030"},
        {"Sukunimi": "B", "EA1": "2.1.2030", "Kortti": "3.1.2030"},
        {"Sukunimi": "C", "EA1": " ", "Kortti": None},
    ]
    table = mapped(source, *rows)["certificate"]
    assert [(row["row_number"], row["cert_code"], row["valid_until"]) for row in values(table)] == [
        (2, "TYOTURVA", "1.1.2030"),
        (3, "EA1", "2.1.2030"),
        (3, "TYOTURVA", "3.1.2030"),
    ]
    assert table.columns == {"cert_code": "", "valid_until": "EA1 / Kortti"}


def test_a_part_whose_column_the_file_lacks_is_not_given(describe: Describe) -> None:
    source = describe(records={"person": PERSON, "competence": {"skill_code": "Taito", "level": "Taso"}})
    table = mapped(source, {"Sukunimi": "A", "Taso": "3"})["competence"]
    assert values(table) == []


def test_no_rows(describe: Describe) -> None:
    source = describe(
        employer=OWN,
        records={
            "person": PERSON,
            "employment": {},
            "competence": {"skill_code": {"column": "T", "split": ",", "map": {"a": "b"}}},
        },
    )
    frame = pd.DataFrame({"Sukunimi": pd.Series([], dtype="str"), "T": pd.Series([], dtype="str")})
    tables = map_rows(source, frame, np.array([], dtype="int64"))
    assert [len(table.raw) for table in tables] == [0, 0, 0]
    for table in tables:
        assert validate(table.record, table.raw, options=table.options, columns=table.columns).frame.empty


def test_what_is_mapped_can_be_validated(describe: Describe) -> None:
    source = describe(
        employer=OWN,
        records={
            "person": PERSON | {"work_phone": {"column": "P", "country": "Maa", "region": "FI"}},
            "employment": {"valid_to": "Loppui"},
            "competence": {"skill_code": {"column": "Taidot", "split": ","}},
        },
    )
    rows = [
        {"Sukunimi": "Aalto", "P": "040 555 0001", "Maa": "", "Loppui": "1.2.2026", "Taidot": "a,b"},
        {"Sukunimi": "", "P": "070-174 06 05", "Maa": "Ruotsi", "Loppui": "", "Taidot": "a"},
    ]
    checked = {
        name: validate(table.record, table.raw, options=table.options, columns=table.columns)
        for name, table in mapped(source, *rows).items()
    }
    assert checked["person"].frame["work_phone"].tolist() == ["+358405550001"]
    assert checked["person"].findings[["row_number", "column", "rule"]].values.tolist() == [
        [3, "Sukunimi", "required.missing"]
    ]
    assert checked["employment"].frame["employer_business_id"].tolist() == ["1234567-1"] * 2
    assert checked["competence"].frame["part"].tolist() == ["a", "b", "a"]
