"""The refusing IO manager against real Dagster."""

from __future__ import annotations

import dagster as dg
import pandas as pd

from assets.io import RefusingIOManager
from pipelines.instance import prepare

VALUE = "Kanaria-Keltasirkku-0417"


VALUES = {"text": VALUE, "list": [VALUE], "frame": pd.DataFrame({"name": [VALUE]}), "bytes": VALUE.encode()}


def night(values: dict, io_manager) -> dg.JobDefinition:
    def op(name: str) -> dg.OpDefinition:
        def work():
            return values[name]

        return dg.op(name=name, out=dg.Out(dg.Any))(work)

    @dg.job(executor_def=dg.in_process_executor, resource_defs={"io_manager": io_manager})
    def job() -> None:
        for name in values:
            op(name)()

    return job


def test_a_value_fails_the_op_and_is_nowhere(tmp_path, canary, capfd) -> None:
    with dg.DagsterInstance.from_config(str(prepare(tmp_path))) as instance:
        result = night(VALUES, RefusingIOManager()).execute_in_process(instance=instance, raise_on_error=False)
    assert {event.step_key for event in result.all_events if event.is_step_failure} == set(VALUES)
    assert canary.hits([VALUE], tmp_path, "".join(capfd.readouterr())) == []


def test_the_default_would_pickle_it(tmp_path, canary) -> None:
    assert night(VALUES, dg.FilesystemIOManager(base_dir=str(tmp_path))).execute_in_process().success
    hits = canary.hits([VALUE], tmp_path)
    assert {hit.rsplit("/", 2)[-2] for hit in hits} == set(VALUES)


def test_none_passes() -> None:
    assert night({"nothing": None}, RefusingIOManager()).execute_in_process().success


def test_an_input_is_refused() -> None:
    @dg.asset
    def first() -> None: ...

    @dg.asset
    def second(first) -> None: ...

    result = dg.materialize([first, second], resources={"io_manager": RefusingIOManager()}, raise_on_error=False)
    failed = [event for event in result.all_events if event.is_step_failure]
    assert [event.step_key for event in failed] == ["second"]
    assert "deps" in str(failed[0].event_specific_data)


def test_deps_need_no_value() -> None:
    @dg.asset
    def first() -> None: ...

    @dg.asset(deps=[first])
    def second() -> None: ...

    assert dg.materialize([first, second], resources={"io_manager": RefusingIOManager()}).success
