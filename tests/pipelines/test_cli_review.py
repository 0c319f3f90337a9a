"""From documents to a queue, decisions and corrections, and what becomes of them."""

import csv
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.chain import snapshot_of
from pipelines.reviewing import Review
from pipelines.settings import load_settings
from schemas.files import sha256
from schemas.registry import table_named
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.register import RegisterStates
from schemas.verdict import REJECTED_SCHEMA
from sources.facts import CURATED
from sources.snapshots.store import Store
from tests.assets.tablebuilds import build_tables
from tests.commandline import pim, pim_error, pim_here, pim_json
from tests.sources.snapshotmaking import captured, keep
from warehouse.folder import DataFolder
from warehouse.reports import load_report
from warehouse.tables import store_table

DOCUMENTS = {
    "lista.txt": "Partnerska Inicjatywa Miast\n\nSieć Miasto cyfrowe\n\n- Żory Wielkie\n\n"
    "Sieć Miasto Jutra\n\n- Piława\n- Dąbrowa\n",
    "inne.txt": "Partnerska Inicjatywa Miast 2021-2023\n\nSieć Zielona\n\n- Rzeszów\n",
    "mid.txt": "Miejska Inicjatywa Działania: Ciche miasto\n\nMiasto: Piława\n\n"
    "Sieć: Miasto efektywne energetycznie\n\nData: czerwiec 2031\n\nWyzwanie\n\nHałas na ulicy.\n\n"
    "Działania\n\nPosadzić drzewa.\n\n"
    "Harmonogram\n\nRok 2031.\n\nInteresariusze\n\nMieszkańcy.\n",
}
WRONG, RIGHT = "Rozwój miast i wsi.", "Rozwój miast, który łączy różne polityki i jest trwały."
DAY = date(2026, 11, 20)
Told = dict[str, dict[str, object]]


