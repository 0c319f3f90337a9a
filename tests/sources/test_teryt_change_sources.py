"""Change files as sources: given by hand, asked of the service or the web form, and judged."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.catalogue import Errand, all_sources
from sources.eteryt import change_fields
from sources.snapshots.store import Store
from sources.snapshots.verdicts import Verdict
from sources.web.download import Validators
from tests.servers import Exchange, serving
from tests.sources.fake_eteryt import PATH, SMALL_PAGE, FakeEteryt
from tests.sources.fake_terytws import PATH as SERVICE
from tests.sources.fake_terytws import FakeTerytWs, small_description
from tests.sources.snapshotmaking import capture
from tests.sources.terytbytes import zipped
from tests.sources.terytchanges import NAME, NEW, TERC_FIELDS, change, changes
from tests.sources.test_terytws import LOGIN
from tests.sources.webtrial import web

SOURCE = all_sources()["terc_changes"]
FILE = changes(change("D", TERC_FIELDS, **NEW))
STATES = (date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1))
FORM = PATH.replace("pliki_pelne", "pliki_aktualizacyjne")
PAGE = SMALL_PAGE.replace(
    b'<input name="ctl00$body$TBData" type="text" value="26 wrze\xc5\x9bnia 2020" />',
    b'<input name="ctl00$body$TBOd" type="text" /><input name="ctl00$body$TBDo" type="text" />',
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


@pytest.mark.parametrize("register", ["terc", "simc", "ulic"])
def test_the_changes_of_each_set_are_a_source(register: str) -> None:
    source = all_sources()[f"{register}_changes"]
    full = all_sources()[register]
    assert source.fetchable
    assert source.hosts == full.hosts
    assert (source.licence, source.attribution) == (full.licence, full.attribution)


def test_a_change_file_is_a_capture_whose_state_is_the_one_it_leads_to(store: Store) -> None:
    first = capture(store, FILE, NAME, SOURCE)
    assert first.provenance is not None
    assert (first.verdict, first.provenance.rows) == (Verdict.ACCEPTED, 1)
    assert first.provenance.state_date == date(2025, 1, 1)
    archive = zipped({NAME: FILE})
    assert capture(store, archive, "zmiany.zip", SOURCE).verdict is Verdict.UNCHANGED
    earlier = "TERC_Urzedowy_zmiany_2016-01-01_2020-01-01.xml"
    assert capture(store, FILE + b"\n", earlier, SOURCE).verdict is Verdict.HISTORY
    nothing = "TERC_Urzedowy_zmiany_2025-01-01_2026-01-01.xml"
    assert capture(store, changes(), nothing, SOURCE).verdict is Verdict.ACCEPTED
    used = store.in_use("terc_changes")
    assert used is not None
    assert (used.rows, used.state_date) == (0, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("SIMC_Urzedowy_zmiany_2024-01-01_2025-01-01.xml", changes(), "PIM-TRY-019"),
        (NAME.replace("Urzedowy", "Adresowy"), FILE, "PIM-SNP-016"),
        ("TERC_zmiany_2025-01-01_2024-01-01.xml", FILE, "PIM-TRY-024"),
        ("TERC_zmiany.xml", changes(), "PIM-TRY-024"),
        (NAME, b"", "PIM-SNP-010"),
        (NAME, SMALL_PAGE, "PIM-TRY-001"),
        (NAME, b"<teryt/>", "PIM-TRY-024"),
    ],
)
def test_what_is_no_change_file_of_the_set_is_refused(
    name: str, data: bytes, code: str, store: Store
) -> None:
    refused = capture(store, data, name, SOURCE)
    assert refused.verdict is Verdict.REFUSED
    assert refused.error is not None
    assert refused.error.code == code
    assert store.in_use("terc_changes") is None


def test_a_change_file_is_no_full_file_and_says_where_it_belongs(store: Store) -> None:
    refused = capture(store, FILE, NAME, all_sources()["terc"])
    assert refused.error is not None
    assert refused.error.code == "PIM-TRY-019"
    assert "--source terc_changes" in refused.error.fix.pl


def test_without_days_in_the_name_the_rows_tell_them(store: Store) -> None:
    found = capture(store, FILE, "TERC_zmiany.xml", SOURCE).provenance
    assert found is not None
    assert found.state_date == date(2025, 1, 1)


@contextmanager
def errand(folder: Path, address: str, **facts: object) -> Iterator[Errand]:
    """An errand for the changes of TERC, of which three states are kept."""
    with web(folder) as client:
        source = replace(SOURCE, address=address, loopback=True)
        run = Errand(
            source,
            client,
            folder / "file.part",
            date(2026, 11, 24),
            Validators(),
            states=lambda name: STATES if name == "terc" else (),
        )
        yield replace(run, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "since"), [(None, "2024-01-01"), (STATES[1], "2025-01-01")])
def test_the_service_is_asked_for_what_lies_between_kept_states(
    state: date | None, since: str, tmp_path: Path
) -> None:
    fake = FakeTerytWs(name="TERC_Urzedowy_zmiany.zip", file=zipped({NAME: FILE}))
    description = tmp_path / "description.zip"
    with serving(fake.routes()) as server:
        description.write_bytes(small_description(server.address(SERVICE)))
        known = {"login": LOGIN, "snapshot": lambda name: description, "state": state}
        with errand(tmp_path, "http://127.0.0.1:9/", **known) as run:
            assert SOURCE.fetch is not None
            arrived = SOURCE.fetch(run)
    assert arrived.path is not None
    assert arrived.path.read_bytes() == fake.file
    asked = {"stanod": f"{since}T00:00:00", "stando": "2026-01-01T00:00:00"}
    assert fake.asked == [("PobierzZmianyTercUrzedowy", asked)]


@pytest.mark.parametrize("facts", [{"state": STATES[2]}, {"states": lambda name: STATES[:1]}])
def test_nobody_is_asked_where_no_state_is_newer(facts: dict[str, object], tmp_path: Path) -> None:
    with errand(tmp_path, "http://127.0.0.1:9/", **facts) as run:
        assert SOURCE.fetch is not None
        assert SOURCE.fetch(run).path is None


def test_without_a_login_the_form_is_filled_in_with_both_days(tmp_path: Path) -> None:
    posted: list[str] = []

    def form(exchange: Exchange) -> None:
        if exchange.method == "GET":
            fake.answer(exchange)
        else:
            posted.append(exchange.body.decode())
            exchange.send(200, FILE, {"Content-Type": "text/html"})

    fake = FakeEteryt({}, PAGE)
    with serving({FORM: form}) as server, errand(tmp_path, server.address(FORM)) as run:
        assert SOURCE.fetch is not None
        arrived = SOURCE.fetch(run)
    assert arrived.name == "TERC_Urzedowy_zmiany_2024-01-01_2026-01-01.zip"
    assert "ctl00%24body%24TBOd=1+stycznia+2024&ctl00%24body%24TBDo=1+stycznia+2026" in posted[0]
    assert "__EVENTTARGET=ctl00%24body%24BTERCUrzedowyPobierz" in posted[0]


@pytest.mark.parametrize(
    "page",
    [
        SMALL_PAGE,
        PAGE.replace(b"BTERCUrzedowyPobierz", b"x"),
        PAGE + b"ctl00$body$BTERCUrzedowyInny",
        PAGE.replace(b"__VIEWSTATE", b"x"),
    ],
)
def test_a_form_that_is_not_quite_that_one_is_told_and_not_guessed(page: bytes) -> None:
    with pytest.raises(PimError, match="PIM-NET-010") as caught:
        change_fields(page, "TERC", STATES[0], STATES[1], "https://eteryt.stat.gov.pl/")
    assert "pim sources add" in caught.value.fix.pl
