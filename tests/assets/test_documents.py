"""From a folder of documents to tables: facts, evidence, names, disagreements, coverage."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from assets import documents as finding
from reconcile.documents.comparing import Stated, evidence_frame, facts_frame
from schemas.gate import check
from schemas.table import Table
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.document_facts import DocumentEvidence, DocumentFacts
from schemas.tables.name_matches import NameMatches
from sources.documents.frames import coverage
from sources.documents.persons import persons_in
from sources.teryt.units import read_register
from tests.assets.curatedframes import curated_frames
from tests.shared import SHARED, needs_shared
from tests.sources.docmaking import make_docx, make_html, make_pdf
from tests.sources.programmesample import as_report, as_slides, as_workbook

ABOUT = "Partnerska Inicjatywa Miast\n\n"


@dataclass(frozen=True)
class Found:
    """The tables made of a folder, as the gate accepts them."""

    stated: list[Stated]
    facts: pl.DataFrame
    evidence: pl.DataFrame
    matches: pl.DataFrame
    conflicts: pl.DataFrame
    coverage: pl.DataFrame


@cache
def frames() -> dict[str, pl.DataFrame]:
    return curated_frames({*finding.LEXICON, *finding.NAMED, *finding.HELD_AGAINST})


def found_in(folder: Path) -> Found:
    files = finding.documents_of(folder, frames())
    matches = finding.names_matched(files, frames(), whole_register=False)
    stated = finding.facts_stated(files, frames(), matches)
    facts = accepted(DocumentFacts, facts_frame(stated))
    evidence = accepted(DocumentEvidence, evidence_frame(stated), facts=facts)
    conflicts = finding.disagreements(stated, frames(), matches)
    return Found(
        stated,
        facts,
        evidence,
        accepted(NameMatches, matches),
        accepted(DocumentConflicts, conflicts),
        accepted(DocumentCoverage, coverage(files)),
    )


def accepted(
    table: type[Table], frame: pl.DataFrame, facts: pl.DataFrame | None = None
) -> pl.DataFrame:
    references = dict(frames())
    if facts is not None:
        references[DocumentFacts.name] = facts
    verdict = check(table, frame, references)
    assert verdict.findings == (), verdict.findings
    return verdict.accepted.sort([column.name for column in table.key])


def written(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(ABOUT + text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def real() -> Found:
    return found_in(SHARED / "data" / "documents")


@needs_shared
def test_the_real_documents_agree_with_the_facts(real: Found) -> None:
    states = Counter(real.facts.select("table_name", "state").iter_rows())
    assert states["participations", "agrees"] == 28
    assert states["recommendations", "agrees"] == 9
    assert states["network_issues", "agrees"] == 14
    assert states["goals", "agrees"] == 6
    assert states["survey_items", "agrees"] == 5
    assert states["rule_changes", "agrees"] == 4
    assert states["work_forms", "agrees"] == 5
    assert states["plan_components", "agrees"] == 5
    assert {state for _, state in states} == {"agrees", "new"}


@needs_shared
def test_each_fact_agrees_with_a_row_of_its_own(real: Found) -> None:
    agreed = real.facts.filter(pl.col("state") == "agrees")
    assert agreed.select("table_name", "curated_key").is_duplicated().sum() == 0
    keys = dict(
        real.facts.filter(table_name="participations").select("curated_key", "state").rows()
    )
    assert set(keys) == {f"pcp-{n:04}" for n in [*range(1, 19), *range(21, 31)]}


@needs_shared
def test_a_fact_of_several_documents_is_one_row_with_all_its_evidence(real: Found) -> None:
    edition = real.facts.filter(table_name="editions").row(0, named=True)
    assert (edition["curated_key"], edition["documents"]) == ("ed-0002", 3)
    pieces = real.evidence.filter(fact_id=edition["fact_id"], column_name="period_end")
    assert sorted(pieces["document_id"]) == ["doc-0002", "doc-0004", "doc-0005"]
    assert set(pieces["value"]) == {"2023"}


@needs_shared
def test_every_fact_leads_back_to_document_line_and_quote(real: Found) -> None:
    assert set(real.evidence["fact_id"]) == set(real.facts["fact_id"])
    inside = [w in q for w, q in real.evidence.select("written", "quote").iter_rows()]
    assert all(inside)
    assert real.evidence["document_id"].null_count() == 0
    assert real.evidence["place_en"].str.contains(r"^line \d+$").all()


@needs_shared
def test_no_person_is_in_any_table(real: Found) -> None:
    for frame in (real.facts, real.evidence, real.matches, real.conflicts, real.coverage):
        texts = [str(value) for row in frame.iter_rows() for value in row if value is not None]
        assert not [text for text in texts if persons_in(text)]


@needs_shared
def test_pilawa_is_known_by_its_network(real: Found) -> None:
    match = real.matches.filter(written="Piława").row(0, named=True)
    assert (match["status"], match["value"], match["official_name"]) == (
        "MATCH",
        "par-0043",
        "Pilawa",
    )
    assert match["rule"] == "network_member"


@needs_shared
def test_disagreements_are_joined_to_what_was_judged_before(real: Found) -> None:
    joined = {row["conflict_id"]: row["kind"] for row in real.conflicts.to_dicts()}
    assert {"cf-0009", "cf-0010", "cf-0011", "cf-0012", "cf-0015"} <= set(joined)
    assert joined["cf-0010"] == "spelling"
    judged = real.conflicts.filter(conflict_id="cf-0012").row(0, named=True)
    assert (judged["judgement"], judged["judged_value"]) == ("named", "Miasto Inicjatyw PPP")


@needs_shared
def test_a_list_that_is_shorter_than_a_count_is_the_known_conflict(real: Found) -> None:
    row = real.conflicts.filter(kind="count").row(0, named=True)
    assert row["conflict_id"] == "cf-0002"
    assert row["found_values"].startswith("8 (004_")
    assert "10 (001_" in row["found_values"]


@needs_shared
def test_a_matched_city_follows_from_its_name_and_network(real: Found) -> None:
    named = real.evidence.filter(column_name="participant_id").join(
        real.matches, on="written", suffix="_of_match"
    )
    assert named.height == 28
    assert (named["value"] == named["value_of_match"]).all()
    assert (named["rule"] == "city:" + named["rule_of_match"]).all()


@needs_shared
def test_other_cities_are_found_in_the_whole_register(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_docx(as_report()))
    register = read_register(
        SHARED / "data" / "registries" / "teryt" / "TERC_Urzedowy_2023-01-01.zip"
    )
    whole = frames() | {"units": register}
    files = finding.documents_of(tmp_path, whole)
    found = finding.names_matched(files, whole, whole_register=True)
    assert dict(found.select("written", "value").rows()) == {
        "Toruń": "0463011",
        "Nowy Targ": "1211011",
        "Bielsko-Biała": "2461011",
        "Ełk": "2805011",
        "Kędzierzyn-Koźle": "1603011",
        "Nowe Miasto nad Pilicą": "1406083",
        "Ząbki": "1434031",
        "Ostrów Wielkopolski": "3017011",
    }


@needs_shared
def test_coverage_says_how_much_was_understood_and_where_not(real: Found) -> None:
    row = real.coverage.filter(document_id="doc-0005").row(0, named=True)
    assert row["blocks"] * 0.6 < row["understood"] < row["blocks"]
    assert "line 12" in row["not_understood_en"]
    assert "wiersz 12" in row["not_understood_pl"]


def test_three_layouts_of_one_report_are_one_set_of_facts(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_docx(as_report()))
    (tmp_path / "b.html").write_bytes(make_html(as_slides()))
    (tmp_path / "c.pdf").write_bytes(make_pdf(as_report()))
    (tmp_path / "d.xlsx").write_bytes(as_workbook())
    found = found_in(tmp_path)
    names = found.facts.filter(pl.col("table_name").is_in(["participations", "recommendations"]))
    assert set(names["documents"]) == {4}
    assert found.facts.filter(table_name="goals")["documents"].to_list() == [3, 3, 3]
    places = found.evidence.filter(pl.col("document") == "d.xlsx")["place_pl"]
    assert places.str.contains("arkusz").all()


def test_a_name_that_is_not_decided_waits_with_its_candidates(tmp_path: Path) -> None:
    cities = "- Nieistniejów\n- Piława\n- Gdańsk\n"
    found = found_in(written(tmp_path / "d", a=f"Sieć Miasto Zielone\n\n{cities}"))
    waiting = found.matches.filter(pl.col("status") != "MATCH")
    assert sorted(waiting["written"]) == ["Nieistniejów", "Piława"]
    assert waiting["value"].null_count() == 2
    pilawa = waiting.filter(written="Piława").row(0, named=True)
    assert pilawa["status"] == "AMBIGUOUS"
    assert ";" in pilawa["candidates"]
    states = dict(found.facts.filter(table_name="participations").select("shown", "state").rows())
    assert sorted(states.values()) == ["agrees", "undecided", "undecided"]


def test_a_city_in_another_network_differs_and_is_left_to_a_person(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", a="Sieć Miasto Cyfrowe\n\n- Gdańsk\n- Rzeszów\n")
    found = found_in(folder)
    fact = found.facts.filter(state="differs").row(0, named=True)
    assert fact["curated_key"] == "pcp-0001"
    conflict = found.conflicts.filter(kind="membership").row(0, named=True)
    assert (conflict["judgement"], conflict["judged_value"]) == ("person", None)
    assert "net-0005 (a.txt)" in conflict["found_values"]
    assert "net-0004 (doc-0005;doc-0054)" in conflict["found_values"].replace(", ", ";")


def test_counts_that_were_judged_before_carry_the_conflict(tmp_path: Path) -> None:
    text = "W PIM {} miast współpracuje w edycji 2021-2023."
    found = found_in(written(tmp_path / "d", a=text.format(28), b=text.format(30)))
    row = found.conflicts.filter(kind="count").row(0, named=True)
    assert (row["conflict_id"], row["judgement"]) == ("cf-0001", "named")
    assert "28 (a.txt)" in row["found_values"]
    assert "30 (b.txt)" in row["found_values"]


def test_an_official_source_of_the_facts_wins_over_an_unknown_document(tmp_path: Path) -> None:
    text = "Produktem PIM 2021-2023 jest 29 Miejskich Inicjatyw Działania."
    found = found_in(written(tmp_path / "d", a=text))
    fact = found.facts.filter(table_name="counts").row(0, named=True)
    assert fact["state"] == "differs"
    row = found.conflicts.filter(kind="count").row(0, named=True)
    assert (row["judgement"], row["judged_value"], row["conflict_id"]) == (
        "more_official",
        "30",
        None,
    )


def test_a_broken_document_stops_nothing_and_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "d", dobry="Sieć Miasto Zielone\n\n- Gdańsk\n")
    (folder / "zepsuty.docx").write_bytes(b"PK\x03\x04 nic")
    (folder / ".ukryty.txt").write_text("x", encoding="utf-8")
    found = found_in(folder)
    codes = dict(found.coverage.select("document", "error_code").rows())
    assert codes == {"dobry.txt": None, "zepsuty.docx": "PIM-DOC-006"}
    assert found.facts.filter(table_name="participations").height == 1


def test_without_documents_there_is_nothing(tmp_path: Path) -> None:
    assert finding.documents_of(None, frames()) == ()
    (tmp_path / "pusty").mkdir()
    found = found_in(tmp_path / "pusty")
    assert found.facts.is_empty()
    assert found.conflicts.is_empty()


def test_a_participant_that_is_no_gmina_is_known_by_its_name(tmp_path: Path) -> None:
    text = "Sieć Miasto kompaktowe\n\n- Górnośląsko-Zagłębiowska Metropolia\n"
    found = found_in(written(tmp_path / "d", a=text))
    row = found.matches.row(0, named=True)
    assert (row["status"], row["rule"], row["value"]) == ("MATCH", "participant_name", "par-0013")
