"""dlt as a worker once more: an order is a list of files, loaded one after another in one process.

Belongs here: the loop. Does not belong here: the loading of one file (`peer`).
"""

from __future__ import annotations

from typing import Any

from peer import load
from worker import serve


def _step(order: dict[str, Any]) -> dict[str, Any]:
    for one in order["loads"]:
        load(one)
    return {"status": "loaded"}


if __name__ == "__main__":
    serve(_step)
