"""Trains the frozen model on a generated register, and writes its files.

    python -m register.matching.scoring.train --seed 5 --records 1000000

Belongs here: frequencies, weights, and the refusal to write a model with untrained levels. Does not belong here: what
is compared (`comparisons`), or the register (`generator`).

The weights are Splink's own estimates: m from the pairs that are one person in the generated register, u from pairs
drawn at random. Sampling never sees what strangers hardly ever share, and Splink says nothing of it: those u are set
from how many records share a value.
"""

from __future__ import annotations

import argparse
import copy
import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI

from register.matching.keys import folded_text
from register.matching.scoring import candidates, comparisons, session
from register.matching.scoring.generator import matching_input, names
from register.matching.scoring.generator.records import Generated, generate
from register.matching.scoring.model import FAMILY, GIVEN, SETTINGS, Model, untrained
from register.matching.scoring.score import linked, prepare
from register.statements import fragment
from schemas.errors import Refusal

#: Names that fewer records bear are kept only where a table has them: what is rarer is a slip of the finger, or two
#: names, or says nothing of other registers.
FEWEST = {"given": 500, "family": 15}
#: Pairs drawn for u.
DRAWN = 2e6

#: What strangers hardly ever share, as SQL over one record: comparison, level -> value.
_SHARED = {
    ("first_name", "the same"): "first_name",
    ("last_name", "the same"): "last_name",
    ("email", "the same"): "email",
    ("phone", "the same"): "case when not landline then phone end",
    ("phone", "the same, of a desk or a firm"): "case when landline then phone end",
    ("employment", "employer and number"): "employer || '|' || employee_number",
}


def main() -> None:
    """Trains as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "frozen")
    asked = parser.parse_args()
    write(train(generate(asked.seed, asked.records), f"fi-{asked.seed}"), asked.folder)


def train(generated: Generated, name: str, drawn: float = DRAWN) -> Model:
    """A model of that name, trained on a generated register; u is sampled from so many drawn pairs.

    Raises:
        Refusal: where a level stayed untrained.
    """
    records = matching_input.of_generated(generated)
    borne = {folded_text(one) for table in (names.women(), names.men()) for one in table.names}
    given = _shares(records["first_name"], FEWEST["given"], borne)
    draft = Model({}, given, _shares(records["last_name"], FEWEST["family"], set()), len(records), name)
    with session.database() as connection:
        connection.register("matching_input", records)
        prepare(connection, draft)
        labels = pa.table({"record_id": records["record_id"], "person": pa.array(generated.person)})
        connection.register("labels", labels)
        connection.execute("alter table person add column label bigint")
        connection.execute(
            "update person set label = labels.person from labels where labels.record_id = person.record_id"
        )
        settings = _weights(connection, drawn)
    return Model(settings, draft.given, draft.family, len(records), name)


def _weights(connection: duckdb.DuckDBPyConnection, drawn: float) -> dict[str, Any]:
    """Splink's settings with every m and u.

    Raises:
        Refusal: where a level stayed untrained.
    """
    ((pairs, records),) = connection.execute(
        "select sum(many * (many - 1) / 2), sum(many) from (select count(*) as many from person group by label)"
    ).fetchall()
    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_id",
        "comparisons": copy.deepcopy(comparisons.COMPARISONS),
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "probability_two_random_records_match": float(pairs) / (records * (records - 1) / 2),
    }
    linker = linked(DuckDBAPI(connection=connection), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=drawn, seed=1, min_count_per_level=None)
    linker.training.estimate_m_from_label_column("label")
    told = linker.misc.save_model_to_json()
    candidates.find(connection, None, ())
    for comparison in told["comparisons"]:
        _set_shared(connection, comparison)
        _set_met(connection, comparison, records * (records - 1) / 2)
    if lacking := untrained(told):
        raise Refusal(f"Levels stayed untrained: {'; '.join(lacking)}.", "Train on more records, or set them by hand.")
    for comparison in told["comparisons"]:
        _cap(comparison)
        _set_swapped(comparison)
    return {name: told[name] for name in settings}


def _set_shared(connection: duckdb.DuckDBPyConnection, comparison: dict[str, Any]) -> None:
    """u of values that are one: the pairs that share the value, less those that are one person."""
    for level in comparison["comparison_levels"]:
        value = _SHARED.get((comparison["output_column_name"], level["label_for_charts"]))
        if value is not None:
            asked = fragment("scoring_shared").format(value=value)
            ((shared, compared),) = connection.execute(asked).fetchall()
            level["u_probability"] = max(float(shared), 1.0) / float(compared)


def _set_met(connection: duckdb.DuckDBPyConnection, comparison: dict[str, Any], pairs: float) -> None:
    """u of what is rare: at least as many pairs of strangers agree so well as there are among the candidates."""
    levels = comparison["comparison_levels"]
    choice = " ".join(
        f"when {level['sql_condition']} then {place}"
        for place, level in enumerate(levels)
        if level["sql_condition"] != "ELSE"
    )
    columns = [row[0] for row in connection.execute("select name from pragma_table_info('person')").fetchall()]
    sides = ", ".join(f"{side}.{name} as {name}_{side}" for side in "lr" for name in columns)
    asked = fragment("scoring_met").format(choice=choice, sides=sides)
    met = dict(connection.execute(asked).fetchall())
    for place, level in enumerate(levels):
        if not level.get("is_null_level") and not level.get("fix_u_probability"):
            sampled = level.get("u_probability")
            least = max(met.get(place, 0), 1) / pairs
            level["u_probability"] = max(sampled, least) if isinstance(sampled, float) else least


def _cap(comparison: dict[str, Any]) -> None:
    """What is less than the same weighs less: a bit at least, however few strangers the register has that agree so."""
    same = comparison["comparison_levels"][1]
    for level in comparison["comparison_levels"][2:]:
        if not level.get("fix_u_probability"):
            least = 2 * level["m_probability"] * same["u_probability"] / same["m_probability"]
            level["u_probability"] = max(level["u_probability"], least)


def _set_swapped(comparison: dict[str, Any]) -> None:
    """A name in the other's place says as much of who it is as one in its own: strangers' are swapped as often."""
    levels = {level["label_for_charts"]: level for level in comparison["comparison_levels"]}
    if "swapped" in levels:
        same, swapped = levels["the same"], levels["swapped"]
        swapped["u_probability"] = same["u_probability"] * swapped["m_probability"] / same["m_probability"]


def _shares(told: pa.ChunkedArray, fewest: int, borne: set[str]) -> pa.Table:
    """Names and their shares, the commonest first: those that many bear, and those of the tables."""
    counted = told.to_pandas().dropna().value_counts()
    counted = counted.reindex(counted.index.union(sorted(borne)), fill_value=1)
    shares = (counted / counted.sum()).round(7)[(counted >= fewest) | counted.index.isin(borne)]
    kept = shares.rename_axis("name").reset_index(name="share").sort_values(["share", "name"], ascending=[False, True])
    return pa.Table.from_pandas(kept, preserve_index=False).cast(
        pa.schema([("name", pa.string()), ("share", pa.float64())])
    )


def write(model: Model, folder: Path) -> None:
    """Writes the model's files: readable, and the same bytes for the same model."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {"name": model.version, "trained_on": model.trained_on, "settings": model.settings}
    (folder / SETTINGS).write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    for name, table in ((GIVEN, model.given), (FAMILY, model.family)):
        (folder / name).write_text(table.to_pandas().to_csv(index=False), "utf-8")


if __name__ == "__main__":
    main()
