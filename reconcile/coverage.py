"""What is missing: per edition, what is known beside what there should be.

Every frame holds publishable rows only: what is inferred, and what depends on it, has been
taken out before, so no number here can tell of it.
"""

import polars as pl

from schemas.columns import LIST_SEPARATOR
from schemas.tables.action_plans import Mids
from schemas.tables.counts import CountMeasure, Counts
from schemas.tables.coverage import Coverage
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.improvement_plans import ImprovementPlans
from schemas.tables.participations import Participations
from schemas.tables.recommendations import Recommendations
from schemas.tables.shared import EvidenceStatus

EDITION = Coverage.edition_id.name


def coverage(
    editions: pl.DataFrame,
    participations: pl.DataFrame,
    mids: pl.DataFrame,
    counts: pl.DataFrame,
    documents: pl.DataFrame,
    plans: pl.DataFrame,
    recommendations: pl.DataFrame,
) -> pl.DataFrame:
    """One row for each edition, sorted, with exactly the columns of `Coverage`.

    All frames have the columns of their tables (`plans`: `ImprovementPlans`) and may be
    empty. A count of what is known is 0 where nothing is known; a count that a source has to
    give is null where none does. An action plan's document counts when it is in `documents`.
    """
    parts = (
        _expected(counts),
        _listed(counts),
        _participants(participations),
        _mids(mids, participations, documents),
        _plans(plans, recommendations),
    )
    frame = editions.select(Editions.edition_id.col.alias(EDITION)).sort(EDITION)
    for part in parts:
        frame = frame.join(part, on=EDITION, how="left", maintain_order="left")
    frame = frame.with_columns(
        Coverage.expected_participants.col.alias(Coverage.mids_expected.name)
    )
    zero = [column.col.fill_null(0) for column in Coverage.columns if _counted_here(column.name)]
    schema = Coverage.schema()
    return frame.with_columns(zero).select(pl.col(name).cast(schema[name]) for name in schema)


def _counted_here(name: str) -> bool:
    """Whether a column is counted from rows, so that no row means 0 and not unknown."""
    return name in {
        Coverage.known_participants.name,
        Coverage.confirmed_participants.name,
        Coverage.mids_with_title.name,
        Coverage.mids_with_document.name,
        Coverage.plans_expected.name,
        Coverage.plans_with_recommendations.name,
    }


def _latest_first(counts: pl.DataFrame, measure: CountMeasure) -> pl.DataFrame:
    """Counts of one measure that are about one edition only, the latest ones first."""
    return (
        counts.filter(
            Counts.measure.col == measure.value,
            ~Counts.edition_ids.col.str.contains(LIST_SEPARATOR, literal=True),
        )
        .rename({Counts.edition_ids.name: EDITION})
        .sort(Counts.as_of_to.name, Counts.count_id.name, descending=True, nulls_last=True)
    )


def _expected(counts: pl.DataFrame) -> pl.DataFrame:
    """The latest count of participants of a whole edition."""
    whole = _latest_first(counts, CountMeasure.PARTICIPANTS).filter(Counts.network_id.col.is_null())
    return whole.unique(EDITION, keep="first", maintain_order=True).select(
        EDITION,
        Counts.counted.col.alias(Coverage.expected_participants.name),
        Counts.as_of_from.col.alias(Coverage.expected_from.name),
        Counts.as_of_to.col.alias(Coverage.expected_to.name),
        Counts.sources.col.alias(Coverage.expected_sources.name),
    )


def _listed(counts: pl.DataFrame) -> pl.DataFrame:
    """The latest list of each network, added up by edition."""
    lists = (
        _latest_first(counts, CountMeasure.LISTED)
        .filter(Counts.network_id.col.is_not_null())
        .unique([EDITION, Counts.network_id.name], keep="first", maintain_order=True)
    )
    documents = Counts.sources.col.str.split(LIST_SEPARATOR).explode().drop_nulls()
    return lists.group_by(EDITION).agg(
        Counts.counted.col.sum().alias(Coverage.listed_participants.name),
        Counts.as_of_from.col.min().alias(Coverage.listed_from.name),
        Counts.as_of_to.col.max().alias(Coverage.listed_to.name),
        documents.unique().sort().str.join(LIST_SEPARATOR).alias(Coverage.listed_sources.name),
    )


def _participants(participations: pl.DataFrame) -> pl.DataFrame:
    """Different participants of an edition: all, and those that a source states."""
    who = Participations.participant_id.col
    confirmed = Participations.evidence_status.col == EvidenceStatus.CONFIRMED.value
    return participations.group_by(Participations.edition_id.col.alias(EDITION)).agg(
        who.n_unique().alias(Coverage.known_participants.name),
        who.filter(confirmed).n_unique().alias(Coverage.confirmed_participants.name),
    )


def _mids(
    mids: pl.DataFrame, participations: pl.DataFrame, documents: pl.DataFrame
) -> pl.DataFrame:
    """Action plans with a title, and with a document that is listed."""
    edition = participations.select(
        Participations.participation_id.col, Participations.edition_id.col.alias(EDITION)
    )
    listed = documents.get_column(Documents.document_id.name).implode()
    has_document = Mids.document_id.col.is_in(listed).fill_null(False)
    return (
        mids.join(edition, on=Mids.participation_id.name, how="inner")
        .group_by(EDITION)
        .agg(
            Mids.title_pl.col.is_not_null().sum().alias(Coverage.mids_with_title.name),
            has_document.sum().alias(Coverage.mids_with_document.name),
        )
    )


def _plans(plans: pl.DataFrame, recommendations: pl.DataFrame) -> pl.DataFrame:
    """Improvement plans of an edition, and those of which a recommendation is known."""
    known = recommendations.get_column(Recommendations.plan_id.name).implode()
    plan = ImprovementPlans.plan_id.col
    return plans.group_by(ImprovementPlans.edition_id.col.alias(EDITION)).agg(
        plan.n_unique().alias(Coverage.plans_expected.name),
        plan.filter(plan.is_in(known)).n_unique().alias(Coverage.plans_with_recommendations.name),
    )
