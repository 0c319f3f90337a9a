"""Sources as Dagster assets: what is due is fetched, judged and kept as a snapshot.

Building needs no network: the tables are made of the snapshots that are in use, and a source that
fails leaves its last good state.
"""

from collections.abc import Iterator

import dagster as dg

from assets.building import OWNERS
from assets.house import FETCHING, House
from sources.catalogue import Source, all_sources, fetch_order
from sources.snapshots.accepting import Outcome
from sources.snapshots.verdicts import Verdict

JUDGED = "stan_przyjety"
_JUDGED_TEXT = (
    "To, co pobrano, jest całe i wiarygodne; inaczej w użyciu zostaje ostatni dobry stan. / What "
    "was fetched is whole and credible; else the last good state stays in use."
)


def key_of(source: Source) -> str:
    """The asset of a source."""
    return f"snapshot_{source.name}"


SOURCES = tuple(one for one in fetch_order(all_sources().values()) if one.fetch is not None)


@dg.multi_asset(
    name="source_snapshots",
    specs=[
        dg.AssetSpec(
            key_of(source),
            group_name=FETCHING,
            kinds={"snapshot"},
            owners=OWNERS,
            description=f"{source.title.pl}. Wydawca: {source.publisher.pl}; zmienia się "
            f"{source.rhythm.pl}.\n\nEN: {source.title.en}. Publisher: {source.publisher.en}; it "
            f"changes {source.rhythm.en}.",
            metadata={"strona": dg.MetadataValue.url(source.page)},
        )
        for source in SOURCES
    ],
    check_specs=[
        dg.AssetCheckSpec(JUDGED, asset=key_of(source), description=_JUDGED_TEXT)
        for source in SOURCES
    ],
    can_subset=True,
)
def source_snapshots(
    context: dg.AssetExecutionContext, house: dg.ResourceParam[House]
) -> Iterator[dg.MaterializeResult[None]]:
    """Fetch every selected source that is due; one that fails is no failure of the others."""
    wanted = {key.to_user_string() for key in context.selected_asset_keys}
    for source in SOURCES:
        if key_of(source) in wanted:
            yield _told(source, house.refresh(source.name))


def _told(source: Source, outcome: Outcome | None) -> dg.MaterializeResult[None]:
    bad = outcome is not None and outcome.verdict in (Verdict.REFUSED, Verdict.FAILED)
    kept = outcome.provenance if outcome else None
    error = outcome.error if outcome else None
    advice = (
        f"{error.code}: {error.what.pl} {error.fix.pl} / {error.what.en} {error.fix.en}"
        if error
        else None
    )
    return dg.MaterializeResult(
        asset_key=key_of(source),
        metadata={
            "wynik": str(outcome.verdict) if outcome else "not_due",
            "stan_na": str(kept.state_date or "-") if kept else "-",
            "wiersze": (kept.rows or 0) if kept else 0,
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=JUDGED,
                asset_key=key_of(source),
                passed=not bad,
                severity=dg.AssetCheckSeverity.WARN,
                description=advice,
            )
        ],
    )
