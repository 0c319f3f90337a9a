"""A folder on this machine or a mounted disk: releases beside each other and one link.

    TARGET/releases/<version>/…      TARGET/public -> releases/<version>

The web server serves `public`. A release is written under a hidden name, renamed once whole, and
the link moved by a rename, so nobody meets a mixture of two.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from exports.release.manifest import files_below
from exports.release.pointer import drafted, refuse_no_link
from exports.targets.plan import Item, Plan
from exports.targets.target import Sent, failed
from schemas.files import flush, replacing, sha256


class Folder:
    """A folder as a target."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._releases = root / "releases"
        self._public = root / "public"

    def missing(self, plan: Plan) -> list[Item]:
        """What neither the release there nor an unfinished one has."""
        try:
            place = self._place(plan)
            return [item for item in plan.items if not _has(place, item)]
        except OSError as error:
            raise failed(str(self._root), str(error)) from error

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:
        """Fill the release's folder, name it, move the link.

        Raises PimError `PIM-PUB-003` where `public` is there and no link.
        """
        refuse_no_link(self._public)
        try:
            place = self._place(plan)
            place.mkdir(parents=True, exist_ok=True)
            brought: dict[str, Path] = {}
            for item in items:
                self._bring(item, place, brought)
                sent(item)
            whole = self._releases / plan.version
            if place != whole:
                _clear(place, {item.path for item in plan.items})
                place.rename(whole)
                flush(self._releases)
            return self._point(whole) or bool(items)
        except OSError as error:
            raise failed(str(self._root), str(error)) from error

    def _place(self, plan: Plan) -> Path:
        """Where the release is, or is being put together."""
        whole = self._releases / plan.version
        return whole if whole.is_dir() else self._releases / f".{plan.version}.part"

    def _bring(self, item: Item, place: Path, brought: dict[str, Path]) -> None:
        """One file; the same bytes, in the release before or in this one, get a second name."""
        target, old = place / item.path, self._public / item.path
        same = old.resolve() if _has(self._public, item) else brought.get(item.sha256)
        with replacing(target) as temporary:
            if same is None:
                shutil.copyfile(item.source, temporary)
            else:
                os.link(same, temporary)
        brought[item.sha256] = target

    def _point(self, whole: Path) -> bool:
        to = Path(self._releases.name) / whole.name
        if self._public.is_symlink() and self._public.readlink() == to:
            return False
        with drafted(self._public) as link:
            link.symlink_to(to, target_is_directory=True)
            link.replace(self._public)
        flush(self._root)
        return True


def _clear(place: Path, planned: set[str]) -> None:
    """Take out what an interrupted try left and nobody has seen."""
    for name, path in files_below(place):
        if name not in planned:
            path.unlink()


def _has(place: Path, item: Item) -> bool:
    found = place / item.path
    return found.is_file() and found.stat().st_size == item.bytes and sha256(found) == item.sha256
