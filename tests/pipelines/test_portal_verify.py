"""Points 59 to 65 of dane.gov.pl, asked of a small portal on the loopback, good and wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exports.danegov.case import Case
from exports.danegov.results import PointResult
from pipelines.portal import IDS, ask_about
from pipelines.settings import Settings, load_settings
from schemas.errors import Exit, PimError
from tests.commandline import pim_here
from tests.exports.breaking import good_case
from tests.pipelines.portalserver import INSTITUTION, Answers, Json, thing
from tests.servers import Exchange, Route, answer, failing, serving

NUMBERS = range(59, 66)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return good_case(tmp_path_factory.mktemp("good"))


@pytest.fixture
def answers(case: Case) -> Answers:
    return Answers(case.listing, case.tree)


def settings_for(address: str, data: Path, institution: str = INSTITUTION) -> Settings:
    found = load_settings({"data": str(data)})
    return replace(found, portal_url=address, portal_institution=institution)


def asked(
    case: Case,
    answers: Answers,
    data: Path,
    more: dict[str, Route] | None = None,
    *,
    dry_run: bool = False,
) -> dict[int, PointResult]:
    with serving({**answers.routes(), **(more or {})}) as server:
        settings = settings_for(server.address("/1.4"), data)
        found = ask_about(settings, case.listing, dry_run=dry_run)
    return {result.number: result for result in found.results}


def test_points_59_to_65_a_portal_that_has_everything(
    case: Case, answers: Answers, tmp_path: Path
) -> None:
    results = asked(case, answers, tmp_path)
    assert [*results] == [*NUMBERS]
    for result in results.values():
        assert result.passed, [finding.line("en") for finding in result.findings]
    (tmp_path / IDS).unlink()
    asked(case, answers, tmp_path, dry_run=True)
    assert not (tmp_path / IDS).exists()
    asked(case, answers, tmp_path)
    recorded = json.loads((tmp_path / IDS).read_text("utf-8"))
    assert recorded == {"places.csv": "1000", "places.jsonld": "1001", "proba": "100"}


def attribute(ident: str, name: str, value: Json) -> Callable[[Answers], None]:
    def change(answers: Answers) -> None:
        answers.attributes[ident][name] = value

    return change


def source(name: str, value: str) -> Callable[[Answers], None]:
    def change(answers: Answers) -> None:
        told = answers.attributes["proba"]["source"]
        assert isinstance(told, dict)
        told[name] = value

    return change


def document(path: str, value: dict[str, Json]) -> Callable[[Answers], None]:
    def change(answers: Answers) -> None:
        answers.documents[path] = value

    return change


def without(path: str) -> Callable[[Answers], None]:
    def change(answers: Answers) -> None:
        answers.documents.pop(path, None)
        answers.files.pop(path, None)

    return change


def file(path: str, content: bytes) -> Callable[[Answers], None]:
    def change(answers: Answers) -> None:
        answers.files[path] = content

    return change


def heads(*names: str) -> dict[str, Json]:
    found: dict[str, Json] = {f"col{number}": name for number, name in enumerate(names, start=1)}
    return found


BROKEN = "https://pim.example.org/files/x.csv"
WRONG: dict[str, tuple[int, Callable[[Answers], None]]] = {
    "no data set": (59, document("/institutions/7/datasets", {"data": [], "links": {}})),
    "of another address": (59, source("url", "https://example.com/harvester.xml")),
    "of another kind": (59, source("type", "ckan")),
    "imported long ago": (59, source("last_import_timestamp", "2026-11-01T05:00:00Z")),
    "never imported": (59, source("last_import_timestamp", "")),
    "no such institution": (59, without("/institutions/7/datasets")),
    "another title": (60, attribute("places.csv", "title", "Miasta")),
    "another date": (60, attribute("places.csv", "data_date", "2025-01-01")),
    "another format": (60, attribute("places.jsonld", "format", "json")),
    "fewer stars": (60, attribute("places.csv", "openness_score", 2)),
    "fewer signs": (60, attribute("places.csv", "special_signs", [])),
    "no resources": (60, document("/datasets/100/resources", {"data": [], "links": {}})),
    "resource gone": (60, without("/resources/1000")),
    "other bytes": (61, file("/resources/1000/file", b"a,b\n1,2\n")),
    "no file": (61, without("/resources/1001/file")),
    "fewer rows": (
        62,
        document("/resources/1000/data", {"meta": {"count": 5, "headers_map": heads("x")}}),
    ),
    "no preview": (62, without("/resources/1000/data")),
    "another licence": (63, attribute("proba", "license_name", "CC0 1.0")),
    "another frequency": (63, attribute("proba", "update_frequency", "Co miesiąc")),
    "another category": (63, attribute("proba", "categories", [{"code": "HEAL"}])),
    "category without code": (63, attribute("proba", "categories", [{"id": 1}, {"id": 2}])),
    "no keyword": (63, attribute("proba", "keywords", [])),
    "no regions": (63, attribute("proba", "regions", [])),
    "broken link": (
        64,
        document(
            "/reports/brokenlinks/data",
            {"data": [thing("row", "1", {"col1": {"val": BROKEN, "repr": BROKEN}})], "links": {}},
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_fails_the_point(
    case: Case, answers: Answers, tmp_path: Path, name: str
) -> None:
    number, change = WRONG[name]
    change(answers)
    assert not asked(case, answers, tmp_path)[number].passed


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"data": 7}', b'{"data": [7]}', b"[" * 100_000]
)
def test_point_59_an_answer_that_is_no_document_is_a_finding(
    case: Case, answers: Answers, tmp_path: Path, body: bytes
) -> None:
    page = answer(body, "application/json")
    results = asked(case, answers, tmp_path, {"/1.4/institutions/7/datasets": page})
    assert not results[59].passed


def test_point_59_lists_are_read_page_by_page(case: Case, answers: Answers, tmp_path: Path) -> None:
    path = "/institutions/7/datasets"
    first: dict[str, Json] = {
        "data": [thing("dataset", "1", {"title": "Inny"})],
        "links": {"next": "https://api.dane.gov.pl/1.4/institutions/7/datasets?page=2"},
    }
    pages = [json.dumps(first).encode(), json.dumps(answers.documents[path]).encode()]
    seen: list[str] = []

    def paged(exchange: Exchange) -> None:
        seen.append(exchange.path)
        exchange.send(200, pages[0 if "page=1&" in exchange.path else 1])

    results = asked(case, answers, tmp_path, {f"/1.4{path}": paged})
    assert results[59].passed
    assert any("page=2" in one for one in seen)


def test_point_65_a_number_that_changed(case: Case, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / IDS).write_text('{"places.csv": "555"}', encoding="utf-8")
    result = asked(case, answers, tmp_path)[65]
    assert "555" in result.findings[0].what.en
    assert json.loads((tmp_path / IDS).read_text("utf-8")) == {"places.csv": "555"}, "not lost"


def test_point_65_a_damaged_record_is_said(case: Case, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / IDS).write_text("[1]", encoding="utf-8")
    with pytest.raises(PimError) as caught:
        asked(case, answers, tmp_path)
    assert caught.value.code == "PIM-PRT-007"


def test_a_resource_that_the_list_does_not_have_yet_is_found_by_its_recorded_number(
    case: Case, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / IDS).write_text('{"places.csv": "1000", "places.jsonld": "1001"}', encoding="utf-8")
    answers.documents["/datasets/100/resources"] = {"data": [], "links": {}}
    assert asked(case, answers, tmp_path)[60].passed


def test_a_portal_that_refuses_is_an_error_of_the_network(
    case: Case, answers: Answers, tmp_path: Path
) -> None:
    with pytest.raises(PimError) as caught:
        asked(case, answers, tmp_path, {"/1.4/institutions/7/datasets": failing(403)})
    assert caught.value.exit_code == Exit.SOURCE


def test_without_the_number_of_the_institution_nothing_is_asked(case: Case, tmp_path: Path) -> None:
    with pytest.raises(PimError) as caught:
        ask_about(settings_for("http://127.0.0.1:1/", tmp_path, ""), case.listing)
    assert caught.value.code == "PIM-PRT-006"


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = pim_here("portal", "verify", "--data", str(tmp_path), cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "PIM-PRT-006" in done.stderr
