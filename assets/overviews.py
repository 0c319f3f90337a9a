"""Overviews: the same facts with names instead of identifiers, for people."""

import polars as pl

from assets.building import table_asset
from assets.house import House
from reconcile.overviews import mid_overview as mids_of
from reconcile.overviews import participation_overview as participations_of
from reconcile.overviews import recommendation_overview as recommendations_of
from schemas.tables.action_plans import Mids
from schemas.tables.city_register import CityRegister
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.tables.overviews import MidOverview, ParticipationOverview, RecommendationOverview
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations
from schemas.tables.recommendations import Recommendations

_NAMES = (Editions, Networks)
_PEOPLE = (*_NAMES, Participants, CityRegister, Participations)


@table_asset(ParticipationOverview, needs=_PEOPLE)
def participation_overview(house: House) -> pl.DataFrame:
    """Participations in words."""
    return participations_of(house.load(_PEOPLE))


@table_asset(MidOverview, needs=(Mids, ParticipationOverview))
def mid_overview(house: House) -> pl.DataFrame:
    """Action plans in words."""
    frames = house.load((Mids, ParticipationOverview))
    return mids_of(frames[Mids.name], frames[ParticipationOverview.name])


@table_asset(RecommendationOverview, needs=(*_NAMES, Recommendations))
def recommendation_overview(house: House) -> pl.DataFrame:
    """Recommendations in words."""
    frames = house.load((*_NAMES, Recommendations))
    return recommendations_of(frames[Recommendations.name], frames)
