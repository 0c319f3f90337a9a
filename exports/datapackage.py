"""`datapackage.json`: the descriptor of one data package (Data Package v2)."""

from collections.abc import Sequence
from pathlib import Path

from exports.parts import title
from exports.publication import Publication
from exports.tables import Resource
from schemas.datasets import DataSet
from schemas.derive.table_schema import other, package_name, table_schema, twins
from schemas.files import sha256
from schemas.text import Lang, Text

_PROFILES = "https://datapackage.org/profiles/2.0"


def _csv(resource: Resource, lang: Lang, among: Sequence[type]) -> dict[str, object]:
    table = resource.table
    found: dict[str, object] = {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": resource.name,
        "type": "table",
        "path": resource.path.name,
        **twins(lang, title(table, resource.part), table.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "$schema": f"{_PROFILES}/tabledialect.json",
            "header": True,
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}",
        "_row": table.row.of(lang),
        "_rows": resource.rows,
        "schema": table_schema(table, lang, among=among, signs=resource.signs),
    }
    if resource.part:
        # Not one resource with several paths: the portal and CSVW know one file each, and so does
        # frictionless, which takes a hash of one file alone.
        found |= {"_table": table.name_in(lang), "_part": resource.part}
    return found


def _parquet(resource: Resource, lang: Lang) -> dict[str, object]:
    """A Parquet file as a plain file.

    With the format `parquet` (or none) frictionless 5.21 would load it through pandas, at
    5,500 rows a second, and fail where pandas is missing. Under another word it checks bytes
    and hash, and the official profile is content too. Names and types are in the file itself.
    """
    table = resource.table
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": resource.name,
        "path": resource.path.name,
        **twins(lang, table.title, table.description),
        "format": "apache-parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}",
        "_rows": resource.rows,
    }


def plain_file(
    path: Path, title: Text, description: Text, kind: str, mediatype: str, lang: Lang
) -> dict[str, object]:
    """A resource that is a file and no table; it must be written already."""
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": path.stem,
        "path": path.name,
        **twins(lang, title, description),
        "format": kind,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def _contributors(publication: Publication, lang: Lang) -> list[dict[str, object]]:
    contact = "email" if "@" in publication.contact else "path"
    publisher: dict[str, object] = {
        "title": publication.publisher.of(lang),
        "path": publication.homepage,
        "roles": ["publisher", "contact"],
    }
    return [publisher | {contact: publication.contact}]


def descriptor(
    dataset: DataSet,
    resources: Sequence[Resource],
    lang: Lang,
    publication: Publication,
    others: Sequence[dict[str, object]] = (),
) -> dict[str, object]:
    """The descriptor of a package, keys in reading order.

    `resources` are CSV and Parquet files in the order of the tables, `others` further resources
    as `plain_file` describes them. Texts are in `lang`, with
    twins in the other language as private properties (`title@en`).
    """
    tables = [resource.table for resource in resources]
    licence = publication.licence
    keywords = {"pl": list(dataset.keywords_pl), "en": list(dataset.keywords_en)}
    twin = other(lang)
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": package_name(dataset, lang),
        "id": publication.address(dataset.slug, lang, "datapackage.json"),
        **twins(lang, dataset.title, dataset.description),
        "homepage": publication.homepage,
        "version": publication.version,
        "created": f"{publication.date.isoformat()}T00:00:00Z",
        "keywords": keywords[lang],
        f"keywords@{twin}": keywords[twin],
        "contributors": _contributors(publication, lang),
        "licenses": [{"name": licence.name, "path": licence.path, "title": licence.title.of(lang)}],
        "sources": [
            {"title": source.title.of(lang), "path": source.path} for source in publication.sources
        ],
        "_language": lang,
        "_attribution": [line.of(lang) for line in publication.attribution],
        "resources": [
            _csv(resource, lang, tables)
            if resource.path.suffix == ".csv"
            else _parquet(resource, lang)
            for resource in resources
        ]
        + list(others),
    }
