"""Sources are declared once, described in both languages, and re-addressed without code."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.errors import PimError
from schemas.text import Text
from sources.catalogue import (
    Source,
    all_sources,
    declared_sources,
    source_named,
)
from sources.manifest import load_overrides
from tests.shared import REPO

NAMES = [
    "bdl", "boundaries", "danegov", "dcat_ap_2", "dcat_ap_3", "jst", "lau", "population", "simc",
    "simc_changes", "terc", "terc_changes", "terytws1", "ulic", "ulic_changes", "wmrodz",
]  # fmt: skip


def manifest(folder: Path, text: str) -> dict[str, Source]:
    """The sources with a `sources.toml` of this text."""
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return all_sources(load_overrides(path))


def test_every_module_of_declared_sources_is_found() -> None:
    assert [source.name for source in declared_sources()] == NAMES
    files = {path.stem for path in (REPO / "sources" / "declared").glob("[!_]*.py")}
    assert files == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_described_in_both_languages(name: str) -> None:
    source = all_sources()[name]
    texts = [value for value in vars(source).values() if isinstance(value, Text)]
    assert len(texts) == 4
    for text in [*texts, source.licence.name]:
        assert text.pl.strip()
        assert text.en.strip()
    assert source.page.startswith("https://")
    assert source.check_days > 0
    assert not source.loopback, "only sources.toml may allow it"
    if source.address:
        assert source.address.startswith("https://")
        assert source.address.split("/")[2] in source.hosts


def test_point_26_no_declaration_holds_the_name_of_a_yearly_file() -> None:
    yearly = re.compile(r"(?:19|20)\d\d\D[^\"]*\.(?:xlsx?|zip|csv|xml)|\.(?:xlsx?|zip|csv)\"")
    for path in sorted((REPO / "sources" / "declared").glob("*.py")):
        found = yearly.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"
    by_edition = {name for name in NAMES if not all_sources()[name].address}
    assert by_edition == {"bdl", "jst", "lau", "population"}


def test_point_26_an_address_is_changed_in_the_manifest(tmp_path: Path) -> None:
    assert not all_sources()["lau"].fetchable
    found = manifest(
        tmp_path,
        '[population]\naddress = "https://stat.gov.pl/pliki/terytorialnym_2026_2.xlsx"\n'
        '[terc]\npause = 5\n[lau]\naddress = "https://nowy.example/lau.csv"\n'
        'hosts = ["nowy.example"]\n',
    )
    assert found["lau"].fetchable
    assert found["population"].address.endswith("terytorialnym_2026_2.xlsx")
    assert found["population"].hosts == {"stat.gov.pl"}
    assert found["terc"].pause == 5
    assert found["terc"].address == all_sources()["terc"].address
    assert found["lau"].hosts == {"nowy.example"}


def test_point_26_a_page_and_the_patterns_of_its_links_are_changed_there_too(
    tmp_path: Path,
) -> None:
    text = "[lau]\npage = 'https://ec.europa.eu/nowa'\nlinks = ['lau-(?P<year>[0-9]+)']\n"
    lau = manifest(tmp_path, text)["lau"]
    assert (lau.page, lau.links) == ("https://ec.europa.eu/nowa", ("lau-(?P<year>[0-9]+)",))
    assert lau.fetchable
    with pytest.raises(ValueError, match="lau: links"):
        replace(lau, links=("(",))


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[nieznane]\naddress = 'https://x.example'",
        "[terc]\naddress = 5",
        "[terc]\nhosts = 'x'",
        "[lau]\npage = 5",
        "[lau]\nlinks = 'x'",
        "[lau]\nlinks = ['(']",
        "[lau]\nlinks = ['a', 'b', 'c', 'd']",
        "[terc]\npause = -1",
        "[terc]\npause = true",
        "[terc]\nloopback = 'yes'",
        "[terc]\nname = 'x'",
        "terc = 'https://x.example'",
    ],
)
def test_a_manifest_that_cannot_be_meant_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-SNP-001") as caught:
        manifest(tmp_path, text)
    assert "docs/sources.md" in caught.value.fix.pl


def test_no_manifest_means_no_changes_unless_it_was_named(tmp_path: Path) -> None:
    assert load_overrides(tmp_path / "sources.toml") == {}
    with pytest.raises(PimError, match="PIM-SNP-001"):
        load_overrides(tmp_path / "sources.toml", must_exist=True)


def test_an_unknown_source_is_told_with_the_names_there_are() -> None:
    with pytest.raises(PimError, match="PIM-SNP-002") as caught:
        source_named("terc2", all_sources())
    assert "terc, terc_changes, terytws1" in caught.value.fix.pl


def test_the_list_of_sources_loads_no_heavy_library() -> None:
    code = (
        "import sys; from sources.catalogue import all_sources; all_sources(); "
        "heavy = {'httpx', 'zeep', 'polars', 'lxml', 'openpyxl', 'duckdb'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
