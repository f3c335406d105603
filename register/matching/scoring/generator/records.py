"""What registers say of persons: each in its own way, at its own time, with its own mistakes.

Belongs here: records, and what goes wrong between a person and a record. Does not belong here: the persons (`people`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from register.matching.scoring.generator import names
from register.matching.scoring.generator.names import slug
from register.matching.scoring.generator.people import people

#: Registers, and the share of the records that each holds. The columns of `shifted` have moved by one.
SOURCES = {"hr": 0.40, "directory": 0.22, "crm": 0.25, "training": 0.12, "shifted": 0.01}
#: Persons with a second and a third record, as shares of all; with these a hundred records hold about nine pairs.
SECOND, THIRD = 0.08, 0.006

#: How many cells of a column hold a slip of the finger.
SLIPS = {"first_name": 0.03, "last_name": 0.03, "work_email": 0.006, "work_phone": 0.005, "employee_number": 0.005}

#: What a register says: text, empty where it says nothing.
COLUMNS = (
    *("first_name", "last_name", "work_email", "work_phone"),
    *("employer_business_id", "employer_name", "employee_number", "valid_from", "valid_to"),
)


@dataclass(frozen=True)
class Generated:
    """A register and the truth about it.

    Attributes:
        records: source, COLUMNS and absent, by record (0, 1, …).
        person: whom each record is of.
    """

    records: pd.DataFrame
    person: pd.Series


def generate(seed: int, many: int) -> Generated:
    """So many records, and whom they are of. The same seed gives the same register."""
    random = np.random.default_rng(seed)
    found = people(random, int(many / (1 + SECOND + 2 * THIRD)) + 1)
    extra = random.permutation(len(found))
    second, third = extra[: int(len(found) * (SECOND + THIRD))], extra[: int(len(found) * THIRD)]
    later = np.concatenate([second, third])[: max(many - len(found), 0)]
    person = np.concatenate([np.arange(len(found)), later])[:many]
    again = np.arange(len(person)) >= len(found)
    told = found.loc[person].reset_index(drop=True)
    source = _sources(random, person, again)
    _live_on(random, told, again)
    records = _say(random, told, source)
    _mistake(random, records, told["woman"].to_numpy())
    _shift(records)
    order = random.permutation(len(records))
    records = records.iloc[order].reset_index(drop=True)
    return Generated(records[["source", *COLUMNS, "absent"]], pd.Series(person[order], name="person"))


def _sources(random: np.random.Generator, person: np.ndarray, again: np.ndarray) -> np.ndarray:
    """A register for each record; of two records of a person, every tenth pair stands in one."""
    drawn = random.choice(list(SOURCES), len(person), p=list(SOURCES.values())).astype(object)
    firsts = pd.Series(drawn[~again], index=person[~again])
    same = again & (drawn == firsts.reindex(person).to_numpy()) & (random.random(len(person)) < 0.75)
    names_of = list(SOURCES)[:4]
    drawn[same] = [names_of[(names_of.index(one) + 1) % 4] if one in names_of else "hr" for one in drawn[same]]
    return drawn


def _live_on(random: np.random.Generator, told: pd.DataFrame, again: np.ndarray) -> None:
    """Between two records people marry, move to another employer, and change mailbox and phone."""
    many = len(told)

    def some(share: float) -> np.ndarray:
        return again & (random.random(many) < share)

    married = again & (random.random(many) < np.where(told["woman"], 0.03, 0.008))
    new = names.families().draw(random, int(married.sum()))
    both = random.random(len(new)) < 0.2
    told.loc[married, "last"] = np.where(both, told.loc[married, "last"] + "-" + new, new)
    renamed = married & (told["mailbox"] == told["work"]).to_numpy() & (random.random(many) < 0.5)
    told.loc[renamed, "mailbox"] = _new_mailbox(told, renamed)
    moved = some(0.04)
    new = told.loc[random.integers(0, many, int(moved.sum()))]
    for column in ("firm", "firm_name", "domain"):
        told.loc[moved, column] = new[column].to_numpy()
    told.loc[moved, "number"] = random.integers(1000, 99999, int(moved.sum())).astype(str)
    told.loc[moved, "from"] = pd.Timestamp("2026-02-01")
    told.loc[moved, "to"] = pd.NaT
    at_work = moved & (told["mailbox"] == told["work"]).to_numpy()
    told.loc[at_work, "mailbox"] = _new_mailbox(told, at_work)
    changed = some(0.10)
    told.loc[changed, "mailbox"] = np.where(
        told.loc[changed, "mailbox"] == told.loc[changed, "work"],
        told.loc[changed, "private"],
        told.loc[changed, "work"],
    )
    changed = some(0.12)
    fresh = random.integers(1_000_000, 9_999_999, int(changed.sum())).astype(str).astype(object)
    told.loc[changed, "phone"] = "+35850" + fresh


def _new_mailbox(told: pd.DataFrame, whose: np.ndarray) -> pd.Series:
    """A mailbox by name at work; where it is somebody's already, the newcomer gets a digit."""
    chosen = told.loc[whose]
    local = slug(chosen["first"]) + "." + slug(chosen["last"])
    taken = (local + "@" + chosen["domain"]).isin(set(told["mailbox"]) | set(told["work"]))
    place = local.groupby(local + chosen["domain"]).cumcount() + 4
    return local + place.astype(str).where(taken | (place > 4), "") + "@" + chosen["domain"]


