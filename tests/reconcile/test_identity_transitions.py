"""Changes of gminas: what states show, what was known before, and what change files tell."""

from datetime import date

import polars as pl

from reconcile.changes import transitions_of
from reconcile.identity import code_index, code_spans
from reconcile.transitions import combined, derived, known_codes
from schemas.gate import check
from schemas.tables.city_transitions import CityTransitions, KnownTransitions
from schemas.tables.register import CityIds, RegisterStates
from sources.teryt.changes import read_changes
from tests.reconcile.identity_sample import (
    DAYS,
    anchors,
    change,
    facts,
    history,
    real_history,
    state,
)
from tests.shared import needs_shared

OLD, MIDDLE, NEW = date(2000, 1, 1), date(2010, 1, 1), date(2020, 1, 1)
SHOWN = ["changed_after", "changed_by", "change", "from_terc", "to_terc"]


def counts(changes: pl.DataFrame) -> dict[str, int]:
    return dict(changes.group_by("change").len().sort("change").rows())


@needs_shared
def test_point_12_the_states_explain_the_103_codes_that_vanished() -> None:
    found = derived(real_history())
    assert counts(found) == {"abolished": 1, "created": 2, "kind_changed": 102, "renamed": 4}
    old, new = (set(real_history().filter(state_date=day)["terc"]) for day in (DAYS[0], DAYS[-1]))
    gone = found.filter(pl.col("from_terc").is_in(list(old - new)))
    assert len(old - new) == gone.height == 103
    assert counts(gone) == {"abolished": 1, "kind_changed": 102}
    assert found.filter(change="abolished").select("terc", "from_name").row(0) == (
        "3203042",
        "Ostrowice",
    )
    assert sorted(found.filter(change="created")["to_name"]) == ["Grabówka", "Szczawa"]
    assert found.filter(change="renamed").select("from_name", "to_name").sort("to_name").rows() == [
        ("Sitkówka-Nowiny", "Nowiny"),
        ("Słupsk", "Redzikowo"),
        ("Wąbrzeźno", "Ryńsk"),
        ("Słupia (Konecka)", "Słupia Konecka"),
    ]


@needs_shared
def test_reviewed_changes_agree_with_the_real_states() -> None:
    """Every change that the states show is known, and lies within their interval."""
    known, found = facts(KnownTransitions), derived(real_history())
    since = known.filter(pl.col("changed_by") > DAYS[0])
    key = ["city_id", "change", "from_terc", "to_terc", "from_name", "to_name"]
    both = found.join(since, on=key, nulls_equal=True)
    assert both.height == found.height == since.height == 109
    inside = (pl.col("changed_after_right") >= pl.col("changed_after")) & (
        pl.col("changed_by_right") <= pl.col("changed_by")
    )
    assert both.select(inside.all()).item()
    together = combined([known, found])
    assert together.select(SHOWN).equals(combined([known]).select(SHOWN)), "nothing is told twice"


def test_what_is_known_is_published_as_it_is() -> None:
    known = facts(KnownTransitions)
    assert combined([known]).equals(known)


@needs_shared
def test_codes_known_by_facts_are_those_of_the_real_states() -> None:
    codes = known_codes(code_spans(facts(CityIds), facts(KnownTransitions)), DAYS)
    real = real_history().select("state_date", "terc", "city_id")
    assert codes.select(real.columns).sort(real.columns).equals(real.sort(real.columns))


@needs_shared
def test_the_newest_state_alone_shows_what_changed_since_the_facts() -> None:
    """As when GUS publishes a new state: facts end in 2023, a file of 2025 comes."""
    known = facts(KnownTransitions).filter(pl.col("changed_by") <= DAYS[2])
    spans = code_spans(facts(CityIds), known)
    newest = real_history().filter(state_date=DAYS[3])
    coded = known_codes(spans, DAYS[:3])
    fresh = combined([known, derived(pl.concat([newest.select(coded.columns), coded]))])
    fresh = fresh.filter(pl.col("changed_by") > DAYS[2])
    assert counts(fresh) == {"created": 2, "kind_changed": 41}
    assert set(fresh["states"]) == {"terc-2023-01-01;terc-2025-01-01"}


