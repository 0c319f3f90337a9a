"""Where tests find real documents and registries, which are too large for the repository.

A test that reads them is marked, so that it is skipped by name where they are missing:

    @needs_shared
    def test_terc_of_gus_is_read() -> None:
        zipped = SHARED / "data" / "registries" / "teryt" / "..."
"""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
"""The project's own folder."""

SHARED = Path(os.environ.get("PIM_SHARED") or REPO.parent / "shared").resolve()
"""The folder of shared material: `PIM_SHARED`, else `shared` beside the project."""

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"shared material is missing: set PIM_SHARED ({SHARED})"
)
"""Mark of a test that reads something below `SHARED`."""
