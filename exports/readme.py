"""README of a data package: what it is, how to open it, what to beware of, how to cite it."""

from collections.abc import Sequence

from exports.dictionary import STEM
from exports.parts import MOST_ROWS, title
from exports.publication import Publication
from exports.tables import Resource
from schemas.datasets import DataSet
from schemas.text import Lang, Text

SIGN_MEANINGS: dict[str, Text] = {
    "-": Text("zjawisko nie wystąpiło", "did not occur"),
    ".": Text("brak informacji lub informacja niepewna", "no information, or not reliable"),
    "X": Text("wypełnienie niemożliwe lub niecelowe", "impossible or pointless to fill in"),
    ":": Text("brak danych", "no data"),
    "#": Text("tajemnica statystyczna", "statistical secrecy"),
}
"""The special signs in the words of dane.gov.pl."""

_WHAT = Text(
    """# {title}

{description}

Wersja {version} z {date}. Wydawca: {publisher}. Dane są częścią otwartych danych o programie
Partnerska Inicjatywa Miast. Nazwy kolumn i wartości z list są w tej paczce {language}.

## Tabele

{tables}

Każda tabela jest w dwóch plikach o tej samej treści: CSV (UTF-8, przecinek, kropka dziesiętna,
bez BOM) i Parquet (typy kolumn, prawdziwe puste wartości). Opis kolumn: `{dictionary}.csv`,
`{dictionary}.md`. Opis dla programów: `datapackage.json` (Frictionless Data Package v2),
`*.csv-metadata.json` (CSV on the Web).
""",
    """# {title}

{description}

Version {version} of {date}. Publisher: {publisher}. The data belong to the open data on the
Cities' Partnership Initiative (Partnerska Inicjatywa Miast). Column names and values of code
lists are {language} in this package; free texts are not translated.

## Tables

{tables}

Each table comes as two files with the same content: CSV (UTF-8, comma, decimal point, no BOM)
and Parquet (typed columns, real nulls). Columns are described in `{dictionary}.csv` and
`{dictionary}.md`, for programs in `datapackage.json` (Frictionless Data Package v2) and
`*.csv-metadata.json` (CSV on the Web).
""",
)
_LANGUAGES = {"pl": Text("po polsku", "Polish"), "en": Text("po angielsku", "English")}

_HOW = Text(
    """## Jak otworzyć

| Program | Jak |
|---|---|
| DuckDB | `duckdb -c "FROM '{name}.parquet' LIMIT 5"` |
| Python | `polars.read_parquet("{name}.parquet")` |
| R | `arrow::read_parquet("{name}.parquet")` |
| Excel | Dane > Z pliku tekstowego/CSV: „{csv}”, pochodzenie 65001 UTF-8, przecinek; \
kodom (np. TERC) ustaw typ Tekst, inaczej zginą zera z przodu |
| QGIS | Warstwa > Dodaj warstwę > Tekst CSV: „{csv}”; współrzędnych nie ma, łącz po \
kodzie TERC z granicami gmin |
| Z sieci | `duckdb -c "FROM '{url}' LIMIT 5"` |
""",
    """## How to open

| Program | How |
|---|---|
| DuckDB | `duckdb -c "FROM '{name}.parquet' LIMIT 5"` |
| Python | `polars.read_parquet("{name}.parquet")` |
| R | `arrow::read_parquet("{name}.parquet")` |
| Excel | Data > From Text/CSV: '{csv}', origin 65001 UTF-8, comma; give codes (such as \
TERC) the type Text, or leading zeros are lost |
| QGIS | Layer > Add Layer > Delimited Text: '{csv}'; there are no coordinates, join on \
the TERC code with the borders of gminas |
| From the web | `duckdb -c "FROM '{url}' LIMIT 5"` |
""",
)

