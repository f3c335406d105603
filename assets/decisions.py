"""The op by which a named person decides on a held plan from the UI.

Belongs here: release and discard as a Dagster op. Does not belong here: what a release does (`assets.replay`).
"""

from __future__ import annotations

from enum import Enum

import dagster as dg

from assets.leak_guard import value_free
from assets.replay import Decision, release
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

    batch: int
    person: str
    reason_code: ReasonCode
    discard: bool = False


def build(sources: list[Source]) -> dg.JobDefinition:
    """The job ``decide_held_plan``: takes batch, person and reason code."""
    by_name = {source.name: source for source in sources}

    @dg.op(required_resource_keys={"workplace"}, out=dg.Out(dg.Nothing))
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
        context.log.info(f"Batch {config.batch} of {batch.source_name} is {result.status}.")

    @dg.job(
        name="decide_held_plan",
        description="Releases (or discards) a held plan: batch, the named person, and the reason's code.",
        executor_def=dg.in_process_executor,
    )
    def decide_held_plan() -> None:
        decide()

    return decide_held_plan
