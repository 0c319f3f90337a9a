"""Ctrl-C: the exit code says so, the log has it, and the next build goes on as if nothing was."""

import json
from pathlib import Path

import pytest

from tests.builds import Built, build, copied, files_of, pim_of, start
from tests.commandline import PROGRAM

INTERRUPTED = """
import os, signal, sys
from pipelines.cli import run
pressed = []
def press(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith(sys.argv[2]) and not pressed:
        pressed.append(event)
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(press)
sys.exit(run(["build", "--data", sys.argv[1], "--force"]))
"""


@pytest.mark.parametrize("moment", ["work/reports/editions.json", "work/staging/manifest.json"])
def test_an_interrupted_build_ends_with_130(
    moment: str, small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    data = copied(small_build, tmp_path / "data")
    ended = start([*PROGRAM[1:], INTERRUPTED, str(data), moment], house=small_house)
    assert (ended.returncode, ended.stdout) == (130, "")
    assert ended.stderr.strip() in {"Przerwano.", "Interrupted."}
    assert files_of(data / "public") == files_of(small_build.public)
    assert not (data / "build.lock").exists()
    status = json.loads(pim_of(small_house, "status", "--data", data, "--json").stdout)
    assert [run["outcome"] for run in status["runs"]] == ["interrupted", "success"]
    assert build(data, house=small_house).code == 0
