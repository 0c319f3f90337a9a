"""The quick look at short tables takes none for good that DuckDB finds fault with."""

import csv
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports import glance
from exports.opening import open_package
from exports.package import write_package
from exports.validate import Problem, check_package
from schemas.text import LANGS, Lang
from tests.exports.sample import PUBLICATION, SAMPLE, TABLES, parquet

WORDS = st.sampled_from(
    [
        "", "-", ".", "X", ":", "#", "=1", "-1", "\t", " ", "a\nb", "a\rb", "\x1f", "ł", "a,\"b",
        "0", "00", "-0", "+1", "1e3", "9223372036854775807", "9223372036854775808", "1.50", "1.5",
        "-0.05", "12345678901234567.00", "٣", "True", "true", "2017-06-20", "2017-02-30",
        "0000-01-01", "2024-01-02T03:04:05", "2024-01-02 03:04:05", "mała", "duża, „główna”",
        "plc-0001", "plc-0003", "plc-0011", "plc-٣٣٣٣", "02", "0264011", "02\n", "x" * 2_001,
        "x" * 32_001,
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good package without Parquet twins, which would tell of every change."""
    folder = tmp_path_factory.mktemp("glance")
    out = write_package(SAMPLE, TABLES, parquet(folder), "pl", folder / "pl", PUBLICATION).folder
    described = json.loads((out / "datapackage.json").read_text("utf-8"))
    described["resources"] = described["resources"][0::2]
    (out / "datapackage.json").write_text(json.dumps(described), "utf-8")
    return out


def described_anew(folder: Path, resource: int, path: Path) -> None:
    """Let the descriptor say what the changed file is."""
    described = folder / "datapackage.json"
    package = json.loads(described.read_text("utf-8"))
    data = path.read_bytes()
    package["resources"][resource] |= {
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    described.write_text(json.dumps(package), "utf-8")


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def judged_by_duckdb(folder: Path, engine: duckdb.DuckDBPyConnection) -> list[Problem]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glance, "MAX_BYTES", 0)
        return check_package(folder, within=engine)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_what_is_good_at_a_glance_is_good(
    whole: Path, engine: duckdb.DuckDBPyConnection, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from([0, 1]))
    path = whole / ("miejsca.csv", "wizyty.csv")[number]
    before = path.read_text("utf-8")
    rows = list(csv.reader(before.splitlines(keepends=True)))
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = data.draw(WORDS)
    try:
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)
        described_anew(whole, number, path)
        files = {file.name: file for file in open_package(whole)}
        look = glance.Glance(files)
        if all(look.good(engine, file) for file in files.values()):
            assert judged_by_duckdb(whole, engine) == []
    finally:
        path.write_text(before, "utf-8", newline="")
        described_anew(whole, number, path)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("plc-0010", "plc-0002", "key"),
        ("plc-0010", "plc-0000", "order"),
        ('"Łódź; ""Nowa"", #1"', ".", "required"),
        ("plc-0001,X", "plc-0001,02", "unused_sign"),
    ],
)
def test_a_fault_of_the_whole_table_is_left_to_duckdb(
    old: str, new: str, rule: str, whole: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    path = whole / "miejsca.csv"
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace(old, new), "utf-8", newline="")
        described_anew(whole, 0, path)
        assert rule in {problem.rule for problem in check_package(whole, within=engine)}
    finally:
        path.write_text(before, "utf-8", newline="")
        described_anew(whole, 0, path)


@pytest.mark.parametrize("lang", LANGS)
def test_good_short_tables_need_no_query(
    lang: Lang, tmp_path: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    source = parquet(tmp_path / "source")
    folder = write_package(SAMPLE, TABLES, source, lang, tmp_path / lang, PUBLICATION).folder
    files = {file.name: file for file in open_package(folder)}
    look = glance.Glance(files)
    for table in TABLES:
        assert look.good(engine, files[table.name_in(lang)])
    assert judged_by_duckdb(folder, engine) == []


@pytest.mark.parametrize(
    "change",
    [
        pl.col("ludnosc") + 1,
        pl.col("ludnosc").cast(pl.Int32),
        pl.col("powierzchnia").cast(pl.Decimal(18, 3)),
        pl.col("terc").fill_null("02"),
        pl.all().reverse(),
        pl.all().head(2),
        pl.all().gather([0, 1, 2, 2]),
    ],
)
def test_another_parquet_is_not_taken_for_the_same(
    change: pl.Expr, tmp_path: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    source = parquet(tmp_path / "source")
    folder = write_package(SAMPLE, TABLES, source, "pl", tmp_path / "pl", PUBLICATION).folder
    twin = folder / "miejsca.parquet"
    frame = pl.read_parquet(twin)
    changed = frame.select(change)
    (frame.with_columns(changed) if changed.width == 1 else changed).write_parquet(twin)
    described_anew(folder, 1, twin)
    files = {file.name: file for file in open_package(folder)}
    assert not glance.Glance(files).good(engine, files["miejsca"])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A good package with its Parquet twins."""
    source = parquet(tmp_path / "source")
    return write_package(SAMPLE, TABLES, source, "pl", tmp_path / "pl", PUBLICATION).folder


def rules(folder: Path, engine: duckdb.DuckDBPyConnection) -> set[str]:
    return {problem.rule for problem in check_package(folder, within=engine)}


def test_a_pattern_means_what_it_means_to_duckdb(
    package: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    """Polars takes `&&` in brackets for what two sets share: here for nothing."""
    described = package / "datapackage.json"
    told = json.loads(described.read_text("utf-8"))
    told["resources"][0]["schema"]["fields"][0]["constraints"]["pattern"] = "[^p&&q].*"
    described.write_text(json.dumps(told), "utf-8")
    assert rules(package, engine) == {"pattern"}


def test_a_day_without_end_is_not_the_last_day(
    package: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    path, twin = package / "miejsca.csv", package / "miejsca.parquet"
    path.write_text(path.read_text("utf-8").replace("2017-06-20", "9999-12-31"), "utf-8")
    endless = "* REPLACE (CASE WHEN od IS NOT NULL THEN DATE 'infinity' END AS od)"
    engine.execute(f"CREATE OR REPLACE TEMP TABLE endless AS SELECT {endless} FROM '{twin}'")
    engine.execute(f"COPY endless TO '{twin}'")
    described_anew(package, 0, path)
    described_anew(package, 1, twin)
    assert rules(package, engine) == {"parquet"}


def test_a_small_parquet_of_endless_texts_takes_no_memory(
    package: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    twin = package / "miejsca.parquet"
    frame = pl.read_parquet(twin).with_columns(nazwa=pl.lit("x" * 4_000_000))
    frame.write_parquet(twin)
    described_anew(package, 1, twin)
    files = {file.name: file for file in open_package(package)}
    tracemalloc.start()
    assert not glance.Glance(files).good(engine, files["miejsca"])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000
    assert rules(package, engine) == {"parquet"}


def test_bytes_that_are_no_parquet_are_told_as_a_problem(
    package: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    twin = package / "miejsca.parquet"
    twin.write_bytes(b"PAR1" + b"\xff" * 40 + b"PAR1")
    described_anew(package, 1, twin)
    assert rules(package, engine) == {"structure"}


@pytest.mark.parametrize(
    "changed",
    [
        pl.col("ludnosc").cast(pl.Int32),
        pl.col("nazwa").cast(pl.Binary),
        pl.col("nadmorskie").cast(pl.Int8),
        pl.col("widziane").dt.replace_time_zone("UTC"),
    ],
)
def test_the_types_of_a_parquet_are_those_of_its_table(
    changed: pl.Expr, package: Path, engine: duckdb.DuckDBPyConnection
) -> None:
    """Their values have the same hashes."""
    twin = package / "miejsca.parquet"
    pl.read_parquet(twin).with_columns(changed).write_parquet(twin)
    described_anew(package, 1, twin)
    assert rules(package, engine) == {"parquet"}
