"""Keys that stand on more than one row of a batch.

Belongs here: finding contradictions and duplicates among a batch's staged rows, and against the rows that the file
showed unchanged. Does not belong here: what a key is made of (`sources`).
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from register.known_rows import KnownRows
from register.staging import CONFLICT, Staging
from register.statements import statement
from schemas import findings

RULE = "key.conflict"


def settle(connection: sa.Connection, staging: Staging, known: KnownRows, source_id: int) -> tuple[pd.DataFrame, int]:
    """Marks contradicting rows as conflicts and repeated ones as duplicates.

    A row that the file showed unchanged, and that another row of the same key contradicts, is staged as a conflict,
    too: it does not count as unchanged any more.

    Returns:
        The findings (``key.conflict`` for each row), and how many known rows were drawn in.
    """
    parameters = {"source_id": source_id}
    names = {"rows": staging.rows, "unseen": staging.unseen}
    repeated = connection.scalar(statement("has_repeated_keys", **names))
    conflicts = []
    if repeated:
        connection.execute(statement("find_repeated_keys", **names))
        connection.execute(sa.text("analyze repeated"))
        conflicts = [row.row_number for row in connection.execute(statement("mark_contradicting_rows", **names))]
    drawn_in = []
    if known.seen:
        contradicting = connection.execute(statement("find_rows_contradicting_known", **names), parameters).all()
        keys = sorted({row.key for row in contradicting})
        if keys:
            marked = connection.execute(statement("mark_conflict", **names), {"keys": keys})
            conflicts += [row.row_number for row in marked]
            held = {row.key: (row.known_hash, row.scope) for row in contradicting}
            drawn_in = [
                {"row_number": known.row_number_of(known_hash), "key": key, "hash": known_hash, "scope": scope}
                for key, (known_hash, scope) in held.items()
            ]
            frame = pd.DataFrame(drawn_in).assign(state=CONFLICT, modified=pd.NaT, bad=pd.NA)
            frame["bad"] = frame["bad"].astype("str")
            staging.write_rows(connection, frame)
            conflicts += [row["row_number"] for row in drawn_in]
    if repeated:
        connection.execute(statement("mark_repeated_rows", **names))
    return findings.of(sorted(set(conflicts)), "", RULE, findings.ROW), len(drawn_in)
