"""The rows of a table as linked data: JSON-LD, one node for each row, both languages together.

Every cell with a value is there. A row has an address made from its key; references are the
addresses of other rows, codes are concepts of our vocabulary (`vocab.ttl`) with their labels
beside them, texts in a known language are tagged with it, numbers, days and booleans are typed.
Each row also says where it is: in the NUTS region that its TERC code lies in, else in Poland.

DuckDB writes the nodes, so that a table of 100,000 rows takes a second or two.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from exports import sql
from exports.dcat import addresses, terms
from exports.publication import Publication
from schemas.columns import LIST_SEPARATOR, Column
from schemas.errors import Exit, PimError
from schemas.files import replacing
from schemas.table import Table
from schemas.text import LANGS, Text

MAX_ROWS = 100_000
"""Larger tables have no twin: readers of linked data hold all of it in memory."""
TERC_COLUMNS = ("terc", "powiat_code", "voivodeship_code")
"""Columns whose first two digits tell the voivodeship, the best first."""
_PIECE = 10_000
_XSD = {"number": "decimal", "date": "date", "datetime": "dateTime"}
_SAFE = r"https?://[A-Za-z0-9._~:/?#@!$&''()*+,;=%-]+"
"""Web addresses that are IRIs as they stand; others are kept as text of type anyURI."""


def links_to(column: Column) -> type[Table] | None:
    """The published table whose rows a reference leads to; None where it is a plain value."""
    target = column.references
    if target is None or target.table.dataset is None or target.table.key != (target,):
        return None
    return target.table


def language(column: Column) -> str | None:
    """The language of a column's texts, where it is one: by its name, notes are in Polish."""
    if column.kind != "string":
        return None
    if column.name.endswith(("_pl", "_en")):
        return column.name[-2:]
    return "pl" if column.name == "notes" else None


def _term(column: Column) -> object:
    """How the context explains the member that a column is."""
    found: dict[str, object] = {"@id": f"vocab:{column.table.name}/{column.name}"}
    if column.codes or links_to(column) or column.url:
        found["@type"] = "@id"
    elif column.kind in _XSD:
        found["@type"] = f"xsd:{_XSD[column.kind]}"
    elif tag := language(column):
        found["@language"] = tag
    return found if len(found) > 1 else found["@id"]


def context(publication: Publication, table: type[Table]) -> dict[str, object]:
    """The JSON-LD context of a table's twin; it names nothing that would have to be fetched.

    Raises ValueError where two names would mean different things.
    """
    found: dict[str, object] = {}

    def name(what: str, meaning: object) -> None:
        if found.setdefault(what, meaning) != meaning:
            raise ValueError(f"{table.name}: {what} would have two meanings")

    shared: dict[str, object] = {
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "eu": terms.AUTHORITY,
        "nuts": terms.NUTS,
        "vocab": f"{publication.base_url}{addresses.VOCABULARY}#",
        "spatial": {"@id": "http://purl.org/dc/terms/spatial", "@type": "@id"},
        table.__name__: addresses.row_prefix(publication, table),
    }
    for what, meaning in shared.items():
        name(what, meaning)
    for column in table.columns:
        target = links_to(column)
        if target is not None:
            name(target.__name__, addresses.row_prefix(publication, target))
        if column.codes is not None:
            name(column.codes.__name__, f"{addresses.code_list(publication, column.codes)}/")
            label = f"vocab:{table.name}/{column.name}/label"
            name(f"{column.name}_label", {"@id": label, "@container": "@language"})
        name(column.name, _term(column))
    return found


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _coded(prefix: str, value: str) -> str:
    """SQL for a compact address: the prefix and the encoded value."""
    return f"{sql.literal(prefix + ':')} || url_encode(CAST({value} AS VARCHAR))"


def _labels(column: Column) -> Iterator[str]:
    """SQL for the labels of a code in both languages."""
    for code in column.codes or ():
        labels = _json({lang: code.label.of(lang) for lang in LANGS})
        yield f"WHEN {sql.literal(str(code))} THEN {sql.literal(labels)}"


def _link(column: Column, target: type[Table]) -> str:
    """SQL for a reference as the address of a row, or of each of several."""
    stored = sql.stored(column)
    if not column.many:
        return f"to_json({_coded(target.__name__, stored)})"
    parts = f"string_split({stored}, {sql.literal(LIST_SEPARATOR)})"
    return f"to_json(list_transform({parts}, lambda part: {_coded(target.__name__, 'part')}))"


def _value(column: Column) -> str:
    """SQL for a cell as a JSON value."""
    stored = sql.stored(column)
    if column.codes is not None:
        return f"to_json({_coded(column.codes.__name__, stored)})"
    target = links_to(column)
    if target is not None:
        return _link(column, target)
    if column.url:
        odd = f"NOT regexp_full_match({stored}, '{_SAFE}')"
        text = f"to_json({{'@value': {stored}, '@type': 'xsd:anyURI'}})"
        return f"CASE WHEN {odd} THEN {text} ELSE to_json({stored}) END"
    plain = {
        "number": f"CAST(CAST({stored} AS {column.sql_type}) AS VARCHAR)",
        "date": f"strftime({stored}, '%Y-%m-%d')",
        "datetime": f"strftime({stored}, '%Y-%m-%dT%H:%M:%S')",
    }
    return f"to_json({plain.get(column.kind, stored)})"


