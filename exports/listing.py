"""What a release offers, told once: the harvester feed, DCAT, schema.org and the checks read it.

One model, several renderings: a fact that two catalogues state is taken from here by both.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.publication import Publication
from schemas.datasets import DataSet
from schemas.table import Table
from schemas.text import Lang, Text

FileFormat = Literal["csv", "jsonld", "ttl", "parquet", "geojson", "odt"]
"""Formats that are offered, by the ending of the file's name."""

MEDIA_TYPES: dict[FileFormat, str] = {
    "csv": "text/csv",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""The registered media type of each format."""
FORMAT_NAMES: dict[FileFormat, str] = {
    "csv": "CSV",
    "jsonld": "JSON-LD",
    "ttl": "Turtle",
    "parquet": "Parquet",
    "geojson": "GeoJSON",
    "odt": "ODT",
}
"""What people call each format."""


@dataclass(frozen=True)
class Offer:
    """One file as it is offered: a distribution in DCAT, a resource on the portal."""

    ident: str
    """Stable for ever and never reused: `<table>.<format>`, `<table>.en.<format>` in English;
    `<table>.<year>.<format>` of a part."""
    table: type[Table] | None
    """The table that it holds; None for boundaries and for a dictionary."""
    lang: Lang
    format: FileFormat
    title: Text
    description: Text
    path: str
    """Below the public folder, with the hash of its bytes in the name: new bytes, new address."""
    bytes: int
    sha256: str
    rows: int | None = None
    signs: tuple[str, ...] = ()
    """Special signs that really stand in it (CSV alone)."""
    data_date: date | None = None
    """The state that its data have; None where the release's date is all that is known."""
    part: str = ""
    """The year that it holds of a divided table (`exports.parts`); "" where it holds all."""

    @property
    def media_type(self) -> str:
        """Registered media type, without parameters."""
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True)
class Entry:
    """One data set as it is offered."""

    dataset: DataSet
    version: str
    """Semantic version of its schema: what a reader's program must know."""
    issued: date
    """When it was first released."""
    modified: date
    """When one of its files last changed."""
    files: tuple[Offer, ...]
    """Data files, by table in declared order, then by language and format."""
    supplements: tuple[Offer, ...] = ()
    """Documents about the data, such as the dictionary."""
    period: tuple[date, date] | None = None
    """First and last day that its rows speak of (`exports.period`); None where none has a date."""


@dataclass(frozen=True)
class Listing:
    """All that a release offers."""

    publication: Publication
    entries: tuple[Entry, ...]

    def address(self, offer: Offer) -> str:
        """The full web address of a file."""
        return f"{self.publication.base_url}{offer.path}"

    def period_of(self, entry: Entry) -> tuple[date, date] | None:
        """The period of a data set: its own, else that of the data sets that its rows refer to.

        Where those have none either, that of all data sets; None where no row has a date.
        """
        tables = {offer.table for offer in entry.files if offer.table is not None}
        leads_to = {
            column.references.table.dataset
            for table in tables
            for column in table.references
            if column.references is not None
        }
        near = [other for other in self.entries if other.dataset in leads_to]
        for among in ([entry], near, self.entries):
            known = [other.period for other in among if other.period is not None]
            if known:
                return min(first for first, _ in known), max(last for _, last in known)
        return None
