"""SIMC, ULIC and WMRODZ as tables, and what is told of the files that they come from."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from schemas.errors import PimError
from schemas.gate import check
from schemas.tables.localities import Localities, LocalityKinds, Streets
from schemas.tables.register import RegisterStates
from schemas.tables.units import Units
from sources.facts import CURATED, read_facts
from sources.teryt.read import read_teryt
from sources.teryt.sets import SetName
from sources.teryt.tables import (
    RegisterFile,
    described,
    of_set,
    read_newest,
    read_units,
    to_localities,
    to_locality_kinds,
    to_register_states,
    to_streets,
)
from tests.shared import SHARED, needs_shared

TERYT = SHARED / "data" / "registries" / "teryt"

SIMC = """WOJ;POW;GMI;RODZ_GMI;RM;MZ;NAZWA;SYM;SYMPOD;STAN_NA
02;01;01;1;96;1;Miasto;0000017;0000017;2020-01-01
02;01;01;1;99;1;Przedmieście;0000023;0000017;2020-01-01
02;01;02;2;01;1;Mazewo Dworskie"A";0000046;0000046;2020-01-01
"""
ULIC = """WOJ;POW;GMI;RODZ_GMI;SYM;SYM_UL;CECHA;NAZWA_1;NAZWA_2;STAN_NA
02;01;01;1;0000017;00001;ul.;Polna;;2020-07-28
02;01;02;2;0000046;20641;pl.;"Hubala" Henryka;;2020-07-28
02;01;02;2;0000046;00001;ul.;Polna;;2020-07-28
"""
WMRODZ = """RM;NAZWA_RM;STAN_NA
96;miasto;2013-02-28
01;wieś;2013-02-28
99;część miasta;2013-02-28
"""
IDS = pl.DataFrame({"city_id": ["cit-0001", "cit-0002"]})


def file(path: Path, text: str) -> Path:
    path.write_bytes(("\ufeff" + text.replace("\n", "\r\n") + "\r\n").encode())
    return path


def in_gminas(rows: pl.DataFrame) -> pl.DataFrame:
    ids = {"0201011": "cit-0001", "0201022": "cit-0002"}
    return rows.with_columns(city_id=pl.col("terc").replace_strict(ids, default=None))


def test_point_07_localities_and_streets_keep_every_digit_and_quote(tmp_path: Path) -> None:
    simc = read_teryt(file(tmp_path / "SIMC_Urzedowy_2020-09-26.csv", SIMC))
    kinds = read_teryt(file(tmp_path / "WMRODZ_2020-07-29.csv", WMRODZ))
    ulic = read_teryt(file(tmp_path / "ULIC_Urzedowy_2020-07-29.csv", ULIC))
    kind_rows = check(LocalityKinds, to_locality_kinds(kinds.frame), {})
    assert kind_rows.findings == ()
    assert kind_rows.accepted["kind"].to_list() == ["01", "96", "99"]
    verdict = check(
        Localities,
        in_gminas(to_localities(simc.frame)),
        {"city_ids": IDS, "locality_kinds": kind_rows.accepted},
    )
    assert verdict.findings == ()
    assert verdict.accepted.select("sym", "terc", "locality_name", "kind", "base_sym").rows() == [
        ("0000017", "0201011", "Miasto", "96", "0000017"),
        ("0000023", "0201011", "Przedmieście", "99", "0000017"),
        ("0000046", "0201022", 'Mazewo Dworskie"A"', "01", "0000046"),
    ]
    streets = check(
        Streets,
        in_gminas(to_streets(ulic.frame)),
        {"city_ids": IDS, "localities": verdict.accepted},
    )
    assert streets.findings == ()
    assert streets.accepted.select("sym", "street_sym", "prefix", "name_1").rows() == [
        ("0000017", "00001", "ul.", "Polna"),
        ("0000046", "00001", "ul.", "Polna"),
        ("0000046", "20641", "pl.", '"Hubala" Henryka'),
    ]


def test_a_locality_outside_its_register_is_set_aside(tmp_path: Path) -> None:
    lost = SIMC.replace("0000023;0000017", "0000023;0000099").replace("02;01;02;2", "02;09;02;2")
    simc = read_teryt(file(tmp_path / "SIMC.csv", lost))
    kinds = pl.DataFrame({"kind": ["01", "96", "99"]})
    known = {"city_ids": IDS, "locality_kinds": kinds}
    verdict = check(Localities, in_gminas(to_localities(simc.frame)), known)
    assert verdict.accepted["sym"].to_list() == ["0000017"]
    assert set(verdict.rejected["column_name"]) == {"base_sym", "city_id"}


def test_point_28_a_file_tells_where_its_rows_come_from(tmp_path: Path) -> None:
    path = tmp_path / "WMRODZ.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WMRODZ_2020-07-29.csv", WMRODZ)
    found = described(path)
    assert (found.register, found.state_date) == (SetName.WMRODZ, date(2013, 2, 28))
    assert (found.file_date, found.rows) == (date(2020, 7, 29), 3)
    assert (found.member, found.retrieved) == ("WMRODZ_2020-07-29.csv", None)
    assert found.sha256 == read_teryt(path).origin.member_sha256
    row = check(RegisterStates, to_register_states([found]), {})
    assert row.findings == ()
    assert row.accepted["state_id"].to_list() == ["wmrodz-2013-02-28"]
    assert row.accepted["sha256"].to_list() == [found.sha256]


def a_file(register: SetName, day: date, name: str, path: Path) -> RegisterFile:
    return RegisterFile(path, register, day, None, datetime(2026, 1, 2, 3, 4, 5), name, "0" * 64, 1)


def test_one_file_a_state_and_the_newest_one_is_read(tmp_path: Path) -> None:
    old, new = date(2013, 2, 28), date(2020, 1, 1)
    path = file(
        tmp_path / "WMRODZ.csv",
        WMRODZ * 1 + "".join(f"{code};rodzaj {code};2013-02-28\n" for code in range(10, 16)),
    )
    files = [
        a_file(SetName.WMRODZ, new, "second", path),
        a_file(SetName.WMRODZ, old, "first", path),
        a_file(SetName.WMRODZ, old, "first again", path),
        a_file(SetName.SIMC, new, "other", path),
    ]
    assert [one.member for one in of_set(files, SetName.WMRODZ)] == ["first again", "second"]
    assert to_register_states(files)["file_name"].to_list() == ["other", "first again", "second"]
    read = read_newest(files, SetName.WMRODZ)
    assert read is not None
    assert read.rows == 9
    assert read_newest(files, SetName.ULIC) is None
    assert read_newest(files[:0], SetName.SIMC) is None


def test_no_file_is_no_state_and_no_unit() -> None:
    assert to_register_states([]).is_empty()
    assert read_units([]).schema == pl.Schema(Units.schema())


def test_a_part_of_a_set_is_not_read_as_the_newest(tmp_path: Path) -> None:
    path = file(tmp_path / "SIMC.csv", SIMC)
    assert read_newest([described(path)], SetName.SIMC) is None


@needs_shared
def test_the_address_version_never_becomes_the_register() -> None:
    files = [described(TERYT / "TERC_Adresowy_2022-03-16.csv")]
    with pytest.raises(PimError) as caught:
        read_units(files)
    assert caught.value.code == "PIM-TRY-020"


@needs_shared
def test_facts_on_kinds_and_states_are_those_of_the_real_files() -> None:
    real = read_teryt(TERYT / "WMRODZ_2020-07-29.zip")
    facts = check(LocalityKinds, read_facts(CURATED / "locality_kinds.csv"), {}).accepted
    assert facts.select(LocalityKinds.schema().keys()).equals(to_locality_kinds(real.frame))
    states = check(RegisterStates, read_facts(CURATED / "register_states.csv"), {}).accepted
    names = (
        *("TERC_2016-01-01_oldxml.xml", "TERC_Urzedowy_2020-09-26.zip"),
        *("TERC_Urzedowy_2023-01-01.zip", "terc_urzedowy_2025-12.xlsx"),
        *("SIMC_Urzedowy_2020-09-26.zip", "WMRODZ_2020-07-29.zip"),
    )
    derived = to_register_states([described(TERYT / name) for name in names]).drop("notes")
    ours = states.filter(pl.col("register") != "bdl").select(derived.columns)
    assert ours.equals(derived)
