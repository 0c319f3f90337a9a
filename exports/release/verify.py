"""Judging a release as any citizen can: offline, from its folder alone.

Every file that the manifest tells of is there with its bytes, and no other is. The manifest is
signed by whom the reader trusts, if a public key is given. After a rollback, files of newer
releases lie below `files/` and `versions/`: they must be told by the manifests of those.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from exports.release.agreement import disagreements
from exports.release.history import VERSIONS
from exports.release.manifest import (
    MANIFEST,
    SIGNATURE_END,
    SUMS,
    content_id,
    files_below,
    outside_manifest,
)
from exports.release.offers import HASH_DIGITS, POOL
from exports.release.signing import is_signed_by
from exports.release.told import FileTold, Told, read_manifest
from exports.release.versions import Version
from exports.validate import Problem
from schemas.errors import PimError
from schemas.files import sha256
from schemas.text import Text

Content = Callable[[Path], str]
"""Hash of what a DuckDB file says; raises PimError or duckdb.Error for one that is damaged."""

_POOLED = re.compile(rf"{POOL}/.+\.([0-9a-f]{{{HASH_DIGITS}}})\.[a-z0-9]+")

SENTENCES: Mapping[str, Text] = {
    "missing": Text("Brakuje pliku.", "The file is missing."),
    "extra": Text("Manifest nie zna tego pliku.", "The manifest does not know this file."),
    "link": Text("W wydaniu nie może być dowiązań.", "A release has no links."),
    "size": Text("Plik ma inny rozmiar.", "The file has another size."),
    "sha256": Text("Plik ma inną treść.", "The file has other bytes."),
    "content": Text("Plik DuckDB mówi co innego.", "The DuckDB file says something else."),
    "name": Text("Skrót w nazwie pliku jest inny niż jego treść.", "Name and bytes differ."),
    "content_id": Text("Identyfikator treści się nie zgadza.", "The content id is another."),
    "twin": Text(
        "Manifest w folderze versions jest inny.", "The manifest kept below versions differs."
    ),
    "sums": Text("SHA256SUMS mówi co innego.", "SHA256SUMS says something else."),
    "offered": Text(
        "Manifest wymienia adres, pod którym niczego nie ma.",
        "The manifest names an address where nothing is.",
    ),
    "version": Text("Numer wersji jest niewłaściwy.", "The version is not one."),
    "unsigned": Text("Wydanie nie jest podpisane.", "The release is not signed."),
    "signature": Text(
        "Podpis nie zgadza się z tym kluczem.", "The signature does not fit the key."
    ),
}


@dataclass(frozen=True)
class Verdict:
    """What was found out about a release."""

    version: str
    files: int
    signed: bool
    """A signature is there; whether it is good is known only where a key was given."""
    checked_signature: bool
    problems: tuple[Problem, ...] = field(default=())
    not_judged: tuple[int, ...] = field(default=())
    """Points of dane.gov.pl that a full judgement had nobody to ask about."""

    def as_dict(self) -> dict[str, object]:
        """The verdict as JSON data."""
        return {
            "version": self.version,
            "good": not self.problems,
            "files": self.files,
            "signed": self.signed,
            "checked_signature": self.checked_signature,
            "problems": [
                {
                    "rule": one.rule,
                    "place": one.place,
                    "message": one.message._asdict(),
                    "count": one.count,
                    "example": one.example,
                }
                for one in self.problems
            ],
            "not_judged": list(self.not_judged),
        }


def verify(
    tree: Path, content: Content, *, key: str = "", known: Mapping[str, str] | None = None
) -> Verdict:
    """Judge the release in `tree`; never raises for a bad one, but for a bad `key`.

    `known` gives sha256 of files that have just been taken, so that they are not taken again.
    Raises PimError `PIM-REL-011` for a key that is none.
    """
    try:
        told = read_manifest(tree)
    except PimError as error:
        return Verdict("", 0, False, bool(key), (Problem(error.code, error.where, error.what),))
    signed = (tree / f"{MANIFEST}{SIGNATURE_END}").is_file()
    problems = [*_files(tree, told, content, known or {}), *_facts(tree, told)]
    problems += [*_sums(tree, told), *disagreements(tree, told)]
    if key:
        problems += _signatures(tree, key)
    return Verdict(told.version, len(told.files), signed, bool(key), tuple(problems))


def problem(rule: str, place: str) -> Problem:
    """A problem in the words of `SENTENCES`."""
    return Problem(rule, place, SENTENCES[rule])


def _files(tree: Path, told: Told, content: Content, known: Mapping[str, str]) -> Iterator[Problem]:
    found = dict(files_below(tree))
    for path in sorted(tree.rglob("*")):
        if path.is_symlink():
            yield problem("link", path.relative_to(tree).as_posix())
    own = f"{VERSIONS}/{told.version}/{MANIFEST}"
    elsewhere = _newer(tree, told, found)
    for name in sorted(found.keys() - told.files.keys()):
        if name == own or outside_manifest(name):
            continue
        if name not in elsewhere:
            yield problem("extra", name)
        elif file := elsewhere[name]:
            yield from _one(found[name], file, content, known, told.graves)
    for name, file in told.files.items():
        if name in found:
            yield from _one(found[name], file, content, known, told.graves)
        else:
            yield problem("missing", name)


def _newer(tree: Path, told: Told, found: Mapping[str, Path]) -> dict[str, FileTold | None]:
    """What newer releases published for ever, by their own manifests; those have no entry."""
    known: dict[str, FileTold | None] = {}
    for name in found:
        version = Version.read(name.split("/")[1]) if name.startswith(f"{VERSIONS}/") else None
        if version is None or not name.endswith(f"/{MANIFEST}") or name in told.files:
            continue
        if str(version) == told.version:
            continue
        try:
            other = read_manifest(tree, name)
        except PimError:
            continue
        if other.version == str(version):
            known[name] = None
            known |= {
                path: file
                for path, file in other.files.items()
                if path.startswith((f"{POOL}/", f"{VERSIONS}/"))
            }
    return known


def _one(
    path: Path,
    file: FileTold,
    content: Content,
    known: Mapping[str, str],
    graves: Collection[str] = (),
) -> Iterator[Problem]:
    """Problems of one file; `graves` are addresses where a page stands for what was withdrawn."""
    if file.content_sha256 is not None:
        try:
            good = content(path) == file.content_sha256
        except (PimError, duckdb.Error):
            good = False
        if not good:
            yield problem("content", file.path)
        return
    if file.bytes != path.stat().st_size:
        yield problem("size", file.path)
        return
    digest = known.get(file.path) or sha256(path)
    if digest != file.sha256:
        yield problem("sha256", file.path)
    pooled = _POOLED.fullmatch(file.path)
    named = file.path.startswith(f"{POOL}/") and file.path.rpartition("/")[0] not in graves
    if named and (pooled is None or not digest.startswith(pooled[1])):
        yield problem("name", file.path)


def _facts(tree: Path, told: Told) -> Iterator[Problem]:
    if content_id({path: told.hash_of(path) for path in told.files}) != told.text("content_id"):
        yield problem("content_id", MANIFEST)
    if Version.read(told.version) is None:
        yield problem("version", MANIFEST)
        return
    own = f"{VERSIONS}/{told.version}/{MANIFEST}"
    if not (tree / own).is_file() or (tree / own).read_bytes() != (tree / MANIFEST).read_bytes():
        yield problem("twin", own)
    listed = told.facts.get("datasets")
    for dataset in listed if isinstance(listed, list) else []:
        files = dataset.get("files") if isinstance(dataset, dict) else None
        for path in files.values() if isinstance(files, dict) else [""]:
            if path not in told.files:
                yield problem("offered", str(path))


def _sums(tree: Path, told: Told) -> Iterator[Problem]:
    """SHA256SUMS says the same as the manifest, and of DuckDB files what they are."""
    try:
        lines = (tree / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        yield problem("missing", SUMS)
        return
    said = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    wanted = {path: file.sha256 for path, file in told.files.items()}
    for path in (MANIFEST, f"{VERSIONS}/{told.version}/{MANIFEST}"):
        wanted[path] = None
    for path in sorted(wanted.keys() | said.keys()):
        if (
            path not in wanted
            or path not in said
            or ((tree / path).is_file() and said[path] != (wanted[path] or sha256(tree / path)))
        ):
            yield problem("sums", path)


def _signatures(tree: Path, key: str) -> Iterator[Problem]:
    for name in (MANIFEST, SUMS):
        if not (tree / f"{name}{SIGNATURE_END}").is_file():
            yield problem("unsigned", name)
        elif not is_signed_by(tree / name, key):
            yield problem("signature", name)
