"""Making a release current: freeze a tree under its content id, then move one pointer.

`public` is a symbolic link. It is replaced by a rename, so whoever reads sees the old
release or the new one, never a mixture. A reader of several files follows the link once and
reads them all from the folder that it found: the release before the current one stays there.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.files import replacing
from schemas.text import Text


def publish(staging: Path, releases: Path, public: Path, release_id: str) -> bool:
    """Freeze `staging` as `releases/<release_id>` and point `public` at it; True on a change.

    `staging` stays as it is. A release that is there already has the same content: its files
    get the bytes of `staging` where they differ (damage, or a DuckDB file, which never has the
    same bytes twice). Only the caller that holds the data folder's lock may call this. Raises
    PimError `PIM-PUB-003` where `public` is no link: what is there is not ours to remove.
    """
    if public.exists() and not public.is_symlink():
        raise _taken(public)
    frozen = releases / release_id
    if frozen.is_dir():
        _mend(frozen, staging)
    else:
        with _draft(frozen) as draft:
            shutil.copytree(staging, draft)
            _flush(draft)
            draft.rename(frozen)
    target = Path(releases.name) / release_id
    before = public.readlink() if public.is_symlink() else None
    if before == target:
        return False
    with _draft(public) as link:
        link.symlink_to(target, target_is_directory=True)
        link.replace(public)
    _forget_old(releases, keep={target.name, "" if before is None else before.name})
    return True


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A name beside `path` for what will be renamed to it; cleared where that fails."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
    finally:
        if draft.is_symlink():
            draft.unlink()
        shutil.rmtree(draft, ignore_errors=True)


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}


def _mend(frozen: Path, staging: Path) -> None:
    """Give every file the bytes that it has in `staging`; readers meet each old or new, whole."""
    for name in _files(staging):
        target = frozen / name
        if target.is_file() and cmp(target, staging / name, shallow=False):
            continue
        with replacing(target) as temporary:
            shutil.copyfile(staging / name, temporary)
    for name in _files(frozen) - _files(staging):
        (frozen / name).unlink()


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


def _taken(public: Path) -> PimError:
    return PimError(
        "PIM-PUB-003",
        Text(
            "Miejsce na dowiązanie do bieżącego wydania zajmuje coś innego.",
            "Something else stands where the link to the current release belongs.",
        ),
        where=str(public),
        why=Text(
            "Dowiązanie mogło zamienić się w folder przy kopiowaniu albo odtwarzaniu danych.",
            "Copying or restoring the data may have turned the link into a folder.",
        ),
        fix=Text(
            "Przenieś to gdzie indziej i uruchom „pim build”: odtworzy dowiązanie i wydanie.",
            "Move it elsewhere and run 'pim build': it makes the link and the release anew.",
        ),
        exit_code=Exit.PUBLISH,
    )
