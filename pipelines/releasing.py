"""Releases from the settings' side: make, list, show, compare, judge, move back, tidy up."""

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.judging import judge
from assets.released import Made, Outcome, Rules, current_version, withdrawals_of
from assets.releases import approve, make_release
from exports.release.changes import Changes, changes_of
from exports.release.history import VERSIONS
from exports.release.manifest import MANIFEST, SIGNATURE_END, files_below
from exports.release.offers import POOL
from exports.release.pointer import builds_in, point
from exports.release.signing import Signer, unusable_key
from exports.release.told import Told, read_manifest
from exports.release.verify import Verdict
from exports.release.versions import version_named, versions_in
from exports.release.withdrawal import Withdrawal, covering
from pipelines.house import house_of
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.files import second_name
from schemas.registry import all_tables, table_named
from schemas.text import Text
from warehouse.folder import DataFolder

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Listed:
    """A release, for lists."""

    version: str
    date: str
    current: bool
    signed: bool
    files: int
    bytes: int

    def as_dict(self) -> dict[str, object]:
        """The release as JSON data."""
        return dict(vars(self))


def release(settings: Settings, *, dry_run: bool, allow_loss: Iterable[str] = ()) -> Made:
    """Make the next release; errors as in `assets.releases.make_release`."""
    may_lose = frozenset(table_named(name).name for name in allow_loss)
    DataFolder(settings.data).verify()
    return make_release(
        house_of(settings), rules_of(settings), dry_run=dry_run, allow_loss=may_lose
    )


def rules_of(settings: Settings) -> Rules:
    """How releases are made with these settings. Raises PimError `PIM-REL-010` (bad key)."""
    return Rules(
        day=settings.date,
        signer=signer_of(settings),
        approval=settings.release_approval,
        revision=revision(),
    )


def signer_of(settings: Settings) -> Signer | None:
    """The signer of the settings, or None without a key.

    Raises PimError `PIM-REL-010` for a key or a file that cannot be used.
    """
    key = settings.signing_key.reveal()
    path = settings.signing_key_file
    if not key and path is not None:
        try:
            key = path.read_text(encoding="utf-8") or "?"
        except (OSError, ValueError) as error:
            raise unusable_key(str(path)) from error
    return Signer(key, settings.signing_password.reveal()) if key else None


