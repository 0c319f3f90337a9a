"""What a newcomer types first, and what a commit is held against: make and the hooks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import REPO

TOOLS = ("sh", "make", "cat", "dirname", "rm", "touch", "pwd")
BARE = "#!/bin/sh\nexit 1  # as a Python without ensurepip answers\n"


def with_tools(folder: Path, pythons: dict[str, str]) -> Path:
    """A folder for PATH: what every machine has, and Pythons that answer as given."""
    folder.mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (folder / tool).symlink_to(found)
    for name, text in pythons.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def make_run(place: Path, path: Path) -> subprocess.CompletedProcess[str]:
    shutil.copytree(REPO / "requirements", place / "requirements")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(REPO / name, place)
    return subprocess.run(
        [str(path / "make"), "run"],
        cwd=place,
        env={"PATH": str(path), "HOME": str(place)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("pythons", [{}, {"python3": BARE, "python3.11": BARE}])
def test_make_run_without_venv_names_the_package_to_install(
    pythons: dict[str, str], tmp_path: Path
) -> None:
    """In both languages, without a trace, and leaving nothing behind."""
    place = tmp_path / "project"
    place.mkdir()
    done = make_run(place, with_tools(tmp_path / "bin", pythons))
    assert done.returncode != 0
    assert "Potrzebny jest Python od 3.11 do 3.14 z modułem venv." in done.stderr
    assert "Python 3.11 to 3.14 with its module venv is needed." in done.stderr
    assert done.stderr.count("apt-get install python3 python3-venv") == 2
    assert "Traceback" not in done.stderr
    assert not (place / ".venv").exists()


def commit_hook(place: Path, hook: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRE_COMMIT_HOME": str(place / ".cache"), "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"],
        cwd=place,
        env={name: value for name, value in env.items() if not name.startswith("GIT_DIR")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_commit_is_held_against_style_and_types(tmp_path: Path) -> None:
    """The real configuration, on a file with a fault of each kind and then without."""
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(REPO / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for tool in ("ruff", "mypy"):
        (tmp_path / ".venv" / "bin" / tool).symlink_to(Path(sys.executable).with_name(tool))
    file = tmp_path / "thing.py"
    faults = {
        "ruff-check": '"""A thing."""\n\nimport os\n',
        "ruff-format": '"""A thing."""\n\nNAME   =  1\n',
        "mypy": '"""A thing."""\n\nNAME: int = "1"\n',
    }
    good = '"""A thing."""\n\nNAME = 1\n'
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    file.write_text(good, encoding="utf-8")
    subprocess.run(["git", "add", "thing.py", ".pre-commit-config.yaml"], cwd=tmp_path, check=True)
    for hook, fault in faults.items():
        file.write_text(fault, encoding="utf-8")
        refused = commit_hook(tmp_path, hook)
        assert refused.returncode == 1, refused.stdout + refused.stderr
        assert "Failed" in refused.stdout, refused.stdout
        file.write_text(good, encoding="utf-8")
        passed = commit_hook(tmp_path, hook)
        assert passed.returncode == 0, passed.stdout + passed.stderr
