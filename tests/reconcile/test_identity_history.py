"""Gminas followed through the states of the register: who is who, and what was when."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.cities import cities_of, codes_of
from reconcile.history import OBSERVED, identify
from reconcile.identity import code_index, code_spans
from reconcile.versions import as_of, observed_in, versions_of
from schemas.errors import PimError
from schemas.tables.city_codes import KnownCodes
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.city_versions import KnownVersions
from schemas.tables.participants import Participants
from schemas.tables.register import CityIds
from tests.reconcile.identity_sample import (
    DAYS,
    NOTHING,
    change,
    facts,
    history,
    real_gminas,
    real_history,
    state,
)
from tests.shared import needs_shared

OLD, MIDDLE, NEW = date(2000, 1, 1), date(2010, 1, 1), date(2020, 1, 1)


def days(*of: date) -> pl.Series:
    return pl.Series(of, dtype=pl.Date)


def ids_in(observed: pl.DataFrame, day: date) -> dict[str, str]:
    rows = observed.filter(state_date=day)
    return dict(zip(rows["terc"], rows["unit"], strict=True))


@needs_shared
def test_point_12_every_gmina_of_every_state_has_one_identifier() -> None:
    observed = real_history()
    assert observed.group_by("state_date", maintain_order=True).len()["len"].to_list() == [
        2478,
        2477,
        2477,
        2479,
    ]
    assert observed["city_id"].null_count() == 0
    assert observed.select("state_date", "city_id").is_unique().all()


@needs_shared
def test_point_12_reviewed_changes_lead_to_the_same_history_as_codes_alone() -> None:
    with_facts = identify(real_gminas(), facts(CityIds), facts(KnownTransitions))
    assert with_facts.equals(real_history())


@needs_shared
def test_point_12_joining_by_code_or_by_name_alone_fails() -> None:
    """What a join loses or invents between 2016 and 2025, and the identifier does not."""
    old, new = (real_history().filter(state_date=day) for day in (DAYS[0], DAYS[-1]))
    by_code = old.join(new, on="terc")
    assert old.height - by_code.height == 103, "gminas lost by their code"
    by_name = old.join(new, on=["gmina_name", "voivodeship_name"])
    wrong = by_name.filter(pl.col("city_id") != pl.col("city_id_right"))
    assert wrong.height > 200, "gminas taken for others of their name"
    by_id = old.join(new, on="city_id")
    assert by_id.height == 2477
    assert old.join(new, on="city_id", how="anti")["gmina_name"].to_list() == ["Ostrowice"]
    assert sorted(new.join(old, on="city_id", how="anti")["gmina_name"]) == ["Grabówka", "Szczawa"]


@needs_shared
def test_facts_on_our_cities_are_what_the_real_files_show() -> None:
    participants = facts(Participants)
    index = code_index(code_spans(facts(CityIds), facts(KnownTransitions)))
    cities, observed = cities_of(participants, index, [real_history()])
    derived = versions_of(observed).drop("unit")
    known = facts(KnownVersions)
    assert derived.select(known.columns).sort("city_id").equals(known)
    from_facts, spread = cities_of(participants, index, [observed_in(known, days(*DAYS))])
    assert from_facts.equals(cities)
    assert spread.equals(observed)
    assert cities.height == participants.filter(kind="city").height == 56
    assert codes_of(facts(KnownCodes).clear(), cities, derived).group_by("code_system").len().sort(
        "code_system"
    ).rows() == [
        ("terc", 56),
        ("terc_powiat", known["powiat_rights"].sum()),
        ("terc_town", known.filter(gmina_kind="urban_rural").height),
    ]


def test_our_cities_follow_from_the_facts_without_any_file() -> None:
    index = code_index(code_spans(facts(CityIds), facts(KnownTransitions)))
    layer = observed_in(facts(KnownVersions), days(*DAYS))
    cities, _ = cities_of(facts(Participants), index, [layer])
    named = cities.join(facts(Participants), on="participant_id")
    assert named.height == 56
    assert (named["city_name"] == named["official_name"]).all()
    assert (named["terc"] == named["terc_right"]).all()


def test_a_newer_layer_goes_before_an_older_one() -> None:
    index = code_index(code_spans(facts(CityIds), facts(KnownTransitions)))
    layer = observed_in(facts(KnownVersions), days(*DAYS))
    renamed = layer.with_columns(gmina_name=pl.lit("Inna"))
    cities, _ = cities_of(facts(Participants), index, [renamed, layer])
    assert cities["city_name"].unique().to_list() == ["Inna"]


@needs_shared
@pytest.mark.parametrize(
    ("day", "used", "gminas", "name"),
    [
        (date(2016, 1, 1), DAYS[0], 2478, "Słupsk"),
        (date(2019, 12, 31), DAYS[0], 2478, "Słupsk"),
        (date(2020, 1, 1), DAYS[1], 2477, "Słupsk"),
        (date(2024, 6, 1), DAYS[2], 2477, "Słupsk"),
        (date(2030, 1, 1), DAYS[3], 2479, "Redzikowo"),
    ],
)
def test_the_register_as_of_a_day(day: date, used: date, gminas: int, name: str) -> None:
    found = as_of(versions_of(real_history()), days(*DAYS), day)
    assert found.state_date == used
    assert found.gminas.height == gminas
    real = real_gminas().filter(state_date=used)
    assert found.gminas.select(real.columns[1:]).equals(real.drop("state_date"))
    assert found.gminas.filter(terc="2212082")["gmina_name"].to_list() == [name]


def test_before_the_first_state_there_is_no_register() -> None:
    observed = history([state(OLD, ("0101011", "A"))], {})
    with pytest.raises(PimError) as caught:
        as_of(versions_of(observed), days(OLD), date(1999, 12, 31))
    assert caught.value.code == "PIM-CIT-002"
    assert "2000-01-01" in str(caught.value.why)


@needs_shared
def test_versions_say_which_states_show_them() -> None:
    versions = versions_of(real_history())
    slupsk = versions.filter(terc="2212082").sort("valid_from")
    columns = ["valid_from", "valid_to", "gmina_name", "first_state", "last_state"]
    assert slupsk.select(columns).rows() == [
        (DAYS[0], DAYS[2], "Słupsk", "terc-2016-01-01", "terc-2023-01-01"),
        (DAYS[3], None, "Redzikowo", "terc-2025-01-01", "terc-2025-01-01"),
    ]
    assert versions.filter(pl.col("valid_to").is_null()).height == 2479
    karkonoski = versions.filter(powiat_code="0206").filter(pl.col("valid_to").is_null())
    assert set(karkonoski["valid_from"]) == {DAYS[2]}, "the powiat was renamed"


def test_a_gmina_is_never_followed_by_its_name() -> None:
    """Two gminas that exchange names stay who they are; one that moved needs a reviewed change."""
    states = [
        state(OLD, ("0101012", "Biała"), ("0101022", "Czarna"), ("0102012", "Zielona")),
        state(NEW, ("0101012", "Czarna"), ("0101022", "Biała"), ("0103012", "Zielona")),
    ]
    observed = history(states, {})
    assert ids_in(observed, NEW) == {
        "0101012": "0101012@2000-01-01",
        "0101022": "0101022@2000-01-01",
        "0103012": "0103012@2020-01-01",
    }


def test_a_reviewed_recoding_keeps_the_identifier() -> None:
    states = [state(OLD, ("0102012", "Zielona")), state(NEW, ("0103012", "Zielona"))]
    moved = change("recoded", "cit-0001", ("0102012", "0103012"), (OLD, NEW))
    observed = history(states, {"cit-0001": ("0103012", NEW)}, moved)
    assert observed["city_id"].to_list() == ["cit-0001", "cit-0001"]


def test_two_reviewed_recodings_between_two_states_are_followed() -> None:
    states = [state(OLD, ("0263011", "Miasto")), state(NEW, ("0265011", "Miasto"))]
    changes = pl.concat(
        [
            change("recoded", "cit-0001", ("0263011", "0221091"), (None, date(2003, 12, 31))),
            change("recoded", "cit-0001", ("0221091", "0265011"), (None, date(2013, 12, 31))),
        ]
    )
    observed = history(states, {"cit-0001": ("0221091", date(2010, 1, 1))}, changes)
    assert observed["city_id"].to_list() == ["cit-0001", "cit-0001"]
    back = pl.concat(
        [changes, change("recoded", None, ("0265011", "0263011"), (NEW, date(2030, 1, 1)))]
    )
    assert history(states, {}, back)["unit"].n_unique() == 1, "a ring of codes ends as well"


def test_a_code_that_ended_and_came_again_between_two_states_is_another_gmina() -> None:
    states = [state(OLD, ("0101012", "Stara")), state(NEW, ("0101012", "Nowa"))]
    changes = pl.concat(
        [
            change(
                "abolished", "cit-0001", ("0101012", None), (date(2004, 12, 31), date(2005, 1, 1))
            ),
            change(
                "created", "cit-0002", (None, "0101012"), (date(2014, 12, 31), date(2015, 1, 1))
            ),
        ]
    )
    ids = {"cit-0001": ("0101012", OLD), "cit-0002": ("0101012", NEW)}
    assert history(states, ids, changes)["city_id"].to_list() == ["cit-0001", "cit-0002"]


def test_a_new_gmina_on_the_digits_of_an_old_one_is_a_gmina_of_its_own() -> None:
    states = [state(OLD, ("0101012", "Stara")), state(NEW, ("0101011", "Nowa"))]
    created = change("created", None, (None, "0101011"), (OLD, NEW))
    assert history(states, {}, created)["unit"].n_unique() == 2
    assert history(states, {})["unit"].n_unique() == 1, "without a review the kind has changed"


def test_a_state_within_an_interval_shows_whether_the_change_was_made() -> None:
    moved = change("recoded", "cit-0001", ("0102012", "0103012"), (OLD, NEW))
    ids = {"cit-0001": ("0102012", OLD)}
    before = [state(OLD, ("0102012", "A")), state(MIDDLE, ("0102012", "A"))]
    after = [state(MIDDLE, ("0103012", "A")), state(NEW, ("0103012", "A"))]
    for states in (before, after):
        assert history(states, ids, moved)["city_id"].to_list() == ["cit-0001"] * 2


def test_one_state_alone_is_named_by_what_is_known() -> None:
    observed = history(
        [state(NEW, ("0218033", "Miękinia"))],
        {"cit-0001": ("0218032", OLD)},
        change("kind_changed", "cit-0001", ("0218032", "0218033"), (OLD, MIDDLE)),
    )
    assert observed["city_id"].to_list() == ["cit-0001"]


@pytest.mark.parametrize(
    "ids",
    [
        {"cit-0001": ("0101012", OLD), "cit-0002": ("0101013", NEW)},
        {"cit-0001": ("0101012", OLD), "cit-0002": ("0101012", OLD)},
    ],
)
def test_facts_against_each_other_are_refused(ids: dict[str, tuple[str, date]]) -> None:
    states = [state(OLD, ("0101012", "A")), state(NEW, ("0101013", "A"))]
    with pytest.raises(PimError) as caught:
        history(states, ids)
    assert caught.value.code == "PIM-CIT-001"
    assert "cit-0001, cit-0002" in str(caught.value.why)


def test_one_identifier_for_two_gminas_of_a_state_is_refused() -> None:
    states = [state(OLD, ("0101012", "A"), ("0102012", "B"))]
    merged_wrongly = change("recoded", "cit-0001", ("0101012", "0102012"), (None, NEW))
    with pytest.raises(PimError) as caught:
        history(states, {"cit-0001": ("0101012", OLD)}, merged_wrongly)
    assert caught.value.code == "PIM-CIT-001"


def test_no_state_is_an_empty_history() -> None:
    nothing = identify(real_schema(), facts(CityIds), NOTHING)
    assert nothing.is_empty()
    assert versions_of(nothing).is_empty()
    assert observed_in(versions_of(nothing), days()).schema == pl.Schema(OBSERVED)


def real_schema() -> pl.DataFrame:
    kept = {name: dtype for name, dtype in OBSERVED.items() if name not in {"unit", "city_id"}}
    return pl.DataFrame(schema=kept)


@given(
    st.lists(
        st.dictionaries(
            st.integers(1, 9), st.tuples(st.sampled_from("123"), st.sampled_from("ABC")), min_size=1
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_changes_kind_and_name_a_gmina_is_followed_and_nothing_is_lost(
    register: list[dict[int, tuple[str, str]]],
) -> None:
    """A gmina is six digits here; each state may hold it with any kind and name, or not."""
    states = [
        state(
            date(2000 + n, 1, 1),
            *((f"0101{six:02}{kind}", name) for six, (kind, name) in s.items()),
        )
        for n, s in enumerate(register)
    ]
    observed = history(states, {})
    assert observed.height == sum(map(len, register))
    runs = observed.with_columns(six=pl.col("terc").str.slice(4, 2).cast(pl.Int64))
    for before, after in zip(range(len(register)), range(1, len(register)), strict=False):
        both = register[before].keys() & register[after].keys()
        pair = [runs.filter(state_date=date(2000 + n, 1, 1)) for n in (before, after)]
        joined = pair[0].join(pair[1], on="six")
        assert joined.height == len(both)
        assert (joined["unit"] == joined["unit_right"]).all()
    versions = versions_of(observed)
    spread = observed_in(versions, days(*(date(2000 + n, 1, 1) for n in range(len(register)))))
    assert spread.equals(observed)
