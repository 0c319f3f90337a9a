"""From accepted tables to one published tree: withhold, package, assemble, then point at it.

Nothing here is seen by the public until the last asset, `release`, moves the pointer.
"""

import shutil
from collections.abc import Iterator, Sequence
from functools import partial

import dagster as dg
import duckdb
import polars as pl

from assets.building import OWNERS, explained
from assets.house import House
from assets.inputs import made_of
from assets.places import files_of
from assets.proving import (
    NOTHING_INFERRED,
    POINTS_HERE,
    SAME_ROWS,
    inferred_tables,
    other_counts,
    proof,
    proved,
)
from exports.bilingual import write_and_judge
from exports.release.manifest import MANIFEST, RELEASE_ID_LENGTH, manifest
from exports.release.pointer import publish
from exports.release.versions import versions_in
from exports.sql import session
from exports.validate import Problem
from schemas.datasets import DataSet
from schemas.errors import PimError
from schemas.files import drafting, replacing, write_json
from schemas.parquet import row_count
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.table import Table
from schemas.tables.rejections import RejectedCounts
from schemas.text import Text
from warehouse.content import content_hash
from warehouse.database import assemble
from warehouse.inside import assemble_inside
from warehouse.reports import load_report
from warehouse.tables import table_path

GROUP = "publikacja"
PROBLEMS_SHOWN = 10
JUDGED = "kontrola_paczki"
"""The check of a package: as the public would judge it, before anyone can see it."""
_JUDGED_TEXT = (
    "Pliki, sumy kontrolne, typy, klucze i odwołania paczki są takie, jak mówi jej opis, w obu "
    "językach. / Files, checksums, types, keys and references are what the package says, in both "
    "languages."
)


# The last table made: it is made from all the others. To name them all again, here and below,
# would draw a hundred and fifty more lines, which Dagster also writes down with every run.
_ALL_TABLES = [RejectedCounts.name]


@dg.asset(
    deps=_ALL_TABLES,
    group_name=GROUP,
    kinds={"polars", "parquet"},
    owners=OWNERS,
    description="Wiersze, które mogą wyjść na zewnątrz: bez wywnioskowanych i bez tego, co od "
    "nich zależy.\n\nEN: Rows that may be published: nothing inferred, nothing that depends on it.",
    check_specs=[proof("publishable_rows", NOTHING_INFERRED)],
)
def publishable_rows(house: dg.ResourceParam[House]) -> Iterator[dg.MaterializeResult[None]]:
    """Write the publishable rows of every published table; refuse when a table is not good."""
    with explained(house, "publishable_rows"), house.writing(), drafting():
        _refuse_bad_tables(house)
        # Only what this run packages may be in the next release.
        shutil.rmtree(house.folder.staging, ignore_errors=True)
        rows = _write_publishable(house, _published())
        # The packages take DuckDB longest, and the steps before theirs leave a processor free.
        spill = house.folder.staging.with_name(".spill")
        engine = house.packing.shared.enter_context(session(spill))
        for dataset in all_datasets():
            house.packing.begin(dataset.slug, partial(_write_package, house, dataset, engine))
    folder = house.folder
    written = sum(row_count(folder.publishable / f"{name}.parquet") for name in rows)
    accepted = sum(row_count(table_path(folder, table)) for table in _published())
    yield dg.MaterializeResult(
        metadata={"dagster/row_count": written, "wstrzymane_wiersze": accepted - written},
        check_results=[proved("publishable_rows", NOTHING_INFERRED, inferred_tables(rows))],
    )


def _write_publishable(house: House, tables: Sequence[type[Table]]) -> dict[str, pl.LazyFrame]:
    """Write the publishable rows of each table, and give them back by its name."""
    folder = house.folder.publishable
    frames = house.load_publishable(table for table in tables if not table.bulk)
    for name, frame in frames.items():
        with replacing(folder / f"{name}.parquet") as temporary:
            frame.write_parquet(temporary, compression="snappy")
    rows = {name: frame.lazy() for name, frame in frames.items()}
    for table in tables:
        if table.bulk:
            path = folder / f"{table.name}.parquet"
            with replacing(path) as temporary:
                house.scan_publishable(table).sink_parquet(temporary, compression="snappy")
            rows[table.name] = pl.scan_parquet(path, glob=False)
    return rows


