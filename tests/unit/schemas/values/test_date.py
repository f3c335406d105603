import pandas as pd
import pytest

from schemas.errors import ConfigurationRefused
from schemas.values import date


def outcome(cell, formats=None):
    cleaned = date.clean(pd.Series(["", cell], dtype="str"), formats=formats)
    assert cleaned.values.dtype == "datetime64[s]"
    assert pd.isna(cleaned.values[0])
    if cleaned.failures:
        ((rule, mask),) = cleaned.failures.items()
        assert mask.tolist() == [False, True]
        assert pd.isna(cleaned.values[1])
        return f"!{rule}"
    return str(cleaned.values[1])[:19].removesuffix(" 00:00:00")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-10", "2026-03-10"),
        ("2024-02-29", "2024-02-29"),
        ("2026-03-10T23:59:59", "2026-03-10"),
        ("2026-03-10 00:00", "2026-03-10"),
        ("2026-03-10 08:30:00.123456", "2026-03-10"),
        # An instant: the day in Helsinki (the vectors of policy 3.3, and summer and winter time).
        ("2026-06-30T20:59:59Z", "2026-06-30"),
        ("2026-06-30T21:30:00Z", "2026-07-01"),
        ("2026-12-31T21:59:59Z", "2026-12-31"),
        ("2026-12-31T22:00:00Z", "2027-01-01"),
        ("2026-12-31T22:00:00.5+00:00", "2027-01-01"),
        ("2026-07-01T00:30:00+05:30", "2026-06-30"),
        ("2026-06-30T17:00:00-0400", "2026-07-01"),
        ("2026-06-30 23:00 +02", "2026-07-01"),
        ("10.3.2026", "2026-03-10"),
        ("10.03.2026", "2026-03-10"),
        ("10. 3. 2026", "2026-03-10"),
        ("31.12.2026 12:30", "2026-12-31"),
        ("31.12.2026 klo 9.05", "2026-12-31"),
        ("31.12.2026 12:30:59", "2026-12-31"),
        ("1900-01-01", "1900-01-01"),
        ("31.12.2199", "2199-12-31"),
        ("1899-12-31", "!date.out_of_range"),
        ("1.1.2200", "!date.out_of_range"),
        ("0001-01-01", "!date.out_of_range"),
        ("9999-12-31", "!date.out_of_range"),
        ("2199-12-31T23:00:00Z", "!date.out_of_range"),
        ("2023-02-29", "!date.unreadable"),
        ("31.4.2026", "!date.unreadable"),
        ("0.1.2026", "!date.unreadable"),
        ("1.13.2026", "!date.unreadable"),
        ("0000-00-00", "!date.unreadable"),
        ("1.2.26", "!date.unreadable"),
        ("3/10/2026", "!date.unreadable"),
        ("20260310", "!date.unreadable"),
        ("46091", "!date.unreadable"),
        ("2026-3-10", "!date.unreadable"),
        ("2026-03-10T25:00", "!date.unreadable"),
        ("2026-03-10T12:00:00+25:00", "!date.unreadable"),
        ("10.3.", "!date.unreadable"),
        ("toistaiseksi", "!date.unreadable"),
        ("2026-03-10\x00", "!text.control"),
    ],
)
def test_iso_and_finnish(cell, expected):
    assert outcome(cell) == expected


@pytest.mark.parametrize(
    ("cell", "formats", "expected"),
    [
        ("10.3.26", ["%d.%m.%y"], "2026-03-10"),
        ("3/10/2026", ["%d.%m.%Y", "%m/%d/%Y"], "2026-03-10"),
        ("20260310", ["%Y%m%d"], "2026-03-10"),
        ("2026-03-10", ["%d.%m.%y"], "!date.unreadable"),
        ("31.2.26", ["%d.%m.%y"], "!date.unreadable"),
        ("1.1.1890", ["%d.%m.%Y"], "!date.out_of_range"),
        ("30.06.2026 21:30 +0000", ["%d.%m.%Y %H:%M %z"], "2026-07-01"),
    ],
)
def test_declared_formats(cell, formats, expected):
    assert outcome(cell, formats) == expected


def test_an_unreadable_format_is_refused_without_the_cell():
    with pytest.raises(ConfigurationRefused) as refused:
        date.clean(pd.Series(["kanarialintu"], dtype="str"), formats=["%Q"])
    assert "%Q" in str(refused.value)
    assert refused.value.__context__ is None
