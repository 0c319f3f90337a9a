"""Points 48 to 50: the data packages, and the linked twin of every table."""

import json
from collections.abc import Iterator

from exports.danegov.case import Case
from exports.danegov.points import point
from exports.danegov.results import Finding
from exports.opening import DESCRIPTOR
from schemas.text import Text

_BUILD = Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release.")
_OF_PACKAGES = ("damaged", "parquet", "PIM-EXP-030", "PIM-EXP-031")
_LICENCES = ("CC-BY-4.0", "CC0-1.0")
_LINKED = ("jsonld", "ttl")


@point(
    48,
    Text(
        "Opis paczki jest pełny, a sumy kontrolne się zgadzają",
        "The package is fully described and its checksums are right",
    ),
    fix=_BUILD,
)
def packages(case: Case) -> Iterator[Finding]:
    """Point 48."""
    for place, problem in case.problems:
        if problem.rule in _OF_PACKAGES:
            yield Finding(f"{place}/{problem.place}", problem.message)
    for name, folder in case.packages.items():
        try:
            found: object = json.loads((folder / DESCRIPTOR).read_bytes())
        except (OSError, ValueError, RecursionError):
            continue  # the reader of packages has said so
        if isinstance(found, dict):
            for what in _lacking(found):
                yield Finding(f"{name}/{DESCRIPTOR}", Text(what, what))


def _lacking(found: dict[str, object]) -> Iterator[str]:
    """What a descriptor lacks, of the package and of its CSV files."""
    for key in ("title", "description", "version", "created", "sources", "licenses", "resources"):
        if not found.get(key):
            yield key
    for licence in _nodes(found, "licenses"):
        if licence.get("name") not in _LICENCES or not str(licence.get("path")).startswith("https"):
            yield f"licenses: {licence.get('name')}"
    for resource in _nodes(found, "resources"):
        wanted = ["bytes", "hash"]
        if resource.get("format") == "csv":
            wanted += ["encoding", "dialect", "schema"]
        yield from (f"{resource.get('name')}: {key}" for key in wanted if not resource.get(key))
        schema = resource.get("schema")
        for field in _nodes(schema, "fields") if isinstance(schema, dict) else []:
            if not field.get("title") or not field.get("description"):
                yield f"{resource.get('name')}.{field.get('name')}: title, description"


def _nodes(node: dict[str, object], key: str) -> list[dict[str, object]]:
    """The objects in a list; what is none is told by the reader of packages."""
    found = node.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


@point(
    49,
    Text(
        "Znaki braku w opisie paczki są te same, co w pliku i w XML",
        "Signs for no value are the same in package, file and XML",
    ),
    fix=_BUILD,
)
def missing_values(case: Case) -> Iterator[Finding]:
    """Point 49."""
    for folder, problem in case.problems:
        if problem.rule == "unused_sign":
            yield Finding(f"{folder}/{problem.place}", problem.message)
    told = {
        resource.ident: set(resource.texts("specialSigns/specialSign"))
        for resource in case.feed.resources
    }
    for csv in case.csvs:
        declared = case.missing.get(csv.offer.sha256)
        if declared is not None and declared != told.get(csv.offer.ident, declared) | {""}:
            what = f"{sorted(declared)} != {sorted(told[csv.offer.ident])}"
            yield Finding(csv.offer.ident, Text(what, what))
        elif declared is None:
            yield Finding(
                csv.offer.ident,
                Text("Pliku nie ma w żadnej paczce.", "The file is in no data package."),
            )


@point(
    50,
    Text(
        "Każdy CSV ma obok plik na 4-5 gwiazdek (JSON-LD, Turtle)",
        "Each CSV has a file of 4-5 stars beside it (JSON-LD, Turtle)",
    ),
    fix=_BUILD,
    must=False,
)
def linked_twins(case: Case) -> Iterator[Finding]:
    """Point 50: the twin links to at least two hosts."""
    for csv in case.csvs:
        twins = [
            offer
            for offer in case.choice.offers
            if offer.table is csv.offer.table and offer.format in _LINKED
        ]
        if not twins:
            yield Finding(csv.offer.ident, Text("Nie ma pliku obok.", "No file beside it."))
        for twin in twins:
            path = case.tree / twin.path
            if path.is_file() and len(case.hosts(path)) < 2:
                yield Finding(
                    twin.ident, Text("Nie łączy z innym adresem.", "It links to no other host.")
                )
