"""Whether all renderings of a release state the same facts as its listing (point 57).

The harvester file, DCAT, schema.org, the data packages, CSVW and the pages for people are read
as they were written (`renderings.py`, `landing/reading.py`), and each fact is held against the
one model that all are made from.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exports.danegov.choosing import choose
from exports.danegov.rules import FEED, FOLDER
from exports.dcat import renderings, schema_org, terms
from exports.dcat.catalogues import TURTLE
from exports.landing.page import INDEX
from exports.landing.reading import of_pages
from exports.listing import Listing, Offer
from exports.opening import DESCRIPTOR
from exports.parts import title
from exports.validate import Problem
from schemas.text import Text

Facts = dict[tuple[str, str], str]
"""Value by thing and kind of fact."""
_DATASET = (*renderings.TITLES, *renderings.DESCRIPTIONS, "licence")


@dataclass(frozen=True)
class _Rendering:
    """One way of telling a release: what it tells, of which files, and how it is read."""

    name: str
    dataset: frozenset[str]
    file: frozenset[str]
    files: Callable[[Listing], list[Offer]]
    read: Callable[[Path, Listing], renderings.Found]


def told(listing: Listing) -> Facts:
    """The facts of the listing itself."""
    found: Facts = {}
    licence = listing.publication.licence.name
    for entry in listing.entries:
        slug, dataset = entry.dataset.slug, entry.dataset
        found[slug, "title_pl"], found[slug, "title_en"] = dataset.title
        found[slug, "description_pl"], found[slug, "description_en"] = dataset.description
        found[slug, "publisher_pl"], found[slug, "publisher_en"] = listing.publication.publisher
        found[slug, "frequency"] = dataset.frequency
        found[slug, "themes"] = " ".join(sorted(dataset.categories))
        found[slug, "keywords_pl"] = renderings.words(dataset.keywords_pl)
        found[slug, "modified"] = entry.modified.isoformat()
        found[slug, "issued"] = entry.issued.isoformat()
        found[slug, "page"] = listing.publication.address(slug, "pl")
        found[slug, "licence"] = licence
        for offer in entry.files:
            found |= {(offer.ident, kind): value for kind, value in _of_offer(listing, offer)}
    return found


def _of_offer(listing: Listing, offer: Offer) -> Iterator[tuple[str, str]]:
    yield from zip(renderings.TITLES, offer.title, strict=True)
    yield from zip(renderings.DESCRIPTIONS, offer.description, strict=True)
    yield "url", listing.address(offer)
    yield "bytes", str(offer.bytes)
    yield "sha256", offer.sha256
    yield "media", offer.media_type
    if offer.table is not None:
        named = title(offer.table, offer.part)
        yield "table_pl", named.pl
        yield "table_en", named.en
        if offer.format == "csv":
            names = (column.name_in(offer.lang) for column in offer.table.columns)
            yield "columns", " ".join(names)


def _of_formats(*formats: str) -> Callable[[Listing], list[Offer]]:
    return lambda listing: [
        offer for entry in listing.entries for offer in entry.files if offer.format in formats
    ]


def _all(listing: Listing) -> list[Offer]:
    return [offer for entry in listing.entries for offer in entry.files]


_FILE = frozenset({*renderings.TITLES, "url", "bytes", "sha256", "media"})
_IN_PACKAGE = frozenset({"table_pl", "table_en", "columns", *renderings.DESCRIPTIONS})
_PUBLISHER = ("publisher_pl", "publisher_en")
_WHOLE = frozenset({*_DATASET, "themes", "modified", "page"})
_RENDERINGS = (
    _Rendering(
        f"{FOLDER}/{FEED}",
        _WHOLE | {"frequency", "keywords_pl"},
        frozenset({*renderings.TITLES, *renderings.DESCRIPTIONS, "url"}),
        lambda listing: list(choose(listing).offers),
        renderings.of_feed,
    ),
    _Rendering(
        TURTLE,
        _WHOLE | {"frequency", "keywords_pl", "issued", *_PUBLISHER},
        _FILE | {*renderings.DESCRIPTIONS},
        _of_formats(*terms.FILE_TYPES),
        renderings.of_catalogue,
    ),
    _Rendering(
        schema_org.FILE, _WHOLE | {"issued", *_PUBLISHER}, _FILE, _all, renderings.of_schema_org
    ),
    _Rendering(
        DESCRIPTOR,
        frozenset({*_DATASET, "keywords_pl", *_PUBLISHER}),
        _IN_PACKAGE | {"bytes", "sha256", "media"},
        _of_formats("csv", "parquet", "geojson"),
        renderings.of_packages,
    ),
    _Rendering(
        "CSVW",
        frozenset({"licence", "keywords_pl"}),
        _IN_PACKAGE,
        _of_formats("csv"),
        renderings.of_csvw,
    ),
    _Rendering(
        INDEX,
        (_WHOLE - {"themes"}) | {"frequency", "keywords_pl", "issued", *_PUBLISHER},
        _FILE | {"columns", *renderings.DESCRIPTIONS},
        _all,
        of_pages,
    ),
)


def disagreements(tree: Path, listing: Listing) -> Iterator[Problem]:
    """Every fact that a rendering in `tree` states otherwise than the listing, or leaves out."""
    facts = told(listing)
    for rendering in _RENDERINGS:
        slugs = {entry.dataset.slug for entry in listing.entries}
        if rendering.read is renderings.of_feed:
            slugs = {entry.dataset.slug for entry, _ in choose(listing).entries}
        files = {offer.ident for offer in rendering.files(listing)}
        wanted = {
            key: value
            for key, value in facts.items()
            if (key[0] in slugs and key[1] in rendering.dataset)
            or (key[0] in files and key[1] in rendering.file)
        }
        seen: set[tuple[str, str]] = set()
        for thing, kind, value in rendering.read(tree, listing):
            seen.add((thing, kind))
            if wanted.get((thing, kind)) != value:
                yield _differs(rendering.name, thing, kind, wanted.get((thing, kind)), value)
        for thing, kind in sorted(wanted.keys() - seen):
            yield _differs(rendering.name, thing, kind, wanted[thing, kind], None)


def _differs(name: str, thing: str, kind: str, wanted: str | None, found: str | None) -> Problem:
    return Problem(
        "same_facts",
        name,
        Text(
            "{thing}, {kind}: jest {found}, a powinno być {wanted}.",
            "{thing}, {kind}: it says {found}, and should say {wanted}.",
        ).fill(thing=thing, kind=kind, found=found or "–", wanted=wanted or "–"),
        example=(found or "")[:100],
    )
