"""Overviews for reading: rows of facts joined with the names that their identifiers stand for.

Every function takes accepted frames of the tables that it is named after and gives exactly
the columns of its overview.
"""

import polars as pl

from schemas.table import Table, Tables
from schemas.tables.city_register import CityRegister, NameRelation
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.tables.overviews import MidOverview, ParticipationOverview, RecommendationOverview
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations


def participation_overview(tables: Tables) -> pl.DataFrame:
    """One row a participation, with the names of edition, network and participant."""
    rows = _named(tables[Participations.name], tables)
    people = tables[Participants.name].select(
        "participant_id",
        pl.col("official_name").alias("participant_name"),
        pl.col("kind").alias("participant_kind"),
        "terc",
    )
    homes = tables[CityRegister.name].filter(pl.col("relation") == NameRelation.SELF.value)
    voivodeships = homes.select("participant_id", pl.col("voivodeship_name").alias("voivodeship"))
    joined = rows.join(people, on="participant_id", how="left").join(
        voivodeships, on="participant_id", how="left"
    )
    return _columns_of(ParticipationOverview, joined)


def mid_overview(mids: pl.DataFrame, participations: pl.DataFrame) -> pl.DataFrame:
    """One row a MID; `participations` is a frame of `ParticipationOverview`."""
    return _columns_of(MidOverview, mids.join(participations, on="participation_id", how="left"))


def recommendation_overview(recommendations: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row a recommendation, with the names of edition and network."""
    return _columns_of(RecommendationOverview, _named(recommendations, tables))


def _named(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Rows with `edition_id` and `network_id`, and the number and name of these."""
    editions = tables[Editions.name].select("edition_id", pl.col("number").alias("edition_number"))
    networks = tables[Networks.name].select(
        "network_id", pl.col("network_name_pl").alias("network_name")
    )
    return rows.join(editions, on="edition_id", how="left").join(
        networks, on="network_id", how="left"
    )


def _columns_of(table: type[Table], rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(list(table.schema())).sort([column.name for column in table.key])
