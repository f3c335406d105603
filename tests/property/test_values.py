"""Properties of the kinds of value; the libraries themselves are the oracle of the patterns that spare them."""

import re
import string
import unicodedata
from datetime import date as day
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
import phonenumbers
import pyarrow as pa
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.fi import hetu as stdnum_hetu

from schemas.detectors import hetu
from schemas.detectors.column import found_by, plain
from schemas.values import CLEANERS, date, email, phone, text
from schemas.values.key import clean_key

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

# Assigned characters only: the Unicode tables of Python and Arrow are not of one release.
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=30)
TRICKY = st.text(st.sampled_from(" \t\n\u00a0\u200b\u0301\u0308aäA1-–.,'\x00\ufeff\u00ad"), max_size=12)
CELLS = st.lists(st.none() | ANY_TEXT | TRICKY, max_size=8)


def column(cells):
    return pd.Series(cells, dtype="str")


def clean_one(kind, cell, **options):
    """The cleaned value, or the id of the rule that was broken."""
    cleaned = CLEANERS[kind](column([cell]), **options)
    return (None, next(iter(cleaned.failures))) if cleaned.failures else (cleaned.values[0], None)


def plain_normal_form(cell, missing=()):
    """`text.normalise` written plainly, one cell at a time."""
    if cell is None:
        return None
    kept = "".join(c for c in cell if unicodedata.category(c) != "Cf")
    folded = re.sub(r"[\t-\r\x85 ]+", " ", "".join(" " if unicodedata.category(c)[0] == "Z" else c for c in nfc(kept)))
    trimmed = folded.strip(" ")
    return None if trimmed == "" or trimmed.lower() in {m.lower() for m in missing} else trimmed


def nfc(value):
    return unicodedata.normalize("NFC", value)


@given(CELLS, st.lists(st.sampled_from(["a", "NULL", "-", "ä"]), max_size=2))
def test_normalising_agrees_with_the_plain_way_and_settles(cells, missing):
    once = text.normalise(column(cells), missing)
    assert [None if pd.isna(c) else c for c in once] == [plain_normal_form(c, missing) for c in cells]
    twice = text.normalise(once, missing)
    pd.testing.assert_series_equal(once, twice)


@given(st.sampled_from(sorted(CLEANERS)), CELLS)
def test_a_column_is_cleaned_cell_by_cell(kind, cells):
    """Neither order nor neighbours matter: the result of a column is that of its cells."""
    whole = CLEANERS[kind](column(cells))
    broken = pd.Series("", index=range(len(cells)))
    for rule, mask in whole.failures.items():
        assert mask.any()
        assert (broken[mask] == "").all()
        broken[mask] = rule
    for place, cell in enumerate(cells):
        value, rule = clean_one(kind, cell)
        assert broken[place] == (rule or "")
        assert pd.isna(whole.values[place]) if pd.isna(value) else whole.values[place] == value


#: Kinds whose values are no text; money is text with a point, whatever sign the register uses.
TYPED = {"date", "timestamp", "number", "count", "latitude", "longitude", "money"}


@given(st.sampled_from(sorted(set(CLEANERS) - TYPED)), ANY_TEXT | TRICKY)
def test_a_cleaned_value_is_clean(kind, cell):
    value, _ = clean_one(kind, cell)
    if not pd.isna(value):
        assert clean_one(kind, value) == (value, None)


@given(st.from_regex(r"[+-]?[0-9]{1,12}(,[0-9]{1,2})?", fullmatch=True))
def test_a_cleaned_amount_is_clean_with_a_point(cell):
    cleaned = CLEANERS["money"](pd.Series([cell], dtype="str")).values
    again = CLEANERS["money"](cleaned, decimal=".")
    assert again.failures == {} and again.values.tolist() == cleaned.tolist()
    assert Decimal(cleaned[0]) == Decimal(cell.replace(",", "."))


LOCAL = st.text(st.sampled_from(string.ascii_letters + string.digits + "._+-'!ä "), min_size=1, max_size=70)
LABEL = st.text(st.sampled_from(string.ascii_letters + string.digits + "-_ö"), min_size=1, max_size=12)
TOP = st.sampled_from(["fi", "FI", "com", "org", "io", "co.uk", "local", "test", "example", "c", "fi.", "invalid"])


@settings(max_examples=300)
@given(
    st.builds(lambda local, labels, top: f"{local}@{'.'.join([*labels, top])}", LOCAL, st.lists(LABEL, max_size=3), TOP)
)
def test_email_agrees_with_email_validator(cell):
    value, rule = clean_one("email", cell)
    try:
        address = unicodedata.normalize("NFKC", plain_normal_form(cell))
        expected = validate_email(address, check_deliverability=False, strict=True).normalized.lower()
    except EmailNotValidError:
        assert rule == "email.syntax"
    else:
        assert (value, rule) == (expected, None)


