"""Overviews repeat the facts in words: nothing lost, nothing added, names that fit."""

from functools import cache

import polars as pl

from reconcile.namesakes import city_register
from reconcile.overviews import mid_overview, participation_overview, recommendation_overview
from schemas.gate import check
from schemas.registry import all_tables
from sources.facts import CURATED, read_facts


@cache
def _accepted() -> dict[str, pl.DataFrame]:
    frames: dict[str, pl.DataFrame] = {}
    for table in all_tables():
        path = CURATED / f"{table.name}.csv"
        raw = read_facts(path) if path.exists() else pl.DataFrame(schema=table.schema())
        frames[table.name] = check(table, raw, frames).accepted
    frames["city_register"] = city_register(frames["participants"], frames["units"])
    return frames


def test_every_participation_is_shown_once_with_names_and_code() -> None:
    shown = participation_overview(_accepted())
    assert shown.get_column("participation_id").to_list() == (
        _accepted()["participations"].get_column("participation_id").to_list()
    )
    pilawa = shown.filter(pl.col("participant_name") == "Pilawa").row(0, named=True)
    assert (pilawa["network_name"], pilawa["edition_number"]) == ("Miasto Cyfrowe", 2)
    assert (pilawa["terc"], pilawa["voivodeship"]) == ("1403103", "mazowieckie")
    no_gmina = shown.filter(pl.col("terc").is_null())
    assert no_gmina.get_column("participant_kind").unique().sort().to_list() == [
        "association",
        "functional_area",
        "metropolitan_union",
    ]


def test_the_one_known_mid_title_stands_beside_its_city() -> None:
    shown = mid_overview(_accepted()["mids"], participation_overview(_accepted()))
    assert shown.height == _accepted()["mids"].height
    titled = shown.filter(pl.col("title_pl").is_not_null())
    assert titled.get_column("participant_name").to_list() == ["Rybnik"]


def test_recommendations_name_their_network() -> None:
    shown = recommendation_overview(_accepted()["recommendations"], _accepted())
    by_network = shown.group_by("network_name").len().sort("network_name")
    assert by_network.rows() == [
        ("Jakość powietrza", 3),
        ("Mobilność miejska", 3),
        ("Rewitalizacja", 3),
    ]
