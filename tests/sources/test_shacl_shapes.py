"""The official shapes as a source: only the very ones are taken."""

from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.catalogue import Source
from sources.declared.dcat_ap_2 import DCAT_AP_2
from sources.declared.dcat_ap_3 import DCAT_AP_3
from tests.shared import SHARED, needs_shared

SHAPES = SHARED / "specs" / "dcat-ap"
NEWEST = SHAPES / "3.0.1" / "dcat-ap-SHACL.ttl"
OLDER = SHAPES / "2.1.1" / "shapes.ttl"


@needs_shared
@pytest.mark.parametrize(("source", "path"), [(DCAT_AP_3, NEWEST), (DCAT_AP_2, OLDER)])
def test_the_real_shapes_are_taken(source: Source, path: Path) -> None:
    found = source.judge(path, path.name)
    assert found.whole
    assert found.rows is not None
    assert found.rows > 50


@needs_shared
@pytest.mark.parametrize(("source", "path"), [(DCAT_AP_2, NEWEST), (DCAT_AP_3, OLDER)])
def test_shapes_of_another_release_are_refused(source: Source, path: Path) -> None:
    with pytest.raises(PimError):
        source.judge(path, path.name)


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>Error</html>", b'owl:versionInfo "2.1.1"', b'# owl:versionInfo "2.1.1"'],
)
def test_what_are_no_shapes_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_bytes(content)
    with pytest.raises(PimError):
        DCAT_AP_2.judge(path, path.name)
