"""The points of `pim doctor`."""

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.fingerprint import LIBRARIES
from pipelines.settings import Settings
from schemas.errors import PimError
from schemas.registry import all_tables
from schemas.text import Lang, Text
from sources.facts import CURATED
from warehouse.folder import DataFolder
from warehouse.opening import STORAGE

_MIN_FREE = 500_000_000
_MIN_PYTHON = (3, 11)
_NAMES = {
    "facts": Text("fakty", "facts"),
    "data": Text("folder danych", "data folder"),
    "lock": Text("blokada", "lock"),
    "disk": Text("wolne miejsce", "free space"),
    "terc": Text("plik TERC", "TERC file"),
    "duckdb_storage": Text("format plików DuckDB", "format of DuckDB files"),
}
"""Points that are not called by the name of a program."""


@dataclass(frozen=True)
class Point:
    """One thing that was looked at."""

    name: str
    ok: bool
    seen: str | Text
    fix: Text

    def as_dict(self) -> dict[str, object]:
        """The point as JSON data."""
        seen = self.seen if isinstance(self.seen, str) else self.seen.en
        return {"name": self.name, "ok": self.ok, "seen": seen, "fix": self.fix._asdict()}

    def line(self, lang: Lang) -> str:
        """The point for a person; the fix only where it is needed."""
        mark = Text("dobrze", "ok") if self.ok else Text("źle", "bad")
        name = _NAMES.get(self.name, Text(self.name, self.name))
        seen = self.seen if isinstance(self.seen, str) else self.seen.of(lang)
        line = f"{mark.of(lang):<6}  {name.of(lang)}: {seen}"
        return line if self.ok else f"{line}. {self.fix.of(lang)}"


def points_of(settings: Settings) -> list[Point]:
    """Look at Python, libraries, facts, the data folder, its lock and free space."""
    return [
        _python(),
        *(_library(name) for name in ("dagster", *LIBRARIES)),
        Point("duckdb_storage", True, STORAGE, Text("", "")),
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
    fix = Text("Uruchom `make run`.", "Run `make run`.")
    try:
        return Point(name, True, version(name), fix)
    except PackageNotFoundError:
        return Point(name, False, "-", fix)


def _facts(folder: Path) -> Point:
    have = {path.stem for path in folder.glob("*.csv")} if folder.is_dir() else set()
    # Some facts are lists that tables are made from, and no table of their own.
    known = {table.name for table in all_tables()} | {path.stem for path in CURATED.glob("*.csv")}
    strange = sorted(have - known)
    fix = Text(
        f"Pliki bez tabeli: {', '.join(strange)}." if strange else "Wskaż folder faktów.",
        f"Files without a table: {', '.join(strange)}." if strange else "Name the facts folder.",
    )
    return Point("facts", bool(have) and not strange, f"{folder} ({len(have)})", fix)


def _folder(path: Path) -> Point:
    if not path.exists():
        parent = _standing(path)
        fix = Text("Wybierz inny folder po --data.", "Choose another folder after --data.")
        seen = Text(f"{path} (nowy)", f"{path} (new)")
        return Point("data", os.access(parent, os.W_OK), seen, fix)
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


def _standing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there: a build makes those between."""
    place = path.absolute()
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _lock(path: Path) -> Point:
    """Who builds now, if anyone: it is no fault, and a lock left behind is taken over."""
    lock = DataFolder(path).lock_file
    seen = lock.read_text(encoding="utf-8") if lock.is_file() else "-"
    return Point("lock", True, seen, Text("", ""))


def _space(path: Path) -> Point:
    free = shutil.disk_usage(_standing(path)).free
    fix = Text("Zwolnij miejsce na dysku.", "Free some disk space.")
    return Point("disk", free >= _MIN_FREE, f"{free / 1e9:.1f} GB", fix)


def _terc(path: Path | None) -> Point:
    fix = Text("Popraw ustawienie `terc`.", "Mend the setting `terc`.")
    return Point("terc", path is None or path.is_file(), str(path or "-"), fix)
