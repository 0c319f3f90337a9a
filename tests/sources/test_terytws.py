"""The SOAP service of TERYT, against a server of the documented shape."""

import hashlib
import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.bdl.secret import Secret
from sources.catalogue import Errand, Login, all_sources
from sources.terytws import Service
from sources.terytws_description import fetch, judge, read_description
from sources.ways import teryt_set
from sources.web.download import Validators
from tests.servers import Route, Server, answer, failing, in_turn, serving
from tests.shared import SHARED, needs_shared
from tests.sources.fake_terytws import PATH, FakeTerytWs, packed, small_description
from tests.sources.terytbytes import TERC_ROWS, csv_bytes, zipped
from tests.sources.webtrial import web

DAY = date(2026, 9, 26)
ZIP = zipped({"TERC_Urzedowy_2026-09-26.csv": csv_bytes(TERC_ROWS)})
LOGIN = Login("proba", Secret("tajne-haslo-7"))
REAL = SHARED / "data" / "registries" / "teryt"


@contextmanager
def service(
    fake: FakeTerytWs,
    folder: Path,
    login: Login = LOGIN,
    *,
    wrong_namespace: bool = False,
    route: Route | None = None,
) -> Iterator[tuple[Service, Server]]:
    """The service at a server of our own, by a small description."""
    routes = {PATH: route or fake.answer}
    with serving(routes) as server, web(folder) as client:
        path = folder / "description.zip"
        address = server.address(PATH)
        path.write_bytes(small_description(address, wrong_namespace=wrong_namespace))
        yield Service(client, read_description(path), login, 64 * 2**20), server


def test_the_newest_state_and_a_whole_set(tmp_path: Path) -> None:
    fake = FakeTerytWs(file=ZIP)
    with service(fake, tmp_path) as (found, _):
        assert found.state_date("TERC") == date(2026, 1, 1)
        assert found.catalogue("TERC", DAY) == ("TERC_Urzedowy_2026-09-26.zip", ZIP)
        assert found.changes("TERC", date(2025, 1, 1), DAY)[1] == ZIP
    assert fake.wrong == []
    assert fake.asked == [
        ("PobierzDateAktualnegoKatTerc", {}),
        ("PobierzKatalogTERC", {"DataStanu": "2026-09-26T00:00:00"}),
        (
            "PobierzZmianyTercUrzedowy",
            {"stanod": "2025-01-01T00:00:00", "stando": "2026-09-26T00:00:00"},
        ),
    ]


def test_a_file_larger_than_ten_megabytes_comes_through(tmp_path: Path) -> None:
    large = hashlib.shake_128(b"9 MiB").digest(9 * 2**20)
    with service(FakeTerytWs(file=large), tmp_path) as (found, _):
        assert found.catalogue("TERC", DAY)[1] == large


def test_an_import_with_another_namespace_than_its_schema_is_set_right(tmp_path: Path) -> None:
    with service(FakeTerytWs(file=ZIP), tmp_path, wrong_namespace=True) as (found, _):
        assert found.catalogue("TERC", DAY)[1] == ZIP


def test_a_wrong_password_is_told_and_never_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = Login("proba", Secret("inne-haslo-9"))
    with (
        service(FakeTerytWs(), tmp_path, wrong) as (found, _),
        pytest.raises(PimError, match="PIM-NET-011") as caught,
    ):
        found.state_date("TERC")
    assert "teryt_password" in caught.value.fix.pl
    shown = caplog.text + str(caught.value.as_dict()) + repr(wrong) + repr(caught.value)
    assert "inne-haslo-9" not in shown


@pytest.mark.parametrize("name", ["", "TERC"])
def test_an_answer_without_a_file_is_told(name: str, tmp_path: Path) -> None:
    empty = FakeTerytWs(name=name, file=b"")
    with service(empty, tmp_path) as (found, _), pytest.raises(PimError, match="PIM-NET-012"):
        found.catalogue("TERC", DAY)


@pytest.mark.parametrize("body", [b"<html>przerwa techniczna</html>", b"", b"<a", b"\0"])
def test_an_answer_that_is_no_soap_is_told(body: bytes, tmp_path: Path) -> None:
    strange = service(FakeTerytWs(), tmp_path, route=answer(body, "text/xml"))
    with strange as (found, _), pytest.raises(PimError, match="PIM-NET-012"):
        found.state_date("TERC")


def test_a_passing_failure_is_tried_again(tmp_path: Path) -> None:
    fake = FakeTerytWs()
    with service(fake, tmp_path, route=in_turn(failing(503), fake.answer)) as (found, server):
        assert found.state_date("TERC") == date(2026, 1, 1)
        assert len(server.seen) == 2


