"""What is kept of a MID has its evidence, and no person is in it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables.mid_documents import QUOTE, MidField
from sources.mid_documents.reading import read_mid
from tests.sources.midmaking import H, Layout, P, Piece, T
from tests.sources.midreading import (
    GOLDEN,
    KNOWN,
    all_evidence,
    as_data,
    by_name,
    document_of,
    pdf_of,
    read,
    strings,
)


@by_name
def test_no_person_or_contact_is_kept(layout: Layout) -> None:
    for document in (document_of(layout.pieces()), pdf_of(layout.name)):
        kept = "\n".join(strings(read(document)))
        assert not [word for word in layout.forbidden if word in kept]


@by_name
def test_what_is_written_stands_in_the_quote_and_the_quote_in_the_document(layout: Layout) -> None:
    document = pdf_of(layout.name)
    texts = [block.text for block in document.blocks]
    for written, evidence in all_evidence(read(document)):
        assert written in evidence.quote
        assert 0 < len(evidence.quote) <= QUOTE
        assert evidence.rule
        for piece in evidence.quote.split(" | "):
            assert any(piece in text for text in texts)


FIRST = st.sampled_from(
    ["Anna", "Krzysztof", "Małgorzata", "Wojciech", "Żaneta", "JAN", "Ewy", "A."]
)
LAST = st.sampled_from(["Zmyślna", "Wymyślony-Nowak", "Kowalskiego", "NIEISTNIEJĄCA", "Urojony"])


@settings(max_examples=25)
@given(first=FIRST, last=LAST, title=st.sampled_from(["", "dr ", "mgr inż. ", "Pani "]))
def test_whoever_is_named_anywhere_reaches_no_reading(first: str, last: str, title: str) -> None:
    person = f"{title}{first} {last}"
    if first == "A." and not last.endswith("skiego"):
        person = f"{person}, tel. 600 700 800"
        last = "600 700 800"
    table = T((("Działanie", "Odpowiedzialny", "Termin"), (f"Spotkanie: {person}", person, "2024")))
    groups = T((("Interesariusz", "Rola"), (person, "lider"), ("Szkoły", person)))
    pieces: list[Piece] = [
        H("Miejska Inicjatywa Działania"),
        P(f"Miasto: {person}"),
        P(f"Tytuł: {person}"),
        P(f"Opracowanie: {person}, Wydział Rozwoju"),
        H("Wyzwanie"),
        P(f"{person} uważa, że w mieście brakuje zieleni."),
        H(f"Działania: {person}"),
        table,
        H("Interesariusze"),
        groups,
    ]
    reading = read_mid(document_of(pieces), KNOWN)
    assert reading is not None
    assert reading.values[MidField.INSTITUTION].value == "Wydział Rozwoju"
    assert not [text for text in strings(reading) if last in text]


def test_a_reading_is_the_one_that_was_checked_by_hand() -> None:
    reading = read(pdf_of("numbered"))
    told = json.dumps(as_data(reading), ensure_ascii=False, indent=1) + "\n"
    assert told == GOLDEN.read_text(encoding="utf-8")
