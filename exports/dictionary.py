"""The data dictionary as files: `slownik.csv` and `slownik.md`, `dictionary.csv` and `.md`."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from exports.refusals import FORMULA_STARTS
from schemas.derive.dictionary import COLUMNS, NOTHING, dictionary, headers
from schemas.files import write_text
from schemas.table import Table
from schemas.text import Lang, Text

STEM = Text("slownik", "dictionary")
"""File name of the dictionary, without its ending."""


def _safe(cell: str) -> str:
    """A dictionary cell that no spreadsheet runs: a leading space before a formula sign.

    These cells are texts about data, not data; the sign for nothing stays as it is.
    """
    return f" {cell}" if cell != NOTHING and cell.startswith(FORMULA_STARTS) else cell


def _csv(tables: Sequence[type[Table]], lang: Lang) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headers(lang))
    writer.writerows([_safe(row[name]) for name in COLUMNS] for row in dictionary(tables))
    return buffer.getvalue()


def _inline(text: str) -> str:
    """A text that does not break out of a Markdown table cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


_HEADS: tuple[tuple[str, Text], ...] = (
    ("column", Text("Kolumna", "Column")),
    ("title", Text("Tytuł", "Title")),
    ("description", Text("Opis", "Description")),
    ("type", Text("Typ", "Type")),
    ("required", Text("Wymagana", "Required")),
    ("missing_sign", Text("Znak braku", "Sign for missing")),
    ("reference", Text("Odwołanie", "Reference")),
    ("values", Text("Wartości", "Values")),
    ("rules", Text("Zasady", "Rules")),
)
_YES = {"True": Text("tak", "yes"), "False": Text("nie", "no")}


def _table(table: type[Table], lang: Lang) -> list[str]:
    lines = [
        f"## {table.title.of(lang)} (`{table.name_in(lang)}`)",
        "",
        table.description.of(lang),
        "",
        Text("Jeden wiersz: {row}.", "One row: {row}.")
        .of(lang)
        .format(row=table.row.of(lang).rstrip(".")),
        "",
        "| " + " | ".join(head.of(lang) for _, head in _HEADS) + " |",
        "|" + "---|" * len(_HEADS),
    ]
    for row in dictionary([table]):
        cells = []
        for key, _ in _HEADS:
            cell = row.get(f"{key}_{lang}") or row[key]
            cells.append(_YES[cell].of(lang) if key == "required" else _inline(cell))
        if row["key"] == "True":
            cells[0] += Text(" (klucz)", " (key)").of(lang)
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def write_dictionary(tables: Sequence[type[Table]], lang: Lang, folder: Path) -> tuple[Path, Path]:
    """Write the dictionary as CSV (texts in both languages) and Markdown (in `lang`)."""
    stem = STEM.of(lang)
    as_csv, as_text = folder / f"{stem}.csv", folder / f"{stem}.md"
    write_text(as_csv, _csv(tables, lang))
    lines = [Text("# Słownik danych", "# Data dictionary").of(lang), ""]
    for table in tables:
        lines += _table(table, lang)
    write_text(as_text, "\n".join(lines).rstrip("\n") + "\n")
    return as_csv, as_text
