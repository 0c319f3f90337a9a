"""How `pim` answers before it does anything: help, wrong command lines, languages, start-up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app
from pipelines.helping import pages
from tests.commandline import environment, pim, pim_error, pim_here

PAGES = dict(pages(get_command(app)))
COMMANDS = [path.removeprefix("pim").strip() for path in PAGES]
HEAVY = {"dagster", "duckdb", "pandas", "pandera", "polars", "pyarrow"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_page_is_polish_and_shows_three_examples(command: str, tmp_path: Path) -> None:
    done = pim_here(*command.split(), "-h", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    # As the README promises of each; what language it then is in, the next test but one says.
    asked = pim_here(*command.split(), "-h", "--lang", "en", cwd=tmp_path)
    assert (asked.returncode, asked.stdout) == (0, done.stdout)
    assert f"Użycie: {' '.join(['pim', *command.split()])}" in done.stdout
    examples = done.stdout.partition("Przykłady:\n")[2].partition("\n\n")[0].splitlines()
    assert len(examples) == 3
    assert all("pim " in example for example in examples)
    assert "Pokaż tę stronę." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    for english in ("Usage", "Options", "Show this", "<str>", "<path>", "[required]"):
        assert english not in done.stdout


# These write nothing, or only where they are told to by the file that they are named.
READERS = {
    "check", "completion", "config show", "dev", "doctor", "explain", "match", "portal check",
    "query", "rejected", "release diff", "release list", "release rebuild", "release show",
    "release verify", "release withdraw", "review list", "review show", "serve", "serve caddy",
    "serve nginx", "sources", "status", "version",
}  # fmt: skip


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - READERS))
def test_e6_whatever_writes_can_be_tried(command: str) -> None:
    page = PAGES[f"pim {command}".strip()]
    assert "Polecenia:" in page or "  --dry-run" in page


def test_help_is_english_when_asked_for(tmp_path: Path) -> None:
    with_flag = pim("build", "--lang", "en", "--help", cwd=tmp_path)
    by_variable = pim("build", "--help", cwd=tmp_path, env={"PIM_LANG": "en"})
    (tmp_path / "pim.toml").write_text('lang = "en"\n', encoding="utf-8")
    by_file = pim("build", "--help", cwd=tmp_path)
    before = pim("--lang", "en", "build", "--help", cwd=tmp_path)
    assert by_variable.stdout == with_flag.stdout == by_file.stdout == before.stdout
    assert "Usage: pim build [options]" in with_flag.stdout
    assert not set("ąćęłńóśżĄĆĘŁŃÓŚŻ") & set(with_flag.stdout)


def test_pim_lists_every_command_with_one_sentence(tmp_path: Path) -> None:
    done = pim("--help", cwd=tmp_path)
    listed = done.stdout.partition("Polecenia:\n")[2].partition("\n\n")[0]
    names = [line.split()[0] for line in listed.splitlines() if not line.startswith("   ")]
    assert names == [command for command in COMMANDS if command and " " not in command]
    assert {"build", "check", "status", "query", "rejected", "explain", "doctor"} <= set(names)


def test_pim_alone_shows_its_help_and_counts_as_wrong_use(tmp_path: Path) -> None:
    done = pim_here(cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.rstrip() == pim("--help", cwd=tmp_path).stdout.rstrip()


WRONG = [
    (["quer"], "Nie ma polecenia „quer”. Może chodzi o query?", "pim --help"),
    (["zzz"], "Nie ma polecenia „zzz”.", "pim --help"),
    (["config"], "Brakuje polecenia.", "pim config --help"),
    (["config", "sho"], "Nie ma polecenia „sho”. Może chodzi o show?", "pim config --help"),
    (["--nope"], "Nie ma opcji --nope.", "pim --help"),
    (
        ["query", "--limt", "3", "x"],
        "Nie ma opcji --limt. Może chodzi o --limit, --quiet?",
        "pim query",
    ),
    (["query"], "Brakuje argumentu SQL.", "pim query --help"),
    (["query", "a", "b"], "Za dużo argumentów: b.", "pim query --help"),
    (["query", "--limit"], "Opcja --limit wymaga wartości.", "pim query --help"),
    (["query", "--limit", "x", "a"], "Wartość --limit musi być liczbą całkowitą.", "pim query"),
    (["query", "--limit", "0", "a"], "Wartość --limit musi wynosić co najmniej 1.", "pim query"),
    (["status", "--json=1"], "Opcja --json nie przyjmuje wartości.", "pim status --help"),
    (["completion", "tcsh"], "POWŁOKA: nie ma „tcsh”; do wyboru: bash", "pim completion --help"),
]


@pytest.mark.parametrize(("words", "why", "fix"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_command_line_says_what_is_wrong_and_where_to_look(
    words: list[str], why: str, fix: str, tmp_path: Path
) -> None:
    done = pim_here(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Błąd PIM-CLI-001" in done.stderr
    assert f"Dlaczego: {why}" in done.stderr
    assert f"Jak naprawić: Zobacz `{fix}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_in_english_and_as_json(tmp_path: Path) -> None:
    done = pim("quer", cwd=tmp_path, env={"PIM_LANG": "en"})
    assert "There is no command 'quer'. Did you mean query?" in done.stderr
    code, error = pim_error("quer", cwd=tmp_path)
    assert code == error["exit_code"] == 2
    assert error["code"] == "PIM-CLI-001"
    assert error["where"] == "pim quer --json"
    assert error["fix"] == {"pl": "Zobacz `pim --help`.", "en": "See `pim --help`."}


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    for words, env in (
        (["version", "--lang", "de"], {}),
        (["--lang", "de", "version"], {}),
        (["version"], {"PIM_LANG": "de"}),
    ):
        done = pim(*words, cwd=tmp_path, env=env)
        assert done.returncode == 2
        assert "PIM-CFG-003" in done.stderr
        assert "Dopuszczalne: pl, en." in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts_are_printed(shell: str, tmp_path: Path) -> None:
    done = pim("completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_PIM_COMPLETE" in done.stdout
    assert f"complete_{shell}" in done.stdout


def test_completion_knows_the_commands(tmp_path: Path) -> None:
    asked = {"_PIM_COMPLETE": "complete_bash", "COMP_WORDS": "pim rej", "COMP_CWORD": "1"}
    assert pim(cwd=tmp_path, env=asked).stdout.split() == ["rejected"]


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    """Dagster alone takes a second to import; `--help` has 0.3 s for everything."""
    code = (
        "import json, sys; from pipelines.cli import run; run(['--help']);"
        "json.dump(sorted({name.partition('.')[0] for name in sys.modules}), sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert set(json.loads(done.stderr)) & HEAVY == set()
    assert "Polecenia:" in done.stdout
