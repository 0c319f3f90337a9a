"""The data dictionary as a document, the supplement that the portal shows beside a data set."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from exports.danegov.odt import Document
from exports.readme import SIGN_MEANINGS
from schemas.datasets import DataSet
from schemas.derive.dictionary import NOTHING, dictionary
from schemas.table import Table
from schemas.text import Lang, Text

_TITLE = Text("Słownik danych: {title}", "Data dictionary: {title}")
_SIGNS = Text("Znaki umowne", "Special signs")
_SIGNS_SAID = Text(
    "W plikach CSV nie ma pustych komórek. Gdzie nie ma wartości, stoi znak umowny; jaki "
    "to znak w danej kolumnie, mówi rubryka „Brak wartości”.",
    "CSV files have no empty cells. Where there is no value a special sign stands; which one it "
    "is in a column, the field 'No value' says.",
)
_ROW = Text("Jeden wiersz: {row}.", "One row: {row}.")
_TABLES = Text("Tabele: {names}.", "Tables: {names}.")
_HEADS = (
    Text("Kolumna", "Column"),
    Text("Znaczenie", "Meaning"),
    Text("Typ i zasady", "Type and rules"),
    Text("Brak wartości", "No value"),
    Text("Odwołanie lub wartości", "Reference or values"),
)
_SHARES = (22, 36, 20, 9, 24)
_KEY = Text("klucz", "key")
_NEVER = Text("zawsze jest", "always there")


def write_dictionary_document(
    dataset: DataSet, tables: Sequence[type[Table]], lang: Lang, path: Path
) -> None:
    """Write the dictionary of a data set's tables as ODT in one language; the same bytes always.

    Says what the data set is, what the special signs mean, and per table and column the
    published names, meaning, type, rules, sign for no value, reference or list of values.
    """
    document = Document(_TITLE.of(lang).format(title=dataset.title.of(lang)), lang)
    document.paragraph(dataset.description.of(lang))
    names = ", ".join(table.title.of(lang) for table in tables)
    document.paragraph(_TABLES.of(lang).format(names=names))
    document.heading(_SIGNS.of(lang))
    document.paragraph(_SIGNS_SAID.of(lang))
    document.table(
        [Text("Znak", "Sign").of(lang), Text("Znaczenie", "Meaning").of(lang)],
        [(sign, meaning.of(lang)) for sign, meaning in SIGN_MEANINGS.items()],
        (10, 90),
    )
    for table in tables:
        document.heading(f"{table.title.of(lang)} ({table.name_in(lang)})")
        document.paragraph(table.description.of(lang))
        document.paragraph(_ROW.of(lang).format(row=table.row.of(lang).rstrip(".")))
        rows = [tuple(_cells(row, lang)) for row in dictionary([table])]
        document.table([head.of(lang) for head in _HEADS], rows, _SHARES)
    document.save(path)


def _cells(row: dict[str, str], lang: Lang) -> Iterator[str]:
    """The cells of one column; one with nothing to say is empty."""
    name = row[f"column_{lang}"]
    yield f"{name}\n({_KEY.of(lang)})" if row["key"] == "True" else name
    yield f"{row[f'title_{lang}']}\n{row[f'description_{lang}']}"
    rules = row[f"rules_{lang}"]
    kind = row[f"type_{lang}"]
    yield kind if rules == NOTHING else "\n".join([kind, *rules.split("; ")])
    yield _NEVER.of(lang) if row["required"] == "True" else row["missing_sign"]
    said = [row[f"{what}_{lang}"] for what in ("reference", "values")]
    yield "\n".join(text.replace(" | ", "\n") for text in said if text != NOTHING)
