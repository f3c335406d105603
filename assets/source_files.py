"""The asset that stands for the folder of source files.

Belongs here: showing in the UI that a source file is wrong, since its source has no assets of its own then. Does not
belong here: reading source files (`sources.loading`).
"""

from __future__ import annotations

from typing import Any

import dagster as dg

from schemas.errors import Refusal

KEY = dg.AssetKey(["register", "source_files"])


def build(sound: int, refusals: list[Refusal], partitions: dg.PartitionsDefinition[Any]) -> dg.AssetsDefinition:
    """An asset that counts the source files in use, with a check that fails while any is refused."""
    said = [str(refusal) for refusal in refusals]

    @dg.asset(
        key=KEY,
        description=_description(sound, said),
        group_name="register",
        partitions_def=partitions,
        check_specs=[dg.AssetCheckSpec("all_sound", asset=KEY, description="Every source file can be used.")],
        kinds={"yaml"},
    )
    def source_files() -> dg.MaterializeResult:
        return dg.MaterializeResult(
            metadata={"sources": sound, "refused": len(said)},
            check_results=[
                dg.AssetCheckResult(
                    check_name="all_sound", passed=not said, metadata={"refused": dg.MetadataValue.json(said)}
                )
            ],
        )

    return source_files


def _description(sound: int, said: list[str]) -> str:
    """What the pages show before anything has run: also why a folder shows no source, or one too few."""
    about = "The descriptions of customers' registers. A wrong one keeps only its own source from being read."
    return "\n\n".join([about, f"In use: {sound}. Refused: {len(said)}.", *said])
