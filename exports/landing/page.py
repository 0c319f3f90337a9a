"""The pages for people and search engines: what a release offers, as HTML that needs nothing else.

One page a data set and one for all, in each language, at the addresses that catalogues and the
portal name. Everything is escaped, nothing is loaded from elsewhere, and no script runs: the
JSON-LD of schema.org is a block of data. Elements with `data-fact` are read back by `reading.py`.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from exports.dcat import schema_org, statements, terms
from exports.dcat.catalogues import TURTLE
from exports.dcat.citation import FILE as CITATION
from exports.landing.files import columns, files
from exports.landing.frame import Place, described, head, links, moment, top
from exports.listing import Entry, Listing
from exports.opening import DESCRIPTOR
from exports.release.feeds import NAMES
from exports.release.manifest import MANIFEST
from schemas.files import write_text
from schemas.table import Table
from schemas.text import LANGS, Text

INDEX = "index.html"


def pages_of(listing: Listing) -> dict[str, str]:
    """The pages of a release by their path below the public folder."""
    found: dict[str, str] = {}
    for lang in LANGS:
        whole = Place(listing.publication, lang)
        found[f"{whole.folder}{INDEX}"] = _joined(_of_all(whole, listing))
        for entry in listing.entries:
            place = Place(listing.publication, lang, entry.dataset.slug)
            found[f"{place.folder}{INDEX}"] = _joined(_of_dataset(place, listing, entry))
    return found


def write_pages(listing: Listing, tree: Path) -> None:
    """Write all pages into `tree`: the same listing gives the same bytes."""
    for path, text in pages_of(listing).items():
        write_text(tree / path, text)


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _of_dataset(place: Place, listing: Listing, entry: Entry) -> Iterator[str]:
    dataset = entry.dataset
    node = schema_org.of_dataset(listing, entry)
    yield from head(place, dataset.title, dataset.description, node)
    yield from top(place, "dataset", dataset.title, dataset.description)
    yield from described(place, "about", _about(place, listing, entry))
    yield from files(place, entry)
    yield f"<h2>{place.word('tables')}</h2>"
    for table in _tables(entry):
        yield from columns(place, table)
    yield from _sources(place)
    yield from _ends(place, dataset.title)
    own = {
        "package": f"{place.folder}{DESCRIPTOR}",
        "search": f"{dataset.slug}/{schema_org.FILE}",
        "catalogue": TURTLE,
    }
    yield from links(place, "programs", own)
    yield "</main></body></html>"


def _of_all(place: Place, listing: Listing) -> Iterator[str]:
    # Files are told on the pages of their data sets, and hardly anyone wants all at once.
    node = schema_org.of_all(listing)
    node["dataset"] = [
        {name: value for name, value in one.items() if name != "distribution"}
        for one in (schema_org.described(listing, entry) for entry in listing.entries)
    ]
    yield from head(place, statements.TITLE, statements.DESCRIPTION, node)
    yield from top(place, "catalog", statements.TITLE, statements.DESCRIPTION)
    yield f"<h2>{place.word('datasets')}</h2>"
    for entry in listing.entries:
        dataset = entry.dataset
        page = place.link(place.home(place.lang, dataset.slug))
        yield f'<h3><a href="{page}">{place.of(dataset.title)}</a></h3>'
        yield f"<p>{place.of(dataset.description)}</p>"
        titles = ", ".join(place.of(table.title) for table in _tables(entry))
        yield f"<p>{place.word('tables_in')}: {titles}.</p>"
        yield f"<p>{place.word('modified')}: {moment(entry.modified.isoformat())}.</p>"
    yield from described(place, "about_all", _publishing(place))
    yield from _sources(place)
    yield from _ends(place, statements.TITLE)
    own = {
        "database": "pim.duckdb",
        "catalogue": TURTLE,
        "search": schema_org.FILE,
        "citation": CITATION,
        "manifest": MANIFEST,
    }
    yield from links(place, "programs", own)
    yield "</main></body></html>"


def _about(place: Place, listing: Listing, entry: Entry) -> Iterator[tuple[str, str]]:
    dataset = entry.dataset
    yield "modified", moment(entry.modified.isoformat(), "modified")
    yield "issued", moment(entry.issued.isoformat(), "issued")
    period = listing.period_of(entry)
    if period is not None:
        yield "period", " – ".join(moment(day.isoformat()) for day in period)
    label = terms.FREQUENCIES[dataset.frequency].label
    yield (
        "frequency",
        f'<data data-fact="frequency" value="{dataset.frequency}">{place.of(label)}</data>',
    )
    words = dataset.keywords_pl if place.lang == "pl" else dataset.keywords_en
    told = ", ".join(f'<span data-fact="keyword">{escape(word)}</span>' for word in words)
    yield "keywords", told
    yield "schema", escape(entry.version)
    yield from _publishing(place)


def _publishing(place: Place) -> Iterator[tuple[str, str]]:
    given = place.given
    yield (
        "release",
        place.word("released", version=given.version, date=given.date.isoformat()),
    )
    licence = given.licence
    yield (
        "licence",
        (
            f'<a data-fact="licence" rel="license" href="{escape(licence.path)}">'
            f"{place.of(licence.title)}</a>"
        ),
    )
    yield (
        "publisher",
        (
            f'<a id="publisher" data-fact="publisher" href="{escape(given.homepage)}">'
            f"{place.of(given.publisher)}</a>"
        ),
    )
    contact = escape(given.contact)
    address = f"mailto:{contact}" if "@" in contact else contact
    leads = address.startswith(("mailto:", "https://", "http://"))
    yield "contact", f'<a id="contact" href="{address}">{contact}</a>' if leads else contact


def _tables(entry: Entry) -> list[type[Table]]:
    """The tables of a data set, each once, in the order of its files."""
    return [
        table for table in dict.fromkeys(offer.table for offer in entry.files) if table is not None
    ]


def _sources(place: Place) -> Iterator[str]:
    given = place.given
    yield f"<h2>{place.word('sources')}</h2><p>{place.of(statements.rights(given))}</p><ul>"
    for source in given.sources:
        yield f'<li><a href="{escape(source.path)}">{place.of(source.title)}</a></li>'
    yield "</ul>"


def _ends(place: Place, title: Text) -> Iterator[str]:
    """How to cite, and where changes are told."""
    given, lang = place.given, place.lang
    address = f"{given.base_url}{place.home(lang, place.slug)}"
    yield f"<h2>{place.word('cite')}</h2><p>{escape(given.cited(title, address).of(lang))}</p>"
    told = {
        "changes_page": f"changes/{NAMES['page'].of(lang)}",
        "changelog": NAMES["changelog"].of(lang),
        "feed": NAMES["feed"].of(lang),
    }
    yield from links(place, "changes", told)
