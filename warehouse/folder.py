"""The data folder: where everything lies that a build keeps, and who may write in it."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.files import write_json
from schemas.text import Text
from warehouse.lock import held

FORMAT = 1
"""Version of the folder's layout. It grows when an older `pim` could no longer read it."""

_LEFTOVER = re.compile(r"\..+\.\d+\.tmp(\.wal|\.spill)?")
"""What a killed run leaves: files and folders are written under such names, then renamed."""


@dataclass(frozen=True)
class DataFolder:
    """The paths below one data folder. Nothing is created before `prepare`."""

    root: Path

    @property
    def format_file(self) -> Path:
        """Says which layout the folder has."""
        return self.root / "format.json"

    @property
    def lock_file(self) -> Path:
        """Exists while someone writes, and says who."""
        return self.root / "build.lock"

    @property
    def tables(self) -> Path:
        """Accepted rows, one Parquet file a table."""
        return self.root / "work" / "tables"

    @property
    def rejected(self) -> Path:
        """Rejected rows, one Parquet file a table."""
        return self.root / "work" / "rejected"

    @property
    def reports(self) -> Path:
        """What the gate last said of each table, one JSON file a table."""
        return self.root / "work" / "reports"

    @property
    def publishable(self) -> Path:
        """Rows that may be published, one Parquet file a table, declared columns only."""
        return self.root / "work" / "publishable"

    @property
    def staging(self) -> Path:
        """The tree that the next release is made of, package by package."""
        return self.root / "work" / "staging"

    @property
    def warehouse(self) -> Path:
        """The working warehouse, made new from the tables at the end of every build."""
        return self.root / "warehouse.duckdb"

    @property
    def history(self) -> Path:
        """The run log. Precious: nothing else knows what it knows."""
        return self.root / "history.duckdb"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME."""
        return self.root / "dagster"

    @property
    def snapshots(self) -> Path:
        """What was fetched, as it came. Precious."""
        return self.root / "snapshots"

    @property
    def releases(self) -> Path:
        """Published trees, one folder each, never changed."""
        return self.root / "releases"

    @property
    def candidates(self) -> Path:
        """A release that waits for approval; made when there is one."""
        return self.root / "candidates"

    @property
    def public(self) -> Path:
        """Symbolic link to the current release."""
        return self.root / "public"

    @property
    def _written(self) -> tuple[Path, ...]:
        work = self.tables, self.rejected, self.reports, self.publishable, self.staging
        return (self.root, *work, self.releases)

    def prepare(self) -> "DataFolder":
        """Create the folder and its format file where missing, and verify the format.

        Raises PimError `PIM-WH-001` (other format) or `PIM-WH-007` (cannot be written).
        """
        try:
            for folder in self._written:
                folder.mkdir(parents=True, exist_ok=True)
            if not self.format_file.exists():
                write_json(self.format_file, {"format": FORMAT})
        except OSError as error:
            raise _unusable(self.root, error) from error
        self.verify()
        return self

    def verify(self) -> "DataFolder":
        """Check that this is a data folder that this version understands; for readers.

        Raises PimError `PIM-WH-006` (nothing built here) or `PIM-WH-001` (other format).
        """
        if not self.format_file.exists():
            raise nothing_built(self.root)
        found = _format_in(self.format_file)
        if found != FORMAT:
            raise _other_format(self.format_file, found)
        return self

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder as its one writer; clear what killed runs left.

        Never waits: raises PimError `PIM-WH-002`, with pid and start of the holder, when
        someone else writes.
        """
        self.prepare()
        with held(self.lock_file):
            self._clear_leftovers()
            yield

    def _clear_leftovers(self) -> None:
        """Remove temporary files and half releases; only the holder of the lock may."""
        for folder in self._written:
            for path in folder.iterdir():
                if not _LEFTOVER.fullmatch(path.name):
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()


def nothing_built(place: Path) -> PimError:
    """The error `PIM-WH-006`: something is read that no build has made yet."""
    return PimError(
        "PIM-WH-006",
        Text("Nie ma tu jeszcze danych.", "There are no data here yet."),
        where=str(place),
        fix=Text(
            "Uruchom „pim build”, a jeśli dane leżą gdzie indziej, podaj ten folder po --data.",
            "Run 'pim build', or give the folder where the data are after --data.",
        ),
        exit_code=Exit.USAGE,
    )


def _format_in(path: Path) -> object:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return facts.get("format") if isinstance(facts, dict) else None


def _other_format(path: Path, found: object) -> PimError:
    if isinstance(found, int) and found > FORMAT:
        why = Text(
            "Folder ma format {found}, a ta wersja programu zna format {known}.",
            "The folder has format {found}, and this version of the program knows {known}.",
        ).fill(found=found, known=FORMAT)
        fix = Text(
            "Zainstaluj nowszą wersję programu albo wskaż inny folder po --data.",
            "Install a newer version of the program, or name another folder after --data.",
        )
    else:
        why = Text(
            "Plik format.json jest uszkodzony lub nie należy do tego programu.",
            "The file format.json is damaged or does not belong to this program.",
        )
        fix = Text(
            'Jeśli to folder danych tego programu, wpisz do pliku {{"format": {known}}}; '
            "w przeciwnym razie wskaż inny folder po --data.",
            'If this is a data folder of this program, write {{"format": {known}}} into the '
            "file; otherwise name another folder after --data.",
        ).fill(known=FORMAT)
    return PimError(
        "PIM-WH-001",
        Text(
            "Nie można użyć tego folderu danych.",
            "This data folder cannot be used.",
        ),
        where=str(path),
        why=why,
        fix=fix,
        exit_code=Exit.USAGE,
    )


def _unusable(root: Path, error: OSError) -> PimError:
    reason = error.strerror or type(error).__name__
    return PimError(
        "PIM-WH-007",
        Text("Nie można zapisać folderu danych.", "The data folder cannot be written."),
        where=str(root),
        why=Text(f"System odpowiedział: {reason}.", f"The system answered: {reason}."),
        fix=Text(
            "Sprawdź uprawnienia i wolne miejsce albo wskaż inny folder po --data.",
            "Check permissions and free space, or name another folder after --data.",
        ),
        exit_code=Exit.USAGE,
    )
