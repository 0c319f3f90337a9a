"""How a table becomes an asset: pull, pass the gate, store, and say what happened.

An asset file is wiring: `networks = facts_asset(Networks)`, or a short function under
`@table_asset(...)` from the tables that it needs to the frame of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

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
from schemas.gate import check
from schemas.table import Severity, Table
from schemas.verdict import Finding, Verdict
from warehouse.reports import store_report
from warehouse.tables import store_rejected, store_table, table_path

Make = Callable[[House], pl.DataFrame]
"""Makes the frame of a table, as text or typed, before the gate."""

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
    referred = {c.references.table for c in table.references if c.references is not None}
    upstream = sorted({t.name for t in (*needs, *referred) if t is not table})

    def decorate(make: Make) -> dg.AssetsDefinition:
        @dg.asset(
            key=table.name,
            deps=upstream,
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
            with explained(house, table.name), house.writing():
                frame, told = with_corrections(house, table, make(house))
                verdict = check(
                    table,
                    frame,
                    house.load(referred - {table}),
                    previous_rows=None
                    if table.name in house.allow_loss
                    else house.previous_rows.get(table.name),
                )
                verdict = replace(verdict, findings=(*verdict.findings, *told))
                store_report(house.folder, verdict)
                if verdict.blocked:
                    store_rejected(house.folder, table, verdict.rejected)
                else:
                    store_table(house.folder, table, verdict.accepted, verdict.rejected)
                house.checked.add(table.name)
            checks = list(_check_results(verdict))
            if verdict.blocked:
                yield from checks
                raise _stopped(verdict)
            yield dg.MaterializeResult(metadata=_metadata(house, verdict), check_results=checks)

        return build_table

    return decorate


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
                "gdzie": error.where,
                "co_zrobic": error.fix.pl,
                "what_to_do": error.fix.en,
            },
            allow_retries=False,
        ) from error


def _check_results(verdict: Verdict) -> Iterator[dg.AssetCheckResult]:
    table = verdict.table
    by_check: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        by_check.setdefault(check_name(table, finding.rule), []).append(finding)
    for spec in check_specs(table):
        findings = by_check.get(spec.name, [])
        # An error of a blocking check would skip every later table, and hide what is wrong there.
        # Rows that were set aside stop no table: `publishable_rows` refuses them.
        grave = verdict.blocked if spec.blocking else not verdict.publishable
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


def _stopped(verdict: Verdict) -> dg.Failure:
    stops = [finding for finding in verdict.findings if finding.severity is Severity.BLOCK]
    return dg.Failure(description=advice(stops), allow_retries=False)


def _metadata(house: House, verdict: Verdict) -> dict[str, dg.MetadataValue]:
    table = verdict.table
    shown = verdict.accepted.select([column.name for column in table.columns])
    return {
        "dagster/row_count": dg.MetadataValue.int(verdict.accepted.height),
        "dagster/column_schema": dg.TableSchemaMetadataValue(column_schema(table)),
        "dagster/table_name": dg.MetadataValue.text(table.name),
        "odrzucone_wiersze": dg.MetadataValue.int(verdict.rejected_rows),
        "plik": dg.MetadataValue.path(str(table_path(house.folder, table))),
        "podglad": dg.MetadataValue.md(preview(shown)),
    }