def test_every_kind_of_change_between_states() -> None:
    states = [
        state(OLD, ("0101012", "A"), ("0101022", "B"), ("0101032", "C"), ("0101042", "D")),
        state(NEW, ("0101013", "A"), ("0101022", "Be"), ("0201032", "C"), ("0101052", "E")),
    ]
    ids = {"cit-0001": ("0101012", OLD), "cit-0003": ("0101032", OLD)}
    moved = change("recoded", "cit-0003", ("0101032", "0201032"), (OLD, NEW))
    found = derived(history(states, ids, moved))
    assert found.select("change", "from_terc", "to_terc", "city_id").rows() == [
        ("abolished", "0101042", None, None),
        ("created", None, "0101052", None),
        ("kind_changed", "0101012", "0101013", "cit-0001"),
        ("recoded", "0101032", "0201032", "cit-0003"),
        ("renamed", "0101022", "0101022", None),
    ]
    known = {"city_ids": anchors(ids)} | {
        "register_states": pl.DataFrame({"state_id": ["terc-2000-01-01", "terc-2020-01-01"]})
    }
    assert check(CityTransitions, found, known).findings == ()


def test_a_gmina_that_was_away_for_a_state_ended_and_came_again() -> None:
    states = [
        state(OLD, ("0101012", "A"), ("0101022", "B")),
        state(MIDDLE, ("0101022", "B")),
        state(NEW, ("0101012", "A"), ("0101022", "B")),
    ]
    found = derived(history(states, {}))
    assert found.select(SHOWN[:3]).rows() == [(OLD, MIDDLE, "abolished"), (MIDDLE, NEW, "created")]


def test_intervals_of_one_change_narrow_each_other() -> None:
    codes = ("0101012", "0101013")
    parts = [
        change("kind_changed", "cit-0001", codes, (OLD, NEW), states="terc-2000-01-01"),
        change(
            "kind_changed",
            "cit-0001",
            codes,
            (OLD, MIDDLE),
            proof="states",
            states="terc-2010-01-01",
        ),
        change("kind_changed", "cit-0001", codes, (None, date(2005, 5, 5)), proof="change_file"),
    ]
    together = combined(parts)
    assert together.select(SHOWN[:3]).rows() == [(OLD, date(2005, 5, 5), "kind_changed")]
    assert together["proof"].to_list() == ["review"]
    assert together["states"].to_list() == ["terc-2000-01-01;terc-2010-01-01"]


def test_the_same_change_at_two_times_stays_two_changes() -> None:
    codes = ("0101012", "0101013")
    parts = [
        change("kind_changed", "cit-0001", codes, (OLD, date(2001, 1, 1))),
        change("kind_changed", "cit-0001", (codes[1], codes[0]), (date(2001, 1, 1), MIDDLE)),
        change("kind_changed", "cit-0001", codes, (MIDDLE, NEW)),
    ]
    assert combined(parts).height == 3


def test_two_known_steps_take_the_place_of_one_leap() -> None:
    """States of 2000 and 2020 show 0263 -> 0265; facts tell the way through 0221."""
    steps = pl.concat(
        [
            change("recoded", "cit-0001", ("0263011", "0221091"), (OLD, date(2003, 12, 31))),
            change("recoded", "cit-0001", ("0221091", "0265011"), (MIDDLE, date(2013, 12, 31))),
        ]
    )
    states = [state(OLD, ("0263011", "W")), state(NEW, ("0265011", "W"))]
    seen = derived(history(states, {"cit-0001": ("0265011", NEW)}, steps))
    assert seen.select("from_terc", "to_terc").rows() == [("0263011", "0265011")]
    together = combined([steps, seen])
    assert together.select("from_terc", "to_terc").rows() == [
        ("0263011", "0221091"),
        ("0221091", "0265011"),
    ]


def test_a_reviewed_merger_explains_what_states_show_as_an_end() -> None:
    states = [
        state(OLD, ("0101012", "Wieś"), ("0101011", "Miasto")),
        state(NEW, ("0101011", "Miasto")),
    ]
    merged = change("merged", None, ("0101012", "0101011"), (date(2014, 12, 31), date(2015, 1, 1)))
    together = combined([merged, derived(history(states, {}))])
    assert together.select(SHOWN[2:]).rows() == [("merged", "0101012", "0101011")]


XML = """<?xml version="1.0" encoding="utf-8"?>
<zmiany>
{rows}
</zmiany>
"""


