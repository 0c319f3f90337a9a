"""What a build depends on, as one hash: equal means that nothing changed."""

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

from pipelines.settings import Settings
from schemas.files import sha256
from sources.snapshots.store import Store
from warehouse.folder import DataFolder

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("assets", "exports", "pipelines", "reconcile", "schemas", "sources", "warehouse")
HISTORIES = ("terc", "simc", "ulic", "terc_changes", "simc_changes", "ulic_changes")
"""Sources whose earlier states are history, or what the present one is held against."""
LIBRARIES = ("duckdb", "pandera", "polars", "pyarrow")
"""Libraries that decide what a build writes."""


def fingerprint(settings: Settings, facts: Path) -> str:
    """sha256 over code, libraries, facts, TERC, snapshots in use and all published settings."""
    digest = hashlib.sha256(sys.version.encode())
    for library in LIBRARIES:
        digest.update(f"{library}={version(library)}\n".encode())
    for package in _PACKAGES:
        _add_files(digest, _ROOT / package)
    _add_files(digest, facts)
    if settings.documents is not None:
        _add_files(digest, settings.documents)
    if settings.terc is not None and settings.terc.is_file():
        digest.update(settings.terc.read_bytes())
    snapshots = DataFolder(settings.data).snapshots
    store = Store(snapshots)
    if store.lock_file.is_file():
        digest.update(store.lock_file.read_bytes())
    # Of these sources every kept state is used, not only the newest one.
    for source in HISTORIES:
        for kept in store.kept(source):
            digest.update(f"{source}/{kept.folder}={kept.sha256}\n".encode())
    _add_observations(digest, snapshots)
    published = ("terc", "base_url", "homepage", "contact", "publisher_pl", "publisher_en")
    for name in published:
        digest.update(f"{name}={settings.origins[name][0]}\n".encode())
    digest.update(str(settings.date).encode())
    return digest.hexdigest()


def _add_observations(digest: "hashlib._Hash", snapshots: Path) -> None:
    if not any(snapshots.glob("bdl-*")):
        return
    # With its HTTP client it takes half a second, and most folders hold no observations.
    from sources.bdl.store import BdlStore, folder_below

    for path in BdlStore(folder_below(snapshots)).read_by_builds():
        digest.update(f"{path.name}={sha256(path)}\n".encode())


def _add_files(digest: "hashlib._Hash", folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(data)}\n".encode())
            digest.update(data)
