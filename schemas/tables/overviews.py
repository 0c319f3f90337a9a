"""Overviews: tables with names instead of identifiers, for people who open one file.

Everything in them stands in other tables, too; they are made from those, and every row leads
back to the row that it shows.
"""

from schemas.columns import Column, code, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import ACTION_PLANS, CITIES_AND_NETWORKS, IMPROVEMENT_PLANS
from schemas.table import Table
from schemas.tables.action_plans import Mids, MidStatus
from schemas.tables.participants import ParticipantKind
from schemas.tables.participations import ParticipationRole, Participations
from schemas.tables.recommendations import Recommendations, Scope
from schemas.text import Text


def _edition() -> Column:
    return integer(
        "edycja",
        "Edycja",
        "Edition",
        "Numer edycji programu.",
        "Number of the edition of the programme.",
        minimum=1,
    )


def _network() -> Column:
    return string(
        "siec",
        "Sieć",
        "Network",
        "Główna polska nazwa sieci tematycznej.",
        "Main Polish name of the thematic network.",
        max_length=200,
    )


def _participant() -> Column:
    return string(
        "uczestnik",
        "Uczestnik",
        "Participant",
        "Oficjalna nazwa miasta albo innego uczestnika.",
        "Official name of the city or other participant.",
        max_length=200,
    )


class ParticipationOverview(Table):
    """Who took part in which network, in words."""

    name_pl = "zestawienie_udzialow"
    title = Text("Zestawienie uczestników sieci", "Overview of participants by network")
    description = Text(
        "Kto brał udział w której sieci, z nazwami zamiast identyfikatorów i z kodem TERC miasta. "
        "Powtarza treść innych tabel tego zbioru w postaci do czytania.",
        "Who took part in which network, with names instead of identifiers and with the TERC code "
        "of the city. It repeats other tables of this data set in a form for reading.",
    )
    row = Text("udział jednego uczestnika w jednej sieci", "one participant in one network")
    rows = Rows(
        "m",
        "udział w zestawieniu / udziały w zestawieniu / udziałów w zestawieniu",
        "participation of the overview / participations of the overview",
        named_by="participant_name",
        told=False,
    )
    dataset = CITIES_AND_NETWORKS

    participation_id = reference(
        Participations.participation_id,
        "id_udzialu",
        "Identyfikator udziału",
        "Participation identifier",
        "Wiersz tabeli udziałów, który tu pokazano.",
        "Row of the table of participations that is shown here.",
        key=True,
    )
    edition_number = _edition()
    network_name = _network()
    participant_name = _participant()
    participant_kind = code(
        ParticipantKind,
        "rodzaj_uczestnika",
        "Rodzaj uczestnika",
        "Kind of participant",
        "Czym jest uczestnik: miastem czy inną jednostką.",
        "What the participant is: a city or another body.",
    )
    voivodeship = string(
        "wojewodztwo",
        "Województwo",
        "Voivodeship",
        "Województwo miasta według TERC.",
        "Voivodeship of the city according to TERC.",
        null=True,
        missing="X",
        max_length=50,
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod TERC gminy; pierwsze zero jest jego częścią.",
        "Seven-digit TERC code of the gmina; a leading zero belongs to it.",
        null=True,
        missing="X",
        pattern=r"\d{7}",
    )
    role = code(
        ParticipationRole,
        "rola",
        "Rola",
        "Role",
        "Rola uczestnika w sieci.",
        "Role of the participant in the network.",
    )


class MidOverview(Table):
    """Which city prepares which action plan, in words."""

    name_pl = "zestawienie_mid"
    title = Text("Zestawienie MID", "Overview of action plans")
    description = Text(
        "Miejskie Inicjatywy Działania z nazwą miasta i sieci. Powtarza treść innych tabel "
        "w postaci do czytania.",
        "Municipal action plans with the names of city and network. It repeats other tables in a "
        "form for reading.",
    )
    row = Text("jedna Miejska Inicjatywa Działania", "one municipal action plan")
    rows = Rows(
        "f",
        "MID w zestawieniu / MID w zestawieniu / MID w zestawieniu",
        "MID of the overview / MIDs of the overview",
        named_by="participant_name",
        told=False,
    )
    dataset = ACTION_PLANS

    mid_id = reference(
        Mids.mid_id,
        "id_mid",
        "Identyfikator MID",
        "MID identifier",
        "Wiersz tabeli MID, który tu pokazano.",
        "Row of the table of action plans that is shown here.",
        key=True,
    )
    edition_number = _edition()
    network_name = _network()
    participant_name = _participant()
    title_pl = string(
        "tytul",
        "Tytuł",
        "Title in Polish",
        "Tytuł MID, jeśli jest znany.",
        "Title of the action plan, where it is known.",
        null=True,
        max_length=500,
    )
    status = code(
        MidStatus,
        "stan_wiedzy",
        "Stan wiedzy",
        "Status of knowledge",
        "Ile o tej MID wiadomo z publicznych źródeł.",
        "How much is known of this action plan from public sources.",
    )


class RecommendationOverview(Table):
    """Which network recommends what, in words."""

    name_pl = "zestawienie_rekomendacji"
    title = Text("Zestawienie rekomendacji", "Overview of recommendations")
    description = Text(
        "Rekomendacje dla administracji centralnej z nazwą sieci. Powtarza treść innych tabel "
        "w postaci do czytania.",
        "Recommendations to central government with the name of the network. It repeats other "
        "tables in a form for reading.",
    )
    row = Text("jedna rekomendacja", "one recommendation")
    rows = Rows(
        "f",
        "rekomendacja w zestawieniu / rekomendacje w zestawieniu / rekomendacji w zestawieniu",
        "recommendation of the overview / recommendations of the overview",
        named_by="title_pl",
        told=False,
    )
    dataset = IMPROVEMENT_PLANS

    recommendation_id = reference(
        Recommendations.recommendation_id,
        "id_rekomendacji",
        "Identyfikator rekomendacji",
        "Recommendation identifier",
        "Wiersz tabeli rekomendacji, który tu pokazano.",
        "Row of the table of recommendations that is shown here.",
        key=True,
    )
    edition_number = _edition()
    network_name = _network()
    scope = code(
        Scope,
        "zakres",
        "Zakres",
        "Scope",
        "Czego dotyczy rekomendacja: prawa, finansów czy wiedzy.",
        "What the recommendation is about: law, finance or knowledge.",
    )
    title_pl = string(
        "tytul",
        "Rekomendacja",
        "Recommendation in Polish",
        "Treść rekomendacji w skrócie, po polsku.",
        "The recommendation in short, in Polish.",
        max_length=500,
    )
    summary_en = string(
        "skrot_en",
        "Rekomendacja po angielsku",
        "Recommendation in English",
        "Treść rekomendacji w skrócie, po angielsku.",
        "The recommendation in short, in English.",
        max_length=1000,
    )
