"""The chronicle that the project carries: documents, events, institutions, counts, conflicts."""

import re
from functools import cache

import polars as pl
import pytest

from schemas.columns import LIST_SEPARATOR
from schemas.gate import check
from schemas.registry import all_tables
from schemas.table import Table
from schemas.tables.conflicts import Conflicts, ConflictValues
from schemas.tables.counts import Counts
from schemas.tables.document_editions import DocumentEditions
from schemas.tables.documents import Documents
from schemas.tables.events import Events
from schemas.tables.goals import Goals, NetworkIssues, Strategies, StrategyEditions
from schemas.tables.institutions import Contacts, InstitutionRoles, Institutions
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.tables.rejections import RejectedCounts, RejectionSeverity
from schemas.tables.reports import ReportSections
from schemas.tables.survey import NeedsForms, NeedsTopics, SurveyItems
from schemas.tables.units import Units
from schemas.tables.work import RuleChanges, WorkFormParticipants, WorkForms, WorkshopComponents
from schemas.verdict import Verdict
from sources.facts import CURATED, read_facts
from tests.shared import SHARED, needs_shared

CHRONICLE = (
    Documents,
    DocumentEditions,
    Events,
    Institutions,
    InstitutionRoles,
    Contacts,
    Goals,
    NetworkIssues,
    Strategies,
    StrategyEditions,
    WorkshopComponents,
    WorkForms,
    WorkFormParticipants,
    RuleChanges,
    SurveyItems,
    NeedsForms,
    NeedsTopics,
    ReportSections,
    Counts,
    Conflicts,
    ConflictValues,
)
CITING = tuple(table for table in CHRONICLE if "sources" in table.schema())
PILOT, SECOND, THIRD = "ed-0001", "ed-0002", "ed-0003"


def raw(table: type[Table]) -> pl.DataFrame:
    return read_facts(CURATED / f"{table.name}.csv")


@cache
def verdicts() -> dict[str, Verdict]:
    """Every facts file through the gate, referenced tables first."""
    found: dict[str, Verdict] = {}
    for table in all_tables():
        if (CURATED / f"{table.name}.csv").is_file():
            accepted = {name: verdict.accepted for name, verdict in found.items()}
            found[table.name] = check(table, raw(table), accepted)
    return found


def facts(table: type[Table]) -> pl.DataFrame:
    return verdicts()[table.name].accepted


def cells(table: type[Table], *, confirmed: bool = False) -> list[str]:
    """All texts of a facts file; with `confirmed`, without the rows that stay inside."""
    rows = raw(table).drop("_source", "_place")
    if confirmed and "evidence_status" in rows.columns:
        rows = rows.filter(pl.col("evidence_status") == "confirmed")
    if confirmed and table is ConflictValues:
        kept = raw(Conflicts).filter(pl.col("evidence_status") == "confirmed")
        rows = rows.join(kept, on="conflict_id", how="semi")
    return [value for row in rows.rows() for value in row if value]


@pytest.mark.parametrize("table", CHRONICLE, ids=lambda table: table.name)
def test_every_row_of_the_chronicle_passes_the_gate(table: type[Table]) -> None:
    verdict = verdicts()[table.name]
    assert verdict.findings == ()
    assert verdict.accepted.height == raw(table).height > 0


@pytest.mark.parametrize("table", CHRONICLE, ids=lambda table: table.name)
def test_a_file_of_the_chronicle_has_the_columns_of_its_table_and_is_sorted(
    table: type[Table],
) -> None:
    data = (CURATED / f"{table.name}.csv").read_bytes()
    header, rest = data.decode("utf-8").split("\n", 1)
    assert header.split(",") == [column.name for column in table.columns]
    assert b"\r" not in data
    assert rest.endswith("\n")
    keys = raw(table).select([column.name for column in table.key])
    assert keys.equals(keys.sort(keys.columns))


