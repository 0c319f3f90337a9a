"""Boundaries as the WFS of GUGiK gives them (point 27)."""

import pytest
import shapely

from schemas.errors import PimError
from sources.prg import read_boundaries

COLLECTION = (
    '<?xml version="1.0" encoding="UTF-8"?><wfs:FeatureCollection '
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" '
    'xmlns:ms="http://mapserver.gis.umn.edu/mapserver">{members}</wfs:FeatureCollection>'
)
MEMBER = (
    '<wfs:member><ms:A04 gml:id="A04.{code}"><ms:msGeometry>'
    '<gml:MultiSurface gml:id="m{code}" srsName="urn:ogc:def:crs:EPSG::2180"><gml:surfaceMember>'
    '<gml:Polygon gml:id="p{code}"><gml:exterior><gml:LinearRing>'
    '<gml:posList srsDimension="2">{ring}</gml:posList>'
    "</gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>"
    "</ms:msGeometry><ms:JPT_KOD_JE>{code}</ms:JPT_KOD_JE><ms:JPT_NAZWA_>{name}</ms:JPT_NAZWA_>"
    "</ms:A04></wfs:member>"
)


def square(north: float, east: float, side: float = 1000) -> str:
    """A square as the service writes it: northing first."""
    corners = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    return " ".join(f"{north + y * side:.1f} {east + x * side:.1f}" for y, x in corners)


def gml(*members: tuple[str, str, str]) -> bytes:
    made = "".join(MEMBER.format(code=code, name=name, ring=ring) for code, name, ring in members)
    return COLLECTION.format(members=made).encode()


# The centre of Warszawa in EPSG:2180 is about northing 487 000, easting 637 000.
WARSAW = (487_000, 637_000)


def test_point_27_northing_easting_becomes_longitude_latitude() -> None:
    (one,) = read_boundaries(gml(("143402_1", "Marki", square(*WARSAW))), "a.gml")
    assert (one.terc, one.unit_name) == ("1434021", "Marki")
    assert 20.9 < one.longitude < 21.1
    assert 52.2 < one.latitude < 52.3
    west, south, east, north = shapely.bounds(shapely.from_wkb(one.area))
    assert west < one.longitude < east
    assert south < one.latitude < north


def test_point_27_districts_become_their_city() -> None:
    north, east = WARSAW
    data = gml(
        ("146502_8", "Bemowo", square(north, east)),
        ("146503_8", "Białołęka", square(north, east + 1000)),
        ("126102_9", "Kraków-Krowodrza", square(244_000, 567_000)),
        ("106102_9", "Łódź-Bałuty", square(434_000, 530_000)),
    )
    found = read_boundaries(data, "a.gml")
    assert [one.terc for one in found] == ["1061011", "1261011", "1465011"]
    warsaw = shapely.from_wkb(found[2].area)
    assert warsaw.geom_type == "Polygon"


def test_only_wanted_units_are_kept_and_neighbours_keep_one_border() -> None:
    north, east = WARSAW
    data = gml(
        ("143402_1", "Marki", square(north, east)),
        ("143403_1", "Obok", square(north, east + 1000)),
        ("143404_1", "Daleko", square(north + 9000, east)),
    )
    both = read_boundaries(data, "a.gml", tolerance_m=50, wanted=("1434021", "1434031"))
    first, second = (shapely.from_wkb(one.area) for one in both)
    assert [one.terc for one in both] == ["1434021", "1434031"]
    assert shapely.area(shapely.intersection(first, second)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<ows:ExceptionReport xmlns:ows="x"><ows:Exception/></ows:ExceptionReport>', "001"),
        (b"<!DOCTYPE a><FeatureCollection/>", "001"),
        (b"<html>FeatureCollection of nothing", "001"),
        (gml(("abc", "A", square(*WARSAW))), "002"),
        (gml(("143402_1", "A", square(637_000, 5_000_000))), "003"),
    ],
)
def test_point_27_what_is_no_boundary_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PimError, match=f"PIM-PRG-{code}"):
        read_boundaries(data, "a.gml")
