"""Making a release again from what its manifest says, to see whether the bytes are the same."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assets.inputs import MADE_OF, inputs_of, restore
from assets.judging import datasets
from assets.released import withdrawals_of
from assets.releases import DATABASE
from exports.release.compose import compose
from exports.release.history import VERSIONS
from exports.release.manifest import MANIFEST
from exports.release.plan import Plan
from exports.release.pointer import drafted
from exports.release.told import Told, read_manifest
from exports.release.versions import Version, version_named, versions_in
from pipelines.building import BuildResult, build
from pipelines.house import facts_folder, house_of
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.folder import DataFolder

_LASTING = ("base_url", "homepage", "contact", "publisher_pl", "publisher_en")


@dataclass(frozen=True)
class Rebuilt:
    """What making a release again came to."""

    version: str
    files: int
    different: tuple[str, ...]
    """Paths that are missing, new or have other bytes; the manifest alone where facts differ."""
    changed: tuple[str, ...]
    """Which of its inputs are others now: `program`, `facts`, `documents`, `terc`."""
    revision: str
    """The revision of the code that the release was made with; "" where it is not known."""

    @property
    def same(self) -> bool:
        """Whether every byte is that of the release."""
        return not self.different

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "version": self.version,
            "same": self.same,
            "files": self.files,
            "different": list(self.different),
            "changed_inputs": list(self.changed),
            "revision": self.revision or None,
        }


def rebuild(settings: Settings, version: str, output: Path | None = None) -> Rebuilt:
    """Build and lay out a release again, apart from all others, and compare the manifests.

    Snapshots are those of its lock, whatever came since; date and settings are those it tells of;
    program and facts are today's. `output` gets the tree. Files whose bytes vary by nature
    (`pim.duckdb`) are compared by what they say, signatures not at all. Raises PimError
    `PIM-REL-004` (no such release), `PIM-REL-017` (a snapshot is lost), `PIM-REL-018` (it cannot
    be built), `PIM-REL-019` (`output` is there already), and what a release raises.
    """
    folder = DataFolder(settings.data).verify()
    if output is not None and output.exists():
        raise _taken(output)
    with folder.writing():
        kept = _kept_manifest(folder, version)
        told = read_manifest(kept.parent)
        with drafted(folder.root / "rebuild") as scratch:
            apart = _as_it_was(settings, told, scratch / "data")
            restore(
                _object(told.facts.get("snapshots")), folder.snapshots, scratch / "data/snapshots"
            )
            _refuse_failed(build(apart))
            tree = scratch / told.version
            compose(_plan(apart, told, folder.releases), tree)
            again = read_manifest(tree)
            different = _different(told, again)
            if not different and kept.read_bytes() != (tree / MANIFEST).read_bytes():
                different = (MANIFEST,)
            if output is not None:
                # Links would lead into other releases, which nobody may write into.
                shutil.copytree(tree, output)
    now = inputs_of(facts_folder(settings), settings.documents, settings.terc)
    before = _object(told.facts.get("inputs"))
    changed = tuple(name for name, digest in now.items() if before.get(name) != digest)
    return Rebuilt(told.version, len(again.files), different, changed, told.text("revision"))


def _kept_manifest(folder: DataFolder, version: str) -> Path:
    """The manifest of a version: its own, else the one that the newest release keeps of it."""
    wanted = Version.read(version)
    for known in (wanted, *reversed(versions_in(folder.releases))):
        kept = folder.releases / str(known) / VERSIONS / version / MANIFEST
        if wanted is not None and kept.is_file():
            return kept
    return folder.releases / str(version_named(version, folder.releases)) / MANIFEST


def _as_it_was(settings: Settings, told: Told, data: Path) -> Settings:
    """The settings with what a release says of itself, for a data folder of its own."""
    origins = {name: (told.text(name), MANIFEST) for name in _LASTING}
    return replace(
        settings,
        data=data,
        date=date.fromisoformat(told.date),
        base_url=told.text("base_url"),
        homepage=told.text("homepage"),
        contact=told.text("contact"),
        publisher=Text(told.text("publisher_pl"), told.text("publisher_en")),
        origins={**settings.origins, **origins},
    )


def _plan(settings: Settings, told: Told, releases: Path) -> Plan:
    folder = DataFolder(settings.data)
    previous = told.text("previous")
    return Plan(
        staging=folder.staging,
        rows=folder.publishable,
        releases=releases,
        publication=replace(house_of(settings).publication, version=told.version),
        datasets=datasets(),
        database=DATABASE,
        current=releases / str(version_named(previous, releases)) if previous else None,
        withdrawals=withdrawals_of(folder),
        facts={name: told.facts.get(name) for name in ("revision", *MADE_OF)},
    )


def _different(told: Told, again: Told) -> tuple[str, ...]:
    hashes = [{path: one.hash_of(path) for path in one.files} for one in (told, again)]
    paths = sorted(hashes[0].keys() | hashes[1].keys())
    return tuple(path for path in paths if hashes[0].get(path) != hashes[1].get(path))


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _refuse_failed(result: BuildResult) -> None:
    if result.exit_code is Exit.OK:
        return
    raise PimError(
        "PIM-REL-018",
        Text("Tego wydania nie da się zbudować ponownie.", "This release cannot be built again."),
        where=", ".join(result.failed_steps),
        why=result.errors[0].what if result.errors else None,
        fix=Text(
            "Weź program i fakty z wersji kodu, którą podaje pim release show, i powtórz.",
            "Take program and facts of the revision that pim release show tells, and repeat.",
        ),
        exit_code=Exit.DATA,
    )


def _taken(output: Path) -> PimError:
    return PimError(
        "PIM-REL-019",
        Text("Taki plik albo folder już jest.", "There is such a file or folder already."),
        where=str(output),
        fix=Text("Podaj inny po --output.", "Give another after --output."),
        exit_code=Exit.USAGE,
    )
