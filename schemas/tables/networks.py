"""Thematic networks, and the rule that ties a row's edition to its network."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.table import TableRule, Tables
from schemas.tables.editions import Editions
from schemas.tables.shared import Evidence
from schemas.text import Text


class NetworkType(Codes):
    """What a network is for, in the words of the calls."""

    THEMATIC = "thematic", "sieć tematyczna", "thematic network"
    ACTION_PLANNING = "action_planning", "sieć planowania działań", "action planning network"
    TRANSFER = "solution_transfer", "sieć transferu rozwiązań", "solution transfer network"


class Networks(Evidence):
    """The networks that worked, by edition. Leaders are roles in `participations`."""

    name_pl = "sieci"
    title = Text("Sieci tematyczne", "Thematic networks")
    description = Text(
        "Sieci tematyczne każdej edycji: nazwa, temat, rodzaj i zakres. Liderzy sieci są "
        "w tabeli udziałów, a liczby miast w tabeli liczb.",
        "Thematic networks of each edition: name, theme, type and scope. Leaders stand in the "
        "table of participations, numbers of cities in the table of counts.",
    )
    row = Text("jedna sieć tematyczna", "one thematic network")
    rows = Rows("f", "sieć / sieci / sieci", "network / networks")
    dataset = CITIES_AND_NETWORKS

    network_id = identifier(
        "net",
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Stały identyfikator sieci w tym zbiorze.",
        "Permanent identifier of the network in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której sieć pracowała.",
        "Edition in which the network worked.",
    )
    network_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Główna nazwa sieci po polsku; pozostałe nazwy są w tabeli nazw sieci.",
        "Main name of the network in Polish; its other names stand in the table of names.",
        max_length=200,
    )
    network_name_en = string(
        "nazwa_en",
        "Nazwa angielska",
        "English name",
        "Nazwa sieci po angielsku, jeśli była używana.",
        "Name of the network in English, where one was used.",
        null=True,
        max_length=200,
    )
    theme_pl = string(
        "temat_pl",
        "Temat",
        "Theme in Polish",
        "Temat sieci po polsku.",
        "Theme of the network in Polish.",
        max_length=200,
    )
    theme_en = string(
        "temat_en",
        "Temat po angielsku",
        "Theme in English",
        "Temat sieci po angielsku.",
        "Theme of the network in English.",
        max_length=200,
    )
    network_type = code(
        NetworkType,
        "rodzaj_sieci",
        "Rodzaj sieci",
        "Network type",
        "Jaką pracę wykonuje sieć według zasad naboru.",
        "What work the network does under the rules of the call.",
    )
    description_pl = string(
        "opis",
        "Opis",
        "Description in Polish",
        "Czym sieć się zajmowała, po polsku, jeśli źródła to mówią.",
        "What the network dealt with, in Polish, where the sources say so.",
        null=True,
        max_length=500,
    )


def edition_of_network(key: str) -> TableRule:
    """The rule that a row's edition is the edition of its network.

    `key` is the key column of the table, whose rows carry `edition_id` and `network_id`;
    rows without a network are passed over.
    """

    def broken(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
        networks = tables[Networks.name].select(
            "network_id", pl.col("edition_id").alias("edition_of_network")
        )
        both = frame.join(networks, on="network_id", how="inner")
        wrong = both.filter(pl.col("edition_id") != pl.col("edition_of_network"))
        return wrong.get_column(key).sort().to_list()

    return TableRule(
        name="edition_of_network",
        broken=broken,
        message=Text(
            "Edycja w wierszu jest inna niż edycja sieci, do której wiersz należy.",
            "The edition of the row differs from the edition of its network.",
        ),
    )
