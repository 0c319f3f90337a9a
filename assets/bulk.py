"""How a table longer than memory becomes an asset: pieces through the gate, from file to file.

`@bulk_table_asset(Table)` stands above a function that gives the rows in pieces; nothing else
about a long table is written by hand. Its class says `bulk = True`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import dagster as dg
import polars as pl

from assets.building import Judged, judged_asset, referred_by
from assets.deciding import corrected_pieces
from assets.describing import PREVIEW_ROWS
from assets.house import House
from schemas.bulk_gate import check_pieces
from schemas.files import scratch_folder
from schemas.table import Table
from warehouse.tables import keep_judged, scan_table, table_path

MakePieces = Callable[[House], Iterator[pl.DataFrame]]
"""Gives the rows of a table before the gate, as text or typed, in frames of bounded length; asked
again it gives the same ones."""


def bulk_table_asset(
    table: type[Table], *, needs: Sequence[type[Table]] = ()
) -> Callable[[MakePieces], dg.AssetsDefinition]:
    """Make the asset of a table (`bulk`) from a function that gives its rows in pieces.

    `needs` are tables that the function reads; tables referred to are added by themselves.
    Raises ValueError for a table that is not declared to be longer than memory: later steps
    would load it whole.
    """
    if not table.bulk:
        raise ValueError(f"{table.name} does not say that it may be longer than memory")

    def decorate(make: MakePieces) -> dg.AssetsDefinition:
        return judged_asset(table, needs, partial(_judge_pieces, table, make))

    return decorate


def _judge_pieces(table: type[Table], make: MakePieces, house: House) -> Judged:
    folder = house.folder
    for other in referred_by(table):
        scan_table(folder, other)  # says what is missing, and how to get it
    pieces = corrected_pieces(house.facts, table, partial(make, house))
    with scratch_folder(table_path(folder, table)) as scratch:
        accepted, rejected = scratch / "accepted.parquet", scratch / "rejected.parquet"
        report = check_pieces(
            table,
            pieces,
            {other.name: table_path(folder, other) for other in referred_by(table)},
            accepted,
            rejected,
            previous_rows=house.rows_before(table),
        )
        report = replace(report, findings=(*report.findings, *pieces.findings()))
        shown = pl.scan_parquet(accepted, glob=False).head(PREVIEW_ROWS).collect()
        keep_judged(folder, table, accepted, rejected, blocked=report.blocked)
    return Judged(report, shown)
