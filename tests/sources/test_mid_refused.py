"""Documents that are no MIDs, damaged files and hostile lines."""

import pytest

from schemas.errors import PimError
from sources.documents.reading import parse_document, read_document
from sources.mid_documents.reading import read_mid
from tests.shared import SHARED, needs_shared
from tests.sources.midlayouts import (
    FILES,
    FORM,
)
from tests.sources.midmaking import H, P, T, as_docx
from tests.sources.midreading import (
    KNOWN,
    NOISE,
    document_of,
    facts,
    read,
)


@pytest.mark.parametrize("name", NOISE)
def test_a_document_about_something_else_is_no_mid(name: str) -> None:
    assert read_mid(document_of(NOISE[name]), KNOWN) is None


@needs_shared
def test_the_documents_of_the_programme_are_no_mids() -> None:
    paths = sorted((SHARED / "data" / "documents").glob("*.txt"))
    assert len(paths) == 5
    assert [path.name for path in paths if read_mid(read_document(path), KNOWN)] == []


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_damaged_file_is_refused(form: str) -> None:
    whole = as_docx(FORM.pieces()) if form == "docx" else (FILES / "form.pdf").read_bytes()
    for data in (whole[: len(whole) // 2], whole[:40], whole[:200] + bytes(5000)):
        with pytest.raises(PimError) as refused:
            parse_document(data, f"plan.{form}")
        assert refused.value.code.startswith("PIM-DOC-")


@pytest.mark.parametrize(
    "text",
    [
        "a " * 40_000,
        "Miasto: " * 9_000,
        "1." * 40_000,
        "„" * 40_000,
        "dr " * 25_000,
        "1 maja " * 9_000,
    ],
)
def test_a_hostile_line_takes_no_time(text: str) -> None:
    pieces = [
        *FORM.pieces(),
        P(text),
        H(text[:60]),
        T((("Działanie", "Termin"), (text, text[:300]))),
    ]
    assert facts(read(document_of(pieces)))["values"] == FORM.values
