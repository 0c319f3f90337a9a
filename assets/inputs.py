"""What a build is made of, told so that it can be made again: program, facts, snapshots.

The manifest of a release has it (`inputs`, and `snapshots`: the lock), the fingerprint of a build
is taken from it, and `pim release rebuild` brings it back.
"""

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assets.house import House
from exports.release.manifest import content_id
from schemas.errors import PimError
from schemas.files import second_name, sha256, write_json
from schemas.text import Text
from sources.facts import unreadable
from sources.snapshots.store import FORMAT, Store

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("assets", "exports", "pipelines", "reconcile", "schemas", "sources", "warehouse")
HISTORIES = ("terc", "simc", "ulic", "terc_changes", "simc_changes", "ulic_changes")
"""Sources whose earlier states are history, or what the present one is held against."""

MADE_OF = ("inputs", "snapshots")
"""What manifests say of it."""

Json = Mapping[str, object]


@cache
def program_hash() -> str:
    """One hash for all code and embedded facts of this program, taken once a process."""
    return content_id({package: _hash_below(_ROOT / package) for package in _PACKAGES})


def inputs_of(facts: Path, documents: Path | None, terc: Path | None) -> dict[str, str | None]:
    """A hash for each thing that a build reads beside snapshots; None for what it was not given.

    Raises PimError `PIM-SRC-008` for a file of facts or documents that cannot be read.
    """
    return {
        "program": program_hash(),
        "facts": _hash_below(facts),
        "documents": None if documents is None else _hash_below(documents),
        "terc": sha256(terc) if terc is not None and terc.is_file() else None,
    }


def lock_of(snapshots: Path) -> dict[str, object]:
    """Everything that a build reads below the folder of snapshots, by its sha256.

    That is what is in use, every kept state of `HISTORIES`, and the observations of the Local Data
    Bank. Raises PimError `PIM-SNP-003` where something is damaged.
    """
    store = Store(snapshots)
    kept = {source: store.kept(source) for source in HISTORIES}
    return {
        "format": FORMAT,
        "snapshots": {name: dict(entry) for name, entry in store.entries().items()},
        "kept": {
            source: {one.folder: one.sha256 for one in found}
            for source, found in kept.items()
            if found
        },
        "observations": _observations(snapshots),
    }


def made_of(house: House) -> dict[str, object]:
    """What the manifest of a build says of that: `inputs` and `snapshots`."""
    snapshots = house.folder.snapshots
    given = house.terc is not None and not house.terc.is_relative_to(snapshots)
    return {
        "inputs": inputs_of(house.facts, house.documents, house.terc if given else None),
        "snapshots": lock_of(snapshots),
    }


def restore(lock: Json, source: Path, target: Path) -> None:
    """Make `target` the folder of snapshots that a lock tells of, with links into `source`.

    Raises PimError `PIM-REL-017` where something is not there any more, or has other bytes.
    """
    store, found = Store(source), Store(target)
    entries = _objects(lock.get("snapshots"))
    wanted = {(name, str(one.get("snapshot"))): one.get("sha256") for name, one in entries.items()}
    for name, folders in _objects(lock.get("kept")).items():
        wanted |= {(name, folder): digest for folder, digest in folders.items()}
    for (name, folder), digest in sorted(wanted.items()):
        place = Path(name, folder)
        if place.is_absolute() or len(place.parts) != 2 or ".." in place.parts:
            raise _lost(f"{name}/{folder}")
        if not (store.root / place).is_dir():
            raise _lost(f"{name}/{folder}")
        shutil.copytree(store.root / place, target / place, copy_function=second_name)
        if digest not in {sha256(path) for path in (target / place).iterdir()}:
            raise _lost(f"{name}/{folder}")
    if entries:
        write_json(found.lock_file, {"format": lock.get("format"), "snapshots": entries})
    observed = lock.get("observations")
    if isinstance(observed, dict) and observed:
        from sources.bdl.store import BdlStore, folder_below

        lost = BdlStore(folder_below(source)).restore(observed, folder_below(target))
        if lost:
            raise _lost(", ".join(lost))


def _observations(snapshots: Path) -> dict[str, str]:
    if not any(snapshots.glob("bdl-*")):
        return {}
    # With its HTTP client it takes half a second, and most folders hold no observations.
    from sources.bdl.store import BdlStore, folder_below

    return {path.name: sha256(path) for path in BdlStore(folder_below(snapshots)).read_by_builds()}


def _hash_below(folder: Path) -> str:
    """One hash for the files of a folder, links too; of Python's own copies of code, none.

    Raises PimError `PIM-SRC-008` for a file that cannot be read.
    """
    digests = {}
    for path in folder.rglob("*"):
        if path.suffix == ".pyc" or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            digests[name] = sha256(path)
        except OSError as error:
            raise unreadable(f"{folder.name}/{name}", error) from error
    return content_id(digests)


def _objects(value: object) -> dict[str, dict[str, object]]:
    found = value if isinstance(value, dict) else {}
    return {str(name): one for name, one in found.items() if isinstance(one, dict)}


def _lost(what: str) -> PimError:
    return PimError(
        "PIM-REL-017",
        Text(
            "Nie ma już migawki, z której powstało wydanie.",
            "A snapshot that the release was made of is not there any more.",
        ),
        where=what,
        fix=Text(
            "Przywróć folder snapshots z kopii i powtórz polecenie.",
            "Restore the folder snapshots from a copy and repeat the command.",
        ),
    )
