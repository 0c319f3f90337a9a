"""Events: calls, conferences, meetings and other dated happenings of the programme."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import LIST_SEPARATOR, Codes, code, date, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.table import TableRule, Tables
from schemas.tables.documents import DatePrecision, date_rules
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class EventType(Codes):
    """What kind of event it is."""

    AGREEMENT = "agreement", "podpisanie umowy", "signing of an agreement"
    ALUMNI_MEETING = "alumni_meeting", "spotkanie absolwentów programu", "alumni meeting"
    CALL = "call", "nabór", "call for applications"
    CALL_RESULTS = "call_results", "ogłoszenie wyników naboru", "results of a call"
    CONFERENCE = "conference", "konferencja", "conference"
    CONSULTATION = "consultation", "zbieranie potrzeb", "consultation of needs"
    INFORMATION = "information_meeting", "spotkanie informacyjne", "information meeting"
    LOCAL_MEETING = "local_meeting", "spotkanie lokalne", "local meeting"
    MEETING = "meeting", "spotkanie uczestników", "meeting of participants"
    NETWORK_MEETING = "network_meeting", "spotkanie sieci", "network meeting"
    PUBLICATION = "publication", "publikacja", "publication"
    SESSION = "session", "sesja konferencji", "conference session"
    STUDY_VISIT = "study_visit", "wizyta studyjna", "study visit"
    WORKSHOP = "workshop", "warsztat", "workshop"


def network_among_editions(key: str) -> TableRule:
    """The rule that the network of a row belongs to one of the row's editions.

    `key` is the key column of the table, whose rows carry `edition_ids` and `network_id`;
    rows without a network are passed over.
    """

    def broken(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
        networks = tables[Networks.name].select(
            "network_id", pl.col("edition_id").alias("edition_of_network")
        )
        both = frame.join(networks, on="network_id", how="inner")
        editions = pl.col("edition_ids").str.split(LIST_SEPARATOR)
        wrong = both.filter(~editions.list.contains(pl.col("edition_of_network")))
        return wrong.get_column(key).sort().to_list()

    return TableRule(
        name="network_among_editions",
        broken=broken,
        message=Text(
            "Sieć w wierszu należy do innej edycji niż wiersz.",
            "The network of the row belongs to another edition than the row.",
        ),
    )


class Events(Evidence):
    """Calls, conferences, meetings, agreements and publications of the programme."""

    name_pl = "wydarzenia"
    title = Text("Nabory i wydarzenia", "Calls and events")
    description = Text(
        "Nabory, konferencje, spotkania sieci, wizyty, umowy i publikacje programu, z dokładnością "
        "daty taką, jaką podają źródła.",
        "Calls, conferences, network meetings, visits, agreements and publications of the "
        "programme, with dates as exact as the sources give them.",
    )
    row = Text("jeden nabór lub jedno wydarzenie", "one call or one event")
    rows = Rows("n", "wydarzenie / wydarzenia / wydarzeń", "event / events")
    dataset = CHRONICLE

    event_id = identifier(
        "ev",
        "id_wydarzenia",
        "Identyfikator wydarzenia",
        "Event identifier",
        "Stały identyfikator wydarzenia w tym zbiorze.",
        "Permanent identifier of the event in this data set.",
    )
    event_type = code(
        EventType,
        "rodzaj_wydarzenia",
        "Rodzaj wydarzenia",
        "Event type",
        "Czym jest wydarzenie: naborem, konferencją, spotkaniem sieci.",
        "What the event is: a call, a conference, a network meeting.",
    )
    title_pl = string(
        "nazwa",
        "Nazwa wydarzenia",
        "Event title",
        "Nazwa lub krótki opis wydarzenia.",
        "Title or short description of the event, in Polish.",
        max_length=300,
    )
    edition_ids = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikatory edycji",
        "Edition identifiers",
        "Edycje, których dotyczy wydarzenie, rozdzielone średnikiem.",
        "Editions that the event belongs to, separated by semicolons.",
        many=True,
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, której dotyczy wydarzenie; puste, gdy dotyczy całej edycji.",
        "The network that the event belongs to; empty when it is for the whole edition.",
        null=True,
        missing="-",
    )
    start_date = date(
        "data_poczatku",
        "Data początku",
        "Start date",
        "Pierwszy dzień wydarzenia lub najwcześniejszy możliwy dzień, gdy data jest niedokładna.",
        "First day of the event, or the earliest possible one when the date is not exact.",
        null=True,
    )
    end_date = date(
        "data_konca",
        "Data końca",
        "End date",
        "Ostatni dzień wydarzenia lub najpóźniejszy możliwy dzień, gdy data jest niedokładna.",
        "Last day of the event, or the latest possible one when the date is not exact.",
        null=True,
    )
    date_precision = code(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność daty",
        "Date precision",
        "Jak dokładnie źródła podają datę.",
        "How exactly the sources give the date.",
        null=True,
    )
    place = string(
        "miejsce",
        "Miejsce",
        "Place",
        "Miejscowość i miejsce albo forma zdalna.",
        "Town and place, or that it was held online.",
        null=True,
        max_length=200,
    )
    organiser = string(
        "organizator",
        "Organizator",
        "Organiser",
        "Instytucje, które organizowały wydarzenie, rozdzielone średnikiem.",
        "Institutions that organised the event, separated by semicolons.",
        null=True,
        max_length=300,
    )
    link = string(
        "adres",
        "Adres",
        "Web address",
        "Adres nagrania lub strony wydarzenia.",
        "Address of the recording or the page of the event.",
        null=True,
        url=True,
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


Events.rules = (
    *date_rules(Events.start_date, Events.end_date, Events.date_precision),
    network_among_editions("event_id"),
)
