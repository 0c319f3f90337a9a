"""The change files of the sets of TERYT: declared alike, fetched between states that are kept."""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import (
    ETERYT_HOSTS,
    GUS,
    GUS_LICENCE,
    TERYT_ATTRIBUTION,
    TERYT_CHANGES_FORM,
    TERYT_PAGE,
)
from sources.snapshots.judging import teryt_changes
from sources.ways import teryt_changes as between_states


def changes_of(register: str, *, max_bytes: int) -> Source:
    """The source of the changes of a set: what leads from one full state to the next."""
    return Source(
        name=f"{register.lower()}_changes",
        title=Text(f"{register}: zmiany między stanami", f"{register}: changes between states"),
        publisher=GUS,
        page=TERYT_PAGE,
        address=TERYT_CHANGES_FORM,
        hosts=ETERYT_HOSTS,
        licence=GUS_LICENCE,
        attribution=TERYT_ATTRIBUTION,
        rhythm=Text(
            f"z każdym nowym stanem {register}; sprawdzamy co miesiąc",
            f"with every new state of {register}; we look every month",
        ),
        check_days=31,
        max_bytes=max_bytes,
        judge=teryt_changes(register),
        fetch=between_states(register),
        may_be_empty=True,
        # Each file has as many changes as there were.
        may_lose=1.0,
    )
