"""One data package: a folder that explains itself to people and machines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.datapackage import descriptor, plain_file
from exports.dictionary import write_dictionary
from exports.inspecting import Inspection, inspect
from exports.parts import title
from exports.publication import Publication
from exports.readme import readme
from exports.tables import Resource, write_table
from schemas.datasets import DataSet
from schemas.derive.csvw import csvw
from schemas.derive.table_schema import other
from schemas.files import write_json, write_text
from schemas.table import Table
from schemas.text import Lang, Text


@dataclass(frozen=True)
class PlainFile:
    """A file of a package that is no table, such as boundaries for maps."""

    name: Text
    """Published name in each language, with its ending."""
    title: Text
    description: Text
    format: str
    mediatype: str
    write: Callable[[Path, Lang], None]
    """Writes the file in a language; the same bytes each time."""


@dataclass(frozen=True)
class Prepared:
    """What the packages of a data set share in all languages."""

    engine: duckdb.DuckDBPyConnection
    inspected: Mapping[str, Inspection]
    """What is known of the publishable rows, by table name."""


@contextmanager
def preparing(
    tables: Sequence[type[Table]],
    parquet: Mapping[str, Path],
    spill: Path,
    threads: int | None = None,
    *,
    within: duckdb.DuckDBPyConnection | None = None,
) -> Iterator[Prepared]:
    """Start DuckDB and look through the publishable rows, once for all languages.

    `spill`, `threads` and `within` are those of `exports.sql.session`. Raises PimError
    (`PIM-EXP-001` to `-011`) for rows that may not be published.
    """
    with sql.session(spill, threads, within=within) as engine:
        yield Prepared(engine, {t.name: inspect(engine, t, parquet[t.name]) for t in tables})


@contextmanager
def _ready(
    prepared: Prepared | None,
    tables: Sequence[type[Table]],
    parquet: Mapping[str, Path],
    spill: Path,
) -> Iterator[Prepared]:
    """The same with a connection of its own, so that languages may work side by side."""
    if prepared is None:
        with preparing(tables, parquet, spill) as own:
            yield own
    else:
        with prepared.engine.cursor() as cursor:
            yield Prepared(cursor, prepared.inspected)


@dataclass(frozen=True)
class Package:
    """A package that was written: its data files in the order of the tables."""

    dataset: DataSet
    lang: Lang
    folder: Path
    resources: tuple[Resource, ...]
    """CSV and Parquet of each table, in turn."""


def _written(file: PlainFile, lang: Lang, folder: Path) -> dict[str, object]:
    """Write a plain file and describe it as a resource."""
    path = folder / file.name.of(lang)
    file.write(path, lang)
    return plain_file(path, file.title, file.description, file.format, file.mediatype, lang)


def write_package(
    dataset: DataSet,
    tables: Sequence[type[Table]],
    parquet: Mapping[str, Path],
    lang: Lang,
    folder: Path,
    publication: Publication,
    *,
    files: Sequence[PlainFile] = (),
    prepared: Prepared | None = None,
) -> Package:
    """Write a Frictionless Data Package v2 of `tables` in one language into `folder`.

    `parquet` gives, by table name, the Parquet file of the publishable rows, with exactly the
    columns of the class. Each table becomes `<name>.csv`, `<name>.parquet` and
    `<name>.csv-metadata.json` (CSVW); a long one has a CSV a year (`exports.parts`). Beside them
    stand `datapackage.json`, README in both languages and the data dictionary; `files` are added
    to them. The same input gives the same bytes. `prepared` is what the packages of two
    languages share; without it this one prepares for itself. Raises PimError (`PIM-EXP-001` to
    `-011`) for rows that may not be published; the folder is then incomplete and must be thrown
    away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources: list[Resource] = []
    with _ready(prepared, tables, parquet, folder / ".spill") as ready:
        for table in tables:
            found = ready.inspected[table.name]
            resources += write_table(ready.engine, table, parquet[table.name], lang, folder, found)
    keywords = dataset.keywords_pl if lang == "pl" else dataset.keywords_en
    for resource in resources:
        if resource.path.suffix == ".csv":
            metadata = csvw(
                resource.table,
                lang,
                url=resource.path.name,
                licence=publication.licence.path,
                keywords=keywords,
                part_title=title(resource.table, resource.part),
            )
            write_json(folder / f"{resource.path.name}-metadata.json", metadata)
    write_dictionary(tables, lang, folder)
    package = Package(dataset, lang, folder, tuple(resources))
    twin = other(lang)
    write_text(folder / "README.md", readme(package.resources, dataset, lang, lang, publication))
    write_text(
        folder / f"README.{twin}.md", readme(package.resources, dataset, lang, twin, publication)
    )
    others = [_written(file, lang, folder) for file in files]
    described = descriptor(dataset, resources, lang, publication, others)
    # Last, so that a folder with a descriptor is a whole package.
    write_json(folder / "datapackage.json", described)
    return package
