"""The city register, from the embedded part of TERC and from the full register of GUS."""

import io
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.namesakes import city_register, fold
from schemas.gate import check
from schemas.tables.city_register import CityRegister
from schemas.tables.documents import Documents
from schemas.tables.participants import Participants
from schemas.tables.units import Units
from sources.facts import CURATED, read_facts
from tests.shared import SHARED, needs_shared

TERYT = SHARED / "data" / "registries" / "teryt"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")


@cache
def embedded_units() -> pl.DataFrame:
    return check(Units, read_facts(CURATED / "units.csv"), {}).accepted


@cache
def participants() -> pl.DataFrame:
    documents = check(Documents, read_facts(CURATED / "documents.csv"), {}).accepted
    tables = {"documents": documents, "units": embedded_units()}
    return check(Participants, read_facts(CURATED / "participants.csv"), tables).accepted


@cache
def register() -> pl.DataFrame:
    rows = city_register(participants(), embedded_units())
    return rows.join(participants().select("participant_id", "official_name"), on="participant_id")


def others(city: str, relation: str) -> set[str]:
    rows = register().filter(pl.col("official_name") == city, pl.col("relation") == relation)
    return set(rows["terc"])


def as_units(raw: pl.DataFrame, state: str) -> pl.DataFrame:
    terc = pl.concat_str("WOJ", "POW", "GMI", "RODZ", ignore_nulls=True)
    parents = {7: 4, 4: 2}
    parent = pl.coalesce(
        pl.when(terc.str.len_chars() == own).then(terc.str.slice(0, above))
        for own, above in parents.items()
    )
    return raw.select(
        terc.alias("terc"),
        pl.col("NAZWA").alias("unit_name"),
        pl.col("NAZWA_DOD").alias("unit_type"),
        pl.col("RODZ").alias("kind"),
        parent.alias("parent"),
        pl.lit(state).str.to_date().alias("state_date"),
    )


def terc_of_2025() -> pl.DataFrame:
    """The full register as GUS had it on 2025-01-01, from a workbook."""
    with zipfile.ZipFile(TERYT / "terc_urzedowy_2025-12.xlsx") as book:
        strings = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - a known file
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - a known file
    words = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in strings]
    rows: list[dict[str, str]] = []
    for line in sheet.iter(f"{SHEET}row"):
        row: dict[str, str] = {}
        for cell in line:
            value = cell.findtext(f"{SHEET}v")
            if value is not None:
                text = words[int(value)] if cell.get("t") == "s" else value
                row[COLUMNS[ord(str(cell.get("r"))[0]) - ord("A")]] = text
        rows.append(row)
    raw = pl.DataFrame(rows[1:], schema=dict.fromkeys(COLUMNS, pl.String()))
    assert set(raw["STAN_NA"]) == {"45658"}  # the day number of 2025-01-01 in a workbook
    return as_units(raw, "2025-01-01")


def terc_of(archive: Path) -> pl.DataFrame:
    with zipfile.ZipFile(archive) as zipped:
        (member,) = (name for name in zipped.namelist() if name.endswith(".csv"))
        data = zipped.read(member)
    raw = pl.read_csv(io.BytesIO(data), separator=";", infer_schema=False)
    return as_units(raw, str(raw["STAN_NA"][0]))


def test_the_register_passes_the_gate() -> None:
    rows = city_register(participants(), embedded_units())
    verdict = check(CityRegister, rows, {"participants": participants(), "units": embedded_units()})
    assert verdict.findings == ()
    assert verdict.accepted.height == rows.height == 101


def test_every_city_stands_in_it_once_as_itself() -> None:
    own = register().filter(pl.col("relation") == "self")
    assert own.height == 56
    assert (own["official_name"] == own["gmina_name"]).all()
    assert dict(own.select("participant_id", "terc").iter_rows()) == dict(
        participants().drop_nulls("terc").select("participant_id", "terc").iter_rows()
    )


def test_seventeen_cities_share_their_name_with_another_gmina() -> None:
    homonyms = register().filter(pl.col("relation") == "homonym")
    assert homonyms.height == 18
    assert homonyms["official_name"].n_unique() == 17
    assert others("Świdnica", "homonym") == {"0219072", "0809072"}
    assert others("Leszno", "homonym") == {"1432042"}
    assert others("Olsztyn", "homonym") == {"2404123"}


def test_names_that_a_reader_could_mistake_stand_beside_the_city() -> None:
    assert others("Pilawa", "near_name") == {"0202041", "2807011", "2807032"}
    assert others("Lublin", "near_name") == {"0211011", "0211022"}
    assert others("Tomaszów Lubelski", "near_name") == {"1016011", "1016092"}
    assert "2605052" in others("Ruda Śląska", "near_name")


def test_a_gmina_is_shown_with_its_kind_powiat_and_voivodeship() -> None:
    row = register().row(by_predicate=pl.col("terc") == "1403103", named=True)
    assert row["gmina_kind"] == "urban_rural"
    assert (row["powiat_code"], row["powiat_name"]) == ("1403", "garwoliński")
    assert (row["voivodeship_code"], row["voivodeship_name"]) == ("14", "mazowieckie")
    assert str(row["state_date"]) == "2025-01-01"


def test_towns_and_rural_areas_inside_a_gmina_are_no_namesakes() -> None:
    inside = embedded_units().filter(pl.col("terc") == "1403103").with_columns(
        pl.lit("1403104").alias("terc"), pl.lit("4").alias("kind")
    )  # fmt: skip
    more = pl.concat([embedded_units(), inside])
    assert city_register(participants(), more).equals(
        city_register(participants(), embedded_units())
    )


def test_the_order_of_the_rows_does_not_matter() -> None:
    shuffled = city_register(participants().reverse(), embedded_units().reverse())
    assert shuffled.equals(city_register(participants(), embedded_units()))


def test_without_cities_the_register_is_empty_and_has_its_columns() -> None:
    empty = city_register(participants().clear(), embedded_units())
    assert empty.is_empty()
    assert empty.schema == CityRegister.schema()


@needs_shared
def test_the_embedded_part_of_terc_gives_the_same_rows_as_the_full_register() -> None:
    full = terc_of_2025()
    assert full.height == 4348
    part = embedded_units()
    assert city_register(participants(), full).equals(city_register(participants(), part))
    assert part.join(full, on=full.columns, how="anti", nulls_equal=True).is_empty()


@needs_shared
@pytest.mark.parametrize("state", ["2020-09-26", "2023-01-01"])
def test_every_code_of_a_city_stood_for_the_same_name_in_older_registers(state: str) -> None:
    older = terc_of(TERYT / f"TERC_Urzedowy_{state}.zip")
    cities = participants().drop_nulls("terc")
    same = cities.join(older, left_on=["terc", "official_name"], right_on=["terc", "unit_name"])
    assert same.height == cities.height == 56


@given(st.text(alphabet="aąbcćęłńóśźżĄĆŁŻ -", max_size=30))
def test_folding_leaves_plain_words_and_is_done_once(name: str) -> None:
    once = pl.DataFrame({"name": [name]}).select(fold(pl.col("name"))).item()
    assert once.isascii()
    assert once == once.lower().strip()
    assert "  " not in once
    assert "-" not in once
    assert pl.DataFrame({"name": [once]}).select(fold(pl.col("name"))).item() == once