def _say(random: np.random.Generator, told: pd.DataFrame, source: np.ndarray) -> pd.DataFrame:
    """What each register says of them: not every register tells everything, or in the same way."""
    many = len(told)
    draw = random.random

    def only(values: pd.Series, share: dict[str, float]) -> np.ndarray:
        wanted = pd.Series(source).map(share).to_numpy() > draw(many)
        return values.where(wanted, "").to_numpy(object)

    says_id = pd.Series(source).map({"hr": 1, "directory": 0.9, "training": 0.8, "shifted": 1, "crm": 0.3}) > draw(many)
    business_id = "9" + (told["firm"] + 1_000_000).astype(str).str[1:] + "-" + (told["firm"] % 10).astype(str)
    date = told[["from", "to"]].apply(lambda column: column.dt.strftime("%Y-%m-%d").fillna(""))
    records = pd.DataFrame(
        {
            "source": source,
            "first_name": told["first"].to_numpy(object),
            "last_name": told["last"].to_numpy(object),
            "work_email": only(
                told["mailbox"], {"hr": 0.9, "directory": 0.97, "crm": 0.9, "training": 0.75, "shifted": 0.9}
            ),
            "work_phone": only(
                told["phone"], {"hr": 0.9, "directory": 0.8, "crm": 0.95, "training": 0.5, "shifted": 0.9}
            ),
            "employer_business_id": business_id.where(says_id, "").to_numpy(object),
            "employer_name": told["firm_name"].to_numpy(object),
            "employee_number": only(
                told["number"], {"hr": 1, "directory": 0.7, "crm": 0.1, "training": 0.85, "shifted": 1}
            ),
            "valid_from": only(date["from"], {"hr": 1, "directory": 0.3, "crm": 0, "training": 0, "shifted": 1}),
            "valid_to": only(date["to"], {"hr": 1, "directory": 0.3, "crm": 0, "training": 0, "shifted": 1}),
        }
    )
    records["absent"] = told["gone"].to_numpy() & (draw(many) < 0.7) | (draw(many) < 0.01)
    return records


def _mistake(random: np.random.Generator, records: pd.DataFrame, woman: np.ndarray) -> None:
    """Typos, swapped names, initials, second names, letters folded or broken, leading zeros."""
    many = len(records)

    def some(share: float) -> np.ndarray:
        return random.random(many) < share

    for column, share in SLIPS.items():
        chosen = some(share) & (records[column] != "").to_numpy()
        records.loc[chosen, column] = _typos(random, records.loc[chosen, column])
    chosen = some(0.01)
    records.loc[chosen, "first_name"] = records.loc[chosen, "first_name"].str[:1] + "."
    chosen = some(0.02)
    more = np.where(
        woman[chosen], names.women().draw(random, int(chosen.sum())), names.men().draw(random, int(chosen.sum()))
    )
    records.loc[chosen, "first_name"] = records.loc[chosen, "first_name"] + " " + more
    for column in ("first_name", "last_name"):
        way = random.random(many)
        text = records[column]
        folded = text.str.translate(str.maketrans("äöåÄÖÅ", "aoaAOA"))
        broken = text.replace({"ä": "Ã¤", "ö": "Ã¶", "å": "Ã¥"}, regex=True)
        lost = text.replace("[äöå]", "?", regex=True)
        records[column] = np.select([way < 0.08, way < 0.1, way < 0.11], [folded, broken, lost], text)
    chosen = some(0.015)
    records.loc[chosen, ["first_name", "last_name"]] = records.loc[chosen, ["last_name", "first_name"]].to_numpy()
    chosen = some(0.05)
    records.loc[chosen, "last_name"] = records.loc[chosen, "last_name"].str.upper()
    chosen = some(0.1) & (records["employee_number"] != "").to_numpy()
    records.loc[chosen, "employee_number"] = "00" + records.loc[chosen, "employee_number"]


def _typos(random: np.random.Generator, words: pd.Series) -> list[str]:
    """One slip of a finger in each: a letter left out, doubled, exchanged with its neighbour, or another."""
    slipped = []
    for word in words:
        place, kind = int(random.integers(len(word))), int(random.integers(4))
        other = (
            "0123456789"[int(random.integers(10))] if word[-1:].isdigit() else "aeioukltnsr"[int(random.integers(11))]
        )
        before, here, after = word[:place], word[place], word[place + 1 :]
        done = (
            before + after,
            before + here + here + after,
            before + after[:1] + here + after[1:],
            before + other + after,
        )
        slipped.append(done[kind] or word)
    return slipped


def _shift(records: pd.DataFrame) -> None:
    """One register lost a cell in each row: every column stands one to the left. What then cannot be is not taken."""
    shifted = (records["source"] == "shifted").to_numpy()
    held = records.loc[shifted].copy()
    moves = {"employee_number": "last_name", "last_name": "first_name", "first_name": "work_email"}
    for to, origin in moves.items():
        records.loc[shifted, to] = held[origin]
    records.loc[shifted, ["work_email", "work_phone", "employer_business_id"]] = ""
    records.loc[shifted, "first_name"] = records.loc[shifted, "first_name"].where(held["work_email"] != "", "")
