"""What goes to stderr beside a result: the log, its two forms, and what is never in it (UX E5)."""

import json
import logging
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines import cli, logs, terminal
from pipelines.helping import pages
from pipelines.terminal import draws, tell
from schemas.text import Text
from sources.web.refusals import unreachable
from sources.web.trying import Again, Patience
from tests.commandline import environment, pim, pim_here

PAGES = dict(pages(get_command(cli.app)))
WORD = "hasło&do/konta"


class Screen:
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    names = ["", *logs.ROOMS]
    levels = [(name, logging.getLogger(name).level) for name in names]
    yield
    logging.captureWarnings(False)
    logging.getLogger().removeHandler(logs._HANDLER)
    for name, level in levels:
        logging.getLogger(name).setLevel(level)
    terminal.MANNER = terminal.Manner()


def objects(stderr: str) -> list[dict[str, object]]:
    """Each line of stderr, which is a JSON object with the parts that every line has."""
    found = [json.loads(line) for line in stderr.splitlines()]
    assert all(list(one)[:3] == ["time", "level", "message"] for one in found)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT.*\+00:00", str(one["time"])) for one in found)
    return found


@pytest.mark.parametrize("command", PAGES)
def test_e5_every_command_can_be_told_how_to_talk(command: str) -> None:
    page = PAGES[command]
    only_lists = command in {"pim config", "pim documents", "pim portal"}
    for option in ("-v, --verbose  ", "-q, --quiet  ", "--log-format text|json  "):
        assert (option in page) is not only_lists, option


def test_e5_verbose_says_what_happens_on_stderr_and_changes_no_result(tmp_path: Path) -> None:
    plain, told = pim_here("version", cwd=tmp_path), pim_here("version", "-v", cwd=tmp_path)
    assert (plain.returncode, plain.stderr) == (told.returncode, "")
    assert told.stdout == plain.stdout
    begins, ends = told.stderr.splitlines()
    assert re.fullmatch(r"\d\d:\d\d:\d\d info pipelines\.logs: początek: pim version", begins)
    assert re.search(r"koniec: pim version, \d+\.\d s$", ends)


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        (["sources", "-v"], ["pim sources"]),
        (["-v", "sources"], ["pim sources"]),
        (["-v", "release", "list", "-q"], ["pim release list"]),
        (["release", "list", "-v"], ["pim release list"]),
    ],
)
def test_e5_a_group_talks_as_it_is_told_and_tells_its_commands(
    words: list[str], begun: list[str], tmp_path: Path
) -> None:
    lines = pim_here(*words, cwd=tmp_path).stderr.splitlines()
    assert [line.split("początek: ")[1] for line in lines if "początek: " in line] == begun
    ended = [line.split("koniec: ")[1].split(",")[0] for line in lines if "koniec: " in line]
    assert ended == begun[::-1]


def test_e5_the_log_is_in_the_language_of_the_run(tmp_path: Path) -> None:
    told = pim("version", "-v", "--log-format", "json", "--lang", "en", cwd=tmp_path)
    first, last = objects(told.stderr)
    assert (first["level"], first["message"]) == ("info", "begins: pim version")
    assert str(last["message"]).startswith("ends: pim version, ")


