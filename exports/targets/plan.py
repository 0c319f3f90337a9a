"""What of a release goes to a target, and in which order.

First what nobody names yet, then what names it, and last of all what the portal reads: who follows
an address that was just published finds it there, whatever moment the sending has reached.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from exports.release.manifest import VOLATILE, files_below
from exports.release.told import Told, read_manifest
from exports.release.versions import Version
from exports.serving.rules import FEEDS, HASHED, SHELF, headers_of, is_hidden
from schemas.errors import Exit, PimError
from schemas.files import sha256
from schemas.text import Text

_HASHED = re.compile(rf"{SHELF}{HASHED}$")
_FEEDS = re.compile(FEEDS)
_NAMING = re.compile(r"^/(?:[^/]+|.*/(?:datapackage\.json|index\.html))$")
"""What tells of other files: catalogues and manifest at the top, descriptors of packages, pages."""

LAST = 3
"""The step of the portal's XML and its md5."""


@dataclass(frozen=True)
class Item:
    """One file that a target is to have."""

    path: str
    """Below the public folder."""
    source: Path
    bytes: int
    sha256: str
    served_as: str = ""
    """Another address whose headers it gets: that of the page about something withdrawn."""

    @property
    def step(self) -> int:
        """0 hashed names, 1 the rest, 2 what tells of other files, 3 the portal's XML and md5."""
        address = f"/{self.path}"
        if _FEEDS.search(address):
            return LAST
        if _NAMING.search(address):
            return LAST - 1
        return 0 if _HASHED.search(address) and not self.served_as else 1

    @property
    def headers(self) -> dict[str, str]:
        """Content-Type, Cache-Control and, for a download, Content-Disposition."""
        return headers_of(f"/{self.served_as or self.path}")

    @property
    def order(self) -> tuple[int, bool, str]:
        """Sorts files as they are sent; the md5 after its XML."""
        return self.step, self.path.endswith(".md5"), self.path


@dataclass(frozen=True)
class Plan:
    """A release, ready to be sent."""

    version: str
    previous: str
    """The release before; "" for the first."""
    tree: Path
    items: tuple[Item, ...]
    """In the order in which they are sent."""
    graves: tuple[str, ...]
    """Addresses that were withdrawn, without a final slash: folders with a page."""


def plan_of(public: Path) -> Plan:
    """All files of the release that `public` points at, each held against its hash.

    Raises PimError `PIM-TGT-001` where that is no release, and `PIM-REL-015` where a file is not
    the one that was released: nothing has been sent then.
    """
    tree = public.resolve()
    told = read_manifest(tree)
    if Version.read(told.version) is None or tree.name != told.version:
        raise PimError(
            "PIM-TGT-001",
            Text("Nie ma wydania, które można opublikować.", "There is no release to publish."),
            where=str(public),
            why=Text(
                "Folder public pokazuje próbne budowanie, a nie wydanie z numerem.",
                "The folder public shows a trial build and no release with a number.",
            ),
            fix=Text("Uruchom „pim release”.", "Run 'pim release'."),
            exit_code=Exit.USAGE,
        )
    items = [
        Item(path, source, source.stat().st_size, sha256(source))
        for path, source in files_below(tree)
        if not is_hidden(f"/{path}")
    ]
    _refuse_damaged(told, items)
    return Plan(
        told.version,
        told.text("previous"),
        tree,
        tuple(sorted(items, key=lambda item: item.order)),
        tuple(sorted(told.graves)),
    )


def _refuse_damaged(told: Told, items: list[Item]) -> None:
    found = {item.path: item.sha256 for item in items}
    bad = sorted(
        path
        for path, file in told.files.items()
        if path not in found
        or (not path.endswith(VOLATILE) and file.sha256 not in {None, found[path]})
    )
    if bad:
        raise PimError(
            "PIM-REL-015",
            Text("To wydanie jest uszkodzone.", "This release is damaged."),
            where=", ".join(bad[:5]),
            fix=Text(
                "Zobacz „pim release verify” i odtwórz folder wydania z kopii. Nic nie wysłano.",
                "See 'pim release verify' and restore the release from a copy. Nothing was sent.",
            ),
            exit_code=Exit.DATA,
        )
