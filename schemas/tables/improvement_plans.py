"""Improvement plans of the networks, and what such a plan has to consist of."""

from schemas.columns import Codes, code, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import IMPROVEMENT_PLANS
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks, edition_of_network
from schemas.tables.shared import Evidence
from schemas.text import Text


class PlanAuthor(Codes):
    """Who writes the plan: this changed after the pilot."""

    NETWORK = (
        "network",
        "miasta sieci, eksperci i ministerstwo",
        "cities of the network, experts and the ministry",
    )
    WORLD_BANK = "world_bank", "zespół Banku Światowego", "World Bank team"


class Addressee(Codes):
    """Whom plans and recommendations are written for."""

    CENTRAL = "central_government", "administracja centralna", "central government"


class PlanStatus(Codes):
    """How much is known of a plan."""

    EXPECTED = "expected", "oczekiwany, nie znaleziono", "expected, not found"
    NAMED = "named", "istnieje, treść nieznana", "exists, text not known"
    HEADLINES = "headlines", "znane główne zalecenia", "main recommendations known"
    DOCUMENT = "document_published", "ogłoszony dokument", "document published"


class ImprovementPlans(Evidence):
    """One plan for each network, known or expected."""

    name_pl = "plany_ulepszen"
    title = Text("Plany Ulepszeń", "Improvement plans")
    description = Text(
        "Plany Ulepszeń: zbiory rekomendacji dla administracji centralnej, po jednym na sieć.",
        "Improvement plans: sets of recommendations to central government, one a network.",
    )
    row = Text("jeden Plan Ulepszeń", "one improvement plan")
    rows = Rows(
        "m",
        "Plan Ulepszeń / Plany Ulepszeń / Planów Ulepszeń",
        "improvement plan / improvement plans",
    )
    dataset = IMPROVEMENT_PLANS

    plan_id = identifier(
        "pu",
        "id_planu",
        "Identyfikator planu",
        "Plan identifier",
        "Stały identyfikator Planu Ulepszeń w tym zbiorze.",
        "Permanent identifier of the improvement plan in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której plan powstał lub ma powstać.",
        "Edition in which the plan was or is to be written.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, której plan dotyczy.",
        "Network that the plan is about.",
    )
    plan_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Nazwa planu po polsku.",
        "Name of the plan in Polish.",
        max_length=200,
    )
    plan_name_en = string(
        "nazwa_en",
        "Nazwa angielska",
        "English name",
        "Nazwa planu po angielsku, jeśli była używana.",
        "Name of the plan in English, where one was used.",
        null=True,
        max_length=200,
    )
    author = code(
        PlanAuthor,
        "autor",
        "Autor",
        "Author",
        "Kto opracowuje plan.",
        "Who writes the plan.",
    )
    addressee = code(
        Addressee,
        "adresat",
        "Adresat",
        "Addressee",
        "Dla kogo plan jest przeznaczony.",
        "Whom the plan is written for.",
    )
    status = code(
        PlanStatus,
        "stan_wiedzy",
        "Stan wiedzy",
        "State of knowledge",
        "Ile wiadomo o planie z publicznych źródeł.",
        "How much public sources say of the plan.",
    )
    year = integer(
        "rok",
        "Rok",
        "Year",
        "Rok wydania planu, jeśli jest znany.",
        "Year in which the plan was issued, where known.",
        null=True,
        minimum=2015,
        maximum=2100,
    )
    document_id = reference(
        Documents.document_id,
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Dokument z treścią planu, jeśli go znaleziono.",
        "Document with the text of the plan, where found.",
        null=True,
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


class PlanComponents(Evidence):
    """What an improvement plan has to consist of."""

    name_pl = "czesci_planu_ulepszen"
    title = Text("Wymagane części Planu Ulepszeń", "Required parts of an improvement plan")
    description = Text(
        "Z czego ma się składać Plan Ulepszeń według założeń edycji.",
        "What an improvement plan has to consist of under the rules of the edition.",
    )
    row = Text("jedna wymagana część planu", "one required part of a plan")
    rows = Rows(
        "f",
        "część Planu Ulepszeń / części Planu Ulepszeń / części Planu Ulepszeń",
        "part of an improvement plan / parts of an improvement plan",
        named_by="component_pl",
    )
    dataset = IMPROVEMENT_PLANS

    component_id = identifier(
        "pc",
        "id_czesci",
        "Identyfikator części",
        "Part identifier",
        "Stały identyfikator części planu w tym zbiorze.",
        "Permanent identifier of the part in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, której dotyczy wymaganie.",
        "Edition that the requirement is about.",
    )
    component_pl = string(
        "czesc",
        "Część",
        "Part in Polish",
        "Nazwa części po polsku.",
        "Name of the part in Polish.",
        max_length=200,
    )
    summary_en = string(
        "opis_en",
        "Opis po angielsku",
        "Summary in English",
        "Krótki opis części po angielsku.",
        "Short summary of the part in English.",
        max_length=300,
    )


ImprovementPlans.rules = (edition_of_network("plan_id"),)