def copy_of_facts(target: Path) -> Path:
    shutil.copytree(CURATED, target, ignore=shutil.ignore_patterns("names"))
    return target


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts, documents, and the tables that were built of them. Only to read."""
    root = tmp_path_factory.mktemp("review")
    (root / "documents").mkdir()
    for name, text in DOCUMENTS.items():
        (root / "documents" / name).write_text(text, encoding="utf-8")
    copy_of_facts(root / "facts")
    build_tables(root / "data", root / "facts", root / "documents")
    return root


@pytest.fixture
def own(house: Path, tmp_path: Path) -> Path:
    """A folder with facts of its own, and a link to the data."""
    copy_of_facts(tmp_path / "facts")
    (tmp_path / "data").symlink_to(house / "data")
    return tmp_path


def queue(where: Path, *words: str) -> Told:
    """The items of the queue, by question."""
    found = pim_json("review", "list", "--facts", "facts", *words, cwd=where)
    assert found["documents_given"] is True
    items = found["items"]
    assert isinstance(items, list)
    return {str(item["question"]): item for item in items}


def decide(where: Path, question: str, value: str, *words: str) -> dict[str, object]:
    item = str(queue(where, "--state", "all")[question]["item_id"])
    reason = ("--reason", "Tak wynika z protokołu.", "--date", "2026-11-20")
    return pim_json("review", "decide", item, value, *reason, "--facts", "facts", *words, cwd=where)


def lines_of(where: Path) -> list[dict[str, str]]:
    with (where / "facts" / "decisions.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_everything_undecided_is_in_one_list(house: Path) -> None:
    found = {question: str(item["kind"]) for question, item in queue(house).items()}
    assert found == {
        "Dąbrowa": "name",
        "Piława": "name",
        "Żory Wielkie": "name",
        "mid.txt": "mid_city",
        "participations pcp-0016: network_id": "conflict",
    }
    assert set(queue(house, "--kind", "name", "--document", "lista")) == {
        "Dąbrowa", "Piława", "Żory Wielkie",
    }  # fmt: skip
    assert queue(house, "--state", "decided") == {}


def test_the_list_is_a_table_in_both_languages(house: Path) -> None:
    done = pim_here("review", "list", "--facts", "facts", cwd=house)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "sprawa\trodzaj\tstan\tpytanie\tkontekst\tdecyzja"
    assert "\tnazwa miasta\tczeka\tPiława\tSieć Miasto Jutra\t" in done.stdout
    assert done.stderr == "Spraw: 5.\n"
    english = pim("review", "list", "--facts", "facts", "--lang", "en", "--strict", cwd=house)
    assert english.returncode == 4
    assert "\tname of a city\twaiting\tPiława\t" in english.stdout


def test_an_item_is_shown_with_quote_candidates_and_reason(house: Path) -> None:
    item = str(queue(house)["Piława"]["item_id"])
    shown = pim_here("review", "show", item[:10], "--facts", "facts", cwd=house).stdout
    assert "Dowód: lista.txt, wiersz 9: „Piława”" in shown
    assert "Kandydat: 0202041: Piława Górna (0202041, gmina miejska, dolnośląskie)" in shown
    assert "Kandydat: par-0043: Pilawa (1403103, gmina miejsko-wiejska, mazowieckie); " in shown
    assert "uczestnik programu par-0043: Miasto Cyfrowe" in shown
    assert "Reguła: longer_name, 45/100" in shown
    assert "Powód: Może to być początek dłuższej nazwy" in shown
    found = pim_json("review", "show", item, "--facts", "facts", cwd=house)
    assert found["score"] == 45
    candidates = found["candidates"]
    assert isinstance(candidates, list)
    assert [one["value"] for one in candidates] == ["0202041", "par-0043"]
    for question, expected in (
        ("mid.txt", "Dowód: mid.txt: „Miasto: Piława”"),
        ("participations pcp-0016: network_id", "Wartości: net-0004 (inne.txt); net-0005 (doc-"),
    ):
        item = str(queue(house)[question]["item_id"])
        assert expected in pim_here("review", "show", item, "--facts", "facts", cwd=house).stdout


def test_an_answer_can_be_tried_before_it_is_written(house: Path) -> None:
    before = (house / "facts" / "decisions.csv").read_bytes()
    told = decide(house, "Piława", "0202041", "--dry-run")
    assert (told["value"], told["replaced"], told["dry_run"]) == ("0202041", False, True)
    item = str(queue(house)["Piława"]["item_id"])
    words = ("review", "defer", item, "--reason", "Później.", "--facts", "facts", "--dry-run")
    done = pim_here(*words, cwd=house)
    assert done.returncode == 0
    assert done.stdout.endswith("Na próbę: niczego nie zapisano.\n")
    assert (house / "facts" / "decisions.csv").read_bytes() == before
    wrong = ("review", "decide", item, "Nigdzie", "--reason", "Tak.", "--facts", "facts")
    assert pim_here(*wrong, "--dry-run", cwd=house).returncode == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1403103", ("city", "par-0043")),
        ("par-0043", ("city", "par-0043")),
        ("pilawa", ("city", "par-0043")),
        ("0202041", ("city", "0202041")),
        ("none", ("no_city", "")),
    ],
)
def test_a_city_is_decided_by_code_identifier_or_name(
    own: Path, value: str, written: tuple[str, str]
) -> None:
    told = decide(own, "Piława", value)
    (line,) = lines_of(own)
    assert (line["decided"], line["value"]) == written
    assert (line["question"], line["decided_on"]) == ("Piława", "2026-11-20")
    assert (line["register_state"], line["reason"]) == ("2025-01-01", "Tak wynika z protokołu.")
    assert (
        told["commit"]
        == f"git commit -m 'Decide {line['item_id']}: {written[0]}' -- facts/decisions.csv"
    )
    assert queue(own, "--state", "decided")["Piława"]["decided"] == written[0]
    assert "Piława" not in queue(own)


def test_decisions_are_sorted_and_a_later_one_takes_the_place(own: Path) -> None:
    assert decide(own, "Piława", "par-0043")["replaced"] is False
    for question, value in (
        ("Dąbrowa", "none"), ("mid.txt", "none"),
        ("participations pcp-0016: network_id", "net-0005"), ("Piława", "none"),
    ):  # fmt: skip
        assert decide(own, question, value)["replaced"] is (question == "Piława")
    ids = [line["item_id"] for line in lines_of(own)]
    assert (len(ids), ids) == (4, sorted(set(ids)))
    text = (own / "facts" / "decisions.csv").read_text(encoding="utf-8")
    assert text.startswith("item_id,kind,question,decided,value,reason,")
    assert text.endswith("\n")
    assert pim_here("check", "--facts", "facts", cwd=own).returncode == 0


def test_an_item_is_deferred_and_told_how_to_go_on(own: Path) -> None:
    item = str(queue(own)["Dąbrowa"]["item_id"])
    words = ("--reason", "Czekamy na odpowiedź.", "--facts", "facts")
    done = pim_here("review", "defer", item, *words, cwd=own)
    assert done.returncode == 0
    assert f"{item}: odłożyć" in done.stdout
    assert "Zapisano w: facts/decisions.csv" in done.stdout
    assert "Zatwierdź: git commit -m 'Decide" in done.stdout
    assert set(queue(own, "--state", "deferred")) == {"Dąbrowa"}
    assert "Dąbrowa" not in queue(own)


@pytest.mark.parametrize(
    ("question", "value", "reason", "code"),
    [
        ("Piława", "9999999", "Bo tak.", "PIM-REV-007"),
        ("Piława", "accept", "Bo tak.", "PIM-REV-007"),
        ("participations pcp-0016: network_id", "net-0001", "Bo tak.", "PIM-REV-007"),
        ("participations pcp-0016: network_id", "", "Bo tak.", "PIM-REV-007"),
        ("Piława", "par-0043", "Anna Nowak tak powiedziała.", "PIM-REV-008"),
        ("Piława", "par-0043", "Pisz na ktos@example.org", "PIM-REV-008"),
        ("Piława", "par-0043", " ", "PIM-REV-008"),
        ("Piława", "par-0043", "x" * 501, "PIM-REV-008"),
        ("Piława", "par-0043", "=1+1", "PIM-REV-008"),
        ("Piława", "par-0043", "Bo \x1b[31mtak.", "PIM-REV-008"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    own: Path, question: str, value: str, reason: str, code: str
) -> None:
    item = str(queue(own)[question]["item_id"])
    words = ("review", "decide", item, value, "--reason", reason, "--facts", "facts")
    exit_code, error = pim_error(*words, cwd=own)
    assert (exit_code, error["code"]) == (2, code)
    assert lines_of(own) == []


def test_wrong_words_are_refused(own: Path) -> None:
    for words, code in (
        (("show", "item-x"), "PIM-REV-006"),
        (("show", "item-"), "PIM-REV-006"),
        (("list", "--kind", "names"), "PIM-CFG-003"),
        (("list", "--state", "closed"), "PIM-CFG-003"),
        (("defer", "item-x", "--reason", "Bo tak."), "PIM-REV-006"),
    ):
        exit_code, error = pim_error("review", *words, "--facts", "facts", cwd=own)
        assert (exit_code, error["code"]) == (2, code)
    assert pim_here("review", cwd=own).returncode == 2
    empty = own / "empty"
    empty.mkdir()
    assert pim_error("review", "list", cwd=empty)[1]["code"] == "PIM-WH-006"


def test_a_damaged_file_of_decisions_is_not_written_over(own: Path) -> None:
    path = own / "facts" / "decisions.csv"
    with path.open("a", encoding="utf-8") as handle:
        handle.write("item-1,name,?,maybe,,,,,\n")
    before = path.read_bytes()
    code, error = pim_error("review", "list", "--facts", "facts", cwd=own)
    assert (code, error["code"]) == (3, "PIM-REV-009")
    assert path.read_bytes() == before


def test_no_file_of_decisions_means_none(own: Path) -> None:
    (own / "facts" / "decisions.csv").unlink()
    assert len(queue(own)) == 5
    decide(own, "Piława", "par-0043")
    assert len(lines_of(own)) == 1


def warnings_of(data: Path) -> dict[str, tuple[str, ...]]:
    folder = DataFolder(data)
    names = ("review_items", "goals", "units")
    findings = (f for name in names for f in load_report(folder, table_named(name)).findings)
    return {finding.rule: finding.places for finding in findings}


@pytest.fixture(scope="module")
def after(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same house with decisions and a correction, built again."""
    root = tmp_path_factory.mktemp("after")
    for name in ("facts", "documents", "data"):
        shutil.copytree(house / name, root / name)
    change(root / "facts" / "goals.csv", RIGHT, WRONG)
    with (root / "facts" / "corrections.csv").open("a", encoding="utf-8") as handle:
        handle.write(
            f'goals,goal-0001,summary_pl,{WRONG},"{RIGHT}",Tak w prezentacji.,Ministerstwo,'
            "2026-11-20\n"
        )
    decide(root, "Piława", "par-0043")
    decide(root, "Dąbrowa", "none")
    decide(root, "participations pcp-0016: network_id", "net-0005")
    decide(root, "mid.txt", "par-0034")
    build_tables(root / "data", root / "facts", root / "documents")
    return root


