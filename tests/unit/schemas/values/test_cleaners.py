"""Every kind of value cleans its cases as `cell_cases` says, and whole columns as single cells."""

import math

import pandas as pd
import pytest
from cell_cases import TABLES

from schemas.catalogue import all_fields
from schemas.rules import RULES
from schemas.values import CLEANERS

DTYPES = {
    "date": "datetime64[s]",
    "timestamp": "datetime64[us, UTC]",
    "number": "float64",
    "count": "float64",
    "latitude": "float64",
    "longitude": "float64",
}


def outcome(kind, cell, **options):
    cleaned = CLEANERS[kind](pd.Series(["", cell, None], index=[5, 2, 8], dtype="str"), **options)
    assert cleaned.values.index.tolist() == [5, 2, 8]
    assert cleaned.values.isna()[[5, 8]].all()
    if cleaned.failures:
        ((rule, mask),) = cleaned.failures.items()
        assert mask.to_dict() == {5: False, 2: True, 8: False}
        assert cleaned.values.isna().all()
        return f"!{rule}"
    value = cleaned.values[2]
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value


@pytest.mark.parametrize(
    ("kind", "cell", "expected"), [(kind, cell, expected) for kind, table in TABLES.items() for cell, expected in table]
)
def test_cell(kind, cell, expected):
    assert outcome(kind, cell) == expected


def test_a_decimal_dot_where_it_is_declared():
    assert outcome("number", "1 234.5", decimal=".") == 1234.5
    assert outcome("number", "3,5", decimal=".") == "!number.unreadable"


@pytest.mark.parametrize("kind", sorted(CLEANERS))
def test_missing_texts_are_missing_and_not_wrong(kind):
    assert pd.isna(outcome(kind, " Ei  TIEDOSSA?", missing=["ei tiedossa?"]))


@pytest.mark.parametrize("kind", sorted(CLEANERS))
@pytest.mark.parametrize("cells", [[], [None, None, ""]])
def test_columns_without_text(kind, cells):
    cleaned = CLEANERS[kind](pd.Series(cells, dtype="str"))
    assert len(cleaned.values) == len(cells)
    assert cleaned.values.isna().all()
    assert cleaned.failures == {}
    assert cleaned.values.dtype == DTYPES.get(kind, "str")


@pytest.mark.parametrize("kind", sorted(CLEANERS))
def test_every_kind_reports_control_characters(kind):
    assert outcome(kind, "1\x002") == "!text.control"


@pytest.mark.parametrize("kind", sorted(CLEANERS))
def test_a_column_of_few_values_is_cleaned_as_each_of_them(kind):
    cells = [cell for cell, _ in TABLES.get(kind, [])]
    cells += ["a", "1", " 2 ", "", None, "x\x00"]
    few = CLEANERS[kind](pd.Series(cells, dtype="str"))
    times = 1000 // len(cells) + 1
    many = CLEANERS[kind](pd.Series(cells * times, dtype="str"))
    pd.testing.assert_series_equal(many.values, pd.concat([few.values] * times, ignore_index=True))
    assert many.failures.keys() == few.failures.keys()
    for rule, mask in many.failures.items():
        assert mask.tolist() == few.failures[rule].tolist() * times


def test_several_rules_in_one_column():
    cells = pd.Series(["a\x00", "1", "ok", "2", "b\x00"], dtype="str")
    cleaned = CLEANERS["name"](cells)
    assert {rule: mask.tolist() for rule, mask in cleaned.failures.items()} == {
        "text.control": [True, False, False, False, True],
        "name.not_a_name": [False, True, False, True, False],
    }
    assert cleaned.values.dropna().to_dict() == {2: "ok"}


def test_every_field_of_the_catalogue_has_a_cleaner():
    assert {field.kind for field in all_fields()} <= set(CLEANERS)


def test_a_latitude_ends_at_the_poles():
    assert outcome("latitude", "90") == 90.0
    assert outcome("latitude", "90,1") == "!coordinate.invalid"


def test_every_rule_of_the_tables_is_explained():
    broken = {expected[1:] for table in TABLES.values() for _, expected in table if str(expected).startswith("!")}
    assert broken <= set(RULES)
