import pandas as pd

from schemas.values.key import SEPARATOR, clean_key


def frame(**columns):
    return pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})


def test_one_column_keeps_leading_zeros():
    keys = clean_key(frame(nro=[" 007", "7", "Ma\u0308", None, " "]))
    assert keys.fillna("?").tolist() == ["007", "7", "Mä", "?", "?"]


def test_several_columns_cannot_run_together():
    keys = clean_key(frame(a=["a", "ab"], b=["bc", "c"]))
    assert keys.tolist() == [f"a{SEPARATOR}bc", f"ab{SEPARATOR}c"]


def test_a_missing_part_makes_the_key_missing():
    assert clean_key(frame(a=["a", "a", None], b=["", "b", "b"])).isna().tolist() == [True, False, True]


def test_a_part_cannot_smuggle_the_separator_in():
    assert clean_key(frame(a=[f"a{SEPARATOR}b", "a"], b=["c", f"b{SEPARATOR}c"])).isna().all()


def test_the_index_is_kept():
    table = frame(a=["x", "y"]).set_axis([4, 9])
    assert clean_key(table).index.tolist() == [4, 9]
