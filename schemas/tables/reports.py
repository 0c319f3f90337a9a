"""What the final report of an edition holds, by its table of contents."""

from schemas.columns import identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.tables.documents import Documents
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class ReportSections(Evidence):
    """Sections of a report, numbered as printed and as they should be."""

    name_pl = "rozdzialy_raportu"
    title = Text("Rozdziały raportu końcowego", "Sections of the final report")
    description = Text(
        "Spis treści raportu końcowego edycji: gdzie szukać Miejskich Inicjatyw Działania, Planów "
        "Ulepszeń i wniosków sieci.",
        "Table of contents of the final report of an edition: where to look for the action plans, "
        "the improvement plans and the findings of the networks.",
    )
    row = Text("jeden rozdział raportu", "one section of a report")
    rows = Rows(
        "m",
        "rozdział raportu / rozdziały raportu / rozdziałów raportu",
        "section of the report / sections of the report",
    )
    dataset = CHRONICLE

    section_id = identifier(
        "rs",
        "id_rozdzialu",
        "Identyfikator rozdziału",
        "Section identifier",
        "Stały identyfikator rozdziału w tym zbiorze.",
        "Permanent identifier of the section in this data set.",
    )
    document_id = reference(
        Documents.document_id,
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Raport, którego częścią jest rozdział.",
        "The report that the section belongs to.",
    )
    number_as_printed = string(
        "numer_wydrukowany",
        "Numer wydrukowany",
        "Number as printed",
        "Numer rozdziału tak, jak go wydrukowano.",
        "Number of the section as it is printed.",
        null=True,
        pattern=r"\d+(\.\d+)*",
        missing="-",
    )
    number_normalised = string(
        "numer_poprawny",
        "Numer poprawny",
        "Normalised number",
        "Numer rozdziału po usunięciu pomyłek druku.",
        "Number of the section with printing errors mended.",
        null=True,
        pattern=r"\d+(\.\d+)*",
        missing="-",
    )
    section_title = string(
        "tytul",
        "Tytuł",
        "Title",
        "Tytuł rozdziału w języku raportu.",
        "Title of the section in the language of the report.",
        max_length=200,
    )
    page = integer(
        "strona",
        "Strona",
        "Page",
        "Strona, na której zaczyna się rozdział, według spisu treści.",
        "Page on which the section begins, by the table of contents.",
        minimum=1,
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, której dotyczy rozdział; puste, gdy dotyczy całej edycji.",
        "The network that the section is about; empty when it is about the whole edition.",
        null=True,
        missing="-",
    )