@pytest.mark.parametrize("table", CITING, ids=lambda table: table.name)
def test_every_source_of_the_chronicle_is_a_listed_document(table: type[Table]) -> None:
    known = set(facts(Documents)["document_id"])
    for cell in filter(None, raw(table)["sources"]):
        cited = cell.split(LIST_SEPARATOR)
        assert cited == sorted(set(cited))
        assert set(cited) <= known


@pytest.mark.parametrize("table", CHRONICLE, ids=lambda table: table.name)
def test_cells_are_short_and_hold_no_old_key(table: type[Table]) -> None:
    for cell in cells(table):
        assert len(cell) <= 2000
        assert "\n" not in cell
        assert cell == cell.strip()
        assert not re.search(r"PIM\d-[A-Z]|\b(MID|PU|EV|DOC|C):\w|document:\d", cell)


@pytest.mark.parametrize("table", CHRONICLE, ids=lambda table: table.name)
def test_no_published_text_tells_what_is_only_inferred(table: type[Table]) -> None:
    text = " ".join(cells(table, confirmed=True))
    assert not re.search(r"Łódź|Łodzi\b|Krzywi|Żory|\bŻor|Stargard", text)


@needs_shared
def test_no_person_named_in_the_documents_stands_in_the_facts() -> None:
    words = r"(\w+\s\w+)"  # some spaces there do not break
    signs = (
        rf"(?m)^{words}\n(?:DYREKTOR|ZASTĘPCA|SPECJALISTA)",
        rf"Fot\.\s{words}",
        rf"wiceminister {words}",
        rf"Gościem specjalnym wydarzenia będzie {words}",
    )
    folder = SHARED / "data" / "documents"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    surnames = {
        name.split()[1].casefold()
        for text in texts
        for sign in signs
        for name in re.findall(sign, text)
    }
    assert len(surnames) == 6
    for path in sorted(CURATED.glob("*.csv")):
        assert not surnames & set(re.findall(r"\w+", path.read_text(encoding="utf-8").casefold()))


