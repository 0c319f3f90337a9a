"""Two small tables with every kind of column, for the tests of the exports."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from exports.publication import Publication
from schemas.columns import (
    Codes,
    Column,
    boolean,
    code,
    identifier,
    integer,
    number,
    reference,
    string,
)
from schemas.columns import date as date_column
from schemas.counting import Rows
from schemas.datasets import ORDINARY, DataSet
from schemas.table import Table
from schemas.text import Text

SAMPLE = DataSet(
    slug="proba",
    title=Text("Zbiór próbny", "Sample data set"),
    description=Text("Dwie tabele do prób.", "Two tables for trials."),
    keywords_pl=("próba",),
    keywords_en=("sample",),
    categories=("GOVE",),
    flags=ORDINARY,
)


class Size(Codes):
    """How big a place is."""

    SMALL = "small", "mała", "small"
    BIG = "big", "duża, „główna”", "big, 'main'"


class Places(Table):
    """Places."""

    name_pl = "miejsca"
    title = Text("Miejsca", "Places")
    description = Text("Miejsca do prób.", "Places for trials.")
    row = Text("jedno miejsce", "one place")
    rows = Rows("n", "miejsce / miejsca / miejsc", "place / places")
    dataset = SAMPLE

    place_id = identifier(
        "plc", "id_miejsca", "Identyfikator", "Identifier", "Stały identyfikator.", "Permanent id."
    )
    terc = string(
        "terc", "Kod TERC", "TERC code", "Kod z zerem z przodu.", "Code with a leading zero.",
        null=True, pattern=r"\d{2}|\d{7}", missing="X",
    )  # fmt: skip
    place_name = string("nazwa", "Nazwa", "Name", "Nazwa miejsca.", "Name of the place.")
    size = code(Size, "wielkosc", "Wielkość", "Size", "Wielkość miejsca.", "Size of the place.")
    area = number(
        "powierzchnia", "Powierzchnia", "Area", "Powierzchnia.", "Area.", scale=2, null=True,
        unit=Text("km²", "km²"),
    )  # fmt: skip
    people = integer("ludnosc", "Ludność", "Population", "Ludność.", "Population.", null=True)
    coastal = boolean("nadmorskie", "Nadmorskie", "Coastal", "Czy.", "Whether.", null=True)
    since = date_column("od", "Od", "Since", "Od kiedy.", "Since when.", null=True, missing=":")
    seen = Column(
        "datetime", "widziane", Text("Widziane", "Seen"), Text("Kiedy.", "When."), null=True
    )


class Visits(Table):
    """Visits to places, one after another."""

    name_pl = "wizyty"
    title = Text("Wizyty", "Visits")
    description = Text("Wizyty w miejscach.", "Visits to places.")
    row = Text("jedna wizyta", "one visit")
    rows = Rows("f", "wizyta / wizyty / wizyt", "visit / visits")
    dataset = SAMPLE

    place_id = reference(
        Places.place_id, "id_miejsca", "Miejsce", "Place", "Gdzie.", "Where.", key=True
    )
    size = code(Size, "size", "Wielkość", "Size", "Wielkość.", "Size.", key=True)
    number = integer("numer", "Numer", "Number", "Która wizyta.", "Which visit.", key=True)
    after = reference(
        number, "po_numerze", "Po wizycie", "After visit", "Po której.", "After which.", null=True
    )
    seen_places = reference(
        Places.place_id, "widziane_miejsca", "Widziane", "Seen", "Co widziano.", "What was seen.",
        null=True, many=True, missing="-",
    )  # fmt: skip


TABLES: tuple[type[Table], ...] = (Places, Visits)
PUBLICATION = Publication("2026.11.0", date(2026, 11, 1))


def frames() -> dict[str, pl.DataFrame]:
    """Accepted rows, not in order of their keys."""
    places = pl.DataFrame(
        [
            ("plc-0002", "0264011", 'Łódź; "Nowa", #1', "big", Decimal("1.50"), 0, True,
             date(2017, 6, 20), datetime.fromisoformat("2024-01-02T03:04:05")),
            ("plc-0001", None, "dwie\nlinie 🙂", "small", None, None, None, None, None),
            ("plc-0010", "02", "  wcięta, 01", "small", Decimal("-0.05"), 12, False, None, None),
        ],
        schema=Places.schema(), orient="row",
    )  # fmt: skip
    visits = pl.DataFrame(
        [
            ("plc-0002", "small", 10, 2, "plc-0001;plc-0002"),
            ("plc-0002", "small", 2, None, None),
            ("plc-0001", "big", 1, None, None),
        ],
        schema=Visits.schema(),
        orient="row",
    )
    return {"places": places, "visits": visits}


def parquet(folder: Path, given: dict[str, pl.DataFrame] | None = None) -> dict[str, Path]:
    """Write frames as the publishable Parquet files that `write_package` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, frame in (given or frames()).items():
        paths[name] = folder / f"{name}.parquet"
        frame.write_parquet(paths[name])
    return paths
