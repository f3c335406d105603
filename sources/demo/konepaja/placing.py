"""Putting the source files of Korven Konepaja where a home has them.

Belongs here: copying them, with the address at which its directory answers just now. Does not belong here: the demo's
other source files.
"""

from __future__ import annotations

from pathlib import Path

#: The folder of its source files.
SOURCES = Path(__file__).parent / "sources"

#: What stands in them for the address of the directory, which has another port each time.
_STANDS_FOR_ADDRESS = "http://127.0.0.1:8421"


def place_sources(folder: Path, address: str) -> None:
    """Copies its source files into a folder.

    Args:
        address: where the directory answers (`sources.demo.konepaja.users.serve_users`).
    """
    for path in sorted(SOURCES.glob("*.yaml")):
        text = path.read_text("utf-8")
        (folder / path.name).write_text(text.replace(_STANDS_FOR_ADDRESS, address), "utf-8")
