"""Tables of their own for the tests of the gate: every kind of column, every kind of rule."""

from collections.abc import Mapping, Sequence

import polars as pl
from hypothesis import strategies as st

from schemas.columns import (
    Codes,
    Column,
    boolean,
    code,
    date,
    identifier,
    integer,
    number,
    reference,
    string,
)
from schemas.table import RowRule, Severity, Table, TableRule, Tables
from schemas.text import Text
from schemas.verdict import Verdict

TEXTS = ("Tytuł", "Title", "Opis.", "Description.")


class Colour(Codes):
    RED = "red", "czerwony", "red"
    BLUE = "blue", "niebieski", "blue"


class Cities(Table):
    """What others refer to; refers to itself twice."""

    name_pl = "miasta"
    title = description = row = Text("Miasta", "Cities")
    city_id = string("id_miasta", *TEXTS, key=True, pattern=r"\d{4}")
    part_of = reference(city_id, "czesc", *TEXTS, null=True)
    followed_by = reference(city_id, "nastepca", *TEXTS, null=True)


class Things(Table):
    """One column of each kind."""

    name_pl = "rzeczy"
    title = description = row = Text("Rzeczy", "Things")
    max_rejected = 0.5
    thing_id = identifier("tng", "id_rzeczy", *TEXTS)
    short = string("kod", *TEXTS, null=True, pattern=r"\d{3}")
    note = string("uwaga", *TEXTS, null=True, max_length=20)
    address = string("adres", *TEXTS, null=True, url=True)
    colour = code(Colour, "kolor", *TEXTS, null=True)
    count = integer("liczba", *TEXTS, null=True, maximum=100)
    amount = number("kwota", *TEXTS, null=True, scale=2, minimum=-5, maximum=1000)
    whole = number("pelna", *TEXTS, null=True, scale=0)
    open = boolean("otwarte", *TEXTS, null=True)
    first_day = date("od", *TEXTS, null=True)
    last_day = date("do", *TEXTS, null=True)
    seen = Column("datetime", "widziano", Text("Z", "S"), Text("Z.", "S."), null=True)
    city_id = reference(Cities.city_id, "id_miasta", *TEXTS, null=True)
    cities = reference(Cities.city_id, "miasta", *TEXTS, null=True, many=True)


def _too_many_red(things: pl.DataFrame, _: Tables) -> Sequence[str]:
    red = things.filter(colour="red")["thing_id"].to_list()
    return red if len(red) > 2 else ()


Things.rules = (
    RowRule(
        "days_in_order",
        Things.first_day.col <= Things.last_day.col,
        Text("Koniec przed początkiem.", "It ends before it begins."),
        (Things.first_day, Things.last_day),
    ),
    RowRule(
        "count_is_odd",
        Things.count.col % 2 == 1,
        Text("Liczba jest parzysta.", "The count is even."),
        (Things.count,),
        Severity.WARN,
    ),
    RowRule(
        "amount_not_666",
        Things.amount.col != 666,
        Text("Kwota 666.", "The amount is 666."),
        (Things.amount,),
        Severity.BLOCK,
    ),
    TableRule("few_red", _too_many_red, Text("Za dużo czerwonych.", "Too many red ones.")),
)


class Visits(Table):
    """A composite key, with a required reference and a required value."""

    name_pl = "wizyty"
    title = description = row = Text("Wizyty", "Visits")
    city_id = reference(Cities.city_id, "id_miasta", *TEXTS, key=True)
    year = integer("rok", *TEXTS, key=True, minimum=1990, maximum=2030)
    day = date("dzien", *TEXTS, key=True)
    colour = code(Colour, "kolor", *TEXTS)


def cities(*ids: str) -> pl.DataFrame:
    """Accepted cities with these ids."""
    return pl.DataFrame({"city_id": ids}, schema_overrides={"city_id": pl.String}).with_columns(
        pl.lit(None, pl.String).alias(name)
        for name in ("part_of", "followed_by", "_source", "_place")
    )


KNOWN: Tables = {"cities": cities("0001", "0002", "0900")}


def text_rows(table: type[Table], *rows: Mapping[str, str | None]) -> pl.DataFrame:
    """A frame of text cells; columns that a row leaves out are empty, its place is its line."""
    names = [column.name for column in table.columns]
    return pl.DataFrame(
        [
            {name: row.get(name) for name in names}
            | {"_source": row.get("_source", "rows.csv"), "_place": f"line {number}"}
            for number, row in enumerate(rows, start=2)
        ],
        schema=dict.fromkeys([*names, "_source", "_place"], pl.String()),
    )


def broken(verdict: Verdict) -> list[tuple[str, str, str | None]]:
    """Place, column and rule of every rejected line, in its order."""
    return verdict.rejected.select("place", "column_name", "rule").rows()


CELLS: Mapping[str, list[str | None]] = {
    "thing_id": [*(f"tng-{number:04}" for number in range(30)), "tng-1", "", None],
    "short": [None, "007", "123", "7", "", "٠٠٧"],
    "note": [None, "tak", "", " x", "=1", "-", "ż" * 21, "a\nb", "x\u200b"],
    "address": [None, "https://example.org", "www.example.org"],
    "colour": [None, "red", "blue", "green"],
    "count": [None, "1", "3", "2", "101", "-1", "01", "x"],
    "amount": [None, "1.5", "666", "-6", "1.234", "1000.01"],
    "whole": [None, "5", "05"],
    "open": [None, "True", "False", "true"],
    "first_day": [None, "2024-02-29", "2023-02-29"],
    "last_day": [None, "2024-02-28", "2024-03-01", "x"],
    "seen": [None, "2024-02-29T10:00:00", "2024-02-29"],
    "city_id": [None, "0001", "0900", "0003", "1"],
    "cities": [None, "0001;0002", "0002;0001", "0001;0003", "0900", ""],
}
"""Good and bad cells of every column of `Things`."""


def things_frames() -> st.SearchStrategy[pl.DataFrame]:
    """Frames of `Things` as text: mostly good rows, some bad, keys that repeat."""
    # Two good cells of each column come often, or no row would ever be accepted.
    cells = {
        name: st.sampled_from([*choice[:2] * 8, *choice])
        for name, choice in CELLS.items()
        if name != "thing_id"
    }
    keys = st.sampled_from([*CELLS["thing_id"][:30] * 3, *CELLS["thing_id"]])
    rows = st.lists(st.fixed_dictionaries({"thing_id": keys, **cells}), min_size=5, max_size=40)
    return rows.map(lambda drawn: text_rows(Things, *drawn))
