"""The release as Dagster assets: laid out and judged, then made current, each shown with why."""

from collections.abc import Iterator

import dagster as dg

from assets.building import OWNERS, explained, facts_asset
from assets.house import House
from assets.released import Made, Rules
from exports.validate import Problem
from schemas.tables.withdrawals import Withdrawals

RELEASING = "wydanie"
"""The group of assets that make releases: the main job leaves them alone."""
JUDGED = "kontrola_wydania"
_JUDGED_TEXT = (
    "Pliki, skróty, podpis, XML dla dane.gov.pl i katalogi bieżącego wydania zgadzają się ze sobą. "
    "/ Files, hashes, signature, harvester XML and catalogues of the current release agree."
)

withdrawals = facts_asset(Withdrawals)


@dg.asset(
    key="data_release",
    group_name=RELEASING,
    kinds={"json", "csv"},
    owners=OWNERS,
    description="Kolejne wydanie: różnice, katalogi, manifest, podpis, a po kontroli przestawiony "
    "wskaźnik. Gdy nic się nie zmieniło, nowego wydania nie ma; gdy wymagane jest zatwierdzenie, "
    "wydanie czeka na `pim release approve`.\n\nEN: The next release: differences, catalogues, "
    "manifest, signature, and once judged the pointer is moved. Nothing new, no release; where "
    "approval is required, it waits for `pim release approve`.",
    deps=["release"],
    check_specs=[
        dg.AssetCheckSpec(JUDGED, asset="data_release", description=_JUDGED_TEXT, blocking=True)
    ],
)
def data_release(
    house: dg.ResourceParam[House], rules: dg.ResourceParam[Rules]
) -> Iterator[dg.MaterializeResult[None]]:
    """Make the next release and judge what is current afterwards."""
    # Imported here: a build makes no release, and all its renderings take a tenth of a second.
    from assets.judging import judge
    from assets.releases import make_release

    with explained(house, "data_release"):
        made = make_release(house, rules, allow_loss=house.allow_loss)
        public = house.folder.public.resolve()
        problems = judge(public).problems if made.outcome == "released" else ()
    yield dg.MaterializeResult(
        metadata=_metadata(made), check_results=[_judgement(made, tuple(problems))]
    )


def _metadata(made: Made) -> dict[str, dg.MetadataValue | str | int | bool]:
    lines = "\n".join(f"- {text.pl} / {text.en}" for text in made.summary)
    return {
        "wydanie": made.version,
        "poprzednie": made.previous or "",
        "wynik": made.outcome,
        "waga_zmian": made.severity,
        "pliki": made.files,
        "podpisane": made.signed,
        "zmiany": dg.MetadataValue.md(lines),
    }


def _judgement(made: Made, problems: tuple[Problem, ...]) -> dg.AssetCheckResult:
    lines = [f"- {p.place}: {p.message.pl} / {p.message.en} ({p.rule})" for p in problems]
    return dg.AssetCheckResult(
        check_name=JUDGED,
        asset_key="data_release",
        passed=not problems,
        description="\n".join(lines) or None,
        metadata={"niezgodne": len(problems), "wynik": made.outcome},
    )
