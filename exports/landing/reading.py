"""What the pages say, read as they were written: for the check that all renderings agree."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from exports.landing.page import INDEX, pages_of
from exports.listing import Entry, Listing
from exports.validate import Problem
from schemas.text import LANGS, Lang, Text

Found = Iterator[tuple[str, str, str]]
MAX_BYTES = 16 * 1024 * 1024
"""A hundred times our longest page."""
_OTHER = Text("Strona mówi co innego niż wydanie.", "The page says something else.")
_BILINGUAL = {"title", "description", "publisher"}


def page_problems(tree: Path, listing: Listing) -> Iterator[Problem]:
    """Pages that are missing, or are not what the listing gives."""
    for path, text in pages_of(listing).items():
        if _content(tree / path) != text.encode():
            yield Problem("page", path, _OTHER)


def of_pages(tree: Path, listing: Listing) -> Found:
    """The facts of each data set and file that its pages state: thing, kind and value."""
    for entry in listing.entries:
        for lang in LANGS:
            folder = f"{'' if lang == 'pl' else 'en/'}{entry.dataset.slug}/"
            page = _page(tree / folder / INDEX)
            if page is not None:
                yield from _of_dataset(page, listing, entry, lang)
                address = f"{listing.publication.base_url}{folder}"
                yield from _of_files(page, entry, lang, address)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return b""


def _page(path: Path) -> etree._Element | None:
    try:
        return etree.fromstring(_content(path), etree.HTMLParser(encoding="utf-8", no_network=True))
    except etree.XMLSyntaxError:
        return None


def _text(node: etree._Element | None) -> str:
    return "" if node is None else "".join(map(str, node.itertext()))


def _of_dataset(page: etree._Element, listing: Listing, entry: Entry, lang: Lang) -> Found:
    slug, licence = entry.dataset.slug, listing.publication.licence
    words = []
    for node in page.iter("*"):
        fact = node.get("data-fact", "")
        if fact == "keyword":
            words.append(_text(node))
        elif fact in {"modified", "issued", "frequency"}:
            yield slug, fact, node.get("value") or _text(node)
        elif fact == "licence":
            yield slug, fact, licence.name if node.get("href") == licence.path else "?"
        elif fact in _BILINGUAL and node.tag != "span":
            yield slug, f"{fact}_{lang}", _text(node)
        elif node.get("rel") == "alternate" and node.get("hreflang") == "pl":
            yield slug, "page", node.get("href", "")
    if lang == "pl":
        yield slug, "keywords_pl", " | ".join(sorted(set(words)))


def _of_files(page: etree._Element, entry: Entry, lang: Lang, address: str) -> Found:
    rows = {node.get("id"): node for node in page.iter("tr")}
    columns = {
        node.get("data-columns"): " ".join(_text(name) for name in node.iterfind("dt/code"))
        for node in page.iter("dl")
    }
    for offer in entry.files:
        row = rows.get(offer.ident)
        if row is None:
            continue
        link, count = row.find("th/a"), row.find("td/data")
        group = row.getparent()
        if link is not None:
            yield offer.ident, f"title_{lang}", _text(link)
            yield offer.ident, "url", urljoin(address, link.get("href", ""))
            yield offer.ident, "media", link.get("type", "")
        if count is not None:
            yield offer.ident, "bytes", count.get("value", "")
        yield offer.ident, "sha256", _text(row.find("td/details/code"))
        told = group.find("tr/th/span") if group is not None else None
        yield offer.ident, f"description_{lang}", _text(told)
        if offer.format == "csv" and offer.table is not None and offer.lang == lang:
            yield offer.ident, "columns", columns.get(offer.table.name, "")
