"""Work that is begun early is done once, and its errors belong to its own step."""

import threading

import pytest

from assets.ahead import Ahead


def test_work_that_was_begun_is_not_done_again() -> None:
    ahead, done = Ahead[None](), list[str]()
    ahead.begin("table", lambda: done.append("early"))
    ahead.finish("table", lambda: done.append("late"))
    assert done == ["early"]


def test_work_that_was_not_begun_is_done_when_it_is_needed() -> None:
    ahead, done = Ahead[None](), list[str]()
    ahead.finish("table", lambda: done.append("late"))
    assert done == ["late"]


def test_an_error_is_raised_by_the_step_that_it_is_for() -> None:
    def fail() -> None:
        raise ValueError("broken")

    ahead = Ahead[None]()
    ahead.begin("table", fail)
    ahead.finish("other", lambda: None)
    with pytest.raises(ValueError, match="broken"):
        ahead.finish("table", lambda: None)


def test_nothing_runs_on_once_the_run_has_settled() -> None:
    ahead, gate, done = Ahead[None](), threading.Event(), list[str]()
    ahead.begin("first", lambda: done.append("first") if gate.wait(30) else None)
    ahead.begin("second", lambda: done.append("second"))
    threading.Timer(0.05, gate.set).start()
    ahead.settle()
    seen = list(done)
    assert seen[:1] == ["first"]
    ahead.finish("second", lambda: done.append("again"))
    assert done == [*seen, "again"]
