"""Publishing at a folder, over rsync and SFTP, and in S3: whole, in order, and again."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exports.targets.addresses import Secrets, target_of
from exports.targets.plan import Item, plan_of
from schemas.errors import Exit, PimError
from tests.exports.receiving import (
    KEYS,
    PASSWORD,
    RSYNC,
    Place,
    release,
    rsync_daemon,
    s3_server,
    send,
    sftp_server,
)
from tests.exports.served import CONTENT, OFFERED, XML, free_port, needs

FEED, CHECKSUM = "danegov/harvester.xml", "danegov/harvester.md5"
OTHER = XML.replace(b"<dataset/>", b"<dataset></dataset>")
WRONG = "nie-to-hasło"
FIRST, SECOND = "2026.11.0", "2026.11.1"
KINDS = ["folder", pytest.param("rsync", marks=needs(RSYNC, "rsync")), "sftp", "s3"]
STOPPABLE = ["folder", "sftp", "s3"]
"""Targets where we send file by file; rsync does that by itself, and goes on by itself."""


@pytest.fixture
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    there = tmp_path / "there"
    there.mkdir()
    if request.param == "folder":
        yield Place(str(there), there)
    elif request.param == "rsync":
        with rsync_daemon(there) as found:
            yield found
    elif request.param == "sftp":
        monkeypatch.setenv("HOME", str(there))
        with sftp_server(there) as found:
            yield found
    else:
        with s3_server() as found:
            yield found


@pytest.mark.parametrize("place", KINDS, indirect=True)
def test_a_release_is_published_whole_once_and_then_what_is_new(
    place: Place, tmp_path: Path
) -> None:
    first = release(tmp_path, FIRST, XML)
    assert [item.path for item in place.target.missing(first)] == [i.path for i in first.items]
    changed, sent = send(place.target, first)
    assert changed
    assert {item.path for item in sent} == {item.path for item in first.items}
    for item in first.items:
        assert place.read(item.path) == item.source.read_bytes(), item.path

    assert send(place.target, first) == (False, [])

    second = release(tmp_path, SECOND, OTHER, previous=FIRST)
    changed, sent = send(place.target, second)
    assert changed
    for item in second.items:
        assert place.read(item.path) == item.source.read_bytes(), item.path
    assert [item.path for item in sent][-2:] == [FEED, CHECKSUM]
    if place.root is not None:
        kept = place.root / "releases" / FIRST
        assert (kept / FEED).read_bytes() == XML
        pooled = OFFERED["csv"][1:]
        assert (kept / pooled).samefile(place.root / "public" / pooled)
        assert {path.name for path in (place.root / "releases").iterdir()} == {FIRST, SECOND}
    else:
        assert {item.path for item in sent} == {"nowe.txt", "manifest.json", FEED, CHECKSUM}


@pytest.mark.parametrize("place", KINDS, indirect=True)
def test_what_is_there_is_sent_back_to_when_an_older_release_is_current_again(
    place: Place, tmp_path: Path
) -> None:
    first = release(tmp_path, FIRST, XML)
    second = release(tmp_path, SECOND, OTHER, previous=FIRST)
    for plan in (first, second):
        send(place.target, plan)
    changed, _ = send(place.target, first)
    assert changed
    assert place.read(FEED) == XML


@pytest.mark.parametrize("place", STOPPABLE, indirect=True)
def test_what_was_interrupted_goes_on_and_nothing_was_current_before_its_time(
    place: Place, tmp_path: Path
) -> None:
    send(place.target, release(tmp_path, FIRST, XML))
    second = release(tmp_path, SECOND, OTHER, previous=FIRST)
    missing = place.target.missing(second)
    seen: list[Item] = []

    def stop(item: Item) -> None:
        seen.append(item)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.target.send(second, missing, stop)
    assert place.read(FEED) == XML
    left = place.target.missing(second)
    assert len(left) < len(missing)
    if place.address == str(place.root):
        # What a kill leaves between writing and renaming.
        (Path(place.address) / "releases" / f".{SECOND}.part" / ".x.17.tmp").write_bytes(b"half")
    assert left[-1].path == CHECKSUM
    send(place.target, second)
    assert place.read(FEED) == OTHER
    assert place.read(".x.17.tmp") is None


@pytest.mark.parametrize("place", KINDS, indirect=True)
def test_a_target_that_fails_says_so_with_exit_6(place: Place, tmp_path: Path) -> None:
    plan = release(tmp_path, FIRST, XML)
    secrets = place.secrets
    if place.address.startswith("s3"):
        address = "s3://inny-kubelek"
    elif place.root is not None and place.address == str(place.root):
        (tmp_path / "plik").write_text("", encoding="utf-8")
        address = str(tmp_path / "plik")
    else:
        address, secrets = place.address, replace(secrets, password=WRONG)
    with pytest.raises(PimError) as caught:
        send(target_of(address, secrets), plan)
    assert (caught.value.code, caught.value.exit_code) == ("PIM-TGT-003", Exit.PUBLISH)
    told = str(caught.value.as_dict())
    assert not any(word in told for word in (PASSWORD, KEYS.s3_secret, WRONG))


@pytest.mark.parametrize("scheme", ["s3", "rsync", "sftp"])
def test_a_server_that_is_not_there_is_told_in_time(scheme: str, tmp_path: Path) -> None:
    plan = release(tmp_path, FIRST, XML)
    nowhere = f"127.0.0.1:{free_port()}"
    address = "s3://pim" if scheme == "s3" else f"{scheme}://{nowhere}/pim"
    with pytest.raises(PimError) as caught:
        send(target_of(address, replace(KEYS, s3_endpoint=f"http://{nowhere}")), plan)
    assert caught.value.exit_code == Exit.PUBLISH


@pytest.mark.parametrize("place", KINDS[:3], indirect=True)
def test_point_26_who_follows_the_link_once_never_meets_a_mixture(
    place: Place, tmp_path: Path
) -> None:
    plans = [release(tmp_path, FIRST, XML), release(tmp_path, SECOND, OTHER, previous=FIRST)]
    for plan in plans:
        send(place.target, plan)
    assert place.root is not None
    public, done, mixed = place.root / "public", threading.Event(), []

    def poll() -> None:
        while not done.wait(0.001):
            tree = public.resolve(strict=True)
            md5 = hashlib.md5((tree / FEED).read_bytes(), usedforsecurity=False).hexdigest()
            if (tree / CHECKSUM).read_text(encoding="utf-8").strip() != md5:
                mixed.append(tree)

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        for plan in plans * 2:
            changed, _ = send(place.target, plan)
            assert changed
            assert reader.is_alive(), "the link was gone for a moment"
    finally:
        done.set()
        reader.join()
    assert mixed == []


def test_the_order_of_sending_puts_what_is_named_before_what_names_it(tmp_path: Path) -> None:
    paths = [item.path for item in release(tmp_path, FIRST, XML).items]
    place = {path: number for number, path in enumerate(paths)}
    assert max(place[path[1:]] for path in OFFERED.values()) < place["proby/rzeczy.csv"]
    assert place["proby/rzeczy.csv"] < place["proby/datapackage.json"] < place[FEED]
    assert place["proby/rzeczy.csv"] < place["catalog.ttl"] < place[FEED]
    assert paths[-2:] == [FEED, CHECKSUM]


@pytest.mark.parametrize("place", ["s3"], indirect=True)
def test_point_31_objects_are_served_with_their_headers(place: Place, tmp_path: Path) -> None:
    plan = release(tmp_path, FIRST, XML)
    send(place.target, plan)
    for item in plan.items:
        served = place.get(item.path)
        for name, value in item.headers.items():
            assert served.headers[name] == value, item.path
    name = OFFERED["jsonld"].rpartition("/")[2]
    told = place.get(OFFERED["jsonld"][1:]).headers
    assert told["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("place", ["s3"], indirect=True)
def test_below_a_prefix_nothing_else_is_touched(place: Place, tmp_path: Path) -> None:
    send(place.target, release(tmp_path, FIRST, XML))
    below = replace(place, address=f"{place.address}/proby/druga")
    grave = OFFERED["csv"][1:]
    for version, withdrawn in ((FIRST, ""), (SECOND, grave)):
        send(below.target, release(tmp_path / "druga", version, OTHER, grave=withdrawn))
    assert place.read(FEED) == XML
    assert place.read(grave) == CONTENT["csv"]
    assert place.read(f"proby/druga/{FEED}") == OTHER
    assert "Wycofane" in place.get(f"proby/druga/{grave}").text
    assert send(below.target, plan_of(tmp_path / "druga" / "public")) == (False, [])


@pytest.mark.parametrize("place", ["s3"], indirect=True)
def test_point_30_what_was_withdrawn_becomes_its_page_and_all_else_stays(
    place: Place, tmp_path: Path
) -> None:
    send(place.target, release(tmp_path, FIRST, XML))
    grave = OFFERED["csv"][1:]
    second = release(tmp_path, SECOND, OTHER, previous=FIRST, grave=grave)
    _, sent = send(place.target, second)
    assert grave in {item.path for item in sent}
    served = place.get(grave)
    assert served.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Disposition" not in served.headers
    assert "Wycofane" in served.text
    assert place.read(OFFERED["ttl"][1:]) == CONTENT["ttl"]
    assert send(place.target, second) == (False, [])


@pytest.mark.parametrize("place", KINDS[::2], indirect=True)
def test_the_same_bytes_take_room_once(place: Place, tmp_path: Path) -> None:
    send(place.target, release(tmp_path, FIRST, XML))
    assert place.root is not None
    public = place.root / "public"
    assert (public / "proby/rzeczy.csv").samefile(public / OFFERED["csv"][1:])


@pytest.mark.parametrize("place", KINDS[:3], indirect=True)
def test_a_file_spoilt_at_the_target_is_mended(place: Place, tmp_path: Path) -> None:
    plan = release(tmp_path, FIRST, XML)
    send(place.target, plan)
    assert place.root is not None
    spoilt = place.root / "public" / "nowe.txt"
    spoilt.write_text("x" * spoilt.stat().st_size, encoding="utf-8")
    changed, sent = send(place.target, plan)
    assert (changed, [item.path for item in sent]) == (True, ["nowe.txt"])
    assert place.read("nowe.txt") == FIRST.encode()


@pytest.mark.parametrize("place", ["sftp"], indirect=True)
def test_an_older_release_is_never_written_into_whatever_a_kill_left(
    place: Place, tmp_path: Path
) -> None:
    first = release(tmp_path, FIRST, XML)
    send(place.target, first)
    assert place.root is not None
    second = release(tmp_path, SECOND, OTHER, previous=FIRST)
    releases = place.root / "releases"
    (releases / SECOND).mkdir()
    (releases / SECOND / ".nowe.txt.part").hardlink_to(releases / FIRST / "nowe.txt")
    send(place.target, second)
    assert (releases / FIRST / "nowe.txt").read_text(encoding="utf-8") == FIRST
    assert place.read("nowe.txt") == SECOND.encode()


@pytest.mark.parametrize("place", ["sftp"], indirect=True)
@pytest.mark.parametrize("left", ["{", '{"format": 1, "files": [{"path": "../x"}]}'])
def test_a_manifest_there_that_is_none_only_costs_sending(
    place: Place, tmp_path: Path, left: str
) -> None:
    send(place.target, release(tmp_path, FIRST, XML))
    assert place.root is not None
    (place.root / "public" / "manifest.json").write_text(left, encoding="utf-8")
    second = release(tmp_path, SECOND, OTHER, previous=FIRST)
    assert send(place.target, second)[0]
    assert place.read(FEED) == OTHER


@needs(RSYNC, "rsync")
def test_rsync_goes_through_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for ssh starts on this machine what it is told to start on another."""
    program = tmp_path / "bin" / "ssh"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nwhile [ "$1" != dane.example.org ]; do shift; done; shift; exec "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    there = tmp_path / "there"
    there.mkdir()
    plan = release(tmp_path, FIRST, XML)
    place = Place(f"ssh://pim@dane.example.org:2222{there}", there)
    assert send(place.target, plan)[0]
    assert place.read(CHECKSUM) is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://host/dir",
        "https://host/dir",
        "s3://",
        "rsync://host",
        "ssh://host",
        "ssh://-oProxyCommand=x/dir",
        "ssh://a@host/dir;rm",
        "sftp://host:99999/dir",
        "sftp://pim:tajne@host/dir",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(PimError) as caught:
        target_of(address, Secrets())
    assert (caught.value.code, caught.value.exit_code) == ("PIM-TGT-002", Exit.USAGE)
    assert "tajne" not in str(caught.value.as_dict())


def test_secrets_do_not_show_in_what_is_printed_of_an_error() -> None:
    shown = repr(KEYS)
    assert not any(word in shown for word in (PASSWORD, KEYS.s3_key_id, KEYS.s3_secret))


def test_a_damaged_release_is_not_sent(tmp_path: Path) -> None:
    plan = release(tmp_path, FIRST, XML)
    (plan.tree / FEED).write_bytes(OTHER)
    with pytest.raises(PimError) as caught:
        plan_of(tmp_path / "public")
    assert (caught.value.code, caught.value.where) == ("PIM-REL-015", FEED)
