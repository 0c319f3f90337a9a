"""What all pages have in common: head and beginning, style, lists of facts and of links."""

import json
from collections.abc import Iterator, Mapping
from html import escape

from exports.landing.words import LANGUAGE, WORDS
from exports.publication import Publication
from exports.release.feeds import NAMES
from schemas.text import LANGS, Lang, Text

Node = Mapping[str, object]
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem;color:#1b1b1b;
background:#fff;overflow-wrap:break-word}a{color:#0b4fa8}a:focus-visible,summary:focus-visible{
outline:3px solid #0b4fa8;outline-offset:2px}h1{line-height:1.2}h2{margin-top:2.5rem}
nav a{margin-right:1rem}.facts{display:grid;grid-template-columns:minmax(10rem,1fr) 3fr;gap:.25rem
1rem}dt{font-weight:600}.facts dd{margin:0}dd{margin:0 0 .5rem 1rem}summary{cursor:pointer}
table{border-collapse:collapse;width:100%}time{white-space:nowrap}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top;
font-weight:400}thead th,.group th{background:#f0f0f0}thead th,.group strong{font-weight:600}
td.number{white-space:nowrap;text-align:right}code{font-size:.9em;overflow-wrap:anywhere}
thead th{white-space:nowrap}
@media(max-width:44rem){.facts{display:block}.facts dd{margin:0 0 .5rem}thead{position:absolute;
clip-path:inset(50%);width:1px;height:1px;overflow:hidden}table,caption,tbody{display:block}
tr{display:flex;flex-wrap:wrap;border:1px solid #767676;margin-bottom:.25rem}
th,td{border:0;min-width:0;box-sizing:border-box}tbody th{flex:1 0 100%}td.hash{flex:1 0 100%}}
@media print{body{max-width:none;padding:0;font-size:11pt}nav{display:none}a{color:inherit}
tr,dt{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
"""


class Place:
    """Where a page lies, and in which language it speaks."""

    def __init__(self, publication: Publication, lang: Lang, slug: str = "") -> None:
        self.given = publication
        self.lang: Lang = lang
        self.slug = slug
        self.twin: Lang = "en" if lang == "pl" else "pl"
        self.folder = self.home(lang, slug)
        """Below the public folder, with a final slash; "" at its top."""

    def word(self, name: str, **values: object) -> str:
        """A text of `WORDS`, ready for the page."""
        return escape(WORDS[name].of(self.lang).format(**values))

    def of(self, text: Text) -> str:
        """A text of the listing, ready for the page."""
        return escape(text.of(self.lang))

    def link(self, path: str) -> str:
        """A file or folder below the public folder, as seen from this page."""
        return escape(f"{'../' * self.folder.count('/')}{path}" or "./")

    def home(self, lang: Lang, slug: str = "") -> str:
        """The folder of a page below the public folder."""
        return f"{'' if lang == 'pl' else 'en/'}{slug}{'/' if slug else ''}"

    def full(self, lang: Lang) -> str:
        """The whole address of this page in a language."""
        return escape(f"{self.given.base_url}{self.home(lang, self.slug)}")


def head(place: Place, title: Text, description: Text, node: Node) -> Iterator[str]:
    """The page up to its body; `node` is what schema.org calls what the page is about."""
    # A data block may hold no `<`, or it could end itself.
    linked = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
    feed = NAMES["feed"].of(place.lang)
    yield "<!doctype html>"
    yield f'<html lang="{place.lang}">'
    yield '<head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{place.of(title)}</title>"
    yield f'<meta name="description" content="{place.of(description)}">'
    yield f'<link rel="canonical" href="{place.full(place.lang)}">'
    for lang in LANGS:
        yield f'<link rel="alternate" hreflang="{lang}" href="{place.full(lang)}">'
    yield f'<link rel="alternate" hreflang="x-default" href="{place.full("pl")}">'
    yield (
        f'<link rel="alternate" type="application/atom+xml" title="{place.word("feed")}" '
        f'href="{place.link(feed)}">'
    )
    yield f"<style>{_STYLE}</style>"
    yield f'<script type="application/ld+json">{linked}</script></head>'


def top(place: Place, anchor: str, title: Text, description: Text) -> Iterator[str]:
    """The beginning of the body: the way to other pages, title and description."""
    start = place.link(place.home(place.lang))
    other = place.link(place.home(place.twin, place.slug))
    yield f'<body><nav aria-label="{place.word("navigation")}">'
    if place.slug:
        yield f'<a href="{start}">{place.word("start")}</a>'
    yield (
        f'<a href="{other}" lang="{place.twin}" hreflang="{place.twin}">'
        f"{LANGUAGE.of(place.twin)}</a></nav>"
    )
    yield f'<main id="{anchor}"><h1 data-fact="title">{place.of(title)}</h1>'
    yield f'<p data-fact="description">{place.of(description)}</p>'


def described(place: Place, heading: str, facts: Iterator[tuple[str, str]]) -> Iterator[str]:
    """A heading with a list of facts: name of the word and value, which is HTML."""
    yield f'<h2>{place.word(heading)}</h2><dl class="facts">'
    yield from (f"<dt>{place.word(name)}</dt><dd>{value}</dd>" for name, value in facts)
    yield "</dl>"


def moment(day: str, fact: str = "") -> str:
    """A day, YYYY-MM-DD; with the name of the fact that it is, for the check of all renderings."""
    named = f' data-fact="{fact}"' if fact else ""
    return f'<time{named} datetime="{day}">{day}</time>'


def links(place: Place, heading: str, paths: Mapping[str, str]) -> Iterator[str]:
    """A heading with a list of links: name of the word and path below the public folder."""
    yield f"<h2>{place.word(heading)}</h2><ul>"
    for name, path in paths.items():
        yield f'<li><a href="{place.link(path)}">{place.word(name)}</a></li>'
    yield "</ul>"