def _spatial(table: type[Table]) -> str:
    """SQL for where a row is: its NUTS region, or the country."""
    country = sql.literal(f"eu:{terms.POLAND.table}/{terms.POLAND.code}")
    named = {column.name: column for column in table.columns}
    found = next((named[name] for name in TERC_COLUMNS if name in named), None)
    if found is None:
        return country
    regions = " ".join(
        f"WHEN {sql.literal(code)} THEN {sql.literal(f'nuts:{nuts}')}"
        for code, nuts in terms.VOIVODESHIPS.items()
    )
    return f"CASE left({sql.stored(found)}, 2) {regions} ELSE {country} END"


def _node(table: type[Table]) -> str:
    """SQL for a row as a JSON object on one line."""
    key = " || '/' || ".join(
        f"url_encode(CAST({sql.stored(column)} AS VARCHAR))" for column in table.key
    )
    name = sql.literal(f"{table.__name__}:")
    parts = [
        f"""'{{"@id":' || to_json({name} || {key})""",
        sql.literal(f',"@type":"vocab:{table.name}"'),
    ]
    for column in table.columns:
        parts.append(_member(column.name, _value(column), null=column.null))
        if column.codes is not None:
            labels = f"CASE {sql.stored(column)} {' '.join(_labels(column))} END"
            parts.append(_member(f"{column.name}_label", labels, null=column.null))
    parts.append(_member("spatial", f"to_json({_spatial(table)})", null=False))
    return " || ".join((*parts, "'}'"))


def _member(name: str, value: str, *, null: bool) -> str:
    """SQL for a member of the object, or for nothing where there is no value."""
    said = f"{sql.literal(f',{json.dumps(name)}:')} || {value}"
    return f"coalesce({said}, '')" if null else said


def _pieces(
    connection: duckdb.DuckDBPyConnection, table: type[Table], source: Path
) -> Iterator[str]:
    """The nodes in the order of the key, some thousands at a time, with commas between."""
    key = ", ".join(sql.stored(column) for column in table.key)
    # Names come from the class, quoted; the path is quoted.
    nodes = (
        f"SELECT {_node(table)} AS node, row_number() OVER (ORDER BY {key}) - 1 AS place "  # noqa: S608
        f"FROM {sql.parquet(source)}"
    )
    query = (
        f"SELECT string_agg(node, ',' || chr(10) ORDER BY place) FROM ({nodes}) "  # noqa: S608
        f"GROUP BY place // {_PIECE} ORDER BY place // {_PIECE}"
    )
    cursor = connection.execute(query)
    while (row := cursor.fetchone()) is not None:
        yield str(row[0])


def write_twin(
    table: type[Table],
    source: Path,
    publication: Publication,
    target: Path,
    *,
    within: duckdb.DuckDBPyConnection | None = None,
) -> int:
    """Write the publishable rows of `source` as JSON-LD to `target`; return how many they are.

    `source` is a Parquet file with the columns of the class; the same rows give the same bytes.
    `within` is an engine to work in (see `sql.session`): many small tables take half the time.
    Raises PimError `PIM-EXP-040` for a table of more than `MAX_ROWS` rows.
    """
    head = _json(context(publication, table))
    spill = target.with_name(f".{target.name}.spill")
    with sql.session(spill, within=within) as connection:
        count = f"SELECT count(*) FROM {sql.parquet(source)}"  # noqa: S608
        rows = int(connection.execute(count).fetchall()[0][0])
        if rows > MAX_ROWS:
            raise _too_large(table, rows)
        with replacing(target) as temporary, temporary.open("w", encoding="utf-8") as out:
            out.write(f'{{"@context":{head},\n"@graph":[')
            for number, piece in enumerate(_pieces(connection, table, source)):
                out.write(f"{',' if number else ''}\n{piece}")
            out.write("\n]}\n")
    return rows


def _too_large(table: type[Table], rows: int) -> PimError:
    return PimError(
        "PIM-EXP-040",
        Text(
            "Tabela „{table}” jest za duża na postać JSON-LD: {rows} wierszy.",
            "Table '{table}' is too large for JSON-LD: {rows} rows.",
        ).fill(table=table.name, rows=rows),
        why=Text(
            "Programy czytają JSON-LD w całości do pamięci; granicą jest {most} wierszy.",
            "Programs read JSON-LD whole into memory; the limit is {most} rows.",
        ).fill(most=MAX_ROWS),
        fix=Text(
            "Opublikuj tę tabelę jako CSV i Parquet.", "Publish this table as CSV and Parquet."
        ),
        exit_code=Exit.PUBLISH,
    )
