"""Facts with one thing wrong, for the tests of a whole build."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.facts import CURATED


@pytest.fixture
def facts_with(tmp_path: Path) -> Callable[[str, Callable[[str], str]], Path]:
    """Make a copy of the embedded facts in which the text of one file is changed."""

    def make(table: str, change: Callable[[str], str]) -> Path:
        folder = tmp_path / "facts"
        shutil.copytree(CURATED, folder)
        path = folder / f"{table}.csv"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return folder

    return make
