"""The frozen model: read, checked, and ready to score.

Belongs here: the model's files, its version, and what makes it unfit. Does not belong here: its training (`train`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv

from schemas.errors import Refusal

#: The model's files, beside this module.
SETTINGS, GIVEN, FAMILY = "model.json", "given_names.csv", "family_names.csv"


@dataclass(frozen=True)
class Model:
    """Weights and frequencies as they were trained.

    Attributes:
        settings: Splink's settings with every m and u.
        given, family: name and share, of each name that is not rarer than the rarest kept.
        trained_on: how many records the register had that it was trained on; its prior is of that size.
        version: name and digest of all the files; another digest is another model.
    """

    settings: dict[str, Any]
    given: pa.Table
    family: pa.Table
    trained_on: int
    version: str

    def rarest(self, which: str) -> float:
        """The share that a name gets which the model has not seen."""
        shares = getattr(self, which)["share"].to_pylist()
        return float(min(shares)) / 2 if shares else 1e-5


def untrained(settings: dict[str, Any]) -> list[str]:
    """The levels that have no m or no u, in words. Splink scores with them all the same, and wrongly."""
    return [
        f"{comparison['output_column_name']}: {level['label_for_charts']}"
        for comparison in settings["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
        and not all(
            isinstance(level.get(which), float) and level[which] > 0 for which in ("m_probability", "u_probability")
        )
    ]


def load(folder: Path | None = None) -> Model:
    """The model in that folder; the shipped one, if none is named.

    Raises:
        Refusal: where a level was not trained.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def given_names() -> frozenset[str]:
    """Every given name that people bear, folded, as far as the shipped model knows; of double names each."""
    return frozenset(part for name in load().given["name"].to_pylist() for part in name.split())


@cache
def _shipped() -> Model:
    return _read(resources.files("register.matching.scoring") / "frozen")


def _read(folder: Any) -> Model:
    texts = {name: (folder / name).read_bytes() for name in (SETTINGS, GIVEN, FAMILY)}
    said = json.loads(texts[SETTINGS])
    if lacking := untrained(said["settings"]):
        raise Refusal(f"The model has untrained levels: {'; '.join(lacking)}.", "Train it anew: make model.")
    digest = hashlib.sha256(b"\0".join(texts.values())).hexdigest()[:8]
    given, family = (pa.csv.read_csv(pa.py_buffer(texts[name])) for name in (GIVEN, FAMILY))
    return Model(said["settings"], given, family, said["trained_on"], f"{said['name']}-{digest}")
