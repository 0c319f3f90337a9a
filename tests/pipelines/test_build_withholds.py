"""Nothing inferred goes out, nor anything that leans on it: looked for in all published bytes."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.registry import all_tables
from schemas.table import Table
from sources.facts import CURATED
from tests.builds import Built

Row = dict[str, str]
Facts = dict[str, list[Row]]

DIGITAL, HOUSING = "net-0005", "net-0009"
"""The networks of which something is only inferred: two of the members; the leader and all."""


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The facts files, read without any code of ours."""
    found: Facts = {}
    for path in CURATED.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = list(csv.DictReader(lines))
    return found


def targets(table: type[Table], row: Row) -> Iterator[tuple[str, str]]:
    """Tables and keys that a row refers to."""
    for column in table.references:
        if column.references is not None and row[column.name]:
            for key in row[column.name].split(";"):
                yield column.references.table.name, key


@pytest.fixture(scope="module")
def withheld(facts: Facts) -> dict[tuple[str, str], Row]:
    """Inferred rows and, step by step, what refers to them: by table and key."""
    tables = [table for table in all_tables() if table.name in facts]
    found: dict[tuple[str, str], Row] = {}
    size = -1
    while size != len(found):
        size = len(found)
        for table in tables:
            for row in facts[table.name]:
                leans = any(target in found for target in targets(table, row))
                if leans or row.get("evidence_status") == "inferred":
                    key = " ".join(row[column.name] for column in table.key)
                    found[table.name, key] = row
    return found


@pytest.fixture(scope="module")
def texts(first_build: Built) -> dict[str, str]:
    """Everything that is published, as text, by path: Parquet and DuckDB as CSV."""
    root = first_build.public.resolve()
    found = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".parquet":
            found[name] = pl.read_parquet(path).write_csv()
        elif path.suffix == ".duckdb":
            found |= {f"{name}/{part}": text for part, text in database(path)}
        elif path.is_file():
            found[name] = path.read_text("utf-8")
    return found


def database(path: Path) -> Iterator[tuple[str, str]]:
    """Every table and view of a DuckDB file as text."""
    with duckdb.connect(path, read_only=True) as connection:
        names = connection.execute(
            "SELECT table_name FROM information_schema.tables ORDER BY ALL"
        ).fetchall()
        for (name,) in names:
            yield name, str(connection.execute(f'FROM "{name}"').fetchall())


def where(texts: dict[str, str], word: str) -> list[str]:
    return sorted(name for name, text in texts.items() if word in text)


def test_there_is_something_to_withhold(withheld: dict[tuple[str, str], Row]) -> None:
    """Else the tests below would prove nothing."""
    names = {
        row["official_name"] for (table, _), row in withheld.items() if table == "participants"
    }
    assert {"Krzywiń", "Stargard", "Łódź"} <= names
    leaders = [row for (table, _), row in withheld.items() if table == "participations"]
    assert any(row["role"] == "leader" and row["network_id"] == HOUSING for row in leaders)
    assert {"counts", "mids", "conflicts", "conflict_values", "good_practices"} <= {
        table for table, _ in withheld
    }


def test_no_key_of_a_withheld_row_is_published(
    texts: dict[str, str], withheld: dict[tuple[str, str], Row]
) -> None:
    """Keys are minted once, so that each of them is found wherever it stands."""
    keys = {key for table, key in withheld if " " not in key}
    assert {key: where(texts, key) for key in sorted(keys) if where(texts, key)} == {}


def test_inferred_participants_are_named_nowhere(
    texts: dict[str, str], withheld: dict[tuple[str, str], Row]
) -> None:
    """Neither by name nor by code: in no list of cities, no similar names, no text.

    Only the list of the permanent identifiers of all gminas of Poland tells nothing.
    """
    assert len(texts["en/rejestr-miast/city_ids.csv"].splitlines()) > 2400
    telling = {
        name: text
        for name, text in texts.items()
        if "city_ids" not in name and "identyfikatory_gmin" not in name
    }
    found = {}
    for (table, _), row in withheld.items():
        if table == "participants" and row["evidence_status"] == "inferred":
            for word in (row["official_name"], row["terc"]):
                found[word] = where(telling, word)
    assert {word: names for word, names in found.items() if names} == {}


def test_no_text_of_a_withheld_row_is_published(
    texts: dict[str, str], withheld: dict[tuple[str, str], Row], facts: Facts
) -> None:
    """Titles, notes and quotes that only withheld rows have."""
    open_texts = {
        cell
        for table, rows in facts.items()
        for row in rows
        if row not in withheld.values()
        for cell in row.values()
    }
    told = {
        cell: where(texts, cell)
        for row in withheld.values()
        for cell in row.values()
        if len(cell) > 20 and cell not in open_texts
    }
    assert {cell: names for cell, names in told.items() if names} == {}


def rows(texts: dict[str, str], name: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(texts[name])))


def test_the_housing_network_has_no_leader_and_no_total(texts: dict[str, str]) -> None:
    participations = rows(texts, "en/miasta-i-sieci/participations.csv")
    assert any(row["network_id"] == DIGITAL for row in participations)
    roles = {row["role"] for row in participations if row["network_id"] == HOUSING}
    assert "leader" not in roles
    counted = {
        row["measure"]
        for row in rows(texts, "en/kronika/counts.csv")
        if row["network_id"] == HOUSING
    }
    assert counted <= {"selected in the call"}, "a number that a source gives, without the leader"


def test_counts_of_coverage_are_those_of_published_rows(texts: dict[str, str]) -> None:
    """The official numbers stand beside them: 30 expected, and no inferred one filled in."""
    participations = rows(texts, "en/miasta-i-sieci/participations.csv")
    for row in rows(texts, "en/jakosc-danych/coverage.csv"):
        known = {
            p["participant_id"] for p in participations if p["edition_id"] == row["edition_id"]
        }
        assert int(row["known_participants"]) == len(known)
        assert int(row["known_participants"]) <= int(row["expected_participants"])


def test_no_published_row_is_inferred(texts: dict[str, str]) -> None:
    seen = 0
    for name in texts:
        if name.startswith("en/") and name.endswith(".csv"):
            for row in rows(texts, name):
                seen += "evidence_status" in row
                assert row.get("evidence_status", "confirmed") == "confirmed", name
    assert seen > 100


def test_every_reference_that_is_published_leads_to_a_published_row(first_build: Built) -> None:
    """Where the table that it leads to is published at all."""
    public = {table for table in all_tables() if table.dataset}
    with duckdb.connect(first_build.public / "pim.duckdb", read_only=True) as connection:
        for table in public:
            for column in table.references:
                target = column.references
                if target is None or target.table not in public:
                    continue
                cell = f'"{column.name}"'
                if column.many:
                    cell = f"unnest(string_split({cell}, ';'))"
                lost = connection.execute(
                    f'SELECT count(*) FROM (SELECT {cell} AS key FROM "{table.name}") '
                    f'WHERE key NOT IN (SELECT "{target.name}" FROM "{target.table.name}")'
                ).fetchall()
                assert lost == [(0,)], (table.name, column.name)
