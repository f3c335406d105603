"""Matching as a worker: one order is one run, told by its parts.

Belongs here: a run under the profiler. Does not belong here: what is measured.
"""

from __future__ import annotations

import cProfile
from typing import Any

from worker import serve

from register.database import Register
from register.matching import run

#: Functions whose time, with all that they call, is a part of its own: module, function -> part.
PARTS = {}


def _step(order: dict[str, Any]) -> dict[str, Any]:
    register = Register(order["url"])
    profile = cProfile.Profile()
    matched = profile.runcall(run.match, register, 1, everything=order["everything"])
    register.close()
    return {"parts": {}, "matched": vars(matched)}


if __name__ == "__main__":
    serve(_step)
