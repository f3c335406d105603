"""Account, card and identity numbers: each one that is right is found in whatever stands around it, and none that is
wrong by a digit."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.detectors import card, iban, search

ALPHABET = "0123456789ABCDEFHJKLMNPRSTUVWXY"
#: Country -> characters after the check digits.
ACCOUNTS = {"FI": 14, "SE": 20, "DE": 18, "EE": 16, "NO": 11, "DK": 14}
ISSUED = [
    ("4", 16),
    ("4", 13),
    ("51", 16),
    ("2720", 16),
    ("34", 15),
    ("36", 14),
    ("6011", 16),
    ("3528", 16),
    ("62", 19),
]

NOISE = st.lists(
    st.sampled_from(["Virtanen", "nro", "ä", "!", "(ok)", "12", "a1", "2026-03-10", "; ", "—", "x@y.fi", "€"]),
    max_size=3,
).map(" ".join)
GLUE = st.sampled_from([" ", ": ", ", ", "=", " (", "\n", "\u00a0", "ä "])


def digits(size: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=size, max_size=size)


@st.composite
def identity_codes(draw: st.DrawFn) -> str:
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(0, 22))
    body, number = f"{day:02d}{month:02d}{year:02d}", f"{draw(st.integers(900, 999))}"
    return body + draw(st.sampled_from("-YXWVUABCDEF+")) + number + ALPHABET[int(body + number) % 31]


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """By the arithmetic of ISO 13616, not by the library that the detector asks."""
    country = draw(st.sampled_from(sorted(ACCOUNTS)))
    body = draw(digits(ACCOUNTS[country]))
    number = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    return f"{country}{98 - number % 97:02d}{body}"


def luhn_digit(body: str) -> str:
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body))]
    return str(-sum(one // 10 + one % 10 for one in doubled) % 10)


@st.composite
def cards(draw: st.DrawFn) -> str:
    begins, length = draw(st.sampled_from(ISSUED))
    body = begins + draw(digits(length - len(begins) - 1))
    return body + luhn_digit(body)


def grouped(number: str, sign: str) -> str:
    return sign.join(re.findall(".{1,4}", number))


def found(cell: str) -> set[str]:
    return set(search.find(pa.array([cell], pa.large_string())))


@given(identity_codes(), NOISE, GLUE, NOISE)
def test_identity_codes(code: str, before: str, glue: str, after: str) -> None:
    assert "hetu.valid" in found(f"{before}{glue}{code} {after}")


@given(identity_codes(), st.integers(0, 30))
def test_an_identity_code_with_another_check_character_is_no_valid_one(code: str, turn: int) -> None:
    wrong = code[:-1] + ALPHABET[turn]
    assume(wrong != code)
    assert found(wrong) == {"hetu.shape"}


@given(accounts(), NOISE, GLUE, NOISE, st.sampled_from(["", " ", "-", "\u00a0"]), st.booleans())
def test_account_numbers(number: str, before: str, glue: str, after: str, sign: str, small: bool) -> None:
    written = grouped(number, sign) if sign else number
    assert iban.RULE in found(f"{before}{glue}{written.lower() if small else written}; {after}")


@given(accounts(), st.data(), st.sampled_from(["", " "]))
def test_an_account_number_with_one_digit_changed_is_none(number: str, data: st.DataObject, sign: str) -> None:
    at = data.draw(st.integers(2, len(number) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != number[at]]))
    wrong = number[:at] + digit + number[at + 1 :]
    assert iban.RULE not in found(grouped(wrong, sign) if sign else wrong)


@given(cards(), NOISE, GLUE, NOISE)
def test_card_numbers(number: str, before: str, glue: str, after: str) -> None:
    written = [number, *(grouped(number, sign) for sign in " -" if len(number) == 16)]
    for one in written:
        assert card.RULE in found(f"{before}{glue}{one} {after}")


@given(cards(), st.data())
def test_a_card_number_with_one_digit_changed_is_none(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != number[at]]))
    assert found(number[:at] + digit + number[at + 1 :]) == set()
