"""Kept observations of the Local Data Bank for all gminas, of any length, and what they lean on.

A data folder as fetches leave it: 14 subjects, a file each, 2,500 gminas, 20 years, as many
variables as the length asks for. One value in 33 is missing and says why, one in 100 was
corrected later, so it has two revisions. The tables that indicators refer to lie there too, and
beside it the list of indicators.

    python -m benchmarks.kept 10_000_000 FOLDER
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from assets.house import House
from exports.publication import Publication
from schemas.table import Table
from schemas.tables.indicator_variables import IndicatorVariables
from schemas.tables.register import Cities
from schemas.tables.units import Units
from schemas.verdict import REJECTED_SCHEMA
from sources.bdl.store import VARIABLES, BdlStore, folder_below
from warehouse.folder import DataFolder
from warehouse.tables import store_table

CITIES, YEARS, FIRST_YEAR, SUBJECTS = 2_500, 20, 2004, 14

_ROWS = """
    SELECT printf('cit-%04d', city + 1) AS city, 60000 + variable * 7 AS variable_id,
           $first + year AS year,
           CASE WHEN chance % 33 = 0 THEN '0'
                ELSE CAST((chance >> 8) % 100000000 + revision AS VARCHAR) || '.'
                     || CAST(1 + chance % 9 AS VARCHAR) END AS value,
           CASE WHEN chance % 33 = 0 THEN '50' ELSE '1' END AS attribute,
           printf('0112%08d', city) AS unit_id, 6::BIGINT AS level, true AS of_today,
           DATE '2025-05-14' + CAST(revision AS INTEGER) AS source_date,
           DATE '2025-06-01' + CAST(revision AS INTEGER) AS retrieved_on,
           sha256(printf('%d %d', city, variable // 100)) AS answer, revision
    FROM (SELECT *, unnest(range(1, CASE WHEN chance % 100 = 0 THEN 3 ELSE 2 END)) AS revision
          FROM (SELECT n % $years AS year, n // $years % $cities AS city,
                       n // ($cities * $years) AS variable, hash(n + $seed) AS chance
                FROM range($start, $stop) AS numbers(n)))
"""


def make_kept(rows: int, folder: Path, *, seed: int = 1) -> House:
    """Make the data folder and the facts below `folder`; the house to build from them.

    `rows` are values; those corrected later come on top. The same seed gives the same rows.
    """
    made = house(folder)
    made.facts.mkdir(parents=True)
    variables = -(-rows // (CITIES * YEARS))
    names = [f"ind-{number:04}" for number in range(variables)]
    lines = "".join(f"{name}\n" for name in names)
    (made.facts / "indicator_list.csv").write_text(f"indicator_id\n{lines}")
    codes = [f"{number:07}" for number in range(CITIES)]
    cities = [f"cit-{number + 1:04}" for number in range(CITIES)]
    _store(made, Units, {"terc": codes})
    _store(made, Cities, {"city_id": cities, "terc": codes})
    numbers = [60_000 + number * 7 for number in range(variables)]
    _store(made, IndicatorVariables, {"indicator_id": names, "variable_id": numbers})
    store = BdlStore(folder_below(made.folder.snapshots))
    (store.folder / "observations").mkdir(parents=True)
    meanings = pl.DataFrame({"indicator_id": names, "variable_id": numbers, "unit": "osoba"})
    _wide(meanings.with_columns(current=True), dict(VARIABLES)).write_parquet(
        store.folder / "variables.parquet"
    )
    _write_observations(store, rows, variables, seed)
    return made


def house(folder: Path) -> House:
    """The house of a folder that `make_kept` has made."""
    publication = Publication(version="2026.1.0", date=date(2026, 1, 1))
    return House(DataFolder(folder / "data").prepare(), folder / "facts", publication)


def _write_observations(store: BdlStore, rows: int, variables: int, seed: int) -> None:
    step = -(-variables // SUBJECTS) * CITIES * YEARS
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute("SET enable_progress_bar = false")
        for subject, start in enumerate(range(0, rows, step)):
            values = {
                "first": FIRST_YEAR,
                "years": YEARS,
                "cities": CITIES,
                "seed": seed,
                "start": start,
                "stop": min(start + step, rows),
            }
            target = store.observations(f"P{subject + 1:04}")
            connection.execute(f"COPY ({_ROWS}) TO '{target}' (FORMAT parquet)", values)


def _store(made: House, table: type[Table], columns: Mapping[str, Sequence[object]]) -> None:
    """Keep rows of a table of which only these columns matter."""
    shape = {**table.schema(), "_source": pl.String(), "_place": pl.String()}
    rows = _wide(pl.DataFrame(columns), shape)
    store_table(made.folder, table, rows, pl.DataFrame(schema=REJECTED_SCHEMA))


def _wide(frame: pl.DataFrame, shape: dict[str, pl.DataType]) -> pl.DataFrame:
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in shape.items()]
    given = [pl.col(name).cast(shape[name]) for name in frame.columns]
    return (
        frame.select(given)
        .with_columns(column for column in empty if column.meta.output_name() not in frame.columns)
        .select(list(shape))
    )


if __name__ == "__main__":
    make_kept(int(sys.argv[1]), Path(sys.argv[2]))
