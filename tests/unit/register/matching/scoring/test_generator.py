"""The generated register: the same for a seed, with every hard case in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from register.matching.keys import folded_text
from register.matching.scoring.generator import matching_input
from register.matching.scoring.generator.people import people
from register.matching.scoring.generator.records import Generated, generate


@pytest.fixture(scope="module")
def generated() -> Generated:
    return generate(7, 20_000)


def test_a_seed_makes_one_register(generated: Generated) -> None:
    again = generate(7, 20_000)
    pd.testing.assert_frame_equal(generated.records, again.records)
    pd.testing.assert_series_equal(generated.person, again.person)
    assert not generated.records.equals(generate(8, 20_000).records)


def test_a_hundred_records_hold_about_nine_pairs(generated: Generated) -> None:
    many = generated.person.value_counts()
    assert 0.08 < (many * (many - 1) // 2).sum() / len(generated.person) < 0.10
    assert set(generated.records["source"]) == {"hr", "directory", "crm", "training", "shifted"}


def test_every_hard_case_is_in_it() -> None:
    found = people(np.random.default_rng(7), 20_000)
    assert found.duplicated(["firm", "number"]).any(), "numbers are given again"
    assert found.duplicated(["firm", "first", "last"]).any(), "colleagues of one name"
    home = found[found["spouse"] >= 0]
    partner = found.loc[home["spouse"]]
    shared = (home["mailbox"].to_numpy() == partner["mailbox"].to_numpy()) & (home["mailbox"] != "").to_numpy()
    assert shared.sum() > 100, "spouses share a mailbox"
    desks = found[found["mailbox"].str.match(r"(varasto|myymala|pomo|tyonjohto|kassa)\d+@")]
    assert desks.duplicated("mailbox").any(), "mailboxes of desks are handed on"
    mobile = found[found["phone"].str.startswith("+35840") & (found["spouse"] < 0)]
    assert mobile.duplicated("phone").any(), "and phones"
    twins = found[found.duplicated(["household", "last"], keep=False) & (found["spouse"] < 0)]
    assert len(twins) > 20


def test_letters_are_folded_broken_and_lost(generated: Generated) -> None:
    last = generated.records["last_name"]
    assert last.str.contains("Ã¤").any() and last.str.contains("?", regex=False).any()
    assert folded_text("HÃ¤mÃ¤lÃ¤inen") == folded_text("Hämäläinen") == folded_text("HAMALAINEN") == "hamalainen"


def test_moved_columns_put_names_where_numbers_are(generated: Generated) -> None:
    moved = generated.records[generated.records["source"] == "shifted"]
    assert moved["employee_number"].str.contains("[A-Za-z]").mean() > 0.9
    assert matching_input.of_generated(generated).num_rows == 20_000
