"""Which two person records speak of one person, and which never do.

Belongs here: the automatic rules and the vetoes, over whole columns of pairs. Does not belong here: how pairs are found
(`register.matching.region`), or what becomes of several pairs that meet (`register.matching.clusters`).

A wrong merge shows one person's data to another; a missed one is a nuisance. So a rule asks for a key that is a
person's own and for a name, and a veto is enough to keep two records apart.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import numpy as np
import pandas as pd
import phonenumbers
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from register.matching.scoring.model import given_names

#: The automatic rules, the surest first: of several that hold, a link names the first.
RULES = ("account", "number", "email", "two_keys", "phone")

#: Jaro-Winkler similarity from which two names are alike, and two first names beside two equal keys.
ALIKE, ALIKE_FIRST = 0.88, 0.80

Mask = NDArray[np.bool_]


class Pairs:
    """Pairs of records with what they are compared by.

    Args:
        nodes: the rows of `register.person_key`, by record id.
        a, b: record ids, pair by pair.
    """

    def __init__(self, nodes: pd.DataFrame, a: pd.Series, b: pd.Series) -> None:
        self.left = nodes.loc[a].reset_index(drop=True)
        self.right = nodes.loc[b].reset_index(drop=True)

    def those(self, which: Mask) -> Pairs:
        """Some of the pairs."""
        some = copy(self)
        some.left, some.right = self.left[which], self.right[which]
        return some

    def same(self, column: str) -> Mask:
        """Whether both have the value, and it is one."""
        left, right = self.left[column], self.right[column]
        return (left.notna() & (left == right)).to_numpy(bool)

    def differ(self, column: str) -> Mask:
        """Whether both have a value, and it is not one."""
        left, right = self.left[column], self.right[column]
        return (left.notna() & right.notna() & (left != right)).to_numpy(bool)

    def both(self, column: str) -> Mask:
        """Whether both have a value."""
        return (self.left[column].notna() & self.right[column].notna()).to_numpy(bool)

    def likeness(self, left: str, right: str) -> NDArray[np.float64]:
        """Jaro-Winkler similarity of a column of the one and a column of the other; 0 where one is missing."""
        first, second = self.left[left], self.right[right]
        found = (first.notna() & (first == second)).to_numpy(float)
        asked = (first.notna() & second.notna() & (first != second)).to_numpy(bool)
        found[asked] = cpdist(
            first[asked].tolist(), second[asked].tolist(), scorer=JaroWinkler.similarity, dtype=np.float64
        )
        return found


def automatic(pairs: Pairs) -> NDArray[np.object_]:
    """The first rule by which each pair is one person, or None. Vetoes are not looked at."""
    last = pairs.likeness("last_name", "last_name")
    exactly = same_name(pairs)
    given = _one_name(pairs, "first_name", "first_name", ALIKE)
    swapped = _one_name(pairs, "first_name", "last_name", ALIKE) & _one_name(pairs, "last_name", "first_name", ALIKE)
    alike = (given & (last >= ALIKE)) | swapped | exactly
    # A mailbox and a phone are a household's: Esa and Eeva share both, and a slip brings their names together.
    own = pairs.same("employee") | pairs.same("username") | pairs.same("subject")
    alike_first = np.where(own, _one_name(pairs, "first_name", "first_name", ALIKE_FIRST), given) | exactly
    # Mailboxes, numbers and phones are given to the next one: where a record is absent, only the very name will do.
    gone = (pairs.left["absent"] | pairs.right["absent"]).to_numpy(bool)
    alike, alike_first = np.where(gone, exactly, alike), np.where(gone, exactly, alike_first)
    email, phone = pairs.same("email"), pairs.same("phone")
    # Where the columns of a file have moved, a name stands for the number, and all who bear it would share it.
    number = pairs.same("employee") & pairs.left["employee_number"].str.contains("[0-9]", na=False).to_numpy(bool)
    account = pairs.same("username") | pairs.same("subject")
    keys = email.astype(int) + phone + number + account
    own_word = (pairs.left["self_reported"] | pairs.right["self_reported"]).to_numpy(bool)
    # A user may write his name as he likes, but who shares neither name has got somebody's former user name.
    first = pairs.likeness("first_name", "first_name")
    some_name = (first >= ALIKE_FIRST) | (last >= ALIKE) | swapped
    # One who has left, and a namesake with another mailbox or phone: the number was given to the next one, too.
    handed_on = gone & (pairs.differ("email") | pairs.differ("phone"))
    holds = {
        "number": number & alike & ~handed_on,
        # e.aho@ is Elisa's now and was Eila's: with a slip in the name, no second key may speak against it.
        "email": email & alike & (exactly | ~pairs.differ("phone")),
        "two_keys": (keys >= 2) & alike_first,
        "phone": _own_phone(pairs, _only(pairs, phone & exactly & ~pairs.differ("email"), perhaps_one_employer)),
        "account": account & own_word & np.where(gone, alike, some_name),
    }
    found = np.full(len(exactly), None, dtype=object)
    for rule in reversed(RULES):
        found[holds[rule]] = rule
    return found


def _own_phone(pairs: Pairs, asked: Mask) -> Mask:
    """Whether the phone of those asked is a mobile: a small firm's switchboard is no person's own."""
    phones = pairs.left["phone"].where(asked)
    mobile = {phone: _is_mobile(phone) for phone in phones.dropna().unique()}
    return np.array([mobile.get(phone, False) for phone in phones], dtype=bool)


def _is_mobile(phone: str) -> bool:
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    try:
        return phonenumbers.number_type(phonenumbers.parse(phone)) in kinds
    except phonenumbers.NumberParseException:
        return False


def _one_name(pairs: Pairs, left: str, right: str, least: float) -> Mask:
    """Whether two names may be one: the same, one of two, or one that people bear and a slip of the finger in it.

    Two names that people bear are two, however alike: spouses Kari and Katri share a mailbox, twins Elina and Elisa all
    but the name. So are two that nobody knows, from a part of the world that our names do not cover.
    """
    ones, others = pairs.left[left].fillna(""), pairs.right[right].fillna("")
    first_of_two = _begins(ones, others) | _begins(others, ones)
    slip = (pairs.likeness(left, right) >= least) & (_borne(ones) != _borne(others))
    return (
        ((ones == others).to_numpy(bool) | first_of_two | slip)
        & (ones != "").to_numpy(bool)
        & (others != "").to_numpy(bool)
    )


def _borne(names: pd.Series) -> Mask:
    """Whether every part of a name is a given name that people bear."""
    known = given_names()
    return names.map({name: all(part in known for part in name.split()) for name in names.unique()}).to_numpy(bool)


def _begins(ones: pd.Series, others: pd.Series) -> Mask:
    """Whether each name begins the other, as Matti begins Matti Juhani; Juhani may be his son."""
    found = [f"{other} ".startswith(f"{one} ") for one, other in zip(ones, others, strict=True)]
    return np.array(found, dtype=bool)


def same_name(pairs: Pairs) -> Mask:
    """Whether both give the same whole name, in whatever order; a family name alone is none."""
    return pairs.same("name_key") & pairs.both("first_name")


def vetoed(pairs: Pairs) -> Mask:
    """Whether two records must never meet in one person, whatever else speaks for it."""
    return other_number(pairs, edits=1) | _other_digits(pairs) | _not_at_one_time(pairs) | _listed_twice(pairs)


def other_number(pairs: Pairs, *, edits: int) -> Mask:
    """Whether one employer may have given them numbers more than so many edits apart.

    Employers told in different ways (by id, by name, or not at all) may be one.
    """

    def far(some: Pairs) -> Mask:
        perhaps = perhaps_one_employer(some)
        if not edits:
            return perhaps
        left, right = some.left["employee_number"].tolist(), some.right["employee_number"].tolist()
        return perhaps & (cpdist(left, right, scorer=Levenshtein.distance, dtype=np.int32) > edits)

    return _only(pairs, pairs.differ("employee_number"), far)


def _only(pairs: Pairs, asked: Mask, question: Callable[[Pairs], Mask]) -> Mask:
    """The pairs asked for of which it is true: what takes long is asked of no other."""
    found = asked.copy()
    if asked.any():
        found[asked] = question(pairs.those(asked))
    return found


def perhaps_one_employer(pairs: Pairs) -> Mask:
    """Whether both tell an employer, and it is one or told in two ways: by id, by name, or not at all.

    Args:
        pairs: one or more.
    """
    left, right = pairs.left["employer"].fillna(""), pairs.right["employer"].fillna("")
    told = left.str.partition(" ")[0] != right.str.partition(" ")[0]
    return pairs.both("employer") & ((left == right) | told).to_numpy(bool)


def _other_digits(pairs: Pairs) -> Mask:
    """matti.virtanen@ and matti.virtanen2@ are two people, and so is the third."""

    def without(mailboxes: pd.Series) -> pd.Series:
        parts = mailboxes.str.rpartition("@")
        return parts[0].str.replace(r"\d+", "", regex=True) + "@" + parts[2]

    return _only(
        pairs,
        pairs.differ("email"),
        lambda some: (without(some.left["email"]) == without(some.right["email"])).to_numpy(bool),
    )


def _not_at_one_time(pairs: Pairs) -> Mask:
    """One employer may have had them one after the other: the number, desk or mailbox was given to the next."""
    before = pairs.left["employed_to"] < pairs.right["employed_from"]
    after = pairs.right["employed_to"] < pairs.left["employed_from"]
    return _only(pairs, (before | after).to_numpy(bool), perhaps_one_employer)


def _listed_twice(pairs: Pairs) -> Mask:
    """One register shows both, under different first names: twins, spouses, colleagues."""
    one_source = (pairs.left["source_id"] == pairs.right["source_id"]).to_numpy(bool)
    gone = (pairs.left["absent"] | pairs.right["absent"]).to_numpy(bool)
    swapped = pairs.same("name_key")
    return one_source & ~gone & pairs.differ("first_name") & ~swapped & ~pairs.same("employee")
