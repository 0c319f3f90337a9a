"""Every name that the networks have borne, and the networks that never started."""

from schemas.columns import Codes, code, date, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.tables.documents import DatePrecision, DocumentLanguage, date_rules
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class PlannedStatus(Codes):
    """What became of a network that was announced."""

    NO_TRACE = (
        "no_trace",
        "zapowiedziana, brak śladu uruchomienia",
        "announced, no trace of a start",
    )


class NetworkNames(Evidence):
    """Names under which a network appears in sources, each with its place and time."""

    name_pl = "nazwy_sieci"
    title = Text("Nazwy sieci", "Names of networks")
    description = Text(
        "Wszystkie nazwy, pod którymi sieci występują w źródłach, zapisane tak jak tam, "
        "z miejscem i czasem użycia.",
        "Every name under which the networks appear in sources, written as there, with the "
        "place and time of its use.",
    )
    row = Text("jedna nazwa sieci w jednym kontekście", "one name of a network in one context")
    rows = Rows(
        "f", "nazwa sieci / nazwy sieci / nazw sieci", "name of a network / names of networks"
    )
    dataset = CITIES_AND_NETWORKS

    name_id = identifier(
        "nn",
        "id_nazwy",
        "Identyfikator nazwy",
        "Name identifier",
        "Stały identyfikator nazwy w tym zbiorze.",
        "Permanent identifier of the name in this data set.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, która nosiła nazwę.",
        "Network that bore the name.",
    )
    name_as_written = string(
        "nazwa_w_zrodle",
        "Nazwa w źródle",
        "Name as written",
        "Nazwa sieci dokładnie tak, jak zapisano ją w źródle.",
        "Name of the network exactly as the source writes it.",
        max_length=200,
    )
    language = code(
        DocumentLanguage,
        "jezyk",
        "Język",
        "Language",
        "Język nazwy.",
        "Language of the name.",
    )
    context_pl = string(
        "kontekst",
        "Kontekst",
        "Context in Polish",
        "Gdzie i przy jakiej okazji użyto nazwy, po polsku.",
        "Where and on what occasion the name was used, in Polish.",
        max_length=200,
    )
    used_from = date(
        "uzyta_od",
        "Użyta: od",
        "Used: from",
        "Pierwszy dzień, w którym nazwa mogła zostać użyta w tym źródle.",
        "First day on which the name may have been used in this source.",
        null=True,
    )
    used_to = date(
        "uzyta_do",
        "Użyta: do",
        "Used: to",
        "Ostatni dzień, w którym nazwa mogła zostać użyta w tym źródle.",
        "Last day on which the name may have been used in this source.",
        null=True,
    )
    date_precision = code(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność daty",
        "Date precision",
        "Jak dokładnie wiadomo, kiedy użyto nazwy.",
        "How exactly it is known when the name was used.",
        null=True,
    )


class PlannedNetworks(Evidence):
    """Networks that were announced and of whose work nothing is known."""

    name_pl = "sieci_planowane"
    title = Text("Sieci planowane", "Planned networks")
    description = Text(
        "Sieci, które zapowiedziano, a o których uruchomieniu źródła nic nie mówią.",
        "Networks that were announced and of whose start the sources say nothing.",
    )
    row = Text("jedna zapowiedź sieci", "one announcement of a network")
    rows = Rows(
        "f",
        "sieć planowana / sieci planowane / sieci planowanych",
        "planned network / planned networks",
    )
    dataset = CITIES_AND_NETWORKS

    planned_network_id = identifier(
        "pn",
        "id_sieci_planowanej",
        "Identyfikator sieci planowanej",
        "Planned network identifier",
        "Stały identyfikator zapowiedzi w tym zbiorze.",
        "Permanent identifier of the announcement in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której sieć miała powstać.",
        "Edition in which the network was to be set up.",
    )
    network_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Nazwa zapowiedzianej sieci.",
        "Name of the announced network.",
        max_length=200,
    )
    planned_for_pl = string(
        "planowany_termin",
        "Planowany termin",
        "Planned time in Polish",
        "Kiedy sieć miała powstać, słowami zapowiedzi.",
        "When the network was to be set up, in the words of the announcement.",
        max_length=200,
    )
    announced_from = date(
        "zapowiedziana_od",
        "Zapowiedziana: od",
        "Announced: from",
        "Pierwszy dzień okresu, w którym sieć zapowiedziano.",
        "First day of the period in which the network was announced.",
        null=True,
    )
    announced_to = date(
        "zapowiedziana_do",
        "Zapowiedziana: do",
        "Announced: to",
        "Ostatni dzień okresu, w którym sieć zapowiedziano.",
        "Last day of the period in which the network was announced.",
        null=True,
    )
    date_precision = code(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność daty",
        "Date precision",
        "Jak dokładnie źródła podają datę zapowiedzi.",
        "How exactly the sources give the date of the announcement.",
        null=True,
    )
    status = code(
        PlannedStatus,
        "stan",
        "Stan",
        "Status",
        "Co wiadomo o dalszym losie zapowiedzi.",
        "What is known of what became of the announcement.",
    )


NetworkNames.rules = date_rules(
    NetworkNames.used_from, NetworkNames.used_to, NetworkNames.date_precision
)
PlannedNetworks.rules = date_rules(
    PlannedNetworks.announced_from, PlannedNetworks.announced_to, PlannedNetworks.date_precision
)
