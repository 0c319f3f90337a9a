"""Signatures in minisign's form: ours, and what the stock program says of them."""

import os
import shutil
import subprocess
from pathlib import Path

import minisign  # type: ignore[import-untyped]  # it has types but does not say so
import pytest

from exports.release.signing import Signer, is_signed_by
from schemas.errors import Exit, PimError
from tests.exports.releasing import Place, judged, rules

MINISIGN = shutil.which("minisign")
needs_minisign = pytest.mark.skipif(
    MINISIGN is None and not os.environ.get("CI"), reason="the program minisign is not installed"
)


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    """A secret key and its public key, as files hold them."""
    made = minisign.KeyPair.generate()
    return bytes(made.secret_key).decode(), bytes(made.public_key).decode()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, pair: tuple[str, str]) -> Path:
    place = Place(tmp_path_factory.mktemp("signed") / "data", Signer(pair[0], ""))
    place.build()
    return place.release().tree


def stock(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    assert MINISIGN is not None
    return subprocess.run([MINISIGN, *words], cwd=cwd, capture_output=True, text=True, check=False)


def test_a_signed_release_is_good_with_its_key(signed: Path, pair: tuple[str, str]) -> None:
    verdict = judged(signed, pair[1])
    assert (verdict.problems, verdict.signed, verdict.checked_signature) == ((), True, True)
    assert rules(signed, pair[1].splitlines()[1]) == set(), "the second line alone will do"


def test_another_key_does_not_fit(signed: Path) -> None:
    other = bytes(minisign.KeyPair.generate().public_key).decode()
    assert rules(signed, other) == {"signature"}


def test_an_unsigned_release_fails_where_a_key_is_asked_for(
    signed: Path, pair: tuple[str, str], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(signed, tmp_path / "copy"))
    for path in copy.rglob("*.minisig"):
        path.unlink()
    assert rules(copy) == set()
    assert rules(copy, pair[1]) == {"unsigned"}


def test_the_signature_covers_the_bytes(
    signed: Path, pair: tuple[str, str], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(signed, tmp_path / "copy"))
    path = copy / "SHA256SUMS"
    path.write_text(path.read_text().replace("a", "b", 1))
    assert "signature" in rules(copy, pair[1])


def test_two_signatures_of_the_same_are_the_same(tmp_path: Path, pair: tuple[str, str]) -> None:
    path = tmp_path / "manifest.json"
    path.write_text("{}")
    Signer(pair[0], "").sign(path, "pim 2026.11.0 2026-11-24")
    first = (tmp_path / "manifest.json.minisig").read_bytes()
    Signer(pair[0], "").sign(path, "pim 2026.11.0 2026-11-24")
    assert (tmp_path / "manifest.json.minisig").read_bytes() == first, "no clock is in it"
    assert b"pim 2026.11.0" in first


@needs_minisign
def test_the_stock_minisign_is_content(signed: Path, pair: tuple[str, str]) -> None:
    for name in ("manifest.json", "SHA256SUMS", "versions/2026.11.0/manifest.json"):
        ended = stock("-Vm", name, "-P", pair[1].splitlines()[1], cwd=signed)
        assert ended.returncode == 0, ended.stderr
        assert "pim 2026.11.0 2026-11-24" in ended.stdout
    assert stock("-Vm", "SHA256SUMS", "-p", "minisign.pub", cwd=signed).returncode == 0


@needs_minisign
def test_a_key_of_the_stock_minisign_signs(tmp_path: Path) -> None:
    made = stock("-G", "-W", "-p", "k.pub", "-s", "k.key", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    (tmp_path / "manifest.json").write_text("{}")
    Signer((tmp_path / "k.key").read_text(), "").sign(tmp_path / "manifest.json", "x")
    assert stock("-Vm", "manifest.json", "-p", "k.pub", cwd=tmp_path).returncode == 0


def test_the_sums_are_those_of_coreutils(signed: Path) -> None:
    ended = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"],
        cwd=signed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_a_key_with_a_password_needs_it(pair: tuple[str, str], tmp_path: Path) -> None:
    made = minisign.SecretKey.from_bytes(pair[0].encode())
    made.encrypt("hasło")
    locked = bytes(made).decode()
    path = tmp_path / "x"
    path.write_text("x")
    Signer(locked, "hasło").sign(path, "x")
    assert is_signed_by(path, pair[1])
    with pytest.raises(PimError) as caught:
        Signer(locked, "inne")
    assert (caught.value.code, caught.value.exit_code) == ("PIM-REL-010", Exit.USAGE)


@pytest.mark.parametrize("key", ["", "abc", "RWQ", "untrusted comment: x\n!!!", "ąę"])
def test_what_is_no_key_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-REL-010"):
        Signer(key, "")
    with pytest.raises(PimError, match="PIM-REL-011"):
        is_signed_by(tmp_path / "x", key)
