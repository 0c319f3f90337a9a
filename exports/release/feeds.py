"""The history of changes: two changelogs in Markdown and two Atom feeds, from `changes.json`."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Literal

from lxml import etree

from exports.publication import Publication
from schemas.text import Lang, Text

Json = Mapping[str, object]
Page = Literal["changelog", "feed", "page"]

NAMES: dict[Page, Text] = {
    "changelog": Text("CHANGELOG.pl.md", "CHANGELOG.en.md"),
    "feed": Text("changes/zmiany.atom", "changes/changes.atom"),
    "page": Text("zmiany.html", "changes.html"),
}
"""Where they lie below the public folder; the page also below `versions/<version>/`."""

_ATOM = "http://www.w3.org/2005/Atom"
_TITLE = Text("PIM – otwarte dane: zmiany", "PIM open data: changes")
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://pim.example.org/releases")
"""Ids of entries come from the version alone, so they stay where the site moves."""


def sentences_of(changes: Json, lang: Lang) -> list[str]:
    """The sentences of a `changes.json` in a language."""
    summary = changes.get("summary")
    found = summary.get(lang) if isinstance(summary, dict) else None
    return [str(text) for text in found] if isinstance(found, list) else []


def changelog(history: Sequence[Json], lang: Lang) -> str:
    """All releases, newest first, as Markdown. `history` holds their `changes.json`."""
    head = Text("# Zmiany w danych", "# Changes of the data").of(lang)
    parts = [head, ""]
    for changes in history:
        parts += [f"## {changes['version']} ({changes['date']})", ""]
        parts += [f"- {_plain(text)}" for text in sentences_of(changes, lang)]
        parts.append("")
    return "\n".join(parts)


def _plain(text: str) -> str:
    """A sentence that Markdown shows as it is: values may hold its signs."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)


def atom(history: Sequence[Json], lang: Lang, publication: Publication) -> bytes:
    """All releases, newest first, as an Atom feed in a language; the same bytes each time."""
    base = publication.base_url
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    _leaf(root, "id", f"urn:uuid:{uuid.uuid5(_IDS, f'feed-{lang}')}")
    _leaf(root, "title", _TITLE.of(lang))
    _leaf(root, "updated", _moment(history[0]))
    author = etree.SubElement(root, f"{{{_ATOM}}}author")
    _leaf(author, "name", publication.publisher.of(lang))
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=base + NAMES["feed"].of(lang))
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="alternate", href=publication.homepage)
    for changes in history:
        version = str(changes["version"])
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _leaf(entry, "id", f"urn:uuid:{uuid.uuid5(_IDS, f'{version}-{lang}')}")
        title = Text(f"Wydanie {version}", f"Release {version}")
        _leaf(entry, "title", title.of(lang))
        _leaf(entry, "updated", _moment(changes))
        page = f"{base}versions/{version}/{NAMES['page'].of(lang)}"
        etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=page)
        content = etree.SubElement(entry, f"{{{_ATOM}}}content", type="html")
        items = etree.Element("ul")
        for text in sentences_of(changes, lang):
            etree.SubElement(items, "li").text = text
        content.text = etree.tostring(items, encoding="unicode", method="html")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _leaf(node: etree._Element, name: str, text: str) -> None:
    etree.SubElement(node, f"{{{_ATOM}}}{name}").text = text


def _moment(changes: Json) -> str:
    return f"{changes['date']}T00:00:00Z"
