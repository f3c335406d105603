"""The leak guard against real Dagster: canaries in every kind of error, an instance on disk, every byte searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd
import pandera.pandas as pa
import pytest
from dagster._core.errors import DagsterExecutionInterruptedError

from assets import leak_guard
from assets.io import RefusingIOManager
from assets.leak_guard import failure, value_free
from pipelines.instance import prepare
from schemas.errors import Refusal, TryLater

VALUE = "Kanaria-Keltasirkku-0417"


class OperationalError(Exception):
    """What a driver raises; known to the guard by its name alone."""


class Register(dg.ConfigurableResource):
    name: str


class Deadlock(OperationalError):
    pass


def pandera_fails(value: str) -> None:
    schema = pa.DataFrameSchema({"age": pa.Column(int, pa.Check.gt(0)), "name": pa.Column(str, pa.Check.isin(["x"]))})
    schema.validate(pd.DataFrame({"age": [-1], "name": [value]}), lazy=True)


def cast_fails(value: str) -> None:
    int(value)


def chain_fails(value: str) -> None:
    try:
        {}[value]
    except KeyError as error:
        raise ValueError("explicit") from error


def context_fails(value: str) -> None:
    try:
        int(value)
    except ValueError:
        raise RuntimeError("implicit")  # noqa: B904


def hidden_context_fails(value: str) -> None:
    try:
        int(value)
    except ValueError:
        raise RuntimeError("hidden") from None


def driver_fails(value: str) -> None:
    raise OperationalError(f"server closed the connection\nDETAIL: Key (email)=({value}) already exists.")


def note_fails(value: str) -> None:
    error = ValueError("noted")
    error.add_note(value)
    raise error


def group_fails(value: str) -> None:
    raise ExceptionGroup("several", [ValueError(value)])


def refusal_with_context(value: str) -> None:
    @contextmanager
    def transaction() -> Iterator[None]:
        refused = False
        try:
            yield
        except ValueError:
            refused = True
        if refused:
            raise Refusal("The database refused a statement.")

    with transaction():  # the refusal still carries the first error as its context
        int(value)


FAILING = [
    pandera_fails,
    cast_fails,
    chain_fails,
    context_fails,
    hidden_context_fails,
    driver_fails,
    note_fails,
    group_fails,
    refusal_with_context,
]


def returns_rows(value: str) -> pd.DataFrame:
    return pd.DataFrame({"name": [value]})


def returns_wrong_type(value: str) -> int:
    return value  # type: ignore[return-value]


def returns_output(value: str) -> dg.Output:
    return dg.Output(value)


def an_op(fail: Callable[[str], Any], guard: Callable[[Any], Any], *, generator: bool) -> dg.OpDefinition:
    """An op that fails with a canary of its own: its name is in it."""
    name = f"{fail.__name__}_{'generator' if generator else 'function'}"
    value = f"{VALUE}-{name}"

    def plain(context):
        context.log.info("begun")
        return fail(value)

    def yielding(context):
        context.log.info("begun")
        yield dg.AssetMaterialization("before", metadata={"rows": 1})
        yield fail(value)

    body = yielding if generator else plain
    if fail is returns_wrong_type and not generator:
        body.__annotations__["return"] = int
    return dg.op(name=name)(guard(body))


def run(home: Path, ops: list[dg.OpDefinition]) -> dg.ExecuteInProcessResult:
    @dg.job(executor_def=dg.in_process_executor, resource_defs={"io_manager": RefusingIOManager()})
    def night() -> None:
        for op in ops:
            op()

    with dg.DagsterInstance.from_config(str(prepare(home))) as instance:
        return night.execute_in_process(instance=instance, raise_on_error=False)


CASES = [*FAILING, returns_rows, returns_wrong_type, returns_output]


def test_no_byte_of_a_value_is_left_behind(tmp_path, canary, capfd) -> None:
    ops = [an_op(fail, value_free, generator=generator) for fail in CASES for generator in (False, True)]
    result = run(tmp_path, ops)
    printed = "".join(capfd.readouterr())
    failed = {event.step_key for event in result.all_events if event.is_step_failure}
    assert failed == {op.name for op in ops}
    assert printed.count("STEP_FAILURE") == len(ops)
    assert canary.hits([VALUE, *(f"{VALUE}-{op.name}" for op in ops)], tmp_path, printed) == []


def test_the_search_finds_what_unguarded_ops_leave(tmp_path, canary, capfd) -> None:
    ops = [
        an_op(fail, lambda op: op, generator=False)
        for fail in (pandera_fails, cast_fails, context_fails, driver_fails, returns_wrong_type)
    ]
    run(tmp_path, ops)
    printed = "".join(capfd.readouterr())
    for op in ops:
        wanted = f"{VALUE}-{op.name}"
        assert any("event_log" in hit for hit in canary.hits([wanted], tmp_path)), op.name
        assert canary.hits([wanted], printed), op.name


def raised_by(fail: Callable[[], Any], *, generator: bool = False) -> BaseException:
    def yielding() -> Iterator[None]:
        yield None
        fail()

    with pytest.raises(BaseException) as caught:
        if generator:
            list(value_free(yielding)())
        else:
            value_free(fail)()
    return caught.value


@pytest.mark.parametrize("generator", [False, True], ids=["function", "generator"])
@pytest.mark.parametrize("fail", FAILING, ids=lambda fail: fail.__name__)
def test_nothing_hangs_on_the_failure(fail, generator) -> None:
    error = raised_by(lambda: fail(VALUE), generator=generator)
    if isinstance(error, dg.RetryRequested):
        assert (str(error), error.__context__) == ("", None)
        error = error.__cause__
    assert isinstance(error, dg.Failure)
    assert (error.__cause__, error.__context__) == (None, None)


def raise_it(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_refusal_says_its_text() -> None:
    error = raised_by(raise_it(Refusal("The file has no header.", "Ask the owner.")))
    assert error.description == "The file has no header. Ask the owner."


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (Refusal("no"), False),
        (TryLater("later"), True),
        (ValueError(VALUE), False),
        (OperationalError(VALUE), True),
        (Deadlock(VALUE), True),
        (ConnectionResetError(VALUE), True),
        (TimeoutError(VALUE), True),
        (FileNotFoundError(VALUE), False),
        (dg.Failure("ours", allow_retries=False), False),
    ],
    ids=lambda case: type(case).__name__,
)
def test_only_what_passes_by_itself_is_tried_again(error, again) -> None:
    raised = raised_by(raise_it(error))
    assert isinstance(raised, dg.RetryRequested) is again
    failed = raised.__cause__ if again else raised
    assert isinstance(failed, dg.Failure) and failed.allow_retries is again


def test_dagster_obeys(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(leak_guard, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(leak_guard, "MAX_RETRIES", 2)
    calls = []

    def op(name: str, error: Exception) -> dg.OpDefinition:
        def work() -> None:
            calls.append(name)
            raise error

        return dg.op(name=name)(value_free(work))

    run(tmp_path, [op("passing", TryLater("later")), op("lasting", Refusal("no"))])
    assert (calls.count("passing"), calls.count("lasting")) == (3, 1)


def test_an_unforeseen_error_names_its_class_and_our_line() -> None:
    from schemas.catalogue import RECORD_TYPES

    error = raised_by(lambda: RECORD_TYPES["person"].field(VALUE))
    assert error.description is not None
    name, _, place = error.description.partition(" at ")
    assert name == "KeyError"
    module, _, line = place.rstrip(".").partition(":")
    assert module == "schemas/catalogue.py"
    assert "self.fields}[name]" in Path(module).read_text().splitlines()[int(line) - 1] or not Path(module).exists()


def test_a_failure_of_our_own_keeps_its_text_and_counts() -> None:
    error = raised_by(raise_it(dg.Failure("Held.", {"rows": 3})))
    assert error.description == "Held."
    assert error.metadata["rows"].value == 3


@pytest.mark.parametrize(
    "interrupt", [KeyboardInterrupt, DagsterExecutionInterruptedError], ids=lambda kind: kind.__name__
)
@pytest.mark.parametrize("generator", [False, True], ids=["function", "generator"])
def test_an_interruption_stays_one_but_comes_alone(interrupt, generator) -> None:
    def fail() -> None:
        try:
            int(VALUE)
        except ValueError:
            raise interrupt(VALUE)  # noqa: B904

    error = raised_by(fail, generator=generator)
    assert type(error) is interrupt
    assert (error.args, error.__context__) == ((), None)


def test_a_stopped_generator_is_left_in_peace() -> None:
    left = []

    def yielding() -> Iterator[None]:
        try:
            yield None
        finally:
            left.append(True)

    events = value_free(yielding)()
    next(events)
    events.close()
    assert left == [True]


@pytest.mark.parametrize(
    "handed_over",
    [
        VALUE,
        3,
        dg.Output(VALUE),
        dg.MaterializeResult(value=VALUE),
        [dg.MaterializeResult(), VALUE],
        {"rows": 3},
    ],
    ids=lambda case: type(case).__name__,
)
def test_a_value_handed_over_is_refused(handed_over) -> None:
    error = raised_by(lambda: handed_over)
    assert isinstance(error, dg.Failure)
    assert VALUE not in str(error)


@pytest.mark.parametrize(
    "handed_over",
    [None, dg.MaterializeResult(metadata={"rows": 3}), dg.Output(None), (dg.MaterializeResult(), None)],
    ids=lambda case: type(case).__name__,
)
def test_events_pass(handed_over) -> None:
    assert value_free(lambda: handed_over)() is handed_over


def test_async_functions_are_refused() -> None:
    async def work() -> None: ...

    with pytest.raises(TypeError):
        value_free(work)


def test_the_signature_stays_so_that_dagster_sees_context_and_resources(tmp_path) -> None:
    seen = []

    @dg.multi_asset(specs=[dg.AssetSpec("pulled"), dg.AssetSpec("merged", deps=["pulled"], skippable=True)])
    @value_free
    def source(context: dg.AssetExecutionContext, register: Register) -> Iterator[dg.MaterializeResult]:
        seen.append(register.name)
        yield dg.MaterializeResult("pulled", metadata={"rows": 1})

    result = dg.materialize([source], resources={"register": Register(name="demo"), "io_manager": RefusingIOManager()})
    assert result.success
    assert seen == ["demo"]


def test_checks_can_be_guarded() -> None:
    @dg.asset
    @value_free
    def pulled() -> None: ...

    @dg.asset_check(asset=pulled)
    @value_free
    def rows() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True, metadata={"rows": 1})

    assert dg.materialize([pulled, rows], resources={"io_manager": RefusingIOManager()}).success


def test_failure_does_not_keep_the_error() -> None:
    said = failure(ValueError(VALUE))
    assert VALUE not in repr(vars(said))
