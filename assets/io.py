"""The IO manager that carries nothing: data goes from asset to asset through the register, never through Dagster.

Belongs here: the refusal. Does not belong here: any storage. Dagster's default pickles whatever an op returns into
files under DAGSTER_HOME.
"""

from __future__ import annotations

from typing import Any

import dagster as dg


class RefusingIOManager(dg.IOManager):
    """Refuses every value that an op hands over, and every input that asks for one."""

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Passes None and refuses anything else, without naming it."""
        if obj is not None:
            raise dg.Failure(
                f"The op {context.op_def.name} handed over a value; none may reach a file. Return None.",
                allow_retries=False,
            )

    def load_input(self, context: dg.InputContext) -> Any:
        """Refuses: an op that depends on another asset names it in `deps` and reads the register."""
        raise dg.Failure(
            f"The input {context.name} asks for a value that nobody stored. Name the asset in deps instead.",
            allow_retries=False,
        )
