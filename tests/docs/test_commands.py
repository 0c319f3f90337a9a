"""Every command of the README and the docs does what the page says it does: it is run here.

What would need the network, a browser or minutes is not run but read: a `pim` command as `pim`
itself reads it, a make target as `make -n` does.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command

from pipelines.cli import app
from schemas.registry import all_datasets
from sources.facts import CURATED
from tests.commandline import PIM, environment, pim_here
from tests.docs.pages import PAGES, Told, blocks, links, shell_lines, typed_in_text
from tests.shared import REPO

READ_ONLY = {
    "pim dev": "a server: test_dagster_pages starts it",
    "pim sources refresh": "asks the network",
    "pim sources indicators": "asks the network",
    "pim documents fetch": "asks the network: test_documents_fetching has a server",
    "pim sources add": "takes files of keepers: test_cli_sources gives it some",
    "pim build --json --force": "a whole build: test_build_result makes one",
    "pim portal": "needs a release: test_portal_check makes one; asks servers",
    "pim release": "needs releases: test_cli_release makes them",
    "pim serve": "a server: test_cli_publish starts it",
    "pim publish": "needs a release and a target: test_cli_publish has both",
    "pim review show": "needs documents: test_cli_review gives it some",
    "pim review decide": "needs documents, and writes facts: test_cli_review does both",
    "pim review defer": "needs documents, and writes facts: test_cli_review does both",
    "pim match": "needs a full register: test_cli_match gives it one",
    "python -m benchmarks": "takes minutes and files of registers",
    "make": "sets up and runs everything",
    "export": "a setting of the shell",
}
"""Beginnings of commands that are read and not run, with the reason."""


def is_read_only(command: str) -> bool:
    """Whether a command is only read here."""
    return any(command.startswith(beginning) for beginning in READ_ONLY)


def name(told: Told) -> str:
    """The name of a test."""
    return f"{told.page}: {told.text[:60]}"


@pytest.fixture(scope="module")
def desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: data are built, `pim` is on the path, files lie around."""
    desk = tmp_path_factory.mktemp("desk")
    for folder in ("data", "copy"):
        shutil.copytree(built / "data", desk / folder, symlinks=True)
    shutil.copy(CURATED / "networks.csv", desk)
    shutil.copy(CURATED / "mids.csv", desk / "nowe.csv")
    script = desk / "bin" / "pim"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec {shlex.join(PIM)} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    for workbook in ("mid.xlsx", "do-poprawy.xlsx"):
        run_in(desk, ["pim", "intake", "template", "mids", "--filled", "--output", workbook])
    return desk


def run_in(desk: Path, words: list[str]) -> str:
    """Run a program at the desk; it must end well."""
    done = subprocess.run(
        words,
        cwd=desk,
        env=environment() | {"PATH": f"{desk / 'bin'}:/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read_by_pim(command: str) -> None:
    """Let `pim` read a command line without doing it; raises where it is wrong."""
    found, words = get_command(app), shlex.split(re.split(r" [|>] ", command)[0])[1:]
    while words and words[0] in getattr(found, "commands", {}):
        found = found.commands[words.pop(0)]  # type: ignore[attr-defined]
    with found.make_context("pim", words):
        pass


def read_by_make(command: str) -> None:
    """Let `make` say what it would do; raises where there is no such target."""
    # Without what `make test` hands on to what it starts.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    words = ["make", "-n", *shlex.split(command)[1:]]
    subprocess.run(words, cwd=REPO, env=kept, check=True, capture_output=True)


def is_plain(command: str) -> bool:
    """Whether a command can be run in this process, a second faster: `pim` alone.

    Language, completion and builds are for a whole process.
    """
    apart = re.search(r"[|<>;&$*~]|--lang|pim build|pim completion", command)
    return command.startswith("pim ") and not apart


@pytest.mark.parametrize(
    "command", sorted({told.text for told in shell_lines() if not is_read_only(told.text)})
)
def test_a_command_of_the_docs_runs(command: str, desk: Path) -> None:
    if command.startswith("duckdb "):
        _, _, path, sql = shlex.split(command)
        with duckdb.connect(str(desk / path), read_only=True) as connection:
            assert connection.sql(sql).fetchall()
    elif is_plain(command):
        done = pim_here(*shlex.split(command)[1:], cwd=desk)
        assert done.returncode == 0, done.stdout + done.stderr
    else:
        run_in(desk, ["bash", "-c", command])


@pytest.mark.parametrize("told", [t for t in shell_lines() if is_read_only(t.text)], ids=name)
def test_a_command_of_the_docs_can_be_read(told: Told) -> None:
    if told.text.startswith("pim "):
        read_by_pim(told.text)
    elif told.text.startswith("make "):
        read_by_make(told.text)


@pytest.mark.parametrize("told", typed_in_text(), ids=name)
def test_a_command_in_a_sentence_exists(told: Told) -> None:
    words = [word for word in told.text.split() if not re.search(r"[…<>A-Z]", word)]
    if words[0] == "python":
        assert find_spec(words[2]), words
    elif words[0] == "make":
        read_by_make(" ".join(words))
    else:
        commands = get_command(app)
        for word in words[1:]:
            inner = getattr(commands, "commands", {})
            if word.startswith("-") or not inner:
                break
            assert word in inner, told.text
            commands = inner[word]


@pytest.mark.parametrize("told", blocks("python"), ids=name)
def test_python_of_the_docs_runs(told: Told, desk: Path) -> None:
    if told.page == "identity.md":
        compile(told.text, told.page, "exec")  # it goes on from frames of the reader
    else:
        assert run_in(desk, [sys.executable, "-W", "error", "-c", told.text])


@pytest.mark.parametrize("told", blocks("r"), ids=name)
def test_r_of_the_docs_reads_what_is_there(told: Told, desk: Path) -> None:
    """R is no part of the project: its lines are read for the files and tables that they name."""
    for path in re.findall(r'"(data/[^"]+)"', told.text):
        assert (desk / path).is_file(), path
    with duckdb.connect(str(desk / "data/public/pim.duckdb"), read_only=True) as connection:
        for sql in re.findall(r'"(FROM [^"]+)"', told.text):
            assert connection.sql(sql).fetchall()


def test_every_place_in_the_public_folder_is_there(desk: Path) -> None:
    for page in PAGES:
        for path in re.findall(r"data/public/[\w./-]*", page.read_text(encoding="utf-8")):
            assert (desk / path.rstrip(".")).exists(), f"{page.name}: {path}"


@pytest.mark.parametrize(("page", "target"), links(), ids=str)
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    path, _, heading = target.partition("#")
    aim = page.parent / path if path else page
    assert aim.exists(), f"{page.name} links to {target}"
    if heading and aim.suffix == ".md":
        titles = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {
            re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles
        }
        assert heading in slugs, f"{page.name} links to {target}"


def test_the_readme_begins_with_the_two_commands() -> None:
    first = next(iter(blocks("sh")))
    assert first.page == "README.md"
    assert [line.split("#")[0].strip() for line in first.text.splitlines()] == [
        "make run",
        "make test",
    ]


def test_the_readme_names_every_command_and_data_set() -> None:
    text = (REPO / "README.md").read_text(encoding="utf-8")
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"`pim {command}" in text, command
    for dataset in all_datasets():
        assert f"`{dataset.slug}/`" in text, dataset.slug
