"""Persons who do not exist, in companies and households, as they are in truth.

Belongs here: who there is, and what they share or take over from one another. Does not belong here: what a register
says of them (`records`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from register.matching.scoring.generator import names
from register.matching.scoring.generator.names import slug

#: Shares of persons, where a share of pairs is meant: of either of the two.
SHARES = {
    "spouse": 0.12,
    "twin": 0.006,
    "father and son": 0.004,
    "namesake at work": 0.01,
    "reused number": 0.01,
    "recycled mailbox": 0.007,
    "recycled phone": 0.007,
}


def people(random: np.random.Generator, many: int) -> pd.DataFrame:
    """So many persons: sex, names, employer, number, mailbox, phone, dates. The index is the person."""
    woman = random.random(many) < 0.5
    found = pd.DataFrame({"woman": woman})
    found["first"] = np.where(woman, names.women().draw(random, many), names.men().draw(random, many))
    double = random.random(many) < 0.04
    second = np.where(woman, names.women().draw(random, many), names.men().draw(random, many))
    found["first"] = found["first"].where(~double, found["first"] + "-" + second)
    found["last"] = names.families().draw(random, many)
    firms = max(many // 60, 1)
    size = 1 / (np.arange(firms) + 10.0) ** 0.7
    found["firm"] = random.choice(firms, size=many, p=size / size.sum())
    _relate(random, found)
    _hire(random, found)
    _mailboxes(random, found, _companies(random, firms))
    _phones(random, found)
    _share(random, found)
    return found


def _pairs(random: np.random.Generator, many: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Disjoint pairs that hold about this share of the persons."""
    chosen = random.permutation(many)[: int(many * share / 2) * 2]
    return chosen[::2], chosen[1::2]


def _relate(random: np.random.Generator, found: pd.DataFrame) -> None:
    """Spouses and twins of one family name, fathers and sons of one name, colleagues who are namesakes."""
    first, last, firm, woman = (np.array(found[name], dtype=object) for name in ("first", "last", "firm", "woman"))
    household = np.arange(len(found))
    one, other = _pairs(random, len(found), SHARES["spouse"])
    household[other] = household[one]
    woman[one], woman[other] = True, False
    first[one] = names.women().draw(random, len(one))
    first[other] = names.men().draw(random, len(other))
    alike = random.random(len(one)) < 0.8
    last[one[alike]] = last[other[alike]]
    together = random.random(len(one)) < 0.25
    firm[other[together]] = firm[one[together]]
    found["spouse"] = -1
    found.loc[one, "spouse"], found.loc[other, "spouse"] = other, one
    free = found["spouse"].to_numpy() < 0
    for share in ("twin", "father and son", "namesake at work"):
        one, other = _pairs(random, len(found), SHARES[share])
        kept = free[one] & free[other]
        one, other = one[kept], other[kept]
        free[one] = free[other] = False
        last[other], woman[other] = last[one], woman[one]
        if share == "twin":
            first[other] = _beside(random, first[one], woman[one].astype(bool))
        else:
            first[other] = first[one]
        if share != "namesake at work":
            household[other] = household[one]
        beside = random.random(len(one)) < {"twin": 0.5, "father and son": 0.7}.get(share, 1.0)
        firm[other[beside]] = firm[one[beside]]
    found["first"], found["last"], found["firm"] = first, last, firm.astype("int64")
    found["woman"], found["household"] = woman.astype(bool), household


def _beside(random: np.random.Generator, first: np.ndarray, woman: np.ndarray) -> np.ndarray:
    """For each name another one, and half the time one that begins alike: parents give twins such names."""
    women, men = names.women().names[:250], names.men().names[:250]
    drawn = np.empty(len(first), dtype=object)
    for index, (name, is_woman) in enumerate(zip(first, woman, strict=True)):
        table = women if is_woman else men
        near = [one for one in table if one[:2] == name[:2] and one != name]
        others = near if near and random.random() < 0.5 else [one for one in table if one != name]
        drawn[index] = others[random.integers(len(others))]
    return drawn


def _companies(random: np.random.Generator, firms: int) -> pd.DataFrame:
    """Names, business ids that nobody has, and domains."""
    base = (
        names.families().names[random.integers(0, 900, firms)]
        + "n "
        + names.lines()[random.integers(0, len(names.lines()), firms)]
    )
    place = pd.Series(base).groupby(base).cumcount().to_numpy()
    numbered = np.where(place > 0, base + np.array([f" {one + 1}" for one in place], dtype=object), base)
    domain = slug(pd.Series(numbered)) + ".example.com"
    return pd.DataFrame({"name": numbered + " Oy", "domain": domain})


def _hire(random: np.random.Generator, found: pd.DataFrame) -> None:
    """Employee numbers by employer, dates, and numbers that a successor took over."""
    many = len(found)
    base = random.choice([1, 100, 1000, 10000, 20000, 70000], size=int(found["firm"].max()) + 1)
    place = found.groupby("firm").cumcount().to_numpy()
    number = base[found["firm"]] + place * 1 + random.integers(0, 1, many)
    found["number"] = number.astype(str)
    start = np.datetime64("2012-01-01") + random.integers(0, 4900, many).astype("timedelta64[D]")
    found["from"] = start
    gone = random.random(many) < 0.06
    found["to"] = np.where(gone, start + random.integers(90, 1500, many).astype("timedelta64[D]"), np.datetime64("NaT"))
    found["gone"] = gone
    former, heir = _heirs(random, found, SHARES["reused number"])
    found.loc[heir, "number"] = found.loc[former, "number"].to_numpy()
    found.loc[heir, "from"] = (found.loc[former, "to"] + pd.Timedelta(days=30)).to_numpy()
    found.loc[heir, "to"] = pd.NaT


