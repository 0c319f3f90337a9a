"""The files and the tables of a data set on its page."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from exports.landing.frame import Place
from exports.landing.words import LANGUAGE
from exports.listing import FORMAT_NAMES, Entry, Offer
from schemas.table import Table
from schemas.text import Lang

_SHOWN = 12
"""Digits of a hash that are shown at once: as many as its file's name has."""


def size(count: int, lang: Lang) -> str:
    """A number of bytes for people: 999 B, 12,3 kB, 4,0 MB."""
    if count < 1000:
        return f"{count} B"
    unit, name = next(
        (unit, name)
        for unit, name in ((10**3, "kB"), (10**6, "MB"), (10**9, "GB"))
        if count < unit * 1000 or name == "GB"
    )
    whole, tenth = divmod(count * 10 // unit, 10)
    return f"{whole}{',' if lang == 'pl' else '.'}{tenth} {name}"


def files(place: Place, entry: Entry) -> Iterator[str]:
    """The table of all files, grouped by what they hold."""
    caption = place.word("files_of", title=entry.dataset.title.of(place.lang))
    heads = ("file", "format", "rows", "size", "sha256")
    yield f"<h2>{place.word('files')}</h2><p>{place.word('kept')}</p>"
    yield f"<table><caption>{caption}</caption><thead><tr>"
    yield from (f'<th scope="col">{place.word(name)}</th>' for name in heads)
    yield "</tr></thead>"
    for (table, description), offers in groupby(entry.files, lambda o: (o.table, o.description)):
        named = f"<strong>{place.of(table.title)}</strong> " if table is not None else ""
        told = f'{named}<span data-fact="description">{place.of(description)}</span>'
        yield from _group(place, told, offers, len(heads))
    if entry.supplements:
        told = place.word("documents")
        yield from _group(place, told, iter(entry.supplements), len(heads))
    yield "</table>"


def _group(place: Place, told: str, offers: Iterator[Offer], width: int) -> Iterator[str]:
    yield f'<tbody><tr class="group"><th scope="rowgroup" colspan="{width}">{told}</th></tr>'
    yield from (_file(place, offer) for offer in offers)
    yield "</tbody>"


def _file(place: Place, offer: Offer) -> str:
    title = place.of(offer.title)
    link = f'href="{place.link(offer.path)}" type="{offer.media_type}" hreflang="{offer.lang}"'
    # The titles of data files say their language; those of documents do not.
    if offer.format == "odt":
        tongue = f' <span lang="{offer.lang}">({LANGUAGE.of(offer.lang)})</span>'
    else:
        tongue = ""
    counted = ""
    if offer.rows is not None and offer.table is not None:
        counted = escape(offer.table.rows.count(offer.rows).of(place.lang))
    return (
        f'<tr id="{escape(offer.ident)}"><th scope="row"><a {link}>{title}</a>{tongue}</th>'
        f"<td>{FORMAT_NAMES[offer.format]}</td><td>{counted}</td>"
        f'<td class="number"><data value="{offer.bytes}">{size(offer.bytes, place.lang)}</data>'
        f'</td><td class="hash"><details><summary><code>{offer.sha256[:_SHOWN]}…</code></summary>'
        f"<code>{offer.sha256}</code></details></td></tr>"
    )


def columns(place: Place, table: type[Table]) -> Iterator[str]:
    """What a table is, and what its columns mean."""
    row = place.word("row", row=table.row.of(place.lang).rstrip("."))
    yield f"<h3>{place.of(table.title)}</h3><p>{place.of(table.description)} {row}</p>"
    yield f"<details><summary>{place.word('columns', n=len(table.columns))}</summary>"
    yield f'<dl data-columns="{table.name}">'
    for column in table.columns:
        name = escape(column.name_in(place.lang))
        yield f"<dt><code>{name}</code> {place.of(column.title)}</dt>"
        yield f"<dd>{place.of(column.description)}</dd>"
    yield "</dl></details>"
