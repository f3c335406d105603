"""Jobs are done in order, one at a time, and none is under way afterwards."""

from __future__ import annotations

import threading

import pytest

from register.behind import behind


def test_jobs_are_done_in_order_and_all_of_them() -> None:
    done: list[int] = []
    with behind() as writer:
        for number in range(20):
            writer.do(lambda number=number: done.append(number))
    assert done == list(range(20))


def test_what_a_job_raises_reaches_the_caller_and_the_next_jobs_are_dropped() -> None:
    done: list[str] = []
    stop = threading.Event()

    def fail() -> None:
        stop.wait(5)
        raise LookupError("a job")

    with pytest.raises(LookupError), behind() as writer:
        writer.do(fail)
        writer.do(lambda: done.append("after"))
        stop.set()
        writer.wait()
    assert done in ([], ["after"])


def test_no_job_is_under_way_after_the_caller_failed() -> None:
    begun, under_way = threading.Event(), threading.Event()
    go_on = threading.Event()

    def job() -> None:
        under_way.set()
        begun.set()
        go_on.wait(0.2)
        under_way.clear()

    with pytest.raises(KeyError), behind() as writer:
        writer.do(job)
        begun.wait(5)
        raise KeyError("the caller")
    assert not under_way.is_set()
