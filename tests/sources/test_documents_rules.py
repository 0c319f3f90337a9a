"""Rules that derive values, quotes, people left out, and documents that tell nothing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.documents.dates import find_date
from sources.documents.engine import Extraction, extract
from sources.documents.model import Place, grids
from sources.documents.names import is_city_name
from sources.documents.outline import Span
from sources.documents.persons import persons_in
from sources.documents.quoting import MAX_QUOTE, quote_around
from sources.documents.reading import parse_document, read_document
from sources.documents.rules import RULES
from sources.documents.words import Terms, fold
from tests.shared import SHARED, needs_shared
from tests.sources.docmaking import MAKERS, make_docx, make_txt
from tests.sources.programmesample import as_report, as_slides, as_workbook, known

PEOPLE = (
    "Jan Kowalski",
    "Anna Maria Wiśniewska-Nowak",
    "Grzegorza Brzęczyszczykiewicza",
    "Wojciechem Zającem",
    "Ewy Lis",
    "ŁUKASZ ŻAK",
    "dr hab. Zenobiusz Wąż",
    "wiceminister Ildefons Nowacki",
    "Oliwii Dąb",
)


def of_text(text: str) -> Extraction:
    return extract(parse_document(text.encode(), "a.txt"), known())


def check_pieces(found: Extraction) -> int:
    """Hold every piece against its rule and quote; gives how many there are."""
    count = 0
    for piece in (piece for fact in found.facts for piece in fact.pieces):
        count += 1
        assert piece.written in piece.quote
        assert len(piece.quote) <= MAX_QUOTE
        assert RULES[piece.rule](piece.written, found.lexicon) == piece.value
        assert not persons_in(piece.quote)
        assert piece.place != Place()
    return count


@needs_shared
def test_values_of_the_real_documents_follow_from_what_is_written() -> None:
    for path in sorted((SHARED / "data" / "documents").glob("*.txt")):
        lexicon = replace(known(), year=2021, day=date(2021, 4, 1))
        assert check_pieces(extract(read_document(path), lexicon)) > 10


@pytest.mark.parametrize("ending", MAKERS)
def test_values_of_other_layouts_follow_from_what_is_written(ending: str) -> None:
    for parts in (as_slides(), as_report()):
        document = parse_document(MAKERS[ending](parts), f"a.{ending}")
        assert check_pieces(extract(document, known())) > 100


def test_values_of_a_workbook_follow_and_name_their_cells() -> None:
    found = extract(parse_document(as_workbook(), "a.xlsx"), known())
    assert check_pieces(found) > 60
    city = next(p for f in found.facts for p in f.pieces if p.value == "Toruń")
    assert city.place.text().en == "sheet 'Miasta', cell A4"


WORDS = st.sampled_from(
    (
        *("Sieć", "Miasto Zielone", "Miasto Cyfrowe", "PPP", "PIM", "Partnerska Inicjatywa Miast"),
        *("2021-2023", "pilotaż", "edycja", "druga", "Gdańsk", "Żory", "cele szczegółowe", "BŚ"),
        *("ankieta", "zmiany zasad", "formy współpracy", "plan ulepszeń", "konferencja", "nabór"),
        *("30", "miast", "12 kwietnia", "br.", ":", "- ", ",", ";", ".", "(", ")", "• ", "\n"),
        *("\n\n", "\t"),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=120))
def test_any_mixture_of_the_words_keeps_the_rules(words: list[str]) -> None:
    text = "Partnerska Inicjatywa Miast\n\n" + " ".join(words)
    check_pieces(of_text(text))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PEOPLE), st.data())
def test_people_never_reach_a_value_or_a_quote(person: str, data: st.DataObject) -> None:
    lines = make_txt(as_slides()).decode().split("\n")
    for _ in range(4):
        place = data.draw(st.integers(0, len(lines)))
        form = data.draw(st.sampled_from(["- {}", "{}", "Opiekun sieci: {}", "– powiedział {}."]))
        lines.insert(place, form.format(person))
    found = of_text("\n".join(lines))
    surname = person.rsplit(maxsplit=1)[-1].lower()
    kept = [f"{p.written} {p.value} {p.quote}".lower() for f in found.facts for p in f.pieces]
    assert not [text for text in kept if surname in text.split()]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_is_found_in_a_sentence(person: str) -> None:
    text = f"Rozmawiamy o tym, co mówi {person}, w mieście."
    assert [text[a:b].rsplit(maxsplit=1)[-1] for a, b in persons_in(text)][-1:] == person.split()[
        -1:
    ]
    assert not is_city_name(person)


@pytest.mark.parametrize(
    "place",
    [
        *("Kazimierz Dolny", "Janów Lubelski", "Aleksandrów Kujawski", "Józefów", "Ruda Śląska"),
        *("Konstantynów Łódzki", "Zduńska Wola", "Dąbrowa Górnicza", "Stanisławów Pierwszy"),
        *("Augustów", "Kędzierzyn-Koźle", "Nowe Miasto nad Pilicą", "m.st. Warszawa"),
    ],
)
def test_a_place_is_no_person(place: str) -> None:
    assert persons_in(place) == []
    assert is_city_name(place)


def test_contacts_are_left_out() -> None:
    for text in ("j.kowalski@urzad.pl", "tel. 22 123 45 67", "kom. 600 700 800", "600-700-800"):
        assert persons_in(f"Kontakt: {text}")
    assert persons_in("w latach 2021-2023 i 100 000 miast") == []


@pytest.mark.parametrize(
    ("text", "year", "rule", "value"),
    [
        ("2006.2017", 0, "date_glued", "2017-06-20"),
        ("20.06.2017", 0, "date_dotted", "2017-06-20"),
        ("2017-06-20", 0, "date_iso", "2017-06-20"),
        ("dnia 20 czerwca 2017 r.", 0, "date_words", "2017-06-20"),
        ("20 CZERWCA 2017", 0, "date_words", "2017-06-20"),
        ("do 12 kwietnia br.", 2021, "date_year_of_document", "2021-04-12"),
        ("28 marca", 0, "date_year_of_document", "--03-28"),
        ("1 października 2024", 0, "date_words", "2024-10-01"),
        ("29 lutego", 2024, "date_year_of_document", "2024-02-29"),
    ],
)
def test_dates_are_read_by_named_rules(text: str, year: int, rule: str, value: str) -> None:
    found = find_date(text, year)
    assert found is not None
    assert found[:2] == (rule, value)


@pytest.mark.parametrize("text", ["3113.2017", "31.02.2020", "2017", "12 miast", "29 lutego 2023"])
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert find_date(text, 2023) is None


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d%m.%Y}"):
        found = find_date(text, 0)
        assert found is not None
        assert found[1] == day.isoformat()
        assert found[2] == (0, len(text))


@given(st.text(max_size=400), st.data())
def test_a_quote_holds_what_is_written_or_is_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + MAX_QUOTE)))
    written = text[start:end]
    quote = quote_around(text, Span(0, start, end))
    assert len(quote) <= MAX_QUOTE
    assert not quote or written.strip() in quote


@given(st.text(max_size=60))
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_terms_are_found_in_both_forms_and_with_words_between() -> None:
    term = Terms("miejsk* inicjatyw* dzialan*")
    for words in ("Miejska {}Inicjatywa Działań", "MIEJSKICH {}INICJATYW DZIAŁANIA"):
        assert term.search(words.format(""))
        assert term.search(words.format("nowa "))
    assert not term.search("Miejska Inicjatywa")
    assert not Terms("=miasta").search("miasta partnerskie")


SURVEY = "Ankieta dla mieszkańców\n\n- Więcej drzew\n- Mniej hałasu\n\n"
FORMS = "Formy współpracy\n\nSPOTKANIA\n\nraz w roku (miasta + BŚ)\n\n"
PRODUCT = "PIM to zarządzanie informacją o produkcie. Edycja druga 2021-2023.\n\n"
NOISE = (
    f"{SURVEY}{FORMS}Sieć wodociągowa\n\n- Gdańsk\n- Żory\n",
    "Zakres\tSieć Zielona\tSieć Cyfrowa\nzmiany prawne\ta\tb\nfinanse\tc\td\n",
    f"{PRODUCT}Cele szczegółowe:\n- a\n- b\n",
    "Lorem ipsum dolor sit amet.\n\n1. Gdańsk\n2. Lublin\n\nPlan ulepszeń\n\n- rekomendacje\n",
    "Miejska Inicjatywa Działań\n\nPartnerska Inicjatywa Miast\n\nCele szczegółowe\n\n- cel\n",
)


@pytest.mark.parametrize("text", NOISE)
def test_a_document_of_something_else_tells_nothing(text: str) -> None:
    assert of_text(text).facts == ()


def test_a_page_about_the_programme_without_lists_gives_no_rows() -> None:
    found = of_text("Partnerska Inicjatywa Miast. Zapraszamy na stronę. Gdańsk leży nad morzem.")
    assert found.facts == ()


def test_an_unknown_network_keeps_its_name() -> None:
    text = "Partnerska Inicjatywa Miast\n\nSieć Miasto Wodne\n\n- Hel\n- Ustka\n"
    rows = [{p.column: p.value for p in fact.pieces} for fact in of_text(text).facts]
    assert rows == [
        {"network_name": "Sieć Miasto Wodne", "participant_id": city} for city in ("Hel", "Ustka")
    ]


def test_tables_are_told_apart() -> None:
    rows = [["a", "b"], ["c", "d"]]
    document = parse_document(make_docx([("table", rows), ("p", "x"), ("table", rows)]), "a.docx")
    found = list(grids(document.blocks))
    assert [grid.start for grid in found] == [0, 5]
    assert [len(grid.cells) for grid in found] == [4, 4]
