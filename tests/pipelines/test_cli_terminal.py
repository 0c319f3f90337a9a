"""`pim` at a terminal, in a pipe, and beside data that would steer a terminal."""

import shlex
import shutil
import subprocess
from pathlib import Path

from tests.commandline import PIM, PROGRAM, environment, pim, pim_here, pim_json, pim_on_terminal


def test_a_reader_who_leaves_early_changes_nothing(built: Path) -> None:
    query = shlex.join([*PIM, "query", "FROM range(100000)", "--limit", "90000"])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{query} | head -1"],
        cwd=built,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "range\n",
        "Pokazano wierszy: 90000; więcej pokaże --limit.\n",
    )


def test_streams_that_are_closed_or_full(tmp_path: Path) -> None:
    """As of a service without a console, and a result for which the disk has no room."""
    version = shlex.join([*PIM, "version"])
    for streams, code, told in (
        (">&- <&-", 0, ""),
        ("2>&-", 0, ""),
        (">/dev/full", 2, "Błąd PIM-RUN-004"),
        ("2>/dev/full", 0, ""),
    ):
        done = subprocess.run(
            ["bash", "-c", f"{version} {streams}"],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr.partition("\n")[0]) == (code, told), streams


HOSTILE = "SELECT 'a' || chr(27) || '[31mred' || chr(10) || chr(155) || chr(8238) || 'z' AS v"


def test_control_characters_in_data_are_harmless(built: Path) -> None:
    for shown in (
        pim("query", HOSTILE, cwd=built).stdout,
        pim("query", HOSTILE, "--json", cwd=built).stdout,
        pim_on_terminal("query", HOSTILE, cwd=built),
        pim("quer\x1b[31m", cwd=built).stderr,
    ):
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown), shown
    rows = pim_json("query", HOSTILE, cwd=built)["rows"]
    assert rows == [{"v": "a\x1b[31mred\n\x9b\u202ez"}]


def test_a_terminal_gets_a_drawn_table(built: Path) -> None:
    shown = pim_on_terminal("query", "SELECT 1 AS a, 'x' AS longer", cwd=built)
    assert shown == "a  longer\n─  ──────\n1  x\n"


def test_a_table_wider_than_the_screen_is_shown_row_by_row(built: Path) -> None:
    shown = pim_on_terminal("query", "FROM networks LIMIT 2", cwd=built, columns=60)
    assert "network_id       net-0001\n" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_colour_is_for_terminals_that_want_it(tmp_path: Path) -> None:
    red = "\x1b["
    assert red in pim_on_terminal("quer", cwd=tmp_path)
    for plain in (
        pim_on_terminal("quer", cwd=tmp_path, NO_COLOR="1"),
        pim_on_terminal("quer", cwd=tmp_path, TERM="dumb"),
        pim("quer", cwd=tmp_path).stderr,
    ):
        assert red not in plain
        assert "Błąd PIM-CLI-001" in plain


def test_a_terminal_without_polish_letters_still_gets_an_answer(tmp_path: Path) -> None:
    done = pim("quer", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 2
    assert "Jak naprawi\\u0107: Zobacz" in done.stderr


def test_a_build_without_news_says_so_in_one_summary(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "data", tmp_path / "data", symlinks=True)
    piped = pim_here("build", cwd=tmp_path)
    assert piped.stdout.startswith("Nic się nie zmieniło; wydanie zostaje.\n")
    assert piped.stderr == ""
    found = pim_json("build", cwd=tmp_path)
    assert (found["outcome"], found["exit_code"]) == ("unchanged", 0)


def test_commands_draw_no_progress_of_duckdb(tmp_path: Path) -> None:
    """It would stand on stdout; the installed `pim` has a file as its main module, too."""
    asked = "SELECT current_setting('enable_progress_bar')"
    program = f"import duckdb; print(duckdb.connect().execute({asked!r}).fetchall())"
    done = subprocess.run(
        [*PROGRAM, program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[(False,)]\n", "")
