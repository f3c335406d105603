"""Training: the same seed trains the same model, and an untrained level stops it."""

from __future__ import annotations

from typing import Any

import pytest

from register.matching.scoring import comparisons, train
from register.matching.scoring.generator.records import Generated, generate
from register.matching.scoring.model import load
from schemas.errors import Refusal

FEW = {"drawn": 20_000}


@pytest.fixture(scope="module")
def generated() -> Generated:
    return generate(3, 20_000)


def test_the_model_is_trained_again_to_the_byte(generated: Generated, tmp_path: Any) -> None:
    for folder in ("one", "other"):
        train.write(train.train(generated, "fi-3", **FEW), tmp_path / folder)
    one, other = load(tmp_path / "one"), load(tmp_path / "other")
    assert one == other and one.version.startswith("fi-3-")
    trained = {
        (comparison["output_column_name"], level["label_for_charts"]): level["m_probability"] / level["u_probability"]
        for comparison in one.settings["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    }
    assert trained["email", "the same"] > 10_000 and trained["phone", "other phones"] < 1
    assert trained["employment", "employer, and another number"] < 0.1, "set by hand"


def test_a_level_that_nothing_trains_stops_it(generated: Generated, monkeypatch: pytest.MonkeyPatch) -> None:
    never = comparisons.level("email_l = 'nobody' and email_r = 'nobody'", "never")
    levels = comparisons.EMAIL["comparison_levels"]
    monkeypatch.setitem(comparisons.EMAIL, "comparison_levels", [*levels[:2], never, *levels[2:]])
    with pytest.raises(Refusal, match="untrained: email: never"):
        train.train(generated, "fi-3", **FEW)
