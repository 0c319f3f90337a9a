"""`pim serve` and `pim publish` as their users have them."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from schemas.files import write_json
from tests.commandline import PIM, environment, pim, pim_error, pim_here, pim_json
from tests.exports.receiving import KEYS, release
from tests.exports.served import CONTENT, OFFERED, XML, free_port
from warehouse.folder import FORMAT


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one small release. Only to read."""
    root = tmp_path_factory.mktemp("data")
    write_json(root / "format.json", {"format": FORMAT})
    release(root, "2026.11.0", XML)
    return root


def test_serving_begins_and_ends_with_its_user(data: Path, tmp_path: Path) -> None:
    words = [*PIM, "serve", "--port", "0", "--json", "--data", str(data)]
    with subprocess.Popen(words, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        told = b""
        while not told.rstrip().endswith(b"}"):
            told += server.stdout.readline()
        address = json.loads(told)["address"]
        served = httpx.get(f"{address}{OFFERED['csv'][1:]}")
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 130
    assert served.content == CONTENT["csv"]


def test_a_port_that_is_taken_is_told(data: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, error = pim_error("serve", "--port", port, "--data", str(data), cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-SRV-001")


@pytest.mark.parametrize("words", [("serve",), ("publish", "there")])
def test_without_data_there_is_nothing_to_show(words: tuple[str, ...], tmp_path: Path) -> None:
    code, error = pim_error(*words, "--data", str(tmp_path / "none"), cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-WH-006")


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_configuration_is_printed_as_it_is(server: str, data: Path, tmp_path: Path) -> None:
    told = pim_json("serve", server, "--data", str(data), cwd=tmp_path)
    done = pim_here("serve", server, "--data", str(data), cwd=tmp_path)
    assert done.stdout == told["configuration"]
    assert str(data / "public") in done.stdout
    code, error = pim_error("serve", server, "--root", "/a b", cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-SRV-002")


def test_a_release_is_published_and_a_dry_run_is_none(data: Path, tmp_path: Path) -> None:
    words = "publish", "there", "--data", str(data)
    tried = pim_json(*words, "--dry-run", cwd=tmp_path)
    assert (tried["dry_run"], tried["changed"], tried["unchanged"]) == (True, True, 0)
    assert not (tmp_path / "there").exists()
    lines = pim_here(*words, "--dry-run", cwd=tmp_path).stdout.splitlines()
    assert lines[-2] == "danegov/harvester.md5 (33 B)"

    done = pim_json(*words, cwd=tmp_path)
    assert done["files"] == tried["files"]
    assert (tmp_path / "there/public/danegov/harvester.xml").read_bytes() == XML
    again = pim_here(*words, cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert "2026.11.0 jest już w there" in again.stdout


def test_a_target_that_fails_ends_with_exit_code_6(data: Path, tmp_path: Path) -> None:
    (tmp_path / "plik").write_text("", encoding="utf-8")
    code, error = pim_error("publish", "plik", "--data", str(data), cwd=tmp_path)
    assert (code, error["code"], error["exit_code"]) == (6, "PIM-TGT-003", 6)


def test_keys_are_never_shown(data: Path, tmp_path: Path) -> None:
    env = {
        "PIM_DATA": str(data),
        "PIM_PUBLISH_TARGET": "s3://pim",
        "PIM_S3_ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "PIM_S3_KEY_ID": KEYS.s3_key_id,
        "PIM_S3_SECRET": KEYS.s3_secret,
        "PIM_PUBLISH_PASSWORD": KEYS.password,
    }
    failed = pim("publish", cwd=tmp_path, env=env)
    assert failed.returncode == 6
    shown = pim("config", "show", cwd=tmp_path, env=env)
    assert shown.returncode == 0
    for done in (failed, shown):
        for secret in (KEYS.s3_key_id, KEYS.s3_secret, KEYS.password):
            assert secret not in done.stdout + done.stderr


def test_it_has_to_be_said_where_to_publish(data: Path, tmp_path: Path) -> None:
    code, error = pim_error("publish", "--data", str(data), cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-TGT-005")
    code, error = pim_error("publish", "ftp://host/dir", "--data", str(data), cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-TGT-002")


def test_a_build_without_a_version_is_not_published(data: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "releases").mkdir(parents=True)
    write_json(tmp_path / "data" / "format.json", {"format": FORMAT})
    build = tmp_path / "data" / "releases" / "abc"
    build.mkdir()
    write_json(build / "manifest.json", {"format": 1, "version": "abc", "files": []})
    (tmp_path / "data" / "public").symlink_to("releases/abc")
    code, error = pim_error("publish", "there", cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-TGT-001")
