"""The same work as the asset `indicators`, by DuckDB alone: see `benchmarks.indicators`.

Kept observations are read and joined, the newest revision of each value is taken, the attribute
decides what is a value, every rule is counted in one scan, the key by ranges of variables; the
accepted rows are sorted once, and CSV and Parquet are written from them in that order. Nothing is
split, explained or kept: it only counts.
"""

from pathlib import Path

import duckdb

from schemas.missing import MissingReason
from schemas.tables.indicators import ValueAttribute

KEY = "city_id, variable_id, year"
ROWS = """
    SELECT city AS city_id, terc, kept.variable_id, year, revision, indicator_id,
           CASE WHEN attribute IN ('4', '14', '15', '50', '91') AND value = '0' THEN NULL
                ELSE value END::DECIMAL(18, 4) AS value,
           unit, attribute,
           CASE attribute WHEN '4' THEN 'no_data' WHEN '14' THEN 'method_changed'
                WHEN '15' THEN 'not_presented' WHEN '50' THEN 'not_yet' WHEN '91' THEN 'no_data'
                END AS missing_reason,
           unit_id AS bdl_unit_id, source_date, retrieved_on, 'bdl/' || answer AS _source,
           concat('unit ', unit_id, ', variable ', kept.variable_id, ', ', year) AS _place
    FROM (SELECT *, lead((city, variable_id, year)) OVER () AS below
          FROM read_parquet('{store}/observations/*.parquet')) AS kept
    JOIN '{store}/variables.parquet' AS meanings USING (variable_id)
    JOIN '{tables}/cities.parquet' AS cities ON city = city_id
    WHERE below IS DISTINCT FROM (city, kept.variable_id, year)
"""
RULES = r"""
    SELECT count(*) FILTER (city_id IS NULL OR city_id NOT IN
               (SELECT city_id FROM '{tables}/cities.parquet')),
           count(*) FILTER (terc IS NULL OR terc NOT IN
               (SELECT terc FROM '{tables}/units.parquet')),
           count(*) FILTER (indicator_id IS NULL OR indicator_id NOT IN
               (SELECT indicator_id FROM '{tables}/indicator_variables.parquet')),
           count(*) FILTER (variable_id IS NULL OR variable_id < 1),
           count(*) FILTER (year IS NULL OR year NOT BETWEEN 1990 AND 2100),
           count(*) FILTER (revision IS NULL OR revision < 1),
           count(*) FILTER (attribute IS NULL OR attribute NOT IN ({attributes})),
           count(*) FILTER (missing_reason NOT IN ({reasons})),
           count(*) FILTER ((value IS NULL) <> (missing_reason IS NOT NULL)),
           count(*) FILTER (attribute = '97'),
           count(*) FILTER (bdl_unit_id IS NULL
               OR NOT regexp_full_match(bdl_unit_id, '[0-9]{{12}}')),
           count(*) FILTER (retrieved_on IS NULL),
           count(*) FILTER (length(unit) > 100),
           count(*) FILTER (regexp_matches(unit, '^\s|\s$|[\x00-\x08\x0b-\x1f\x7f]')),
           count(*) FILTER (left(unit, 1) IN ('=', '+', '@', '-')),
           count(*) FILTER (unit IN ('-', '.', 'X', ':', '#'))
    FROM panel
"""
COPIES = f"""
    SELECT count(*) FROM (SELECT 1 FROM panel WHERE variable_id BETWEEN ? AND ?
                          GROUP BY {KEY} HAVING count(*) > 1)
"""  # noqa: S608
STEP = 50 * 7
"""Fifty variables of `benchmarks.kept` at a time."""
HIDDEN = "EXCLUDE (_source, _place)"


def run(store: Path, tables: Path, out: Path, memory: str) -> None:
    """Do the work; stops where the rows are not good."""
    names = {
        "store": store,
        "tables": tables,
        "attributes": ", ".join(f"'{code}'" for code in ValueAttribute),
        "reasons": ", ".join(f"'{code}'" for code in MissingReason),
    }
    with duckdb.connect(str(out / "bare.duckdb")) as connection:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET temp_directory = '{out / 'spill'}'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE panel AS {ROWS.format(**names)}")
        counts = connection.execute(RULES.format(**names)).fetchall()[0]
        if any(counts):
            raise SystemExit(f"broken rules: {counts}")
        first, last = connection.execute(
            "SELECT min(variable_id), max(variable_id) FROM panel"
        ).fetchall()[0]
        for start in range(first, last + 1, STEP):
            if connection.execute(COPIES, [start, start + STEP - 1]).fetchall() != [(0,)]:
                raise SystemExit(f"copies of a key from variable {start}")
        accepted = out / "accepted.parquet"
        connection.execute(
            f"COPY (FROM panel ORDER BY {KEY}) TO '{accepted}' (FORMAT parquet, COMPRESSION snappy)"
        )
        shown = f"SELECT * {HIDDEN} FROM '{accepted}'"  # noqa: S608
        connection.execute(f"COPY ({shown}) TO '{out / 'indicators.csv'}' (HEADER)")
        connection.execute(
            f"COPY ({shown}) TO '{out / 'indicators.parquet'}' (FORMAT parquet, COMPRESSION snappy)"
        )
