"""Scores: how likely two records are one person, by the frozen model.

Belongs here: the one function that the queue asks. Does not belong here: what is done with a score, vetoes, decisions.
"""

from __future__ import annotations

from collections.abc import Collection
from math import log2
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from register.matching.keys import MOST_SHARING
from register.matching.scoring import candidates, session
from register.matching.scoring.inputs import INPUT
from register.matching.scoring.model import Model, load
from register.statements import fragment

#: Match weight from which a pair is told, in a register of the size that the model was trained on: odds of one to four.
LEAST = -2.0

#: What scoring gives: the record with the smaller id, the other, the match weight in bits, the model's version.
SCORED = pa.schema(
    [("record_a", pa.int64()), ("record_b", pa.int64()), ("weight", pa.float64()), ("model", pa.string())]
)


def score(
    records: pa.Table,
    *,
    touched: Collection[int] | None = None,
    across: Collection[tuple[int, int]] = (),
    least: float | None = None,
    model: Model | None = None,
) -> pa.Table:
    """The pairs of records that are likely one person.

    Rules, vetoes, decisions and persons are not looked at: whoever asks leaves out pairs that need no asking. The same
    records give the same pairs and weights, in whatever order they stand; asking for touched records gives those pairs
    of a full run that hold one of them.

    Args:
        records: INPUT, all records of the customers concerned (how many share a value is counted).
        touched: ids of records, one of which is in each pair; None asks for all pairs.
        across: pairs of customers, the smaller id first, whose records may also meet. Else they do not.
        least: the match weight from which a pair is told; None: the size of the register decides (`least_weight`).
        model: another model than the shipped one.

    Returns:
        SCORED, by record_a and record_b. The weight is rounded to hundredths of a bit, before it is compared with
        `least`; it does not depend on how many records there are.
    """
    model = model or load()
    least = least_weight(len(records), model) if least is None else least
    with session.database() as connection:
        connection.register("matching_input", records.select(INPUT.names))
        prepare(connection, model)
        if not candidates.find(connection, touched, across):
            return SCORED.empty_table()
        linker = _linker(connection, model)
        # what rounding may bring up to the least is asked for too
        predicted = linker.inference.predict(threshold_match_weight=least - 0.005, warning_mode="never")
        asked = fragment("scoring_result").format(predicted=predicted.physical_name)
        found = connection.sql(asked).to_arrow_table()
    return found.append_column("model", pa.array([model.version] * len(found))).cast(SCORED)


def least_weight(records: int, model: Model | None = None) -> float:
    """The match weight from which a pair is told, in a register of so many records: one in five is one person.

    Of two records of a small register it is likelier that they are one person; the model's prior is that of the
    register it was trained on. The size is taken in steps of four, so that a night's growth changes nothing.
    """
    return LEAST - 2.0 * int(log2((model or load()).trained_on / max(records, 1)) / 2)


def prepare(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Makes `person`, and the frequencies of its names, from `matching_input`."""
    connection.register("given_name", model.given)
    connection.register("family_name", model.family)
    connection.execute(fragment("scoring_borne"))
    connection.execute(fragment("scoring_prepare").format(most=MOST_SHARING))
    rarest = {f"rarest_{which}": model.rarest(which) for which in ("given", "family")}
    for column in FREQUENCIES:
        made = fragment(f"scoring_{column}_frequency").format(**rarest)
        connection.execute(f"create table {column}_frequency as {made}")


#: The columns that have frequencies.
FREQUENCIES = ("first_name", "last_name")


def _linker(connection: duckdb.DuckDBPyConnection, model: Model) -> Linker:
    api = DuckDBAPI(connection=connection)
    linker = linked(api, model.settings)
    linker.table_management.register_blocked_pairs_for_predict(api.register("candidate"))
    return linker


def linked(api: DuckDBAPI, settings: dict[str, Any]) -> Linker:
    """Splink on `person`, with the frequencies that `prepare` has made."""
    linker = Linker(api.register("person", dataset_display_name="person"), settings, log_level=None)
    for column in FREQUENCIES:
        linker.table_management.register_term_frequency_lookup(api.register(f"{column}_frequency"), column)
    return linker
