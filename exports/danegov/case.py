"""What is judged before publishing: a release tree, its listing, and what is known beside them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from exports import sql
from exports.danegov.choosing import Choice, choose
from exports.danegov.reading import Feed, Item, parse_feed
from exports.danegov.results import NotJudged, PointResult, TableSeen
from exports.danegov.rules import CHECKSUM, FEED, FOLDER
from exports.danegov.scanning import CsvSeen, scan
from exports.listing import Entry, Listing, Offer
from exports.opening import File, open_package
from exports.validate import Problem, check_package
from schemas.errors import PimError
from schemas.text import LANGS, Text

CatalogueJudge = Callable[[Path, Listing], Iterable[PointResult]]
"""Judges the catalogues of a release (points 51 to 58 as far as they are about them)."""
TableValidator = Callable[[Sequence[Path], Mapping[Path, Sequence[str]]], Mapping[Path, TableSeen]]
"""The portal's own validator: CSV files and their declared signs to what it found."""

_HOST = re.compile(rb"https?://([A-Za-z0-9.-]+)")
_BAD_BEFORE = Text(
    "Pliku poprzedniego wydania nie da się odczytać.",
    "The feed of the release before cannot be read.",
)
_VOCABULARIES = frozenset({"www.w3.org", "schema.org", "purl.org", "json-ld.org"})
"""What they are named for is no link: the portal does not count predicates either."""
_NO_FEED = Text(
    "Pliku XML nie da się odczytać; zob. punkt 1.", "The XML cannot be parsed; see point 1."
)


@contextmanager
def engine_for() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that spills outside the release: nothing is ever written into that."""
    with TemporaryDirectory() as spill, sql.session(Path(spill)) as engine:
        yield engine


def inside_file(tree: Path, name: str) -> Path | None:
    """The file of this name below a tree; None where there is none, or it leads out of it."""
    try:
        path = tree / name
        inside = path.resolve().is_relative_to(tree.resolve())
        return path if inside and path.is_file() else None
    except (OSError, ValueError):
        # A name that no file system takes.
        return None


@dataclass(frozen=True)
class Case:
    """What is judged: a release tree, its listing, and what is known beside them."""

    tree: Path
    listing: Listing
    previous: Path | None = None
    """The public folder of the release before."""
    withdrawn: frozenset[str] = frozenset()
    """Identifiers that may disappear: by a reviewed decision alone."""
    takeover: Mapping[str, int] = field(default_factory=dict)
    schema: Path | None = None
    """The portal's official XSD, where its snapshot is there."""
    codes: frozenset[str] | None = None
    """TERC codes in force; None: those of voivodeships alone are known."""
    judge_catalogues: CatalogueJudge | None = None
    validator: TableValidator | None = None

    @property
    def xml_path(self) -> Path:
        """The harvester file."""
        return self.tree / FOLDER / FEED

    @property
    def md5_path(self) -> Path:
        """Its checksum."""
        return self.tree / FOLDER / CHECKSUM

    @cached_property
    def xml(self) -> bytes:
        """The bytes of the harvester file, none where it is missing."""
        return self.xml_path.read_bytes() if self.xml_path.is_file() else b""

    @cached_property
    def parsed(self) -> Feed | str:
        """The feed, or why it is none."""
        try:
            return parse_feed(self.xml)
        except ValueError as error:
            return str(error)

    @property
    def feed(self) -> Feed:
        """The feed; a point that needs it is not judged where it cannot be parsed."""
        if isinstance(self.parsed, str):
            raise NotJudged(_NO_FEED)
        return self.parsed

    @cached_property
    def before(self) -> Feed | None:
        """The feed of the release before, where there was one."""
        path = self.previous / FOLDER / FEED if self.previous else None
        if path is None or not path.is_file():
            return None
        try:
            return parse_feed(path.read_bytes())
        except (OSError, ValueError) as error:
            raise NotJudged(_BAD_BEFORE) from error

    @cached_property
    def choice(self) -> Choice:
        """What goes to the portal."""
        return choose(self.listing)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Data sets of the listing by the identifier that they have on the portal."""
        return {entry.dataset.slug: entry for entry, _ in self.choice.entries}

    @cached_property
    def offers(self) -> dict[str, tuple[Entry, Offer]]:
        """Files that go to the portal by identifier."""
        return {
            offer.ident: (entry, offer) for entry, offers in self.choice.entries for offer in offers
        }

    def file_of(self, address: str) -> Path | None:
        """The file of the tree that an address stands for; None where it is not ours."""
        base = self.listing.publication.base_url
        inside = address.removeprefix(base)
        if inside == address or not inside:
            return None
        return inside_file(self.tree, inside)

    def entry_of(self, item: Item) -> Entry | None:
        """The data set of the listing that an item of the feed belongs to."""
        if item.kind == "dataset":
            return self.entries.get(item.ident)
        return self.offers[item.ident][0] if item.ident in self.offers else None

    @cached_property
    def packages(self) -> dict[str, Path]:
        """Folders of the data packages by their place below the public folder."""
        names = [
            f"{'' if lang == 'pl' else 'en/'}{entry.dataset.slug}"
            for entry in self.listing.entries
            for lang in LANGS
        ]
        return {name: self.tree / name for name in names}

    @cached_property
    def problems(self) -> list[tuple[str, Problem]]:
        """What the reader of packages says of all of them, all rows."""
        with engine_for() as engine:
            return [
                (name, problem)
                for name, folder in self.packages.items()
                for problem in check_package(folder, within=engine)
            ]

    @cached_property
    def described(self) -> dict[str, tuple[File, ...]]:
        """What the packages say of their files; a package that cannot be opened has none."""
        found: dict[str, tuple[File, ...]] = {}
        for name, folder in self.packages.items():
            try:
                found[name] = open_package(folder)
            except PimError:
                found[name] = ()
        return found

    @cached_property
    def kinds(self) -> dict[tuple[str, str], str]:
        """The type of a column by package and place (`file.csv: column`)."""
        return {
            (name, f"{file.path.name}: {field.name}"): field.kind
            for name, files in self.described.items()
            for file in files
            for field in file.fields
        }

    @cached_property
    def missing(self) -> dict[str, set[str]]:
        """Declared signs for no value of each CSV of the packages, by its sha256."""
        return {
            file.sha256: set(file.missing)
            for files in self.described.values()
            for file in files
            if file.fields
        }

    @cached_property
    def csvs(self) -> list[CsvSeen]:
        """Every CSV that goes to the portal, looked at row by row."""
        with engine_for() as engine:
            return [
                scan(engine, offer, self.tree / offer.path)
                for offer in self.choice.offers
                if offer.format == "csv" and (self.tree / offer.path).is_file()
            ]

    @cached_property
    def validated(self) -> Mapping[Path, TableSeen] | None:
        """What the portal's own validator says, where it is installed."""
        if self.validator is None:
            return None
        signs = {csv.path: csv.signs for csv in self.csvs}
        return self.validator(list(signs), signs)

    @staticmethod
    def hosts(path: Path) -> set[str]:
        """The hosts that a file names in its first 4 MiB, but those of vocabularies."""
        with path.open("rb") as handle:
            found = _HOST.findall(handle.read(4 * 1024 * 1024))
        return {host.decode().lower() for host in found} - _VOCABULARIES
