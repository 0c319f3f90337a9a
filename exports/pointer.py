"""Making a release current: freeze a tree under its content id, then move one pointer.

`public` is a symbolic link. It is replaced by a rename, so whoever reads sees the old
release or the new one, never a mixture.
"""

import os
import shutil
from pathlib import Path


def publish(staging: Path, releases: Path, public: Path, release_id: str) -> bool:
    """Freeze `staging` as `releases/<release_id>` and point `public` at it; True on a change.

    `staging` stays as it is. A release that is there already is the same content: it is not
    written again. Only the caller that holds the data folder's lock may call this.
    """
    frozen = releases / release_id
    if not frozen.is_dir():
        draft = releases / f".{release_id}.{os.getpid()}.tmp"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(staging, draft)
        _flush(draft)
        draft.rename(frozen)
    target = Path(releases.name) / release_id
    if public.is_symlink() and public.readlink() == target:
        return False
    link = public.with_name(f".{public.name}.{os.getpid()}.tmp")
    link.unlink(missing_ok=True)
    link.symlink_to(target, target_is_directory=True)
    before = public.readlink().name if public.is_symlink() else ""
    link.replace(public)
    _forget_old(releases, keep={release_id, before})
    return True


def _flush(folder: Path) -> None:
    """Have every file on disk before the folder gets its name."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as handle:
                os.fsync(handle.fileno())


def _forget_old(releases: Path, keep: set[str]) -> None:
    for path in releases.iterdir():
        if path.is_dir() and path.name not in keep and not path.name.startswith("."):
            shutil.rmtree(path)