def errand(client: object, description: Path, folder: Path, **facts: object) -> Errand:
    """An errand for TERC with a login and a description."""
    source = replace(all_sources()["terc"], address="http://127.0.0.1:9/form", loopback=True)
    run = Errand(
        source,
        client,  # type: ignore[arg-type]
        folder / "file.part",
        DAY,
        Validators(),
        login=LOGIN,
        snapshot=lambda name: description,
    )
    return replace(run, **facts)  # type: ignore[arg-type]


def test_with_a_login_the_service_is_asked_first_for_its_state(tmp_path: Path) -> None:
    fake = FakeTerytWs(file=ZIP)
    description = tmp_path / "description.zip"
    with serving(fake.routes()) as server, web(tmp_path) as client:
        description.write_bytes(small_description(server.address(PATH)))
        way = teryt_set("TERC")
        first = way(errand(client, description, tmp_path))
        assert first.path is not None
        assert first.path.read_bytes() == ZIP
        same = way(errand(client, description, tmp_path, state=date(2026, 1, 1)))
        assert same.path is None
        other = way(errand(client, description, tmp_path, state=date(2025, 1, 1)))
        assert other.path is not None
        old = errand(client, description, tmp_path, state=date(2026, 1, 1), day=date(2019, 1, 1))
        assert way(old).path is not None
    names = [name for name, _ in fake.asked]
    assert names.count("PobierzKatalogTERC") == 3


def test_the_description_is_fetched_with_its_schemas_and_judged(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(small_description("http://127.0.0.1/x"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    routes = {
        f"/wsdl/{name}": answer(data.replace(b"https://uslugaterytws1.stat.gov.pl/wsdl/", b""))
        for name, data in files.items()
    }
    with web(tmp_path) as client, serving(routes) as server:
        source = replace(all_sources()["terytws1"], address=server.address("/wsdl/terytws1.wsdl"))
        run = Errand(source, client, tmp_path / "file.part", DAY, Validators())
        arrived = fetch(run)
        first = run.part.read_bytes()
        again = fetch(run)
    assert arrived.path is not None
    assert again.path is not None
    assert again.path.read_bytes() == first
    assert arrived.name == "terytws1.zip"
    judgement = judge(arrived.path, arrived.name)
    assert judgement.member == "terytws1.wsdl"
    assert sorted(read_description(arrived.path).files) == ["terytws1.wsdl", "xsd0.xsd", "xsd2.xsd"]


@pytest.mark.parametrize("left_out", ["terytws1.wsdl", "xsd0.xsd", "xsd2.xsd"])
def test_a_description_with_a_hole_is_refused(left_out: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(small_description("http://127.0.0.1/x"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != left_out}
    path = tmp_path / "d.zip"
    path.write_bytes(packed(files))
    with pytest.raises(PimError, match="PIM-SNP-013"):
        judge(path, "d.zip")


def test_a_description_with_a_password_is_refused_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    data = bytearray(small_description("http://127.0.0.1/x"))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first member in the directory
    path.write_bytes(data)
    with pytest.raises(PimError, match="PIM-SNP-013") as caught:
        judge(path, "d.zip")
    assert caught.value.why is not None
    assert caught.value.why.pl.endswith("Plik jest zaszyfrowany hasłem.")


@pytest.mark.parametrize("data", [b"PK", b"nonsense", b"<wsdl/>"])
def test_what_is_no_description_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(data)
    with pytest.raises(PimError, match="PIM-SNP-013"):
        judge(path, "d.zip")


@needs_shared
def test_the_real_description_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "terytws1.zip"
    path.write_bytes(packed({p.name: p.read_bytes() for p in sorted(REAL.glob("TerytWs1*"))}))
    judgement = judge(path, path.name)
    assert judgement.rows is not None
    assert judgement.rows >= 75
    with web(tmp_path) as client:
        found = Service(client, read_description(path), LOGIN, 2**20)
    assert found.address == "https://uslugaterytws1test.stat.gov.pl/TerytWs1.svc"


@needs_shared
def test_the_password_never_leaves_for_a_host_that_is_not_allowed(tmp_path: Path) -> None:
    path = tmp_path / "terytws1.zip"
    path.write_bytes(packed({p.name: p.read_bytes() for p in sorted(REAL.glob("TerytWs1*"))}))
    with web(tmp_path, hosts=frozenset({"stat.gov.pl"})) as client:
        found = Service(client, read_description(path), LOGIN, 2**20)
        with pytest.raises(PimError, match="PIM-NET-006"):
            found.state_date("TERC")
