"""What was typed behind a bench.

Belongs here: the options that several benches have. Does not belong here: what they mean to a bench.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def asked(about: str | None, *, peer: bool = False, folder: bool = False, **numbers: int) -> argparse.Namespace:
    """Each of `numbers` by its name, how often to repeat, and where a bench has them a peer and a folder."""
    parser = argparse.ArgumentParser(description=about)
    for name, usual in {**numbers, "repeat": 3}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    if peer:
        parser.add_argument("--peer", help="the Python of the peer's environment; without it, ours alone")
    if folder:
        parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="files and results go here")
    return parser.parse_args()
