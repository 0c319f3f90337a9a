"""The web form of eTERYT, against a server that demands all that the real one does."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.catalogue import Errand, all_sources
from sources.eteryt import Target, form_fields, full_file, polish_date
from sources.teryt.read import read_teryt
from sources.web.download import Arrived, Validators
from tests.servers import Route, answer, cut, failing, in_turn, serving
from tests.shared import SHARED, needs_shared
from tests.sources.fake_eteryt import MONTHS, PATH, SETS, SMALL_PAGE, FakeEteryt
from tests.sources.terytbytes import TERC_ROWS, csv_bytes, zipped
from tests.sources.webtrial import web

DAY = date(2026, 9, 26)
ZIP = zipped({"TERC_Urzedowy_2026-09-26.csv": csv_bytes(TERC_ROWS)})
REAL_PAGE = SHARED / "data" / "registries" / "teryt" / "eteryt_pliki_pelne_page_2020-09-26.html"


@contextmanager
def errand(routes: Mapping[str, Route], folder: Path) -> Iterator[Errand]:
    """An errand to a server for TERC of a day."""
    with serving(routes) as server, web(folder) as client:
        address = server.address(PATH + "?contrast=default")
        source = replace(all_sources()["terc"], address=address, loopback=True)
        yield Errand(source, client, folder / "file.part", DAY, Validators())


def fetched(fake: FakeEteryt, folder: Path, target: Target = Target.TERC) -> Arrived:
    """What one fetch of a set brings."""
    with errand(fake.routes(), folder) as run:
        return full_file(run, target)


@pytest.mark.parametrize(("number", "month"), list(enumerate(MONTHS, start=1)))
def test_point_03_twelve_months_in_the_genitive(number: int, month: str) -> None:
    assert polish_date(date(2020, number, 9)) == f"9 {month} 2020"


def test_point_03_the_form_is_filled_in_as_the_server_demands(tmp_path: Path) -> None:
    fake = FakeEteryt({"TERC_Urzedowy": ZIP})
    arrived = fetched(fake, tmp_path)
    assert fake.refused == []
    assert fake.given == [("TERC_Urzedowy", DAY)]
    assert arrived.name == "TERC_Urzedowy_2026-09-26.zip"
    assert arrived.path is not None
    assert arrived.path.read_bytes() == ZIP + SMALL_PAGE
    file = read_teryt(arrived.path, arrived.name)
    assert file.rows == len(TERC_ROWS)
    assert file.origin.trailing_bytes == len(SMALL_PAGE)


def test_a_file_that_is_not_made_yet_is_asked_to_be_made(tmp_path: Path) -> None:
    fake = FakeEteryt({"TERC_Urzedowy": ZIP}, made=False)
    arrived = fetched(fake, tmp_path)
    assert arrived.path is not None
    assert arrived.path.read_bytes() == ZIP + SMALL_PAGE
    assert (fake.refused, fake.given) == ([], [("TERC_Urzedowy", DAY)])


@needs_shared
def test_point_03_the_real_page_is_understood(tmp_path: Path) -> None:
    page = REAL_PAGE.read_bytes()
    fake = FakeEteryt(dict.fromkeys(SETS.values(), ZIP), page)
    for target in Target:
        fetched(fake, tmp_path, target)
    assert fake.refused == []
    assert [name for name, _ in fake.given] == [SETS[target.value] for target in Target]
    fields = form_fields(page, Target.TERC, DAY, "x")
    assert fields["__VIEWSTATEGENERATOR"] == "8C427999"
    assert fields["__EVENTTARGET"] == "ctl00$body$BTERCUrzedowyPobierz"
    assert fields["ctl00$body$TBData"] == "26 września 2026"


def test_point_03_all_nine_targets_are_known() -> None:
    assert {target.value for target in Target} == set(SETS)


@pytest.mark.parametrize(
    "left_out", ["__VIEWSTATE", "__VIEWSTATEGENERATOR", "ctl00$body$BTERCUrzedowyPobierz"]
)
def test_a_page_that_is_another_one_is_told(left_out: str, tmp_path: Path) -> None:
    page = re.sub(rf"(?<![\w$]){re.escape(left_out)}(?!\w)", "x", SMALL_PAGE.decode()).encode()
    with pytest.raises(PimError, match="PIM-NET-010") as caught:
        fetched(FakeEteryt({}, page), tmp_path)
    assert caught.value.why is not None
    assert left_out in caught.value.why.pl


def test_point_02_the_page_instead_of_the_file_arrives_and_is_refused_by_its_judge(
    tmp_path: Path,
) -> None:
    with errand({PATH: answer(SMALL_PAGE)}, tmp_path) as run:
        arrived = full_file(run, Target.TERC)
        assert arrived.path is not None
        with pytest.raises(PimError, match="PIM-TRY-001"):
            run.source.judge(arrived.path, arrived.name)


def test_a_passing_failure_of_form_or_file_is_tried_again(tmp_path: Path) -> None:
    fake = FakeEteryt({"TERC_Urzedowy": ZIP})
    route = in_turn(failing(503), fake.answer, cut(ZIP, 100), fake.answer)
    with errand({PATH: route}, tmp_path) as run:
        arrived = full_file(run, Target.TERC)
    assert arrived.path is not None
    assert arrived.path.read_bytes() == ZIP + SMALL_PAGE


def test_a_site_that_stays_down_is_told(tmp_path: Path) -> None:
    with (
        errand({PATH: failing(503)}, tmp_path) as run,
        pytest.raises(PimError, match="PIM-NET-003"),
    ):
        full_file(run, Target.TERC)
