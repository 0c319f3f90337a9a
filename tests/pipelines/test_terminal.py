"""What is printed, beside screens of any width and texts of any kind."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import terminal
from pipelines.building import BuildResult
from pipelines.commands.build import _next_steps, progress_bar
from pipelines.settings import load_settings
from schemas.errors import PimError
from schemas.text import Text
from warehouse.history import Outcome

HARMFUL = {chr(c) for c in (*range(32), 127, *range(128, 160), 0x202A, 0x202E, 0x2066, 0x2028)}
ERROR = PimError(
    "PIM-CLI-001", Text("Źle.", "Bad."), where="a" * 30, fix=Text("Popraw to teraz.", "Mend it.")
)


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(
    monkeypatch: pytest.MonkeyPatch, header: list[str], rows: list[list[object]], columns: int
) -> str:
    """What a screen of this width is sent."""
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal.print_table(header, rows)
    return screen.getvalue()


@given(st.text(), st.none() | st.integers() | st.text(alphabet=sorted(HARMFUL)))
def test_nothing_that_is_shown_can_steer_a_terminal(text: str, value: object) -> None:
    for shown in (terminal.clean(text), terminal.clean(value)):
        assert not HARMFUL & set(shown)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_json_says_the_same_and_steers_nothing(data: dict[str, object]) -> None:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        terminal.print_json(data)
    assert json.loads(out.getvalue()) == {"schema_version": 1} | data
    assert not (HARMFUL - {"\n"}) & set(out.getvalue())


def test_numbers_stand_at_the_right_and_texts_at_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, ["name", "n"], [["a", 5], ["long name", 1000], ["b", None]], 80)
    assert shown.splitlines() == [
        "name          n",
        "─────────  ────",
        "a             5",
        "long name  1000",
        "b",
    ]


def test_a_wide_table_becomes_records_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, ["key", "text"], [["k", "word " * 30], ["l", ""]], 40)
    assert shown.startswith("key   k\ntext  word word")
    assert max(map(len, shown.splitlines())) <= 40
    assert shown.count("─" * 40) == 2


def test_a_table_without_rows_shows_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, ["a", "b"], [], 80) == "a  b\n─  ─\n"


@pytest.mark.parametrize(
    ("env", "red"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_errors_are_red_where_that_is_wanted(
    env: dict[str, str], red: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (env | {"COLUMNS": "30"}).items():
        monkeypatch.setenv(name, value)
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    terminal.print_error(ERROR)
    assert screen.getvalue().startswith("\x1b[1;31mBłąd PIM-CLI-001\x1b[0m\n") is red
    assert "  Jak naprawić: Popraw to\n    teraz.\n" in screen.getvalue()


def test_progress_is_drawn_on_a_screen_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    for screen, silent, drawn in ((Screen(), False, True), (Screen(), True, False),
                                  (io.StringIO(), False, False)):  # fmt: skip
        monkeypatch.setattr("sys.stderr", screen)
        with progress_bar(silent=silent) as progress:
            progress("networks", 3, 7)
        assert ("3/7" in screen.getvalue() and "networks" in screen.getvalue()) is drawn


@pytest.mark.parametrize(
    ("words", "env", "file", "lang"),
    [
        ([], None, None, "pl"),
        (["status", "--lang", "en"], "pl", "pl", "en"),
        (["--lang=en"], None, None, "en"),
        ([], "en", "pl", "en"),
        ([], None, "en", "en"),
        (["--lang", "de"], "en", None, "en"),
        (["--lang"], None, None, "pl"),
        ([], None, "de", "pl"),
    ],
)
def test_the_language_is_that_of_the_flag_then_the_variable_then_the_file(
    words: list[str],
    env: str | None,
    file: str | None,
    lang: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = tmp_path_factory.mktemp("place")
    monkeypatch.chdir(place)
    monkeypatch.setattr("sys.argv", ["pim", *words])
    monkeypatch.delenv("PIM_LANG", raising=False)
    if env:
        monkeypatch.setenv("PIM_LANG", env)
    if file:
        (place / "pim.toml").write_text(f"lang = '{file}'\n", encoding="utf-8")
    assert terminal.language.__wrapped__() == lang


@pytest.mark.parametrize(
    ("called", "path", "shown"),
    [
        (".venv/bin/pim", "/usr/bin", ".venv/bin/pim"),
        (".venv/bin/pim", str(Path(sys.executable).parent), "pim"),
        ("program.py", "/usr/bin", "pim"),
    ],
)
def test_the_next_commands_can_be_typed_as_they_are_shown(
    called: str, path: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After `make run` the shell does not find `pim` by its name."""
    monkeypatch.setattr("sys.argv", [called])
    monkeypatch.setenv("PATH", path)
    steps = _next_steps(BuildResult(Outcome.SUCCESS, "", (), ()), load_settings())
    assert [step.split()[0] for step in steps] == [shown] * 3
