"""Runs the whole list of points over a release, before it is published."""

from collections.abc import Container
from pathlib import Path

from exports.danegov import (
    address_points,
    dataset_points,
    form_points,
    identity_points,
    package_points,
    resource_points,
    table_points,
)
from exports.danegov.case import Case
from exports.danegov.points import Point
from exports.danegov.results import PointResult
from exports.listing import Listing

_MODULES = (
    form_points,
    identity_points,
    dataset_points,
    address_points,
    resource_points,
    table_points,
    package_points,
)

FEED_POINTS = range(1, 34)
"""What is about the harvester file, its md5 and the files that it names."""


def declared_points() -> tuple[Point, ...]:
    """All points by number; the required part of a point before what is only recommended."""
    found = [
        value for module in _MODULES for value in vars(module).values() if isinstance(value, Point)
    ]
    return tuple(sorted(found, key=lambda declared: (declared.number, not declared.must)))


def check_points(tree: Path, listing: Listing, previous: Path | None = None) -> list[PointResult]:
    """Judge a release tree by its listing, against the public folder of the release before."""
    return check_case(Case(tree, listing, previous))


def check_case(case: Case, numbers: Container[int] | None = None) -> list[PointResult]:
    """Judge a release by every point that can be judged before it is published.

    With `numbers` by these alone: `FEED_POINTS` take a second where all take ten.

    Points about a server (25, 27 to 29, 31 as served) are judged by `exports.danegov.hosting`,
    those about the portal (59 to 65) by `exports.danegov.verifying`. Never raises for a bad
    release. Results are in the order of the list.
    """
    results = [
        declared.judge(case)
        for declared in declared_points()
        if numbers is None or declared.number in numbers
    ]
    if numbers is None and case.judge_catalogues is not None:
        results += case.judge_catalogues(case.tree, case.listing)
    return sorted(results, key=lambda result: (result.number, not result.must))
