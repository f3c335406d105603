"""The op by which a named person decides on a held plan from the UI.

Belongs here: release and discard as a Dagster op. Does not belong here: what a release does (`assets.replay`).
"""

from __future__ import annotations

from enum import Enum

import dagster as dg
from pydantic import Field

from assets.leak_guard import value_free
from assets.naming import MERGED, VALIDATED, asset_key
from assets.replay import Decision, release
from assets.source_assets import RELEASED, merged_metadata
from assets.sync import Result
from assets.workplace import Workplace
from register import batches, decisions
from schemas.errors import NotFound
from sources.config import Source


class ReasonCode(Enum):
    """Why a plan is released or discarded. Codes, because run configuration is stored: no free text in it."""

    FIRST_LOAD = "first_load"
    CONFIRMED_BY_OWNER = "confirmed_by_owner"
    EXPECTED_CHANGE = "expected_change"
    WRONG_FILE = "wrong_file"
    OTHER = "other"


class DecisionConfig(dg.Config):
    """What the launchpad asks for."""

    batch: int = Field(description="The number of the held batch; the check 'released' shows it.")
    person: str = Field(description="The short name of the person who decides, as mdo actor list shows it.")
    reason_code: ReasonCode = Field(
        description="Why. A code: run configuration is kept, and a text could name somebody."
    )
    discard: bool = Field(False, description="Discard the plan instead; the register stays as it is.")


def build(sources: list[Source]) -> dg.JobDefinition:
    """The job ``decide_held_plan``: takes batch, person and reason code."""
    by_name = {source.name: source for source in sources}

    @dg.op(
        required_resource_keys={"workplace"},
        out=dg.Out(dg.Nothing),
        description="Decides on one held batch in the name of one person.",
    )
    @value_free
    def decide(context: dg.OpExecutionContext, config: DecisionConfig) -> None:
        work: Workplace = context.resources.workplace
        if config.discard:
            discarded = decisions.discard(
                work.register, config.batch, by=config.person, reason=config.reason_code.value, on=work.today
            )
            context.log.info(f"Batch {discarded.id} of {discarded.source_name} is discarded.")
            return
        with work.register.transaction() as connection:
            batch = batches.get(connection, config.batch)
        if batch.source_name not in by_name:
            raise NotFound(f"{batch.source_name} has no source file any more.", "Put its file back to release it.")
        decision = Decision(config.person, config.reason_code.value)
        result = release(work, by_name[batch.source_name], config.batch, decision)
        if result.status == "applied":
            _show_merged(context, by_name[batch.source_name], result)
        context.log.info(f"Batch {config.batch} of {batch.source_name} is {result.status}.")

    @dg.job(
        name="decide_held_plan",
        description=(
            "Releases or discards a held plan. In the Launchpad press 'Scaffold missing config' and fill in the number "
            "of the batch, the short name of the person who decides, and the code of the reason."
        ),
        executor_def=dg.in_process_executor,
    )
    def decide_held_plan() -> None:
        decide()

    return decide_held_plan


def _show_merged(context: dg.OpExecutionContext, source: Source, result: Result) -> None:
    """Brings the pages up to date: the date is merged, and its plan is held no more."""
    day = result.batch.business_date.isoformat()
    context.log_event(
        dg.AssetMaterialization(asset_key(source, MERGED), metadata=merged_metadata(result), partition=day)
    )
    released = dg.AssetCheckEvaluation(
        asset_key=asset_key(source, VALIDATED),
        check_name=RELEASED,
        passed=True,
        metadata={"batch": str(result.batch.id)},
    )
    context.log_event(released)  # type: ignore[arg-type]  # its annotation has not caught up with what it takes
