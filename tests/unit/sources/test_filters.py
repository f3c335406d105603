"""Which rows concern us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sources.config import Source
from sources.filters import Filtered, split

Describe = Callable[..., Source]
DAY = date(2026, 3, 10)


def filtered(source: Source, column: str, cells: list[str | None], day: date = DAY) -> Filtered:
    frame = pd.DataFrame({column: pd.Series(cells, dtype="str")})
    frame.index = pd.Index(range(50, 50 + len(frame)))
    found = split(source, frame, np.arange(2, 2 + len(frame)), day)
    masks = [found.kept, found.out_of_scope, found.deleted, found.expired]
    assert all(mask.dtype == bool and mask.index.equals(frame.index) for mask in masks)
    assert (sum(mask.astype(int) for mask in masks) == 1).all(), "each row is in exactly one mask"
    return found


@pytest.mark.parametrize(
    ("test", "cells", "holds"),
    [
        ({"equals": "Yksikkö A"}, ["yksikkö  a", " YKSIKKÖ A ", "Yksikko\u0308 A", "B", "", None], [1, 1, 1, 0, 0, 0]),
        ({"in": ["A", "b"]}, ["a", "B", "c", ""], [1, 1, 0, 0]),
        ({"empty": True}, ["", " ", None, "-", "x", "\u200b"], [1, 1, 1, 1, 0, 1]),
        ({"empty": False}, ["", " ", None, "-", "x", "\u200b"], [0, 0, 0, 0, 1, 0]),
        ({"pattern": "[A-C]|x+"}, ["A", "AB", "xx", "a", "", None], [1, 0, 1, 0, 0, 0]),
        ({"pattern": "(?i)a"}, ["a", "A", "ba"], [1, 1, 0]),
        ({"pattern": ""}, ["", "x"], [0, 0]),
        ({"equals": "straße"}, ["STRASSE", "straße"], [1, 1]),
    ],
)
def test_conditions(describe: Describe, test: dict[str, Any], cells: list[str | None], holds: list[int]) -> None:
    condition = {"column": "C"} | test
    read = {"path": "a.csv", "missing": ["-"]}
    included = filtered(describe(read=read, filter={"include": [condition]}), "C", cells)
    assert included.kept.astype(int).tolist() == holds
    excluded = filtered(describe(read=read, filter={"exclude": [condition]}), "C", cells)
    assert excluded.out_of_scope.astype(int).tolist() == holds


def test_all_includes_and_no_exclude(describe: Describe) -> None:
    include = [{"column": "C", "pattern": "a.*"}, {"column": "C", "pattern": ".*b"}]
    source = describe(filter={"include": include, "exclude": [{"column": "C", "equals": "axb"}]})
    assert filtered(source, "C", ["ab", "a", "b", "axb"]).kept.tolist() == [True, False, False, False]


def test_an_active_flag(describe: Describe) -> None:
    source = describe(active={"column": "Tila", "values": ["aktiivinen", "1"]})
    found = filtered(source, "Tila", ["Aktiivinen", "1", "päättynyt", "", None])
    assert found.kept.tolist() == [True, True, False, False, False]
    assert found.out_of_scope.tolist() == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("end", "day", "fate"),
    [
        ("", "2026-03-10", "kept"),
        ("11.3.2026", "2026-03-10", "kept"),
        ("10.3.2026", "2026-03-10", "out_of_scope"),
        ("2026-03-09", "2026-03-10", "out_of_scope"),
        # policy 3.3: 30 and 31 August + 6 m: last day 28 February 2027, expires 1 March
        ("30.8.2026", "2027-02-28", "out_of_scope"),
        ("30.8.2026", "2027-03-01", "expired"),
        ("31.8.2026", "2027-02-28", "out_of_scope"),
        ("31.8.2026", "2027-03-01", "expired"),
        # policy 3.3: 31 December 2026 + 6 m: last day 30 June 2027, expires 1 July
        ("31.12.2026", "2027-06-30", "out_of_scope"),
        ("31.12.2026", "2027-07-01", "expired"),
        # 29 August 2027 + 6 m: 2028 is a leap year
        ("29.8.2027", "2028-02-29", "out_of_scope"),
        ("29.8.2027", "2028-03-01", "expired"),
        ("1.1.1950", "2026-03-10", "expired"),
        ("31.2.2026", "2026-03-10", "kept"),
        ("kesken", "2026-03-10", "kept"),
        ("1.1.1800", "2026-03-10", "kept"),
    ],
)
def test_an_end_date(describe: Describe, end: str, day: str, fate: str) -> None:
    found = filtered(describe(active={"ends": "Loppui"}), "Loppui", [end], date.fromisoformat(day))
    assert getattr(found, fate).tolist() == [True]


def test_an_end_date_that_cannot_be_read_is_told(describe: Describe) -> None:
    found = filtered(describe(active={"ends": "Loppui"}), "Loppui", ["1.1.2030", "kesken", "1.1.1800"])
    assert found.findings[["row_number", "column", "rule", "effect"]].values.tolist() == [
        [3, "Loppui", "date.unreadable", "value"],
        [4, "Loppui", "date.out_of_range", "value"],
    ]


def test_declared_formats_of_an_end_date(describe: Describe) -> None:
    source = describe(active={"ends": "Loppui", "formats": ["%m/%d/%Y"]})
    found = filtered(source, "Loppui", ["03/11/2026", "03/09/2026"])
    assert found.kept.tolist() == [True, False]


def test_a_row_that_the_filter_leaves_out_is_not_expired(describe: Describe) -> None:
    source = describe(active={"ends": "C"}, filter={"exclude": [{"column": "C", "pattern": ".*1950"}]})
    found = filtered(source, "C", ["1.1.1950", "1.1.1951"])
    assert found.out_of_scope.tolist() == [True, False]
    assert found.expired.tolist() == [False, True]


def test_a_deletion_marker_goes_before_everything(describe: Describe) -> None:
    marked = {"type": "changes", "deleted": {"column": "C", "values": ["Poistettu"]}}
    source = describe(snapshot=marked, filter={"include": [{"column": "C", "empty": True}]})
    found = filtered(source, "C", ["poistettu", "", "muu"])
    assert found.deleted.tolist() == [True, False, False]
    assert found.kept.tolist() == [False, True, False]
    assert found.out_of_scope.tolist() == [False, False, True]


def test_without_any_rule_every_row_is_kept(describe: Describe) -> None:
    assert filtered(describe(), "C", ["", None, "x"]).kept.all()


def test_no_rows(describe: Describe) -> None:
    source = describe(active={"ends": "C"}, filter={"include": [{"column": "C", "in": ["x"]}]})
    assert len(filtered(source, "C", []).kept) == 0