_BEWARE = Text(
    """## Na co uważać

- W plikach CSV nie ma pustych komórek. Gdzie nie ma wartości, stoi znak umowny: {signs}. W
  Parquet jest tam wartość pusta.
- Publikowane jest tylko to, co źródła mówią wprost. Wiersze wywnioskowane, a niepotwierdzone,
  i wszystko, co od nich zależy, nie są publikowane, więc brak wiersza nie znaczy, że czegoś
  nie było.
- Nieznane pozostaje nieznane: puste pole jest informacją o źródłach, nie błędem.
- Kody i identyfikatory (TERC, id) są tekstem; zera z przodu są ich częścią.
- Identyfikatory są stałe i nic nie znaczą; nie należy z nich niczego odczytywać.
- W komórkach z kilkoma identyfikatorami rozdziela je średnik.
- Wiersze są posortowane według klucza.
""",
    """## Beware

- CSV files have no empty cells. Where there is no value, a special sign stands: {signs}. In
  Parquet the value is null there.
- Only what sources say outright is published. Rows that are inferred and not confirmed, and all
  that depends on them, are not published: a row that is missing does not mean that something
  did not happen.
- What is unknown stays unknown: an empty field tells about the sources and is no error.
- Codes and identifiers (TERC, ids) are text; leading zeros belong to them.
- Identifiers are permanent and mean nothing; do not read anything out of them.
- Where a cell holds several identifiers, semicolons separate them.
- Rows are sorted by the key.
""",
)

_RIGHTS = Text(
    """## Licencja i cytowanie

{licence} ([{licence_name}]({licence_path})). Źródła:

{sources}

Cytowanie: {citation}.

## Błędy i pytania

Napisz, podając wersję, tabelę i klucz wiersza: {contact}.
""",
    """## Licence and citation

{licence} ([{licence_name}]({licence_path})). Sources:

{sources}

Cite as: {citation}.

## Errors and questions

Write with the version, the table and the key of the row: {contact}.
""",
)


_DIVIDED = Text(
    "\nTabela dłuższa niż {n} wierszy ma osobny plik CSV na każdy rok, bo tyle wierszy pokaże "
    "arkusz kalkulacyjny; plik Parquet jest jeden, z całą tabelą.",
    "\nA table of more than {n} rows has a CSV file for each year, since a spreadsheet shows so "
    "many rows; the Parquet file is one, with the whole table.",
).fill(n=MOST_ROWS)


def _tables(resources: Sequence[Resource], lang: Lang) -> str:
    head = Text("| Tabela | Jeden wiersz to | Wierszy |", "| Table | One row is | Rows |")
    lines = [head.of(lang), "|---|---|---:|"]
    lines += [
        f"| `{resource.path.stem}` {title(resource.table, resource.part).of(lang)} "
        f"| {resource.table.row.of(lang).rstrip('.')} | {resource.rows} |"
        for resource in resources
        if resource.path.suffix == ".csv"
    ]
    if any(resource.part for resource in resources):
        lines.append(_DIVIDED.of(lang))
    return "\n".join(lines)


def _signs(resources: Sequence[Resource], lang: Lang) -> str:
    used = sorted({sign for resource in resources for sign in resource.signs})
    if not used:
        return Text("(w tej wersji nie użyto żadnego)", "(none is used in this version)").of(lang)
    return ", ".join(f"`{sign}` – {SIGN_MEANINGS[sign].of(lang)}" for sign in used)


def readme(
    resources: Sequence[Resource],
    dataset: DataSet,
    package: Lang,
    lang: Lang,
    publication: Publication,
) -> str:
    """The README, in `lang`, of the package in language `package`, as Markdown."""
    licence = publication.licence
    address = publication.address(dataset.slug, package)
    sources = [f"- {source.title.of(lang)}: <{source.path}>" for source in publication.sources]
    sources += [f"- {line.of(lang)}" for line in publication.attribution]
    name = resources[0].table.name_in(package)
    parts = {
        "title": dataset.title.of(lang),
        "description": dataset.description.of(lang),
        "version": publication.version,
        "date": publication.date.isoformat(),
        "publisher": publication.publisher.of(lang),
        "language": _LANGUAGES[package].of(lang),
        "tables": _tables(resources, lang),
        "dictionary": STEM.of(package),
        "name": name,
        "csv": resources[0].path.name,
        "url": publication.address(dataset.slug, package, f"{name}.parquet"),
        "signs": _signs(resources, lang),
        "licence": licence.title.of(lang),
        "licence_name": licence.name,
        "licence_path": licence.path,
        "sources": "\n".join(sources),
        "citation": publication.cited(dataset.title, f"<{address}>").of(lang),
        "contact": publication.contact,
    }
    return "\n".join(text.of(lang).format(**parts) for text in (_WHAT, _HOW, _BEWARE, _RIGHTS))
