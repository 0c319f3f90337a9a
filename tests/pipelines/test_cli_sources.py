"""`pim sources` as scripts and people use it: real files, verdicts, exit codes, no network."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.builds import files_of
from tests.commandline import PIM, environment, pim
from tests.servers import Exchange, Server, answer, endless, failing, in_turn, serving
from tests.shared import SHARED, needs_shared
from tests.sources.fake_eteryt import PATH, FakeEteryt
from tests.sources.snapshotmaking import lau_bytes
from tests.sources.terytbytes import csv_bytes, whole_terc, zipped

TERYT = SHARED / "data" / "registries" / "teryt"
ROWS = whole_terc()
ZIP = zipped({"TERC_Urzedowy_2025-02-03.csv": csv_bytes(ROWS)})
NAMES = [
    "bdl", "boundaries", "danegov", "dcat_ap_2", "dcat_ap_3", "jst", "lau", "population", "simc",
    "simc_changes", "terc", "terc_changes", "terytws1", "ulic", "ulic_changes", "wmrodz",
]  # fmt: skip
FIELDS = {
    "source", "title", "state_date", "retrieved", "age_days", "next_due", "verdict", "licence",
    "attribution", "stale",
}  # fmt: skip
NO_PROXY = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def run(*words: str, cwd: Path, code: int = 0) -> dict[str, object]:
    """Run `pim sources ... --json` and read its one object."""
    done = pim("sources", *words, "--json", cwd=cwd, env=NO_PROXY)
    assert done.returncode == code, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def listed(cwd: Path, name: str) -> dict[str, object]:
    """What `pim sources --json` says of one source."""
    sources = run(cwd=cwd)["sources"]
    assert isinstance(sources, list)
    assert [one["source"] for one in sources] == NAMES
    return next(one for one in sources if one["source"] == name)


def manifest(cwd: Path, server: Server, source: str, path: str) -> None:
    """Send a source to a server of this machine."""
    text = f'[{source}]\naddress = "{server.address(path)}"\nloopback = true\npause = 0\n'
    (cwd / "sources.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder in which TERC was given by hand."""
    (tmp_path / "TERC_Urzedowy_2025-02-03.zip").write_bytes(ZIP)
    run("add", "TERC_Urzedowy_2025-02-03.zip", "--source", "terc", cwd=tmp_path)
    return tmp_path


def test_every_source_is_listed_before_anything_was_had(tmp_path: Path) -> None:
    found = listed(tmp_path, "terc")
    assert set(found) >= FIELDS
    assert (found["verdict"], found["state_date"], found["stale"]) == ("none", None, False)
    assert list(tmp_path.iterdir()) == [], "looking writes nothing"


def test_a_file_can_be_tried_before_it_is_taken(given: Path, tmp_path: Path) -> None:
    """Good, refused and unknown files alike: the same answer, and nothing is written."""
    (tmp_path / "bad.zip").write_bytes(ZIP[:100])
    for file, code in (("TERC_Urzedowy_2025-02-03.zip", 0), ("bad.zip", 3)):
        before = files_of(given)
        words = ("add", file, "--source", "terc")
        tried = run(*words, "--dry-run", cwd=given, code=code)
        assert files_of(given) == before
        done = run(*words, cwd=given, code=code)
        assert tried["verdict"] == done["verdict"]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    elsewhere = ("add", "../TERC_Urzedowy_2025-02-03.zip", "--source", "terc", "--dry-run")
    assert run(*elsewhere, cwd=fresh)["verdict"] == "accepted"
    assert list(fresh.iterdir()) == []


def test_a_file_by_hand_is_accepted_then_unchanged(given: Path) -> None:
    found = listed(given, "terc")
    assert (found["state_date"], found["verdict"], found["rows"]) == (
        "2025-01-01",
        "accepted",
        len(ROWS),
    )
    assert found["next_due"]
    lock = (given / "data" / "snapshots" / "lock.json").read_bytes()
    again = run("add", "TERC_Urzedowy_2025-02-03.zip", "--source", "terc", cwd=given)
    assert (again["verdict"], again["locked"]) == ("unchanged", True)
    assert (given / "data" / "snapshots" / "lock.json").read_bytes() == lock


