"""Documents from a list of addresses into the folder of documents.

A list is a text file: an address a line, `#` begins a remark. What a server says of a version is
kept beside the documents, so that the next time only what changed comes. A document that can not
be read is not kept; the one that was there stays.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from schemas.errors import Exit, PimError
from schemas.files import replacing, write_json
from schemas.text import Text
from sources.documents import refusals
from sources.documents.reading import MEDIA, parse_document
from sources.snapshots.store import safe_name
from sources.web.client import Web
from sources.web.download import Arrived, Validators, Wanted, download, forget
from sources.web.reach import Reach
from sources.web.trying import Patience
from sources.web.turns import Turns

STATE = ".fetched.json"
"""What is known of fetched documents, in their folder; its name keeps it from being read."""
MAX_ADDRESSES = 1_000
_ENDING_OF = {media: f".{ending}" for ending, media in MEDIA.items()}


@dataclass(frozen=True)
class Fetched:
    """What became of one address."""

    address: str
    file: str
    """Its name below the folder; empty where it never came."""
    outcome: str
    """`new`, `changed`, `unchanged` or `failed`."""
    error: PimError | None = None

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "address": self.address,
            "file": self.file,
            "outcome": self.outcome,
            "error": self.error.as_dict() if self.error else None,
        }


def addresses_in(path: Path) -> list[str]:
    """The addresses of a list, each once, in its order.

    Raises PimError `PIM-DOC-001` (no such list) or `PIM-DOC-009` (a line that is no address, or
    too many of them).
    """
    if not path.is_file():
        raise refusals.missing(str(path))
    found: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        address = line.partition("#")[0].strip()
        if address and not urlsplit(address).hostname:
            raise bad_list(f"{path.name}, {number}: {address[:100]}")
        if address:
            found.append(address)
    if len(found) > MAX_ADDRESSES:
        raise bad_list(f"{path.name}: {len(found)} > {MAX_ADDRESSES}")
    return list(dict.fromkeys(found))


def bad_list(where: str) -> PimError:
    """`PIM-DOC-009`: the list of addresses is not right."""
    return PimError(
        "PIM-DOC-009",
        Text("Lista adresów dokumentów jest zła.", "The list of document addresses is not right."),
        where=where,
        fix=Text(
            "Podaj w każdym wierszu jeden pełny adres, na przykład https://www.gov.pl/….",
            "Give one full address a line, such as https://www.gov.pl/….",
        ),
        exit_code=Exit.USAGE,
    )


def files_of(folder: Path) -> dict[str, str]:
    """The file in `folder` that came from each address, where it is still there."""
    known = _known(folder)
    files = {address: facts.get("file", "") for address, facts in known.items()}
    return {address: file for address, file in files.items() if (folder / file).is_file()}


def fetch_documents(
    addresses: Sequence[str],
    folder: Path,
    *,
    loopback: bool = False,
    pause: float = 1,
    patience: Patience | None = None,
    say: Callable[[Fetched], None] = lambda one: None,
) -> list[Fetched]:
    """Fetch each address into `folder`; one that fails is no failure of the others.

    An address may lead to other pages of its own host and nowhere else. `loopback` allows this
    machine, for trials.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _known(folder)
    results: list[Fetched] = []
    for address in addresses:
        reach = Reach(frozenset({(urlsplit(address).hostname or "").lower()}), loopback)
        turns = Turns(folder / ".turns")
        with Web(reach, turns, pause, patience or Patience()) as web:
            one = _fetch(web, address, folder, known)
        results.append(one)
        say(one)
        # After each, so that a run that is killed has lost nothing.
        write_json(folder / STATE, dict(sorted(known.items())))
    return results


def _fetch(web: Web, address: str, folder: Path, known: dict[str, dict[str, str]]) -> Fetched:
    before = known.get(address, {})
    name = before.get("file", "")
    here = bool(name) and (folder / name).is_file()
    seen = Validators(before.get("etag", ""), before.get("last_modified", ""))
    mark = hashlib.sha256(address.encode()).hexdigest()[:12]
    part = folder / f".{mark}.part"
    wanted = Wanted(
        address,
        part,
        refusals.MAX_BYTES,
        (*_ENDING_OF, "application/octet-stream"),
        seen if here else Validators(),
    )
    try:
        arrived = download(web, wanted)
        if arrived.path is None:
            return Fetched(address, name, "unchanged")
        data = arrived.path.read_bytes()
        name = f"{mark}-{_name_of(arrived)}"
        parse_document(data, name)
    except PimError as error:
        return Fetched(address, name if here else "", "failed", error)
    finally:
        forget(part)
    digest = hashlib.sha256(data).hexdigest()
    known[address] = {
        "file": name,
        "sha256": digest,
        "etag": arrived.validators.etag,
        "last_modified": arrived.validators.last_modified,
    }
    if here and before.get("sha256") == digest:
        return Fetched(address, name, "unchanged")
    with replacing(folder / name) as temporary:
        temporary.write_bytes(data)
    if here and before["file"] != name:
        (folder / before["file"]).unlink(missing_ok=True)
    return Fetched(address, name, "changed" if here else "new")


def _name_of(arrived: Arrived) -> str:
    """A safe file name whose ending is that of a kind that is read, where the server tells it."""
    name = safe_name(arrived.name)
    ending = _ENDING_OF.get(arrived.media_type, "")
    return name if Path(name).suffix.lower() in refusals.ENDINGS else f"{name}{ending}"


def _known(folder: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Without it everything is fetched again, and nothing is lost.
        return {}
    return {
        str(address): {str(k): str(v) for k, v in told.items()}
        for address, told in (found.items() if isinstance(found, dict) else ())
        if isinstance(told, dict)
    }
