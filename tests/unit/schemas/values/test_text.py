import pandas as pd
import pytest

from schemas.values import text


def column(*cells):
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Virtanen", "Virtanen"),
        ("  Virtanen ", "Virtanen"),
        ("Anna  Maria", "Anna Maria"),
        ("Anna \t\r\n Maria", "Anna Maria"),
        ("\tAnna", "Anna"),
        ("Anna\u00a0Maria", "Anna Maria"),
        ("\u00a0Anna\u2003\u3000Maria\u202f", "Anna Maria"),
        ("Anna\u2028Maria", "Anna Maria"),
        ("Anna\u0085Maria", "Anna Maria"),
        ("Ma\u0308kinen", "Mäkinen"),
        ("\ufeffMäkinen", "Mäkinen"),
        ("Mä\u200bki\u200d\u2060nen\u00ad", "Mäkinen"),
        ("a\u200b\u0308", "ä"),
        ("00123", "00123"),
        ("x\u200b", "x"),
    ],
)
def test_normal_form(raw, expected):
    assert text.normalise(column(raw)).tolist() == [expected]


@pytest.mark.parametrize("raw", ["", " ", "\t\n", "\u00a0", "\u200b", " \ufeff ", None])
def test_blank_cells_are_missing(raw):
    assert text.normalise(column("x", raw)).isna().tolist() == [False, True]


def test_missing_texts_are_compared_after_normalising_and_without_case():
    cells = column("NULL", " null ", "Ei  Tiedossa", "-", "ei ole", "ÖÖ", "x")
    cleaned = text.normalise(cells, missing=["null", "ei tiedossa ", "-", "öö"])
    assert cleaned.dropna().tolist() == ["ei ole", "x"]


def test_index_and_dtype_are_kept():
    cells = pd.Series([" a", None, "ä "], index=[7, 3, 5], dtype="str")
    cleaned = text.normalise(cells)
    assert cleaned.index.tolist() == [7, 3, 5]
    assert cleaned.dtype == "str"
    assert cleaned.fillna("?").tolist() == ["a", "?", "ä"]


@pytest.mark.parametrize("cells", [[], [None, None]])
def test_columns_without_text(cells):
    assert text.normalise(pd.Series(cells, dtype="str")).isna().all()


def test_a_slice_of_a_longer_column():
    cells = column("a", " b  c", "Mäki\u200b", None, "e")
    assert text.normalise(cells.iloc[1:4]).fillna("?").tolist() == ["b c", "Mäki", "?"]


def test_control_characters_stay_and_are_told():
    cells = text.normalised(
        text.to_arrow(column("a\x00b", "a\x1fb", "a\x7fb", "a\u0081b", "M\ufffdki", "ä", "a", None))
    )
    assert text.has_control(cells).to_pylist() == [True, True, True, True, True, False, False, False]


def test_compatible_form_has_plain_hyphens_only():
    cells = text.to_arrow(column("１２‑3", "a–b—c−d‐e", "ab", None))
    assert text.compatible(cells).to_pylist() == ["12-3", "a-b-c-d-e", "ab", None]
