"""A whole build with a folder of documents: tables, explanation, fingerprint, what is public."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.fingerprint import fingerprint
from pipelines.house import house_of
from pipelines.settings import load_settings
from schemas.errors import PimError
from sources.facts import CURATED
from tests.builds import Built, build, published
from tests.commandline import pim_here
from tests.sources.docmaking import make_docx, make_pdf
from tests.sources.programmesample import as_report

KNOWN = """Partnerska Inicjatywa Miast

Sieć Miasto cyfrowe

- Piława
- Żory Wielkie
- Rzeszów
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("with") / "dokumenty"
    folder.mkdir()
    (folder / "lista.txt").write_text(KNOWN, encoding="utf-8")
    (folder / "sprawozdanie.docx").write_bytes(make_docx(as_report()))
    (folder / "urwany.pdf").write_bytes(make_pdf(as_report())[:400])
    return build(folder.parent / "data", PIM_DOCUMENTS=str(folder))


def asked(built: Built, sql: str) -> list[dict[str, object]]:
    told = pim_here("query", "--inside", "--data", str(built.data), "--json", sql, cwd=built.data)
    assert told.returncode == 0, told.stderr
    rows: list[dict[str, object]] = json.loads(told.stdout)["rows"]
    return rows


def test_the_build_takes_the_documents_in(built: Built) -> None:
    assert built.code == 0, built.told["errors"]
    rows = {table["table"]: table["accepted"] for table in built.told["tables"]}
    assert rows["document_facts"] > 30
    assert rows["document_evidence"] > rows["document_facts"]
    assert rows["document_coverage"] == 3
    assert rows["name_matches"] == 11
    assert built.told["rejected"] == 0


def test_explain_shows_document_line_quote_and_rule(built: Built) -> None:
    words = ("explain", "--data", str(built.data), "participations", "pcp-0015")
    told = pim_here(*words, cwd=built.data)
    assert "lista.txt, wiersz 5: „Piława” → participant_id = par-0043 (city:network_member)" in (
        told.stdout
    )
    evidence = json.loads(pim_here(*words, "--json", cwd=built.data).stdout)["evidence"]
    piece = next(one for one in evidence if one["column_name"] == "participant_id")
    assert (piece["written"], piece["state"]) == ("Piława", "agrees")


def test_what_is_not_decided_and_not_read_can_be_asked_for(built: Built) -> None:
    waiting = asked(built, "SELECT written FROM name_matches WHERE status <> 'MATCH' ORDER BY 1")
    assert {"written": "Żory Wielkie"} in waiting
    broken = asked(built, "SELECT document, error_code FROM document_coverage ORDER BY 2 LIMIT 1")
    assert broken == [{"document": "urwany.pdf", "error_code": "PIM-DOC-006"}]


def test_nothing_of_the_documents_is_published(built: Built) -> None:
    names = published(built.public)
    assert not [
        name
        for name in names
        if "dokumento" in name or ("document_" in name.lower() and "document_editions" not in name)
    ]
    for path in sorted(built.public.resolve().rglob("*.csv")):
        assert "Żory Wielkie" not in path.read_text(encoding="utf-8")


def test_the_fingerprint_knows_the_documents(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "a.txt").write_text("a", encoding="utf-8")
    settings = replace(load_settings({"data": str(tmp_path / "data")}), documents=folder)
    without = fingerprint(replace(settings, documents=None), CURATED)
    first = fingerprint(settings, CURATED)
    (folder / "a.txt").write_text("b", encoding="utf-8")
    assert len({without, first, fingerprint(settings, CURATED)}) == 3


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = load_settings({"data": str(tmp_path / "data")})
    with pytest.raises(PimError, match="PIM-SRC-001"):
        house_of(replace(settings, documents=tmp_path / "nie-ma"))
