"""Points 1 to 4: the form of the harvester file."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from exports.danegov.case import Case
from exports.danegov.points import point
from exports.danegov.results import Finding, NotJudged
from exports.danegov.rules import (
    AUTO_DATES,
    FLAGS,
    PROTECTED,
    ROOT,
)
from schemas.text import Text

_CONTROLS = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]")
_DECLARATION = re.compile(rb"<\?xml\s[^>]*encoding=[\"']utf-8[\"']", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"

_DATASET = {
    "extIdent",
    "title",
    "description",
    "updateFrequency",
    "categories",
    "resources",
    "tags",
}
_DATASET_MAY = {"intIdent", "url", "conditions", "lastUpdateDate", *FLAGS, "supplements"}
_RESOURCE = {"extIdent", "url", "title", "description"}
_RESOURCE_MAY = {
    "intIdent",
    "availability",
    "dataDate",
    "lastUpdateDate",
    *FLAGS,
    PROTECTED,
    "specialSigns",
    "supplements",
    "regions",
    *AUTO_DATES,
}
_BUILD = Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release.")


@point(
    1,
    Text(
        "XML jest poprawnym plikiem UTF-8 z deklaracją i bez znaków sterujących",
        "The XML is well-formed UTF-8 with a declaration and no control characters",
    ),
    fix=_BUILD,
)
def well_formed(case: Case) -> Iterator[Finding]:
    """Point 1."""
    if not case.xml:
        yield Finding(case.xml_path.name, Text("Pliku nie ma.", "There is no file."))
        return
    if isinstance(case.parsed, str):
        yield Finding(case.xml_path.name, Text(case.parsed, case.parsed))
    if not _DECLARATION.match(case.xml.removeprefix(_BOM)):
        yield Finding(
            case.xml_path.name,
            Text("Brakuje deklaracji XML z UTF-8.", "The XML declaration with UTF-8 is missing."),
        )
    try:
        found = _CONTROLS.search(case.xml.decode("utf-8"))
    except UnicodeDecodeError:
        yield Finding(case.xml_path.name, Text("To nie UTF-8.", "It is not UTF-8."))
        return
    # An escaped code is one, too, once it is read.
    if found or (not isinstance(case.parsed, str) and _escaped_control(case)):
        yield Finding(
            case.xml_path.name, Text("Jest znak sterujący.", "There is a control character.")
        )


def _escaped_control(case: Case) -> bool:
    return any(_CONTROLS.search(text) for text in case.feed.root.itertext())


@point(
    1,
    Text("XML nie ma znacznika BOM", "The XML has no byte order mark"),
    fix=_BUILD,
    must=False,
)
def no_mark(case: Case) -> Iterator[Finding]:
    """Point 1, the recommended part."""
    if case.xml.startswith(_BOM):
        yield Finding(case.xml_path.name, Text("Plik ma BOM.", "The file has a BOM."))


@point(
    2,
    Text("XML jest zgodny ze schematem portalu 1.13", "The XML fits the portal's schema 1.13"),
    fix=_BUILD,
)
def fits_schema(case: Case) -> Iterator[Finding]:
    """Point 2: our own rules always, the official schema where its snapshot is there."""
    for dataset in case.feed.datasets:
        yield from _children(dataset.node, _DATASET, _DATASET_MAY)
        if dataset.has("resources") and not dataset.has("resources/resource"):
            yield Finding(dataset.place, Text("Zbiór nie ma zasobów.", "It has no resources."))
    for resource in case.feed.resources:
        yield from _children(resource.node, _RESOURCE, _RESOURCE_MAY)
    if not case.feed.datasets:
        yield Finding(case.xml_path.name, Text("Nie ma zbiorów.", "There are no data sets."))
    if case.schema is None:
        raise NotJudged(
            Text(
                "Zbadano tylko własnymi regułami: nie ma migawki schematu (pim sources refresh "
                "danegov).",
                "Judged by our own rules alone: there is no snapshot of the schema (pim sources "
                "refresh danegov).",
            )
        )
    schema = etree.XMLSchema(etree.parse(case.schema))
    if not schema.validate(case.feed.root):
        for error in schema.error_log:
            yield Finding(f"{case.xml_path.name}, {error.line}", Text(error.message, error.message))


def _children(node: etree._Element, needed: set[str], may: set[str]) -> Iterator[Finding]:
    counts = Counter(str(child.tag) for child in node)
    place = node.findtext("extIdent") or f"<{node.tag!s}> {node.sourceline}"
    for name in sorted(needed - counts.keys()):
        yield Finding(place, Text(f"Brakuje <{name}>.", f"<{name}> is missing."))
    for name, count in sorted(counts.items()):
        if name not in needed | may:
            yield Finding(place, Text(f"Nieznany <{name}>.", f"<{name}> is unknown."))
        elif count > 1:
            yield Finding(place, Text(f"<{name}> jest {count} razy.", f"{count} times <{name}>."))


@point(
    3,
    Text("Tylko element główny ma przestrzeń nazw", "The root element alone has the namespace"),
    fix=_BUILD,
)
def namespaces(case: Case) -> Iterator[Finding]:
    """Point 3."""
    root = case.feed.root
    if root.tag != ROOT:
        yield Finding(case.xml_path.name, Text(str(root.tag), str(root.tag)))
    for node in root.iterdescendants("{*}*"):
        if etree.QName(node).namespace:
            yield Finding(
                f"{case.xml_path.name}, {node.sourceline}", Text(str(node.tag), str(node.tag))
            )


@point(
    4,
    Text("Każdy zbiór i zasób ma status", "Every data set and resource has a status"),
    fix=_BUILD,
)
def statuses(case: Case) -> Iterator[Finding]:
    """Point 4."""
    for item in case.feed.items():
        status = item.node.get("status")
        if status not in {"published", "draft"}:
            yield Finding(item.place, Text(f"status={status}", f"status={status}"))
