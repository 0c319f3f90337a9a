"""From settings to the house that the assets live in."""

import tomllib
from datetime import date
from pathlib import Path

from assets.house import House
from exports.publication import Publication
from pipelines.settings import Settings
from schemas.errors import PimError
from schemas.text import Text
from sources.facts import CURATED
from warehouse.folder import DataFolder
from warehouse.history import last_success


def facts_folder(settings: Settings) -> Path:
    """The facts folder in force."""
    return settings.facts or CURATED


def house_of(settings: Settings, *, allow_loss: frozenset[str] = frozenset()) -> House:
    """The house for these settings. Reads the facts' date and the last good build's counts."""
    folder = DataFolder(settings.data)
    last = last_success(folder.history)
    day = release_date(settings)
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
        ),
        terc=settings.terc,
        previous_rows={} if last is None else {t: c.accepted for t, c in last.counts.items()},
        allow_loss=allow_loss,
    )


def release_date(settings: Settings) -> date:
    """`--date`, else SOURCE_DATE_EPOCH, else the day on which the facts were collected.

    Raises PimError `PIM-SRC-007` where the facts do not say their day.
    """
    if settings.date is not None:
        return settings.date
    path = facts_folder(settings) / "facts.toml"
    try:
        day = tomllib.loads(path.read_text(encoding="utf-8"))["collected"]
        if type(day) is date:
            return day
    except (OSError, tomllib.TOMLDecodeError, KeyError):
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
