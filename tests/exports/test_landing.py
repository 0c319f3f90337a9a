"""The pages for people: what they tell, that they hold, and that nothing in them can do harm."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.datastructures import Headers
from starlette.responses import FileResponse

from exports.dcat import schema_org
from exports.landing.files import size
from exports.landing.page import pages_of
from exports.landing.words import WORDS
from exports.listing import Listing
from exports.release.manifest import files_below
from exports.serving.server import answer
from schemas.registry import tables_of
from schemas.text import LANGS, Text
from tests.exports.catalogued import PUBLICATION, whole_listing
from tests.exports.releasing import Place
from tests.shared import REPO

BASE = PUBLICATION.base_url
EVIL = "</script><script>alert(1)</script>\"'&<img src=//x.org/y><!--"


class Page(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.data: list[str] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        last = self.tags[-1][0] if self.tags else ""
        (self.scripts if last == "script" and not data.isspace() else self.data).append(data)

    def every(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {path: Page(text) for path, text in pages_of(whole_listing()).items()}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("landing") / "data")
    place.build()
    return place.release().tree


def test_every_data_set_and_the_whole_have_a_page_in_each_language(pages: dict[str, Page]) -> None:
    slugs = [entry.dataset.slug for entry in whole_listing().entries]
    folders = ["", *(f"{slug}/" for slug in slugs)]
    assert pages.keys() == {f"{lang}{f}index.html" for lang in ("", "en/") for f in folders}
    for path, page in pages.items():
        folder = path.removesuffix("index.html")
        lang = "en" if folder.startswith("en/") else "pl"
        polish = folder.removeprefix("en/")
        assert page.every("html") == [{"lang": lang}]
        links = {
            (link["rel"], link.get("hreflang")): link["href"]
            for link in page.every("link")
            if link.get("type") is None
        }
        assert links == {
            ("canonical", None): f"{BASE}{folder}",
            ("alternate", "pl"): f"{BASE}{polish}",
            ("alternate", "en"): f"{BASE}en/{polish}",
            ("alternate", "x-default"): f"{BASE}{polish}",
        }


def test_search_engines_find_the_same_description_as_in_its_file(pages: dict[str, Page]) -> None:
    listing = whole_listing()
    for entry in listing.entries:
        for folder in ("", "en/"):
            (block,) = pages[f"{folder}{entry.dataset.slug}/index.html"].scripts
            assert json.loads(block) == schema_org.of_dataset(listing, entry)
    whole = json.loads(pages["index.html"].scripts[0])
    assert [one["@type"] for one in whole["dataset"]] == ["Dataset"] * len(listing.entries)
    assert all(one["license"] and one["creator"] for one in whole["dataset"])


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_tells_all_that_a_reader_asks_for(lang: str) -> None:
    line = Text("Dane przetworzono.", "Data were changed.")
    listing = whole_listing(replace(PUBLICATION, attribution=(line,)))
    entry = listing.entries[0]
    page = pages_of(listing)[f"{'' if lang == 'pl' else 'en/'}{entry.dataset.slug}/index.html"]
    text = " ".join("".join(Page(page).data).split())
    given = listing.publication
    for said in (
        entry.dataset.title,
        entry.dataset.description,
        given.licence.title,
        given.publisher,
        line,
        *(source.title for source in given.sources),
        *(offer.title for offer in entry.files),
        *(column.title for table in tables_of(entry.dataset) for column in table.columns),
    ):
        assert said[LANGS.index(lang)] in text
    for fact in (given.version, given.date.isoformat(), given.contact, "2026-10-01", "2017-01-01"):
        assert fact in text
    for offer in (*entry.files, *entry.supplements):
        assert offer.sha256 in text
        assert f'href="../{"" if lang == "pl" else "../"}{offer.path}"' in page


def test_a_page_can_be_read_without_eyes(pages: dict[str, Page]) -> None:
    for page in pages.values():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all("scope" in head for head in page.every("th"))
        assert len(page.every("caption")) == len(page.every("table"))
        assert len(page.every("main")) == 1
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(set(ids)) == len(ids)


def test_things_that_catalogues_name_by_a_fragment_are_on_the_page(pages: dict[str, Page]) -> None:
    listing = whole_listing()
    for entry in listing.entries:
        page = pages[f"{entry.dataset.slug}/index.html"]
        ids = {attributes.get("id") for _, attributes in page.tags}
        assert {"dataset", *(offer.ident for offer in entry.files)} <= ids
    ids = {attributes.get("id") for _, attributes in pages["index.html"].tags}
    assert {"catalog", "publisher", "contact"} <= ids


def hostile() -> Listing:
    """A listing whose every free text is hostile."""
    evil = Text(EVIL, EVIL)
    listing = whole_listing(
        replace(PUBLICATION, publisher=evil, contact=f"javascript:{EVIL}", attribution=(evil,))
    )
    entry = listing.entries[0]
    dataset = replace(entry.dataset, title=evil, description=evil, keywords_pl=(EVIL,))
    files = tuple(replace(offer, title=evil, description=evil) for offer in entry.files)
    return replace(listing, entries=(replace(entry, dataset=dataset, files=files),))


@pytest.mark.parametrize("path", ["index.html", "jakosc-danych/index.html"])
def test_a_page_escapes_everything_and_loads_nothing(path: str) -> None:
    listing = hostile()
    assert listing.entries[0].dataset.slug == "jakosc-danych"
    text = pages_of(listing)[path]
    page = Page(text)
    assert not {"img", "iframe", "form", "object", "base"} & {tag for tag, _ in page.tags}
    assert page.every("script") == [{"type": "application/ld+json"}]
    assert json.loads(page.scripts[0])["publisher"]
    assert not any(name.startswith("on") or name == "src" for _, a in page.tags for name in a)
    assert "alert(1)</script>" not in text
    assert 'href="javascript:' not in text
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = (meta for meta in page.every("meta") if "http-equiv" in meta)
    assert "default-src 'none'" in policy["content"]


def test_every_link_of_a_released_page_leads_somewhere(tree: Path) -> None:
    files = dict(files_below(tree))
    found = [path for path in files if path.endswith("/index.html") or path == "index.html"]
    landing = [path for path in found if not path.startswith(("changes/", "versions/"))]
    assert len(landing) == 4
    for path in landing:
        page = Page(files[path].read_text(encoding="utf-8"))
        for link in (*page.every("a"), *page.every("link")):
            address = urljoin(f"{BASE}{path}", link["href"])
            if not address.startswith(BASE):
                continue
            inside = address.removeprefix(BASE)
            assert inside in files or f"{inside}index.html" in files, link


@pytest.mark.parametrize("address", ["/", "/en/", "/proba/", "/en/proba/"])
def test_the_address_of_a_data_set_answers_with_its_page(tree: Path, address: str) -> None:
    response = answer(tree, "GET", address, Headers())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert isinstance(response, FileResponse)
    assert Path(response.path) == tree.resolve() / address.strip("/") / "index.html"


def test_sizes_are_told_for_people() -> None:
    assert [size(n, "pl") for n in (0, 999, 1000, 12_345)] == ["0 B", "999 B", "1,0 kB", "12,3 kB"]
    assert [size(n, "en") for n in (999_999, 4_000_000, 5 * 10**12)] == [
        "999.9 kB",
        "4.0 MB",
        "5000.0 GB",
    ]


def test_every_word_is_in_both_languages_and_used() -> None:
    used = "".join(path.read_text() for path in (REPO / "exports" / "landing").glob("*.py"))
    for name, word in WORDS.items():
        assert all(word)
        assert used.count(f'"{name}"') + used.count(f"'{name}'") > 1, name
