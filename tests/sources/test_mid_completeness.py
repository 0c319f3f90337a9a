"""Completeness is right whatever the chapters are called, numbered, ordered and left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables.mid_documents import MidField, MidPart
from sources.documents.model import Block, Document, Kind, Place
from sources.mid_documents.sections import parts_named
from tests.sources.midreading import read

NAMES = {
    MidPart.CHALLENGE: ["Wyzwanie", "WYZWANIA MIASTA", "Opis problemu", "Wybrane wyzwanie"],
    MidPart.ACTIONS: ["Działania", "Proponowane działania", "PLAN DZIAŁAŃ", "Zadania do realizacji",
                      "Propozycje rozwiązań"],
    MidPart.SCHEDULE: ["Harmonogram", "Harmonogram działań", "Kalendarz działań", "Ramy czasowe",
                       "HARMONOGRAM REALIZACJI ZADAŃ"],
    MidPart.STAKEHOLDERS: ["Interesariusze", "Opis interesariuszy", "Mapa interesariuszy",
                           "Lokalne Partnerstwo"],
    MidPart.COMMUNICATION: ["Plan komunikacji", "Komunikacja",
                            "Plan komunikacji z interesariuszami",
                            "Komunikacja i promocja działań"],
}  # fmt: skip
NUMBERS = ["", "{n}. ", "{n}) ", "Rozdział {n}. ", "{n}.1. "]
CONTENT = [
    "Zespół miejski pracował nad tym przez cały rok razem z mieszkańcami i szkołami.",
    "Harmonogram, plan komunikacji i opis interesariuszy powstaną w kolejnym roku pracy zespołu.",
    "W mieście działa komunikacja miejska, a działania i wyzwania opisuje strategia miasta.",
]
OTHER = ["Wprowadzenie", "Komunikacja miejska w liczbach", "Literatura", "Załączniki"]
STATES = st.sampled_from(["present", "present", "present", "empty", "filler", "absent"])


def a_document(blocks: list[tuple[Kind, str]]) -> Document:
    made = [
        Block(kind, text, Place(page=1 + at // 9, line=1 + at % 9), int(kind is Kind.HEADING))
        for at, (kind, text) in enumerate(blocks)
    ]
    return Document("plan.pdf", "0" * 64, "application/pdf", tuple(made), 1 + len(made) // 9)


@settings(max_examples=150)
@given(st.data())
def test_completeness_of_any_mid_is_right(data: st.DataObject) -> None:
    states = {part: data.draw(STATES, label=part.value) for part in NAMES}
    # A document with less than two parts is not taken for a MID.
    states[MidPart.CHALLENGE] = states[MidPart.ACTIONS] = "present"
    numbers = data.draw(st.sampled_from(NUMBERS))
    order = data.draw(st.permutations([*NAMES, *OTHER[: data.draw(st.integers(0, 4))]]))
    blocks = [(Kind.HEADING, "Miejska Inicjatywa Działań"), (Kind.PARAGRAPH, "Miasto: Żyrardów")]
    for number, part in enumerate(order, start=1):
        title = numbers.format(n=number)
        if not isinstance(part, MidPart):
            blocks += [(Kind.HEADING, title + part), (Kind.PARAGRAPH, CONTENT[2])]
            continue
        if states[part] == "absent":
            continue
        blocks.append((Kind.HEADING, title + data.draw(st.sampled_from(NAMES[part]))))
        if states[part] == "present":
            blocks.append((Kind.PARAGRAPH, data.draw(st.sampled_from(CONTENT))))
        elif states[part] == "filler":
            blocks.append((Kind.PARAGRAPH, "Do uzupełnienia"))
    reading = read(a_document(blocks))
    told = {
        part: ("present" if found.has_content else "empty")
        for part, found in reading.parts.items()
        if part in NAMES
    }
    wanted = {
        part: "empty" if state == "filler" else state
        for part, state in states.items()
        if state != "absent"
    }
    assert told == wanted
    assert reading.values[MidField.CITY].value == "Żyrardów"


@pytest.mark.parametrize(
    ("part", "name"), [(part, name) for part, names in NAMES.items() for name in names]
)
def test_a_usual_name_of_a_chapter_is_known(part: MidPart, name: str) -> None:
    assert parts_named(name, Kind.HEADING)[:1] == (part,)
    assert parts_named(name, Kind.PARAGRAPH)[:1] == (part,)


@pytest.mark.parametrize(
    "text",
    [
        "Komunikacja miejska",
        "Komunikacja zbiorowa i rowerowa",
        "Harmonogram ........ 7",
        "5. Harmonogram 12",
        "Harmonogram zostanie opracowany",
        "Brak harmonogramu",
        "harmonogram, plan komunikacji",
        "Miejska Inicjatywa Działania",
        "Zob. działania w rozdziale trzecim",
        "Działania te obejmują całe miasto i będą prowadzone wspólnie z gminami obszaru.",
    ],
)
def test_what_only_mentions_a_part_is_no_heading(text: str) -> None:
    assert parts_named(text, Kind.PARAGRAPH) == ()


def test_one_heading_may_announce_two_parts() -> None:
    both = parts_named("4. Działania i harmonogram", Kind.HEADING)
    assert both == (MidPart.ACTIONS, MidPart.SCHEDULE)
    assert parts_named("Wyzwanie i cele", Kind.HEADING) == (MidPart.CHALLENGE, MidPart.GOALS)
