"""Municipal action plans (MID), and what such a plan has to contain."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import ACTION_PLANS
from schemas.table import RowRule, TableRule, Tables
from schemas.tables.documents import DocumentLanguage, Documents
from schemas.tables.editions import Editions
from schemas.tables.participations import Participations
from schemas.tables.shared import Evidence
from schemas.text import Text


class MidStatus(Codes):
    """How much is known of a plan."""

    EXPECTED = "expected", "oczekiwana, niczego nie znaleziono", "expected, nothing found"
    INTENT = "intent_stated", "podane zamiary", "intentions stated"
    SCOPE = "scope_declared", "zadeklarowany zakres", "scope declared"
    TOPIC = "topic_published", "ogłoszony temat", "topic published"
    DOCUMENT = "document_published", "ogłoszony dokument", "document published"


class Mids(Evidence):
    """One row for each participation: a plan without a title is a fact, too."""

    name_pl = "mid"
    title = Text("Miejskie Inicjatywy Działania (MID)", "Municipal action plans (MID)")
    description = Text(
        "Miejska Inicjatywa Działania każdego uczestnika sieci. Puste pole znaczy, że "
        "w publicznych źródłach niczego nie znaleziono.",
        "The municipal action plan of every participant of a network. An empty field means "
        "that nothing was found in public sources.",
    )
    row = Text("jedna Miejska Inicjatywa Działania", "one municipal action plan")
    rows = Rows("f", "MID / MID / MID", "MID / MIDs")
    dataset = ACTION_PLANS

    mid_id = identifier(
        "mid",
        "id_mid",
        "Identyfikator MID",
        "MID identifier",
        "Stały identyfikator Miejskiej Inicjatywy Działania w tym zbiorze.",
        "Permanent identifier of the municipal action plan in this data set.",
    )
    participation_id = reference(
        Participations.participation_id,
        "id_udzialu",
        "Identyfikator udziału",
        "Participation identifier",
        "Udział w sieci, w ramach którego powstaje MID.",
        "Participation in a network from which the plan comes.",
    )
    title_pl = string(
        "tytul",
        "Tytuł",
        "Title in Polish",
        "Tytuł albo temat MID, jeśli został ogłoszony.",
        "Title or topic of the plan, where published.",
        null=True,
        max_length=300,
    )
    challenge_pl = string(
        "wyzwanie",
        "Wyzwanie",
        "Challenge in Polish",
        "Wyzwanie, którym miasto się zajmuje, po polsku, jeśli jest znane.",
        "Challenge that the city deals with, in Polish, where known.",
        null=True,
        max_length=500,
    )
    challenge_en = string(
        "wyzwanie_en",
        "Wyzwanie po angielsku",
        "Challenge in English",
        "Wyzwanie, którym miasto się zajmuje, po angielsku, jeśli jest znane.",
        "Challenge that the city deals with, in English, where known.",
        null=True,
        max_length=500,
    )
    status = code(
        MidStatus,
        "stan_wiedzy",
        "Stan wiedzy",
        "State of knowledge",
        "Ile wiadomo o tej MID z publicznych źródeł.",
        "How much public sources say of this plan.",
    )
    document_id = reference(
        Documents.document_id,
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Dokument MID, jeśli go znaleziono.",
        "The document of the plan, where found.",
        null=True,
    )
    year = integer(
        "rok",
        "Rok",
        "Year",
        "Rok dokumentu MID, jeśli jest znany.",
        "Year of the document of the plan, where known.",
        null=True,
        minimum=2015,
        maximum=2100,
    )
    language = code(
        DocumentLanguage,
        "jezyk",
        "Język",
        "Language",
        "Język tytułu albo dokumentu MID, jeśli są znane.",
        "Language of the title or document of the plan, where known.",
        null=True,
    )
    pages = integer(
        "liczba_stron",
        "Liczba stron",
        "Number of pages",
        "Liczba stron dokumentu MID, jeśli jest znana.",
        "Number of pages of the document of the plan, where known.",
        null=True,
        minimum=1,
        unit=Text("strona", "page"),
    )


class MidParts(Evidence):
    """What a MID contains according to the organiser."""

    name_pl = "czesci_mid"
    title = Text("Części MID", "Parts of a MID")
    description = Text(
        "Co zawiera Miejska Inicjatywa Działania według opisu organizatora.",
        "What a municipal action plan contains according to the organiser.",
    )
    row = Text("jedna część MID", "one part of a municipal action plan")
    rows = Rows(
        "f",
        "część MID / części MID / części MID",
        "part of a MID / parts of a MID",
        named_by="part_pl",
    )
    dataset = ACTION_PLANS

    mid_part_id = identifier(
        "mp",
        "id_czesci",
        "Identyfikator części",
        "Part identifier",
        "Stały identyfikator części MID w tym zbiorze.",
        "Permanent identifier of the part in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, której dotyczy opis.",
        "Edition that the description is about.",
    )
    part_pl = string(
        "czesc",
        "Część",
        "Part in Polish",
        "Nazwa części po polsku.",
        "Name of the part in Polish.",
        max_length=200,
    )
    part_en = string(
        "czesc_en",
        "Część po angielsku",
        "Part in English",
        "Nazwa części po angielsku.",
        "Name of the part in English.",
        max_length=200,
    )


def _second_plans(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Plans of a participation that has more than one."""
    twice = frame.filter(pl.col("participation_id").is_duplicated())
    return twice.get_column("mid_id").sort().to_list()


Mids.rules = (
    RowRule(
        name="topic_has_title",
        good=(Mids.status.col != MidStatus.TOPIC.value) | Mids.title_pl.col.is_not_null(),
        message=Text(
            "MID o ogłoszonym temacie nie ma tytułu.",
            "A plan whose topic is published has no title.",
        ),
        columns=(Mids.status, Mids.title_pl),
    ),
    RowRule(
        name="nothing_known_of_expected",
        good=(Mids.status.col != MidStatus.EXPECTED.value)
        | pl.all_horizontal(
            Mids.title_pl.col.is_null(),
            Mids.challenge_pl.col.is_null(),
            Mids.document_id.col.is_null(),
        ),
        message=Text(
            "MID oznaczona jako oczekiwana ma już tytuł, wyzwanie albo dokument.",
            "A plan marked as expected already has a title, a challenge or a document.",
        ),
        columns=(Mids.status, Mids.title_pl, Mids.challenge_pl, Mids.document_id),
    ),
    RowRule(
        name="document_and_status_agree",
        good=(Mids.status.col == MidStatus.DOCUMENT.value) == Mids.document_id.col.is_not_null(),
        message=Text(
            "Dokument MID i stan wiedzy nie zgadzają się ze sobą.",
            "The document of the plan and the state of knowledge do not agree.",
        ),
        columns=(Mids.status, Mids.document_id),
    ),
    TableRule(
        name="one_plan_a_participation",
        broken=_second_plans,
        message=Text(
            "Jeden udział ma więcej niż jedną MID.",
            "A participation has more than one plan.",
        ),
    ),
)
