"""What dane.gov.pl answers (API 1.4, JSON:API), read with suspicion.

How requests are made is the caller's: this room knows no HTTP client.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeGuard
from urllib.parse import urlencode

PER_PAGE = 100
MAX_PAGES = 100
"""Of one list; the portal has some 30,000 data sets in all."""

Json = Mapping[str, object]


class Portal(Protocol):
    """A polite way to the API: addresses are relative to its base."""

    def get(self, path: str) -> bytes | None:
        """The body of an answer, None for one that says there is no such thing."""
        ...

    def sha256(self, path: str) -> str | None:
        """The sha256 of a file, read in pieces; None where there is none."""
        ...


class BadAnswer(Exception):
    """The portal answered something that is no such document; says which address and what."""


@dataclass(frozen=True)
class Thing:
    """A data set or a resource as the portal tells of it."""

    id: str
    attributes: Json

    def text(self, name: str) -> str:
        """An attribute as text; empty where it is none. Polish comes first of a pair."""
        return _text(self.attributes.get(name))

    def number(self, name: str) -> int:
        """An attribute as a whole number, -1 where it is none."""
        value = self.attributes.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else -1

    def node(self, name: str) -> Json:
        """An attribute that is an object; empty where it is none."""
        value = self.attributes.get(name)
        return value if _is_object(value) else {}

    def texts(self, name: str, *keys: str) -> list[str]:
        """The texts of a list, or of the first of `keys` that its objects have."""
        value = self.attributes.get(name)
        found = []
        for item in value if isinstance(value, list) else []:
            if _is_object(item):
                found.append(next((_text(item[key]) for key in keys if item.get(key)), ""))
            else:
                found.append(_text(item))
        return found


@dataclass(frozen=True)
class Rows:
    """What the portal says of the rows of a table."""

    count: int
    columns: tuple[str, ...]


def one(portal: Portal, path: str) -> Thing | None:
    """A data set or resource by its number. Raises BadAnswer."""
    document = _document(portal, path)
    return None if document is None else _thing(document.get("data"), path)


def every(portal: Portal, path: str, **query: str) -> Iterator[Thing]:
    """All members of a list, page by page. Raises BadAnswer."""
    for page in range(1, MAX_PAGES + 1):
        asked = f"{path}?{urlencode({**query, 'page': page, 'per_page': PER_PAGE})}"
        document = _document(portal, asked)
        if document is None:
            return
        data = document.get("data")
        if not isinstance(data, list):
            raise BadAnswer(f"{asked}: data")
        yield from (_thing(item, asked) for item in data)
        links = document.get("links")
        if not data or not (_is_object(links) and links.get("next")):
            return


def rows(portal: Portal, resource: str) -> Rows | None:
    """How many rows a resource has for the portal, and its columns in order. Raises BadAnswer."""
    path = f"/resources/{resource}/data?per_page=1"
    document = _document(portal, path)
    if document is None:
        return None
    meta = document.get("meta")
    if not _is_object(meta):
        raise BadAnswer(f"{path}: meta")
    count, heads = meta.get("count"), meta.get("headers_map")
    if not isinstance(count, int) or not _is_object(heads):
        raise BadAnswer(f"{path}: meta.count, meta.headers_map")
    numbered = sorted(heads.items(), key=lambda item: (len(item[0]), item[0]))
    return Rows(count, tuple(_text(name) for _, name in numbered))


def _document(portal: Portal, path: str) -> Json | None:
    body = portal.get(path)
    if body is None:
        return None
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(f"{path}: JSON") from error
    if not _is_object(found):
        raise BadAnswer(f"{path}: JSON")
    return found


def _thing(value: object, path: str) -> Thing:
    if not _is_object(value):
        raise BadAnswer(f"{path}: data")
    attributes = value.get("attributes")
    number = value.get("id")
    if not _is_object(attributes) or not isinstance(number, str | int):
        raise BadAnswer(f"{path}: data.id, data.attributes")
    return Thing(str(number), attributes)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _text(value: object) -> str:
    if _is_object(value):
        value = value.get("pl")
    return value if isinstance(value, str) else ""