@needs_shared
@pytest.mark.parametrize(
    ("name", "code", "verdict", "rows", "error"),
    [
        ("TERC_2016-01-01_oldxml.xml", 0, "accepted", 4143, None),
        ("SIMC_Urzedowy_2020-09-26.zip", 0, "accepted", 102_913, None),
        ("WMRODZ_2020-07-29.zip", 0, "accepted", 12, None),
        ("ULIC_Adresowy_2020-07-29.sample.zip", 0, "part", 10, None),
        ("TERC_Adresowy_2022-03-16.csv", 3, "refused", None, "PIM-TRY-020"),
        ("TERC_02_16-03-2022.csv", 0, "part", 318, None),
        ("TERC_Urzedowy_2021-01-19.tab.csv", 3, "refused", None, "PIM-TRY-015"),
        ("terc_urzedowy_2025-12.xlsx", 0, "accepted", 4348, None),
        ("TERC_Urzedowy_2020-09-26.zip", 0, "accepted", 4194, None),
        ("TERC_Urzedowy_2023-01-01.zip", 0, "accepted", 4264, None),
        ("eteryt_pliki_pelne_page_2020-09-26.html", 3, "refused", None, "PIM-TRY-001"),
    ],
)
def test_the_verdicts_on_the_real_files(
    name: str, code: int, verdict: str, rows: int | None, error: str | None, tmp_path: Path
) -> None:
    stem = name.partition("_")[0].lower()
    source = stem if stem in NAMES else "terc"
    found = run("add", str(TERYT / name), "--source", source, cwd=tmp_path, code=code)
    assert (found["verdict"], found["rows"]) == (verdict, rows)
    assert found["locked"] is (verdict == "accepted")
    told = found["error"]
    if error is None:
        assert told is None
    else:
        assert isinstance(told, dict)
        assert told["code"] == error
        assert "eteryt.stat.gov.pl" in told["fix"]["pl"] or error == "PIM-TRY-001"
        assert error != "PIM-TRY-015" or "zera na początku" in told["what"]["pl"]
    assert (tmp_path / "data" / "snapshots" / "lock.json").exists() is (verdict == "accepted")


def test_a_refusal_leaves_the_last_good_state_and_shows_it_as_stale(given: Path) -> None:
    (given / "page.zip").write_text("<!DOCTYPE html><html>eTERYT</html>", encoding="utf-8")
    done = pim("sources", "add", "page.zip", "--source", "terc", cwd=given)
    assert done.returncode == 3
    other = pim("sources", "add", "page.zip", "--source", "simc", cwd=given)
    assert "odrzucone; nie ma jeszcze dobrego stanu" in other.stdout
    assert "odrzucone; w użyciu zostaje ostatni dobry stan" in done.stdout
    assert "Jak naprawić" in done.stdout
    found = listed(given, "terc")
    assert (found["state_date"], found["stale"]) == ("2025-01-01", True)
    assert "nieaktualne?" in pim("sources", cwd=given).stdout


def test_wrong_words_are_wrong_use(tmp_path: Path) -> None:
    for words in (
        ["add", "x.zip", "--source", "terc"],
        ["add", "x.zip", "--source", "nic"],
        ["add", "x.zip"],
        ["refresh", "nic"],
        ["refresh", "bdl"],
        ["refresh", "terc", "--day", "wczoraj"],
    ):
        done = pim("sources", *words, "--json", cwd=tmp_path)
        assert done.returncode == 2, words
        assert json.loads(done.stderr)["error"]["fix"]["pl"]


def test_a_refresh_fills_in_the_form_of_eteryt_and_finds_it_unchanged_later(
    tmp_path: Path,
) -> None:
    fake = FakeEteryt({"TERC_Urzedowy": ZIP})
    with serving(fake.routes()) as server:
        manifest(tmp_path, server, "terc", PATH)
        first = run("refresh", "terc", "--day", "2025-02-03", cwd=tmp_path)
        fake.page += b"<!-- another day, another page -->"
        second = run("refresh", "terc", cwd=tmp_path)
    assert [one["verdict"] for one in first["sources"]] == ["accepted"]  # type: ignore[attr-defined]
    assert [one["verdict"] for one in second["sources"]] == ["unchanged"]  # type: ignore[attr-defined]
    assert fake.refused == []
    found = listed(tmp_path, "terc")
    assert (found["state_date"], found["verdict"]) == ("2025-01-01", "unchanged")
    provenance = next((tmp_path / "data" / "snapshots" / "terc").glob("*/provenance.json"))
    told = json.loads(provenance.read_text(encoding="utf-8"))
    assert (told["requested"], told["fetched"]) == ("2025-02-03", True)


def test_a_refresh_without_a_network_says_so_and_uses_the_last_good_state(given: Path) -> None:
    with serving({}) as server:
        manifest(given, server, "terc", PATH)
    lock = (given / "data" / "snapshots" / "lock.json").read_bytes()
    done = pim("sources", "refresh", "terc", cwd=given, env=NO_PROXY | {"PIM_LANG": "en"})
    assert done.returncode == 5
    assert "PIM-NET-001" in done.stdout
    assert "the last good state" in done.stdout
    assert "Not everything was fetched" in done.stderr
    assert (given / "data" / "snapshots" / "lock.json").read_bytes() == lock
    assert listed(given, "terc")["stale"] is True