def test_the_email_pattern_settles_the_common_shape():
    cells = pa.array(["anna.virtanen@satama.example.com", "a+b@x-y.fi", "anna@server.local", "a--b@c--d.fi"])
    settled = email._common(cells.cast(pa.large_string())).to_pylist()
    assert settled == ["anna.virtanen@satama.example.com", "a+b@x-y.fi", None, None]


FINNISH_STARTS = st.sampled_from(
    [
        "040",
        "0400",
        "044",
        "045",
        "0457",
        "046",
        "049",
        "04944",
        "050",
        "09",
        "02",
        "013",
        "014",
        "016",
        "017",
        "018",
        "019",
        "010",
        "020",
        "029",
        "0600",
        "0700",
        "0800",
        "075",
        "+358",
        "+35840",
        "+358-50",
        "+3589",
        "+358040",
        "00358",
        "358",
    ]
)
FOREIGN_STARTS = st.sampled_from(
    ["+46", "+4670", "+468", "+372", "+3725", "+47", "+474", "+45", "+49", "+44", "+1", "+7"]
)
SEPARATED = st.text(st.sampled_from("0123456789012345678901234567890123456789 -()"), max_size=14)
NUMBERS = st.builds(str.__add__, FINNISH_STARTS | FOREIGN_STARTS | st.just(""), SEPARATED)


