"""What the model compares two records by, level by level.

Belongs here: comparisons, their levels, and the weights that are set by hand, with reasons. Does not belong here: the
weights that are trained (`train`), or which pairs are compared (`candidates`).

A level is the answer "how well do these two agree", the best first. Its weight is log2(m / u): m is its share among
pairs that are one person, u among pairs that are not.
"""

from __future__ import annotations

from typing import Any

#: Jaro-Winkler similarity from which two names may be one with a slip of the finger.
ALIKE = 0.88


def level(condition: str, label: str, **more: Any) -> dict[str, Any]:
    """One level, as Splink takes it."""
    return {"sql_condition": condition, "label_for_charts": label, **more}


def by_hand(m: float, u: float) -> dict[str, Any]:
    """Shares that training leaves alone."""
    return {"m_probability": m, "u_probability": u, "fix_m_probability": True, "fix_u_probability": True}


def _null(condition: str) -> dict[str, Any]:
    return level(condition, "not told", is_null_level=True)


def _frequency(column: str) -> dict[str, Any]:
    return {"tf_adjustment_column": column, "tf_adjustment_weight": 1.0}


def _like(column: str) -> str:
    """A slip of the finger; Jaro-Winkler alone overrates the first letter."""
    left, right = f"{column}_l", f"{column}_r"
    return f"(jaro_winkler_similarity({left}, {right}) >= {ALIKE} or damerau_levenshtein({left}, {right}) = 1)"


def _part_of(column: str) -> str:
    """One of two given names, one half of a double family name."""
    left, right = f"{column}_l", f"{column}_r"
    return (
        f"({left} like {right} || ' %' or {right} like {left} || ' %' "
        f"or {left} like '% ' || {right} or {right} like '% ' || {left})"
    )


_SWAPPED = "name_key_l = name_key_r"
_CROSSED = (
    f"jaro_winkler_similarity(first_name_l, last_name_r) >= {ALIKE} "
    f"and jaro_winkler_similarity(last_name_l, first_name_r) >= {ALIKE}"
)

FIRST_NAME = {
    "output_column_name": "first_name",
    "comparison_levels": [
        _null("first_name_l is null or first_name_r is null"),
        level("first_name_l = first_name_r", "the same", **_frequency("first_name")),
        level(_SWAPPED, "swapped"),
        level(_part_of("first_name"), "one of two"),
        level("least(length(first_name_l), length(first_name_r)) = 1 and first_name_l[1] = first_name_r[1]", "initial"),
        # Two names that people bear are two names, however alike: Mari and Maria, Jari and Jarmo.
        # By hand: training sees slips that make another name, and takes those who share all but this name for one.
        # A family shares its name, and often a mailbox or a phone: here the family name speaks for two people, and what
        # it weighs is taken back.
        level(
            "first_known_l and first_known_r and last_name_l = last_name_r",
            "two names in one family",
            **by_hand(0.0000006, 0.88),
        ),
        level("first_known_l and first_known_r", "two names that people bear", **by_hand(0.0005, 0.88)),
        level(_like("first_name"), "a slip"),
        level(_CROSSED, "swapped, with a slip"),
        level("ELSE", "another"),
    ],
}

LAST_NAME = {
    "output_column_name": "last_name",
    "comparison_levels": [
        _null("last_name_l is null or last_name_r is null"),
        level("last_name_l = last_name_r", "the same", **_frequency("last_name")),
        # Said of the given name already, and that is enough: swapped names are swapped on both sides.
        level(_SWAPPED, "swapped"),
        level(_part_of("last_name"), "one of two"),
        level(_like("last_name"), "a slip"),
        level(_CROSSED, "swapped, with a slip"),
        level("first_name_l = first_name_r", "another, and the given name the same"),
        level("ELSE", "another"),
    ],
}

EMAIL = {
    "output_column_name": "email",
    "comparison_levels": [
        _null("email_l is null or email_r is null"),
        level("email_l = email_r", "the same"),
        # A veto of the rules. Training sees namesakes at work as often as typing errors.
        level("mailbox_plain_l = mailbox_plain_r and domain_l = domain_r", "other digits", **by_hand(0.001, 0.016)),
        level("damerau_levenshtein(email_l, email_r) = 1", "one slip"),
        # The mailbox is made of the name, so it says nothing that the name has not said.
        level("mailbox_plain_l = mailbox_plain_r", "the same before the @", **by_hand(0.1, 0.1)),
        level("domain_l = domain_r", "the same domain"),
        level("ELSE", "other mailboxes"),
    ],
}

PHONE = {
    "output_column_name": "phone",
    "comparison_levels": [
        _null("phone_l is null or phone_r is null"),
        level("phone_l = phone_r and not landline_l", "the same"),
        level("phone_l = phone_r", "the same, of a desk or a firm"),
        level("damerau_levenshtein(phone_l, phone_r) = 1", "one slip"),
        level("ELSE", "other phones"),
    ],
}

_NUMBERS = "employee_number_l is not null and employee_number_r is not null"

EMPLOYMENT = {
    "output_column_name": "employment",
    "comparison_levels": [
        _null("employer_l is null or employer_r is null"),
        level("employer_l = employer_r and employee_number_l = employee_number_r", "employer and number"),
        level(
            f"employer_l = employer_r and {_NUMBERS} and damerau_levenshtein(employee_number_l, employee_number_r) = 1",
            "employer, and one slip in the number",
        ),
        # A veto of the rules: an employer gives a person one number. Learned from few pairs it would be +7.
        level(f"employer_l = employer_r and {_NUMBERS}", "employer, and another number", **by_hand(0.002, 0.03)),
        level("employer_l = employer_r", "employer, no numbers"),
        level(
            "employer_told_l <> employer_told_r and employee_number_l = employee_number_r", "number, employer perhaps"
        ),
        # One by its business id, the other by its name: nobody knows.
        level("employer_told_l <> employer_told_r", "employer perhaps", **by_hand(0.3, 0.3)),
        level("ELSE", "other employers"),
    ],
}

ACCOUNT = {
    "output_column_name": "account",
    # The generated register has no accounts. One subject or user name is one person in all but a handful of cases;
    # other user names say little, as each system gives its own.
    "comparison_levels": [
        _null("(username_l is null or username_r is null) and (subject_l is null or subject_r is null)"),
        level("username_l = username_r or subject_l = subject_r", "the same", **by_hand(0.7, 0.0000002)),
        level("ELSE", "other accounts", **by_hand(0.3, 0.9999998)),
    ],
}

COMPARISONS = [FIRST_NAME, LAST_NAME, EMAIL, PHONE, EMPLOYMENT, ACCOUNT]
