"""Documents: what every fact is cited from."""

import polars as pl

from schemas.columns import Codes, Column, code, date, identifier, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.table import RowRule, Table
from schemas.text import Text


class DatePrecision(Codes):
    """How exactly a source gives a date."""

    DAY = "day", "dzień", "day"
    MONTH = "month", "miesiąc", "month"
    YEAR = "year", "rok", "year"


class DocumentType(Codes):
    """What kind of document it is."""

    ARTICLE = "article", "artykuł", "article"
    BROCHURE = "brochure", "broszura", "brochure"
    CASE_STUDY = "case_study", "studium przypadku", "case study"
    FACT_SHEET = "fact_sheet", "karta informacyjna", "fact sheet"
    LIST = "list", "lista", "list"
    NEWS = "news", "aktualność", "news item"
    PRESENTATION = "presentation", "prezentacja", "presentation"
    PRESS_RELEASE = "press_release", "komunikat prasowy", "press release"
    REPORT = "report", "raport", "report"
    RULES = "rules", "regulamin lub zasady", "rules"
    WEB_PAGE = "web_page", "strona internetowa", "web page"


class DocumentLanguage(Codes):
    """The language that a document is written in."""

    PL = "pl", "polski", "Polish"
    EN = "en", "angielski", "English"


class Availability(Codes):
    """How the document is known to those who keep the data."""

    TEXT = "text", "znana treść", "text known"
    PAGE = "page", "znany adres strony", "web address known"
    NAMED = "named", "znany tylko z nazwy", "known by name only"


def date_rules(start: Column, end: Column, precision: Column) -> tuple[RowRule, ...]:
    """The rules of a period with a precision: in order, and never one without the other."""
    return (
        RowRule(
            name=f"{start.name}_before_{end.name}",
            good=start.col <= end.col,
            message=Text(
                "Koniec okresu jest wcześniejszy niż jego początek.",
                "The period ends before it begins.",
            ),
            columns=(start, end),
        ),
        RowRule(
            name=f"{precision.name}_with_date",
            good=(start.col.is_null() & end.col.is_null()) == precision.col.is_null(),
            message=Text(
                "Data i jej dokładność muszą być podane razem.",
                "A date and its precision must be given together.",
            ),
            columns=(start, end, precision),
        ),
    )


class Documents(Table):
    """Pages, decks, reports and files that facts are cited from."""

    name_pl = "dokumenty"
    title = Text("Dokumenty", "Documents")
    description = Text(
        "Dokumenty i strony, z których pochodzą dane, oraz dokumenty programu, o których "
        "wiadomo, że istnieją.",
        "Documents and pages that the data come from, and documents of the programme that are "
        "known to exist.",
    )
    row = Text("jeden dokument lub jedna strona internetowa", "one document or one web page")
    rows = Rows("m", "dokument / dokumenty / dokumentów", "document / documents")
    dataset = CHRONICLE

    document_id = identifier(
        "doc",
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Stały identyfikator dokumentu w tym zbiorze.",
        "Permanent identifier of the document in this data set.",
    )
    document_title = string(
        "tytul",
        "Tytuł",
        "Title",
        "Tytuł dokumentu w jego języku, jeśli jest znany.",
        "Title of the document in its own language, where known.",
        null=True,
        max_length=300,
    )
    document_type = code(
        DocumentType,
        "rodzaj_dokumentu",
        "Rodzaj dokumentu",
        "Document type",
        "Czym jest dokument: raportem, aktualnością, prezentacją, stroną internetową.",
        "What the document is: a report, a news item, a presentation, a web page.",
    )
    publisher = string(
        "wydawca",
        "Wydawca",
        "Publisher",
        "Kto wydał dokument albo prowadzi stronę; kilku wydawców rozdziela średnik.",
        "Who published the document or runs the site; several are separated by semicolons.",
        max_length=200,
    )
    url = string(
        "adres",
        "Adres",
        "Web address",
        "Adres internetowy, jeśli jest znany; starsze strony mogą już nie działać.",
        "Web address where known; older pages may no longer work.",
        null=True,
        url=True,
    )
    issued_from = date(
        "data_wydania_od",
        "Data wydania: od",
        "Date of issue: from",
        "Pierwszy dzień, w którym dokument mógł zostać wydany.",
        "First day on which the document may have been issued.",
        null=True,
    )
    issued_to = date(
        "data_wydania_do",
        "Data wydania: do",
        "Date of issue: to",
        "Ostatni dzień, w którym dokument mógł zostać wydany.",
        "Last day on which the document may have been issued.",
        null=True,
    )
    date_precision = code(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność daty",
        "Date precision",
        "Jak dokładnie znana jest data wydania.",
        "How exactly the date of issue is known.",
        null=True,
    )
    document_language = code(
        DocumentLanguage,
        "jezyk",
        "Język",
        "Language",
        "Język dokumentu.",
        "Language of the document.",
    )
    availability = code(
        Availability,
        "dostepnosc",
        "Dostępność",
        "Availability",
        "Czy znana jest treść dokumentu, tylko jego adres, czy tylko nazwa.",
        "Whether the text of the document is known, only its address, or only its name.",
    )
    notes = string(
        "uwagi",
        "Uwagi",
        "Notes",
        "Wyjaśnienia do wiersza.",
        "Explanations of the row.",
        null=True,
        max_length=500,
    )


Documents.rules = (
    *date_rules(Documents.issued_from, Documents.issued_to, Documents.date_precision),
    RowRule(
        name="page_has_address",
        good=(Documents.availability.col != pl.lit(Availability.PAGE.value))
        | Documents.url.col.is_not_null(),
        message=Text(
            "Dokument o znanym adresie nie ma adresu.",
            "A document whose web address is known has no address.",
        ),
        columns=(Documents.availability, Documents.url),
    ),
)
