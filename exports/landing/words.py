"""The words of the pages for people, each in both languages."""

from collections.abc import Mapping

from schemas.text import Text

LANGUAGE = Text("Polski", "English")
"""What each language calls itself."""

WORDS: Mapping[str, Text] = {
    "start": Text("Wszystkie zbiory", "All data sets"),
    "navigation": Text("Nawigacja", "Navigation"),
    "about": Text("O zbiorze", "About the data set"),
    "about_all": Text("O wydaniu", "About the release"),
    "release": Text("Wydanie", "Release"),
    "released": Text("{version} z {date}", "{version} of {date}"),
    "modified": Text("Ostatnia zmiana danych", "Data last changed"),
    "issued": Text("Pierwsza publikacja", "First published"),
    "period": Text("Okres, którego dotyczą", "Period covered"),
    "frequency": Text("Aktualizacja", "Updated"),
    "schema": Text("Wersja schematu", "Version of the schema"),
    "licence": Text("Licencja", "Licence"),
    "publisher": Text("Wydawca", "Publisher"),
    "contact": Text("Kontakt", "Contact"),
    "keywords": Text("Słowa kluczowe", "Keywords"),
    "datasets": Text("Zbiory danych", "Data sets"),
    "tables": Text("Tabele i kolumny", "Tables and columns"),
    "tables_in": Text("Tabele", "Tables"),
    "row": Text("Jeden wiersz to {row}.", "One row is {row}."),
    "columns": Text("Kolumny ({n})", "Columns ({n})"),
    "files": Text("Pliki", "Files"),
    "files_of": Text("Pliki zbioru „{title}”", "Files of the data set '{title}'"),
    "file": Text("Plik", "File"),
    "format": Text("Format", "Format"),
    "rows": Text("Wiersze", "Rows"),
    "size": Text("Rozmiar", "Size"),
    "sha256": Text("sha256", "sha256"),
    "documents": Text("Opis tabel i kolumn do czytania", "Tables and columns, described to read"),
    "kept": Text(
        "Adres pliku zawiera początek skrótu jego treści, więc to, co pod nim jest, jest stałe.",
        "The address of a file holds the beginning of its hash. What lies there never changes.",
    ),
    "sources": Text("Licencja i źródła", "Licence and sources"),
    "cite": Text("Jak cytować", "How to cite"),
    "changes": Text("Co się zmieniło", "What changed"),
    "changes_page": Text("Zmiany w tym wydaniu", "Changes of this release"),
    "changelog": Text("Wszystkie wydania", "All releases"),
    "feed": Text("Kanał Atom z nowymi wydaniami", "Atom feed of new releases"),
    "programs": Text("Dla programów", "For programs"),
    "package": Text(
        "Opis paczki (Frictionless Data Package)", "Data package (Frictionless Data Package)"
    ),
    "search": Text("Opis schema.org (JSON-LD)", "Description in schema.org (JSON-LD)"),
    "catalogue": Text("Katalog DCAT-AP (Turtle)", "Catalogue in DCAT-AP (Turtle)"),
    "database": Text("Wszystkie tabele w pliku DuckDB", "All tables in a DuckDB file"),
    "citation": Text("Cytowanie dla programów (CFF)", "Citation for programs (CFF)"),
    "manifest": Text("Manifest: skróty wszystkich plików", "Manifest: hashes of all files"),
}
