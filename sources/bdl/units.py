"""Which units of the Local Data Bank stand for a city.

A unit id holds the TERC code (`id[2:4] + id[7:12]`), but also a macroregion, region and
subregion that TERC does not have: from a code to an id there is only the list of units. That
list has all units of all times, parts of gminas (kinds 4, 5, 8) and one unit that is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sources.bdl.shapes import Unit
from sources.codes import bdl_terc

GMINA_LEVEL = 6
POWIAT_LEVEL = 5

_WHOLE_KINDS = "123"
"""Kinds of whole gminas: 4 and 5 are parts of a 3, 8 of Warszawa; added up they count twice."""
_FIRST_CITY_COUNTY = 61
"""Powiats from 61 on are cities with powiat rights."""


Cities = Mapping[str, Sequence[str]]
"""Permanent identifiers of cities, each with its TERC codes: today's first, then earlier ones."""


@dataclass(frozen=True, slots=True)
class CityUnit:
    """A unit that is, or was, a city."""

    city: str
    """Permanent identifier of the city, whatever code the unit has."""
    unit_id: str
    level: int
    """6: the gmina. 5: the powiat that a city with powiat rights is as well."""
    of_today: bool = True
    """Whether the unit has the code that the city has today."""


def is_city_county(terc: str) -> bool:
    """Whether a TERC code (of 4 digits or more) is that of a city with powiat rights."""
    return int(terc[2:4]) >= _FIRST_CITY_COUNTY


def units_of_cities(units: Iterable[Unit], cities: Cities) -> tuple[list[CityUnit], list[str]]:
    """Units of level 6 and 5 for cities, and the cities that have none.

    Level 5 is given for cities with powiat rights alone: any other powiat is more than its city.
    """
    owner = {code: city for city, codes in cities.items() for code in codes}
    today = {codes[0] for codes in cities.values() if codes}
    gminas = [unit.id for unit in units if unit.level == GMINA_LEVEL]
    codes = pl.DataFrame({"unit_id": gminas}, schema={"unit_id": pl.String}).with_columns(
        code=bdl_terc(pl.col("unit_id"))
    )
    found: list[CityUnit] = []
    for unit_id, code in codes.sort("unit_id").rows():
        if code is None or code not in owner or code[-1] not in _WHOLE_KINDS:
            continue
        city, of_today = owner[code], code in today
        found.append(CityUnit(city, unit_id, GMINA_LEVEL, of_today))
        if is_city_county(code):
            found.append(CityUnit(city, f"{unit_id[:9]}000", POWIAT_LEVEL, of_today))
    known = {unit.city for unit in found}
    return found, sorted(city for city in cities if city not in known)
