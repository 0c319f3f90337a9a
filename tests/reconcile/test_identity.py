"""What a code means: every code that a gmina ever had leads to one identifier, and no other."""

import hashlib
from datetime import date

import polars as pl
import pytest

from reconcile.identity import code_index, code_spans, gmina_code, once, resolve, with_city_id
from schemas.gate import check
from schemas.table import Table
from schemas.tables.city_codes import KnownCodes
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.city_versions import KnownVersions, UnitVersions
from schemas.tables.localities import Localities
from schemas.tables.register import CityIds
from schemas.verdict import Verdict
from sources.codes import bdl_terc, parse_code
from sources.facts import CURATED, read_facts
from sources.teryt.read import read_teryt
from sources.teryt.tables import to_localities
from tests.reconcile.identity_sample import (
    FACTS,
    NOTHING,
    anchors,
    change,
    facts,
    real_gminas,
    real_history,
)
from tests.shared import SHARED, needs_shared

REGISTRIES = SHARED / "data" / "registries"


def index() -> pl.DataFrame:
    return code_index(code_spans(facts(CityIds), facts(KnownTransitions)))


def id_of(code: str, day: date | None = None) -> str | None:
    found = with_city_id(pl.DataFrame({"terc": [code]}), index(), day=day)
    value: str | None = found["city_id"].item()
    return value


@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_facts_of_the_register_are_good_and_sorted_by_key(table: type[Table]) -> None:
    assert facts(table).height > 0
    data = (CURATED / f"{table.name}.csv").read_text(encoding="utf-8")
    assert data.split("\n", 1)[0].split(",") == [column.name for column in table.columns]
    keys = read_facts(CURATED / f"{table.name}.csv").select([c.name for c in table.key])
    assert keys.equals(keys.sort(keys.columns))


def test_identifiers_are_minted_once_and_never_again() -> None:
    """New lines go to the end; nobody changes one that was published."""
    lines = (CURATED / "city_ids.csv").read_bytes().splitlines(keepends=True)
    minted = b"".join(lines[:2492])
    assert (
        hashlib.sha256(minted).hexdigest()
        == "52285ddb29d7521f7117045407ed93ca6cfa9e8d3c4fad02bd73dd8878442803"
    )
    ids = facts(CityIds)
    assert ids["city_id"].is_unique().all()
    assert ids["terc"].is_unique().all()


def test_identifiers_say_nothing_of_code_or_programme() -> None:
    """Their order is not that of the codes, and the programme's cities do not stand together."""
    ids = facts(CityIds).sort("city_id")
    rank = ids["terc"].rank()
    assert abs(pl.select(pl.corr(rank, pl.int_range(ids.height, eager=True))).item()) < 0.1
    ours = facts(KnownVersions)["city_id"].str.slice(4).cast(pl.Int64)
    assert ours.median() == pytest.approx(ids.height / 2, rel=0.4)


def test_point_12_three_codes_of_walbrzych_are_one_city() -> None:
    codes = ["0263011", "0221091", "0265011"]
    assert len({id_of(code) for code in codes}) == 1
    assert id_of("0265011") is not None
    assert id_of("0221091", date(2010, 1, 1)) == id_of("0265011")
    assert id_of("0221091", date(2016, 1, 1)) is None, "it was no longer in force"
    assert id_of("0265011", date(2001, 1, 1)) is None, "it was not yet in force"


def test_point_12_warszawa_before_and_after_2002() -> None:
    assert id_of("1431001") == id_of("1465011") is not None
    parts = facts(KnownTransitions).filter(change="merged")
    assert parts.height == 11
    assert set(parts["to_terc"]) == {"1465011"}
    assert id_of("1431011") not in {id_of("1465011"), None}, "a gmina of its own until 2002"


def test_point_12_abolished_and_new_gminas() -> None:
    assert id_of("3203042", date(2018, 12, 31)) is not None
    assert id_of("3203042", date(2019, 1, 1)) is None
    for code in ("1207132", "2002162"):
        assert id_of(code, date(2024, 12, 31)) is None
        assert id_of(code, date(2025, 1, 1)) is not None


def test_point_12_a_changed_kind_is_the_same_city() -> None:
    assert id_of("0218032", date(2020, 1, 1)) == id_of("0218033", date(2025, 1, 1)) is not None
    assert id_of("021803") == id_of("0218033"), "without its kind"


@pytest.mark.parametrize("code", ["0218034", "0218035", "1465028", "1261029", "0218", "02", "9"])
def test_parts_of_gminas_and_larger_units_are_no_city(code: str) -> None:
    assert id_of(code) is None


def test_point_14_powiat_gmina_and_both_bdl_levels_are_one_city() -> None:
    bdl = pl.DataFrame({"id": ["030210365000", "030210365011", "030210363011", "030210321091"]})
    by_bdl = with_city_id(bdl.with_columns(terc=bdl_terc(pl.col("id"))), index())
    cities = {*by_bdl["city_id"], id_of("0265"), id_of("0265011"), id_of("0263")}
    assert len(cities) == 1
    assert parse_code("030210365011").terc == "0265011"


