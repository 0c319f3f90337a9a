"""Boundaries as GeoJSON (RFC 7946): longitude and latitude, rings by the right-hand rule."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from schemas.files import write_text
from schemas.text import Lang, Text

if TYPE_CHECKING:
    import shapely

DECIMALS = 5
"""Places of a coordinate: about one metre, finer than any simplified border."""

_PROPERTIES: dict[str, Text] = {
    "terc": Text("terc", "terc"),
    "unit_name": Text("nazwa", "name"),
    "longitude": Text("dlugosc_geo", "longitude"),
    "latitude": Text("szerokosc_geo", "latitude"),
}


def write_boundaries(rows: pl.DataFrame, path: Path, lang: Lang, *, attribution: Text) -> None:
    """Write areas as a FeatureCollection, one feature a line, sorted by code.

    `rows` has terc, unit_name, area (WKB in longitude and latitude), longitude and latitude of
    a point inside. The same rows give the same bytes.
    """
    rows = rows.sort("terc")
    shown = rows.select(
        pl.col(name).round(DECIMALS).alias(label.of(lang))
        if rows.schema[name].is_float()
        else pl.col(name).alias(label.of(lang))
        for name, label in _PROPERTIES.items()
    )
    areas: list[bytes] = rows.get_column("area").to_list()
    features = [
        _feature(area, properties) for area, properties in zip(areas, shown.to_dicts(), strict=True)
    ]
    head = json.dumps(
        {"type": "FeatureCollection", "attribution": attribution.of(lang)}, ensure_ascii=False
    )
    body = ",\n".join(features)
    write_text(path, f'{head[:-1]}, "features": [\n{body}\n]}}\n')


def _feature(area: bytes, properties: dict[str, object]) -> str:
    import shapely  # GEOS is loaded only where there are boundaries

    feature = {
        "type": "Feature",
        "id": properties["terc"],
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(_tidied(shapely.from_wkb(area)))),
    }
    return json.dumps(feature, ensure_ascii=False)


def _tidied(shape: "shapely.Geometry") -> "shapely.Geometry":
    """Rounded to `DECIMALS`, outer rings against the clock, parts in a stable order."""
    import shapely

    rounded = shapely.set_precision(shape, 10.0**-DECIMALS)
    return shapely.orient_polygons(shapely.normalize(rounded))
