"""Whether what tells of a release agrees with it: the harvester feed and its md5, the packages.

Only facts that every version of the program has meant alike are compared here, so that an old
release is not called bad because sentences are put otherwise today.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from exports.danegov.feed import checksum
from exports.danegov.reading import parse_feed
from exports.danegov.rules import CHECKSUM, FEED, FOLDER
from exports.listing import MEDIA_TYPES
from exports.opening import DESCRIPTOR
from exports.release.told import Told
from exports.validate import Problem
from schemas.text import Text

_SENTENCES: Mapping[str, Text] = {
    "feed": Text("Pliku XML nie da się odczytać.", "The XML file cannot be read."),
    "md5": Text("Skrót md5 nie jest skrótem pliku XML.", "The md5 is not that of the XML."),
    "feed_address": Text(
        "XML podaje inny adres niż manifest albo nieznany identyfikator.",
        "The XML gives another address than the manifest, or an identifier that is not known.",
    ),
    "media_type": Text("Typ pliku jest niewłaściwy.", "The media type is not that of the file."),
    "resource": Text("Opis paczki mówi o innym pliku.", "The package tells of another file."),
}
_ENDINGS = {f".{ending}": media for ending, media in MEDIA_TYPES.items()}


def disagreements(tree: Path, told: Told) -> Iterator[Problem]:
    """Where feed and packages say something else than the manifest. Never raises for bad files."""
    yield from _feed(tree, told)
    for path in told.files:
        if path.rpartition("/")[2] == DESCRIPTOR:
            yield from _package(tree, path, told)


def _feed(tree: Path, told: Told) -> Iterator[Problem]:
    place = f"{FOLDER}/{FEED}"
    try:
        content = (tree / place).read_bytes()
        found = parse_feed(content).addresses
        digest = (tree / FOLDER / CHECKSUM).read_text(encoding="ascii")
    except (OSError, ValueError):
        yield _problem("feed", place)
        return
    if digest != f"{checksum(content)}\n":
        yield _problem("md5", f"{FOLDER}/{CHECKSUM}")
    known = offered(told)
    for ident, address in found.items():
        if f"{told.text('base_url')}{known.get(ident, '?')}" != address:
            yield Problem("feed_address", place, _SENTENCES["feed_address"], example=ident[:100])


def offered(told: Told) -> dict[str, str]:
    """The path of every file that a release offers, by its identifier."""
    listed = told.facts.get("datasets")
    return {
        str(ident): str(path)
        for dataset in (listed if isinstance(listed, list) else [])
        if isinstance(dataset, dict) and isinstance(files := dataset.get("files"), dict)
        for ident, path in files.items()
    }


def _package(tree: Path, path: str, told: Told) -> Iterator[Problem]:
    folder = path.removesuffix(DESCRIPTOR)
    try:
        resources = json.loads((tree / path).read_bytes())["resources"]
        described = [(str(one["path"]), one["mediatype"], one["hash"]) for one in resources]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        yield _problem("resource", path)
        return
    for name, media, digest in described:
        file = told.files.get(folder + name)
        if file is None or digest != f"sha256:{file.sha256}":
            yield Problem("resource", path, _SENTENCES["resource"], example=name[:100])
        wanted = _ENDINGS.get(Path(name).suffix)
        if wanted is not None and media != wanted:
            yield Problem("media_type", path, _SENTENCES["media_type"], example=name[:100])


def _problem(rule: str, place: str) -> Problem:
    return Problem(rule, place, _SENTENCES[rule])
