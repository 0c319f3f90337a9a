"""The newest file that a page links to, for files whose names change with every edition.

A source says the page and a chain of patterns: all but the last find a page in between (of the
publication), the last one finds the file. A pattern is searched, in any case of letters, in one
line a link: its path, a space, and its words (text, `aria-label`, `title`, `download`).

The newest wins: by the groups `year`, `month` and `day` of the pattern, where a link without them
is older than any with; among those of one day, one that has the group `prefer`; then the first.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice

import httpx
from lxml import etree, html

from schemas.errors import PimError
from sources.web.client import Web
from sources.web.reach import Reach
from sources.web.refusals import no_link

_PAGE_BYTES = 2 * 2**20
_MAX_LINKS = 5_000
_MAX_PATH = 1_000
_MAX_WORDS = 500
_MAX_PIECES = 50
_WORDS = ("aria-label", "title", "download")


def newest_linked(web: Web, page: str, patterns: Sequence[str]) -> str:
    """The address of the newest file at the end of the chain of patterns that begins at a page.

    Raises PimError `PIM-NET-001` to `-009`, and `-013` where a page has no link that fits.
    """
    address = page
    for pattern in patterns:
        response = web.read(address, _PAGE_BYTES)
        at = response.request.url
        # In letters that the header tells, else UTF-8: a page may say anything of itself.
        address = _newest(response.text.encode(), at, pattern, web.reach)
    return address


def _newest(content: bytes, at: httpx.URL, pattern: str, reach: Reach) -> str:
    wanted = re.compile(pattern, re.IGNORECASE)
    found: list[tuple[date, bool, int, str]] = []
    for place, (url, words) in enumerate(_links(content, at, reach)):
        match = wanted.search(f"{url.path} {words}")
        if match is not None:
            groups = match.groupdict()
            found.append((_day(groups), bool(groups.get("prefer")), -place, str(url)))
    if not found:
        raise no_link(str(at), pattern)
    return max(found)[-1]


def _links(content: bytes, at: httpx.URL, reach: Reach) -> Iterator[tuple[httpx.URL, str]]:
    """The links of a page that the source may follow, each with its words."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, ValueError):
        return
    bases = (one.get("href") for one in tree.iter("base"))
    root = _joined(at, next(filter(None, bases), None)) or at
    for link in islice(tree.iter("a"), _MAX_LINKS):
        url = _joined(root, link.get("href"))
        if url is None or len(url.path) > _MAX_PATH:
            continue
        with suppress(PimError):
            reach.check(url)
            pieces = [text[:_MAX_WORDS] for text in islice(link.itertext(), _MAX_PIECES)]
            said = " ".join([*pieces, *(link.get(name) or "" for name in _WORDS)])
            yield url, " ".join(said.split())[:_MAX_WORDS]


def _joined(root: httpx.URL, href: str | None) -> httpx.URL | None:
    """A link as a full address; None where it is none."""
    try:
        return root.join(href.strip()).copy_with(fragment=None) if href else None
    except (httpx.InvalidURL, ValueError):
        return None


def _day(groups: dict[str, str | None]) -> date:
    try:
        year, month, day = (int(groups.get(one) or 1) for one in ("year", "month", "day"))
        return date(year, month, day)
    except ValueError:
        return date.min
