"""The facts of the programme that the project carries: what must hold of them."""

from functools import cache

import polars as pl
import pytest

from schemas.columns import LIST_SEPARATOR
from schemas.gate import check
from schemas.registry import all_tables
from schemas.table import Table
from schemas.tables.action_plans import MidParts, Mids
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.improvement_plans import ImprovementPlans, PlanComponents
from schemas.tables.network_names import NetworkNames, PlannedNetworks
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations
from schemas.tables.recommendations import GoodPractices, Recommendations
from schemas.tables.units import Units
from schemas.verdict import Verdict
from sources.facts import CURATED, read_facts

PROGRAMME = (
    Editions,
    Networks,
    NetworkNames,
    PlannedNetworks,
    Participants,
    Participations,
    Mids,
    MidParts,
    ImprovementPlans,
    PlanComponents,
    Recommendations,
    GoodPractices,
)
CARRIED = (Documents, Units, *PROGRAMME)


def raw(table: type[Table]) -> pl.DataFrame:
    return read_facts(CURATED / f"{table.name}.csv")


@cache
def verdicts() -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for table in all_tables():
        if table in CARRIED:
            accepted = {name: verdict.accepted for name, verdict in found.items()}
            found[table.name] = check(table, raw(table), accepted)
    return found


def facts(table: type[Table]) -> pl.DataFrame:
    return verdicts()[table.name].accepted


def names_of(rows: pl.DataFrame) -> set[str]:
    named = facts(Participants).join(rows, on="participant_id", how="semi")
    return set(named["official_name"])


def network(name: str) -> str:
    found = facts(Networks).filter(pl.col("network_name_pl") == name)
    return str(found["network_id"].item())


def edition(number: int) -> str:
    return str(facts(Editions).filter(pl.col("number") == number)["edition_id"].item())


@pytest.mark.parametrize("table", CARRIED, ids=lambda table: table.name)
def test_every_row_of_the_facts_passes_the_gate(table: type[Table]) -> None:
    verdict = verdicts()[table.name]
    assert verdict.findings == ()
    assert verdict.accepted.height == raw(table).height > 0


@pytest.mark.parametrize("table", [Units, *PROGRAMME], ids=lambda table: table.name)
def test_a_facts_file_has_the_columns_of_its_table_and_is_sorted_by_key(
    table: type[Table],
) -> None:
    data = (CURATED / f"{table.name}.csv").read_bytes()
    header, rest = data.decode("utf-8").split("\n", 1)
    assert header.split(",") == [column.name for column in table.columns]
    assert b"\r" not in data
    assert rest.endswith("\n")
    keys = raw(table).select([column.name for column in table.key])
    assert keys.equals(keys.sort(keys.columns))


@pytest.mark.parametrize("table", PROGRAMME, ids=lambda table: table.name)
def test_every_fact_is_cited_from_listed_documents(table: type[Table]) -> None:
    known = set(facts(Documents)["document_id"])
    for cell in raw(table)["sources"]:
        cited = cell.split(LIST_SEPARATOR)
        assert cited == sorted(set(cited))
        assert set(cited) <= known


@pytest.mark.parametrize("table", PROGRAMME, ids=lambda table: table.name)
def test_no_text_holds_a_key_that_was_made_of_names(table: type[Table]) -> None:
    text = (CURATED / f"{table.name}.csv").read_text(encoding="utf-8")
    for old in ("PIM1-", "PIM2-", "PIM3-", "MID:", "PU:", "REC:", "GP:", "DOC:", "document:00"):
        assert old not in text


def test_three_editions_stand_with_their_dates() -> None:
    rows = facts(Editions).sort("number")
    assert rows["number"].to_list() == [1, 2, 3]
    assert rows["period_start"].to_list() == [2017, 2021, 2024]
    assert rows["period_end"].to_list() == [2019, 2023, 2026]
    assert rows["partner"].to_list() == [None, "Bank Światowy", "Bank Światowy"]
    assert [str(day) for day in rows["agreement_date"]] == ["None", "2022-01-28", "None"]
    assert rows["end_is_planned"].to_list() == [False, False, True]


def test_each_edition_has_three_networks_and_every_network_a_name_in_a_source() -> None:
    assert facts(Networks).group_by("edition_id").len()["len"].to_list() == [3, 3, 3]
    assert set(facts(NetworkNames)["network_id"]) == set(facts(Networks)["network_id"])


def test_the_third_network_of_2021_keeps_all_its_names() -> None:
    names = facts(NetworkNames).filter(pl.col("network_id") == network("Miasto Inicjatyw PPP"))
    assert {"Miasto produktywne", "Sieć PPP", "Sieć Inicjatyw PPP", "PPP Network"} <= set(
        names["name_as_written"]
    )


def test_planned_networks_never_became_networks() -> None:
    planned = facts(PlannedNetworks)
    assert planned.height == 4
    assert not set(planned["network_name_pl"]) & set(facts(Networks)["network_name_pl"])


def test_sixty_participants_of_which_four_are_no_city() -> None:
    rows = facts(Participants)
    assert rows.height == 60
    others = rows.filter(pl.col("terc").is_null())
    assert set(others["official_name"]) == {
        "Górnośląsko-Zagłębiowska Metropolia",
        "Porozumienie Kieleckiego Obszaru Funkcjonalnego",
        "Stowarzyszenie „Metropolia Warszawa”",
        "Stowarzyszenie Metropolia Krakowska",
    }
    assert "city" not in set(others["kind"])
    assert rows["terc"].drop_nulls().is_unique().all()