def _published() -> list[type[Table]]:
    return [table for table in all_tables() if table.dataset]


def _refuse_bad_tables(house: House) -> None:
    reports = [load_report(house.folder, table) for table in all_tables()]
    bad = [report for report in reports if not report.publishable]
    if bad:
        shown = ", ".join(f"{report.table} ({report.rejected})" for report in bad)
        raise PimError(
            "PIM-PUB-001",
            Text(
                "Publikację wstrzymano: odrzucono wiersze. Ostatnie dobre wydanie zostaje.",
                "Publishing stopped: rows were rejected. The last good release stays.",
            ),
            where=shown,
            fix=Text(
                "Obejrzyj wiersze poleceniem `pim rejected`, popraw je i powtórz `pim build`.",
                "See the rows with `pim rejected`, mend them and repeat `pim build`.",
            ),
        )


def _package_asset(dataset: DataSet) -> dg.AssetsDefinition:
    """The asset that writes the Polish package of a data set and its English twin."""
    key = f"package_{dataset.slug.replace('-', '_')}"

    @dg.asset(
        key=key,
        deps=[publishable_rows],
        group_name=GROUP,
        kinds={"csv", "parquet"},
        owners=OWNERS,
        description=f"Paczka danych „{dataset.title.pl}” po polsku i po angielsku.\n\n"
        f"EN: Data package '{dataset.title.en}' in Polish and English.",
        check_specs=[dg.AssetCheckSpec(JUDGED, asset=key, description=_JUDGED_TEXT, blocking=True)],
    )
    def build_package(
        house: dg.ResourceParam[House],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with explained(house, key), house.writing():
            work = partial(_write_package, house, dataset)
            problems = house.packing.finish(dataset.slug, work)
            if problems:
                yield _judgement(key, problems)
                raise _faulty(key, problems)
        folder = house.folder.staging / dataset.slug
        files = [path for path in folder.iterdir() if path.is_file()]
        yield dg.MaterializeResult(
            metadata={
                "tabele": len(tables_of(dataset)),
                "bajty": sum(p.stat().st_size for p in files),
                "folder": dg.MetadataValue.path(str(house.folder.public / dataset.slug)),
            },
            check_results=[_judgement(key, [])],
        )

    return build_package


def _write_package(
    house: House, dataset: DataSet, engine: duckdb.DuckDBPyConnection | None = None
) -> list[Problem]:
    tables = tables_of(dataset)
    staging = house.folder.staging
    return write_and_judge(
        dataset,
        tables,
        {t.name: house.folder.publishable / f"{t.name}.parquet" for t in tables},
        {"pl": staging / dataset.slug, "en": staging / "en" / dataset.slug},
        house.publication,
        files=files_of(house, dataset),
        within=engine,
    )


def _judgement(key: str, problems: list[Problem]) -> dg.AssetCheckResult:
    lines = [
        f"- {p.place}: {p.message.pl} / {p.message.en} ({p.rule}, {p.count})"
        for p in problems[:PROBLEMS_SHOWN]
    ]
    return dg.AssetCheckResult(
        check_name=JUDGED,
        asset_key=key,
        passed=not problems,
        description="\n".join(lines) or None,
        metadata={"niezgodne": len(problems)},
    )


def _faulty(key: str, problems: list[Problem]) -> PimError:
    return PimError(
        "PIM-PUB-002",
        Text(
            "Gotowa paczka nie przeszła kontroli. Ostatnie dobre wydanie zostaje.",
            "A finished package did not pass its check. The last good release stays.",
        ),
        where="; ".join([key, *(f"{p.place} ({p.rule})" for p in problems[:PROBLEMS_SHOWN])]),
        fix=Text(
            "Uruchom `pim build --force`; jeśli błąd wraca, zgłoś go z tym opisem.",
            "Run `pim build --force`; if it comes back, report it with this description.",
        ),
    )


packages = [_package_asset(dataset) for dataset in all_datasets()]


@dg.asset(
    deps=[publishable_rows],
    group_name=GROUP,
    kinds={"duckdb"},
    owners=OWNERS,
    description="Plik DuckDB dla analityków: wszystkie opublikowane tabele, polskie widoki, opisy."
    "\n\nEN: DuckDB file for analysts: all published tables, Polish views, comments.",
    check_specs=[proof("analysts_database", SAME_ROWS)],
)
def analysts_database(house: dg.ResourceParam[House]) -> Iterator[dg.MaterializeResult[None]]:
    """Assemble the public DuckDB file from the publishable rows."""
    with explained(house, "analysts_database"), house.writing():
        tables = _published()
        parquet = {t.name: house.folder.publishable / f"{t.name}.parquet" for t in tables}
        target = house.folder.staging / "pim.duckdb"
        target.parent.mkdir(parents=True, exist_ok=True)
        assemble(target, tables, parquet, meta=house.publication.facts())
        wrong = other_counts(target, tables, house.folder.publishable)
        # The packages are not ready yet, and the release asks for it.
        house.hashing.begin("release", partial(content_hash, target))
    yield dg.MaterializeResult(
        metadata={"tabele": len(tables), "bajty": target.stat().st_size},
        check_results=[proved("analysts_database", SAME_ROWS, wrong)],
    )


@dg.asset(
    deps=[*packages, analysts_database],
    group_name=GROUP,
    kinds={"json"},
    owners=OWNERS,
    description="Całość: manifest wszystkich paczek. Dopóki nie ma wydania z numerem wersji, od "
    "razu jest publikowana; potem czeka na `pim release`.\n\n"
    "EN: The whole: the manifest of all packages. It is published at once until a version was "
    "released; from then on it waits for `pim release`.",
    check_specs=[proof("release", POINTS_HERE)],
)
def release(house: dg.ResourceParam[House]) -> Iterator[dg.MaterializeResult[None]]:
    """Freeze the staged tree under its content id and make it current.

    Once a version was released, the public sees versions alone: then the tree waits in staging
    for `pim release`.
    """
    with explained(house, "release"), house.writing():
        staging = house.folder.staging
        database = staging / "pim.duckdb"
        said = house.hashing.finish("release", partial(content_hash, database))
        described = manifest(
            staging,
            facts={**house.publication.facts(), **made_of(house)},
            content={database.name: said},
        )
        with drafting():
            write_json(staging / MANIFEST, described)
        release_id = str(described["content_id"])[:RELEASE_ID_LENGTH]
        folder = house.folder
        released = bool(versions_in(folder.releases))
        changed = not released and publish(staging, folder.releases, folder.public, release_id)
        places = [folder.public / MANIFEST, *(() if released else (folder.releases / release_id,))]
        wrong = [path.name for path in places if not path.exists()]
    yield dg.MaterializeResult(
        metadata={
            "wydanie": release_id,
            "zmienione": changed,
            "czeka_na_wydanie": released,
            "pliki": sum(1 for path in staging.rglob("*") if path.is_file()),
            "folder": dg.MetadataValue.path(str(house.folder.public)),
        },
        check_results=[proved("release", POINTS_HERE, wrong)],
    )


@dg.asset(
    deps=_ALL_TABLES,
    group_name="magazyn",
    kinds={"duckdb"},
    owners=OWNERS,
    description="Magazyn roboczy: wszystkie tabele, odrzucone wiersze, pliki źródłowe i dziennik "
    "uruchomień. Tylko dla zespołu.\n\n"
    "EN: Working warehouse: all tables, rejected rows, source files and the log of runs.",
    check_specs=[proof("working_warehouse", SAME_ROWS)],
)
def working_warehouse(house: dg.ResourceParam[House]) -> Iterator[dg.MaterializeResult[None]]:
    """Assemble the working warehouse; it is made also when publishing is refused."""
    with explained(house, "working_warehouse"), house.writing():
        folder = house.folder
        assemble_inside(folder, all_tables(), house.source_files(), house.publication.facts())
        made = [table for table in all_tables() if table_path(folder, table).is_file()]
        wrong = other_counts(folder.warehouse, made, folder.tables)
    yield dg.MaterializeResult(
        metadata={"bajty": folder.warehouse.stat().st_size},
        check_results=[proved("working_warehouse", SAME_ROWS, wrong)],
    )