def test_the_only_address_of_a_mailbox_is_the_programmes_own() -> None:
    found: set[str] = set()
    for path in sorted(CURATED.glob("*.csv")):
        found |= set(re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", path.read_text(encoding="utf-8")))
    assert found == {"pim@mfipr.gov.pl"}


@pytest.mark.parametrize("address", ["jan.kowalski@urzad.example.pl", "pim", "a b@c.pl"])
def test_a_persons_mailbox_is_no_institutional_contact(address: str) -> None:
    frame = raw(Contacts).with_columns(
        pl.when(pl.col("channel") == "email")
        .then(pl.lit(address))
        .otherwise(pl.col("contact_value"))
        .alias("contact_value")
    )
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    verdict = check(Contacts, frame, accepted)
    assert [finding.rule for finding in verdict.findings] == ["email_shape"]
    assert verdict.accepted.height == frame.height - 1


def test_sixty_three_documents_of_which_five_are_known_by_their_text() -> None:
    rows = facts(Documents)
    assert rows.height == 63
    assert rows["url"].drop_nulls().is_unique().all()
    known = dict(rows.group_by("availability").len().iter_rows())
    assert known == {"text": 5, "page": 52, "named": 6}


def test_documents_belong_to_editions() -> None:
    rows = facts(DocumentEditions)
    both = rows.filter(pl.col("document_id") == "doc-0005")
    assert both["edition_id"].to_list() == [PILOT, SECOND]
    assert set(rows["edition_id"]) == {PILOT, SECOND, THIRD}


def test_twenty_five_events_and_the_calls_among_them() -> None:
    rows = facts(Events)
    assert rows.height == 25
    calls = rows.filter(pl.col("event_type") == "call").select(
        "edition_ids", "start_date", "end_date"
    )
    assert [tuple(map(str, row)) for row in calls.rows()] == [
        (PILOT, "2017-06-20", "2017-07-21"),
        (SECOND, "None", "2021-09-20"),
        (SECOND, "None", "2021-11-02"),
        (THIRD, "2023-12-07", "2024-01-28"),
    ]


def test_an_event_of_a_month_covers_the_month() -> None:
    months = facts(Events).filter(pl.col("date_precision") == "month")
    assert [tuple(map(str, row)) for row in months.select("start_date", "end_date").rows()] == [
        ("2024-03-01", "2024-03-31")
    ]


def test_an_event_of_a_network_of_another_edition_is_refused() -> None:
    frame = raw(Events).with_columns(edition_ids=pl.lit(PILOT))
    accepted = {name: verdict.accepted for name, verdict in verdicts().items()}
    broken = [finding.rule for finding in check(Events, frame, accepted).findings]
    assert broken == ["network_among_editions"]


def test_fourteen_institutions_all_with_a_role() -> None:
    assert facts(Institutions).height == 14
    roles = facts(InstitutionRoles)
    assert set(roles["institution_id"]) == set(facts(Institutions)["institution_id"])
    organisers = roles.filter(pl.col("role") == "organiser")
    assert dict(organisers.group_by("edition_id").len().iter_rows()) == {
        PILOT: 2,
        SECOND: 1,
        THIRD: 1,
    }


@pytest.mark.parametrize("edition", [PILOT, SECOND])
def test_one_strategic_goal_and_five_specific_ones(edition: str) -> None:
    goals = facts(Goals).filter(pl.col("edition_id") == edition)
    assert goals["level"].to_list() == ["strategic", *["specific"] * 5]
    assert goals["number"].to_list() == [None, 1, 2, 3, 4, 5]


def test_fourteen_issues_of_the_three_networks_of_the_second_edition() -> None:
    rows = facts(NetworkIssues).join(facts(Networks), on="network_id")
    assert dict(rows.group_by("network_name_pl").len().iter_rows()) == {
        "Miasto Zielone": 5,
        "Miasto Cyfrowe": 5,
        "Miasto Inicjatyw PPP": 4,
    }


def test_forms_of_work_of_two_editions_and_who_takes_part() -> None:
    forms = facts(WorkForms)
    assert dict(forms.group_by("edition_id").len().iter_rows()) == {PILOT: 3, SECOND: 6}
    assert forms.select("edition_id", "number").is_unique().all()
    parties = facts(WorkFormParticipants).group_by("work_form_id").agg(pl.col("party").sort())
    who = dict(parties.iter_rows())
    everybody = ["cities", "ministries", "world_bank"]
    assert who.pop("wf-0001") == ["cities", "world_bank"]
    assert [who.pop(f"wf-{n:04}") for n in range(2, 6)] == [everybody] * 4
    assert who == {"wf-0007": ["cities"], "wf-0008": ["cities"]}
    assert facts(WorkshopComponents)["topic_en"].to_list() == ["Smart city", "Urban resilience"]


def test_four_rules_changed_after_the_pilot_and_five_items_of_its_survey() -> None:
    changes = facts(RuleChanges)
    assert changes.select("earlier_edition_id", "later_edition_id").rows() == [(PILOT, SECOND)] * 4
    assert facts(SurveyItems)["edition_id"].to_list() == [PILOT] * 5


def test_the_form_of_2021_asked_for_needs_in_three_topics() -> None:
    form = facts(NeedsForms)
    assert [str(day) for day in form["deadline"]] == ["2021-04-12"]
    assert facts(NeedsTopics)["working_name_pl"].to_list() == [
        "Miasto cyfrowe",
        "Miasto Zielone",
        "Miasto produktywne",
    ]
    contact = form.join(facts(Contacts), on="contact_id")
    assert contact["contact_value"].to_list() == ["pim@mfipr.gov.pl"]


def test_four_strategies_of_which_the_second_edition_serves_all() -> None:
    assert facts(Strategies)["abbreviation"].to_list() == ["SOR", "KPM 2030", None, None]
    served = dict(facts(StrategyEditions).group_by("edition_id").len().iter_rows())
    assert served == {PILOT: 3, SECOND: 4}


def test_a_section_printed_twice_under_one_number_has_its_right_number_beside() -> None:
    rows = facts(ReportSections).filter(pl.col("number_as_printed") == "1.5.1")
    assert rows["number_normalised"].to_list() == ["1.5.1", "1.5.2"]
    assert facts(ReportSections)["number_normalised"].drop_nulls().is_unique().all()


@pytest.mark.parametrize(
    ("edition", "measure", "basis", "counted"),
    [
        (PILOT, "selected", "call", 31),
        (PILOT, "participants", "end", 34),
        (SECOND, "participants", "launch", 28),
        (SECOND, "participants", "end", 30),
        (THIRD, "applicants", "call", 49),
        (THIRD, "selected", "call", 29),
        (THIRD, "participants", "launch", 30),
        (f"{PILOT};{SECOND}", "alumni", "after", 64),
    ],
)
def test_counts_stand_with_their_moment(
    edition: str, measure: str, basis: str, counted: int
) -> None:
    rows = facts(Counts).filter(
        pl.col("edition_ids") == edition,
        pl.col("measure") == measure,
        pl.col("basis") == basis,
        pl.col("network_id").is_null(),
    )
    assert rows["counted"].to_list() == [counted]
    assert rows["as_of_to"].null_count() == 0


def test_networks_of_an_edition_add_up_to_the_edition() -> None:
    rows = facts(Counts).filter(pl.col("network_id").is_not_null())
    sums = rows.group_by("edition_ids", "measure", "basis").agg(pl.col("counted").sum())
    found = {(edition, measure, basis): n for edition, measure, basis, n in sums.rows()}
    assert found[SECOND, "participants", "launch"] == 28
    assert found[SECOND, "participants", "end"] == 30
    assert found[THIRD, "selected", "call"] == 29


def test_a_total_that_only_follows_from_others_is_inferred() -> None:
    inferred = facts(Counts).filter(pl.col("evidence_status") == "inferred")
    assert inferred.select("network_id", "counted").rows() == [("net-0009", 10)]


def test_thirty_two_conflicts_and_who_says_what() -> None:
    rows = facts(Conflicts)
    assert rows.height == 32
    said = facts(ConflictValues)
    assert set(said["conflict_id"]) == set(rows["conflict_id"])
    inferred = rows.filter(pl.col("evidence_status") == "inferred")
    assert inferred["conflict_id"].to_list() == ["cf-0029"]
    for conflict, sources in rows.select("conflict_id", "sources").rows():
        cited = said.filter(pl.col("conflict_id") == conflict)["sources"].drop_nulls()
        together = {one for cell in cited for one in cell.split(LIST_SEPARATOR)}
        assert together == set(sources.split(LIST_SEPARATOR))


def test_a_build_without_rejections_is_an_empty_table_and_a_good_one() -> None:
    empty = pl.DataFrame(schema=RejectedCounts.schema())
    verdict = check(RejectedCounts, empty, {})
    assert verdict.findings == ()
    assert verdict.accepted.height == 0
    assert {code.value for code in RejectionSeverity} == {"warn", "reject", "block"}


def test_the_conflict_on_names_counts_as_the_register_in_the_project_does() -> None:
    """The number in the text is of published cities only, by the state that the data carry."""
    register = facts(Units).filter(pl.col("kind").is_not_null())
    cities = facts(Participants).filter(pl.col("evidence_status") == "confirmed").drop_nulls("terc")
    pairs = cities.join(register, left_on="official_name", right_on="unit_name", suffix="_other")
    shared = pairs.filter(pl.col("terc") != pl.col("terc_other"))["participant_id"].n_unique()
    state = register["state_date"].unique().item()
    assert (state.month, state.day) == (1, 1)
    dated = f"TERC, stan na 1 stycznia {state.year} r."
    told = facts(Conflicts).filter(pl.col("kind") == "identity")["reason_pl"].to_list()
    assert told[0].startswith(f"{shared} z {cities.height} miast, ")
    assert told[0].endswith(f"({dated}).")
    assert facts(ConflictValues)["register_pl"].drop_nulls().unique().to_list() == [dated]