def _zmiana(
    kind: str,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    *,
    split_from: str = "",
    merged_into: str = "",
) -> str:
    """One change as GUS describes it; code and name of each side."""
    fields = [("TypKorekty", kind)]
    for side, unit, day in (("Przed", before, "2024-01-01"), ("Po", after, "2025-01-01")):
        code, name = unit or ("", "")
        parts = (code[:2], code[2:4], code[4:6], code[6:])
        fields += [
            (f"{stem}{side}", part)
            for stem, part in zip(("Woj", "Pow", "Gmi", "Rodz"), parts, strict=True)
        ]
        fields += [(f"Nazwa{side}", name), (f"NazwaDodatkowa{side}", "gmina" if unit else "")]
        fields += [(f"Stan{side}", day if unit else "")]
    fields += [("WyodrebnionoZIdentyfikatora1", split_from)]
    fields += [("WlaczonoDoIdentyfikatora1", merged_into)]
    return "<zmiana>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields) + "</zmiana>"


def test_a_change_file_tells_the_same_as_states_and_more_exactly() -> None:
    rows = [
        _zmiana("M", ("0101012", "A"), ("0101013", "A")),
        _zmiana("D", None, ("0101014", "A")),
        _zmiana("D", None, ("0101015", "A")),
        _zmiana("M", ("0101022", "B"), ("0101022", "Be")),
        _zmiana("U", ("0101032", "C"), None),
        _zmiana("D", None, ("0101042", "D")),
        _zmiana("U", ("0101052", "E"), None),
        _zmiana("D", None, ("0101053", "E")),
        _zmiana("M", ("0101062", "F"), ("0201062", "Ef")),
    ]
    name = "TERC_Urzedowy_zmiany_2024-06-01_2025-06-01.xml"
    file = read_changes(XML.format(rows="\n".join(rows)).encode(), name)
    assert file.since is not None
    assert file.until is not None
    ids = anchors({"cit-0001": ("0101012", OLD), "cit-0003": ("0101032", OLD)})
    index = code_index(code_spans(ids, facts(KnownTransitions).clear()))
    found = transitions_of(
        file.frame, index, since=file.since, until=file.until, state_id="terc-2025-01-01"
    )
    start, end = date(2024, 1, 1), date(2025, 1, 1)
    assert found.select("city_id", *SHOWN).sort("to_terc", "from_terc", "change").rows() == [
        ("cit-0003", start, date(2025, 6, 1), "abolished", "0101032", None),
        ("cit-0001", start, end, "kind_changed", "0101012", "0101013"),
        (None, start, end, "renamed", "0101022", "0101022"),
        (None, date(2024, 6, 1), end, "created", None, "0101042"),
        (None, start, end, "kind_changed", "0101052", "0101053"),
        (None, start, end, "recoded", "0101062", "0201062"),
        (None, start, end, "renamed", "0201062", "0201062"),
    ]
    states = {"city_ids": ids, "register_states": facts(RegisterStates)}
    assert check(CityTransitions, found, states).findings == ()


def test_a_change_file_keeps_who_a_gmina_is_and_says_where_one_went() -> None:
    """A new code without a review, a gmina split off one other, and one that went into another."""
    rows = [
        _zmiana("M", ("0263011", "A"), ("0265011", "A")),
        _zmiana("D", None, ("0101042", "D"), split_from="0101052"),
        _zmiana("U", ("0101032", "C"), None, merged_into="0101052"),
    ]
    name = "TERC_Urzedowy_zmiany_2000-01-01_2020-01-01.xml"
    file = read_changes(XML.format(rows="\n".join(rows)).encode(), name)
    ids = {
        "cit-0001": ("0263011", OLD),
        "cit-0003": ("0101032", OLD),
        "cit-0005": ("0101052", OLD),
    }
    index = code_index(code_spans(anchors(ids), facts(KnownTransitions).clear()))
    told = transitions_of(file.frame, index, since=OLD, until=NEW, state_id="terc-2025-01-01")
    assert told.select("change", "from_terc", "to_terc", "city_id").rows() == [
        ("merged", "0101032", "0101052", "cit-0003"),
        ("recoded", "0263011", "0265011", "cit-0001"),
        ("split", "0101052", "0101042", None),
    ]
    known = {"city_ids": anchors(ids), "register_states": facts(RegisterStates)}
    assert check(CityTransitions, told, known).findings == ()
    kept = (("0101052", "E"), ("0103012", "F"))
    states = [
        state(OLD, ("0263011", "A"), ("0101032", "C"), *kept),
        state(date(2025, 1, 1), ("0265011", "A"), ("0101042", "D"), *kept),
    ]
    with_file = history(states, ids, told)
    assert with_file.filter(city_id="cit-0001")["terc"].to_list() == ["0263011", "0265011"]
    assert history(states, ids).filter(city_id="cit-0001").height == 1, "without it, it is lost"
