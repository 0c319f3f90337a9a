"""Published rows stand in the order of the key as published, however they come."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from exports import sql
from exports.inspecting import inspect
from exports.tables import Resource, write_table
from schemas.columns import Codes, code, integer
from schemas.table import Table
from schemas.text import Lang, Text

TEXTS = ("Tytuł", "Title", "Opis.", "Description.")


class Colour(Codes):
    """The order of the Polish labels is not that of the codes."""

    RED = "red", "czerwony", "red"
    BLACK = "black", "żałobny", "black"


class Counted(Table):
    """A key of two columns."""

    name_pl = "policzone"
    title = description = row = Text("Policzone", "Counted")
    year = integer("rok", *TEXTS, key=True)
    number = integer("numer", *TEXTS, key=True)


class Coloured(Table):
    """A key that is published as another word."""

    name_pl = "kolorowe"
    title = description = row = Text("Kolorowe", "Coloured")
    colour = code(Colour, "kolor", *TEXTS, key=True)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with sql.session(tmp_path / "spill") as opened:
        yield opened


def written(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    source: Path,
    lang: Lang,
    folder: Path,
) -> tuple[Resource, ...]:
    return write_table(connection, table, source, lang, folder, inspect(connection, table, source))


def rows() -> pl.DataFrame:
    """Enough for several row groups and threads."""
    number = pl.int_range(300_000, eager=True)
    return pl.DataFrame({"year": 2000 + number // 100_000, "number": number % 100_000})


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_sorted_and_shuffled_rows_give_the_same_file(
    threads: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    connection.execute(f"SET threads = {threads}")
    csv = {}
    for name, frame in {
        "sorted": rows(),
        "shuffled": rows().sample(fraction=1, shuffle=True, seed=1),
    }.items():
        source = tmp_path / f"{name}.parquet"
        frame.write_parquet(source, row_group_size=50_000)
        published = written(connection, Counted, source, "pl", tmp_path / name)
        csv[name] = published[0].path.read_bytes()
        assert pl.read_parquet(published[1].path).rows() == rows().rows()
    assert csv["sorted"] == csv["shuffled"]


@pytest.mark.parametrize("place", [0, 49_999, 50_000, 123_456, 299_998])
def test_one_row_out_of_order_is_seen(
    place: int, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    whole = rows()
    frame = pl.concat(
        [whole[:place], whole[place + 1 : place + 2], whole[place : place + 1], whole[place + 2 :]]
    )
    source = tmp_path / "source.parquet"
    frame.write_parquet(source, row_group_size=50_000)
    assert inspect(connection, Counted, source).in_order == frozenset()
    published = written(connection, Counted, source, "pl", tmp_path)
    assert pl.read_csv(published[0].path).rows() == whole.rows()


def test_the_order_of_many_codes_is_asked_for_each_language(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    source = tmp_path / "source.parquet"
    colours = pl.Series(["black", "red"]).gather(pl.int_range(200_000, eager=True) // 100_000)
    pl.DataFrame({"colour": colours}).write_parquet(source)
    assert inspect(connection, Coloured, source).in_order == {"en"}


@pytest.mark.parametrize(
    ("lang", "order"), [("pl", ["czerwony", "żałobny"]), ("en", ["black", "red"])]
)
def test_the_order_is_that_of_the_words_published(
    lang: str, order: list[str], tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    pl.DataFrame({"colour": ["black", "red"]}).write_parquet(tmp_path / "source.parquet")
    published = written(
        connection, Coloured, tmp_path / "source.parquet", "pl" if lang == "pl" else "en", tmp_path
    )
    assert pl.read_csv(published[0].path).to_series().to_list() == order
