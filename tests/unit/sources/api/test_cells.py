"""The text of a value is what a person would see."""

from __future__ import annotations

import pytest

from sources.readers.api import cells


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("null", ""),
        ('""', ""),
        ("true", "true"),
        ("false", "false"),
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("7", "7"),
        ("7.0", "7"),
        ("1.50", "1.5"),
        ("0.1", "0.1"),
        ("1e3", "1000"),
        ("1E-3", "0.001"),
        ("-12.5", "-12.5"),
        ("12345678901234567890", "12345678901234567890"),
        ("0.30000000000000004", "0.30000000000000004"),
        ('"007"', "007"),
        ('" a "', " a "),
        ('"1e3"', "1e3"),
        ("[]", ""),
        ("[1, 2.0, true, null]", "1;2;true;"),
        ('["a;b"]', "a;b"),
        ('["a;b", "c"]', None),
        ("[[1]]", None),
        ("{}", None),
        ('{"a": 1}', None),
        ("1e400000000", None),
        ("-1e-400000000", None),
        ("1" * 50, None),
        ("0." + "1" * 50, None),
    ],
)
def test_texts(written, text) -> None:
    [value] = cells.parse(f"[{written}]".encode())
    assert cells.cell(value, ";") == text


def test_a_mark_of_the_byte_order_is_read_over() -> None:
    assert cells.parse(b"\xef\xbb\xbf[1]") == [1]
