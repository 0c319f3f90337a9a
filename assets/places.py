"""Where cities lie, how large they are and how many people live there.

The tables are made of files that were fetched or given, and are empty before that.
"""

from pathlib import Path

import polars as pl

from assets.building import table_asset
from assets.house import House
from exports.geojson import write_boundaries
from exports.package import PlainFile
from reconcile.city_sizes import sizes_of
from reconcile.identity import code_index, code_spans
from schemas.datasets import CITY_REGISTER, DataSet
from schemas.tables.area_population import AreaPopulation
from schemas.tables.city_places import CityPlaces
from schemas.tables.city_transitions import CityTransitions
from schemas.tables.register import Cities, CityIds
from schemas.text import Lang, Text
from sources.area_population import read_area_population
from sources.prg import Boundary, read_boundaries
from sources.snapshots.store import Store

TOLERANCE_M = 50.0
"""Simplification of boundaries: finer than a pixel on a map of a voivodeship."""


@table_asset(AreaPopulation, needs=(Cities, CityIds, CityTransitions))
def area_population(house: House) -> pl.DataFrame:
    """The workbook in use, for the cities of the programme."""
    store = Store(house.folder.snapshots)
    used = store.in_use("population")
    if used is None:
        return pl.DataFrame(schema=AreaPopulation.schema())
    read = read_area_population(store.path(used).read_bytes(), used.name)
    frames = house.load((Cities, CityIds, CityTransitions))
    index = code_index(code_spans(frames[CityIds.name], frames[CityTransitions.name]))
    return (
        sizes_of(read.gminas, read.towns, frames[Cities.name], index, read.state_date)
        .with_columns(
            pl.lit(read.state_date).alias(AreaPopulation.state_date.name),
            pl.lit(used.name).alias("_source"),
            pl.format("row {}", "sheet_row").alias("_place"),
        )
        .select(*AreaPopulation.schema(), "_source", "_place")
    )


def boundaries(house: House) -> tuple[Boundary, ...]:
    """The simplified boundaries of the programme's cities; none where they were not fetched."""
    store = Store(house.folder.snapshots)
    used = store.in_use("boundaries")
    if used is None:
        return ()
    codes = house.load_publishable((Cities,))[Cities.name].get_column(Cities.terc.name).to_list()
    data = store.path(used).read_bytes()
    return read_boundaries(data, used.name, tolerance_m=TOLERANCE_M, wanted=codes)


@table_asset(CityPlaces, needs=(Cities,))
def city_places(house: House) -> pl.DataFrame:
    """A point inside each city."""
    used = Store(house.folder.snapshots).in_use("boundaries")
    if used is None:
        return pl.DataFrame(schema=CityPlaces.schema())
    cities = house.load((Cities,))[Cities.name].select(
        Cities.city_id.col, Cities.terc.col, Cities.city_name.col
    )
    columns = (Cities.terc.name, CityPlaces.longitude.name, CityPlaces.latitude.name)
    found = pl.DataFrame(
        [(one.terc, f"{one.longitude:.5f}", f"{one.latitude:.5f}") for one in boundaries(house)],
        schema=dict.fromkeys(columns, pl.String()),
        orient="row",
    )
    return (
        found.join(cities, on=Cities.terc.name)
        .with_columns(
            Cities.city_name.col.alias(CityPlaces.place_name.name),
            pl.lit(used.retrieved.date()).alias(CityPlaces.retrieved_on.name),
            pl.lit(used.name).alias("_source"),
        )
        .select(*CityPlaces.schema(), "_source")
    )


def files_of(house: House, dataset: DataSet) -> tuple[PlainFile, ...]:
    """What a data set publishes beside its tables: the boundaries, where they were fetched."""
    used = Store(house.folder.snapshots).in_use("boundaries")
    if dataset is not CITY_REGISTER or used is None:
        return ()
    rows = pl.DataFrame(
        [(b.terc, b.unit_name, b.area, b.longitude, b.latitude) for b in boundaries(house)],
        schema={
            "terc": pl.String(),
            "unit_name": pl.String(),
            "area": pl.Binary(),
            "longitude": pl.Float64(),
            "latitude": pl.Float64(),
        },
        orient="row",
    )

    def write(path: Path, lang: Lang) -> None:
        write_boundaries(rows, path, lang, attribution=used.attribution)

    return (
        PlainFile(
            name=Text("granice_miast.geojson", "city_boundaries.geojson"),
            title=Text("Granice miast", "Boundaries of cities"),
            description=Text(
                "Uproszczone granice gmin, którymi są miasta programu (WGS84), z Państwowego "
                "Rejestru Granic.",
                "Simplified boundaries of the gminas that the participating cities are (WGS84), "
                "from the National Register of Boundaries.",
            ),
            format="geojson",
            mediatype="application/geo+json",
            write=write,
        ),
    )
