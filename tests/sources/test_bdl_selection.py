"""An indicator is named by subject and labels; which variable that is, is found at run time."""

import csv

import pytest

from schemas.gate import check
from schemas.tables.indicator_variables import IndicatorTheme, IndicatorVariables, Resolution
from schemas.tables.networks import Networks
from sources.bdl.kept import list_with_variables, wanted_of
from sources.bdl.selection import Wanted, resolve
from sources.bdl.shapes import Variable
from sources.bdl.store import BdlStore
from sources.facts import CURATED, read_facts
from tests.shared import SHARED, needs_shared


def variable(number: int, *labels: str, level: int = 6) -> Variable:
    return Variable(number, "P1", labels, level, 26, "osoba")


def found(selection: str, *variables: Variable) -> int | Resolution:
    wanted = Wanted("ind-0001", IndicatorTheme.POPULATION, "P1", selection)
    resolved = resolve(wanted, variables)
    return resolved.variable.id if resolved.variable else resolved.resolution


PEOPLE = (
    variable(1, "ogółem", "ogółem"),
    variable(2, "ogółem", "kobiety"),
    variable(3, "w miastach", "ogółem"),
    variable(4, "w miastach", "kobiety"),
)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ("", 1),
        ("kobiety", 2),
        ("w miastach", 3),
        ("w miastach + kobiety", 4),
        ("kobiety + w miastach", 4),
        ("KOBIETY", 2),
        ("w mia*", 3),
        ("na wsi|w miastach", 3),
        ("mężczyźni", Resolution.NOT_FOUND),
        ("kobiety + kobiety", Resolution.NOT_FOUND),
        ("w miastach + kobiety + ogółem", Resolution.NOT_FOUND),
        ("*", Resolution.AMBIGUOUS),
        ("kobiet", Resolution.NOT_FOUND),
    ],
)
def test_a_selection_names_labels_and_the_rest_is_the_total(
    selection: str, expected: int | Resolution
) -> None:
    assert found(selection, *PEOPLE) == expected


def test_signs_of_a_label_are_taken_as_they_are() -> None:
    signs = variable(1, "parkingi (P&R) [szt.]"), variable(2, "parkingi P&R szt")
    assert found("parkingi (P&R) [szt.]", *signs) == 1


def test_a_dimension_with_one_label_only_need_not_be_named() -> None:
    assert found("", variable(1, "ogółem", "mieszkania"), variable(2, "gminy", "mieszkania")) == 1
    assert found("", variable(1, "droga dla rowerów")) == 1


def test_a_variable_of_voivodeships_alone_is_no_candidate() -> None:
    assert found("", variable(1, "ogółem", level=2)) is Resolution.NOT_FOUND
    assert found("", variable(1, "ogółem", level=2), variable(2, "razem", level=5)) == 2


def test_a_subject_that_is_gone_leaves_its_indicator_unfound() -> None:
    assert found("") is Resolution.NOT_FOUND


def test_what_does_not_fit_is_reported_with_what_there_is() -> None:
    wanted = Wanted("ind-0001", IndicatorTheme.POPULATION, "P1", "mężczyźni")
    assert resolve(wanted, PEOPLE).candidates == (
        "ogółem + ogółem",
        "ogółem + kobiety",
        "w miastach + ogółem",
        "w miastach + kobiety",
    )


def test_a_renamed_label_is_noticed_and_not_replaced_by_a_neighbour() -> None:
    renamed = (variable(1, "ogółem"), variable(2, "kobiety (stan na 31 XII)"))
    assert found("kobiety", *renamed) is Resolution.NOT_FOUND


def test_the_list_of_the_project_passes_its_gate_and_covers_all_networks_and_themes() -> None:
    listed = read_facts(CURATED / "indicator_list.csv")
    networks = read_facts(CURATED / "networks.csv")
    rows = list_with_variables(listed, BdlStore(CURATED / "nothing").variables())
    verdict = check(IndicatorVariables, rows, {Networks.name: networks})
    assert verdict.findings == ()
    assert 55 <= verdict.accepted.height <= 70
    assert {one.theme for one in wanted_of(listed)} == set(IndicatorTheme)
    named = {network for cell in listed["network_ids"] for network in cell.split(";")}
    assert named == set(networks["network_id"])


@needs_shared
def test_every_subject_of_the_list_is_in_the_catalogue_under_its_name() -> None:
    path = SHARED / "data" / "registries" / "bdl" / "BDL_subjects_catalog.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        names = {row["id"]: " ".join(row["name"].split()) for row in csv.DictReader(lines)}
    listed = read_facts(CURATED / "indicator_list.csv")
    wrong = [
        subject
        for subject, name in listed.select("subject_id", "subject_name_pl").rows()
        if names.get(subject) != name
    ]
    assert wrong == []
