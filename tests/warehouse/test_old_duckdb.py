"""The analysts' file opens in every DuckDB that they may have, and so does the run log.

Each older version is installed from a lock with hashes into a folder of its own in pytest's
cache, once: DuckDB has no dependencies, and two versions cannot live in one environment.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import REPO
from tests.warehouse.test_history import NONE_REJECTED, a_run
from tests.warehouse.warehouse_sample import build
from warehouse.history import record

READ = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(duckdb.__version__)
print(connection.execute("SELECT terc, rodzaj FROM miasteczka").fetchall())
print(connection.execute(
    "SELECT nazwa FROM miasteczka WHERE bez_ogonkow(nazwa) = 'wroclaw'").fetchall())
print(connection.execute(
    "SELECT count(*), count(comment) FROM duckdb_columns() WHERE NOT internal").fetchall())
print(connection.execute(
    "SELECT count(*) = count(comment) FROM duckdb_views() WHERE NOT internal").fetchall())
log = duckdb.connect(sys.argv[2], read_only=True)
print(log.execute("SELECT run_id FROM runs").fetchall())
other = duckdb.connect()
other.execute("ATTACH '" + sys.argv[1] + "' AS pim (READ_ONLY)")
print(other.execute("SELECT count(*), max(pim.bez_ogonkow('Ł')) FROM pim.miasteczka").fetchall())
"""


def installed(lock: Path, folder: Path) -> str:
    """Where the version of this lock is importable from; skips where it cannot be fetched."""
    ready = folder / lock.name
    if not ready.exists() or ready.read_bytes() != lock.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        beside = Path(sys.executable).with_name("uv")
        uv = str(beside) if beside.exists() else shutil.which("uv")
        tool = [uv, "pip"] if uv else [sys.executable, "-m", "pip"]
        words = ["install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
        where = ["--python", sys.executable] if uv else ["--disable-pip-version-check"]
        done = subprocess.run(
            [*tool, *words, *where, "--no-deps", "--target", str(folder), "-r", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"{lock.name} cannot be installed: {done.stderr.strip()[-300:]}")
        shutil.copyfile(lock, ready)
    return str(folder)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An analysts' file and a run log, written by the DuckDB of the project."""
    folder = tmp_path_factory.mktemp("files")
    record(folder / "history.duckdb", a_run(1), NONE_REJECTED)
    return build(folder / "pim.duckdb"), folder / "history.duckdb"


def told(files: tuple[Path, Path], python: list[str], env: dict[str, str]) -> tuple[str, list[str]]:
    done = subprocess.run(
        [*python, "-c", READ, *map(str, files)], capture_output=True, text=True, env=env, check=True
    )
    version, *answers = done.stdout.splitlines()
    return version, answers


@pytest.mark.parametrize("version", ["1.2.2", "1.4.4"])
def test_files_open_in_an_older_duckdb(
    files: tuple[Path, Path], version: str, request: pytest.FixtureRequest
) -> None:
    lock = REPO / "requirements" / f"compat-duckdb-{version}.lock"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert request.config.cache is not None
    folder = request.config.cache.mkdir(f"duckdb-{version}-python{python}")
    # -S: the project's own DuckDB, in site-packages, must not be the one that answers.
    old = told(files, [sys.executable, "-S"], {**os.environ, "PYTHONPATH": installed(lock, folder)})
    new = told(files, [sys.executable], dict(os.environ))
    assert old[0] == version
    assert old[1] == new[1]


def test_files_open_in_a_fresh_process_of_the_projects_duckdb(files: tuple[Path, Path]) -> None:
    _, answers = told(files, [sys.executable], dict(os.environ))
    rows, found, columns, views, runs, attached = answers
    assert "('0264011', 'miasto na prawach powiatu')" in rows
    assert found == "[('Wrocław',)]"
    count, commented = columns.strip("[()]").split(", ")
    assert count == commented
    assert (views, runs, attached) == ("[(True,)]", "[('run-1',)]", "[(3, 'l')]")
