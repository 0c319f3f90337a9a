"""Commands, settings and tables stand in the docs as the code has them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines import docs
from pipelines.cli import app
from pipelines.helping import pages
from pipelines.settings import SETTINGS
from schemas.registry import all_datasets, all_tables
from schemas.table import Table
from tests.commandline import environment
from tests.shared import REPO

DOCS = REPO / "docs"


def text_of(name: str) -> str:
    """A page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_pages_are_up_to_date() -> None:
    """In a process of its own, since the help is in the language that was asked for first."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.docs", "--check"],
        cwd=REPO,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_command_is_documented() -> None:
    for path, _ in pages(get_command(app)):
        assert f"\n## {path}\n" in text_of("cli.md"), path


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name: str) -> None:
    assert f"\n| `{name}` |" in text_of("settings.md")
    assert f"`PIM_{name.upper()}`" in text_of("settings.md")


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_every_table_and_column_is_documented(table: type[Table]) -> None:
    chapter = text_of("tables.md").partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]
    assert f"`{table.name_pl}`" in chapter
    for column in table.columns:
        assert f"`{column.name}`" in chapter, column
        assert f"`{column.name_pl}`" in chapter, column


def test_every_data_set_is_documented() -> None:
    for dataset in all_datasets():
        assert f"\n## {dataset.slug}\n" in text_of("tables.md")


def test_a_stale_page_is_named_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    page = tmp_path / "docs" / "tables.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(good.replace("### networks\n", "### nets\n"), encoding="utf-8")
    monkeypatch.setattr(docs, "DOCS", tmp_path / "docs")
    assert docs.main(["--check"]) == 3
    assert "docs/tables.md is out of date: make docs\n" in capsys.readouterr().out
    assert docs.main([]) == 0
    assert page.read_text(encoding="utf-8") == good