def rows(where: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(where / "data" / "work" / "tables" / f"{table}.parquet")


def test_decisions_and_corrections_reach_the_tables(after: Path) -> None:
    assert warnings_of(after / "data") == {}
    found = rows(after, "name_matches").select("written", "status", "value", "rule").rows()
    assert sorted(found) == [
        ("Dąbrowa", "NONE", None, "decision"),
        ("Piława", "MATCH", "par-0043", "decision"),
        ("Rzeszów", "MATCH", "par-0050", "exact"),
        ("Żory Wielkie", "NONE", None, "nothing_found"),
    ]
    conflict = rows(after, "document_conflicts").filter(
        subject="participations pcp-0016: network_id"
    )
    assert conflict.select("judgement", "judged_value").rows() == [("decision", "net-0005")]
    mid = rows(after, "mid_documents").row(0, named=True)
    assert (mid["match_status"], mid["match_rule"]) == ("MATCH", "decision")
    assert (mid["participant_id"], mid["mid_id"]) == ("par-0034", "mid-0052")
    goal = rows(after, "goals").filter(goal_id="goal-0001")
    assert goal["summary_pl"].to_list() == [RIGHT]


def test_what_is_known_now_raises_new_questions(after: Path) -> None:
    assert {str(item["kind"]) for item in queue(after).values()} == {"name", "mid_value"}
    assert queue(after)["date: 2031-06"]["state"] == "open"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("goals", "goal-0001"),
            f"summary_pl: „{WRONG}” → „{RIGHT}” (zastosowane, 2026-11-20): Tak w prezentacji.; ",
        ),
        (("participations", "pcp-0015"), "lista.txt, wiersz 9: „Piława” → participant_id = "),
        (("participations", "pcp-0015"), "par-0043 (city:decision)"),
        (
            ("participations", "pcp-0015"),
            "Piława → to miasto par-0043 (rozstrzygnięta, 2026-11-20): Tak wynika z protokołu.",
        ),
        (("participations", "pcp-0016"), "→ net-0005 (decyzja człowieka)"),
        (("participations", "pcp-0016"), "→ ta wartość net-0005 (rozstrzygnięta"),
        (("mids", "mid-0052"), "Dowód: mid.txt: „Miasto: Piława” → city = Piława (label)"),
        (("mids", "mid-0052"), "mid.txt → to miasto par-0034 (rozstrzygnięta"),
        (("mids", "mid-0052"), "Dokument: mid.txt, sha256: "),
        (("review_items", "item-f898ca17ecbb"), "Decyzja: item-f898ca17ecbb"),
    ],
)
def test_explain_shows_the_whole_chain(after: Path, words: tuple[str, str], expected: str) -> None:
    assert expected in pim_here("explain", *words, cwd=after).stdout


