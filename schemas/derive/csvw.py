"""CSV on the Web (CSVW) metadata of a table's published CSV, with texts in both languages."""

from collections.abc import Collection

from schemas.columns import LIST_SEPARATOR, Column
from schemas.derive.table_schema import member_pattern, other
from schemas.table import Table
from schemas.text import LANGS, Lang, Text

_BASES = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "boolean": "boolean",
    "date": "date",
    "datetime": "dateTime",
}
_FORMATS = {
    "boolean": "True|False",
    "date": "yyyy-MM-dd",
    "datetime": "yyyy-MM-ddTHH:mm:ss",
}


def _both(text: Text) -> list[dict[str, str]]:
    return [{"@value": text.of(lang), "@language": lang} for lang in LANGS]


def _datatype(column: Column) -> dict[str, object]:
    found: dict[str, object] = {"base": _BASES[column.kind]}
    pattern = None if column.codes else member_pattern(column)
    if pattern is not None or column.kind in _FORMATS:
        found["format"] = _FORMATS.get(column.kind, pattern)
    if column.minimum is not None:
        found["minimum"] = column.minimum
    if column.maximum is not None:
        found["maximum"] = column.maximum
    if column.max_length is not None and not column.many:
        found["maxLength"] = column.max_length
    return found


def _column(column: Column, lang: Lang) -> dict[str, object]:
    header = column.name_in(lang)
    found: dict[str, object] = {
        "name": header,
        # The first title is the header itself: validators compare the header with titles.
        "titles": {
            lang: [header, column.title.of(lang)],
            other(lang): [column.title.of(other(lang))],
        },
        "dc:description": _both(column.description),
        "datatype": _datatype(column),
        "required": not column.null,
    }
    if column.null:
        found["null"] = ["", column.missing]
    if column.many:
        found["separator"] = LIST_SEPARATOR
    return found


def csvw(
    table: type[Table],
    lang: Lang,
    *,
    url: str,
    licence: str = "",
    keywords: Collection[str] = (),
    part_title: Text | None = None,
) -> dict[str, object]:
    """The metadata that stands beside a CSV as `<name>.csv-metadata.json`.

    `url` is the CSV relative to the metadata, `licence` the address of the licence, `keywords`
    describe the data set, `part_title` is the title of a file with a part of the table. References
    are left out: a file that describes one table may not name others.
    """
    found: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": url,
        "dc:title": _both(part_title or table.title),
        "dc:description": _both(table.description),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "lineTerminators": ["\n"],
        },
        "tableSchema": {
            "columns": [_column(column, lang) for column in table.columns],
            "primaryKey": [column.name_in(lang) for column in table.key],
        },
    }
    if keywords:
        found["dc:subject"] = list(keywords)
    if licence:
        found["dc:license"] = {"@id": licence}
    return found
