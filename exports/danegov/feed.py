"""The harvester file of dane.gov.pl (XML 1.13) and its md5, made from the listing.

The portal deletes for good what is missing from the file, and fetches a `local` file anew when
its address changes: so an identifier stays for ever, and an address holds the hash of the bytes.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from lxml import etree

from exports.danegov.choosing import choose
from exports.danegov.rules import CHECKSUM, FEED, FLAGS, NAMESPACE, PROTECTED, ROOT, VOIVODESHIPS
from exports.listing import Entry, Listing, Offer
from schemas.columns import Sign
from schemas.datasets import Flags
from schemas.errors import Exit, PimError
from schemas.files import replacing
from schemas.text import Text

# What XML 1.0 cannot hold at all, and the C1 codes, which break the portal's own catalogue.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "CC-BY-4.0": ("source", "modification"),
    "CC0-1.0": (),
}
"""Elements below `conditions` by licence; the portal makes the same licence of them again."""
SIGNS: tuple[Sign, ...] = ("-", ".", "X", ":", "#")


def data_date(entry: Entry, offer: Offer) -> date:
    """The state that a file's data have, else the day when its data set last changed."""
    return offer.data_date or entry.modified


def feed(listing: Listing, takeover: Mapping[str, int] | None = None) -> bytes:
    """The harvester file, UTF-8; the same listing gives the same bytes.

    `takeover` gives, by our identifier, the portal's own number of what was entered there by
    hand: for one run, until the portal knows ours. Raises PimError `PIM-PRT-001` for a licence
    that the portal cannot be told, `PIM-PRT-002` where no file is fit for it.
    """
    conditions = _conditions(listing)
    chosen = choose(listing).entries
    if not chosen:
        raise PimError(
            "PIM-PRT-002",
            Text("Żaden plik nie nadaje się na portal.", "No file is fit for the portal."),
            fix=Text(
                "Zbuduj dane poleceniem pim build i sprawdź, czy tabele mają wiersze.",
                "Build the data with pim build and see that tables have rows.",
            ),
            exit_code=Exit.PUBLISH,
        )
    root = etree.Element(ROOT, nsmap={"ns2": NAMESPACE})
    for entry, offers in chosen:
        _dataset(root, listing, entry, offers, conditions, takeover or {})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def write_feed(listing: Listing, folder: Path, takeover: Mapping[str, int] | None = None) -> None:
    """Write `harvester.xml` and `harvester.md5` into `folder`, whole or not at all.

    Both become visible together only when the release around them does. Raises as `feed`.
    """
    content = feed(listing, takeover)
    with replacing(folder / FEED) as temporary:
        temporary.write_bytes(content)
    with replacing(folder / CHECKSUM) as temporary:
        temporary.write_bytes(f"{checksum(content)}\n".encode())


def checksum(content: bytes) -> str:
    """The md5 of a feed as the portal compares it: 32 lower-case hex digits."""
    # The portal wants md5, which only tells a cut file here: trust is in the signed manifest.
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _conditions(listing: Listing) -> tuple[str, ...]:
    licence = listing.publication.licence.name
    if licence in CONDITIONS:
        return CONDITIONS[licence]
    raise PimError(
        "PIM-PRT-001",
        Text("Portalowi nie można podać tej licencji.", "The portal cannot be told this licence."),
        where=licence,
        fix=Text(f"Wybierz: {', '.join(CONDITIONS)}.", f"Choose: {', '.join(CONDITIONS)}."),
        exit_code=Exit.PUBLISH,
    )


def _dataset(
    root: etree._Element,
    listing: Listing,
    entry: Entry,
    offers: tuple[Offer, ...],
    conditions: tuple[str, ...],
    takeover: Mapping[str, int],
) -> None:
    dataset = entry.dataset
    node = etree.SubElement(root, "dataset", status="published")
    _identify(node, dataset.slug, takeover)
    _bilingual(node, "title", dataset.title)
    _bilingual(node, "description", dataset.description)
    _leaf(node, "url", listing.publication.address(dataset.slug, "pl"))
    _leaf(node, "updateFrequency", dataset.frequency)
    categories = etree.SubElement(node, "categories")
    for code in dataset.categories:
        _leaf(categories, "category", code)
    if conditions:
        told = etree.SubElement(node, "conditions")
        for condition in conditions:
            _leaf(told, condition, "true")
    resources = etree.SubElement(node, "resources")
    for offer in offers:
        _resource(resources, listing, entry, offer, takeover)
    tags = etree.SubElement(node, "tags")
    for lang, words in (("pl", dataset.keywords_pl), ("en", dataset.keywords_en)):
        for word in dict.fromkeys(map(_line, words)):
            etree.SubElement(tags, "tag", lang=lang).text = word
    _leaf(node, "lastUpdateDate", _midnight(entry.modified))
    _flags(node, dataset.flags)
    _supplements(node, listing, entry)


def _resource(
    parent: etree._Element,
    listing: Listing,
    entry: Entry,
    offer: Offer,
    takeover: Mapping[str, int],
) -> None:
    node = etree.SubElement(parent, "resource", status="published")
    _identify(node, offer.ident, takeover)
    _leaf(node, "url", listing.address(offer))
    _bilingual(node, "title", offer.title)
    _bilingual(node, "description", offer.description)
    _leaf(node, "availability", "local")
    stated = data_date(entry, offer)
    _leaf(node, "dataDate", stated.isoformat())
    _leaf(node, "lastUpdateDate", _midnight(max(stated, entry.modified)))
    _flags(node, entry.dataset.flags)
    _leaf(node, PROTECTED, "false")
    used = [sign for sign in SIGNS if sign in offer.signs]
    if used:
        signs = etree.SubElement(node, "specialSigns")
        for sign in used:
            _leaf(signs, "specialSign", sign)
    _supplements(node, listing, entry)
    regions = etree.SubElement(node, "regions")
    for code in VOIVODESHIPS:
        _leaf(regions, "terytIdent", code)


def _identify(node: etree._Element, ident: str, takeover: Mapping[str, int]) -> None:
    _leaf(node, "extIdent", ident)
    if ident in takeover:
        _leaf(node, "intIdent", str(takeover[ident]))


def _flags(node: etree._Element, flags: Flags | None) -> None:
    held = (
        (flags.dynamic, flags.high_value, flags.high_value_ec, flags.research)
        if flags
        else (False,) * len(FLAGS)
    )
    for name, value in zip(FLAGS, held, strict=True):
        _leaf(node, name, str(value).lower())


def _supplements(node: etree._Element, listing: Listing, entry: Entry) -> None:
    if not entry.supplements:
        return
    parent = etree.SubElement(node, "supplements")
    for offer in entry.supplements:
        supplement = etree.SubElement(parent, "supplement")
        _leaf(supplement, "url", listing.address(offer))
        _bilingual(supplement, "name", offer.title)
        _leaf(supplement, "language", offer.lang)


def _bilingual(node: etree._Element, name: str, text: Text) -> None:
    pair = etree.SubElement(node, name)
    _leaf(pair, "polish", _line(text.pl))
    # An empty element is refused; a missing one is only poorer.
    if _line(text.en):
        _leaf(pair, "english", _line(text.en))


def _leaf(node: etree._Element, name: str, text: str) -> None:
    etree.SubElement(node, name).text = _CONTROLS.sub("", text)


def _line(text: str) -> str:
    """One line without what XML or the portal cannot take."""
    return " ".join(_CONTROLS.sub("", text).split())


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
