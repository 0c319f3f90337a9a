"""dane.gov.pl from the settings' side: judge a release before publishing, ask the portal after."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assets.judging import datasets, withdrawn_idents
from assets.released import withdrawals_of
from exports.danegov.case import Case
from exports.danegov.checking import check_case
from exports.danegov.feed import write_feed
from exports.danegov.hosting import check_hosting
from exports.danegov.results import PointResult
from exports.danegov.takeover import load_takeover
from exports.danegov.validator import installed_validator
from exports.danegov.verifying import Asked, verify
from exports.dcat.points import catalogue_points
from exports.dcat.shapes import SETS, ShapeSet, shape_sets
from exports.listing import Listing
from exports.release.entries import read_listing
from exports.release.told import read_manifest
from exports.release.verify import Verdict
from exports.validate import Problem
from pipelines.portalweb import api, site
from pipelines.releasing import tree_of, verify_tree
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.files import write_json
from schemas.text import Text
from sources.declared.danegov import DANEGOV
from sources.declared.dcat_ap_2 import DCAT_AP_2
from sources.declared.dcat_ap_3 import DCAT_AP_3
from sources.snapshots.store import locked
from warehouse.folder import DataFolder

IDS = "portal-ids.json"
"""File of the data folder that keeps the portal's numbers of our data sets and files."""


@dataclass(frozen=True)
class Verified:
    """What the portal said, and the numbers that were recorded."""

    results: Sequence[PointResult]
    ids: dict[str, str]


def check(
    settings: Settings, tree: Path | None, *, shapes: Path | None = None, online: bool = False
) -> list[PointResult]:
    """Judge a release (the current one unless `tree` is given) by the list of the portal.

    `shapes` is a folder of official SHACL shapes, used instead of the snapshots; with `online`
    the server is asked, too. Raises PimError `PIM-PRT-004` for a release that cannot be read,
    `PIM-REL-004` where nothing is released.
    """
    public = tree or tree_of(settings, None)
    listing = listing_of(public)
    folder = DataFolder(settings.data)
    previous = _previous(public, folder)
    withdrawals = withdrawals_of(folder) if folder.root.is_dir() else ()
    found = shape_sets(shapes) if shapes else tuple(_shapes(folder))
    case = Case(
        public,
        listing,
        previous,
        withdrawn=withdrawn_idents(listing, previous, withdrawals),
        schema=locked(folder.snapshots, DANEGOV.name),
        judge_catalogues=lambda where, what: catalogue_points(where, what, found),
        validator=installed_validator(settings.portal_validator),
    )
    results = check_case(case)
    if online:
        with site(settings, listing) as ask:
            results += check_hosting(listing, ask)
    return sorted(results, key=lambda result: (result.number, not result.must))


def judge_fully(settings: Settings, tree: Path | None, *, key: str) -> Verdict:
    """Judge a release by everything there is: bytes, rows, and then the judges from outside.

    Those are the points of dane.gov.pl, the official schemas and shapes where their snapshots
    are, and the portal's validator where it is installed; what could not be judged is in
    `Verdict.not_judged`. Raises as `verify_tree` and `check`.
    """
    verdict = verify_tree(settings, tree, key=key, full=True)
    if verdict.problems:
        # What is not even whole is not worth asking others about.
        return verdict
    results = check(settings, tree)
    problems = [
        Problem(f"point_{result.number}", finding.place, finding.what)
        for result in results
        if result.must
        for finding in result.findings
    ]
    open_points = tuple(result.number for result in results if result.must and result.not_judged)
    return replace(verdict, problems=tuple(problems), not_judged=open_points)


def _shapes(folder: DataFolder) -> Iterator[ShapeSet]:
    """The official shapes of which there is a snapshot."""
    for source, version in ((DCAT_AP_3, "3.0.1"), (DCAT_AP_2, "2.1.1")):
        path = locked(folder.snapshots, source.name)
        if path is not None:
            yield ShapeSet(version, SETS[version], (path,))


def listing_of(tree: Path) -> Listing:
    """What a release offers. Raises PimError `PIM-PRT-004` where that cannot be read."""
    try:
        return read_listing(tree, datasets())
    except (ValueError, KeyError, OSError) as error:
        raise PimError(
            "PIM-PRT-004",
            Text("Nie można odczytać wydania.", "The release cannot be read."),
            where=tree.name,
            why=Text(str(error)[:200], str(error)[:200]),
            fix=Text("Sprawdź je: pim release verify.", "Judge it: pim release verify."),
        ) from error


def _previous(tree: Path, folder: DataFolder) -> Path | None:
    """The release before this one, where the data folder has it."""
    version = read_manifest(tree).text("previous")
    path = folder.releases / version
    return path if version and path.is_dir() else None


def take_over(settings: Settings, numbers: Path, out: Path | None) -> Mapping[str, int]:
    """Write the feed of the current release with the portal's own numbers into `out`.

    For one import, so that the portal joins what was entered by hand with our identifiers. Nothing
    is written without `out`. Raises PimError `PIM-PRT-003` for a bad file of numbers,
    `PIM-REL-004` where nothing is released.
    """
    listing = listing_of(tree_of(settings, None))
    found = load_takeover(numbers, listing)
    if out is not None:
        write_feed(listing, out, found)
    return found


def ask_portal(settings: Settings, *, dry_run: bool = False) -> Verified:
    """Ask the portal what it has made of the current release, and record its numbers.

    Raises PimError `PIM-REL-004` where nothing is released, and as `ask_about`.
    """
    _refuse_no_number(settings)
    return ask_about(settings, listing_of(tree_of(settings, None)), dry_run=dry_run)


def ask_about(settings: Settings, listing: Listing, *, dry_run: bool = False) -> Verified:
    """Ask the portal what it has made of a listing, and record its numbers unless `dry_run`.

    Raises PimError `PIM-PRT-006` without the institution's number, `PIM-PRT-007` for a damaged
    record of numbers, `PIM-NET-…` where the portal cannot be reached.
    """
    _refuse_no_number(settings)
    record = settings.data / IDS
    known = _recorded(record)
    with api(settings) as portal:
        asked = Asked(portal, listing, settings.portal_institution, known)
        results = verify(asked)
        ids = dict(sorted({**known, **asked.ids}.items()))
    good = all(result.passed for result in results if result.number == 65)
    if ids != known and good and not dry_run:
        write_json(record, ids)
    return Verified(results, ids)


def _refuse_no_number(settings: Settings) -> None:
    if not settings.portal_institution.isdigit():
        raise PimError(
            "PIM-PRT-006",
            Text(
                "Nie wiadomo, jaki numer ma instytucja na portalu.",
                "The institution's number on the portal is not known.",
            ),
            where="portal_institution",
            fix=Text(
                "Wpisz do pim.toml liczbę z adresu strony instytucji na dane.gov.pl.",
                "Put into pim.toml the number in the address of its page on dane.gov.pl.",
            ),
            exit_code=Exit.USAGE,
        )


def _recorded(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        found: object = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise _damaged(path)
    return {str(ident): str(number) for ident, number in found.items()}


def _damaged(path: Path) -> PimError:
    return PimError(
        "PIM-PRT-007",
        Text(
            "Nie można odczytać zapisanych numerów portalu.",
            "The recorded numbers of the portal cannot be read.",
        ),
        where=path.name,
        fix=Text(
            "Przywróć plik z kopii albo usuń go; wtedy numery zostaną zapisane od nowa.",
            "Restore the file from a copy, or remove it: then they are recorded anew.",
        ),
    )
