"""The `pim` command as its users have it: a process of its own, with streams or a terminal."""

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pipelines.cli import run
from tests.shared import REPO

PROGRAM = [sys.executable, "-P", str(REPO / "tests" / "program.py")]
"""Runs the program in the next word, not as if somebody typed it (see there)."""

PIM = [*PROGRAM, "from pipelines.cli import main; main()"]
"""What the installed `pim` does; works in every environment that the tests run in."""

_OURS = ("PIM_", "DAGSTER_", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "COLUMNS", "LINES")


def environment(**extra: str) -> dict[str, str]:
    """The environment without settings of ours, so that a test decides them all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | {"PYTHONPATH": str(REPO), "COLUMNS": "80"} | extra


def pim(
    *words: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `pim` with both streams in pipes."""
    return subprocess.run(
        [*PIM, *words],
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def pim_here(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `pim` in this process, which is faster and counts for coverage; always in Polish.

    The language is decided once a process, so `--lang` and settings of it need `pim`.
    """
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in os.environ.keys() - environment().keys():
            patch.delenv(name)
        patch.setenv("COLUMNS", "80")
        patch.chdir(cwd)
        code = run(list(words))
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def pim_json(*words: str, cwd: Path) -> dict[str, object]:
    """Run `pim ... --json` and read its one object; nothing else is on either stream."""
    done = pim_here(*words, "--json", cwd=cwd)
    assert done.stderr == "", done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    assert found.pop("schema_version") == 1
    return found


def pim_error(*words: str, cwd: Path) -> tuple[int, dict[str, object]]:
    """Run `pim ... --json` that fails: exit code, and the error that is alone on stderr."""
    done = pim_here(*words, "--json", cwd=cwd)
    assert done.stdout == "", done.stdout
    found = json.loads(done.stderr)
    assert list(found) == ["error"]
    return done.returncode, found["error"]


def pim_on_terminal(*words: str, cwd: Path, columns: int = 80, **env: str) -> str:
    """Run `pim` in a terminal of its own and return all that the terminal was sent."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [*PIM, *words],
        cwd=cwd,
        env=environment(TERM="xterm-256color") | {"COLUMNS": str(columns)} | env,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    sent = b""
    try:
        while piece := os.read(controller, 65536):
            sent += piece
    except OSError:
        pass  # how Linux says that the other side has closed the terminal
    finally:
        os.close(controller)
        process.wait(timeout=300)
    return sent.decode().replace("\r\n", "\n")
