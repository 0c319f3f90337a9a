"""A data set in both languages: two packages, written and judged side by side."""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from exports.package import PlainFile, preparing, write_package
from exports.publication import Publication
from exports.validate import Problem, check_package
from schemas.datasets import DataSet
from schemas.files import drafting
from schemas.table import Table
from schemas.text import Lang


def write_and_judge(
    dataset: DataSet,
    tables: Sequence[type[Table]],
    parquet: Mapping[str, Path],
    folders: Mapping[Lang, Path],
    publication: Publication,
    *,
    files: Sequence[PlainFile] = (),
    within: duckdb.DuckDBPyConnection | None = None,
) -> list[Problem]:
    """Write the package of each language anew into its folder; return all that is wrong with them.

    Arguments and errors are those of `write_package`, the problems those of `check_package`.
    `within` is a DuckDB engine that is running already (`exports.sql.session`).
    """
    # What may not be published does not depend on the language, so it is looked for once. DuckDB
    # does the work and leaves Python free: two languages at a time take half as long.
    spill = next(iter(folders.values())).with_name(f".{dataset.slug}.spill")
    with (
        preparing(tables, parquet, spill, within=within) as prepared,
        ThreadPoolExecutor(len(folders)) as pool,
    ):

        def one(lang: Lang) -> list[Problem]:
            folder = folders[lang]
            shutil.rmtree(folder, ignore_errors=True)
            # Nobody is pointed here: what is published is flushed as one tree (`freeze`).
            with drafting():
                write_package(
                    dataset,
                    tables,
                    parquet,
                    lang,
                    folder,
                    publication,
                    files=files,
                    prepared=prepared,
                )
            return check_package(folder, within=prepared.engine)

        return [problem for found in pool.map(one, folders) for problem in found]
