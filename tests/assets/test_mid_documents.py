"""MID documents in a folder: which MID each is, how complete, and what differs from the facts."""

from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.house import House
from exports.publication import Publication
from schemas.registry import all_tables
from schemas.tables.action_plans import Mids
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.mid_documents import MidDocumentParts, MidDocuments, MidDocumentValues
from schemas.tables.mid_rows import MidActions, MidSchedule, MidStakeholders
from sources.facts import CURATED
from tests.assets.tablebuilds import assets_by_name
from tests.sources.midlayouts import LAYOUTS, NUMBERED
from tests.sources.midmaking import H, P, as_docx
from tests.sources.midreading import NOISE
from warehouse.folder import DataFolder

TABLES = (MidDocuments, MidDocumentValues, MidDocumentParts, MidActions, MidSchedule,
          MidStakeholders)  # fmt: skip
"""What is made of MID documents."""


def needed() -> list[dg.AssetsDefinition]:
    """The assets of the tables and all that they are made from."""
    by_name = assets_by_name()
    found: dict[str, dg.AssetsDefinition] = {}
    waiting = [table.name for table in TABLES]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = by_name[name]
            waiting += [key.to_user_string() for key in by_name[name].dependency_keys]
    return list(found.values())


def build(path: Path, documents: Path | None, *only: str) -> dict[str, pl.DataFrame]:
    publication = Publication(version="2026.1.0", date=date(2026, 1, 1))
    house = House(DataFolder(path), CURATED, publication, documents=documents)
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            needed(), instance=instance, resources={"house": house}, selection=list(only) or None
        )
    assert done.success
    assert house.errors == {}
    return house.load((*TABLES, Mids))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory, data: Path) -> dict[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "mid").mkdir()
    for layout in LAYOUTS:
        (folder / "mid" / f"{layout.name}.docx").write_bytes(as_docx(layout.pieces()))
    for name, pieces in NOISE.items():
        (folder / f"{name}.docx").write_bytes(as_docx(pieces))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 cut off")
    pilawa = [P("Miejska Inicjatywa Działań"), P("Gmina Piława"), *NUMBERED.pieces()[7:]]
    (folder / "no_network.docx").write_bytes(as_docx(pilawa))
    other = [
        H("Miejska Inicjatywa Działania: Inny tytuł"),
        P("Miasto: Rybnik"),
        P("Sieć: Miasto efektywne energetycznie"),
        *NUMBERED.pieces()[7:],
    ]
    (folder / "rybnik.docx").write_bytes(as_docx(other))
    return build(data, folder)


def documents(frames: dict[str, pl.DataFrame]) -> dict[str, dict[str, object]]:
    rows = frames[MidDocuments.name].to_dicts()
    return {Path(row["document"]).stem: row for row in rows}


def test_mids_are_known_by_their_content_wherever_they_lie(
    frames: dict[str, pl.DataFrame],
) -> None:
    names = {layout.name for layout in LAYOUTS}
    assert set(documents(frames)) == names | {"no_network", "rybnik"}


@pytest.mark.parametrize(
    ("name", "participation"),
    [
        ("numbered", "pcp-0010"),
        ("title_page", "pcp-0005"),
        ("form", "pcp-0023"),
        ("incomplete", "pcp-0008"),
        ("spoilt", "pcp-0015"),
        ("metropolis", "pcp-0055"),
    ],
)
def test_city_and_network_lead_to_the_mid_of_the_facts(
    frames: dict[str, pl.DataFrame], name: str, participation: str
) -> None:
    found = documents(frames)[name]
    mid = frames[Mids.name].filter(mid_id=found["mid_id"])
    assert mid.get_column("participation_id").to_list() == [participation]


def test_a_city_in_doubt_is_left_open_with_its_candidates(
    frames: dict[str, pl.DataFrame],
) -> None:
    found = documents(frames)["no_network"]
    assert found["match_status"] == "AMBIGUOUS"
    assert "1403103" in str(found["candidates"])
    assert (found["participant_id"], found["mid_id"]) == (None, None)


def test_completeness_is_told_part_by_part(frames: dict[str, pl.DataFrame]) -> None:
    found = documents(frames)
    assert (found["numbered"]["present_parts"], found["numbered"]["required_parts"]) == (5, 5)
    assert found["incomplete"]["present_parts"] == 2
    parts = frames[MidDocumentParts.name].filter(document="mid/incomplete.docx")
    told = dict(parts.filter("is_required").select("part", "presence").iter_rows())
    assert told == {
        "challenge": "present",
        "actions": "present",
        "schedule": "empty",
        "stakeholders": "absent",
        "communication": "absent",
    }
    required = parts.filter("is_required").get_column("mid_part_id").sort().to_list()
    assert required == [f"mp-000{n}" for n in range(1, 6)]


def test_what_the_facts_do_not_know_is_new_and_what_they_know_otherwise_differs(
    frames: dict[str, pl.DataFrame],
) -> None:
    values = frames[MidDocumentValues.name]
    told = {
        (document.split(".")[0], field): comparison
        for document, field, comparison in values.select(
            "document", "field", "comparison"
        ).iter_rows()
    }
    assert told["mid/numbered", "title"] == "new"
    assert told["rybnik", "title"] == "differs"
    assert told["rybnik", "language"] == "same"
    assert told["no_network", "challenge"] == "not_compared"


def test_every_value_stands_in_its_quote(frames: dict[str, pl.DataFrame]) -> None:
    held = {MidDocumentValues: "written", MidActions: "action", MidSchedule: "step",
            MidStakeholders: "stakeholder"}  # fmt: skip
    for table, column in held.items():
        frame = frames[table.name]
        assert frame.height > 0
        assert frame.select(pl.col("quote").str.contains(pl.col(column), literal=True).all()).item()
        assert frame.select((pl.col("quote").str.len_chars() <= 200).all()).item()


def test_no_person_reaches_a_table(frames: dict[str, pl.DataFrame]) -> None:
    kept = "\n".join(frames[table.name].write_csv() for table in TABLES)
    forbidden = [word for layout in LAYOUTS for word in layout.forbidden]
    assert forbidden
    assert not [word for word in forbidden if word in kept]


def test_nothing_of_it_is_published() -> None:
    assert [table for table in all_tables() if table in TABLES and table.dataset] == []


def test_without_a_folder_all_tables_are_empty(frames: dict[str, pl.DataFrame], data: Path) -> None:
    assert frames
    again = build(data, None, *(table.name for table in (DocumentCoverage, *TABLES)))
    assert all(again[table.name].is_empty() for table in TABLES)
