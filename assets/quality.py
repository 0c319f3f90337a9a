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
                RejectedCounts.table_name.name: finding.table,
                RejectedCounts.rule.name: finding.rule,
                RejectedCounts.severity.name: str(finding.severity),
                RejectedCounts.message_pl.name: finding.message.pl,
                RejectedCounts.message_en.name: finding.message.en,
                RejectedCounts.rejected_rows.name: finding.count,
            }
            for finding in findings
        ],
        schema=columns,
    )
    key = [column.name for column in RejectedCounts.key]
    told = (RejectedCounts.severity, RejectedCounts.message_pl, RejectedCounts.message_en)
    return (
        rows.group_by(key, maintain_order=True)
        .agg(*(column.col.first() for column in told), RejectedCounts.rejected_rows.col.sum())
        .select(columns.keys())
        .sort(key)
    )
