"""Two small tables, with every kind of column and with names that would break careless SQL."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from schemas.columns import (
    Codes,
    boolean,
    code,
    integer,
    number,
    reference,
    string,
)
from schemas.columns import date as date_column
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN, REJECTED_SCHEMA
from warehouse.database import Rows, assemble

NASTY = "a'b\"c;--\n-- DROP TABLE towns; ą\\"


class TownKind(Codes):
    """Kinds of towns."""

    CITY = "city", "miasto na prawach powiatu", "city with county rights"
    QUOTED = "o'x", 'z "cudzysłowem"; i średnikiem', "with 'a quote'"


class Towns(Table):
    name_pl = "miasteczka"
    title = Text("Miasteczka „próbne”", "It's a trial; of towns")
    description = Text(NASTY, NASTY)
    row = Text("Jedno miasteczko.", "One town.")

    terc = string("terc", "TERC", "TERC", "Kod.", "Code.", key=True, pattern=r"\d{7}")
    town_name = string("nazwa", "Nazwa", "Name", "Nazwa miasta.", "Name of the town.")
    kind = code(TownKind, "rodzaj", "Rodzaj", "Kind", NASTY, "Kind of town.", null=True)
    people = integer(
        "ludnosc", "Ludność", "People", "Ilu.", "How many.", null=True, unit=Text("osoby", "people")
    )
    area = number("powierzchnia", "Obszar", "Area", "Ile.", "How much.", scale=2, null=True)
    capital = boolean("stolica", "Stolica", "Capital", "Czy stolica.", "Whether it is.", null=True)
    since = date_column("od", "Od", "Since", "Od kiedy.", "Since when.", null=True)


class TownNames(Table):
    name_pl = "nazwy miasteczek"
    title = Text("Nazwy", "Names")
    description = Text("Nazwy miasteczek.", "Names of towns.")
    row = Text("Jedna nazwa.", "One name.")

    name = 'na"mes; --'
    terc = reference(Towns.terc, "terc", "TERC", "TERC", "Kod.", "Code.", key=True)
    spelling = string("pisownia", "Pisownia", "Spelling", "Jak.", "How.", key=True)


TABLES: tuple[type[Table], ...] = (Towns, TownNames)
META = {"version": "1", "licence": "CC BY 4.0", "citation": 'it\'s; a "test"'}
NO_REJECTED = pl.DataFrame(schema=REJECTED_SCHEMA)


def towns() -> pl.DataFrame:
    """Accepted rows as the gate gives them, in the wrong order."""
    rows = [
        ("0264011", "Wrocław", "city", 674_000, Decimal("292.82"), False, date(1945, 5, 6)),
        ("0201011", NASTY, "o'x", None, None, None, None),
        ("1061011", "Łódź", None, 0, Decimal("0.10"), True, date(1423, 7, 29)),
    ]
    frame = pl.DataFrame(rows, schema=Towns.schema(), orient="row")
    return with_origin(frame)


def town_names() -> pl.DataFrame:
    """Accepted rows that refer to `towns`."""
    rows = [("0264011", "Breslau"), ("0264011", "Wrocław")]
    return with_origin(pl.DataFrame(rows, schema=TownNames.schema(), orient="row"))


def with_origin(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with `_source` and `_place`."""
    return frame.with_columns(
        pl.lit("trial.csv").alias(ORIGIN[0]),
        pl.format("line {}", pl.int_range(2, pl.len() + 2)).alias(ORIGIN[1]),
    )


def all_rows() -> dict[str, Rows]:
    """The rows of `TABLES`."""
    return {Towns.name: towns(), TownNames.name: town_names()}


def build(target: Path, *, origin: bool = False) -> Path:
    """The DuckDB file of `TABLES`."""
    assemble(target, TABLES, all_rows(), meta=META, origin=origin)
    return target
