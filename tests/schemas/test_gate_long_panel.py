"""A panel of many row groups: faults far apart are found, and the benchmark's generator is fair."""

from pathlib import Path

import polars as pl
import pytest

from benchmarks.panel import Panel, PanelCities, PanelVariables, make_panel
from schemas.bulk_gate import check_parquet

ROWS = 300_000
KEY = ["city_id", "variable_id", "year", "revision"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("panel")
    make_panel(ROWS, path)
    return path


@pytest.fixture(scope="module")
def panel(folder: Path) -> pl.DataFrame:
    return pl.read_csv(folder / "panel.csv", schema=Panel.schema())


def check(folder: Path, frame: pl.DataFrame, out: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Accepted and rejected rows."""
    frame.write_parquet(out / "source.parquet")
    references = {t.name: folder / f"{t.name}.parquet" for t in (PanelCities, PanelVariables)}
    accepted, rejected = out / "accepted.parquet", out / "rejected.parquet"
    check_parquet(Panel, out / "source.parquet", references, accepted, rejected, batch_rows=70_000)
    return pl.read_parquet(accepted), pl.read_parquet(rejected)


def test_a_seed_gives_the_same_panel_and_another_seed_another(folder: Path, tmp_path: Path) -> None:
    for name, seed in (("same", 1), ("other", 2)):
        make_panel(ROWS, tmp_path / name, seed=seed)
    written = (folder / "panel.csv").read_bytes()
    assert (tmp_path / "same" / "panel.csv").read_bytes() == written
    assert (tmp_path / "other" / "panel.csv").read_bytes() != written


def test_a_good_panel_is_accepted_in_the_order_of_its_key(
    folder: Path, panel: pl.DataFrame, tmp_path: Path
) -> None:
    accepted, rejected = check(folder, panel, tmp_path)
    assert rejected.is_empty()
    assert accepted.drop("_source", "_place").equals(panel.sort(KEY))


def test_faults_far_apart_are_found_and_nothing_else(
    folder: Path, panel: pl.DataFrame, tmp_path: Path
) -> None:
    row = pl.int_range(pl.len())
    faulty = panel.with_columns(
        year=pl.when(row == 299_998).then(1).otherwise("year"),
        city_id=pl.when(row == 150_000).then(pl.lit("cty-9999")).otherwise("city_id"),
        value=pl.when(row == 75_000).then(None).otherwise("value"),
        attribute=pl.when(row == 75_000).then(None).otherwise("attribute"),
    )
    # The last row repeats the first one's key, and one in the middle that of a bad one.
    copies = pl.concat([panel[:1], panel[75_000:75_001]])
    accepted, rejected = check(folder, pl.concat([faulty, copies]), tmp_path)
    assert rejected.select("rule", "column_name").rows() == [
        ("key", "+".join(KEY)),
        ("key", "+".join(KEY)),
        ("value_or_reason", "value+attribute"),
        ("reference", "city_id"),
        ("minimum", "year"),
        ("key", "+".join(KEY)),
        ("key", "+".join(KEY)),
    ]
    good = panel.with_row_index().filter(
        pl.col("index").is_in([0, 75_000, 150_000, 299_998]).not_()
    )
    assert accepted.drop("_source", "_place").equals(good.drop("index").sort(KEY))