def test_point_14_a_city_that_is_a_powiat_is_published_once() -> None:
    rows = pl.DataFrame(
        {
            "terc": ["0265", "0218033", "0265011", "0265", "0265011", "0218"],
            "year": [2023, 2023, 2023, 2024, 2024, 2024],
            "value": [1, 2, 1, 5, 5, 9],
        }
    )
    kept = once(with_city_id(rows, index()), by=["year"])
    assert kept["terc"].to_list() == ["0218033", "0265011", "0265011", "0218"]
    assert kept.drop_nulls("city_id").select("city_id", "year").is_unique().all()
    only_powiat = once(with_city_id(rows.filter(terc="0265"), index()), by=["year"])
    assert only_powiat.height == 2, "where the gmina is missing, the powiat stands for the city"


@needs_shared
def test_point_14_every_powiat_that_is_a_city_has_one_gmina_by_rule() -> None:
    cities = real_gminas().filter("powiat_rights")
    assert cities.group_by("state_date").len()["len"].to_list() == [66] * 4
    assert (cities["terc"] == cities["powiat_code"] + "011").all()
    others = real_gminas().filter(~pl.col("powiat_rights"))
    assert not others["powiat_code"].str.contains("^..[6-9]").any()


@needs_shared
def test_point_15_historical_units_of_bdl_are_not_taken_for_others() -> None:
    units = pl.read_csv(
        REGISTRIES / "bdl" / "BDL_gmina_unit_codes.txt",
        has_header=False,
        new_columns=["id"],
        infer_schema=False,
    ).with_columns(terc=bdl_terc(pl.col("id")))
    found = with_city_id(units, index())
    assert found.height == units.height == 4180
    whole = found.filter(pl.col("terc").str.contains("[123]$"))
    known = whole.drop_nulls("city_id")
    assert (whole.height, known.height) == (2699, 2596), "103 were gone before 2016 or are newer"
    assert known["city_id"].n_unique() == facts(CityIds).height
    assert found.filter(pl.col("terc").str.contains("[4589]$"))["city_id"].null_count() == 1480


@needs_shared
def test_codes_of_2017_and_of_any_other_year_have_an_identifier() -> None:
    nts = read_teryt(REGISTRIES / "other" / "NTS_2022-03-16.csv").frame
    gminas = nts.filter(pl.col("GMI").is_not_null() & pl.col("RODZ").is_in(["1", "2", "3"]))
    codes = gminas.select(terc=pl.concat_str("WOJ", "POW", "GMI", "RODZ"))
    found = with_city_id(codes, index(), day=date(2017, 1, 1))
    assert (found.height, found["city_id"].null_count()) == (2478, 0)
    assert found["city_id"].is_unique().all()


@needs_shared
def test_the_whole_simc_stands_in_gminas_and_on_itself() -> None:
    """Every locality of 2020, town parts and districts too, has the gmina of its day."""
    simc = read_teryt(REGISTRIES / "teryt" / "SIMC_Urzedowy_2020-09-26.zip").frame
    rows = to_localities(simc).with_columns(gmina=gmina_code(pl.col("terc")))
    placed = with_city_id(rows, index(), code="gmina", day=pl.col("state_date")).drop("gmina")
    known = {
        "city_ids": facts(CityIds),
        "locality_kinds": read_facts(CURATED / "locality_kinds.csv"),
    }
    verdict = check(Localities, placed, known)
    assert verdict.findings == ()
    assert verdict.accepted.height == 102_913
    assert verdict.accepted["city_id"].n_unique() == 2477
    district = verdict.accepted.filter(kind="95")
    assert district["city_id"].unique().to_list() == [id_of("1465011")], "districts of Warszawa"


@needs_shared
def test_codes_of_simc_and_bdl_are_those_of_the_registers() -> None:
    codes = facts(KnownCodes)
    terc = facts(KnownVersions).select("city_id", "terc", "gmina_name", "powiat_rights")
    simc = read_teryt(REGISTRIES / "teryt" / "SIMC_Urzedowy_2020-09-26.zip").frame
    towns = simc.filter((pl.col("RM") == "96") & (pl.col("SYM") == pl.col("SYMPOD")))
    named = (
        codes.filter(code_system="simc")
        .join(terc, on="city_id")
        .join(towns, left_on="city_code", right_on="SYM")
    )
    assert named.height == 56
    assert (named["gmina_name"] == named["NAZWA"]).all()
    stem = pl.concat_str("WOJ", "POW", "GMI") == pl.col("terc").str.slice(0, 6)
    assert named.select(stem.all()).item()
    bdl = set((REGISTRIES / "bdl" / "BDL_gmina_unit_codes.txt").read_text().split())
    gminas = codes.filter(code_system="bdl_gmina").join(terc, on="city_id")
    assert set(gminas["city_code"]) <= bdl
    assert (gminas.select(bdl_terc(pl.col("city_code"))).to_series() == gminas["terc"]).all()
    powiats = codes.filter(code_system="bdl_powiat").join(terc, on="city_id")
    assert powiats["powiat_rights"].all()
    assert powiats.height == terc["powiat_rights"].sum()


