"""Where a row comes from: the row, its documents, its place in the facts, who leans on it."""

import polars as pl

from pipelines.chain import (
    conflicts_of,
    corrections_of,
    decisions_of,
    evidence_of,
    snapshot_of,
)
from pipelines.explained import Explanation
from pipelines.settings import Settings
from reconcile.withholding import publishable
from schemas.columns import LIST_SEPARATOR
from schemas.errors import Exit, PimError
from schemas.registry import all_tables, table_named
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.text import Text
from schemas.verdict import ORIGIN
from warehouse.folder import DataFolder
from warehouse.tables import load_rejected, load_table, scan_table

_DOCUMENT_FACTS = ("document_title", "publisher", "url", "issued_from")


def explain_row(settings: Settings, table_name: str, key: tuple[str, ...]) -> Explanation:
    """Explain the row of a table with this key (one text for each key column).

    Raises PimError `PIM-CLI-002` (no such table), `PIM-CLI-003` (no such row), or `PIM-WH-006`
    (nothing was built).
    """
    folder = DataFolder(settings.data).verify()
    table = table_named(table_name)
    if len(key) != len(table.key):
        raise _no_row(table, key)
    frames = {t.name: _needed(folder, t, table, key) for t in all_tables()}
    rows = _rows_with_key(table, frames[table.name], key)
    rejected = load_rejected(folder, table, row_key=" | ".join(key))
    if rows.is_empty() and rejected.is_empty():
        raise _no_row(table, key)
    row = rows.row(0, named=True) if rows.height else {}
    evidence = tuple(evidence_of(table, key, frames))
    return Explanation(
        table=table,
        row={c.name: str(row[c.name]) for c in table.columns if row.get(c.name) is not None},
        place=", ".join(str(row[name]) for name in ORIGIN if row.get(name)),
        documents=tuple(_documents(frames, str(row.get("sources") or ""))),
        evidence=evidence,
        snapshot=snapshot_of(folder, str(row.get(ORIGIN[0]) or ""), frames),
        corrections=tuple(corrections_of(folder, table, key, frames)),
        conflicts=tuple(conflicts_of(table, key, frames)),
        decisions=tuple(decisions_of(table, key, evidence, frames)),
        referred_by=tuple(_users(folder, table, key, frames)),
        publishable=_is_publishable(table, key, frames) if table.dataset else None,
        rejected=tuple(
            {name: str(value or "") for name, value in line.items() if name != "row"}
            for line in rejected.to_dicts()
        ),
    )


def _needed(
    folder: DataFolder, table: type[Table], asked: type[Table], key: tuple[str, ...]
) -> pl.DataFrame:
    """The accepted rows of a table; of one that may be longer than memory, those asked for."""
    if not table.bulk:
        return load_table(folder, table)
    wanted = _has_key(table, key) if table is asked else pl.lit(value=False)
    return scan_table(folder, table).filter(wanted).collect()


def _has_key(table: type[Table], key: tuple[str, ...]) -> pl.Expr:
    return pl.all_horizontal(
        column.col.cast(pl.String) == part for column, part in zip(table.key, key, strict=True)
    )


def _rows_with_key(table: type[Table], frame: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    return frame.filter(_has_key(table, key))


def _documents(frames: dict[str, pl.DataFrame], sources: str) -> list[dict[str, str]]:
    wanted = sources.split(LIST_SEPARATOR)
    found = frames[Documents.name].filter(Documents.document_id.col.is_in(wanted))
    shown = found.select(pl.col("document_id", *_DOCUMENT_FACTS).cast(pl.String).fill_null(""))
    return [{name: str(value) for name, value in row.items()} for row in shown.to_dicts()]


def _users(
    folder: DataFolder, table: type[Table], key: tuple[str, ...], frames: dict[str, pl.DataFrame]
) -> list[str]:
    """The rows that refer to a row: one by one, and of a long table how many."""
    users = []
    for other in all_tables():
        for column in other.references:
            target = column.references
            if target is None or target.table is not table or len(key) != 1:
                continue
            cell = column.col.cast(pl.String)
            hit = (
                cell.str.split(LIST_SEPARATOR).list.contains(key[0])
                if column.many
                else (cell == key[0])
            )
            if other.bulk:
                count = scan_table(folder, other).filter(hit).select(pl.len()).collect().item()
                users += [f"{other.name} ({count})"] if count else []
                continue
            keys = (
                frames[other.name]
                .filter(hit)
                .select(pl.concat_str([c.col.cast(pl.String) for c in other.key], separator=" "))
            )
            users += [f"{other.name} {found}" for found in keys.to_series().to_list()]
    return sorted(set(users))


def _is_publishable(
    table: type[Table], key: tuple[str, ...], frames: dict[str, pl.DataFrame]
) -> bool:
    kept = publishable(all_tables(), frames)
    return not _rows_with_key(table, kept[table.name], key).is_empty()


def _no_row(table: type[Table], key: tuple[str, ...]) -> PimError:
    parts = " ".join(f"<{column.name}>" for column in table.key)
    return PimError(
        "PIM-CLI-003",
        Text("Nie ma takiego wiersza.", "There is no such row."),
        where=f"{table.name} {' '.join(key)}",
        fix=Text(
            f"Podaj klucz tak: pim explain {table.name} {parts}",
            f"Give the key like this: pim explain {table.name} {parts}",
        ),
        exit_code=Exit.USAGE,
    )
