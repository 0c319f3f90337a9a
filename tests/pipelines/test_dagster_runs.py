"""Runs that Dagster starts by its schedule or from its page: in the run log like `pim build`."""

import json
import shutil
from pathlib import Path
from typing import TypedDict

import pytest

from tests.builds import SMALL_TABLES, Built, build, copied, files_of, pim_of, start
from tests.commandline import PROGRAM
from warehouse.folder import DataFolder
from warehouse.history import Outcome, Run, last_success, runs

# What the process of a run does: the definitions of the code location, and Dagster's own record.
# One process for all the runs of this page, since its start takes longest.
RUNS = """
import contextlib, json, os, signal, sys
from pathlib import Path
import dagster as dg
from pipelines.definitions import defs
from pipelines.running import prepare_dagster_home
from warehouse.folder import DataFolder

data, wanted, moment = Path(sys.argv[1]), json.loads(sys.argv[2]), ""
def press(event, arguments):
    global moment
    if moment and event == "os.rename" and str(arguments[1]).endswith(moment):
        moment = ""
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(press)
prepare_dagster_home(data / "dagster")
told = {}
for name, want in wanted.items():
    os.environ |= {"PIM_FACTS": "", "PIM_DATE": ""} | want.get("env", {})
    job = defs().resolve_job_def("zasilenie")
    with contextlib.ExitStack() as held, dg.DagsterInstance.get() as instance:
        if want.get("held"):
            held.enter_context(DataFolder(data).writing())
        moment = want.get("moment", "")
        done = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags={"dagster/schedule_name": "codziennie"},
            op_selection=want.get("steps"),
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    failed = [event for event in done.all_events if event.event_type_value == "PIPELINE_FAILURE"]
    why = [str(event.event_specific_data.error) for event in failed]
    told[name] = {"run_id": done.run_id, "good": done.success, "why": why}
print(json.dumps(told))
"""


class Ran(TypedDict):
    run_id: str
    good: bool
    why: list[str]


@pytest.fixture(scope="module")
def data(small_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(small_build, tmp_path_factory.mktemp("dagster") / "data")


@pytest.fixture(scope="module")
def ran(data: Path, small_house: Path) -> dict[str, Ran]:
    """Runs one after the other, in one data folder, that begins with a run of `pim build`."""
    facts = data.parent / "facts"
    shutil.copytree(small_house / "sources" / "curated", facts)
    path = facts / "networks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("net-0001", "wrong"), encoding="utf-8")
    wanted = {
        "some steps": {"steps": ["editions"]},
        "the end again": {"steps": ["release"]},
        "bad facts": {"env": {"PIM_FACTS": str(facts)}},
        "stopped": {"moment": "work/staging/manifest.json", "env": {"PIM_DATE": "2026-01-02"}},
        "someone writes": {"held": True},
        "good": {},
    }
    words = [*PROGRAM[1:], RUNS, str(data), json.dumps(wanted)]
    ended = start(words, house=small_house, PIM_DATA=str(data))
    assert ended.stdout, ended.stderr
    found: dict[str, Ran] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def logged(data: Path, ran: dict[str, Ran]) -> dict[str, Run]:
    """What the log says of those runs."""
    by_id = {run.run_id: run for run in runs(DataFolder(data).history)}
    return {name: by_id[one["run_id"]] for name, one in ran.items() if one["run_id"] in by_id}


def test_a_run_of_dagster_is_in_the_log_with_its_own_number(
    ran: dict[str, Ran], logged: dict[str, Run], data: Path, small_house: Path
) -> None:
    assert ran["good"]["good"], ran["good"]["why"]
    assert logged["good"].outcome is Outcome.SUCCESS
    assert logged["good"].release_id == (data / "public").readlink().name
    assert set(logged["good"].counts) == set(SMALL_TABLES)
    told = json.loads(pim_of(small_house, "status", "--data", data, "--json").stdout)
    assert told["runs"][0]["run_id"] == ran["good"]["run_id"]
    assert told["runs"][0]["outcome"] == "success"


def test_after_it_a_build_has_nothing_to_do(
    ran: dict[str, Ran], data: Path, small_house: Path, tmp_path: Path
) -> None:
    shutil.copytree(data, tmp_path / "data", symlinks=True)
    assert build(tmp_path / "data", house=small_house).told["outcome"] == "unchanged"


def test_a_run_that_failed_is_in_the_log_and_touches_no_release(
    ran: dict[str, Ran], logged: dict[str, Run], data: Path, small_build: Built
) -> None:
    assert not ran["bad facts"]["good"]
    assert logged["bad facts"].outcome is Outcome.FAILED
    assert logged["bad facts"].counts["networks"].rejected == 1
    assert logged["bad facts"].outputs == {}
    assert files_of(data / "public") == files_of(small_build.public)


def test_a_run_that_was_stopped_is_in_the_log(logged: dict[str, Run]) -> None:
    assert logged["stopped"].outcome is Outcome.INTERRUPTED
    assert logged["stopped"].outputs == {}


def test_steps_that_publish_nothing_are_no_run_of_the_main_job(
    ran: dict[str, Ran], logged: dict[str, Run]
) -> None:
    assert ran["some steps"]["good"]
    assert "some steps" not in logged


def test_the_end_of_a_run_again_proves_nothing_unchanged(logged: dict[str, Run]) -> None:
    """As *re-execute from failure* does it: the tables are those of an earlier run."""
    again = logged["the end again"]
    assert (again.outcome, again.fingerprint) == (Outcome.SUCCESS, "")
    assert set(again.counts) == set(SMALL_TABLES), "losses are measured by it"


def test_two_runs_never_take_turns(ran: dict[str, Ran], logged: dict[str, Run]) -> None:
    """Step by step beside another one, a run would leave tables of two states."""
    assert not ran["someone writes"]["good"]
    assert any("PIM-WH-002" in why for why in ran["someone writes"]["why"])
    assert "someone writes" not in logged


def test_the_log_knows_the_last_good_run(data: Path, ran: dict[str, Ran]) -> None:
    last = last_success(DataFolder(data).history)
    assert last is not None
    assert last.run_id == ran["good"]["run_id"]