def _heirs(random: np.random.Generator, found: pd.DataFrame, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Persons who have left an employer, and others of it who are still there: former, heir."""
    left = found.index[found["gone"]].to_numpy()
    left = left[random.permutation(len(left))][: int(len(found) * share)]
    by_firm = dict(found.index[~found["gone"]].groupby(found["firm"][~found["gone"]]))
    former, heir, taken = [], [], set()
    for one, firm in zip(left, found.loc[left, "firm"], strict=True):
        others = by_firm.get(firm)
        if others is None:
            continue
        other = int(others[random.integers(len(others))])
        if other not in taken:
            taken.add(other)
            former.append(one)
            heir.append(other)
    return np.array(former, dtype="int64"), np.array(heir, dtype="int64")


def _mailboxes(random: np.random.Generator, found: pd.DataFrame, firms: pd.DataFrame) -> None:
    """At work by name (a namesake gets a digit), private ones, those of a role, and none."""
    many = len(found)
    found["firm_name"] = firms["name"].to_numpy()[found["firm"]]
    found["domain"] = firms["domain"].to_numpy()[found["firm"]]
    found["work"] = at_work(found)
    first, last = slug(found["first"]), slug(found["last"])
    private = random.choice(["gmail", "hotmail", "luukku", "kolumbus", "outlook"], many, p=[0.5, 0.2, 0.1, 0.1, 0.1])
    digits = (
        pd.Series(np.where(random.random(many) < 0.5, random.integers(1, 99, many), 0)).astype(str).replace("0", "")
    )
    dotted = pd.Series(np.where(random.random(many) < 0.7, ".", ""))
    local = first + dotted + last + digits
    twice = local.groupby(local + private).cumcount()
    local += (twice + 100).astype(str).where(twice > 0, "")
    found["private"] = local + "@" + private + ".example.org"
    kind = random.choice(["work", "private", "role", "none"], many, p=[0.63, 0.2, 0.05, 0.12])
    role = (
        random.choice(["info", "laskutus", "myynti", "toimisto", "huolto", "tilaukset"], many) + "@" + found["domain"]
    )
    found["mailbox"] = np.select(
        [kind == "work", kind == "private", kind == "role"], [found["work"], found["private"], role], ""
    )
    # A mailbox of a desk or of an initial goes to whoever comes next.
    former, heir = _heirs(random, found, SHARES["recycled mailbox"])
    desk = random.choice(["varasto", "myymala", "pomo", "tyonjohto", "kassa"], len(former))
    number = random.integers(1, 90, len(former)).astype(str)
    named = first[heir].str[:1].to_numpy() + "." + last[heir].to_numpy()
    local = np.where(random.random(len(former)) < 0.6, desk.astype(object) + number, named)
    handed = local + "@" + found.loc[former, "domain"].to_numpy()
    found.loc[former, "mailbox"] = found.loc[heir, "mailbox"] = handed


def at_work(found: pd.DataFrame) -> pd.Series:
    """first.last@domain; the second of a name gets a 2."""
    local = slug(found["first"]) + "." + slug(found["last"])
    place = (local + found["domain"]).groupby(local + found["domain"]).cumcount()
    return local + (place + 1).astype(str).where(place > 0, "") + "@" + found["domain"]


def _phones(random: np.random.Generator, found: pd.DataFrame) -> None:
    """Mobile phones, switchboards and none; some go to the next one."""
    many = len(found)
    mobile = "+35840" + pd.Series(random.permutation(9_000_000)[:many] + 1_000_000).astype(str)
    board = "+3589" + (found["firm"] + 100_000).astype(str)
    kind = random.choice(["mobile", "board", "none"], many, p=[0.8, 0.08, 0.12])
    found["phone"] = np.select([kind == "mobile", kind == "board"], [mobile, board], "")
    former, heir = _pairs(random, many, SHARES["recycled phone"])
    found.loc[heir, "phone"] = found.loc[former, "phone"].to_numpy()


def _share(random: np.random.Generator, found: pd.DataFrame) -> None:
    """Spouses share a mailbox, a phone, or both; twins at home the phone."""
    wives = found.index[(found["spouse"] >= 0) & found["woman"]].to_numpy()
    for column, share in (("mailbox", 0.12), ("phone", 0.12)):
        chosen = wives[random.random(len(wives)) < share]
        husbands = found.loc[chosen, "spouse"].to_numpy()
        value = found.loc[husbands, column].to_numpy()
        if column == "mailbox":
            value = (
                "perhe." + slug(found.loc[husbands, "last"]) + pd.Series(husbands, husbands).astype(str)
            ).to_numpy()
            value = value + "@luukku.example.org"
            found.loc[husbands, column] = value
        found.loc[chosen, column] = value
    both = wives[random.random(len(wives)) < 0.03]
    husbands = found.loc[both, "spouse"].to_numpy()
    for column in ("mailbox", "phone"):
        found.loc[both, column] = found.loc[husbands, column].to_numpy()