def test_a_dry_run_asks_nobody_and_writes_nothing(tmp_path: Path) -> None:
    with serving({PATH: failing(500)}) as server:
        manifest(tmp_path, server, "terc", PATH)
        found = run("refresh", "--dry-run", cwd=tmp_path)
        assert server.seen == []
    plan = found["plan"]
    assert isinstance(plan, list)
    actions = {one["source"]: one["action"] for one in plan}
    assert (actions["terc"], actions["jst"], actions["bdl"]) == ("fetch", "find", "by_hand")
    addresses = {one["source"]: one["address"] for one in plan}
    assert addresses["jst"] == "https://www.gov.pl/web/mswia/baza-jst"
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]


def test_point_26_a_new_address_and_file_name_need_no_code(tmp_path: Path) -> None:
    table = lau_bytes()
    with serving({"/LAU-2027-nowa_nazwa.csv": answer(table, "text/csv", '"v1"')}) as server:
        manifest(tmp_path, server, "lau", "/LAU-2027-nowa_nazwa.csv")
        assert _verdict(run("refresh", "lau", cwd=tmp_path)) == "accepted"
        assert _verdict(run("refresh", "lau", cwd=tmp_path)) == "unchanged"
        second = server.seen[1]
    assert second.headers["If-None-Match"] == '"v1"'
    snapshots = tmp_path / "data" / "snapshots" / "lau"
    assert [path.name for path in snapshots.glob("*/*.csv")] == ["LAU-2027-nowa_nazwa.csv"]
    assert not list(snapshots.glob("*.part*")), "nothing of the download is left"


def test_a_source_that_misbehaves_is_no_reason_for_the_others_to_fail(tmp_path: Path) -> None:
    with serving({"/a": endless(), "/b": answer(lau_bytes(), "text/csv")}) as server:
        text = "".join(
            f'[{name}]\naddress = "{server.address(path)}"\nloopback = true\npause = 0\n'
            for name, path in (("jst", "/a"), ("lau", "/b"))
        )
        (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
        found = run("refresh", "jst", "lau", cwd=tmp_path, code=5)
    assert [one["verdict"] for one in found["sources"]] == ["failed", "accepted"]  # type: ignore[attr-defined]


def test_a_refresh_that_is_killed_leaves_the_last_good_state_and_is_continued(
    tmp_path: Path,
) -> None:
    table = lau_bytes(10_000)

    def half(exchange: Exchange) -> None:
        exchange.begin(200, {"Content-Length": str(len(table)), "ETag": '"v2"'})
        exchange.write(table[:200_000])
        part = tmp_path / "data" / "snapshots" / "lau" / "download.part"
        while not (part.exists() and part.stat().st_size) and not exchange.stopping.wait(0.01):
            continue
        os.kill(child.pid, signal.SIGKILL)
        exchange.close()

    before = answer(lau_bytes(), "text/csv", '"v1"')
    routes = {"/f.csv": in_turn(before, half, answer(table, "text/csv", '"v2"'))}
    with serving(routes) as server:
        manifest(tmp_path, server, "lau", "/f.csv")
        run("refresh", "lau", cwd=tmp_path)
        lock = (tmp_path / "data" / "snapshots" / "lock.json").read_bytes()
        child = subprocess.Popen(
            [*PIM, "sources", "refresh", "lau"],
            cwd=tmp_path,
            env=environment(**NO_PROXY),
            stdout=subprocess.DEVNULL,
        )
        assert child.wait(timeout=60) == -signal.SIGKILL
        assert (tmp_path / "data" / "snapshots" / "lock.json").read_bytes() == lock
        assert _verdict(run("refresh", "lau", cwd=tmp_path)) == "accepted"
        assert server.seen[2].headers.get("Range", "").startswith("bytes=")


def test_the_password_of_the_service_is_never_shown(tmp_path: Path) -> None:
    env = {"PIM_TERYT_USER": "proba", "PIM_TERYT_PASSWORD": "tajne-haslo-7"}
    for words in (["config", "show"], ["config", "show", "--json"], ["sources", "--json"]):
        done = pim(*words, cwd=tmp_path, env=env)
        assert done.returncode == 0
        assert "tajne-haslo-7" not in done.stdout + done.stderr
    assert "***" in pim("config", "show", cwd=tmp_path, env=env).stdout


def _verdict(found: dict[str, object]) -> str:
    sources = found["sources"]
    assert isinstance(sources, list)
    return str(sources[0]["verdict"])
