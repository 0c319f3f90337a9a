"""How much is known of each edition, beside what the edition itself counted."""

from schemas.columns import date, integer, reference
from schemas.counting import Rows
from schemas.datasets import DATA_QUALITY
from schemas.table import RowRule, Table
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.text import Text


class Coverage(Table):
    """One row an edition; derived by `reconcile.coverage`, from publishable rows only."""

    name_pl = "kompletnosc"
    title = Text("Kompletność danych", "Coverage of the data")
    description = Text(
        "Ile wiadomo o każdej edycji: liczba uczestników według źródeł programu, liczba nazw na "
        "znanych listach, liczba uczestników w danych oraz znane plany i rekomendacje.",
        "How much is known of each edition: participants by the programme's own sources, names in "
        "the lists that are known, participants in the data, known plans and recommendations.",
    )
    row = Text("jedna edycja programu", "one edition of the programme")
    rows = Rows(
        "f",
        "ocena kompletności / oceny kompletności / ocen kompletności",
        "measure of coverage / measures of coverage",
    )
    dataset = DATA_QUALITY

    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, której dotyczy wiersz.",
        "The edition that the row is about.",
        key=True,
    )
    expected_participants = integer(
        "uczestnicy_oczekiwani",
        "Uczestnicy oczekiwani",
        "Expected participants",
        "Liczba uczestników edycji według najnowszego źródła programu.",
        "Number of participants of the edition by the latest source of the programme.",
        null=True,
    )
    expected_from = date(
        "oczekiwani_stan_od",
        "Uczestnicy oczekiwani: stan od",
        "Expected participants: as of, from",
        "Pierwszy dzień okresu, na który podano liczbę oczekiwaną.",
        "First day of the period for which the expected number is given.",
        null=True,
    )
    expected_to = date(
        "oczekiwani_stan_do",
        "Uczestnicy oczekiwani: stan do",
        "Expected participants: as of, to",
        "Ostatni dzień okresu, na który podano liczbę oczekiwaną.",
        "Last day of the period for which the expected number is given.",
        null=True,
    )
    expected_sources = reference(
        Documents.document_id,
        "oczekiwani_zrodla",
        "Uczestnicy oczekiwani: źródła",
        "Expected participants: sources",
        "Dokumenty, które podają liczbę oczekiwaną, rozdzielone średnikiem.",
        "Documents that give the expected number, separated by semicolons.",
        null=True,
        many=True,
    )
    listed_participants = integer(
        "uczestnicy_na_listach",
        "Uczestnicy na listach",
        "Listed participants",
        "Ile nazw jest na najnowszych znanych listach uczestników sieci tej edycji, łącznie.",
        "How many names stand in the latest known lists of the edition's networks, together.",
        null=True,
    )
    listed_from = date(
        "listy_stan_od",
        "Listy: stan od",
        "Lists: as of, from",
        "Pierwszy dzień okresu, z którego pochodzą listy.",
        "First day of the period that the lists come from.",
        null=True,
    )
    listed_to = date(
        "listy_stan_do",
        "Listy: stan do",
        "Lists: as of, to",
        "Ostatni dzień okresu, z którego pochodzą listy.",
        "Last day of the period that the lists come from.",
        null=True,
    )
    listed_sources = reference(
        Documents.document_id,
        "listy_zrodla",
        "Listy: źródła",
        "Lists: sources",
        "Dokumenty z listami uczestników, rozdzielone średnikiem.",
        "Documents that hold the lists, separated by semicolons.",
        null=True,
        many=True,
    )
    known_participants = integer(
        "uczestnicy_znani",
        "Uczestnicy znani",
        "Known participants",
        "Ilu różnych uczestników edycji ma w opublikowanych danych co najmniej jeden udział w "
        "sieci, z listy lub z pojedynczej strony.",
        "How many different participants have, in the published data, at least one participation "
        "in a network of the edition, from a list or from a single page.",
    )
    confirmed_participants = integer(
        "uczestnicy_potwierdzeni",
        "Uczestnicy potwierdzeni",
        "Confirmed participants",
        "Ilu z uczestników znanych ma udział w sieci, o którym źródło mówi wprost; udziały tylko "
        "wywnioskowane nie są publikowane ani liczone.",
        "How many of the known ones have a participation that a source states; participations "
        "that are only inferred are neither published nor counted.",
    )
    mids_expected = integer(
        "mid_oczekiwane",
        "MID oczekiwane",
        "MIDs expected",
        "Ile Miejskich Inicjatyw Działania powinno powstać: po jednej na uczestnika oczekiwanego.",
        "How many municipal action plans should exist: one for each expected participant.",
        null=True,
    )
    mids_with_title = integer(
        "mid_z_tytulem",
        "MID z tytułem",
        "MIDs with a title",
        "Ile Miejskich Inicjatyw Działania ma znany tytuł lub temat.",
        "How many municipal action plans have a known title or topic.",
    )
    mids_with_document = integer(
        "mid_z_dokumentem",
        "MID z dokumentem",
        "MIDs with a document",
        "Ile Miejskich Inicjatyw Działania ma znany dokument.",
        "How many municipal action plans have a known document.",
    )
    plans_expected = integer(
        "plany_oczekiwane",
        "Plany Ulepszeń oczekiwane",
        "Improvement plans expected",
        "Ile Planów Ulepszeń powinno powstać w edycji.",
        "How many improvement plans should exist in the edition.",
    )
    plans_with_recommendations = integer(
        "plany_z_rekomendacjami",
        "Plany Ulepszeń z rekomendacjami",
        "Improvement plans with recommendations",
        "Z ilu Planów Ulepszeń znana jest co najmniej jedna rekomendacja.",
        "Of how many improvement plans at least one recommendation is known.",
    )


Coverage.rules = (
    RowRule(
        name="confirmed_within_known",
        good=Coverage.confirmed_participants.col <= Coverage.known_participants.col,
        message=Text(
            "Uczestników potwierdzonych jest więcej niż znanych.",
            "There are more confirmed participants than known ones.",
        ),
        columns=(Coverage.confirmed_participants, Coverage.known_participants),
    ),
    RowRule(
        name="known_within_expected",
        good=Coverage.known_participants.col <= Coverage.expected_participants.col,
        message=Text(
            "Uczestników znanych jest więcej, niż edycja ma według źródeł programu.",
            "There are more known participants than the programme's sources give the edition.",
        ),
        columns=(Coverage.known_participants, Coverage.expected_participants),
    ),
)