@pytest.mark.parametrize("words", [["status"], ["quer"], ["query", "--limit", "x", "a"]])
@pytest.mark.parametrize("way", ["flag", "flag=", "variable", "file"])
def test_e5_as_json_an_error_is_one_object_too(words: list[str], way: str, tmp_path: Path) -> None:
    flags = {"flag": ["--log-format", "json"], "flag=": ["--log-format=json"]}.get(way, [])
    env = {"PIM_LOG_FORMAT": "json"} if way == "variable" else {}
    if way == "file":
        (tmp_path / "pim.toml").write_text("log_format = 'json'\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr("tests.commandline._OURS", ())
        done = pim_here(*words, *flags, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = objects(done.stderr)
    assert line["level"] == "error"
    error = line["error"]
    assert isinstance(error, dict)
    assert error["exit_code"] == 2
    assert line["message"] == error["what"]["pl"]


def test_e5_remarks_are_lines_of_the_log_and_quiet_hides_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for quiet, shown in ((False, "a\nb\n"), (True, "b\n")):
        logs.set_up(quiet=quiet)
        tell(["a"])
        tell(["b"], grave=True)
        assert capsys.readouterr().err == shown
    logs.set_up(log_format="json")
    tell(["a"])
    tell(["b"], grave=True)
    found = [(one["level"], one["message"]) for one in objects(capsys.readouterr().err)]
    assert found == [("info", "a"), ("error", "b")]


def test_e5_a_library_that_logs_wrongly_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"name": "library", "levelname": "WARNING", "msg": "%s and %d", "args": ("one",)}
    # Straight to ours: that of pytest stops at such a line.
    logs._HANDLER.handle(logging.makeLogRecord(wrong))
    assert "warning library: %s and %d ('one',)" in capsys.readouterr().err


def test_e5_another_form_is_refused(tmp_path: Path) -> None:
    done = pim_here("version", "--log-format", "xml", cwd=tmp_path)
    assert done.returncode == 2
    assert "PIM-CFG-003" in done.stderr
    assert "Dopuszczalne: text, json." in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_e5_no_secret_is_in_the_log(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIM_TERYT_PASSWORD", WORD)
    logs.set_up(verbose=2, log_format=form)
    log = logging.getLogger("zeep.transports")
    log.info("Authorization: %s", WORD)
    log.info("<Password>hasło&amp;do/konta</Password>")
    log.info("GET https://user:hidden@example.org/?p=has%C5%82o%26do%2Fkonta")
    try:
        int(WORD)
    except ValueError:
        log.exception("failed")
    told = capsys.readouterr().err
    assert len(told.splitlines()) >= 4
    assert "***" in told
    assert "for int() with base 10: '***'" in told
    for piece in ("hasło", "konta", "has%C5", "hidden", "user"):
        assert piece not in told


def test_e5_libraries_are_heard_with_vv_and_never_with_their_innermost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    library, ours = logging.getLogger("httpx"), logging.getLogger("sources.web.client")
    for verbose, heard in ((0, ["W", "w"]), (1, ["W", "w", "i"]), (2, ["I", "W", "w", "i", "d"])):
        logs.set_up(verbose=verbose)
        library.debug("D")
        library.info("I")
        library.warning("W")
        ours.warning("w")
        ours.info("i")
        ours.debug("d")
        assert [line[-1] for line in capsys.readouterr().err.splitlines()] == heard


@pytest.mark.parametrize("form", ["text", "json"])
def test_e5_nothing_in_the_log_steers_a_terminal(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(log_format=form)
    logging.getLogger("sources").warning(Text("a\x1b[31m\x9b\u202e\nz", "b"))
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert not {"\x1b", "\x9b", "\u202e"} & set(told)


def test_e5_a_warning_of_python_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.set_up(log_format="json")
        warnings.warn("old\nway", DeprecationWarning, stacklevel=1)
    (line,) = objects(capsys.readouterr().err)
    assert (line["level"], line["logger"]) == ("warning", "py.warnings")
    assert "old\nway" in str(line["message"])


def test_e5_a_repeated_request_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(verbose=1)
    for attempt in Patience(first_wait=0.001, attempts=2).tries():
        with attempt:
            if attempt.retry_state.attempt_number == 1:
                raise Again(unreachable("https://example.org/", "refused"))
    assert "PIM-NET-" in (told := capsys.readouterr().err)
    assert "kolejna próba za 0.0 s" in told


@pytest.mark.parametrize(
    ("env", "manner", "drawn"),
    [
        ({"TERM": "xterm"}, terminal.Manner(), True),
        ({"TERM": "dumb"}, terminal.Manner(), False),
        ({"TERM": "xterm", "CI": "true"}, terminal.Manner(), False),
        ({"TERM": "xterm"}, terminal.Manner(quiet=True), False),
        ({"TERM": "xterm"}, terminal.Manner(verbose=True), False),
        ({"TERM": "xterm"}, terminal.Manner(as_json=True), False),
    ],
)
def test_e5_nothing_moves_where_nobody_looks(
    env: dict[str, str], manner: terminal.Manner, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stderr", Screen())
    monkeypatch.setattr(terminal, "MANNER", manner)
    assert draws() is drawn


@pytest.mark.parametrize("form", ["text", "json"])
def test_e4_a_mistake_of_the_program_is_told_as_any_error_and_ends_with_1(
    form: str, tmp_path: Path
) -> None:
    code = (
        "import pipelines.commands.config as c; c.load_settings = lambda flags: 1 / 0;"
        f"import sys; sys.argv = ['pim', 'version', '--log-format', '{form}'];"
        "from pipelines.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    if form == "json":
        trace, last = objects(done.stderr)
        assert "ZeroDivisionError" in str(trace["trace"])
        assert isinstance(last["error"], dict)
        assert (last["error"]["code"], last["error"]["exit_code"]) == ("PIM-RUN-003", 1)
    else:
        assert "Błąd PIM-RUN-003" in done.stderr
        assert "Dlaczego: ZeroDivisionError: division by zero" in done.stderr
        assert "Traceback (most recent call last):" in done.stderr