def test_point_13_a_name_gives_all_candidates_and_picks_none() -> None:
    day = [date(2025, 1, 1)] * 4
    gminas = pl.DataFrame(
        {
            "terc": ["0201011", "0201022", "1018022", "0203011"],
            "valid_from": day,
            "gmina_name": ["Bolesławiec", "Bolesławiec", "Bolesławiec", "Głogów"],
            "voivodeship_name": ["dolnośląskie", "dolnośląskie", "łódzkie", "dolnośląskie"],
            "gmina_kind": ["urban", "rural", "rural", "urban"],
        }
    )
    found = resolve("BOLESLAWIEC", gminas)
    assert found["terc"].to_list() == ["0201011", "0201022", "1018022"]
    narrowed = resolve("Bolesławiec", gminas, voivodeship="Dolnośląskie")
    assert narrowed["terc"].to_list() == ["0201011", "0201022"], "still two in one powiat"
    exact = resolve("Bolesławiec", gminas, voivodeship="dolnośląskie", kind="urban")
    assert exact["terc"].to_list() == ["0201011"]
    assert resolve("Nigdzie", gminas).is_empty()


@needs_shared
def test_point_13_names_in_the_real_register() -> None:
    newest = (
        real_history().filter(state_date=date(2025, 1, 1)).with_columns(valid_from="state_date")
    )
    assert resolve("Bolesławiec", newest)["terc"].to_list() == ["0201011", "0201022", "1018013"]
    assert resolve("Świdnica", newest).height == 3
    assert newest["gmina_name"].n_unique() == 2238


def test_a_code_that_is_given_again_means_each_gmina_in_its_time() -> None:
    ids = anchors(
        {"cit-0001": ("0101012", date(2000, 1, 1)), "cit-0002": ("0101012", date(2012, 1, 1))}
    )
    facts = pl.concat(
        [
            change("recoded", "cit-0001", ("0101012", "0102012"), (None, date(2005, 1, 1))),
            change(
                "created", "cit-0002", (None, "0101012"), (date(2009, 12, 31), date(2010, 1, 1))
            ),
        ]
    )
    spans = code_index(code_spans(ids, facts))

    def at(day: date | None) -> str | None:
        found: str | None = with_city_id(pl.DataFrame({"terc": ["0101012"]}), spans, day=day)[
            "city_id"
        ].item()
        return found

    assert at(date(2001, 1, 1)) == "cit-0001"
    assert at(date(2007, 1, 1)) is None
    assert at(date(2011, 1, 1)) == "cit-0002"
    assert at(None) is None, "without a day it may be either"
    assert "0102012" not in set(code_spans(ids, facts).filter(city_id="cit-0002")["terc"])


def test_a_kind_that_changes_back_is_still_one_city() -> None:
    ids = anchors({"cit-0001": ("0101012", date(2000, 1, 1))})
    facts = pl.concat(
        [
            change("kind_changed", "cit-0001", ("0101012", "0101013"), (None, date(2005, 1, 1))),
            change("kind_changed", "cit-0001", ("0101013", "0101012"), (None, date(2010, 1, 1))),
        ]
    )
    spans = code_spans(ids, facts)
    assert spans["terc"].to_list() == ["0101012", "0101013"]
    assert spans.filter(terc="0101012").select("after", "before").row(0) == (None, None)


def test_the_day_may_differ_from_row_to_row_and_order_is_kept() -> None:
    rows = pl.DataFrame(
        {
            "code": ["0218033", None, "0218032", "0218032"],
            "seen": [date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1), date(2016, 1, 1)],
        }
    )
    found = with_city_id(rows, index(), code="code", day=pl.col("seen"))
    one = id_of("0218033")
    assert found["city_id"].to_list() == [one, None, None, one]
    assert found.columns == ["code", "seen", "city_id"]


def test_a_gmina_without_identifier_is_reported_with_the_line_to_add() -> None:
    rows = pl.DataFrame(
        {
            "unit": ["0201011@2026-01-01"],
            "city_id": [None],
            "valid_from": ["2026-01-01"],
            "valid_to": [None],
            "terc": ["0201011"],
            "gmina_name": ["Nowa"],
            "gmina_kind": ["urban"],
            "powiat_rights": ["False"],
            "powiat_code": ["0201"],
            "powiat_name": ["nowy"],
            "voivodeship_name": ["dolnośląskie"],
            "first_state": ["terc-2025-01-01"],
            "last_state": ["terc-2025-01-01"],
        }
    )
    known = {"city_ids": facts(CityIds)} | {
        "register_states": pl.DataFrame({"state_id": ["terc-2025-01-01"]})
    }
    verdict: Verdict = check(UnitVersions, rows, known)
    assert verdict.publishable
    assert [finding.places for finding in verdict.findings] == [("cit-2492,0201011,2026-01-01",)]


def test_no_facts_give_no_codes() -> None:
    assert code_spans(anchors({}), NOTHING).is_empty()
