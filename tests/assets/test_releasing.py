"""Releases in Dagster: a job of their own, a sensor that asks once, and what both say."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets.house import House
from assets.released import Rules
from pipelines.definitions import definitions
from pipelines.house import house_of
from pipelines.publishing import RELEASE_JOB, accepted_changes
from pipelines.settings import load_settings
from schemas.files import sha256
from tests.builds import Built, copied


@pytest.fixture(scope="module")
def house(first_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A copy of what was built, to release from."""
    data = copied(first_build, tmp_path_factory.mktemp("releasing") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(data.parent)
        yield house_of(load_settings({"data": str(data)}))


def asked(house: House) -> list[dg.RunRequest | dg.SkipReason]:
    """What the sensor answers."""
    with dg.build_sensor_context(resources={"house": house}) as context:
        found = accepted_changes(context)
        assert isinstance(found, Iterator)
        return [one for one in found if isinstance(one, dg.RunRequest | dg.SkipReason)]


def test_1_nothing_is_asked_for_until_a_version_exists(house: House) -> None:
    (answer,) = asked(house)
    assert isinstance(answer, dg.SkipReason)


def test_2_the_job_makes_a_release_that_its_check_accepts(house: House) -> None:
    job = definitions(house, Rules(revision="abc")).resolve_job_def(RELEASE_JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance)
    assert result.success
    (made,) = result.asset_materializations_for_node("data_release")
    told = {name: value.value for name, value in made.metadata.items()}
    assert (told["wydanie"], told["wynik"]) == (house.folder.public.readlink().name, "released")
    assert "Pierwsze wydanie" in str(told["zmiany"])
    (check,) = result.get_asset_check_evaluations()
    assert check.passed


def test_3_the_sensor_sees_what_the_release_does_not_have(house: House) -> None:
    (answer,) = asked(house)
    assert isinstance(answer, dg.SkipReason), "nothing has changed"
    staging = house.folder.staging
    path = staging / "mid" / "slownik.md"
    text = (staging / "manifest.json").read_text()
    before = sha256(path)
    path.write_text(path.read_text() + "\n")
    (staging / "manifest.json").write_text(text.replace(before, sha256(path)))
    first, again = asked(house), asked(house)
    assert isinstance(first[0], dg.RunRequest)
    assert first[0].run_key == again[0].run_key, "Dagster asks once for the same"  # type: ignore[union-attr]


def test_4_a_gate_that_stops_a_release_fails_the_run_with_the_reason(house: House) -> None:
    (house.folder.staging / "mid" / "slownik.md").write_text("x")
    job = definitions(house).resolve_job_def(RELEASE_JOB)
    before = house.folder.public.readlink()
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
    assert not result.success
    assert house.errors["data_release"].code == "PIM-REL-002"
    assert house.folder.public.readlink() == before


def test_5_what_readers_get_is_not_what_staging_becomes(house: House) -> None:
    public = Path(house.folder.public.resolve())
    assert (public / "mid" / "slownik.md").read_text() != "x", "writing in staging is no harm"
