"""PRG (GUGiK): boundaries of gminas and towns, from a WFS answer in GML.

Two traps: coordinates come as northing, easting (y, x) in EPSG:2180, and in the layer of towns
Warszawa, Kraków and Łódź are there only as districts (8) and delegatury (9), which are merged
into the city. An error of the service comes as an XML report with status 200.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.codes import parse_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

MAX_FILE = 512 * 2**20
METRIC = "EPSG:2180"
"""The Polish national system, in metres: simplifying needs metres."""
_HEAD = 4096
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_REPORT = b"ExceptionReport"
_CODE, _NAME = "JPT_KOD_JE", "JPT_NAZWA_"
_PARTS = ("8", "9")
_WEST, _SOUTH, _EAST, _NORTH = 14.0, 48.9, 24.3, 55.0
"""Poland in degrees: coordinates beyond it mean that the axes were swapped."""


@dataclass(frozen=True)
class Boundary:
    """The area of one unit in WGS84 longitude and latitude, as Well-Known Binary."""

    terc: str
    unit_name: str
    area: bytes
    longitude: float
    """Of a point that lies inside, for a label."""
    latitude: float


def read_boundaries(
    data: bytes, name: str, *, tolerance_m: float = 0.0, wanted: Sequence[str] = ()
) -> tuple[Boundary, ...]:
    """Read the boundaries of a GML answer, by code.

    `tolerance_m` simplifies all areas together, so that neighbours keep one border. `wanted`
    keeps these codes only, after the districts of a city became the city. Raises PimError
    `PIM-PRG-001` (no GML, a report of an error, a document type), `-002` (codes that are none,
    or no codes) or `-003` (coordinates outside Poland).
    """
    _refuse_foreign(data, name)
    codes, names, areas = _features(data, name)
    frame = _coded(codes, names, name)
    return _boundaries(frame, areas, tolerance_m, wanted, name)


def _refuse_foreign(data: bytes, name: str) -> None:
    head = data[:_HEAD]
    if len(data) > MAX_FILE:
        raise _refused("PIM-PRG-001", name, f"> {MAX_FILE} B")
    if any(mark in data for mark in _FORBIDDEN):
        raise _refused("PIM-PRG-001", name, "DOCTYPE")
    if _REPORT in head:
        raise _refused("PIM-PRG-001", name, head.decode("utf-8", "replace")[:200])
    if b"FeatureCollection" not in head:
        raise _refused("PIM-PRG-001", name, "FeatureCollection")


def _features(data: bytes, name: str) -> tuple[list[str], list[str], Sequence[bytes]]:
    """Codes, names and areas (WKB, easting then northing) of every feature."""
    import pyogrio  # with GDAL: only builds that have boundaries pay for it
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        meta, _, areas, fields = pyogrio.raw.read(data)
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise _refused("PIM-PRG-001", name, str(error)) from error
    found = {} if fields is None else dict(zip(meta["fields"], fields, strict=True))
    if _CODE not in found or areas is None:
        raise _refused("PIM-PRG-002", name, _CODE)
    names = found.get(_NAME, found[_CODE])
    return [str(code) for code in found[_CODE]], [str(text) for text in names], list(areas)


def _coded(codes: list[str], names: list[str], place: str) -> pl.DataFrame:
    """Index, code of the whole city or gmina, and name of every feature."""
    read = parse_codes(pl.Series(codes, dtype=pl.String))
    odd = read.filter(pl.col("refusal").is_not_null()).get_column("text")
    if not odd.is_empty():
        raise _refused("PIM-PRG-002", place, ", ".join(odd.head(5)))
    part = pl.col("part").str.slice(6).is_in(_PARTS)
    city = pl.col("part").str.slice(0, 4) + "011"
    return (
        pl.DataFrame({"part": read.get_column("terc"), "unit_name": names})
        .with_row_index("at")
        .with_columns(pl.when(part).then(city).otherwise("part").alias("terc"))
    )


def _boundaries(
    frame: pl.DataFrame,
    areas: Sequence[bytes],
    tolerance_m: float,
    wanted: Sequence[str],
    place: str,
) -> tuple[Boundary, ...]:
    import numpy as np
    import shapely
    from pyproj import Transformer

    merged: dict[str, shapely.Geometry] = {}
    titles: Mapping[str, str] = dict(frame.sort("at").select("terc", "unit_name").rows())
    for (terc,), parts in frame.group_by("terc", maintain_order=True):
        shapes = shapely.from_wkb([areas[at] for at in parts.get_column("at")])
        merged[str(terc)] = shapely.union_all(shapes)
    kept = sorted(terc for terc in merged if not wanted or terc in wanted)
    metric = [merged[terc] for terc in kept]
    if tolerance_m:
        metric = list(shapely.coverage_simplify(metric, tolerance_m))
    turn = Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True)

    def degrees(points: "Points") -> "Points":
        return np.column_stack(turn.transform(points[:, 0], points[:, 1]))

    result = []
    for terc, shape in zip(kept, metric, strict=True):
        area = shapely.transform(shape, degrees)
        west, south, east, north = shapely.bounds(area)
        if not (west >= _WEST and east <= _EAST and south >= _SOUTH and north <= _NORTH):
            raise _refused(
                "PIM-PRG-003", place, f"{terc}: {west:.2f} {south:.2f} {east:.2f} {north:.2f}"
            )
        inside = shapely.point_on_surface(area)
        result.append(
            Boundary(
                terc,
                titles[terc],
                shapely.to_wkb(area, byte_order=1),
                float(shapely.get_x(inside)),
                float(shapely.get_y(inside)),
            )
        )
    return tuple(result)


def _refused(code: str, place: str, detail: str) -> PimError:
    what = {
        "PIM-PRG-001": Text("To nie są granice w GML.", "These are no boundaries in GML."),
        "PIM-PRG-002": Text("Granice nie mają kodów TERC.", "The boundaries have no TERC codes."),
        "PIM-PRG-003": Text("Granice leżą poza Polską.", "The boundaries lie outside Poland."),
    }[code]
    return PimError(
        code,
        what,
        where=place,
        why=Text(f"Szczegół: {detail}.", f"Detail: {detail}."),
        fix=Text(
            "Pobierz warstwę jeszcze raz; jeśli błąd wraca, sprawdź adres usługi w sources.toml.",
            "Fetch the layer again; if the error comes back, check the service's address in "
            "sources.toml.",
        ),
        exit_code=Exit.SOURCE if code == "PIM-PRG-001" else Exit.DATA,
    )
