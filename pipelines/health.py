"""The points of `pim doctor`."""

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.settings import Settings
from schemas.errors import PimError
from schemas.registry import all_tables
from schemas.text import Lang, Text
from sources.facts import CURATED
from warehouse.folder import DataFolder

_MIN_FREE = 500_000_000
_MIN_PYTHON = (3, 11)
_LIBRARIES = ("dagster", "duckdb", "pandera", "polars", "pyarrow")


@dataclass(frozen=True)
class Point:
    """One thing that was looked at."""

    name: str
    ok: bool
    seen: str
    fix: Text

    def as_dict(self) -> dict[str, object]:
        """The point as JSON data."""
        return {"name": self.name, "ok": self.ok, "seen": self.seen, "fix": self.fix._asdict()}

    def line(self, lang: Lang) -> str:
        """The point for a person; the fix only where it is needed."""
        mark = "ok " if self.ok else "!! "
        return f"{mark} {self.name}: {self.seen}" + ("" if self.ok else f" - {self.fix.of(lang)}")


def points_of(settings: Settings) -> list[Point]:
    """Look at Python, libraries, facts, the data folder, its lock and free space."""
    return [
        _python(),
        *(_library(name) for name in _LIBRARIES),
        _facts(settings.facts or CURATED),
        _folder(settings.data),
        _lock(settings.data),
        _space(settings.data),
        _terc(settings.terc),
    ]


def _python() -> Point:
    found = ".".join(str(part) for part in sys.version_info[:3])
    fix = Text("Zainstaluj Python 3.11 lub nowszy.", "Install Python 3.11 or newer.")
    return Point("python", sys.version_info >= _MIN_PYTHON, found, fix)


def _library(name: str) -> Point:
    fix = Text("Uruchom `make setup`.", "Run `make setup`.")
    try:
        return Point(name, True, version(name), fix)
    except PackageNotFoundError:
        return Point(name, False, "-", fix)


def _facts(folder: Path) -> Point:
    have = {path.stem for path in folder.glob("*.csv")} if folder.is_dir() else set()
    known = {table.name for table in all_tables()}
    strange = sorted(have - known)
    fix = Text(
        f"Pliki bez tabeli: {', '.join(strange)}." if strange else "Wskaż folder faktów.",
        f"Files without a table: {', '.join(strange)}." if strange else "Name the facts folder.",
    )
    return Point("facts", bool(have) and not strange, f"{folder} ({len(have)})", fix)


def _folder(path: Path) -> Point:
    if not path.exists():
        parent = path.absolute().parent
        fix = Text("Wybierz inny folder po --data.", "Choose another folder after --data.")
        return Point("data", os.access(parent, os.W_OK), f"{path} (new)", fix)
    try:
        DataFolder(path).verify()
    except PimError as error:
        return Point("data", False, f"{path}: {error.code}", error.fix)
    return Point(
        "data",
        os.access(path, os.W_OK),
        str(path),
        Text("Popraw uprawnienia.", "Mend the permissions."),
    )


def _lock(path: Path) -> Point:
    lock = DataFolder(path).lock_file
    fix = Text(
        "Ktoś teraz buduje albo proces przerwano; kolejne zasilenie to wyjaśni.",
        "Someone builds now, or a run was killed; the next build will tell.",
    )
    return Point("lock", not lock.exists(), str(lock) if lock.exists() else "-", fix)


def _space(path: Path) -> Point:
    place = path if path.exists() else path.absolute().parent
    free = shutil.disk_usage(place).free if place.exists() else 0
    fix = Text("Zwolnij miejsce na dysku.", "Free some disk space.")
    return Point("disk", free >= _MIN_FREE, f"{free / 1e9:.1f} GB", fix)


def _terc(path: Path | None) -> Point:
    fix = Text("Popraw ustawienie `terc`.", "Mend the setting `terc`.")
    return Point("terc", path is None or path.is_file(), str(path or "-"), fix)
