"""Where a row comes from: the row, its documents, its place in the facts, who leans on it."""

from dataclasses import dataclass

import polars as pl

from pipelines.settings import Settings
from reconcile.withholding import publishable
from schemas.columns import LIST_SEPARATOR, Column
from schemas.errors import Exit, PimError
from schemas.registry import all_tables, table_named
from schemas.table import Table
from schemas.tables.document_facts import DocumentEvidence, DocumentFacts
from schemas.tables.documents import Documents
from schemas.text import Lang, Text
from schemas.verdict import ORIGIN, place_in
from warehouse.folder import DataFolder
from warehouse.tables import load_rejected, load_table

_DOCUMENT_FACTS = ("document_title", "publisher", "url", "issued_from")
_PLACE = Text("Miejsce", "Place")
_SOURCE = Text("Źródło", "Source")
_EVIDENCE = Text("Dowód", "Evidence")
_REJECTED = Text("Odrzucono", "Rejected")
_REFERRED = Text("Odwołuje się", "Referred to by")


@dataclass(frozen=True)
class Explanation:
    """The chain of evidence of one row."""

    table: type[Table]
    row: dict[str, str]
    place: str
    """Where the accepted row came from; empty where it was set aside or computed."""
    documents: tuple[dict[str, str], ...]
    referred_by: tuple[str, ...]
    """Rows of other tables that refer to this one, as `table key`."""
    publishable: bool | None
    """None where the table itself stays inside."""
    rejected: tuple[dict[str, str], ...]
    """Why the row was set aside, where it was."""
    evidence: tuple[dict[str, str], ...] = ()
    """What the given documents say of the row: value, document, place, quote and rule."""

    def as_dict(self) -> dict[str, object]:
        """The explanation as JSON data."""
        return {
            "table": self.table.name,
            "row": self.row,
            "place": self.place,
            "documents": list(self.documents),
            "evidence": list(self.evidence),
            "referred_by": list(self.referred_by),
            "publishable": self.publishable,
            "rejected": list(self.rejected),
        }

    def lines(self, lang: Lang) -> list[str]:
        """The explanation for a person, with labels in place of codes."""
        lines = [f"{self.table.title.of(lang)} ({self.table.name})"]
        for column in self.table.columns:
            if column.name in self.row:
                shown = _labelled(column, self.row[column.name], lang)
                lines.append(f"  {column.title.of(lang)}: {shown}")
        if self.place:
            lines.append(f"{_PLACE.of(lang)}: {place_in(self.place, lang)}")
        for document in self.documents:
            shown = ", ".join(value for value in document.values() if value)
            lines.append(f"{_SOURCE.of(lang)}: {shown}")
        lines += [f"{_EVIDENCE.of(lang)}: {_told(piece, lang)}" for piece in self.evidence]
        for reason in self.rejected:
            place = place_in(f"{reason['source']}, {reason['place']}", lang)
            cell = f"{reason['column_name']} = {reason['value']}"
            lines.append(f"{_REJECTED.of(lang)}: {place}: {cell}: {reason[f'reason_{lang}']}")
        lines += [f"{_REFERRED.of(lang)}: {user}" for user in self.referred_by]
        return [*lines, self._state().of(lang)]

    def _state(self) -> Text:
        if not self.row:
            return Text("Do publikacji: nie (wiersz odrzucono)", "Publishable: no (row rejected)")
        if self.publishable is None:
            return Text("Do publikacji: nie (tabela wewnętrzna)", "Publishable: no (inside table)")
        if self.publishable:
            return Text("Do publikacji: tak", "Publishable: yes")
        return Text(
            "Do publikacji: nie (wywnioskowane albo zależy od wywnioskowanego)",
            "Publishable: no (inferred, or depends on what is inferred)",
        )


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
    return Explanation(
        table=table,
        row={c.name: str(row[c.name]) for c in table.columns if row.get(c.name) is not None},
        place=", ".join(str(row[name]) for name in ORIGIN if row.get(name)),
        documents=tuple(_documents(frames, str(row.get("sources") or ""))),
        evidence=tuple(_evidence(table, key, frames)),
        referred_by=tuple(_users(table, key, frames)),
        publishable=_is_publishable(table, key, frames) if table.dataset else None,
        rejected=tuple(
            {name: str(value or "") for name, value in line.items() if name != "row"}
            for line in rejected.to_dicts()
        ),
    )


def _labelled(column: Column, value: str, lang: Lang) -> str:
    labels = {str(code): code.label.of(lang) for code in column.codes or ()}
    return labels.get(value, value)


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


def _evidence(
    table: type[Table], key: tuple[str, ...], frames: dict[str, pl.DataFrame]
) -> list[dict[str, str]]:
    """Evidence of the facts of documents that agree with this row, or differ from it."""
    if DocumentFacts.name not in frames:
        return []
    facts = frames[DocumentFacts.name].filter(
        DocumentFacts.table_name.col == table.name, DocumentFacts.curated_key.col == " ".join(key)
    )
    # A fact itself is explained by its own evidence.
    own = key if table is DocumentFacts else ()
    wanted = [*facts[DocumentFacts.fact_id.name], *own]
    columns = [column.name for column in DocumentEvidence.columns]
    found = (
        frames[DocumentEvidence.name]
        .filter(DocumentEvidence.fact_id.col.is_in(wanted))
        .join(frames[DocumentFacts.name].select("fact_id", "state"), on="fact_id")
        .sort("fact_id", "number")
        .select(pl.col(*columns, "state").cast(pl.String).fill_null(""))
    )
    return [{name: str(value) for name, value in row.items()} for row in found.to_dicts()]


def _told(piece: dict[str, str], lang: Lang) -> str:
    """One piece of evidence on a line."""
    place = f"{piece['document']}, {piece[f'place_{lang}']}"
    value = f"{piece['column_name']} = {piece['value']} ({piece['rule']})"
    return f"{place}: „{piece['quote']}” → {value}"


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
