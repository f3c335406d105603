"""The guard around every op body: what leaves it for Dagster's records holds no value of anybody's row.

Belongs here: what an op may say when it fails, when it is tried again, and what it may hand over. Does not belong here:
what went wrong; the floors below say it in a `Refusal`.

Dagster stores the text of an exception, of its cause and of its context in the run database, and libraries quote rows
in theirs: pandera the failing cases, psycopg the DETAIL, Python itself the literal that is no number. So the guard
raises an error of its own, after the `except` block has ended, for inside it the first error would stay attached as
context. For the same reason it is a decorator and no context manager: what a context manager raises on its way out
always carries the error that it was told of.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar

import dagster as dg
from dagster._core.errors import DagsterExecutionInterruptedError

from schemas.errors import Refusal

Op = TypeVar("Op", bound=Callable[..., Any])

_OUR_PACKAGES = frozenset({"schemas", "sources", "register", "assets", "pipelines"})

#: Errors of libraries that pass by themselves, by class name, since the drivers are not known on this floor:
#: OperationalError is what psycopg and SQLAlchemy call a lost connection, a deadlock, a server that shuts down.
_PASSING = frozenset({"OperationalError", "ConnectionError", "TimeoutError"})

#: What an op may hand to Dagster: events, whose metadata its author fills with counts.
_EVENTS = (
    dg.MaterializeResult,
    dg.ObserveResult,
    dg.AssetCheckResult,
    dg.AssetMaterialization,
    dg.AssetObservation,
    dg.AssetCheckEvaluation,
    dg.Output,
)

#: Tries after the first, for passing failures only. Asked for here and not by a `dg.RetryPolicy`: Dagster applies a
#: policy to interruptions, too, so that a sync that somebody had stopped went on a minute later.
MAX_RETRIES, RETRY_SECONDS = 3, 10

_INTERRUPTS = (KeyboardInterrupt, DagsterExecutionInterruptedError)


def value_free(op: Op) -> Op:
    """Decorates the function of an op, asset or check, under Dagster's own decorator.

    A `Refusal` becomes a `dg.Failure` with its text, retried where the refusal says so. Any other error becomes one
    with the error's class and the place in our code, and nothing else. A value handed over becomes one, too: rows stay
    in the database, and Dagster quotes what does not fit a type.

    Raises:
        TypeError: on decoration, for an async function.
    """
    if inspect.iscoroutinefunction(op) or inspect.isasyncgenfunction(op):
        raise TypeError("The leak guard takes plain functions and generators.")
    guarded = functools.wraps(op)(_guard_generator(op) if inspect.isgeneratorfunction(op) else _guard_function(op))
    # Dagster compares the annotation of `context` as an object, but `from __future__ import annotations` leaves a text.
    with suppress(NameError):  # a name that only a type checker knows
        guarded.__signature__ = inspect.signature(op, eval_str=True)  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def failure(error: BaseException) -> dg.Failure:
    """What may be said of an error. The result is not attached to it: raise it outside of the `except` block."""
    if isinstance(error, Refusal):
        return dg.Failure(description=str(error), allow_retries=error.worth_retrying)
    if isinstance(error, dg.Failure):
        return dg.Failure(error.description, dict(error.metadata), allow_retries=error.allow_retries)
    passing = any(base.__name__ in _PASSING for base in type(error).__mro__)
    place = _place(error.__traceback__)
    return dg.Failure(description=f"{type(error).__name__} at {place}.", allow_retries=passing)


def _guard_function(op: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        instead: BaseException
        try:
            return _without_value(op(*args, **kwargs))
        except BaseException as error:
            instead = _instead_of(error)
        raise instead

    return guarded


def _guard_generator(op: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Iterator[Any]:
        instead: BaseException
        try:
            for event in op(*args, **kwargs):
                yield _without_value(event)
            return
        except GeneratorExit:  # Dagster has stopped listening; nobody records this
            raise
        except BaseException as error:
            instead = _instead_of(error)
        raise instead

    return guarded


def _instead_of(error: BaseException) -> BaseException:
    """The error to raise in place of that one: an interruption stays one, but alone."""
    if isinstance(error, _INTERRUPTS):
        return type(error)()
    if isinstance(error, SystemExit):
        return SystemExit(error.code if isinstance(error.code, int) else 1)
    failed = failure(error)
    if isinstance(error, dg.Failure) or not failed.allow_retries:
        return failed
    again = dg.RetryRequested(MAX_RETRIES, RETRY_SECONDS)
    again.__cause__ = failed  # what Dagster shows once the tries are used up
    return again


def _without_value(handed_over: Any) -> Any:
    several = isinstance(handed_over, tuple | list) and not isinstance(handed_over, _EVENTS)  # an event is a tuple, too
    for event in handed_over if several else [handed_over]:
        if event is None:
            continue
        if not isinstance(event, _EVENTS) or _holds_value(event):
            raise Refusal("An op handed over a value; only events with counts may leave it.", "Return None.")
    return handed_over


def _holds_value(event: Any) -> bool:
    if isinstance(event, dg.MaterializeResult):
        return event.value is not None and event.value is not _NO_VALUE
    return isinstance(event, dg.Output) and event.value is not None


#: What a result without a value holds in its place.
_NO_VALUE: Any = dg.MaterializeResult().value


def _place(traceback: TracebackType | None) -> str:
    """``package/module.py:line`` of the innermost frame in our packages."""
    place = "a place outside our code"
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] in _OUR_PACKAGES and module != __name__:
            place = f"{module.replace('.', '/')}.py:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