def revision() -> str | None:
    """The git revision of the code, with `-dirty` where it was changed since; None if unknown."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    # The words are our own, and git is asked in our own folder only.
    asked = subprocess.run(  # noqa: S603
        [git, "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
    )
    return asked.stdout.strip() or None


def list_releases(settings: Settings) -> list[Listed]:
    """Every release, newest first. Raises PimError `PIM-WH-006` where nothing was built."""
    folder = DataFolder(settings.data).verify()
    current = current_version(folder)
    found = []
    for version in reversed(versions_in(folder.releases)):
        tree = folder.releases / str(version)
        told = read_manifest(tree)
        found.append(
            Listed(
                str(version),
                told.date,
                version == current,
                (tree / f"{MANIFEST}{SIGNATURE_END}").is_file(),
                len(told.files),
                sum(file.bytes or 0 for file in told.files.values()),
            )
        )
    return found


def candidates(settings: Settings) -> list[str]:
    """The versions that wait for approval."""
    return [str(version) for version in versions_in(DataFolder(settings.data).candidates)]


def tree_of(settings: Settings, version: str | None) -> Path:
    """The tree of a version, of a candidate, or the current one.

    Raises PimError `PIM-REL-004` for a version that is not there, also where none is current.
    """
    folder = DataFolder(settings.data).verify()
    if version and version in candidates(settings):
        return folder.candidates / version
    named = version or str(current_version(folder) or "")
    return folder.releases / str(version_named(named, folder.releases))


def show(settings: Settings, version: str | None) -> tuple[Told, Sequence[Text]]:
    """What a release says of itself, and the sentences about what it changed."""
    tree = tree_of(settings, version)
    told = read_manifest(tree)
    changes = json.loads((tree / VERSIONS / told.version / "changes.json").read_bytes())
    summary = changes["summary"]
    return told, [Text(*pair) for pair in zip(summary["pl"], summary["en"], strict=True)]


def compare(settings: Settings, old: str, new: str | None) -> Changes:
    """What changed between two releases, whichever lies between them."""
    trees = tree_of(settings, old), tree_of(settings, new)
    told = [read_manifest(tree) for tree in trees]
    paths = {
        table: f"en/{table.dataset.slug}/{table.name}.parquet"
        for table in all_tables()
        if table.dataset
    }
    tables = [table for table, path in paths.items() if path in told[1].files]
    same = [
        table
        for table in tables
        if paths[table] in told[0].files
        and told[0].hash_of(paths[table]) == told[1].hash_of(paths[table])
    ]
    facts = {"version": told[1].version, "date": told[1].date, "previous": told[0].version}
    return changes_of(facts, tables, *trees, same=same)


def verify_tree(settings: Settings, tree: Path | None, *, key: str, full: bool) -> Verdict:
    """Judge a release: the one in `tree`, else the current one of the data folder.

    `key` is a public key or the file of one. Raises PimError `PIM-REL-004` (nothing is
    released), `PIM-REL-011` (bad key).
    """
    text = Path(key).read_text(encoding="utf-8") if key and Path(key).is_file() else key
    return judge(tree or tree_of(settings, None), key=text, full=full)


def approve_candidate(settings: Settings, version: str, *, dry_run: bool = False) -> Made:
    """Make a candidate current; errors as in `assets.releases.approve`."""
    return approve(DataFolder(settings.data).verify(), version, dry_run=dry_run)


def withdrawal_line(
    settings: Settings, address: str, day: str, reason_pl: str, reason_en: str
) -> tuple[str, list[str]]:
    """The line of `withdrawals.csv` that takes an address back, and the addresses that go.

    Raises PimError `PIM-REL-014` where nothing is published there, or the day is none.
    """
    told = read_manifest(tree_of(settings, None))
    try:
        one = Withdrawal(address, date.fromisoformat(day), Text(reason_pl, reason_en))
    except ValueError:
        one = None
    covered = [path for path in told.files if one and one.covers(path)]
    if one is None or not covered:
        raise PimError(
            "PIM-REL-014",
            Text("Nie ma takiego adresu albo dnia.", "There is no such address or day."),
            where=f"{address}, {day}",
            fix=Text(
                "Podaj ścieżkę z manifest.json i dzień RRRR-MM-DD.",
                "Give a path of manifest.json and a day YYYY-MM-DD.",
            ),
            exit_code=Exit.USAGE,
        )
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([address, day, reason_pl, reason_en])
    return out.getvalue(), covered


def rollback(settings: Settings, version: str, *, dry_run: bool = False) -> Made:
    """Make an older (or newer) release current again, with every address that came since.

    Raises PimError `PIM-REL-004` (no such release), `PIM-REL-015` (it is damaged) or
    `PIM-REL-013` (something in it was withdrawn since).
    """
    folder = DataFolder(settings.data).verify()
    with folder.writing():
        target = version_named(version, folder.releases)
        tree = folder.releases / str(target)
        before = current_version(folder)
        verdict = judge(tree)
        if verdict.problems:
            raise PimError(
                "PIM-REL-015",
                Text("To wydanie jest uszkodzone.", "This release is damaged."),
                where="; ".join(f"{p.place} ({p.rule})" for p in verdict.problems[:10]),
                fix=Text("Wybierz inne: pim release list.", "Choose another: pim release list."),
            )
        withdrawals = withdrawals_of(folder)
        told = read_manifest(tree)
        taken_back = [path for path in told.files if covering(withdrawals, path)]
        if taken_back:
            raise PimError(
                "PIM-REL-013",
                Text(
                    "To wydanie zawiera coś, co potem wycofano.",
                    "This release holds something that was withdrawn since.",
                ),
                where=", ".join(taken_back[:5]),
                fix=Text(
                    "Popraw dane, zbuduj je i zrób nowe wydanie.",
                    "Mend the data, build them and make a new release.",
                ),
            )
        if not dry_run:
            newest = folder.releases / str(versions_in(folder.releases)[-1])
            _keep_alive(newest, tree)
            point(folder.public, tree)
    outcome: Outcome = "dry_run" if dry_run else "released"
    return Made(outcome, str(target), str(before) if before else None, files=len(told.files))


def _keep_alive(newest: Path, tree: Path) -> None:
    """Link what newer releases published for ever into an older tree; nothing in it changes."""
    for place in (POOL, VERSIONS):
        for name, source in files_below(newest / place):
            target = tree / place / name
            if not target.exists():
                second_name(source, target)


def tidy(settings: Settings, *, dry_run: bool = False) -> list[str]:
    """Remove what killed runs left, trees of builds that nobody sees, and overtaken candidates.

    Releases are never touched. The names of what was removed, below the data folder; with
    `dry_run` of what would be.
    """
    folder = DataFolder(settings.data).verify()
    with folder.writing():
        current = folder.public.readlink().name if folder.public.is_symlink() else ""
        gone = builds_in(folder.releases, keep={current})
        for version in versions_in(folder.candidates):
            candidate = folder.candidates / str(version)
            released = (folder.releases / str(version)).exists()
            if released or read_manifest(candidate).text("previous") != current:
                gone.append(candidate)
        for path in [] if dry_run else gone:
            shutil.rmtree(path)
    return [path.relative_to(folder.root).as_posix() for path in gone]