def test_the_second_edition_has_28_confirmed_cities_in_10_8_and_10() -> None:
    rows = facts(Participations)
    assert rows.height == 67
    confirmed = rows.filter(
        pl.col("edition_id") == edition(2), pl.col("evidence_status") == "confirmed"
    )
    sizes = {
        name: confirmed.filter(pl.col("network_id") == network(name)).height
        for name in ("Miasto Zielone", "Miasto Cyfrowe", "Miasto Inicjatyw PPP")
    }
    assert sizes == {"Miasto Zielone": 10, "Miasto Cyfrowe": 8, "Miasto Inicjatyw PPP": 10}
    assert confirmed.height == 28
    assert set(confirmed["role"]) == {"participant"}


def test_what_is_only_inferred_is_marked() -> None:
    inferred = facts(Participations).filter(pl.col("evidence_status") == "inferred")
    digital, housing = network("Miasto Cyfrowe"), network("Miasto dostępnych mieszkań")
    by_network = {
        place: names_of(inferred.filter(pl.col("network_id") == place))
        for place in (digital, housing)
    }
    assert by_network == {digital: {"Łódź", "Krzywiń"}, housing: {"Żory", "Stargard"}}
    assert inferred.height == 4
    hidden = facts(Participants).filter(pl.col("evidence_status") == "inferred")
    assert set(hidden["official_name"]) == {"Łódź", "Krzywiń", "Stargard"}
    plans = facts(Mids).filter(pl.col("evidence_status") == "inferred")
    assert set(plans["participation_id"]) == set(inferred["participation_id"])


def test_no_confirmed_row_tells_what_is_inferred() -> None:
    for table in PROGRAMME:
        rows = facts(table).filter(pl.col("evidence_status") == "confirmed")
        text = rows.write_csv()
        for name in ("Łódź", "Łodzi", "Krzywi", "Stargard"):
            assert name not in text, table.name
    housing = network("Miasto dostępnych mieszkań")
    about = [
        facts(table).filter(
            pl.col("network_id") == housing, pl.col("evidence_status") == "confirmed"
        )
        for table in (Networks, NetworkNames, ImprovementPlans, GoodPractices, Participations)
    ]
    assert not any("Żor" in rows.write_csv() for rows in about)
    assert about[-1].is_empty()


def test_misspelt_names_lead_to_the_city_that_is_meant() -> None:
    rows = facts(Participations).join(facts(Participants), on="participant_id")
    meant = dict(rows.select("name_as_written", "terc").iter_rows())
    assert meant["Piława"] == "1403103"
    assert meant["Wyszaków"] == "1435053"
    assert meant["Miedzyrzec Podlaski"] == "0601011"
    assert meant["Gmina Olsztyn"] == "2862011"


def test_every_participation_has_one_plan_and_one_of_them_a_title() -> None:
    rows = facts(Mids)
    assert set(rows["participation_id"]) == set(facts(Participations)["participation_id"])
    assert rows.height == 67
    titled = rows.drop_nulls("title_pl").join(facts(Participations), on="participation_id")
    assert names_of(titled) == {"Rybnik"}
    assert titled["status"].to_list() == ["topic_published"]
    assert rows["document_id"].null_count() == rows.height


def test_the_pilot_left_three_recommendations_in_each_of_three_scopes() -> None:
    rows = facts(Recommendations)
    assert rows.group_by("scope").len().sort("scope").rows() == [
        ("finance", 3),
        ("knowledge", 3),
        ("law", 3),
    ]
    assert rows.select("network_id", "scope").is_unique().all()
    assert set(rows["edition_id"]) == {edition(1)}


def test_every_network_has_an_improvement_plan() -> None:
    assert sorted(facts(ImprovementPlans)["network_id"]) == sorted(facts(Networks)["network_id"])


def test_a_participation_in_the_wrong_edition_stops_the_table() -> None:
    wrong = raw(Participations).with_columns(pl.lit(edition(1)).alias("edition_id"))
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Participations, wrong, accepted)
    assert verdict.blocked
    assert "edition_of_network" in {finding.rule for finding in verdict.findings}


def test_a_participant_listed_twice_in_a_network_stops_the_table() -> None:
    rows = raw(Participations)
    twice = rows.head(1).with_columns(pl.lit("pcp-9999").alias("participation_id"))
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Participations, pl.concat([rows, twice]), accepted)
    assert [finding.rule for finding in verdict.findings] == ["once_in_a_network"]


def test_a_city_with_the_code_of_another_is_stopped() -> None:
    pilawa = pl.col("official_name") == "Pilawa"
    wrong = raw(Participants).with_columns(
        pl.when(pilawa).then(pl.lit("0202041")).otherwise("terc").alias("terc")
    )
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Participants, wrong, accepted)
    (finding,) = verdict.findings
    assert finding.rule == "name_matches_terc"
    assert finding.places == ("par-0043: Pilawa ≠ 0202041 Piława Górna",)


def test_a_second_plan_of_a_participation_is_stopped() -> None:
    rows = raw(Mids)
    second = rows.head(1).with_columns(pl.lit("mid-9999").alias("mid_id"))
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Mids, pl.concat([rows, second]), accepted)
    assert [finding.rule for finding in verdict.findings] == ["one_plan_a_participation"]


def test_a_recommendation_of_another_networks_plan_is_stopped() -> None:
    wrong = raw(Recommendations).with_columns(pl.lit("pu-0001").alias("plan_id"))
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Recommendations, wrong, accepted)
    assert [finding.rule for finding in verdict.findings] == ["network_of_plan"]
    assert verdict.findings[0].count == 6
