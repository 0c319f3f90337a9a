"""The same work as `benchmarks.gate`, by DuckDB alone: the measure that we hold ourselves to.

Typed reading of the CSV into a table, every rule of `Panel` in one scan, the key by ranges of
the first column (one GROUP BY over all keys runs out of memory at 100 million), references by
lookup, sorted CSV and sorted Parquet. Nothing is split, explained or kept: it only counts.
"""

from pathlib import Path

import duckdb

KEY = "city_id, variable_id, year, revision"
TYPES = {
    "city_id": "VARCHAR",
    "variable_id": "BIGINT",
    "year": "BIGINT",
    "revision": "BIGINT",
    "value": "DECIMAL(18, 2)",
    "unit": "VARCHAR",
    "attribute": "VARCHAR",
}
RULES = r"""
    SELECT count(*) FILTER (city_id IS NULL OR NOT regexp_full_match(city_id, 'cty-[0-9]{{4}}')),
           count(*) FILTER (city_id NOT IN (SELECT city_id FROM '{cities}')),
           count(*) FILTER (variable_id IS NULL OR variable_id < 1),
           count(*) FILTER (variable_id NOT IN (SELECT variable_id FROM '{variables}')),
           count(*) FILTER (year IS NULL OR year NOT BETWEEN 1995 AND 2100),
           count(*) FILTER (revision IS NULL OR revision NOT BETWEEN 1 AND 1000),
           count(*) FILTER (unit IS NULL OR length(unit) > 40),
           count(*) FILTER (regexp_matches(unit, '^\s|\s$|[\x00-\x08\x0b-\x1f\x7f]')),
           count(*) FILTER (left(unit, 1) IN ('=', '+', '@', '-')),
           count(*) FILTER (unit IN ('-', '.', 'X', ':', '#')),
           count(*) FILTER (attribute NOT IN ('n', 'x', 'i', 'e')),
           count(*) FILTER (value IS NULL AND attribute IS NULL)
    FROM panel
"""
COPIES = """
    SELECT count(*) FROM (SELECT 1 FROM panel WHERE variable_id BETWEEN ? AND ?
                          GROUP BY city_id, variable_id, year, revision HAVING count(*) > 1)
"""
STEP = 50 * 7
"""Fifty variables of `benchmarks.panel` at a time."""


def run(folder: Path, out: Path, memory: str) -> None:
    """Do the work; stops where the panel is not good."""
    with duckdb.connect(str(out / "bare.duckdb")) as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = '{out / 'spill'}'")
        connection.execute(
            f"CREATE TABLE panel AS FROM read_csv('{folder / 'panel.csv'}', "
            f"header = true, auto_detect = false, columns = {TYPES})"
        )
        files = {name: folder / f"panel_{name}.parquet" for name in ("cities", "variables")}
        counts = connection.execute(RULES.format(**files)).fetchall()[0]
        if any(counts):
            raise SystemExit(f"broken rules: {counts}")
        ends = "SELECT min(variable_id), max(variable_id) FROM panel"
        first, last = connection.execute(ends).fetchall()[0]
        for start in range(first, last + 1, STEP):
            copies = connection.execute(COPIES, [start, start + STEP - 1]).fetchall()
            if copies != [(0,)]:
                raise SystemExit(f"copies of a key from variable {start}")
        sorted_rows = f"FROM panel ORDER BY {KEY}"
        connection.execute(f"COPY ({sorted_rows}) TO '{out / 'panel.csv'}' (HEADER)")
        connection.execute(
            f"COPY ({sorted_rows}) TO '{out / 'panel.parquet'}' "
            "(FORMAT parquet, COMPRESSION snappy)"
        )
