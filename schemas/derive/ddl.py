"""DuckDB DDL of a table, derived from its class: columns, comments and the Polish view.

Names and texts are always quoted, so a quote or a semicolon in them is only a character.
Keys and references are not declared as constraints: the gate has proved them, and a PRIMARY
KEY made the file of 10 million rows six times larger and DuckDB 1.0 unable to open it.
"""

from collections.abc import Sequence

from schemas.columns import Column, string
from schemas.table import Table
from schemas.text import LANGS, Lang, Text


class Origin(Table):
    """The columns that the gate adds to every accepted row: where it came from."""

    _source = string(
        "_zrodlo",
        "Źródło wiersza",
        "Source of the row",
        "Plik, z którego pochodzi wiersz.",
        "The file that the row comes from.",
        null=True,
    )
    _place = string(
        "_miejsce",
        "Miejsce w źródle",
        "Place in the source",
        "Linia, arkusz lub komórka, w której stoi wiersz.",
        "The line, sheet or cell where the row stands.",
        null=True,
    )


def quoted(name: str) -> str:
    """A name as a DuckDB identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a DuckDB string, for statements that take no parameters (COMMENT, ATTACH)."""
    return "'" + text.replace("'", "''") + "'"


def columns_of(table: type[Table], *, origin: bool = False) -> tuple[Column, ...]:
    """The columns that the warehouse keeps: the declared ones, and `Origin` if asked for."""
    return (*table.columns, *Origin.columns) if origin else table.columns


def create_table(table: type[Table], *, origin: bool = False) -> str:
    """The CREATE TABLE statement, English names, columns in declared order."""
    lines = ",\n    ".join(
        f"{quoted(column.name)} {column.sql_type}" + ("" if column.null else " NOT NULL")
        for column in columns_of(table, origin=origin)
    )
    return f"CREATE TABLE {quoted(table.name)} (\n    {lines}\n)"


def comments(table: type[Table], *, origin: bool = False) -> list[str]:
    """COMMENT ON statements of the table and all its columns: English first, then Polish."""
    columns = columns_of(table, origin=origin)
    return _comments("TABLE", table.name, _about(table, "en"), columns, "en")


def polish_view(table: type[Table]) -> list[str]:
    """The view with Polish names and labels, and its comments: Polish first, then English."""
    columns = ",\n    ".join(
        f"{_labelled(column)} AS {quoted(column.name_pl)}" for column in table.columns
    )
    view = f"CREATE VIEW {quoted(table.name_pl)} AS\nSELECT\n    {columns}"
    return [
        f"{view}\nFROM {quoted(table.name)}",
        *_comments("VIEW", table.name_pl, _about(table, "pl"), table.columns, "pl"),
    ]


def ddl(table: type[Table], *, origin: bool = False) -> str:
    """The whole script of a table: table, comments, Polish view."""
    statements = [
        create_table(table, origin=origin),
        *comments(table, origin=origin),
        *polish_view(table),
    ]
    return "".join(f"{statement};\n" for statement in statements)


def both(text: Text, first: Lang) -> str:
    """Both languages in one comment, because DuckDB keeps only one."""
    second = next(lang for lang in LANGS if lang != first)
    return f"{text.of(first)} / {text.of(second)}"


def _about(table: type[Table], first: Lang) -> str:
    parts = {lang: f"{table.title.of(lang)}. {table.description.of(lang)}" for lang in LANGS}
    return both(Text(parts["pl"], parts["en"]), first)


def _column_text(column: Column, lang: Lang) -> str:
    unit = f" [{column.unit.of(lang)}]" if column.unit else ""
    return f"{column.title.of(lang)}{unit}. {column.description.of(lang)}"


def _comments(kind: str, name: str, about: str, columns: Sequence[Column], lang: Lang) -> list[str]:
    of_columns = [
        f"COMMENT ON COLUMN {quoted(name)}.{quoted(column.name_in(lang))} IS "
        + literal(both(Text(_column_text(column, "pl"), _column_text(column, "en")), lang))
        for column in columns
    ]
    return [f"COMMENT ON {kind} {quoted(name)} IS {literal(about)}", *of_columns]


def _labelled(column: Column) -> str:
    """The column, its codes as Polish labels; a CASE needs no second table in any client."""
    if column.codes is None:
        return quoted(column.name)
    cases = " ".join(
        f"WHEN {literal(code.value)} THEN {literal(code.label.pl)}" for code in column.codes
    )
    # Without ELSE a code that left the list would show as an empty cell.
    return f"CASE {quoted(column.name)} {cases} ELSE {quoted(column.name)} END"
