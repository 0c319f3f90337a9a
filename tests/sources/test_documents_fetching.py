"""Documents from a list of addresses: only what changed comes, and nothing good is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.documents.fetching import STATE, Fetched, addresses_in, fetch_documents
from sources.documents.folder import files_in
from tests.commandline import pim_here
from tests.servers import Route, answer, failing, serving
from tests.sources.webtrial import HURRY

PAGE = "<html><body><h1>Sieć Miasto Zielone</h1><p>Gdańsk</p></body></html>".encode()
HTML = "text/html"


def got(folder: Path, addresses: list[str]) -> list[Fetched]:
    return fetch_documents(addresses, folder, loopback=True, pause=0, patience=HURRY)


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in files_in(folder)}


def test_what_changed_comes_and_the_rest_is_left_alone(tmp_path: Path) -> None:
    routes: dict[str, Route] = {
        "/sieci.html": answer(PAGE, HTML, etag='"a"'),
        "/pobierz": answer(PAGE, HTML),
    }
    with serving(routes) as server:
        addresses = [server.address(path) for path in routes]
        first = got(tmp_path, addresses)
        assert [one.outcome for one in first] == ["new", "new"]
        assert all(one.file.endswith(".html") for one in first), "the kind, where the server says"
        assert list(kept(tmp_path).values()) == [PAGE, PAGE]
        again = got(tmp_path, addresses)
        assert [one.outcome for one in again] == ["unchanged", "unchanged"]
        routes["/sieci.html"] = answer(PAGE + b"<p>Szczecin</p>", HTML, etag='"b"')
        changed, same = got(tmp_path, addresses)
    assert (changed.outcome, same.outcome) == ("changed", "unchanged")
    assert set(json.loads((tmp_path / STATE).read_text("utf-8"))) == set(addresses)
    assert sorted(kept(tmp_path).values()) == sorted([PAGE, PAGE + b"<p>Szczecin</p>"])


@pytest.mark.parametrize(
    ("route", "code"),
    [
        (lambda: failing(503), "PIM-NET-003"),
        (lambda: answer(b"%PDF-1.7 cut", "application/pdf"), "PIM-DOC-006"),
        (lambda: answer(b"\x00\x01", "video/mp4"), "PIM-NET-007"),
    ],
    ids=["down", "cut", "film"],
)
def test_what_cannot_be_read_does_not_take_the_place_of_what_is_there(
    route: Callable[[], Route], code: str, tmp_path: Path
) -> None:
    routes: dict[str, Route] = {"/a": answer(PAGE, HTML), "/b": answer(PAGE, HTML)}
    with serving(routes) as server:
        got(tmp_path, [server.address("/a")])
        before = kept(tmp_path)
        routes["/a"] = route()
        bad, good = got(tmp_path, [server.address("/a"), server.address("/b")])
    assert bad.outcome == "failed"
    assert bad.error is not None
    assert bad.error.code[:7] == code[:7]
    assert good.outcome == "new", "one that fails is no failure of the others"
    assert before.items() <= kept(tmp_path).items()


def test_an_address_may_not_lead_to_another_host(tmp_path: Path) -> None:
    with serving({"/a": answer(PAGE, HTML)}) as server:
        (one,) = fetch_documents([server.address("/a")], tmp_path, pause=0, patience=HURRY)
    assert one.outcome == "failed"
    assert one.error is not None
    assert one.error.code == "PIM-NET-006", "http to this machine is for trials alone"


def test_a_list_has_remarks_and_each_address_once(tmp_path: Path) -> None:
    listed = tmp_path / "adresy.txt"
    listed.write_text(
        "# strony\nhttps://www.gov.pl/a  # pierwsza\n\nhttps://www.gov.pl/b\nhttps://www.gov.pl/a\n",
        encoding="utf-8",
    )
    assert addresses_in(listed) == ["https://www.gov.pl/a", "https://www.gov.pl/b"]
    listed.write_text("https://www.gov.pl/a\nnic\n", encoding="utf-8")
    with pytest.raises(PimError, match="PIM-DOC-009") as caught:
        addresses_in(listed)
    assert "2: nic" in caught.value.where


def test_the_command_needs_a_folder_and_says_what_failed(tmp_path: Path) -> None:
    listed = tmp_path / "adresy.txt"
    listed.write_text("http://127.0.0.1:9/a.html\n", encoding="utf-8")
    nowhere = pim_here("documents", "fetch", str(listed), cwd=tmp_path)
    assert (nowhere.returncode, "PIM-CLI-005" in nowhere.stderr) == (2, True)
    words = ("documents", "fetch", str(listed), "--documents", str(tmp_path / "d"))
    planned = pim_here(*words, "--dry-run", cwd=tmp_path)
    assert (planned.returncode, planned.stdout) == (0, "http://127.0.0.1:9/a.html: nowy\n")
    assert not (tmp_path / "d").exists(), "nobody was asked"
    failed = pim_here(*words, cwd=tmp_path)
    assert failed.returncode == 5
    assert "nie pobrano (http://127.0.0.1:9/a.html)" in failed.stdout
    assert "PIM-NET-006" in failed.stderr
    told = json.loads(pim_here(*words, "--json", cwd=tmp_path).stdout)
    assert told["documents"][0]["outcome"] == "failed"
