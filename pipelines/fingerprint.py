"""What a build depends on, as one hash: equal means that nothing changed."""

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

from assets.inputs import inputs_of, lock_of
from pipelines.settings import Settings
from warehouse.folder import DataFolder

LIBRARIES = ("duckdb", "pandera", "polars")
"""Libraries that decide what a build writes."""
_PUBLISHED = ("terc", "base_url", "homepage", "contact", "publisher_pl", "publisher_en")


def fingerprint(settings: Settings, facts: Path) -> str:
    """sha256 over code, libraries, facts, documents, snapshots and all published settings."""
    depends = {
        "python": sys.version,
        "libraries": {library: version(library) for library in LIBRARIES},
        "inputs": inputs_of(facts, settings.documents, settings.terc),
        "snapshots": lock_of(DataFolder(settings.data).snapshots),
        "settings": {name: settings.origins[name][0] for name in _PUBLISHED},
        "date": str(settings.date),
    }
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()
