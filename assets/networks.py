"""Editions, networks, who takes part in them, and the cities in the official register."""

import polars as pl

from assets.building import facts_asset, table_asset
from assets.house import House
from reconcile.cities import with_present_codes
from reconcile.identity import code_index, code_spans
from reconcile.namesakes import city_register as register_of
from schemas.tables.city_register import CityRegister
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.editions import Editions
from schemas.tables.network_names import NetworkNames, PlannedNetworks
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations
from schemas.tables.register import CityIds
from schemas.tables.units import Units
from sources.teryt.units import read_register

editions = facts_asset(Editions)
networks = facts_asset(Networks)
network_names = facts_asset(NetworkNames)
planned_networks = facts_asset(PlannedNetworks)
participations = facts_asset(Participations)


@table_asset(Units)
def units(house: House) -> pl.DataFrame:
    """The full TERC where a file of it is given, else the embedded part."""
    return house.read_facts(Units) if house.terc is None else read_register(house.terc)


@table_asset(Participants, needs=(CityIds, KnownTransitions, Units))
def participants(house: House) -> pl.DataFrame:
    """The facts; a city whose code the register has changed since gets its present one."""
    frames = house.load((CityIds, KnownTransitions, Units))
    index = code_index(code_spans(frames[CityIds.name], frames[KnownTransitions.name]))
    gminas = frames[Units.name].filter(Units.kind.col.is_in(["1", "2", "3"]))
    return with_present_codes(house.read_facts(Participants), gminas, index)


@table_asset(CityRegister, needs=(Units,))
def city_register(house: House) -> pl.DataFrame:
    """Participating cities, and whom each may be confused with."""
    frames = house.load((Participants, Units))
    return register_of(frames[Participants.name], frames[Units.name])
