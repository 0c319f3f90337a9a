"""Frames that DuckDB reads as polars exports them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import polars as pl

from schemas.arrow import register

ROWS = [
    ("0264011", 9_007_199_254_740_993, Decimal("12.50"), True, date(2025, 1, 1), "Łódź"),
    (None, None, None, None, None, ""),
]
FRAME = pl.DataFrame(
    ROWS,
    schema={
        "code": pl.String(),
        "count": pl.Int64(),
        "value": pl.Decimal(18, 2),
        "flag": pl.Boolean(),
        "day": pl.Date(),
        "name": pl.String(),
    },
    orient="row",
)


def test_every_value_arrives_as_often_as_it_is_asked_for() -> None:
    with duckdb.connect() as connection:
        register(connection, "rows", FRAME)
        for _ in range(2):
            assert connection.execute("FROM rows").fetchall() == ROWS
        types = [str(kind) for _, kind, *_ in connection.execute("FROM rows").description or ()]
    assert types == ["VARCHAR", "BIGINT", "DECIMAL(18,2)", "BOOLEAN", "DATE", "VARCHAR"]


def test_moments_and_frames_without_rows_arrive_too() -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC).replace(tzinfo=None)
    frame = pl.DataFrame({"moment": [moment]}, schema={"moment": pl.Datetime("us")})
    with duckdb.connect() as connection:
        register(connection, "one", frame)
        register(connection, "none", frame.clear())
        assert connection.execute("FROM one").fetchall() == [(moment,)]
        found = connection.execute("SELECT count(*), max(moment) FROM none").fetchall()
    assert found == [(0, None)]
