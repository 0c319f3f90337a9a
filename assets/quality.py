"""How good the data are: conflicts, coverage, and what was set aside."""

import polars as pl

from assets.building import facts_asset, table_asset
from assets.house import House
from reconcile.coverage import coverage as coverage_of
from schemas.registry import all_tables
from schemas.tables.action_plans import Mids
from schemas.tables.conflicts import Conflicts, ConflictValues
from schemas.tables.counts import Counts
from schemas.tables.coverage import Coverage
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.improvement_plans import ImprovementPlans
from schemas.tables.participations import Participations
from schemas.tables.recommendations import Recommendations
from schemas.tables.rejections import RejectedCounts
from warehouse.reports import load_report

conflicts = facts_asset(Conflicts)
conflict_values = facts_asset(ConflictValues)

_COVERED = (Editions, Participations, Mids, Counts, Documents, ImprovementPlans, Recommendations)


@table_asset(Coverage, needs=_COVERED)
def coverage(house: House) -> pl.DataFrame:
    """What is known of each edition, counted from publishable rows only."""
    frames = house.load_publishable(_COVERED)
    return coverage_of(*(frames[table.name] for table in _COVERED))


_OTHERS = tuple(table for table in all_tables() if table is not RejectedCounts)


@table_asset(RejectedCounts, needs=_OTHERS)
def rejected_counts(house: House) -> pl.DataFrame:
    """The findings of every other table, counted: the rows themselves stay inside."""
    findings = [
        finding for table in _OTHERS for finding in load_report(house.folder, table).findings
    ]
    columns = RejectedCounts.schema()
    rows = pl.DataFrame(
        [
            {
                "table_name": finding.table,
                "rule": finding.rule,
                "severity": str(finding.severity),
                "message_pl": finding.message.pl,
                "message_en": finding.message.en,
                "rejected_rows": finding.count,
            }
            for finding in findings
        ],
        schema=columns,
    )
    return (
        rows.group_by("table_name", "rule", maintain_order=True)
        .agg(pl.col("severity", "message_pl", "message_en").first(), pl.col("rejected_rows").sum())
        .select(columns.keys())
        .sort("table_name", "rule")
    )
