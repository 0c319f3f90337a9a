"""The working warehouse: everything the house knows, for the data team only.

Beside the accepted tables it holds the rejected rows, the files that rows came from and the
log of runs, each as a table that can be asked with SQL.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from schemas.columns import Column, integer, string, timestamp
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import REJECTED_SCHEMA
from warehouse.database import Rows, assemble
from warehouse.folder import DataFolder
from warehouse.history import runs
from warehouse.tables import load_rejected, table_path

_RUNS_KEPT = 500


def _text(name_pl: str, title: Text, description: Text, *, key: bool = False) -> Column:
    return string(name_pl, *title, *description, key=key, null=not key, max_length=100_000)


class Rejected(Table):
    """Rows that the gate set aside, one line a broken rule."""

    name = "_rejected"
    name_pl = "_odrzucone"
    title = Text("Odrzucone wiersze", "Rejected rows")
    description = Text(
        "Wiersze odłożone przez bramkę: reguła, powód, miejsce i cały wiersz.",
        "Rows set aside by the gate: rule, reason, place and the whole row.",
    )
    row = Text("Jedna złamana reguła jednego wiersza.", "One broken rule of one row.")

    table_name = _text("tabela", Text("Tabela", "Table"), Text("Tabela wiersza.", "Its table."))
    rule = _text("regula", Text("Reguła", "Rule"), Text("Złamana reguła.", "The broken rule."))
    column_name = _text("kolumna", Text("Kolumna", "Column"), Text("Kolumna.", "The column."))
    value = _text("wartosc", Text("Wartość", "Value"), Text("Jak w źródle.", "As it came."))
    reason_pl = _text("powod", Text("Powód", "Reason"), Text("Po polsku.", "In Polish."))
    reason_en = _text(
        "powod_en", Text("Powód (en)", "Reason (en)"), Text("Po angielsku.", "In English.")
    )
    source = _text("zrodlo", Text("Źródło", "Source"), Text("Plik.", "The file."))
    place = _text("miejsce", Text("Miejsce", "Place"), Text("Wiersz w pliku.", "Line in the file."))
    row_key = _text("klucz", Text("Klucz", "Key"), Text("Klucz wiersza.", "Key of the row."))
    row_json = _text(
        "wiersz", Text("Wiersz", "Row"), Text("Cały wiersz, JSON.", "The row as JSON.")
    )


class SourceFiles(Table):
    """The files that rows came from, by the name that `_source` gives."""

    name = "_sources"
    name_pl = "_zrodla"
    title = Text("Pliki źródłowe", "Source files")
    description = Text(
        "Pliki, z których pochodzą wiersze, ze skrótem sha256.",
        "Files that rows came from, with their sha256.",
    )
    row = Text("Jeden plik.", "One file.")

    source = _text("zrodlo", Text("Plik", "File"), Text("Nazwa.", "Its name."), key=True)
    sha256 = _text(
        "sha256", Text("Skrót SHA-256", "SHA-256"), Text("Skrót treści.", "Of the bytes.")
    )
    bytes = integer("bajty", "Bajty", "Bytes", "Rozmiar pliku.", "Size of the file.")


class Runs(Table):
    """The log of runs, newest first."""

    name = "_runs"
    name_pl = "_uruchomienia"
    title = Text("Uruchomienia", "Runs")
    description = Text("Kiedy budowano dane i z jakim wynikiem.", "When data were built, and how.")
    row = Text("Jedno uruchomienie.", "One run.")

    run_id = _text("id_uruchomienia", Text("Identyfikator", "Id"), Text("Id.", "The id."), key=True)
    started = timestamp("poczatek", "Początek", "Started", "Czas UTC.", "UTC.")
    ended = timestamp("koniec", "Koniec", "Ended", "Czas UTC.", "UTC.")
    outcome = _text("wynik", Text("Wynik", "Outcome"), Text("Jak się skończyło.", "How it ended."))
    release_id = _text("wydanie", Text("Wydanie", "Release"), Text("Id wydania.", "Its release."))


def assemble_inside(
    folder: DataFolder,
    tables: Sequence[type[Table]],
    sources: pl.DataFrame,
    meta: Mapping[str, str],
) -> None:
    """Build the working warehouse from what lies at rest and swap it in.

    `sources` has the columns of `SourceFiles`. Tables that were never accepted are left out.
    """
    at_rest = [table for table in tables if table_path(folder, table).is_file()]
    rows: dict[str, Rows] = {table.name: table_path(folder, table) for table in at_rest}
    rejected = [load_rejected(folder, table) for table in at_rest]
    rows[Rejected.name] = pl.concat([pl.DataFrame(schema=REJECTED_SCHEMA), *rejected]).rename(
        {"row": "row_json"}
    )
    rows[SourceFiles.name] = sources
    rows[Runs.name] = _runs(folder)
    assemble(
        folder.warehouse,
        [*at_rest, Rejected, SourceFiles, Runs],
        rows,
        meta=meta,
        origin=True,
    )


def _runs(folder: DataFolder) -> pl.DataFrame:
    found = [
        (
            run.run_id,
            run.started.replace(tzinfo=None),
            run.ended.replace(tzinfo=None),
            str(run.outcome),
            run.release_id,
        )
        for run in runs(folder.history, _RUNS_KEPT)
    ]
    return pl.DataFrame(found, schema=Runs.schema(), orient="row")
