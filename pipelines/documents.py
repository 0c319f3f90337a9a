"""Fetching documents from the settings' side."""

from pathlib import Path

from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.documents.fetching import Fetched, addresses_in, fetch_documents, files_of

_SAID = {
    "new": Text("nowy", "new"),
    "changed": Text("zmieniony", "changed"),
    "unchanged": Text("bez zmian", "unchanged"),
    "failed": Text("nie pobrano", "not fetched"),
}


def fetch_listed(settings: Settings, addresses: Path) -> list[Fetched]:
    """Fetch the documents of a list into the folder of the settings.

    Raises PimError `PIM-CLI-005` without such a folder, and as `addresses_in`.
    """
    return fetch_documents(addresses_in(addresses), _folder(settings))


def plan_listed(settings: Settings, addresses: Path) -> dict[str, str]:
    """Each address of a list with the file that is there from it; "" where none is.

    Nothing is asked and nothing is written. Errors as in `fetch_listed`.
    """
    wanted = addresses_in(addresses)
    here = files_of(_folder(settings))
    return {address: here.get(address, "") for address in wanted}


def _folder(settings: Settings) -> Path:
    if settings.documents is None:
        raise PimError(
            "PIM-CLI-005",
            Text("Nie wskazano folderu dokumentów.", "No folder of documents is set."),
            where="documents",
            fix=Text(
                "Podaj --documents FOLDER albo ustaw `documents` (PIM_DOCUMENTS).",
                "Give --documents FOLDER, or set `documents` (PIM_DOCUMENTS).",
            ),
            exit_code=Exit.USAGE,
        )
    return settings.documents


def line_of(fetched: Fetched) -> Text:
    """One result, for people."""
    said = _SAID[fetched.outcome]
    end = f": {fetched.file}" if fetched.file else ""
    return Text(f"{said.pl}{end} ({fetched.address})", f"{said.en}{end} ({fetched.address})")
