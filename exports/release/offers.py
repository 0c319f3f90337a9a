"""What a release offers, read from its packages: the one builder of `exports.listing.Listing`.

Every file that a catalogue names gets a second name below `files/`, with the hash of its bytes
in it: new bytes, new address, and the old address stays.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exports import parts
from exports.listing import FORMAT_NAMES, FileFormat, Offer
from exports.opening import DESCRIPTOR
from schemas.datasets import DataSet
from schemas.rules import SPECIAL_SIGNS
from schemas.table import Table
from schemas.text import LANGS, Lang, Text

POOL = "files"
"""The folder of files that are never changed and never go."""
HASH_DIGITS = 12
"""Hex digits of the sha256 in a name: 48 bits, and a clash would be found by the manifest."""

_MIDDLE: dict[Lang, str] = {"pl": "", "en": ".en"}
"""What stands in names and identifiers of files in a language."""

Json = Mapping[str, object]


@dataclass(frozen=True)
class Twin:
    """A further form of a table, such as JSON-LD, that was written into the tree."""

    table: type[Table]
    lang: Lang
    format: FileFormat
    path: str


def package_folder(dataset: DataSet, lang: Lang) -> str:
    """The folder of a package below the public folder, with a final slash."""
    return f"{'' if lang == 'pl' else 'en/'}{dataset.slug}/"


def pooled(dataset: DataSet, stem: str, lang: Lang, sha256: str, ending: str) -> str:
    """The address of a file that never changes: `files/<slug>/<name>[.en].<hash>.<ending>`."""
    return f"{POOL}/{dataset.slug}/{stem}{_MIDDLE[lang]}.{sha256[:HASH_DIGITS]}.{ending}"


class Shelf:
    """Puts the files of one data set below `files/` and tells what they are."""

    def __init__(
        self,
        tree: Path,
        dataset: DataSet,
        hashes: Mapping[str, str],
        keep: Callable[[str, str], None],
    ) -> None:
        self.tree = tree
        self.dataset = dataset
        self._hashes = hashes
        self._keep = keep

    def offers(
        self, tables: Sequence[type[Table]], twins: Sequence[Twin] = ()
    ) -> tuple[Offer, ...]:
        """The data files of the data set: tables in their order, then what is no table."""
        described = {lang: self._resources(lang) for lang in LANGS}
        found = [
            offer
            for table in tables
            for lang in LANGS
            for offer in self._of_table(table, lang, described[lang], twins)
        ]
        return (*found, *self._plain(tables, described))

    def supplement(self, path: str, lang: Lang, title: Text, description: Text) -> Offer:
        """A document about the data, already written at `path` as ODT."""
        stem = path.rpartition("/")[2].rpartition(".")[0]
        ident = f"{self.dataset.slug}.dictionary{_MIDDLE[lang]}.odt"
        return self._kept(path, stem, _bare(ident, None, lang, "odt", title, description))

    def _resources(self, lang: Lang) -> list[Json]:
        path = self.tree / package_folder(self.dataset, lang) / DESCRIPTOR
        found = json.loads(path.read_bytes())["resources"]
        return [one for one in found if isinstance(one, dict)]

    def _of_table(
        self, table: type[Table], lang: Lang, resources: list[Json], twins: Sequence[Twin]
    ) -> Iterator[Offer]:
        name = table.name_in(lang)
        folder = package_folder(self.dataset, lang)
        for one in resources:
            if name in {one["name"], one.get("_table")}:
                part = str(one.get("_part", ""))
                bare = _of(table, lang, "csv", part)
                bare = replace(bare, rows=_rows(one), signs=_signs(one))
                file = parts.stem(table, lang, part)
                yield self._kept(f"{folder}{file}.csv", file, bare)
        described = {one["name"]: one for one in resources}[f"{name}-parquet"]
        paths: dict[FileFormat, str] = {
            **{t.format: t.path for t in twins if t.table is table and t.lang == lang},
            "parquet": f"{folder}{name}.parquet",
        }
        for kind, path in paths.items():
            bare = replace(_of(table, lang, kind), rows=_rows(described))
            yield self._kept(path, name, bare)

    def _plain(
        self, tables: Sequence[type[Table]], described: Mapping[Lang, list[Json]]
    ) -> Iterator[Offer]:
        """Files that are no table; both packages have them in the same order."""
        others = [_others(described[lang], tables, lang) for lang in LANGS]
        for pair in zip(*others, strict=True):
            pl, en = pair
            title = Text(str(pl["title"]), str(en["title"]))
            description = Text(str(pl["description"]), str(en["description"]))
            for lang, one in zip(LANGS, pair, strict=True):
                ident = f"{en['name']}{_MIDDLE[lang]}.geojson"
                named = _title(title, lang, "geojson")
                yield self._kept(
                    f"{package_folder(self.dataset, lang)}{one['path']}",
                    str(one["name"]),
                    _bare(ident, None, lang, "geojson", named, description),
                )

    def _kept(self, path: str, stem: str, bare: Offer) -> Offer:
        """The offer of a file of the tree, now that the file lies below `files/`."""
        sha256 = self._hashes[path]
        address = pooled(self.dataset, stem, bare.lang, sha256, bare.format)
        self._keep(path, address)
        size = (self.tree / path).stat().st_size
        return replace(bare, path=address, bytes=size, sha256=sha256)


def _of(table: type[Table], lang: Lang, kind: FileFormat, part: str = "") -> Offer:
    """The offer of a table's file, or of a part of it, before that file is known."""
    ident = ".".join([table.name, *([part] if part else [])]) + f"{_MIDDLE[lang]}.{kind}"
    named = _title(parts.title(table, part), lang, kind)
    return replace(_bare(ident, table, lang, kind, named, table.description), part=part)


def _bare(  # the parts of an offer that are known before its file is
    ident: str,
    table: type[Table] | None,
    lang: Lang,
    kind: FileFormat,
    title: Text,
    description: Text,
) -> Offer:
    return Offer(ident, table, lang, kind, title, description, path="", bytes=0, sha256="")


def _title(title: Text, lang: Lang, kind: FileFormat) -> Text:
    """Titles differ within a data set: the language and the format belong to them."""
    tongue = Text("", "") if lang == "pl" else Text(", po angielsku", ", in English")
    name = FORMAT_NAMES[kind]
    return Text(f"{title.pl}{tongue.pl} ({name})", f"{title.en}{tongue.en} ({name})")


def _rows(resource: Json) -> int | None:
    found = resource.get("_rows")
    return found if isinstance(found, int) else None


def _signs(resource: Json) -> tuple[str, ...]:
    """The special signs that really stand in a CSV: its missing values but the empty text."""
    schema = resource.get("schema")
    missing = schema.get("missingValues") if isinstance(schema, dict) else None
    used = missing if isinstance(missing, list) else []
    return tuple(sign for sign in SPECIAL_SIGNS if sign in used)


def _others(resources: list[Json], tables: Sequence[type[Table]], lang: Lang) -> list[Json]:
    names = {f"{table.name_in(lang)}{end}" for table in tables for end in ("", "-parquet")}
    return [one for one in resources if one["name"] not in names and "_table" not in one]