def by_phonenumbers(cell, region):
    """E.164 if the library parses the number and calls it valid."""
    try:
        number = phonenumbers.parse(cell, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


PLANS = {code: phonenumbers.PhoneMetadata.metadata_for_region(code) for code in phone._SETTLED_REGIONS}


@st.composite
def numbers_of_the_plans(draw):
    """A number that one kind of a settled region's numbering plan allows, written at home or abroad, and a region."""
    region = draw(st.sampled_from(phone._SETTLED_REGIONS))
    plan = PLANS[region]
    kind = draw(st.sampled_from([plan.mobile, plan.fixed_line, plan.general_desc]))
    bare = draw(st.from_regex(kind.national_number_pattern, fullmatch=True, alphabet=string.digits))
    abroad = f"+{plan.country_code}{bare}"
    home = f"{plan.national_prefix or ''}{bare}"
    return draw(st.sampled_from([(abroad, region), (abroad, None), (home, region), (bare, region)]))


@settings(max_examples=1000)
@given(numbers_of_the_plans())
def test_the_phone_pattern_agrees_on_numbers_of_the_plans(number):
    cell, region = number
    (settled,) = phone._common(pa.array([cell], pa.large_string()), region).to_pylist()
    if settled is not None:
        assert settled == by_phonenumbers(cell, region)


@settings(max_examples=1000)
@given(NUMBERS, st.sampled_from(["FI", "SE", "EE", "NO", "DK", "DE", "US", None]))
def test_the_phone_pattern_agrees_with_phonenumbers(cell, region):
    """Wherever the pattern settles a number, the library says the same."""
    (settled,) = phone._common(text.to_arrow(text.normalise(column([cell]))), region).to_pylist()
    if settled is not None:
        assert settled == by_phonenumbers(cell, region)


@settings(max_examples=500)
@given(NUMBERS, st.sampled_from(["FI", "SE", "EE", "NO", "DK", "DE", "US"]))
def test_phone_agrees_with_phonenumbers(cell, region):
    value, rule = clean_one("phone", cell, region=region)
    if plain_normal_form(cell) is None or re.match(r"[\s-]*[)-]", cell):
        return  # a cell that begins with a stray sign is refused before the library would skip it
    assert (None if pd.isna(value) else value) == by_phonenumbers(cell, region)
    assert rule in (None, "phone.invalid")


@pytest.mark.parametrize(
    "cell", ["040 1234567", "+358 50 123 4567", "(09) 1234567", "+46 70 123 45 67", "+372 5123 4567"]
)
def test_the_phone_pattern_settles_the_common_shapes(cell):
    (settled,) = phone._common(pa.array([cell], pa.large_string()), "FI").to_pylist()
    assert settled == by_phonenumbers(cell, "FI") is not None


DAYS = st.dates(day(1850, 1, 1), day(2250, 12, 31))


@given(DAYS, st.sampled_from(["{0:%Y}-{0:%m}-{0:%d}", "{0.day}.{0.month}.{0:%Y}", "{0:%d}.{0:%m}.{0:%Y} 9.30"]))
def test_every_day_is_read_back(written, form):
    value, rule = clean_one("date", form.format(written))
    if day(1900, 1, 1) <= written <= day(2199, 12, 31):
        assert value.date() == written
    else:
        assert rule == "date.out_of_range"


@given(st.integers(1900, 2199), st.integers(0, 13), st.integers(0, 32))
def test_only_days_of_the_calendar_are_read(year, month, number):
    value, rule = clean_one("date", f"{number}.{month}.{year}")
    try:
        expected = day(year, month, number)
    except ValueError:
        assert rule == "date.unreadable"
    else:
        assert value.date() == expected


@given(
    st.datetimes(datetime(1950, 1, 2), datetime(2190, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.integers(-12 * 60, 14 * 60),
)
def test_an_instant_gives_the_day_in_helsinki(moment, offset):
    sign = "-" if offset < 0 else "+"
    cell = f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    utc = (moment - timedelta(minutes=offset)).replace(tzinfo=ZoneInfo("UTC"))
    value, _ = clean_one("date", cell)
    assert value.date() == utc.astimezone(ZoneInfo(date.ZONE)).date()


@given(st.integers(0, 9_999_999), st.integers(0, 9))
def test_business_ids_by_their_arithmetic(body, check):
    digits = f"{body:07d}"
    rest = sum(int(d) * weight for d, weight in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    good = body != 0 and rest != 1 and check == (0 if rest == 0 else 11 - rest)
    expected = f"{digits}-{check}"
    for cell in (expected, f"{digits}{check}", f"FI{digits}{check}"):
        value, rule = clean_one("business_id", cell)
        assert (value == expected) if good else (rule == "business_id.invalid")


# The policy's own regular expression, word for word.
HETU = re.compile(
    r"(?<![0-9A-Za-z])(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d{2})([-+YXWVUABCDEF])(\d{3})([0-9A-FHJ-NPR-Y])(?![0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
CODES = st.builds(
    "{:02d}{:02d}{:02d}{}{:03d}{}".format,
    st.integers(0, 33),
    st.integers(0, 13),
    st.integers(0, 99),
    st.sampled_from("-+YXWVUABCDEFyf=Gg "),
    st.sampled_from([0, 1, 2, 899, 900, 999]) | st.integers(0, 999),
    st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZay"),
)


@st.composite
def good_codes(draw):
    born = draw(st.dates(day(1800, 1, 1), day(2099, 12, 31)))
    number = draw(st.integers(2, 999))
    sign = draw(st.sampled_from({18: "+", 19: "-YXWVU", 20: "ABCDEF"}[born.year // 100]))
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{born:%d%m%y}{number:03d}") % 31]
    return f"{born:%d%m%y}{sign}{number:03d}{check}"


def is_valid(match):
    return stdnum_hetu.is_valid(match[0], allow_temporary=True)


def identity_codes(cells):
    """For each cell the rule of identity codes that it breaks, or ""."""
    rules = [""] * len(cells)
    for at, rule in zip(*found_by(hetu.DETECTOR, plain(text.to_arrow(column(cells)))), strict=True):
        rules[at] = rule
    return rules


@settings(max_examples=300)
@given(
    st.lists(st.lists(CODES | good_codes() | st.sampled_from(["a", " ", "-", "ä", "0", ","]), max_size=4), max_size=5)
)
def test_hetu_scan_agrees_with_the_policy(cells):
    cells = ["".join(pieces) for pieces in cells]
    expected = []
    for cell in cells:
        matches = list(HETU.finditer(cell))
        expected.append("hetu.valid" if any(map(is_valid, matches)) else "hetu.shape" if matches else "")
    assert identity_codes(cells) == expected


@given(good_codes(), st.sampled_from(["", " ", "Virtanen ", "ä"]), st.sampled_from("-–−‑\u00ad"), st.integers(0, 5))
def test_every_good_code_is_found_in_disguise(code, before, dash, place):
    disguised = code[:place] + "\u200b" + code[place:].replace("-", dash)
    assert identity_codes([before + disguised]) == ["hetu.valid"]


@given(st.lists(st.tuples(ANY_TEXT | TRICKY, ANY_TEXT | TRICKY), min_size=2, max_size=6))
def test_two_keys_are_equal_only_if_their_parts_are(rows):
    keys = clean_key(pd.DataFrame({"a": column([a for a, _ in rows]), "b": column([b for _, b in rows])}))
    parts = [(plain_normal_form(a), plain_normal_form(b)) for a, b in rows]
    for key, one in zip(keys, parts, strict=True):
        for other_key, other in zip(keys, parts, strict=True):
            if not pd.isna(key) and not pd.isna(other_key):
                assert (key == other_key) == (one == other)
        if None in one:
            assert pd.isna(key)
