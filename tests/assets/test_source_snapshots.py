"""Sources as assets: what is due is fetched from a server on loopback, and judged."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets.house import House
from assets.snapshots import JUDGED, SOURCES, key_of, source_snapshots
from pipelines.house import house_of
from pipelines.settings import load_settings
from sources.snapshots.store import Store
from tests.servers import Server, answer, serving
from tests.sources.snapshotmaking import lau_bytes


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/lau.csv": answer(lau_bytes(), "text/csv")}) as found:
        yield found


def house_at(folder: Path, address: str) -> House:
    manifest = folder / "sources.toml"
    manifest.write_text(
        f'[lau]\naddress = "{address}"\nloopback = true\npause = 0\n', encoding="utf-8"
    )
    return house_of(load_settings({"data": str(folder / "data"), "sources": str(manifest)}))


def run(house: House) -> dg.ExecuteInProcessResult:
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize(
            [source_snapshots],
            instance=instance,
            resources={"house": house},
            selection=["snapshot_lau"],
            raise_on_error=False,
        )


def told(result: dg.ExecuteInProcessResult) -> tuple[object, bool]:
    (materialised,) = result.asset_materializations_for_node("source_snapshots")
    (judged,) = result.get_asset_check_evaluations()
    assert judged.check_name == JUDGED
    return materialised.metadata["wynik"].value, judged.passed


def test_a_source_is_fetched_when_it_is_due_and_left_alone_afterwards(
    server: Server, tmp_path: Path
) -> None:
    house = house_at(tmp_path, server.address("/lau.csv"))
    assert told(run(house)) == ("accepted", True)
    used = Store(house.folder.snapshots).in_use("lau")
    assert used is not None
    assert used.rows == 2477
    assert told(run(house)) == ("not_due", True)


def test_a_source_that_fails_is_a_warning_with_what_to_do(tmp_path: Path) -> None:
    house = house_at(tmp_path, "http://127.0.0.1:9/lau.csv")
    result = run(house)
    assert result.success, "one that fails is no failure of the others"
    assert told(result) == ("failed", False)
    (judged,) = result.get_asset_check_evaluations()
    assert judged.severity is dg.AssetCheckSeverity.WARN
    assert " / " in str(judged.description)
    assert Store(house.folder.snapshots).in_use("lau") is None


def test_every_source_that_can_be_fetched_is_an_asset() -> None:
    names = {source.name for source in SOURCES}
    assert {"terc", "simc", "ulic", "wmrodz", "population", "jst", "boundaries"} <= names
    assert {key.to_user_string() for key in source_snapshots.keys} == {
        key_of(source) for source in SOURCES
    }
