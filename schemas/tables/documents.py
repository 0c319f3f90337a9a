"""Documents: what every fact is cited from."""

from schemas.columns import Codes, code, date, identifier, string
from schemas.datasets import CHRONICLE
from schemas.table import Table
from schemas.text import Text


class DatePrecision(Codes):
    """How exactly a source gives a date."""

    DAY = "day", "dzień", "day"
    MONTH = "month", "miesiąc", "month"
    YEAR = "year", "rok", "year"


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
    dataset = CHRONICLE

    document_id = identifier(
        "doc",
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Stały identyfikator dokumentu w tym zbiorze.",
        "Permanent identifier of the document in this data set.",
    )
