"""Trying out what a store would say of a capture, without changing the store."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.snapshots.store import Store


@contextmanager
def trial(store: Store, source: str) -> Iterator[Store]:
    """A store for the moment that knows the same of one source; its files are links."""
    with tempfile.TemporaryDirectory() as name:
        copy = Store(Path(name))
        root = store.root.absolute()
        if (root / source).is_dir():
            shutil.copytree(root / source, copy.root / source, copy_function=_link)
        if store.lock_file.is_file():
            shutil.copyfile(store.lock_file, copy.lock_file)
        yield copy


def _link(file: str, target: str) -> None:
    Path(target).symlink_to(file)
