import pandas as pd
import pytest

from schemas.errors import ConfigurationRefused
from schemas.values import phone


def column(*cells):
    return pd.Series(list(cells), dtype="str")


def outcome(cell, region=None):
    cleaned = phone.clean(column(cell), region=region)
    return f"!{next(iter(cleaned.failures))}" if cleaned.failures else cleaned.values[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("040 123 4567", "+358401234567"),
        ("040-1234567", "+358401234567"),
        ("(040) 1234567", "+358401234567"),
        ("+358 40 123 4567", "+358401234567"),
        ("+358 (0)40 123 4567", "+358401234567"),
        ("+358(40)1234567", "+358401234567"),
        ("00358 40 1234567", "+358401234567"),
        ("040\u00a0123\u200b4567", "+358401234567"),
        ("040–123–4567", "+358401234567"),
        ("tel:+358401234567", "+358401234567"),
        ("050.123.4567", "+358501234567"),
        ("09 123 4567", "+35891234567"),
        ("010 1234567", "+358101234567"),
        ("020 123 4567", "+358201234567"),
        ("018 12345", "+3581812345"),
        ("+46 70 123 45 67", "+46701234567"),
        ("+372 5123 4567", "+37251234567"),
        ("+1 206 555 9857", "+12065559857"),
        ("0046 70 123 45 67", "+46701234567"),
        ("112", "!phone.invalid"),
        ("040 12", "!phone.invalid"),
        ("040 123 4567 8901", "!phone.invalid"),
        ("+358 40 123 4567, 050 123 4567", "!phone.invalid"),
        ("040 1234567 / 050 1234567", "!phone.invalid"),
        ("+999 123 456", "!phone.invalid"),
        ("0000000000", "!phone.invalid"),
        ("ei ole", "!phone.invalid"),
        ("040 SATAMA1", "!phone.invalid"),
        ("09 123 4567 ext. 12", "!phone.extension"),
        ("09 1234567 x12", "!phone.extension"),
        ("09 1234567 alanro 12", "!phone.extension"),
        ("+358 9 1234567;ext=12", "!phone.extension"),
        ("040\x001234567", "!text.control"),
    ],
)
def test_with_finland_as_region(cell, expected):
    assert outcome(cell, "FI") == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("+358 40 123 4567", "+358401234567"),
        ("00358 40 123 4567", "+358401234567"),
        ("040 123 4567", "!phone.needs_region"),
        ("(206) 555-9857", "!phone.needs_region"),
        ("12345678", "!phone.needs_region"),
        ("+358 1", "!phone.invalid"),
    ],
)
def test_without_a_region(cell, expected):
    assert outcome(cell) == expected


def test_a_region_for_each_row():
    cells = column("040 1234567", "(206) 555-9857", "070-123 45 67", "040 1234567", "040 1234567", "1", None)
    regions = column("Suomi", "USA", "se", "Atlantis", None, "FI", "FI")
    cells.index = regions.index = [9, 1, 8, 2, 7, 3, 6]
    cleaned = phone.clean(cells, region=regions)
    assert cleaned.values.dropna().to_dict() == {9: "+358401234567", 1: "+12065559857", 8: "+46701234567"}
    assert {rule: mask.index[mask].tolist() for rule, mask in cleaned.failures.items()} == {
        "phone.needs_region": [2, 7],
        "phone.invalid": [3],
    }


@pytest.mark.parametrize("region", ["FI", "fi", "Suomi", "FIN"])
def test_a_region_by_code_or_name(region):
    assert outcome("040 1234567", region) == "+358401234567"


def test_a_region_that_is_no_country_is_refused():
    with pytest.raises(ConfigurationRefused, match="Atlantis"):
        phone.clean(column("040 1234567"), region="Atlantis")


def test_missing_texts_with_a_region_for_each_row():
    cleaned = phone.clean(column("NULL", "040 1234567"), region=column("FI", "FI"), missing=["NULL"])
    assert cleaned.failures == {}
    assert cleaned.values.fillna("?").tolist() == ["?", "+358401234567"]
