"""What the data team sees of a build in Dagster: a real server on loopback, asked by GraphQL."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TypedDict

import pytest

from schemas.registry import all_datasets, all_tables
from tests.commandline import PIM, environment

QUESTION = """{
  assetNodes {
    assetKey { path }
    groupName kinds description
    owners { ... on TeamAssetOwner { team } }
    assetChecksOrError { ... on AssetChecks { checks {
      name blocking description
      executionForLatestMaterialization { evaluation { success } }
    } } }
    assetMaterializations(limit: 1) { metadataEntries {
      label
      ... on IntMetadataEntry { intValue }
      ... on MarkdownMetadataEntry { mdStr }
    } }
    metadataEntries {
      label
      ... on TableSchemaMetadataEntry { schema { columns { name description } } }
    }
  }
  schedulesOrError(repositorySelector: {
    repositoryName: "__repository__", repositoryLocationName: "pipelines.definitions"
  }) { ... on Schedules { results { name cronSchedule executionTimezone } } }
}"""


class Evaluation(TypedDict):
    success: bool


class Execution(TypedDict):
    evaluation: Evaluation


class Check(TypedDict):
    name: str
    blocking: bool
    description: str
    executionForLatestMaterialization: Execution


class Checks(TypedDict):
    checks: list[Check]


class Column(TypedDict):
    name: str
    description: str


class Schema(TypedDict):
    columns: list[Column]


class Entry(TypedDict, total=False):
    label: str
    intValue: int
    mdStr: str
    schema: Schema


class Materialization(TypedDict):
    metadataEntries: list[Entry]


class AssetKey(TypedDict):
    path: list[str]


class Owner(TypedDict):
    team: str


class Node(TypedDict):
    assetKey: AssetKey
    groupName: str
    kinds: list[str]
    description: str
    owners: list[Owner]
    assetChecksOrError: Checks
    assetMaterializations: list[Materialization]
    metadataEntries: list[Entry]


class Schedule(TypedDict):
    name: str
    cronSchedule: str
    executionTimezone: str


class Schedules(TypedDict):
    results: list[Schedule]


class Shown(TypedDict):
    assetNodes: list[Node]
    schedulesOrError: Schedules


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int) -> Shown | None:
    """The answer of the server, or None where it is not ready."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"query": QUESTION})
        connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        found = json.loads(connection.getresponse().read())
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    data: Shown | None = found.get("data")
    return data if data and data["assetNodes"] else None


@pytest.fixture(scope="module")
def shown(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """What `pim dev` shows of a copy of the shared build."""
    pytest.importorskip("dagster_webserver")
    home = tmp_path_factory.mktemp("dagster")
    shutil.copytree(built / "data", home / "data", symlinks=True)
    port = free_port()
    with (home / "log.txt").open("wb") as log:
        server = subprocess.Popen(
            [*PIM, "dev", "--", "--host", "127.0.0.1", "--port", str(port)],
            cwd=home,
            env=environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + 300
            while (answer := asked(port)) is None:
                told = (home / "log.txt").read_text(encoding="utf-8")
                assert server.poll() is None, told
                assert time.monotonic() < deadline, told
                time.sleep(0.5)
            yield answer
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def nodes(shown: Shown) -> dict[str, Node]:
    """The assets by name."""
    return {node["assetKey"]["path"][0]: node for node in shown["assetNodes"]}


def entries(node: Node) -> dict[str, Entry]:
    """What the latest materialisation says, by label."""
    return {entry["label"]: entry for entry in node["assetMaterializations"][0]["metadataEntries"]}


def test_every_table_is_an_asset_that_describes_itself(shown: Shown) -> None:
    found = nodes(shown)
    for table in all_tables():
        node = found[table.name]
        assert node["description"].startswith(f"{table.title.pl}: ")
        assert f"EN: {table.title.en}." in node["description"]
        assert node["owners"] == [{"team": "dane-pim"}]
        assert "polars" in node["kinds"]


def test_groups_are_the_data_sets_and_what_surrounds_them(shown: Shown) -> None:
    groups = {node["groupName"] for node in shown["assetNodes"]}
    ours = {dataset.slug.replace("-", "_") for dataset in all_datasets()}
    assert groups >= ours | {"wewnetrzne", "publikacja", "magazyn"}


def test_the_latest_counts_columns_and_preview_are_shown(shown: Shown) -> None:
    node = nodes(shown)["editions"]
    found = entries(node)
    assert found["dagster/row_count"]["intValue"] == 3
    assert found["odrzucone_wiersze"]["intValue"] == 0
    assert "| ed-0001 |" in found["podglad"]["mdStr"]
    declared = {entry["label"]: entry for entry in node["metadataEntries"]}
    schema = declared["dagster/column_schema"]["schema"]
    columns = {c["name"]: c["description"] for c in schema["columns"]}
    assert columns["edition_id"].startswith("Identyfikator edycji.")
    assert " / Edition identifier." in columns["edition_id"]


def test_every_table_and_package_has_passed_a_blocking_check(shown: Shown) -> None:
    for name, node in nodes(shown).items():
        checks = node["assetChecksOrError"]["checks"]
        if name not in {table.name for table in all_tables()} and not name.startswith("package_"):
            continue
        assert any(check["blocking"] for check in checks), name
        for check in checks:
            assert " / " in check["description"], "in both languages"
            assert check["executionForLatestMaterialization"]["evaluation"]["success"], name


def test_the_daily_build_is_scheduled_in_warsaw(shown: Shown) -> None:
    schedules = {s["name"]: s for s in shown["schedulesOrError"]["results"]}
    assert schedules["codziennie"]["cronSchedule"] == "0 4 * * *"
    assert {s["executionTimezone"] for s in schedules.values()} == {"Europe/Warsaw"}


def test_definitions_load_in_a_fresh_process_without_a_data_folder(tmp_path: Path) -> None:
    """As the code server loads them; nothing is written by loading."""
    code = (
        "from pipelines.definitions import defs; d = defs();"
        "d.resolve_job_def('zasilenie'); print(len(d.resolve_all_asset_specs()))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > len(all_tables())
    assert list(tmp_path.iterdir()) == []
