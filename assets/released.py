"""What is released, what waits to be, and what a release comes to: light to load."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from exports.release.identity import data_id
from exports.release.signing import Signer
from exports.release.told import Told, read_manifest
from exports.release.versions import Version
from exports.release.withdrawal import Withdrawal
from schemas.errors import PimError
from schemas.tables.withdrawals import Withdrawals
from schemas.text import Text
from warehouse.folder import DataFolder
from warehouse.tables import load_table, table_path

Outcome = Literal["released", "unchanged", "rolled_back", "awaiting", "dry_run"]


@dataclass(frozen=True)
class Rules:
    """How releases are made here."""

    day: date | None = None
    """The release date; None: the date of the build."""
    signer: Signer | None = None
    approval: bool = False
    """A person must approve a release before it becomes current."""
    revision: str | None = None
    """The revision of the code, where it is known."""


@dataclass(frozen=True)
class Made:
    """What a release came to, for the terminal and for scripts."""

    outcome: Outcome
    version: str
    previous: str | None = None
    summary: tuple[Text, ...] = ()
    severity: str = "none"
    files: int = 0
    signed: bool = False

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "outcome": self.outcome,
            "version": self.version,
            "previous": self.previous,
            "severity": self.severity,
            "files": self.files,
            "signed": self.signed,
            "summary": {lang: [text.of(lang) for text in self.summary] for lang in ("pl", "en")},
        }


def current_version(folder: DataFolder) -> Version | None:
    """The version that the public sees; None while it sees a build that is no release."""
    if not folder.public.is_symlink():
        return None
    return Version.read(folder.public.readlink().name)


def waiting_build(folder: DataFolder) -> Told | None:
    """The staged tree of the last good build, where it is whole; None else."""
    try:
        return read_manifest(folder.staging)
    except PimError:
        return None


def withdrawals_of(folder: DataFolder) -> tuple[Withdrawal, ...]:
    """The withdrawals that the last build accepted."""
    if not table_path(folder, Withdrawals).is_file():
        return ()
    rows = load_table(folder, Withdrawals).select(list(Withdrawals.schema())).iter_rows()
    return tuple(Withdrawal(address, day, Text(pl, en)) for address, day, pl, en in rows)


def news_waiting(folder: DataFolder) -> Version | None:
    """The current version, where the last good build has something else than it; None else."""
    current = current_version(folder)
    told = waiting_build(folder)
    if current is None or told is None:
        return None
    try:
        same = nothing_new(folder, current, [current], told, withdrawals_of(folder))
    except (PimError, OSError, ValueError):
        # A damaged tree is told of by those who use it.
        return current
    return None if same else current


def nothing_new(
    folder: DataFolder,
    current: Version,
    taken: list[Version],
    told: Told,
    withdrawals: tuple[Withdrawal, ...],
) -> Made | None:
    """The result where these data were released already; None where there is something new.

    The current release counts, and those after it, which a rollback has set aside: they must
    not come back by themselves.
    """
    waiting = data_id(folder.staging, told)
    taken_back = [one.as_dict() for one in withdrawals]
    for version in taken:
        if version < current:
            continue
        known = read_manifest(folder.releases / str(version))
        if known.text("data_id") != waiting or known.facts.get("withdrawn") != taken_back:
            continue
        outcome: Outcome = "unchanged" if version == current else "rolled_back"
        return Made(outcome, str(version), known.text("previous") or None, files=len(known.files))
    return None
