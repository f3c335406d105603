"""The asset that stands for the folder of source files.

Belongs here: showing in the UI that a source file is wrong, since its source has no assets of its own then. Does not
belong here: reading source files (`sources.loading`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets import register_asset
from assets.naming import REGISTER
from assets.register_asset import Check
from assets.shown import Docs
from schemas.errors import Refusal

KEY = dg.AssetKey([REGISTER, "source_files"])


def build(
    sound: int, refusals: list[Refusal], partitions: dg.PartitionsDefinition[Any], docs: Docs
) -> dg.AssetsDefinition:
    """An asset that counts the source files in use, with a check that fails while any is refused."""
    said = [str(refusal) for refusal in refusals]

    def source_files(_context: dg.AssetExecutionContext) -> Iterator[dict[str, Any] | Check]:
        yield {"sources": sound, "refused": len(said)}
        yield Check("all_sound", not said, found={"refused": dg.MetadataValue.json(said)})

    return register_asset.build(
        KEY,
        source_files,
        partitions,
        about=_description(sound, said),
        docs=docs,
        place="adding-a-source.md",
        checks={"all_sound": "Every source file can be used."},
        kind="yaml",
        needs=frozenset(),
    )


def _description(sound: int, said: list[str]) -> str:
    """What the pages show before anything has run: also why a folder shows no source, or one too few."""
    about = "The descriptions of customers' registers. A wrong one keeps only its own source from being read."
    return "\n\n".join([about, f"In use: {sound}. Refused: {len(said)}.", *said])
