"""Making a tree current: freeze it under its name, then move one pointer.

`public` is a symbolic link. It is replaced by a rename, so whoever reads sees the old tree or
the new one, never a mixture. A reader of several files follows the link once and reads them all
from the folder that it found: the tree before the current one stays there.

Builds that no version has followed yet (`publish`) and releases (`freeze`, then `point`) go
through the same two steps.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path

from exports.release.versions import Version
from schemas.errors import Exit, PimError
from schemas.files import flush, replacing
from schemas.text import Text

_FLUSHED_AT_ONCE = 8
"""Files that wait for the disk together: it writes them in half the time of one after another."""


def publish(staging: Path, releases: Path, public: Path, release_id: str) -> bool:
    """Freeze `staging` as `releases/<release_id>` and point `public` at it; True on a change.

    `staging` stays as it is. A tree that is there already has the same content: its files
    get the bytes of `staging` where they differ (damage, or a DuckDB file, which never has the
    same bytes twice). Only the caller that holds the data folder's lock may call this. Raises
    PimError `PIM-PUB-003` where `public` is no link: what is there is not ours to remove.
    """
    refuse_no_link(public)
    frozen = releases / release_id
    if frozen.is_dir():
        _mend(frozen, staging)
    else:
        with drafted(frozen) as draft:
            shutil.copytree(staging, draft)
            freeze(draft, frozen)
    return point(public, frozen)


def freeze(draft: Path, frozen: Path) -> None:
    """Give a finished tree its name, once every file and folder of it is on the disk."""
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        paths = (path for path in (*draft.rglob("*"), draft) if not path.is_symlink())
        list(pool.map(flush, paths))
    draft.rename(frozen)
    flush(frozen.parent)


def point(public: Path, tree: Path) -> bool:
    """Move `public` to `tree`, a folder of a folder beside it; True on a change.

    Trees of builds go once nobody can be reading them: all but this one and the one before.
    A version is never removed. Raises PimError `PIM-PUB-003` where `public` is no link.
    """
    refuse_no_link(public)
    target = Path(tree.parent.name) / tree.name
    before = public.readlink() if public.is_symlink() else None
    if before == target:
        return False
    with drafted(public) as link:
        link.symlink_to(target, target_is_directory=True)
        link.replace(public)
    flush(public.parent)
    _forget_builds(tree.parent, keep={target.name, "" if before is None else before.name})
    return True


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """A name beside `path` for what will be renamed to it; cleared where that fails."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
    finally:
        if draft.is_symlink():
            draft.unlink()
        shutil.rmtree(draft, ignore_errors=True)


def builds_in(releases: Path, keep: set[str]) -> list[Path]:
    """Trees that builds left and no version is, but those to keep."""
    return [
        path
        for path in sorted(releases.iterdir())
        if path.is_dir()
        and path.name not in keep
        and not path.name.startswith(".")
        and Version.read(path.name) is None
    ]


def _forget_builds(releases: Path, keep: set[str]) -> None:
    for path in builds_in(releases, keep):
        shutil.rmtree(path)


def refuse_no_link(public: Path) -> None:
    """Raise PimError `PIM-PUB-003` where something else than a link stands at `public`."""
    if public.exists() and not public.is_symlink():
        raise _taken(public)


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
