"""A state is the one before with its changes; a list of names is held against the register."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.identity import code_index, code_spans
from reconcile.register_checks import after_changes, misnamed, unlike, way_to
from reconcile.versions import versions_of
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.register import CityIds
from sources.jst_list import read_jst
from sources.teryt.change_sets import KEYS
from sources.teryt.changes import read_changes
from sources.teryt.sets import SetName
from sources.teryt.tables import read_file
from tests.reconcile.identity_sample import facts, real_files, real_history
from tests.shared import SHARED, needs_shared
from tests.sources.terytchanges import between, changes

TERC = KEYS[SetName.TERC]
Y = [date(year, 1, 1) for year in range(2016, 2028)]


def span(first: int, last: int) -> tuple[date, date]:
    return Y[first - 2016], Y[last - 2016]


@pytest.mark.parametrize(
    ("states", "files", "way"),
    [
        ([(2016, 2016), (2020, 2020)], [(2016, 2020)], (0, (0,))),
        ([(2016, 2016), (2020, 2020)], [(2018, 2020), (2016, 2018)], (0, (1, 0))),
        ([(2016, 2018), (2020, 2022)], [(2017, 2021)], (0, (0,))),
        ([(2016, 2016), (2018, 2018), (2020, 2020)], [(2018, 2020), (2016, 2020)], (1, (0,))),
        ([(2016, 2016), (2018, 2018), (2020, 2020)], [(2016, 2020)], (0, (0,))),
        ([(2016, 2016), (2020, 2020)], [(2016, 2019)], None),
        ([(2016, 2016), (2020, 2020)], [(2017, 2020)], None),
        ([(2016, 2016), (2020, 2020)], [(2016, 2021)], None),
        ([(2016, 2018), (2020, 2020)], [(2016, 2017), (2018, 2020)], (0, (1,))),
        ([(2016, 2016)], [(2016, 2020)], None),
        ([(2016, 2016), (2020, 2020)], [], None),
    ],
)
def test_change_files_lead_from_one_state_to_another_or_leave_a_gap(
    states: list[tuple[int, int]],
    files: list[tuple[int, int]],
    way: tuple[int, tuple[int, ...]] | None,
) -> None:
    assert way_to([span(*one) for one in states], [span(*one) for one in files]) == way


@needs_shared
def test_the_real_states_are_explained_by_their_changes_and_a_missing_one_is_named() -> None:
    before, after = (read_file(real_files()[at]).frame for at in (1, 2))
    told = between(before, after, "2023-01-01")
    name = "TERC_Urzedowy_zmiany_2020-01-01_2023-01-01.xml"
    now, was = after.drop("STAN_NA"), before.drop("STAN_NA")

    def found(parts: list[str]) -> pl.DataFrame:
        frame = read_changes(changes(*parts), name).frame
        return unlike(after_changes(was, [frame], TERC), now, TERC)

    assert len(told) > 100
    assert found(told).is_empty()
    lost = next(at for at, part in enumerate(told) if "Miękinia" in part and ">M<" in part)
    assert found(told[:lost] + told[lost + 1 :]).rows() == [
        ("0218032", "02;18;03;2;Miękinia;gmina wiejska", None),
        ("0218033", None, "02;18;03;3;Miękinia;gmina miejsko-wiejska"),
    ]
    assert unlike(was, now, TERC).height > len(told)


COLUMNS = ("id", "name")
STEP = st.tuples(st.integers(0, 4), st.sampled_from("abc"), st.integers(0, 4))


@settings(max_examples=60)
@given(
    st.dictionaries(st.integers(0, 4), st.sampled_from("abc")), st.lists(STEP), st.integers(0, 9)
)
def test_changes_made_all_at_once_are_changes_made_one_by_one(
    start: dict[int, str], steps: list[tuple[int, str, int]], cut: int
) -> None:
    """Whatever is added, removed, renamed and moved, in one file or in two."""
    held = dict(start)
    rows: list[tuple[str | None, ...]] = []
    for key, name, to in steps:
        if key not in held:
            rows.append(("D", None, None, str(key), name))
            held[key] = name
        elif name == "c":
            rows.append(("U", str(key), held.pop(key), None, None))
        elif to == key or to not in held:
            rows.append(("M", str(key), held.pop(key), str(to), name))
            held[to] = name
    columns = ("change", "id_before", "name_before", "id_after", "name_after")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    state = pl.DataFrame(
        [(str(key), name) for key, name in start.items()],
        schema=dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )
    made = after_changes(state, [frame.head(cut), frame.slice(cut)], ("id",))
    assert sorted(made.rows()) == sorted((str(key), name) for key, name in held.items())


@needs_shared
def test_the_address_list_has_no_strange_code_and_eleven_strange_names() -> None:
    """By the code alone it has ten gminas that TERC of 2020 does not know; identity knows all."""
    name = "Baza_teleadresowa_jst_stan_na_19_05_2021.csv"
    listed = read_jst((SHARED / "data" / "registries" / "other" / name).read_bytes(), name).rows
    gminas = listed.filter(pl.col("terc").str.contains(r"^\d{6}[123]$"))
    real = real_history()
    of_2020 = real.filter(state_date=date(2020, 1, 1))
    assert gminas.join(of_2020, on="terc", how="anti").height == 10
    index = code_index(code_spans(facts(CityIds), facts(KnownTransitions)))
    names = versions_of(real).select("city_id", "gmina_name", "valid_from")
    found = misnamed(listed, names, index)
    assert found["expected"].null_count() == 0
    assert found.height == 11
    assert ("1210073", "Krynica-Zdrój", "Krynica Zdrój") in found.rows()
    strange = pl.DataFrame({"terc": ["9999011"], "unit_name": ["Nigdzie"]})
    assert misnamed(strange, names, index).rows() == [("9999011", None, "Nigdzie")]