def test_what_has_changed_expires_in_sight_and_is_not_applied(after: Path, tmp_path: Path) -> None:
    for name in ("facts", "documents", "data"):
        shutil.copytree(after / name, tmp_path / name)
    # The register has a new state, the source is right by now, and a document says more.
    change(tmp_path / "facts" / "units.csv", "2025-01-01", "2026-01-01")
    change(tmp_path / "facts" / "goals.csv", WRONG, RIGHT)
    change(tmp_path / "documents" / "lista.txt", "- Dąbrowa\n", "")
    build_tables(tmp_path / "data", tmp_path / "facts", tmp_path / "documents")
    assert set(warnings_of(tmp_path / "data")) == {
        "decision_expired", "decision_not_needed", "correction_done",
    }  # fmt: skip
    names = rows(tmp_path, "name_matches").filter(written="Piława")
    assert names.select("status", "value", "rule").rows() == [("AMBIGUOUS", None, "longer_name")]
    assert rows(tmp_path, "mid_documents")["match_status"].to_list() == ["AMBIGUOUS"]
    found = queue(tmp_path)
    assert found["Piława"]["state"] == found["mid.txt"]["state"] == "expired"
    assert "2025-01-01" in str(found["Piława"]["why_pl"])
    assert (found["Dąbrowa"]["state"], found["Dąbrowa"]["decided"]) == ("gone", "no_city")
    # What does not stand on the register holds.
    conflict = "participations pcp-0016: network_id"
    assert queue(tmp_path, "--state", "all")[conflict]["state"] == "decided"
    item = str(found["Dąbrowa"]["item_id"])
    assert (
        "decyzja zbędna"
        in pim_here("review", "show", item, "--facts", "facts", cwd=tmp_path).stdout
    )
    assert (
        "(zbędne: źródło jest już dobre"
        in pim_here("explain", "goals", "goal-0001", cwd=tmp_path).stdout
    )
    checked = pim_here("check", "--facts", "facts", cwd=tmp_path)
    assert checked.returncode == 0
    for code in ("PIM-REV-001", "PIM-REV-003"):
        assert code in checked.stdout
    # Decided again on the new state, it holds again.
    decide(tmp_path, "Piława", "par-0043")
    assert queue(tmp_path, "--state", "decided")["Piława"]["value"] == "par-0043"


