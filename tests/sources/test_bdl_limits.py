"""The limits of the Local Data Bank: four windows, on disk, shared; and the budget of a run."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import Exit, PimError
from sources.bdl.budget import budget_for
from sources.bdl.limits import ANONYMOUS, KEYED, Limiter, Window, moment_of
from tests.shared import REPO
from tests.sources.bdl_clock import Clock


def limiter(folder: Path, clock: Clock, *, keyed: bool = False, max_wait: float = 1e9) -> Limiter:
    path = folder / "limits.sqlite"
    return Limiter(path, keyed=keyed, max_wait=max_wait, clock=clock, sleep=clock.sleep)


def fullest(made: list[float], window: Window) -> int:
    """The most calls in any span as long as the window."""
    return max(sum(start <= at < start + window.seconds for at in made) for start in made)


def test_point_18_the_windows_are_those_of_the_service() -> None:
    assert [(w.seconds, w.calls) for w in ANONYMOUS] == [
        (1, 5),
        (900, 100),
        (43_200, 1_000),
        (604_800, 10_000),
    ]
    assert [(w.seconds, w.calls) for w in KEYED] == [
        (1, 10),
        (900, 500),
        (43_200, 5_000),
        (604_800, 50_000),
    ]


@pytest.mark.parametrize("keyed", [False, True], ids=["anonymous", "keyed"])
@settings(max_examples=5)
@given(pauses=st.lists(st.floats(0, 400), min_size=250, max_size=300))
def test_point_18_no_window_is_ever_exceeded(keyed: bool, pauses: list[float]) -> None:
    clock = Clock()
    made: list[float] = []
    with TemporaryDirectory() as folder:
        taking = limiter(Path(folder), clock, keyed=keyed)
        # Bursts with pauses between them: every fifth call waits on its own account.
        for number, pause in enumerate(pauses):
            clock.now += pause if number % 5 == 0 else 0
            taking.take()
            made.append(clock.now)
    assert all(fullest(made, window) <= window.calls for window in taking.windows[:2])


def test_point_18_a_twelve_hour_and_a_weekly_window_hold_too(tmp_path: Path) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock)
    taking.windows = (Window("a", 1, 5), Window("b", 900, 10), Window("c", 43_200, 30))
    made = []
    for _ in range(65):
        taking.take()
        made.append(clock.now)
    assert [fullest(made, window) for window in taking.windows] == [5, 10, 30]
    assert 2 * 43_200 <= made[-1] - made[0] < 2 * 43_200 + 900


def test_point_18_calls_are_kept_between_runs_and_apart_for_key_and_none(tmp_path: Path) -> None:
    clock = Clock()
    first = limiter(tmp_path, clock)
    for _ in range(5):
        first.take()
    assert limiter(tmp_path, clock).left() == {
        "1 s": 0,
        "15 min": 95,
        "12 h": 995,
        "7 d": 9_995,
    }
    assert limiter(tmp_path, clock, keyed=True).left()["1 s"] == 10
    clock.now += 1
    assert limiter(tmp_path, clock).left()["1 s"] == 5


TAKE = """
import sys
from pathlib import Path
from sources.bdl.limits import Limiter

def enough(seconds):
    print(taken)
    sys.exit()

taken = 0
limiter = Limiter(Path(sys.argv[1]), keyed=False, clock=lambda: 1_762_000_000.0, sleep=enough)
while True:
    limiter.take()
    taken += 1
"""


def test_point_18_processes_share_one_count(tmp_path: Path) -> None:
    """While time stands still, three processes at once get five calls together, and no more."""
    path = str(tmp_path / "limits.sqlite")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, path], cwd=REPO, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    taken = [int(process.communicate()[0]) for process in running]
    assert sum(taken) == 5


def test_point_18_a_process_that_is_killed_has_spent_what_it_took(tmp_path: Path) -> None:
    killed = TAKE.replace("taken += 1", "taken += 1; import os; taken > 2 and os._exit(9)")
    path = str(tmp_path / "limits.sqlite")
    subprocess.run([sys.executable, "-c", killed, path], cwd=REPO, check=False)
    assert limiter(tmp_path, Clock()).left()["1 s"] == 2


def test_point_18_a_clock_that_was_set_back_does_not_block_for_longer_than_the_window(
    tmp_path: Path,
) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock)
    for _ in range(5):
        taking.take()
    clock.now -= 365 * 86_400
    taking.take()
    assert sum(clock.slept) <= 1


def test_point_18_a_hold_is_never_longer_than_a_week(tmp_path: Path) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock)
    moment = moment_of("9999-01-01T00:00:00Z")
    assert moment is not None
    taking.hold_until(moment)
    assert taking.take() == 604_800


def test_point_18_a_wait_that_is_too_long_is_refused_and_not_slept(tmp_path: Path) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock, max_wait=60)
    for _ in range(100):
        taking.take()
    with pytest.raises(PimError, match="PIM-BDL-008"):
        taking.take()
    assert sum(clock.slept) < 60


def test_a_damaged_file_of_calls_is_said_and_not_ignored(tmp_path: Path) -> None:
    (tmp_path / "limits.sqlite").write_bytes(b"nie jest to baza" * 100)
    with pytest.raises(PimError) as caught:
        limiter(tmp_path, Clock()).take()
    assert (caught.value.code, caught.value.exit_code) == ("PIM-BDL-011", Exit.SOURCE)


@pytest.mark.parametrize("text", ["", "wkrótce", "2025-13-01", "15"])
def test_a_time_that_is_none_is_none(text: str) -> None:
    assert moment_of(text) is None


def test_point_19_design_size_fits_two_anonymous_windows_of_15_minutes(tmp_path: Path) -> None:
    """95 cities, 200 variables, a hundred in one request: 190 calls."""
    clock = Clock()
    budget = budget_for(limiter(tmp_path, clock, max_wait=3_600), 95 * 2)
    assert budget.calls == 190
    assert budget.wait_seconds <= 900 + 190 / 5
    assert "190" in budget.text.pl
    assert "15 min: 100" in budget.text.pl


def test_point_19_a_run_that_would_overrun_says_so_before_its_first_call(tmp_path: Path) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock, max_wait=3_600)
    with pytest.raises(PimError) as caught:
        budget_for(taking, 8_400)
    error = caught.value
    assert (error.code, error.exit_code) == ("PIM-BDL-009", Exit.SOURCE)
    assert "8400" in error.what.pl
    assert error.why is not None
    assert "2025-11-05" in error.why.pl, "eight windows of twelve hours later"
    assert taking.left()["7 d"] == 10_000, "nothing was spent"


@given(before=st.integers(0, 130), calls=st.integers(0, 230))
@settings(max_examples=8)
def test_point_19_the_announced_wait_is_the_wait_that_comes(before: int, calls: int) -> None:
    clock = Clock()
    with TemporaryDirectory() as folder:
        taking = limiter(Path(folder), clock)
        for _ in range(before):
            taking.take()
        announced = taking.wait_for(calls)
        start = clock.now
        for _ in range(calls):
            taking.take()
    assert clock.now - start == pytest.approx(announced)


def test_calls_are_written_down_in_the_order_of_time(tmp_path: Path) -> None:
    clock = Clock()
    taking = limiter(tmp_path, clock)
    waits = []
    for _ in range(12):
        taking.take()
        waits.append(clock.now)
    assert all(first <= second for first, second in pairwise(waits))
