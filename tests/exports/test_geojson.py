"""Boundaries as people's map programs read them."""

import json
from pathlib import Path

import polars as pl
import shapely

from exports.geojson import write_boundaries
from schemas.text import Text

NOTE = Text("Źródło: PRG", "Source: PRG")


def _rows(*areas: shapely.Geometry) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "terc": [f"143402{i}" for i in range(len(areas))],
            "unit_name": ["Łomianki"] * len(areas),
            "area": [shapely.to_wkb(area) for area in areas],
            "longitude": [20.9] * len(areas),
            "latitude": [52.3] * len(areas),
        }
    )


def test_point_27_rings_turn_right_and_coordinates_are_longitude_latitude(tmp_path: Path) -> None:
    clockwise = shapely.Polygon([(20.0, 52.0), (20.0, 53.0), (21.0, 53.0), (21.0, 52.0)])
    write_boundaries(_rows(clockwise), tmp_path / "a.geojson", "pl", attribution=NOTE)
    read = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert read["attribution"] == "Źródło: PRG"
    (feature,) = read["features"]
    assert feature["properties"] == {
        "terc": "1434020",
        "nazwa": "Łomianki",
        "dlugosc_geo": 20.9,
        "szerokosc_geo": 52.3,
    }
    ring = shapely.LinearRing(feature["geometry"]["coordinates"][0])
    assert ring.is_ccw
    assert all(20 <= x <= 21 and 52 <= y <= 53 for x, y in ring.coords)


def test_the_same_areas_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    one = shapely.box(20.0, 52.0, 20.123456789, 52.1)
    two = shapely.box(21.0, 52.0, 21.1, 52.1)
    rows = _rows(one, two)
    write_boundaries(rows, tmp_path / "a.geojson", "en", attribution=NOTE)
    write_boundaries(rows.reverse(), tmp_path / "b.geojson", "en", attribution=NOTE)
    first = (tmp_path / "a.geojson").read_bytes()
    assert first == (tmp_path / "b.geojson").read_bytes()
    assert b"20.12346" in first
    assert b"20.123456" not in first
