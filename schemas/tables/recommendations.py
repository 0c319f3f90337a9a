"""Recommendations of the networks to central government, and good practices."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import IMPROVEMENT_PLANS
from schemas.table import TableRule, Tables
from schemas.tables.editions import Editions
from schemas.tables.improvement_plans import Addressee, ImprovementPlans
from schemas.tables.networks import Networks, edition_of_network
from schemas.tables.participants import Participants
from schemas.tables.shared import Evidence
from schemas.text import Text


class Scope(Codes):
    """What a recommendation asks to be changed."""

    LAW = "law", "zmiany prawne", "law"
    FINANCE = "finance", "usprawnienia finansowe", "finance"
    KNOWLEDGE = "knowledge", "poszerzanie wiedzy", "knowledge"


class ProgrammeLink(Codes):
    """How a source links a good practice with the programme."""

    STATED = "stated", "źródło podaje związek z PIM", "the source states the link"
    BESIDE = "listed_beside", "wymieniona obok PIM", "listed beside the programme"
    CONTEXT = "context", "podana jako tło", "given as background"


class Recommendations(Evidence):
    """Recommendations to central government, by network and scope."""

    name_pl = "rekomendacje"
    title = Text("Rekomendacje", "Recommendations")
    description = Text(
        "Rekomendacje sieci dla administracji centralnej: zmiany prawne, usprawnienia "
        "finansowe i poszerzanie wiedzy.",
        "Recommendations of the networks to central government: law, finance and knowledge.",
    )
    row = Text("jedna rekomendacja", "one recommendation")
    rows = Rows(
        "f", "rekomendacja / rekomendacje / rekomendacji", "recommendation / recommendations"
    )
    dataset = IMPROVEMENT_PLANS

    recommendation_id = identifier(
        "rec",
        "id_rekomendacji",
        "Identyfikator rekomendacji",
        "Recommendation identifier",
        "Stały identyfikator rekomendacji w tym zbiorze.",
        "Permanent identifier of the recommendation in this data set.",
    )
    plan_id = reference(
        ImprovementPlans.plan_id,
        "id_planu",
        "Identyfikator planu",
        "Plan identifier",
        "Plan Ulepszeń, z którego pochodzi rekomendacja.",
        "Improvement plan that the recommendation comes from.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, która zgłosiła rekomendację.",
        "Network that made the recommendation.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której rekomendację zgłoszono.",
        "Edition in which the recommendation was made.",
    )
    scope = code(
        Scope,
        "zakres",
        "Zakres",
        "Scope",
        "Czego rekomendacja dotyczy: prawa, finansów czy wiedzy.",
        "What the recommendation is about: law, finance or knowledge.",
    )
    title_pl = string(
        "tytul",
        "Tytuł",
        "Title in Polish",
        "Krótki tytuł rekomendacji po polsku.",
        "Short title of the recommendation in Polish.",
        max_length=200,
    )
    summary_en = string(
        "opis_en",
        "Opis po angielsku",
        "Summary in English",
        "Krótki opis rekomendacji po angielsku.",
        "Short summary of the recommendation in English.",
        max_length=300,
    )
    addressee = code(
        Addressee,
        "adresat",
        "Adresat",
        "Addressee",
        "Do kogo rekomendacja jest skierowana; źródło podaje to dla całego planu.",
        "Whom the recommendation is made to; the source says so of the plan as a whole.",
    )
    place_pl = string(
        "miejsce",
        "Miejsce w dokumencie",
        "Place in the document, in Polish",
        "Gdzie w dokumencie stoi rekomendacja.",
        "Where in the document the recommendation stands.",
        max_length=200,
    )


class GoodPractices(Evidence):
    """Good practices that sources name in connection with the programme."""

    name_pl = "dobre_praktyki"
    title = Text("Dobre praktyki", "Good practices")
    description = Text(
        "Dobre praktyki miast, które źródła wymieniają w związku z programem.",
        "Good practices of cities that sources name in connection with the programme.",
    )
    row = Text("jedna dobra praktyka", "one good practice")
    rows = Rows(
        "f", "dobra praktyka / dobre praktyki / dobrych praktyk", "good practice / good practices"
    )
    dataset = IMPROVEMENT_PLANS

    practice_id = identifier(
        "gp",
        "id_praktyki",
        "Identyfikator praktyki",
        "Practice identifier",
        "Stały identyfikator dobrej praktyki w tym zbiorze.",
        "Permanent identifier of the good practice in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, z którą źródło wiąże praktykę.",
        "Edition that the source links the practice with.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, z którą źródło wiąże praktykę, jeśli ją podaje.",
        "Network that the source links the practice with, where it names one.",
        null=True,
    )
    participant_id = reference(
        Participants.participant_id,
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Miasto, którego jest to praktyka, jeśli dotyczy jednego miasta.",
        "City whose practice it is, where it is that of one city.",
        null=True,
    )
    title_pl = string(
        "tytul",
        "Tytuł",
        "Title in Polish",
        "Nazwa praktyki po polsku.",
        "Name of the practice in Polish.",
        max_length=200,
    )
    description_pl = string(
        "opis",
        "Opis",
        "Description in Polish",
        "Krótki opis praktyki po polsku.",
        "Short description of the practice in Polish.",
        max_length=300,
    )
    description_en = string(
        "opis_en",
        "Opis po angielsku",
        "Description in English",
        "Krótki opis praktyki po angielsku.",
        "Short description of the practice in English.",
        max_length=300,
    )
    programme_link = code(
        ProgrammeLink,
        "zwiazek_z_pim",
        "Związek z PIM",
        "Link with the programme",
        "Jak źródło wiąże praktykę z programem.",
        "How the source links the practice with the programme.",
    )


def _other_network_than_plan(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Recommendations whose network is not the one of their plan."""
    plans = tables[ImprovementPlans.name].select(
        "plan_id", pl.col("network_id").alias("network_of_plan")
    )
    both = frame.join(plans, on="plan_id", how="inner")
    wrong = both.filter(pl.col("network_id") != pl.col("network_of_plan"))
    return wrong.get_column("recommendation_id").sort().to_list()


Recommendations.rules = (
    edition_of_network("recommendation_id"),
    TableRule(
        name="network_of_plan",
        broken=_other_network_than_plan,
        message=Text(
            "Sieć w rekomendacji jest inna niż sieć jej Planu Ulepszeń.",
            "The network of the recommendation differs from the network of its plan.",
        ),
    ),
)
GoodPractices.rules = (edition_of_network("practice_id"),)
