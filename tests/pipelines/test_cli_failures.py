"""What `pim` says of bad data and bad settings, and the exit code that it ends with."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.tables.city_versions import UnitVersions
from sources.facts import CURATED
from tests.commandline import PIM, PROGRAM, environment, pim, pim_error, pim_here, pim_json

FactsWith = Callable[[str, Callable[[str], str]], Path]


def twice(text: str) -> str:
    """A file whose first row stands in it twice."""
    return text + text.splitlines(keepends=True)[1]


def test_check_sets_rows_aside_and_says_where(facts_with: FactsWith, tmp_path: Path) -> None:
    folder = facts_with("goals", twice)
    done = pim_here("check", "--facts", str(folder), cwd=tmp_path)
    assert done.returncode == 3
    assert "goals\t13\t11\t2" in done.stdout
    assert "odrzucono: goals.goal_id (key, 2): " in done.stdout
    assert "goals.csv, wiersz 2; goals.csv, wiersz 14" in done.stdout
    alone = pim_here("check", str(folder / "goals.csv"), cwd=tmp_path)
    assert alone.returncode == 3
    assert "goals\t13\t11\t2" in alone.stdout


def test_check_of_a_file_under_another_name(facts_with: FactsWith, tmp_path: Path) -> None:
    good = facts_with("goals", lambda text: text) / "goals.csv"
    other = good.rename(tmp_path / "nowe.csv")
    assert pim_here("check", str(other), "--table", "cele", cwd=tmp_path).returncode == 0
    code, error = pim_error("check", str(other), cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-CLI-002")
    assert "Podaj tabelę po --table" in str(error["fix"])


def test_a_build_with_bad_rows_keeps_the_last_release(
    built: Path, facts_with: FactsWith, tmp_path: Path
) -> None:
    shutil.copytree(built / "data", tmp_path / "data", symlinks=True)
    before = (tmp_path / "data" / "public").readlink()
    folder = facts_with("goals", twice)
    done = pim_here("build", "--facts", str(folder), cwd=tmp_path)
    assert done.returncode == 3
    assert "Nie opublikowano; ostatnie dobre wydanie zostaje." in done.stdout
    assert f"pim check --facts {folder}" in done.stdout
    assert "Błąd PIM-PUB-001" in done.stderr
    assert "odrzucono: goals.goal_id (key, 2): " in done.stderr
    assert (tmp_path / "data" / "public").readlink() == before
    assert "pim query" not in done.stdout

    shown = pim_here("rejected", "--table", "goals", cwd=tmp_path).stdout.splitlines()
    assert shown[0] == "tabela\tmiejsce\tkolumna\twartość\treguła\tpowód"
    assert [line.split("\t")[1] for line in shown[1:]] == [
        "facts/goals.csv, wiersz 2",
        "facts/goals.csv, wiersz 14",
    ]
    for filters, count in ((["--rule", "key"], 2), (["--rule", "pattern"], 0),
                           (["--source", "goals"], 2), (["--source", "mids"], 0),
                           (["--table", "mids"], 0)):  # fmt: skip
        found = pim_json("rejected", *filters, cwd=tmp_path)["rejected"]
        assert isinstance(found, list)
        assert len(found) == count, filters

    goal = (folder / "goals.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    explained = pim_here("explain", "goals", goal, cwd=tmp_path).stdout
    assert "Odrzucono: facts/goals.csv, wiersz 14: goal_id = " in explained
    assert explained.endswith("Do publikacji: nie (wiersz odrzucono)\n")
    status = pim_json("status", cwd=tmp_path)
    assert isinstance(status["runs"], list)
    assert status["runs"][0]["outcome"] == "failed"


def test_warnings_are_an_error_only_when_asked(tmp_path: Path) -> None:
    """A gmina without an identifier is only warned of: the row is good, and names what to do."""
    states = (CURATED / "register_states.csv").read_text(encoding="utf-8").splitlines()
    state = states[1].split(",")[0]
    row = f"9999011@2030-01-01,,2030-01-01,,9999011,Nowa,urban,False,9999,nowy,Nowe,{state},{state}"
    names = ",".join(column.name for column in UnitVersions.columns)
    path = tmp_path / "unit_versions.csv"
    path.write_text(f"{names}\n{row}\n", encoding="utf-8")
    done = pim_here("check", str(path), cwd=tmp_path)
    assert done.returncode == 0
    assert "uwaga: unit_versions (every_gmina_has_an_id, 1): " in done.stdout
    assert pim("check", str(path), "--strict", cwd=tmp_path).returncode == 4


EXITS = [
    (0, ["version"]),
    (2, ["nothing"]),
    (2, ["status"]),
    (2, ["query", "FROM editions"]),
    (2, ["explain", "networks", "net-0001"]),
    (2, ["rejected"]),
    (2, ["build", "--date", "tomorrow"]),
    (5, ["build", "--terc", "nothing.zip"]),
    (5, ["build", "--facts", "nothing"]),
    (5, ["check", "--facts", "nothing"]),
    (5, ["check", "nothing.csv", "--table", "mids"]),
]


@pytest.mark.parametrize(("code", "words"), EXITS, ids=str)
def test_exit_codes_where_nothing_was_built(code: int, words: list[str], tmp_path: Path) -> None:
    done = pim(*words, cwd=tmp_path)
    assert done.returncode == code
    assert ("Jak naprawić: " in done.stderr) == bool(code)
    assert "Traceback" not in done.stderr


def test_tables_behind_one_that_was_stopped_are_named(
    facts_with: FactsWith, tmp_path: Path
) -> None:
    folder = facts_with("editions", lambda text: text.replace("edition_id", "id", 1))
    all_files = pim_here("check", "--facts", str(folder), cwd=tmp_path)
    one_file = pim_here("check", str(folder / "networks.csv"), "--facts", str(folder), cwd=tmp_path)
    for done in (all_files, one_file):
        assert done.returncode == 3
        assert "wstrzymano: editions (missing_column, 1): " in done.stdout
        assert "Nie sprawdzono, bo odwołują się do zatrzymanych tabel: networks" in done.stdout


def test_check_of_what_is_no_file_names_it(tmp_path: Path) -> None:
    """The folder `.` has no name of its own; a place in a file is told in Polish."""
    told = pim_here("check", ".", "--table", "mids", cwd=tmp_path).stderr
    assert "Gdzie: .\n" in told
    assert "To nie jest plik." in told
    (tmp_path / "mids.csv").write_text("a\nb", encoding="utf-8")
    assert "mids.csv, wiersz 2\n" in pim_here("check", "mids.csv", cwd=tmp_path).stderr


def test_a_refused_file_is_told_by_check_and_by_doctor(
    facts_with: FactsWith, tmp_path: Path
) -> None:
    folder = facts_with("goals", lambda text: text[: len(text) // 2])
    (folder / "stray.csv").write_text("a\n", encoding="utf-8")
    done = pim_here("check", "--facts", str(folder), cwd=tmp_path)
    assert done.returncode == 3
    (told,) = (line for line in done.stdout.splitlines() if line.startswith("PIM-SRC-005: "))
    line = (folder / "goals.csv").read_text("utf-8").count("\n") + 1
    assert f": goals.csv, wiersz {line}: Plik jest ucięty. Ostatni wiersz nie kończy się" in told
    (tmp_path / "pim.toml").write_text(
        f"facts = '{folder}'\nterc = 'no.zip'\ndata = 'pim.toml'\n", encoding="utf-8"
    )
    ill = pim_here("doctor", cwd=tmp_path)
    assert ill.returncode == 2
    assert f"źle     fakty: {folder}" in ill.stdout
    assert "Pliki bez tabeli: stray." in ill.stdout
    assert "źle     plik TERC: no.zip. Popraw ustawienie `terc`." in ill.stdout
    assert "źle     folder danych: pim.toml" in ill.stdout


def test_dagster_pages_that_are_not_installed(tmp_path: Path) -> None:
    code = "import sys; sys.modules['dagster_webserver'] = None; " + PIM[-1]
    done = subprocess.run(
        [*PROGRAM, code, "dev"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Błąd PIM-RUN-002" in done.stderr
    assert "Jak naprawić: Uruchom `make dev`." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_with_130_and_the_next_build_works(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [*PIM, "build"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    reports = tmp_path / "data" / "work" / "reports"
    while not (reports.is_dir() and any(reports.iterdir())):
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 130
    assert out == ""
    assert "Przerwano." in err
    assert not (tmp_path / "data" / "public").exists()
    status = pim_here("status", cwd=tmp_path)
    assert "przerwano (" in status.stdout.splitlines()[1]
    assert pim("build", "--quiet", cwd=tmp_path).returncode == 0


def test_settings_say_where_they_came_from(tmp_path: Path) -> None:
    (tmp_path / "pim.toml").write_text('data = "a"\ncontact = "x@example.org"\nlang = "en"\n')
    done = pim("config", "show", cwd=tmp_path, env={"PIM_DATA": "b", "PIM_HOMEPAGE": "https://h/"})
    lines = done.stdout.splitlines()
    assert lines[0] == "setting\tvalue\tfrom"
    assert "data\tb\tPIM_DATA" in lines
    assert "homepage\thttps://h/\tPIM_HOMEPAGE" in lines
    assert "contact\tx@example.org\tpim.toml" in lines
    assert "terc\t\tdefault" in lines
    flag = pim_json("config", "show", "--data", "c", cwd=tmp_path)
    assert flag["data"] == {"value": "c", "origin": "--data"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("data = ", "PIM-CFG-001"),
        ("colour = 'red'", "PIM-CFG-002"),
        ("date = 'soon'", "PIM-CFG-003"),
        ("lang = 'de'", "PIM-CFG-003"),
    ],
)
def test_a_bad_settings_file_stops_everything_but_help(
    text: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "pim.toml").write_text(text, encoding="utf-8")
    returned, error = pim_error("config", "show", cwd=tmp_path)
    assert (returned, error["code"]) == (2, code)
    assert pim("build", "--help", cwd=tmp_path).returncode == 0


def test_a_settings_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "pim.toml").write_bytes("publisher_pl = 'Łódź'".encode("cp1250"))
    assert pim_error("status", cwd=tmp_path)[1]["code"] == "PIM-CFG-001"
