"""The facts of the five real documents, also when these are changed as documents are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.documents.engine import Extraction, extract
from sources.documents.model import Block, Document, Kind
from sources.documents.quoting import MAX_QUOTE
from sources.documents.reading import parse_document, read_document
from tests.shared import SHARED, needs_shared
from tests.sources.docmaking import MAKERS, Part
from tests.sources.programmesample import known

pytestmark = needs_shared

COUNTS = {
    "participations": 28,
    "recommendations": 9,
    "network_issues": 14,
    "goals": 6,
    "survey_items": 5,
    "rule_changes": 4,
    "work_forms": 5,
    "work_form_participants": 14,
    "plan_components": 5,
    "workshop_components": 2,
}
NETWORKS = {"net-0004": 10, "net-0005": 8, "net-0006": 10}
SECTIONS = (
    "Miasta uczestniczące w pilotażu",
    "Plany ulepszeń - zestaw",
    "Wyniki ankiety",
    "Wprowadzone zmiany",
    "Cel strategiczny",
    "Kontekst krajowy",
    "Tematyka sieci",
    "Zakładane zagadnienia",
    "Miasta uczestniczące w PIM",
    "Sieć Miasto Zielone\n\n- ",
    "Sieć Miasto cyfrowe\n\n\n\n- ",
    "Miasto inicjatyw PPP\n\n- ",
    "MIEJSKA INICJATYWA DZIAŁANIA",
    "PLAN ULEPSZEŃ",
    "Aktorzy",
    "PIM – wkład",
    "Założenia współpracy",
    "Formy współpracy",
)


@cache
def text_of(number: int) -> str:
    path = next((SHARED / "data" / "documents").glob(f"00{number}_*.txt"))
    return path.read_text(encoding="utf-8")


@cache
def real(number: int) -> Extraction:
    path = next((SHARED / "data" / "documents").glob(f"00{number}_*.txt"))
    years = (2021, 2023, 2017, 2023, 2022)
    day = date(2017, 6, 20) if number == 2 else None
    return extract(read_document(path), replace(known(), year=years[number], day=day))


def values(found: Extraction, table: str) -> list[dict[str, str]]:
    return [{p.column: p.value for p in f.pieces} for f in found.facts if f.table == table]


def facts(found: Extraction) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """What the report of the pilot tells, whatever words are around it."""
    left_out = {"network_name", "component_group"}
    return {
        (f.table, frozenset((p.column, p.value) for p in f.pieces if p.column not in left_out))
        for f in found.facts
        if f.table in COUNTS
    }


def of_text(text: str) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    return facts(extract(parse_document(text.encode(), "zmieniony.txt"), known()))


def test_the_presentation_gives_all_its_facts() -> None:
    counted = Counter(fact.table for fact in real(4).facts)
    assert {table: counted[table] for table in COUNTS} == COUNTS
    networks = Counter(row["network_id"] for row in values(real(4), "participations"))
    assert networks == NETWORKS
    scopes = {(r["network_id"], r["scope"]) for r in values(real(4), "recommendations")}
    assert len(scopes) == 9
    assert {n for n, _ in scopes} == {"net-0001", "net-0002", "net-0003"}
    levels = Counter(row["level"] for row in values(real(4), "goals"))
    assert levels == {"strategic": 1, "specific": 5}
    changes = values(real(4), "rule_changes")
    assert [("rule_before_pl" in row) for row in changes] == [False, True, True, True]
    assert {r["earlier_edition_id"] for r in changes} == {"ed-0001"}
    assert {r["edition_id"] for r in values(real(4), "survey_items")} == {"ed-0001"}


def test_the_glued_date_is_the_20th_of_june() -> None:
    assert values(real(2), "documents") == [{"issued_from": "2017-06-20"}]
    piece = next(f for f in real(2).facts if f.table == "documents").pieces[0]
    assert (piece.written, piece.rule) == ("2006.2017", "date_glued")


def test_the_other_documents_give_editions_events_counts_and_names() -> None:
    assert values(real(0), "events") == [
        {"edition_id": "ed-0002", "event_type": "consultation", "end_date": "2021-04-12"}
    ]
    assert {"ed-0002"} == {row["edition_id"] for row in values(real(1), "editions")}
    assert {
        (r["measure"], r.get("network_id"), r["counted"]) for r in values(real(1), "counts")
    } == {
        ("participants", "each", "10"),
        ("mids", None, "30"),
        ("improvement_plans", None, "3"),
    }
    assert {
        (r["edition_id"], r["event_type"], r.get("start_date")) for r in values(real(2), "events")
    } == {
        ("ed-0001", "conference", None),
        ("ed-0001", "call", "2017-06-20"),
    }
    assert len(values(real(2), "planned_networks")) == 2
    assert [r["start_date"] for r in values(real(3), "events")] == ["2023-03-28"]
    assert [r["counted"] for r in values(real(3), "counts")] == ["30"]
    for number in (0, 1, 3, 4):
        named = {row["network_id"] for row in values(real(number), "network_names")}
        assert {"net-0004", "net-0005", "net-0006"} <= named


def test_both_forms_of_a_term_are_found() -> None:
    forms = {row["form_pl"] for n in (1, 2, 3, 4) for row in values(real(n), "terms")}
    assert forms == {"Miejska Inicjatywa Działania", "Miejska Inicjatywa Działań"}


@pytest.mark.parametrize("number", range(5))
def test_every_value_has_place_and_short_quote_with_what_is_written(number: int) -> None:
    lines = text_of(number).splitlines()
    for fact in real(number).facts:
        for piece in fact.pieces:
            assert piece.written in piece.quote
            assert 0 < len(piece.quote) <= MAX_QUOTE
            assert piece.place.line
            near = " ".join(lines[piece.place.line - 1 : piece.place.line + 6])
            assert piece.written.split()[0].strip("„(") in near


@pytest.mark.parametrize("number", range(5))
def test_no_person_is_in_what_was_found(number: int) -> None:
    persons = (*("Calak", "Saganowska", "Wolszczak", "Kwieciński", "Paluchowski", "Springer"),)
    kept = " ".join(
        f"{p.written} {p.value} {p.quote}" for f in real(number).facts for p in f.pieces
    )
    assert not [name for name in persons if name.lower() in kept.lower()]


@cache
def sections() -> tuple[str, ...]:
    """The presentation in pieces that belong together, each with the title it begins with."""
    found = (re.finditer(f"^{re.escape(title)}", text_of(4), re.MULTILINE) for title in SECTIONS)
    bounds = [0, *sorted(m.start() for matches in found for m in matches), len(text_of(4))]
    return tuple(text_of(4)[a:b] for a, b in pairwise(bounds))


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_sections_in_another_order_tell_the_same(data: st.DataObject) -> None:
    parts = data.draw(st.permutations(sections()))
    assert of_text("\n\n".join(parts)) == facts(real(4))


def runs_of_items(lines: Sequence[str]) -> list[list[int]]:
    """Lines of list items that follow each other, with empty lines between them or not."""
    runs: list[list[int]] = []
    for i in (i for i, line in enumerate(lines) if line.startswith("- ")):
        if runs and not any(lines[j].strip() for j in range(runs[-1][-1] + 1, i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


@settings(max_examples=5, deadline=None)
@given(st.data())
def test_members_of_lists_in_another_order_tell_the_same(data: st.DataObject) -> None:
    lines = text_of(4).split("\n")
    for run in runs_of_items(lines):
        moved = data.draw(st.permutations([lines[i] for i in run]))
        for place, text in zip(run, moved, strict=True):
            lines[place] = text
    assert of_text("\n".join(lines)) == facts(real(4))


def test_renamed_and_numbered_headings_tell_the_same() -> None:
    renamed = {
        "Wyniki ankiety przeprowadzonej wśród uczestników pilotażu PIM": "2. Co uczestnicy "
        "pilotażu napisali w ankietach",
        "Wprowadzone zmiany w zasadach PIM na lata 2021-2023": "3. Zmienione zasady PIM – zmiany "
        "zasad na lata 2021-2023",
        "Przykładowe zagadnienia przekrojowe": "Zagadnienia przekrojowe w pracach sieci",
        "Formy współpracy i podział ról": "7) Formy pracy oraz kto bierze w nich udział",
        "Cele szczegółowe PIM:": "Szczegółowe cele szczegółowe projektu",
        "PLAN ULEPSZEŃ\n": "CO ZAWIERA PLAN ULEPSZEŃ\n",
        "Sieć Miasto Zielone\n\n- ": "Miasta w sieci Miasto Zielone\n\n- ",
        "Zakres zalecenia:": "Obszar",
        "Cel strategiczny PIM:": "Cel główny PIM – strategiczny:",
    }
    text = text_of(4)
    for before, after in renamed.items():
        assert before in text
        text = text.replace(before, after)
    assert of_text(text) == facts(real(4))


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (3, 2, 1, 0), (1, 2, 3, 0)])
def test_swapped_columns_tell_the_same(order: tuple[int, ...]) -> None:
    lines = text_of(4).split("\n")
    for i, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) == 4:
            lines[i] = "\t".join(cells[column] for column in order)
    assert of_text("\n".join(lines)) == facts(real(4))


def test_a_turned_table_tells_the_same() -> None:
    lines = text_of(4).split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("Zakres zalecenia"))
    cells = [line.split("\t") for line in lines[first : first + 4]]
    lines[first : first + 4] = ["\t".join(row) for row in zip(*cells, strict=True)]
    assert of_text("\n".join(lines)) == facts(real(4))


def test_other_cities_are_found_as_well() -> None:
    text = text_of(4).replace("- Gdańsk", "- Nowy Sącz").replace("- Marki", "- Jastrzębie-Zdrój")
    found = {dict(row)["participant_id"] for t, row in of_text(text) if t == "participations"}
    assert {"Nowy Sącz", "Jastrzębie-Zdrój"} <= found
    assert len(found) == 28


def as_parts(document: Document) -> list[Part]:
    """A document as what other makers take."""
    parts: list[Part] = []
    rows: dict[int, dict[tuple[int, int], Block]] = {}
    for block in document.blocks:
        if block.kind is not Kind.CELL:
            kinds = {Kind.HEADING: "h1", Kind.ITEM: "li", Kind.PARAGRAPH: "p"}
            parts.append((kinds[block.kind], block.text))
            continue
        if block.table not in rows:
            rows[block.table] = {}
            parts.append(("table", str(block.table)))
        rows[block.table][block.row, block.column] = block
    filled: list[Part] = []
    for kind, content in parts:
        if kind != "table":
            filled.append((kind, content))
            continue
        cells = rows[int(str(content))]
        height, width = max(r for r, _ in cells), max(c for _, c in cells)
        grid = [
            [cells[r, c].text if (r, c) in cells else "" for c in range(1, width + 1)]
            for r in range(1, height + 1)
        ]
        filled.append(("table", grid))
    return filled


@pytest.mark.parametrize("ending", ["docx", "html", "md", "pptx"])
def test_the_presentation_in_another_format_tells_the_same(ending: str) -> None:
    data = MAKERS[ending](as_parts(real(4).document))
    assert facts(extract(parse_document(data, f"p.{ending}"), known())) == facts(real(4))
