"""Points 15, 16, 24 to 26, 30, 32, 33: addresses, the md5, and the files behind the addresses."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from exports.danegov.case import Case, inside_file
from exports.danegov.feed import checksum
from exports.danegov.points import point
from exports.danegov.results import Finding, Note
from exports.danegov.rules import (
    CHECKSUM,
    DOCUMENTS,
    FEED,
    FOLDER,
    MAX_BYTES,
    MAX_FEED_URL,
    MAX_URL,
    MIN_BYTES,
    SCORES,
)
from exports.danegov.sniffing import looks_like
from schemas.files import sha256
from schemas.text import Text

_HASH = re.compile(r"[0-9a-f]{8,64}")
_MD5 = re.compile(rb"[0-9a-f]{32}\n?")
_BUILD = Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release.")
_SITE = Text(
    "Popraw ustawienie base_url: https, port 443, bez spacji, i zbuduj wydanie od nowa.",
    "Mend the setting base_url: https, port 443, no spaces, and make the release anew.",
)


def _said(what: object) -> Text:
    return Text(str(what), str(what))


def _addresses(case: Case) -> Iterator[tuple[str, str]]:
    """Place and address of every data set, resource and supplement."""
    for item in case.feed.items():
        if item.has("url"):
            yield item.place, item.text("url")
        for address in item.texts("supplements/supplement/url"):
            yield item.place, address


@point(
    15,
    Text("Adresy są https i poprawne", "Addresses are https and well-formed"),
    fix=_SITE,
)
def addresses(case: Case) -> Iterator[Finding]:
    """Point 15."""
    for place, address in _addresses(case):
        if not _good(address):
            yield Finding(place, _said(address[:200]))


def _good(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and bool(parts.hostname)
        and port in {None, 443}
        and "#" not in address
        and not re.search(r"\s|%20", address)
        and len(address) <= MAX_URL
    )


@point(
    16,
    Text(
        "Adres zmienia się wtedy i tylko wtedy, gdy zmieniają się bajty",
        "An address changes exactly when the bytes do",
    ),
    fix=_BUILD,
)
def versioned_addresses(case: Case) -> Iterator[Finding]:
    """Point 16: availability, the hash in the name, no shared address, against the last release."""
    counts = Counter(case.feed.addresses.values())
    before = case.before.addresses if case.before else {}
    for resource in case.feed.resources:
        address, place = resource.text("url"), resource.place
        if resource.text("availability") != "local":
            yield Finding(place, _said(f"availability {resource.text('availability')}"))
        if counts[address] > 1:
            yield Finding(place, Text(f"{address} jest dwa razy.", f"{address} is there twice."))
        path = case.file_of(address)
        if path is None:
            yield Finding(place, Text(f"Nie ma pliku {address}.", f"There is no {address}."))
            continue
        digest = sha256(path)
        if not any(digest.startswith(found) for found in _HASH.findall(path.name)):
            text = Text(
                f"Nazwa {path.name} nie ma skrótu swoich bajtów.",
                f"The name {path.name} has no hash of its bytes.",
            )
            yield Finding(place, text)
        old = _old_file(case, before.get(resource.ident, ""))
        if old is not None and before[resource.ident] != address and sha256(old) == digest:
            text = Text("Nowy adres tych samych bajtów.", "A new address of the same bytes.")
            yield Finding(place, text)
        _, offer = case.offers.get(resource.ident, (None, None))
        if offer is not None and (offer.sha256 != digest or offer.bytes != path.stat().st_size):
            text = Text("Plik jest inny niż w wydaniu.", "The file is not that of the release.")
            yield Finding(place, text)


def _old_file(case: Case, address: str) -> Path | None:
    """The file that the last release had at an address."""
    base = case.listing.publication.base_url
    if case.previous is None or not address.startswith(base):
        return None
    return inside_file(case.previous, address.removeprefix(base))


@point(
    24,
    Text("Suma md5 leży obok XML i adres jest krótki", "The md5 lies beside a short XML address"),
    fix=_SITE,
)
def checksum_beside(case: Case) -> Iterator[Finding]:
    """Point 24."""
    if not case.md5_path.is_file():
        yield Finding(CHECKSUM, Text("Pliku nie ma.", "There is no file."))
    address = f"{case.listing.publication.base_url}{FOLDER}/{FEED}"
    if len(address) > MAX_FEED_URL or "?" in address or not _good(address):
        yield Finding(FEED, _said(address[:250]))


@point(25, Text("Suma md5 jest sumą pliku XML", "The md5 is that of the XML"), fix=_BUILD)
def checksum_right(case: Case) -> Iterator[Finding]:
    """Point 25 on disk; `--online` looks at what is served."""
    told = case.md5_path.read_bytes()[:100] if case.md5_path.is_file() else b""
    if not _MD5.fullmatch(told):
        yield Finding(CHECKSUM, Text("To nie 32 cyfry.", "It is not 32 hex digits."))
    elif told.decode().strip() != checksum(case.xml):
        yield Finding(CHECKSUM, Text("Suma się nie zgadza.", "The sum is another one."))


@point(
    26,
    Text(
        "XML i md5 należą do jednego wydania i zmieniają się razem",
        "XML and md5 belong to one release and change together",
    ),
    fix=Text(
        "Nie kopiuj tych plików osobno: publikuje je pim release jednym przestawieniem.",
        "Do not copy these files one by one: pim release publishes both by one move.",
    ),
)
def one_release(case: Case) -> Iterator[Finding]:
    """Point 26: both are plain files of the tree, so that one move of the pointer changes both."""
    for path in (case.xml_path.parent, case.xml_path, case.md5_path):
        if path.is_symlink():
            yield Finding(path.name, Text("To dowiązanie.", "It is a link."))


@point(
    30,
    Text("Pliki poprzedniego wydania są nadal", "Files of the last release are still there"),
    fix=Text(
        "Przywróć plik: portal pobiera go, dopóki nie wczyta nowego XML.",
        "Bring the file back: the portal fetches it until it has read the new XML.",
    ),
)
def old_files_stay(case: Case) -> Iterator[Finding]:
    """Point 30."""
    if case.before is None:
        return
    for item in case.before.items():
        told = [item.text("url")] if item.kind == "resource" else []
        for address in (*told, *item.texts("supplements/supplement/url")):
            if item.ident not in case.withdrawn and case.file_of(address) is None:
                yield Finding(item.place, Text(f"Nie ma {address}.", f"{address} is gone."))


@point(
    32,
    Text(
        "Rozszerzenie i treść pliku mówią to samo, a portal przyjmuje format",
        "Ending and content of a file agree, and the portal takes the format",
    ),
    fix=Text(
        "Popraw plik. Parquet, DuckDB i ZIP z wieloma plikami zostają na własnej stronie.",
        "Mend the file. Parquet, DuckDB and ZIP of several files stay on our own site.",
    ),
)
def formats(case: Case) -> Iterator[Finding]:
    """Point 32; the Content-Type is looked at by `--online`."""
    for place, address in _addresses(case):
        path = case.file_of(address)
        if path is None:
            continue
        ending = path.suffix.removeprefix(".").lower()
        if ending not in SCORES and ending not in DOCUMENTS:
            yield Finding(place, Text(f"Portal nie zna „{ending}”.", f"Unknown '{ending}'."))
        elif ending in {*SCORES, "odt"} and not looks_like(path, ending):
            yield Finding(place, Text(f"To nie {ending}.", f"It is not {ending}."))


@point(
    33,
    Text(
        "Każdy plik ma od 1024 B do 1 GiB",
        "Each file is of 1024 B to 1 GiB",
    ),
    fix=_BUILD,
)
def sizes(case: Case) -> Iterator[Finding | Note]:
    """Point 33: what is listed is within the limits, and what stays away is named."""
    for place, address in _addresses(case):
        path = case.file_of(address)
        if path is not None and not MIN_BYTES <= path.stat().st_size <= MAX_BYTES:
            yield Finding(place, _said(f"{path.name}: {path.stat().st_size} B"))
    for left in case.choice.left_out:
        yield Note(Finding(left.offer.ident, left.why))
