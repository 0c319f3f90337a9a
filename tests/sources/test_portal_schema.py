"""The schema of dane.gov.pl as a source: only the very one is taken."""

from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.declared.danegov import DANEGOV
from tests.shared import SHARED, needs_shared

XSD = SHARED / "dane-gov-pl" / "xsd" / "otwarte_dane_1_13.xsd"


@needs_shared
def test_the_real_schema_is_taken() -> None:
    found = DANEGOV.judge(XSD, XSD.name)
    assert found.whole
    assert found.rows is not None
    assert found.rows > 50


@needs_shared
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("harvester:1.13", "harvester:1.14"),
        ("</xs:schema>", ""),
        ("</xs:schema>", '<xs:include schemaLocation="file:///etc/hostname"/></xs:schema>'),
        ('type="xs:boolean"', 'type="xs:nothing"'),
    ],
)
def test_another_version_or_a_broken_one_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = XSD.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "latest.xsd"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PimError):
        DANEGOV.judge(path, path.name)


def test_a_page_is_no_schema(tmp_path: Path) -> None:
    path = tmp_path / "latest.xsd"
    path.write_text("<html><body>Error</body></html>", encoding="utf-8")
    with pytest.raises(PimError):
        DANEGOV.judge(path, path.name)
