"""Whoever uses the data learns whom to name, whether or not anything was fetched."""

from pathlib import Path

from pipelines.house import house_of
from pipelines.settings import load_settings
from sources.snapshots.store import Store
from tests.sources.snapshotmaking import captured, keep, lau_bytes


def test_point_28_the_lines_of_gus_are_always_shown_and_each_once(tmp_path: Path) -> None:
    settings = load_settings({"data": str(tmp_path / "data")})
    lines = [line.en for line in house_of(settings).publication.attribution]
    assert lines == [
        "Source: Statistics Poland, TERYT register (eteryt.stat.gov.pl)",
        "Source: Statistics Poland, Local Data Bank (bdl.stat.gov.pl)",
    ]
    table = tmp_path / "lau.csv"
    table.write_bytes(lau_bytes())
    store = Store(settings.data / "snapshots")
    keep(store, table, captured(table, "lau"))
    keep(store, table, captured(table, "ulic"))
    lines = [line.en for line in house_of(settings).publication.attribution]
    assert lines[2:] == ["Statistics Poland"], "the same line of two sources is one"
    sources = [source.path for source in house_of(settings).publication.sources]
    assert "https://bdl.stat.gov.pl/" in sources
