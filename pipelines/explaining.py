"""Where a row comes from: the row, its documents, its place in the facts, who leans on it."""

from dataclasses import dataclass

import polars as pl

from pipelines.settings import Settings
from reconcile.withholding import publishable
from schemas.columns import LIST_SEPARATOR
from schemas.errors import Exit, PimError
from schemas.registry import all_tables, table_named
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.text import Lang, Text
from schemas.verdict import ORIGIN
from warehouse.folder import DataFolder
from warehouse.tables import load_rejected, load_table

_DOCUMENT_FACTS = ("document_title", "publisher", "url", "issued_from")


@dataclass(frozen=True)
class Explanation:
    """The chain of evidence of one row."""

    table: type[Table]
    row: dict[str, str]
    place: str
    documents: tuple[dict[str, str], ...]
    referred_by: tuple[str, ...]
    """Rows of other tables that refer to this one, as `table key`."""
    published: bool | None
    """None where the table itself stays inside."""
    rejected: tuple[dict[str, str], ...]
    """Why the row was set aside, where it was."""

    def as_dict(self) -> dict[str, object]:
        """The explanation as JSON data."""
        return {
            "table": self.table.name,
            "row": self.row,
            "place": self.place,
            "documents": list(self.documents),
            "referred_by": list(self.referred_by),
            "published": self.published,
            "rejected": list(self.rejected),
        }

    def lines(self, lang: Lang) -> list[str]:
        """The explanation for a person."""
        titles = {column.name: column.title.of(lang) for column in self.table.columns}
        lines = [f"{self.table.title.of(lang)} ({self.table.name})"]
        lines += [f"  {titles.get(name, name)}: {value}" for name, value in self.row.items()]
        lines += [Text(f"Miejsce: {self.place}", f"Place: {self.place}").of(lang)]
        for document in self.documents:
            shown = ", ".join(value for value in document.values() if value)
            lines.append(Text(f"Źródło: {shown}", f"Source: {shown}").of(lang))
        for reason in self.rejected:
            shown = f"{reason['column_name']} = {reason['value']}: {reason[f'reason_{lang}']}"
            lines.append(Text(f"Odrzucono: {shown}", f"Rejected: {shown}").of(lang))
        for user in self.referred_by:
            lines.append(Text(f"Odwołuje się: {user}", f"Referred to by: {user}").of(lang))
        state = {
            True: Text("Opublikowano: tak", "Published: yes"),
            False: Text(
                "Opublikowano: nie (wywnioskowane albo zależy od wywnioskowanego)",
                "Published: no (inferred, or depends on what is inferred)",
            ),
            None: Text("Opublikowano: tabela wewnętrzna", "Published: an internal table"),
        }
        return [*lines, state[self.published].of(lang)]


def explain_row(settings: Settings, table_name: str, key: tuple[str, ...]) -> Explanation:
    """Explain the row of a table with this key (one text for each key column).

    Raises PimError `PIM-CLI-002` (no such table), `PIM-CLI-003` (no such row), or `PIM-WH-006`
    (nothing was built).
    """
    folder = DataFolder(settings.data).verify()
    table = table_named(table_name)
    frames = {t.name: load_table(folder, t) for t in all_tables()}
    rows = _rows_with_key(table, frames[table.name], key)
    rejected = load_rejected(folder, table).filter(pl.col("row_key") == " | ".join(key))
    if rows.is_empty() and rejected.is_empty():
        raise _no_row(table, key)
    row = rows.row(0, named=True) if rows.height else {}
    place = ", ".join(str(row[name]) for name in ORIGIN if row.get(name))
    return Explanation(
        table=table,
        row={c.name: str(row[c.name]) for c in table.columns if row.get(c.name) is not None},
        place=place or ", ".join(str(v) for v in rejected.select("source", "place").row(0) if v),
        documents=tuple(_documents(frames, str(row.get("sources") or ""))),
        referred_by=tuple(_users(table, key, frames)),
        published=_is_published(table, key, frames) if table.dataset else None,
        rejected=tuple(
            {name: str(value or "") for name, value in line.items() if name != "row"}
            for line in rejected.to_dicts()
        ),
    )


def _rows_with_key(table: type[Table], frame: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    if len(key) != len(table.key):
        raise _no_row(table, key)
    return frame.filter(
        pl.all_horizontal(
            pl.col(column.name).cast(pl.String) == part
            for column, part in zip(table.key, key, strict=True)
        )
    )


def _documents(frames: dict[str, pl.DataFrame], sources: str) -> list[dict[str, str]]:
    wanted = sources.split(LIST_SEPARATOR)
    found = frames[Documents.name].filter(Documents.document_id.col.is_in(wanted))
    shown = found.select(pl.col("document_id", *_DOCUMENT_FACTS).cast(pl.String).fill_null(""))
    return [{name: str(value) for name, value in row.items()} for row in shown.to_dicts()]


def _users(table: type[Table], key: tuple[str, ...], frames: dict[str, pl.DataFrame]) -> list[str]:
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
            keys = (
                frames[other.name]
                .filter(hit)
                .select(pl.concat_str([c.col.cast(pl.String) for c in other.key], separator=" "))
            )
            users += [f"{other.name} {found}" for found in keys.to_series().to_list()]
    return sorted(set(users))


def _is_published(
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
