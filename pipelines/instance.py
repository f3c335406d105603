"""The folder in which Dagster keeps its records.

Belongs here: putting our `dagster.yaml` there. Does not belong here: what stands in it (`pipelines/dagster.yaml`), and
where the folder lies (`pipelines.settings`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_SHIPPED = Path(__file__).with_name("dagster.yaml")
_MARK = "# Written by mdo. A file that somebody changed is left alone; without this line, too. "


def prepare(home: Path) -> Path:
    """Make ``home/dagster`` with our ``dagster.yaml`` in it, for use as DAGSTER_HOME.

    A file of an earlier release is replaced; one that somebody has changed or written is kept.

    Returns:
        The folder's absolute path.
    """
    folder = (home / "dagster").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = _marked(_SHIPPED.read_text(encoding="utf-8"))
    target = folder / "dagster.yaml"
    if not target.exists() or (_is_unchanged(found := target.read_text(encoding="utf-8")) and found != ours):
        unfinished = target.with_suffix(".new")
        unfinished.write_text(ours, encoding="utf-8")
        unfinished.replace(target)
    return folder


def _marked(text: str) -> str:
    return f"{_MARK}{hashlib.sha256(text.encode()).hexdigest()}\n{text}"


def _is_unchanged(found: str) -> bool:
    first, _, rest = found.partition("\n")
    return first.startswith(_MARK) and found == _marked(rest)
