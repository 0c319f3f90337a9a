"""What is known of a capture, in one JSON file beside its bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from schemas.errors import PimError
from schemas.files import write_json
from schemas.text import Text

FILE = "provenance.json"


@dataclass(frozen=True)
class Provenance:
    """Everything that a published table has to say of where it comes from."""

    source: str
    file: str
    """Name of the bytes, beside this file: the original name, made safe."""
    name: str
    """The original name."""
    fetched: bool
    """Fetched by us, or given by hand."""
    address: str
    requested: date | None
    """The day asked for."""
    file_date: date | None
    """The day in the file name."""
    state_date: date | None
    """The day of the state, by the content."""
    retrieved: datetime
    """UTC, to the second."""
    media_type: str
    bytes: int
    sha256: str
    """Of the capture as it came."""
    member: str
    member_sha256: str
    """Of the file in it that holds the rows."""
    rows: int | None
    whole: bool
    publisher: Text
    licence: Text
    licence_url: str
    publishable: bool
    attribution: Text
    etag: str
    last_modified: str

    @property
    def folder(self) -> str:
        """Name of the snapshot's folder: what it is, and which content."""
        day = self.state_date.isoformat() if self.state_date else "undated"
        return f"{day}-{self.member_sha256[:12]}"

    def write(self, folder: Path) -> None:
        """Write the JSON file into a folder."""
        write_json(folder / FILE, {name: _plain(value) for name, value in vars(self).items()})


def read_provenance(folder: Path) -> Provenance:
    """Read what `write` wrote. Raises PimError `PIM-SNP-003` where it is damaged."""
    path = folder / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return _from(found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, detail: str) -> PimError:
    """The error of a snapshot, or of the lock, that is not as we wrote it."""
    return PimError(
        "PIM-SNP-003",
        Text("Migawka źródła jest uszkodzona.", "A snapshot of a source is damaged."),
        where=str(path),
        why=Text(detail[:200], detail[:200]),
        fix=Text(
            "Przywróć folder snapshots z kopii albo pobierz źródło ponownie (pim sources refresh).",
            "Restore the folder snapshots from a copy, or fetch the source again "
            "(pim sources refresh).",
        ),
    )


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return value._asdict()
    return value.isoformat() if isinstance(value, date) else value


def _from(found: Mapping[str, object]) -> Provenance:
    def text(name: str) -> str:
        value = found[name]
        if not isinstance(value, str):
            raise TypeError(f"{name}: text expected")
        return value

    def day(name: str) -> date | None:
        return None if found[name] is None else date.fromisoformat(text(name))

    def count(name: str) -> int:
        value = found[name]
        if type(value) is not int:
            raise TypeError(f"{name}: whole number expected")
        return value

    def both(name: str) -> Text:
        value = found[name]
        if not isinstance(value, dict):
            raise TypeError(f"{name}: two languages expected")
        return Text(str(value["pl"]), str(value["en"]))

    return Provenance(
        source=text("source"),
        file=text("file"),
        name=text("name"),
        fetched=found["fetched"] is True,
        address=text("address"),
        requested=day("requested"),
        file_date=day("file_date"),
        state_date=day("state_date"),
        retrieved=datetime.fromisoformat(text("retrieved")),
        media_type=text("media_type"),
        bytes=count("bytes"),
        sha256=text("sha256"),
        member=text("member"),
        member_sha256=text("member_sha256"),
        rows=None if found["rows"] is None else count("rows"),
        whole=found["whole"] is True,
        publisher=both("publisher"),
        licence=both("licence"),
        licence_url=text("licence_url"),
        publishable=found["publishable"] is True,
        attribution=both("attribution"),
        etag=text("etag"),
        last_modified=text("last_modified"),
    )
