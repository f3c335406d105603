"""A generated register in a real database: what it is compared by, and who is taken for whom."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.generated_register import fill

from register.database import Register
from register.matching import run
from register.matching.scoring import inputs
from register.matching.scoring.generator import matching_input
from register.matching.scoring.generator.records import generate


@pytest.fixture
def register(database_url: str):
    register = Register(database_url)
    yield register
    register.close()


def test_the_matching_input_is_what_the_model_was_trained_on_and_nobody_is_taken_for_another(
    register: Register, database_url: str
) -> None:
    generated = generate(11, 4_000)
    fill(database_url, generated)
    run.match(register, 1, everything=True)
    with register.transaction() as connection:
        read = inputs.read(connection, [1])
        members = connection.exec_driver_sql(
            "select record_id, golden_id from register.golden_member where record_type = 'person'"
        ).all()
    made = matching_input.of_generated(generated)
    ids = pa.array(np.arange(1, made.num_rows + 1))
    assert read.equals(made.set_column(0, "record_id", ids))
    golden = dict(members)
    person = [golden[one + 1] for one in range(len(generated.person))]
    of = generated.person.groupby(person).nunique()
    assert of.max() == 1 and (of.index.value_counts() == 1).all()
    assert 200 < len(generated.person) - len(of) < 350
