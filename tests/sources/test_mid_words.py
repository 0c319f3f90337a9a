"""Words, dates and persons as the readers of MID documents see them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.mid_documents.people import gives_contact, institutions_in, names_a_person
from sources.mid_documents.periods import find_dates, read_period
from sources.mid_documents.words import Letters, cut, fold, unfolded, without_number

LETTERS = st.text(alphabet="aąAŁłż „”–-\t.5éß", max_size=40)


@pytest.mark.parametrize(
    ("written", "shown", "rule"),
    [
        ("15 marca 2023 r.", "2023-03-15", "day_in_words"),
        ("2023-03-15", "2023-03-15", "iso_date"),
        ("31.12.2024", "2024-12-31", "day_month_year"),
        ("marzec 2023", "2023-03", "month_in_words"),
        ("03/2023", "2023-03", "month_number"),
        ("III kwartał 2023", "2023-07/2023-09", "quarter"),
        ("Q3 2023", "2023-07/2023-09", "quarter"),
        ("I połowa 2024 r.", "2024-01/2024-06", "half_year"),
        ("2023-2024", "2023/2024", "range_year"),
        ("marzec–czerwiec 2023", "2023-03/2023-06", "range_month_in_words"),
        ("I–II kwartał 2024", "2024-01/2024-06", "range_quarter"),
        ("od 01.2023 do 06.2024", "2023-01/2024-06", "range_month_number"),
        ("September 2022 - March 2023", "2022-09/2023-03", "range_month_in_words"),
        ("do końca 2024 r.", "../2024", "until_year"),
        ("od maja 2023", "2023-05/..", "from_month_in_words"),
    ],
)
def test_a_period_is_read_by_a_named_rule(written: str, shown: str, rule: str) -> None:
    period = read_period(written)
    assert period is not None
    assert (period.shown(), period.rule) == (shown, rule)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "maj",
        "30.02.2023",
        "V kwartał 2023",
        "2024-2023",
        "2022/2023",
        "po 2024",
        "1 - 15 maja 2023",
        "2023 lub 2024",
        "styczeń 2023, marzec 2024, maj 2024",
        "120 000 zł",
        "wkrótce",
    ],
)
def test_what_is_no_certain_period_is_left_open(written: str) -> None:
    assert read_period(written) is None


def test_dates_are_found_where_they_stand() -> None:
    found = [written for written, _ in find_dates("Żyrardów, marzec 2023 r. (wersja z 2.03.2023)")]
    assert found == ["marzec 2023", "2.03.2023"]


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("3.2. Harmonogram", "Harmonogram"),
        ("Rozdział IV. Harmonogram", "Harmonogram"),
        ("Część II – Działania", "Działania"),
        ("7 Interesariusze", "Interesariusze"),
        ("a) Cele", "Cele"),
        ("Inicjatywa", "Inicjatywa"),
        ("W mieście", "W mieście"),
    ],
)
def test_a_heading_loses_its_number(heading: str, bare: str) -> None:
    assert without_number(heading) == bare


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kowalska",
        "Anna Hvězda.",
        "Ewa Li",
        "Jan O’Neill",
        "Kowalska Anna",
        "A. Kowalska",
        "ANNA KOWALSKA",
        "Anny Kowalskiej",
        "Pani Nowak",
        "dr Zych",
        "mgr inż. Jerzy Kot",
        "Spotkanie z Janem Nowakiem",
        "Kancelaria Jan Nowak i Wspólnicy",
        "prezydent Marek W.",
        "pod kierunkiem Krzysztofa Wójcika",
        "Żaneta Wilk",
    ],
)
def test_a_person_is_seen(text: str) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wydział Rozwoju Urzędu Miasta Płocka",
        "ul. Jana Pawła II",
        "Dąbrowa Górnicza",
        "Bank Światowy",
        "Szkoła Podstawowa nr 1 im. Jana Kochanowskiego",
        "Plan B. Rozwój",
        "Gmina Miejska Żyrardów",
        "Etap I. Analiza",
        "Rada Miasta",
    ],
)
def test_institutions_streets_and_patrons_are_no_persons(text: str) -> None:
    assert not names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "tel. 24 367 15 00",
        "biuro@example.org",
        "600 700 800",
        "+48 600700800",
        "(24) 367-15-00",
        "e-mail: x (at) example.org",
    ],
)
def test_a_contact_is_seen(text: str) -> None:
    assert gives_contact(text)


@pytest.mark.parametrize("text", ["600 700 800 zł", "telefon zaufania", "2023-2024", "NIP i REGON"])
def test_an_amount_is_no_contact(text: str) -> None:
    assert not gives_contact(text)


def test_of_a_line_of_authors_only_institutions_are_taken() -> None:
    line = (
        "Opracowanie: Anna Nowak, Wydział Rozwoju, tel. 24 367 15 00; Jan Lis – Zakład Sp. z o.o."
    )
    assert list(institutions_in(line)) == ["Wydział Rozwoju", "Zakład Sp. z o.o."]


@settings(max_examples=100)
@given(LETTERS)
def test_a_stretch_of_the_folded_text_is_found_again(text: str) -> None:
    plain = fold(text)
    for start in range(len(plain)):
        assert fold(unfolded(text, start, len(plain))) == plain[start:].strip()


@settings(max_examples=50)
@given(LETTERS, st.integers(1, 30))
def test_a_cut_text_is_the_beginning_of_the_text(text: str, limit: int) -> None:
    assert text.startswith(cut(text, limit))
    assert len(cut(text, limit)) <= limit


@pytest.mark.parametrize(
    "text", ["Ogród o powierzchni 20 m³ i 30 km²", "Zażółć gęślą jaźń", "naïve"]
)
def test_letters_that_are_right_are_left_alone(text: str) -> None:
    assert Letters.of([text]).read(text) == text
