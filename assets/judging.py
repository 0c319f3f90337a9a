"""Judging a release that lies in a folder: bytes, signature, what tells of it, and every row."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from exports.dcat.rules import catalogue_problems
from exports.opening import DESCRIPTOR
from exports.release.entries import read_listing
from exports.release.manifest import MANIFEST
from exports.release.verify import Verdict, verify
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
