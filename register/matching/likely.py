"""Pairs that are likely one person, for the queue.

Belongs here: asking the model, and leaving out what a veto keeps apart. Does not belong here: the model
(`register.matching.scoring`), or the queue (`register.matching.queue`).
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from register.database import driver
from register.matching import rules
from register.matching.rules import Pairs
from register.statements import statement

#: What vetoes look at, and the type that keeps it apart from a missing one.
_LOOKED_AT = {
    "record_id": "int64",
    "source_id": "int64",
    **dict.fromkeys(("first_name", "name_key", "email", "employee", "employer", "employee_number"), "str"),
    "employed_from": "datetime64[s]",
    "employed_to": "datetime64[s]",
    "absent": "bool",
}


def score(connection: sa.Connection, customer_id: int) -> None:
    """Fills the temporary table `scored` with the likely pairs of the records in `queue_region`.

    Records of other customers come in where a person has switched the pair of customers on.
    """
    # Splink takes two seconds to import, and most commands score nothing.
    from register.matching.scoring import inputs
    from register.matching.scoring.score import score as weigh

    touched = set(connection.scalars(sa.text("select record_id from queue_region")))
    if not touched:
        return
    others = list(connection.scalars(statement("other_customers"), {"customer_id": customer_id}))
    records = inputs.read(connection, [customer_id, *others])
    across = [(min(customer_id, other), max(customer_id, other)) for other in others]
    whole = not others and touched.issuperset(records["record_id"].to_pylist())
    found = weigh(records, touched=None if whole else touched, across=across).to_pandas()
    if found.empty:
        return
    asked = statement("keys_of_scored")
    ids = pd.unique(pd.concat([found["record_a"], found["record_b"]])).tolist()
    rows = connection.execute(asked, {"records": ids}).all()
    nodes = pd.DataFrame(rows, columns=list(_LOOKED_AT)).astype(_LOOKED_AT).set_index("record_id")
    likely = found[~rules.vetoed(Pairs(nodes, found["record_a"], found["record_b"]))]
    with driver(connection).cursor().copy("copy scored (a, b, score, model) from stdin") as copy:
        for row in likely[["record_a", "record_b", "weight", "model"]].itertuples(index=False, name=None):
            copy.write_row(row)
