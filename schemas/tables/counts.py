"""Counts that sources give, each with the date at which it holds."""

from schemas.columns import Codes, code, date, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.tables.documents import DatePrecision, date_rules
from schemas.tables.editions import Editions
from schemas.tables.events import network_among_editions
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class CountMeasure(Codes):
    """What is counted."""

    APPLICANTS = "applicants", "zgłoszenia w naborze", "applicants in the call"
    SELECTED = "selected", "zakwalifikowani w naborze", "selected in the call"
    LEADERS = "selected_leaders", "miasta liderzy wybrane w naborze", "leader cities selected"
    PARTNERS = "selected_partners", "miasta partnerzy wybrane w naborze", "partner cities selected"
    PARTICIPANTS = "participants", "uczestnicy", "participants"
    LISTED = "listed", "uczestnicy wymienieni na liście", "participants named in a list"
    ALUMNI = "alumni", "miasta absolwenci programu", "alumni cities"
    MIDS = "mids", "Miejskie Inicjatywy Działania", "municipal action plans"
    PLANS = "improvement_plans", "Plany Ulepszeń", "improvement plans"


class CountBasis(Codes):
    """The moment of an edition for which a count holds."""

    CALL = "call", "w naborze", "in the call"
    LAUNCH = "launch", "na początku edycji", "at the launch"
    RUNNING = "running", "w trakcie edycji", "while the edition ran"
    END = "end", "na końcu edycji", "at the end"
    AFTER = "after", "po zakończeniu edycji", "after the edition"


class Counts(Evidence):
    """Numbers of cities and documents that a source states for a date."""

    name_pl = "liczby"
    title = Text("Liczby w czasie", "Counts over time")
    description = Text(
        "Liczby miast, zgłoszeń i dokumentów podawane przez źródła, z datą, na którą są prawdziwe. "
        "Różne liczby mogą być prawdziwe w różnym czasie.",
        "Numbers of cities, applications and documents that sources give, with the date at which "
        "they hold. Different numbers may be true at different times.",
    )
    row = Text("jedna liczba na jeden czas", "one count at one time")
    rows = Rows("f", "liczba / liczby / liczb", "count / counts", named_by="measure")
    dataset = CHRONICLE

    count_id = identifier(
        "cnt",
        "id_liczby",
        "Identyfikator liczby",
        "Count identifier",
        "Stały identyfikator liczby w tym zbiorze.",
        "Permanent identifier of the count in this data set.",
    )
    edition_ids = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikatory edycji",
        "Edition identifiers",
        "Edycje, których dotyczy liczba, rozdzielone średnikiem.",
        "Editions that the count is about, separated by semicolons.",
        many=True,
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, której dotyczy liczba; puste, gdy dotyczy całej edycji.",
        "The network that the count is about; empty when it is for the whole edition.",
        null=True,
        missing="-",
    )
    measure = code(
        CountMeasure,
        "co_policzono",
        "Co policzono",
        "Measure",
        "Co zostało policzone.",
        "What is counted.",
    )
    counted = integer(
        "liczba",
        "Liczba",
        "Count",
        "Liczba podana przez źródła.",
        "The number that the sources give.",
    )
    basis = code(
        CountBasis,
        "moment",
        "Moment",
        "Basis",
        "Moment edycji, dla którego liczba jest prawdziwa.",
        "The moment of the edition for which the count holds.",
    )
    as_of_from = date(
        "stan_na_od",
        "Stan na dzień: od",
        "As of: from",
        "Pierwszy dzień okresu, na który podano liczbę.",
        "First day of the period for which the count is given.",
        null=True,
    )
    as_of_to = date(
        "stan_na_do",
        "Stan na dzień: do",
        "As of: to",
        "Ostatni dzień okresu, na który podano liczbę.",
        "Last day of the period for which the count is given.",
        null=True,
    )
    date_precision = code(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność daty",
        "Date precision",
        "Jak dokładnie znany jest dzień, na który podano liczbę.",
        "How exactly the date of the count is known.",
        null=True,
    )
    notes = string(
        "uwagi",
        "Uwagi",
        "Notes",
        "Wyjaśnienia do wiersza.",
        "Explanations of the row.",
        null=True,
        max_length=300,
    )


Counts.rules = (
    *date_rules(Counts.as_of_from, Counts.as_of_to, Counts.date_precision),
    network_among_editions("count_id"),
)
