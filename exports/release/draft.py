"""A release while it is being laid out: a folder, and what is known of every file in it.

What other releases have comes in as hard links where the disk can do that, so that a release costs
the room of what is new in it. Nobody ever writes into a file of a release.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from schemas.files import sha256, write_json, write_text


class Draft:
    """A tree without a name, and the sha256 of its files."""

    def __init__(self, root: Path, older: Path | None = None) -> None:
        self.root = root
        self.older = older
        """The release before: a file that has the same bytes there is linked from it."""
        self.hashes: dict[str, str] = {}
        """sha256 by path, for every file but those whose bytes vary."""
        self.read_now: set[str] = set()
        """Paths whose sha256 was taken from the bytes in this very tree."""

    def take(self, source: Path, path: str, digest: str | None = None) -> str:
        """Link a file into the tree; its sha256, taken from the bytes unless given."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileExistsError:
            return self.hashes[path]
        except OSError:
            # Another disk, or one without hard links.
            shutil.copyfile(source, target)
        self.hashes[path] = digest or sha256(target)
        if digest is None:
            self.read_now.add(path)
        return self.hashes[path]

    def put(self, source: Path, path: str, digest: str) -> None:
        """Bring in a file of the build, linked from the release before where it is the same.

        Else as a copy, so that whatever happens to the build's own file is no harm.
        """
        old = self.older / path if self.older else None
        if old is not None and old.is_file() and sha256(old) == digest:
            self.take(old, path, digest)
        else:
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            self.hashes[path] = digest
        self.read_now.add(path)

    def keep(self, path: str, address: str) -> None:
        """Give a file of the tree a second name; nothing where the name is there already."""
        if address not in self.hashes:
            self.take(self.root / path, address, self.hashes[path])
            if path in self.read_now:
                self.read_now.add(address)

    def text(self, path: str, text: str) -> None:
        """Write a text file."""
        write_text(self.root / path, text)
        self.note(path)

    def json(self, path: str, data: object) -> None:
        """Write a JSON file."""
        write_json(self.root / path, data)
        self.note(path)

    def note(self, path: str) -> None:
        """Take notice of a file that something else has written into the tree."""
        file = self.root / path
        digest = sha256(file)
        old = self.older / path if self.older else None
        self.hashes[path] = digest
        if old is not None and old.is_file() and sha256(old) == digest:
            file.unlink()
            self.take(old, path, digest)
        self.read_now.add(path)

    def note_new(self) -> None:
        """Take notice of every file that is not known yet, but DuckDB files."""
        for path in self.root.rglob("*"):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and name not in self.hashes and path.suffix != ".duckdb":
                self.note(name)

    def read(self, path: str) -> Mapping[str, object]:
        """A JSON object of the tree."""
        found = json.loads((self.root / path).read_bytes())
        return found if isinstance(found, dict) else {}
