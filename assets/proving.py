"""Checks of what is made of the tables: each says what should be equal, and where it is not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import dagster as dg
import polars as pl

from reconcile.withholding import STATUS
from schemas.table import Table
from schemas.text import Text
from warehouse.query import row_counts

SHOWN = 10

NOTHING_INFERRED = "bez_wywnioskowanych"
SAME_ROWS = "te_same_wiersze"
POINTS_HERE = "wskaznik_na_miejscu"

_TEXTS = {
    NOTHING_INFERRED: Text(
        "Żaden wiersz do publikacji nie jest tylko wywnioskowany.",
        "No row to publish is only inferred.",
    ),
    SAME_ROWS: Text(
        "Plik DuckDB ma w każdej tabeli tyle wierszy, ile jest w jej plikach.",
        "The DuckDB file has as many rows in each table as there are in its files.",
    ),
    POINTS_HERE: Text(
        "Wskaźnik pokazuje to, co ma być publiczne, a manifest jest na miejscu.",
        "The pointer shows what should be public, and the manifest is there.",
    ),
}


def proof(asset: str, name: str) -> dg.AssetCheckSpec:
    """A blocking check of an asset, explained in both languages."""
    text = _TEXTS[name]
    return dg.AssetCheckSpec(name, asset=asset, description=f"{text.pl} / {text.en}", blocking=True)


def proved(asset: str, name: str, wrong: Sequence[str]) -> dg.AssetCheckResult:
    """What came out of a check; `wrong` are the places where it does not hold."""
    shown = [f"- {place}" for place in wrong[:SHOWN]]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=asset,
        passed=not wrong,
        description="\n".join(shown) or None,
        metadata={"niezgodne": len(wrong)},
    )


def inferred_tables(rows: Mapping[str, pl.LazyFrame]) -> list[str]:
    """The tables that have a row whose evidence is only inferred."""
    return [
        name
        for name, found in rows.items()
        if STATUS in found.collect_schema()
        and found.select(pl.col(STATUS).eq("inferred").any()).collect().item()
    ]


def other_counts(database: Path, tables: Sequence[type[Table]], folder: Path) -> list[str]:
    """The tables of a DuckDB file that have other numbers of rows than their Parquet files."""
    found = row_counts(database)
    wrong = []
    for table in tables:
        path = folder / f"{table.name}.parquet"
        with path.open("rb") as handle:
            expected = pl.scan_parquet(handle).select(pl.len()).collect().item()
        if found.get(table.name) != expected:
            wrong.append(f"{table.name}: {found.get(table.name)} ≠ {expected}")
    return wrong
