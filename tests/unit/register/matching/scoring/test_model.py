"""The frozen model: every level is trained, and the version names the files."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from register.matching.scoring import comparisons
from register.matching.scoring.model import FAMILY, GIVEN, SETTINGS, given_names, load, untrained
from schemas.errors import Refusal


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shipped = resources.files("register.matching.scoring") / "frozen"
    for name in (SETTINGS, GIVEN, FAMILY):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    return tmp_path


def test_the_shipped_model_is_of_the_comparisons_that_stand_in_the_code() -> None:
    """Who changes a comparison trains the model anew."""
    held = {one["output_column_name"]: one["comparison_levels"] for one in load().settings["comparisons"]}
    said = {one["output_column_name"]: one["comparison_levels"] for one in comparisons.COMPARISONS}
    assert {name: [level["sql_condition"] for level in levels] for name, levels in held.items()} == {
        name: [level["sql_condition"] for level in levels] for name, levels in said.items()
    }
    for name, levels in said.items():
        for mine, other in zip(levels, held[name], strict=True):
            if "m_probability" in mine:
                assert (mine["m_probability"], mine["u_probability"]) == (
                    other["m_probability"],
                    other["u_probability"],
                )


def test_every_level_of_the_shipped_model_is_trained() -> None:
    assert untrained(load().settings) == []
    assert load().trained_on > 990_000


@pytest.mark.parametrize("lacking", [None, "level not observed in training dataset", 0.0])
def test_an_untrained_level_is_refused(copied: Path, lacking: object) -> None:
    said = json.loads((copied / SETTINGS).read_text("utf-8"))
    said["settings"]["comparisons"][2]["comparison_levels"][1]["u_probability"] = lacking
    (copied / SETTINGS).write_text(json.dumps(said), "utf-8")
    with pytest.raises(Refusal, match="untrained levels: email: the same"):
        load(copied)


def test_the_version_is_of_all_files(copied: Path) -> None:
    assert load(copied).version == load().version
    with (copied / GIVEN).open("a", encoding="utf-8") as file:
        file.write("uusinimi,0.0000001\n")
    assert load(copied).version != load().version
    shutil.rmtree(copied)


def test_it_knows_the_given_names_of_the_country() -> None:
    assert {"aino", "kari", "katri", "elina", "elisa", "astrid", "mohammed"} <= given_names()
    assert not {"ainno", "virtanen", "korhonen"} & given_names()
