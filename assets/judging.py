"""Judging a release that lies in a folder: bytes, signature, what tells of it, and every row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from exports.danegov.case import Case
from exports.danegov.checking import FEED_POINTS, check_case
from exports.danegov.reading import Feed, read_feed
from exports.danegov.rules import FEED, FOLDER
from exports.dcat.rules import catalogue_problems
from exports.listing import Listing
from exports.opening import DESCRIPTOR
from exports.release.compose import Composed
from exports.release.entries import read_listing
from exports.release.manifest import MANIFEST
from exports.release.plan import Plan
from exports.release.verify import Verdict, verify
from exports.release.withdrawal import Withdrawal, covering
from exports.validate import Problem, check_package
from schemas.datasets import DataSet
from schemas.registry import all_datasets, tables_of
from schemas.table import Table
from schemas.text import Text
from warehouse.content import content_hash


def datasets() -> list[tuple[DataSet, tuple[type[Table], ...]]]:
    """The published data sets with their tables."""
    return [(dataset, tables_of(dataset)) for dataset in all_datasets()]


def judge(tree: Path, *, key: str = "", full: bool = False) -> Verdict:
    """Everything wrong with the release in `tree`.

    `full` also reads every row of its packages and holds the catalogues against what this
    version of the program would write; so it is for releases of this version. Raises PimError
    `PIM-REL-011` for a key that is none.
    """
    verdict = verify(tree, content_hash, key=key)
    if verdict.problems or not full:
        # What does not even have its bytes is not worth reading on.
        return verdict
    problems = list(_catalogues(tree))
    for described in sorted(tree.rglob(DESCRIPTOR)):
        place = described.parent.relative_to(tree).as_posix()
        found = check_package(described.parent)
        problems += [replace(one, place=f"{place}/{one.place}") for one in found]
    return replace(verdict, problems=tuple(problems))


def withdrawn_idents(
    listing: Listing, previous: Path | None, withdrawals: Sequence[Withdrawal]
) -> frozenset[str]:
    """Identifiers that may vanish: of withdrawn files, and of data sets that lost all theirs."""
    if previous is None or not (previous / FOLDER / FEED).is_file():
        return frozenset()
    feed: Feed = read_feed(previous / FOLDER / FEED)
    base = listing.publication.base_url
    gone = {
        item.ident
        for item in feed.resources
        if covering(withdrawals, item.text("url").removeprefix(base))
    }
    whole = {
        item.ident
        for item in feed.datasets
        if set(item.texts("resources/resource/extIdent")) <= gone
    }
    return frozenset(gone | whole)


def portal_findings(composed: Composed, plan: Plan) -> list[str]:
    """What dane.gov.pl would refuse of a release that is laid out, by point of its list."""
    case = Case(
        composed.tree,
        composed.listing,
        plan.current,
        withdrawn=withdrawn_idents(composed.listing, plan.current, plan.withdrawals),
    )
    return [
        f"{result.number}: {finding.line('pl')}"
        for result in check_case(case, FEED_POINTS)
        if result.must
        for finding in result.findings
    ]


def _catalogues(tree: Path) -> Iterator[Problem]:
    try:
        listing = read_listing(tree, datasets())
    except (ValueError, KeyError, OSError) as error:
        message = Text(
            "Opisy paczek nie pasują do manifestu.", "Descriptors do not fit the manifest."
        )
        yield Problem("listing", MANIFEST, message, example=str(error)[:100])
        return
    yield from catalogue_problems(tree, listing)
