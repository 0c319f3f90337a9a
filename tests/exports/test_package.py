"""A whole package: valid for the official profile and frictionless, and the same every time."""

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from frictionless import validate as frictionless_validate
from jsonschema import Draft7Validator

from exports.package import Package, preparing, write_package
from exports.publication import Publication
from exports.validate import check_package
from schemas.errors import PimError
from schemas.text import LANGS, Lang, Text
from tests.exports.sample import PUBLICATION, SAMPLE, TABLES, Places, frames, parquet
from tests.shared import SHARED, needs_shared

GOLDEN = Path(__file__).parent / "golden"


def write(folder: Path, lang: Lang = "pl", *, threads: int | None = None) -> Package:
    source = parquet(folder / "source")
    with preparing(TABLES, source, folder / ".spill", threads) as prepared:
        return write_package(
            SAMPLE, TABLES, source, lang, folder / lang, PUBLICATION, prepared=prepared
        )


def descriptor(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return found


def official_errors(folder: Path) -> list[str]:
    """What the official JSON Schema profiles, each on its level, say against a package."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    parts = [("datapackage", package)]
    for resource in package["resources"]:
        parts.append(("dataresource", resource))
        if "schema" in resource:
            parts += [("tableschema", resource["schema"]), ("tabledialect", resource["dialect"])]
    errors = []
    for profile, part in parts:
        path = SHARED / "specs" / "datapackage" / "2.0" / f"{profile}.json"
        validator = Draft7Validator(json.loads(path.read_text("utf-8")))
        errors += [f"{profile}: {error.message[:200]}" for error in validator.iter_errors(part)]
        assert part["$schema"] == f"https://datapackage.org/profiles/2.0/{profile}.json"
    return errors


def frictionless_errors(folder: Path) -> list[str]:
    report = frictionless_validate(str(folder / "datapackage.json"))
    found = [error.message for error in report.errors]
    return found + [str(line) for line in report.flatten(["name", "rowNumber", "message"])]


@pytest.mark.parametrize("lang", LANGS)
@needs_shared
def test_official_profile_accepts_the_package(tmp_path: Path, lang: Lang) -> None:
    assert official_errors(write(tmp_path, lang).folder) == []


@pytest.mark.parametrize("lang", LANGS)
def test_frictionless_accepts_the_package(tmp_path: Path, lang: Lang) -> None:
    assert frictionless_errors(write(tmp_path, lang).folder) == []


def test_frictionless_sees_a_changed_parquet_file(tmp_path: Path) -> None:
    folder = write(tmp_path).folder
    with (folder / "miejsca.parquet").open("ab") as handle:
        handle.write(b"x")
    assert frictionless_errors(folder) != []


@pytest.mark.parametrize("lang", LANGS)
def test_package_without_rows_is_valid(tmp_path: Path, lang: Lang) -> None:
    empty = {table.name: pl.DataFrame(schema=table.schema()) for table in TABLES}
    source = parquet(tmp_path / "source", empty)
    folder = write_package(SAMPLE, TABLES, source, lang, tmp_path / lang, PUBLICATION).folder
    assert check_package(folder) == []
    assert frictionless_errors(folder) == []
    header = ",".join(column.name_in(lang) for column in Places.columns)
    assert (folder / f"{Places.name_in(lang)}.csv").read_text("utf-8") == header + "\n"
    assert pl.read_parquet(folder / f"{Places.name_in(lang)}.parquet").is_empty()


@pytest.mark.parametrize("lang", LANGS)
def test_bytes_are_the_same_each_time_and_with_any_number_of_threads(
    tmp_path: Path, lang: Lang
) -> None:
    one = write(tmp_path / "one", lang, threads=1).folder
    two = write(tmp_path / "two", lang, threads=2).folder
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


@pytest.mark.parametrize("threads", [1, 2])
def test_many_rows_are_sorted_whatever_their_order(tmp_path: Path, threads: int) -> None:
    rows = 200_000  # more than one row group, so that threads share the work
    ids = pl.int_range(rows, eager=True)
    visits = pl.DataFrame(
        {
            "place_id": (ids * 7919 % 9999).cast(pl.String).str.zfill(4),
            "size": "small",
            "number": ids,
            "after": None,
            "seen_places": None,
        }
    ).with_columns(pl.concat_str(pl.lit("plc-"), "place_id").alias("place_id"))
    given = {"visits": visits.cast({"after": pl.Int64, "seen_places": pl.String})}
    source = parquet(tmp_path / "source", given)
    with preparing(TABLES[1:], source, tmp_path / ".spill", threads) as prepared:
        package = write_package(
            SAMPLE, TABLES[1:], source, "en", tmp_path / "en", PUBLICATION, prepared=prepared
        )
    problems = {problem.rule for problem in check_package(package.folder)}
    assert problems == set()
    key = pl.read_parquet(package.folder / "visits.parquet").select("place_id", "size", "number")
    assert key.equals(key.sort("place_id", "size", "number"))


def _settled(path: Path) -> str:
    """A golden file's text, without what changes with the version of DuckDB."""
    text = path.read_text("utf-8")
    if path.name != "datapackage.json":
        return text
    package = json.loads(text)
    for resource in package["resources"]:
        if resource["path"].endswith(".parquet"):
            resource["bytes"], resource["hash"] = 0, "sha256:0"
    return json.dumps(package, ensure_ascii=False, indent=2)


@pytest.mark.parametrize("lang", LANGS)
def test_small_package_looks_as_agreed(tmp_path: Path, lang: Lang) -> None:
    """Compare with golden/; PIM_UPDATE_GOLDEN=1 writes these files anew, for review."""
    folder = write(tmp_path, lang).folder
    written = sorted(path for path in folder.iterdir() if path.suffix != ".parquet")
    golden = GOLDEN / lang
    if os.environ.get("PIM_UPDATE_GOLDEN"):
        golden.mkdir(parents=True, exist_ok=True)
        for path in written:
            (golden / path.name).write_bytes(path.read_bytes())
    assert [path.name for path in written] == sorted(path.name for path in golden.iterdir())
    for path in written:
        assert _settled(path) == _settled(golden / path.name), path.name


def test_labels_and_names_are_of_the_language_and_free_text_is_not_translated(
    tmp_path: Path,
) -> None:
    polish = pl.read_parquet(write(tmp_path, "pl").folder / "miejsca.parquet")
    english = pl.read_parquet(write(tmp_path, "en").folder / "places.parquet")
    assert polish.columns == [column.name_pl for column in Places.columns]
    assert english.columns == [column.name for column in Places.columns]
    assert polish["wielkosc"].to_list() == ["mała", "duża, „główna”", "mała"]
    assert english["size"].to_list() == ["small", "big, 'main'", "small"]
    assert polish["nazwa"].to_list() == english["place_name"].to_list()
    assert polish.schema["powierzchnia"] == pl.Decimal(18, 2)
    assert polish["od"].null_count() == 2


def test_parquet_is_snappy(tmp_path: Path) -> None:
    path = write(tmp_path).folder / "miejsca.parquet"
    query = "SELECT DISTINCT compression FROM parquet_metadata(?)"
    assert duckdb.execute(query, [str(path)]).fetchall() == [("SNAPPY",)]


def test_names_and_ids_of_the_twins_differ(tmp_path: Path) -> None:
    polish, english = (descriptor(write(tmp_path, lang).folder) for lang in LANGS)
    assert (polish["name"], english["name"]) == ("proba", "proba-en")
    assert polish["id"] == "https://pim.example.org/proba/datapackage.json"
    assert english["id"] == "https://pim.example.org/en/proba/datapackage.json"
    assert polish["title"] == english["title@pl"] == "Zbiór próbny"
    assert english["title"] == polish["title@en"] == "Sample data set"


@pytest.mark.parametrize("lang", LANGS)
def test_what_breaks_other_tools_is_not_used(tmp_path: Path, lang: Lang) -> None:
    text = (write(tmp_path, lang).folder / "datapackage.json").read_text("utf-8")
    package = json.loads(text)
    assert "fieldsMatch" not in text
    assert '"list"' not in text
    assert '"profile"' not in text
    assert all(contributor["title"] for contributor in package["contributors"])
    for resource in package["resources"]:
        for sign in resource.get("schema", {}).get("missingValues", []):
            assert isinstance(sign, str)
    own = package["resources"][2]["schema"]["foreignKeys"][1]
    assert own["reference"]["resource"] == ""


@pytest.mark.parametrize("lang", LANGS)
def test_readme_and_dictionary_are_there_in_both_languages(tmp_path: Path, lang: Lang) -> None:
    folder = write(tmp_path, lang).folder
    own, other = ("pl", "en") if lang == "pl" else ("en", "pl")
    words = {"pl": "## Jak otworzyć", "en": "## How to open"}
    assert words[own] in (folder / "README.md").read_text("utf-8")
    assert words[other] in (folder / f"README.{other}.md").read_text("utf-8")
    readme = (folder / "README.md").read_text("utf-8")
    for expected in ("2026.11.0", "CC-BY-4.0", "read_parquet", "kontakt@pim.example.org"):
        assert expected in readme
    rows = pl.read_csv(folder / f"{'slownik' if lang == 'pl' else 'dictionary'}.csv")
    assert rows.height == sum(len(table.columns) for table in TABLES)
    assert sum(rows.null_count().row(0)) == 0


@pytest.mark.parametrize("lang", LANGS)
def test_a_folder_with_wildcards_in_its_name_works(tmp_path: Path, lang: Lang) -> None:
    folder = write(tmp_path / "we[ir]d *'name?", lang).folder
    assert check_package(folder) == []


def test_attribution_and_contact_address_are_shown(tmp_path: Path) -> None:
    publication = Publication(
        "1",
        date(2026, 1, 2),
        contact="https://pim.example.org/kontakt",
        attribution=(Text("Źródło: GUS", "Source: GUS"),),
    )
    source = parquet(tmp_path / "source")
    folder = write_package(SAMPLE, TABLES, source, "en", tmp_path / "en", publication).folder
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["_attribution"] == ["Source: GUS"]
    assert package["created"] == "2026-01-02T00:00:00Z"
    assert "email" not in package["contributors"][0]
    assert "- Source: GUS" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize("field", ["base_url", "homepage"])
def test_an_address_that_breaks_links_is_refused(field: str) -> None:
    wrong = {field: "pim.example.org"}
    with pytest.raises(PimError, match="PIM-EXP-020"):
        Publication("1", date(2026, 1, 1), **wrong)  # type: ignore[arg-type]


def test_written_resources_say_rows_signs_and_hash(tmp_path: Path) -> None:
    package = write(tmp_path)
    places = package.resources[0]
    assert (places.name, places.rows, places.signs) == ("miejsca", 3, (".", ":", "X"))
    assert places.bytes == places.path.stat().st_size
    assert package.resources[1].name == "miejsca-parquet"
    assert frames()["places"].height == places.rows
