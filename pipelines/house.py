"""From settings to the house that the assets live in."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from assets.house import House
from exports.publication import Publication
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.facts import CURATED
from sources.keepers import BDL_ATTRIBUTION, TERYT_ATTRIBUTION
from sources.snapshots.accepting import Outcome
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store, locked
from warehouse.folder import DataFolder
from warehouse.history import last_success


def facts_folder(settings: Settings) -> Path:
    """The facts folder in force. Raises PimError `PIM-SRC-001` where there is none."""
    folder = settings.facts or CURATED
    if not folder.is_dir():
        raise _missing(folder, "facts")
    return folder


def house_of(settings: Settings, *, allow_loss: frozenset[str] = frozenset()) -> House:
    """The house for these settings. Reads the facts' date and the last good build's counts.

    Units come from the setting `terc`, else from the snapshot in use, else from the facts.
    Raises PimError `PIM-SRC-001` (a file or folder of the settings is not there), `PIM-SRC-007`
    (facts without a date) or `PIM-SNP-003` (a damaged snapshot).
    """
    folder = DataFolder(settings.data)
    if settings.terc is not None and not settings.terc.is_file():
        raise _missing(settings.terc, "terc")
    if settings.documents is not None and not settings.documents.is_dir():
        raise _missing(settings.documents, "documents")
    last = last_success(folder.history)
    used = Store(folder.snapshots).all_in_use()
    day = release_date(settings, used)
    return House(
        folder=folder,
        facts=facts_folder(settings),
        publication=Publication(
            version=f"{day.year}.{day.month}.0",
            date=day,
            base_url=settings.base_url,
            publisher=settings.publisher,
            contact=settings.contact,
            homepage=settings.homepage,
            attribution=_attribution(used),
        ),
        terc=settings.terc or locked(folder.snapshots, "terc"),
        documents=settings.documents,
        bdl_key=settings.bdl_key,
        bdl_url=settings.bdl_url,
        previous_rows={} if last is None else {t: c.accepted for t, c in last.counts.items()},
        allow_loss=allow_loss,
        refresh=partial(_refresh, settings),
    )


def _attribution(used: Iterable[Provenance]) -> tuple[Text, ...]:
    """Lines that whoever uses the data must show, each once.

    The facts hold units of TERYT and of the Local Data Bank, whatever was fetched.
    """
    lines = (TERYT_ATTRIBUTION, BDL_ATTRIBUTION)
    return tuple(dict.fromkeys((*lines, *(one.attribution for one in used if one.publishable))))


def _refresh(settings: Settings, name: str) -> Outcome | None:
    # Imported here: a build asks nobody, and the HTTP client takes a tenth of a second.
    from pipelines.refreshing import refresh_due

    return refresh_due(settings, name)


def release_date(settings: Settings, used: Iterable[Provenance] = ()) -> date:
    """`--date`, else SOURCE_DATE_EPOCH, else the newest day on which something was retrieved.

    That is the day on which the facts were collected, or that of a newer snapshot in use.

    Raises PimError `PIM-SRC-007` where the facts do not say their day.
    """
    if settings.date is not None:
        return settings.date
    path = facts_folder(settings) / "facts.toml"
    try:
        day = tomllib.loads(path.read_text(encoding="utf-8"))["collected"]
        if type(day) is date:
            # What is fetched for checking alone changes nothing that is published.
            return max([day, *(one.retrieved.date() for one in used if one.publishable)])
    except (OSError, ValueError, KeyError):
        pass
    raise PimError(
        "PIM-SRC-007",
        Text("Fakty nie mają daty zebrania.", "The facts have no date of collection."),
        where=str(path),
        fix=Text(
            "Wpisz w facts.toml: collected = RRRR-MM-DD, albo podaj --date.",
            "Write into facts.toml: collected = YYYY-MM-DD, or give --date.",
        ),
    )


def _missing(path: Path, setting: str) -> PimError:
    return PimError(
        "PIM-SRC-001",
        Text("Nie ma pliku z danymi.", "There is no such file of facts."),
        where=str(path),
        fix=Text(
            f"Popraw ścieżkę po --{setting} albo ustawienie `{setting}`.",
            f"Mend the path after --{setting}, or the setting `{setting}`.",
        ),
        exit_code=Exit.SOURCE,
    )
