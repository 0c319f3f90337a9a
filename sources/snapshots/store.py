"""The folder of snapshots: captures that never change, and the lock that says which is in use.

    snapshots/lock.json                          which snapshot a build uses, one a source
    snapshots/<source>/<state>-<content>/        the bytes as they came, and provenance.json
    snapshots/<source>/refused/<content>/        a capture that was refused, and verdict.json
    snapshots/<source>/status.json               how the last try went: no build depends on it

Every folder and file is written under a temporary name and renamed. The lock is renamed last,
so a kill at any moment leaves the last good state in use.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.files import flush, sha256, write_json
from sources.snapshots.provenance import FILE, Provenance, damaged, read_provenance

FORMAT = 1
_LEFTOVER = re.compile(r"\..+\.\d+\.tmp")
_UNSAFE = re.compile(r"[^\w.() -]")
_DRAFTS_KEPT = 3
_DRAFT_BYTES = 8 * 2**20
"""A refused capture that is larger is not kept; its verdict is."""


@dataclass(frozen=True)
class Store:
    """The snapshots below one folder."""

    root: Path

    @property
    def lock_file(self) -> Path:
        """Names the snapshot in use of every source. Made by the program, never by hand."""
        return self.root / "lock.json"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who changes snapshots, for moments: others wait their turn.

        What killed runs left under temporary names is removed.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with _flock(self.root / ".writing", wait=True):
            for folder in (self.root, *self.root.glob("*/"), *self.root.glob("*/refused/")):
                for path in folder.iterdir():
                    if _LEFTOVER.fullmatch(path.name):
                        _remove(path)
            yield

    @contextmanager
    def fetching(self, source: str) -> Iterator[bool]:
        """Be the only one who fetches a source; gives False at once where someone else does."""
        folder = self.root / source
        folder.mkdir(parents=True, exist_ok=True)
        with _flock(folder / ".fetching", wait=False) as got:
            yield got

    def part(self, source: str) -> Path:
        """Where the bytes of a download are collected."""
        return self.root / source / "download.part"

    def kept(self, source: str) -> tuple[Provenance, ...]:
        """All snapshots of a source, parts too, by state and content.

        Raises PimError `PIM-SNP-003` where one is damaged.
        """
        found = (self.root / source).glob(f"[!.]*/{FILE}")
        return tuple(read_provenance(path.parent) for path in sorted(found))

    def states(self, source: str) -> tuple[date, ...]:
        """The states of which whole snapshots of a source are kept, oldest first."""
        kept = self.kept(source)
        return tuple(sorted({one.state_date for one in kept if one.whole and one.state_date}))

    def in_use(self, source: str) -> Provenance | None:
        """What the lock names. Raises PimError `PIM-SNP-003` where lock or snapshot is damaged."""
        entry = self.entries().get(source)
        if entry is None:
            return None
        found = read_provenance(self.root / source / str(entry["snapshot"]))
        if found.sha256 != entry["sha256"]:
            raise damaged(self.root / source / found.folder, "sha256 is not that of lock.json")
        return found

    def all_in_use(self) -> tuple[Provenance, ...]:
        """Everything that the lock names, by source; errors as in `in_use`."""
        found = (self.in_use(source) for source in sorted(self.entries()))
        return tuple(provenance for provenance in found if provenance is not None)

    def path(self, provenance: Provenance) -> Path:
        """The bytes of a snapshot."""
        return self.root / provenance.source / provenance.folder / provenance.file

    def keep(self, provenance: Provenance, capture: Path) -> None:
        """Store a capture for ever; one that is here already stays as it is."""
        final = self.root / provenance.source / provenance.folder
        if (final / FILE).exists():
            return
        draft = _temporary(final)
        draft.mkdir(parents=True)
        _copy(capture, draft / provenance.file)
        provenance.write(draft)
        draft.rename(final)

    def use(self, provenance: Provenance) -> None:
        """Name a snapshot in the lock. The lock is rewritten only where that changes it."""
        entries = dict(self.entries())
        entry: dict[str, object] = {
            "snapshot": provenance.folder,
            "file": provenance.file,
            "sha256": provenance.sha256,
            "member_sha256": provenance.member_sha256,
            "state_date": provenance.state_date and provenance.state_date.isoformat(),
            "retrieved": provenance.retrieved.isoformat(),
        }
        if entries.get(provenance.source) != entry:
            entries[provenance.source] = entry
            write_json(
                self.lock_file,
                {"format": FORMAT, "snapshots": {name: entries[name] for name in sorted(entries)}},
            )

    def refuse(self, source: str, capture: Path, name: str, verdict: Mapping[str, object]) -> None:
        """Keep a refused capture with its verdict; only a few, and none that is large."""
        drafts = self.root / source / "refused"
        final = drafts / sha256(capture)[:16]
        if not final.exists():
            draft = _temporary(final)
            draft.mkdir(parents=True)
            if capture.stat().st_size <= _DRAFT_BYTES:
                _copy(capture, draft / safe_name(name))
            write_json(draft / "verdict.json", dict(verdict))
            draft.rename(final)
        others = [path for path in drafts.glob("*/") if path != final]
        others.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in others[: max(0, len(others) - _DRAFTS_KEPT + 1)]:
            _remove(path)

    def status(self, source: str) -> dict[str, object]:
        """How the last try went; empty where there was none, or it cannot be read."""
        try:
            found = json.loads((self.root / source / "status.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def note(self, source: str, status: Mapping[str, object]) -> None:
        """Remember how a try went."""
        write_json(self.root / source / "status.json", dict(status))

    def entries(self) -> dict[str, dict[str, object]]:
        """What the lock says of each source. Raises PimError `PIM-SNP-003` where it is damaged."""
        if not self.lock_file.exists():
            return {}
        try:
            found = json.loads(self.lock_file.read_text(encoding="utf-8"))
            version, entries = found["format"], dict(found["snapshots"])
            whole = all({"snapshot", "file", "sha256"} <= set(one) for one in entries.values())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.lock_file, str(error)) from error
        if version != FORMAT or not whole:
            raise damaged(self.lock_file, f"format {version}")
        return entries


def locked(folder: Path, source: str) -> Path | None:
    """The bytes that a build must use for a source, or None where nothing was accepted yet.

    `folder` is the folder of snapshots. The bytes are held against the lock: PimError
    `PIM-SNP-003` where they are not what was accepted.
    """
    store = Store(folder)
    provenance = store.in_use(source)
    if provenance is None:
        return None
    path = store.path(provenance)
    try:
        found = sha256(path)
    except OSError as error:
        raise damaged(path, str(error)) from error
    if found != provenance.sha256:
        raise damaged(path, f"sha256 is {found}")
    return path


def safe_name(name: str) -> str:
    """A name from outside as a plain file name: no folders, no hidden file, no long tail."""
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, suffix = plain[-120:].rpartition(".")
    plain = f"{stem}{dot}{suffix}".strip(" .") or "capture"
    return f"_{plain}" if plain in {FILE, "verdict.json"} else plain


@contextmanager
def _flock(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock that dies with its process. The file stays: a lock on it may be waited for."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def _temporary(final: Path) -> Path:
    return final.with_name(f".{final.name}.{os.getpid()}.tmp")


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    flush(target)
    target.chmod(0o444)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
