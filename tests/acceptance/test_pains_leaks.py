"""Pains of values that get where they should not be; all are listed in `pains`."""

from __future__ import annotations

import pandas as pd
import psycopg
import pytest
from pains import NIGHT, deliver, hr, names, person

from schemas.errors import Refusal

__all__ = ["hr"]


def test_pain_17_row_values_in_database_errors(bench, hr) -> None:
    """An error of the database quoted the row that had caused it, and went into every log on its way."""
    deliver(bench, [person(1, last="Kanarialintu")])
    with psycopg.connect(bench.url) as connection:
        connection.execute("alter table register.person_record add constraint ours check (last_name <> 'Kanarialintu')")
    with pytest.raises(Refusal) as caught:
        bench.sync(hr, NIGHT)
    assert str(caught.value) == "The database refused a statement (CheckViolation 23514, constraint ours)."
    assert bench.rows("select reason from sync.batch") == [(str(caught.value),)]


def test_pain_19_the_default_io_manager_pickles_personal_data(bench, hr, tmp_path, canary) -> None:
    """Dagster's default keeps what an op returns, whole tables of persons included, in files for ever."""
    import dagster as dg

    from assets.io import RefusingIOManager
    from assets.leak_guard import value_free
    from pipelines import definitions
    from pipelines.settings import Settings

    @dg.asset
    @value_free
    def persons() -> pd.DataFrame:
        return pd.DataFrame({"name": ["Kanarialintu"]})

    @dg.asset
    def unguarded() -> pd.DataFrame:
        return pd.DataFrame({"name": ["Kanarialintu"]})

    deliver(bench, [person(1, last="Kanarialintu", first="Kanarialintu")])
    bench.activate(hr, NIGHT)
    dagster_home = tmp_path / "dagster"
    dagster_home.mkdir()
    with dg.DagsterInstance.local_temp(str(dagster_home)) as instance:
        built = definitions.build(
            settings=Settings.load(home=tmp_path / "home"), sources=[hr], refusals=[], workplace=bench.workplace(NIGHT)
        )
        keys = [key for key in built.resolve_asset_graph().get_all_asset_keys() if key.path[0] == "kettu"]
        job = dg.define_asset_job("one", selection=dg.AssetSelection.assets(*keys))
        whole = dg.Definitions.merge(built, dg.Definitions(jobs=[job]))
        ran = whole.resolve_job_def("one").execute_in_process(instance=instance, partition_key=NIGHT.isoformat())
        assert ran.success
        for asset in (persons, unguarded):
            resources = {"io_manager": RefusingIOManager()}
            refused = dg.materialize([asset], instance=instance, resources=resources, raise_on_error=False)
            assert not refused.success
    assert names(bench) == {"1": "Kanarialintu"}
    assert canary.hits(["Kanarialintu"], dagster_home) == []
    assert not [path for path in dagster_home.rglob("*") if path.suffix in (".pkl", ".pickle") or path.name == "result"]