def test_without_documents_nothing_is_asked_and_no_decision_is_blamed(
    after: Path, tmp_path: Path
) -> None:
    for name in ("facts", "data"):
        shutil.copytree(after / name, tmp_path / name)
    read = rows(tmp_path, "document_coverage")
    store_table(
        DataFolder(tmp_path / "data"),
        DocumentCoverage,
        read.clear(),
        pl.DataFrame(schema=REJECTED_SCHEMA),
    )
    done = pim_here("review", "list", "--facts", "facts", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "nie miało dokumentów" in done.stderr
    done = pim_here("review", "list", "--facts", "facts", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (told["documents_given"], told["items"]) == (False, [])


def test_two_who_decide_at_once_lose_nothing(own: Path) -> None:
    review = Review(load_settings({"data": str(own / "data"), "facts": str(own / "facts")}))
    items = [row for row in review.rows.to_dicts() if row["by_register"]]
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(review.decide, i, "none", "Bo tak.", DAY) for i in items]:
            assert done.result().decided == "no_city"
    assert {line["item_id"] for line in lines_of(own)} == {str(i["item_id"]) for i in items}


def test_a_snapshot_is_told_with_address_day_and_licence(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data").prepare()
    path = tmp_path / "TERC.csv"
    path.write_text("WOJ\n", encoding="utf-8")
    keep(Store(folder.snapshots), path, captured(path, "terc"))
    given = {
        "state_id": "terc-2026-02-03", "file_name": "inny.csv", "sha256": "b" * 64,
        "state_date": date(2026, 2, 3),
    }  # fmt: skip
    states = pl.DataFrame([given], schema=RegisterStates.schema())
    frames = {RegisterStates.name: states}
    told = snapshot_of(folder, "TERC.csv", frames)
    assert (told["sha256"], told["bytes"]) == (sha256(path), "4")
    assert told["address"] == "https://example.org/"
    assert told["retrieved"] == "2026-03-04T05:06:07+00:00"
    assert told["licence"] == "Statistics Poland"
    assert snapshot_of(folder, "inny.csv", frames) == {
        "file": "inny.csv", "sha256": "b" * 64, "state_date": "2026-02-03",
    }  # fmt: skip
    assert snapshot_of(folder, "", frames) == snapshot_of(folder, "nic.csv", frames) == {}


def test_a_row_of_a_real_build_leads_to_its_file(built: Path) -> None:
    found = pim_json("explain", "networks", "net-0004", cwd=built)
    path = CURATED / "networks.csv"
    assert found["snapshot"] == {
        "file": "curated/networks.csv", "sha256": sha256(path), "bytes": str(path.stat().st_size),
    }  # fmt: skip
    assert found["corrections"] == found["decisions"] == []
