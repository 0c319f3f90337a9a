"""Polars frames for DuckDB, without the library that both would else go through."""

import duckdb
import polars as pl


class _Stream:
    """What a frame exports of itself, as often as it is read."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def register(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Let DuckDB read a frame as the view `name`, as often as it is asked for.

    Handed over as it is, a frame would go through pyarrow: 170 MB to install, and with numpy a
    tenth of a second and 30 MiB to import.
    """
    connection.register(name, _Stream(frame))
