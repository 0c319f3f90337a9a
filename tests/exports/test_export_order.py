"""Published rows stand in the order of the key as published, however they come."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from exports import sql
from exports.refusals import inspect
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
) -> tuple[Resource, Resource]:
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


def test_one_row_out_of_order_is_seen(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    frame = pl.concat([rows()[1:], rows()[:1]])
    frame.write_parquet(tmp_path / "source.parquet", row_group_size=50_000)
    published = written(connection, Counted, tmp_path / "source.parquet", "pl", tmp_path)
    assert pl.read_csv(published[0].path).rows() == rows().rows()


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
