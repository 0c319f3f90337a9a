"""How a table becomes an asset: pull, pass the gate, store, and say what happened.

An asset file is wiring: `networks = facts_asset(Networks)`, or a short function under
`@table_asset(...)` from the tables that it needs to the frame of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import dagster as dg
import polars as pl

from assets.deciding import with_corrections
from assets.describing import (
    advice,
    check_name,
    check_specs,
    column_schema,
    describe,
    group_of,
    preview,
)
from assets.house import House
from schemas.errors import PimError
from schemas.files import drafting
from schemas.gate import check
from schemas.table import Severity, Table
from schemas.text import place_in
from schemas.verdict import Finding, Report
from warehouse.reports import store_report
from warehouse.tables import store_rejected, store_table, table_path

Make = Callable[[House], pl.DataFrame]
"""Makes the frame of a table, as text or typed, before the gate."""


class Judged(NamedTuple):
    """What the gate said of a table, and some of its accepted rows to show."""

    report: Report
    rows: pl.DataFrame


Judge = Callable[[House], Judged]
"""Makes the rows of a table, judges them, and stores what was accepted and rejected."""

OWNERS = ["team:dane-pim"]


def facts_asset(table: type[Table]) -> dg.AssetsDefinition:
    """The asset of a table whose facts are kept by hand."""
    return table_asset(table)(lambda house: house.read_facts(table))


def table_asset(
    table: type[Table], *, needs: Sequence[type[Table]] = ()
) -> Callable[[Make], dg.AssetsDefinition]:
    """Make the asset of a table from a function that gives its frame.

    `needs` are tables that the function reads; tables referred to are added by themselves.
    """

    def decorate(make: Make) -> dg.AssetsDefinition:
        return judged_asset(table, needs, partial(_judge, table, make))

    return decorate


def referred_by(table: type[Table]) -> set[type[Table]]:
    """The other tables that a table refers to."""
    return {c.references.table for c in table.references if c.references is not None} - {table}


def judged_asset(
    table: type[Table], needs: Sequence[type[Table]], judge: Judge
) -> dg.AssetsDefinition:
    """The asset of a table, whatever way its rows are made and judged."""

    @dg.asset(
        key=table.name,
        deps=sorted({needed.name for needed in (*needs, *referred_by(table))} - {table.name}),
        description=describe(table),
        group_name=group_of(table),
        kinds={"polars", "parquet"},
        owners=OWNERS,
        metadata={"dagster/column_schema": column_schema(table)},
        check_specs=check_specs(table),
    )
    def build_table(
        house: dg.ResourceParam[House],
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with explained(house, table.name), house.writing(), drafting():
            report, rows = judge(house)
            store_report(house.folder, report)
            house.checked.add(table.name)
        checks = list(_check_results(report))
        if report.blocked:
            yield from checks
            raise _stopped(report)
        yield dg.MaterializeResult(metadata=_metadata(house, report, rows), check_results=checks)

    return build_table


def _judge(table: type[Table], make: Make, house: House) -> Judged:
    frame, told = with_corrections(house, table, make(house))
    verdict = check(
        table, frame, house.load(referred_by(table)), previous_rows=house.rows_before(table)
    )
    verdict = replace(verdict, findings=(*verdict.findings, *told))
    if verdict.blocked:
        store_rejected(house.folder, table, verdict.rejected)
    else:
        store_table(house.folder, table, verdict.accepted, verdict.rejected)
    return Judged(verdict.report, verdict.accepted)


@contextmanager
def explained(house: House, asset: str) -> Iterator[None]:
    """Turn a PimError into a Dagster failure that keeps its parts, and remember it."""
    try:
        yield
    except PimError as error:
        house.errors[asset] = error
        raise dg.Failure(
            description=f"{error.code}: {error.what.pl} / {error.what.en} ({error.where})",
            metadata={
                "kod": error.code,
                "gdzie": place_in(error.where, "pl"),
                "co_zrobic": error.fix.pl,
                "what_to_do": error.fix.en,
            },
            allow_retries=False,
        ) from error


def _check_results(report: Report) -> Iterator[dg.AssetCheckResult]:
    table = report.table
    by_check: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_check.setdefault(check_name(table, finding.rule), []).append(finding)
    for spec in check_specs(table):
        findings = by_check.get(spec.name, [])
        # An error of a blocking check would skip every later table, and hide what is wrong there.
        # Rows that were set aside stop no table: `publishable_rows` refuses them.
        grave = report.blocked if spec.blocking else not report.publishable
        only_warned = all(finding.severity is Severity.WARN for finding in findings)
        lenient = only_warned or not grave
        yield dg.AssetCheckResult(
            check_name=spec.name,
            asset_key=table.name,
            passed=not findings,
            severity=dg.AssetCheckSeverity.WARN if lenient else dg.AssetCheckSeverity.ERROR,
            description=advice(findings) if findings else None,
            metadata={"niezgodne": sum(finding.count for finding in findings)},
        )


def _stopped(report: Report) -> dg.Failure:
    # Rows that were set aside, too: they are mostly why a table is shorter than it may be.
    return dg.Failure(description=advice(list(report.findings)), allow_retries=False)


def _metadata(house: House, report: Report, rows: pl.DataFrame) -> dict[str, dg.MetadataValue]:
    table = report.table
    shown = rows.select([column.name for column in table.columns])
    return {
        "dagster/row_count": dg.MetadataValue.int(report.accepted_rows),
        "dagster/column_schema": dg.TableSchemaMetadataValue(column_schema(table)),
        "dagster/table_name": dg.MetadataValue.text(table.name),
        "odrzucone_wiersze": dg.MetadataValue.int(report.rejected_rows),
        "plik": dg.MetadataValue.path(str(table_path(house.folder, table))),
        "podglad": dg.MetadataValue.md(preview(shown)),
    }
