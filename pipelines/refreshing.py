"""Getting what is newer of the sources: by hand or from the web, judged alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines.settings import Settings
from pipelines.sourcestate import catalogue_of, state_of
from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.catalogue import (
    Errand,
    Login,
    Source,
    fetch_order,
    source_named,
)
from sources.snapshots.accepting import Capture, Outcome, confirm, fail, take
from sources.snapshots.store import Store, locked
from sources.snapshots.trial import trial
from sources.snapshots.verdicts import Verdict
from warehouse.folder import DataFolder

if TYPE_CHECKING:
    from sources.web.trying import Patience


@dataclass(frozen=True)
class Plan:
    """What a refresh of one source would do."""

    source: Source
    action: str
    """`fetch`, `find` (on its page, then fetch), `not_due`, or `by_hand`: it cannot be fetched."""
    address: str
    """Of the file; where none is known, of the page."""
    day: date

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON data."""
        return {
            "source": self.source.name,
            "action": self.action,
            "address": self.address,
            "day": self.day.isoformat(),
        }


def add_file(
    settings: Settings,
    file: Path,
    name: str,
    *,
    day: date | None,
    allow_loss: bool,
    dry_run: bool = False,
) -> Outcome:
    """Take a file by hand as a capture of a source; the same checks and refusals as a fetch.

    With `dry_run` the outcome is only found. Raises PimError `PIM-SNP-002` (no such source) or
    `PIM-SNP-004` (no such file); a refusal is in the outcome.
    """
    source = source_named(name, catalogue_of(settings))
    if not file.is_file():
        raise PimError(
            "PIM-SNP-004",
            Text("Nie ma takiego pliku.", "There is no such file."),
            where=str(file),
            fix=Text("Popraw ścieżkę.", "Mend the path."),
            exit_code=Exit.USAGE,
        )
    capture = Capture(file, file.name, fetched=False, requested=day)
    folder = DataFolder(settings.data)
    if dry_run:
        with trial(Store(folder.snapshots), name) as store:
            return take(store, source, capture, allow_loss=allow_loss)
    return take(Store(folder.prepare().snapshots), source, capture, allow_loss=allow_loss)


def plan_refresh(settings: Settings, names: Sequence[str], day: date | None) -> list[Plan]:
    """What `refresh` would do; nothing is asked and nothing is written."""
    store = Store(DataFolder(settings.data).snapshots)
    now = datetime.now(UTC)

    def action(source: Source) -> str:
        if not source.fetchable:
            return "by_hand"
        if not names and not state_of(store, source, now).due:
            return "not_due"
        return "fetch" if source.address else "find"

    return [
        Plan(source, action(source), source.address or source.page, day or _today())
        for source in _chosen(settings, names)
    ]


def refresh(
    settings: Settings,
    names: Sequence[str],
    *,
    day: date | None = None,
    allow_loss: bool = False,
    patience: "Patience | None" = None,
) -> list[Outcome]:
    """Fetch the named sources, or all that are due and can be fetched, and keep what is new.

    A failure of one is no failure of the others. Raises PimError `PIM-SNP-001` to `-003`, and
    `PIM-SNP-005` where a source is named that cannot be fetched.
    """
    plans = plan_refresh(settings, names, day)
    for plan in plans:
        if names and plan.action == "by_hand":
            raise _by_hand(plan.source)
    store = Store(DataFolder(settings.data).prepare().snapshots)
    return [
        _refresh_one(store, settings, plan.source, plan.day, allow_loss, patience)
        for plan in plans
        if plan.action in ("fetch", "find")
    ]


def refresh_due(settings: Settings, name: str) -> Outcome | None:
    """Fetch one source if it is due and has an address; None where there is nothing to do.

    Raises PimError `PIM-SNP-001` to `-003`; a failed fetch is in the outcome.
    """
    source = source_named(name, catalogue_of(settings))
    store = Store(DataFolder(settings.data).prepare().snapshots)
    if not source.fetchable or not state_of(store, source, datetime.now(UTC)).due:
        return None
    return _refresh_one(store, settings, source, _today(), allow_loss=False, patience=None)


def exit_code(outcomes: Sequence[Outcome], *, by_hand: bool = False) -> Exit:
    """0 when all was kept or unchanged; for what was refused 3 by hand, 5 when fetched."""
    bad = any(one.verdict in (Verdict.REFUSED, Verdict.FAILED) for one in outcomes)
    return (Exit.DATA if by_hand else Exit.SOURCE) if bad else Exit.OK


def _refresh_one(
    store: Store,
    settings: Settings,
    source: Source,
    day: date,
    allow_loss: bool,
    patience: "Patience | None",
) -> Outcome:
    from sources.web.client import Web
    from sources.web.download import Validators, forget
    from sources.web.reach import Reach
    from sources.web.trying import Patience
    from sources.web.turns import Turns

    if source.fetch is None:
        raise _by_hand(source)
    with store.fetching(source.name) as ours:
        if not ours:
            return Outcome(source.name, Verdict.FAILED, error=_busy(source))
        used = store.in_use(source.name)
        part = store.part(source.name)
        login = Login(settings.teryt_user, settings.teryt_password)
        web = Web(
            Reach(source.hosts, source.loopback),
            Turns(store.root / ".turns"),
            source.pause,
            patience or Patience(),
        )
        errand = Errand(
            source=source,
            web=web,
            part=part,
            day=day,
            # Only of the very bytes that are here: a lost snapshot is fetched whole.
            seen=Validators(used.etag, used.last_modified) if used else Validators(),
            seen_at=used.address if used else "",
            state=used.state_date if used else None,
            login=login if login.user and login.password else None,
            snapshot=lambda name: locked(store.root, name),
            states=store.states,
        )
        try:
            with web:
                arrived = source.fetch(errand)
        except PimError as error:
            return fail(store, source, error)
        if arrived.path is None:
            return confirm(store, source)
        capture = Capture(
            arrived.path,
            arrived.name,
            fetched=True,
            address=arrived.address,
            requested=day,
            media_type=arrived.media_type,
            etag=arrived.validators.etag,
            last_modified=arrived.validators.last_modified,
        )
        outcome = take(store, source, capture, allow_loss=allow_loss)
        forget(part)
        return outcome


def _chosen(settings: Settings, names: Sequence[str]) -> list[Source]:
    catalogue = catalogue_of(settings)
    if not names:
        return fetch_order(catalogue.values())
    return [source_named(name, catalogue) for name in dict.fromkeys(names)]


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Warsaw")).date()


def _by_hand(source: Source) -> PimError:
    return PimError(
        "PIM-SNP-005",
        Text(
            f"Źródła „{source.name}” nie da się pobrać bez adresu.",
            f"The source '{source.name}' cannot be fetched without an address.",
        ),
        where=source.page,
        why=Text(
            "Adres pliku zmienia się z każdym wydaniem albo źródło nie jest jednym plikiem.",
            "The address of the file changes with every edition, or the source is not one file.",
        ),
        fix=Text(
            f'Wpisz adres w sources.toml: [{source.name}] address = "https://…", albo pobierz '
            f"plik i podaj go: pim sources add PLIK --source {source.name}.",
            f'Write the address into sources.toml: [{source.name}] address = "https://…", or get '
            f"the file and give it: pim sources add FILE --source {source.name}.",
        ),
        exit_code=Exit.USAGE,
    )


def _busy(source: Source) -> PimError:
    return PimError(
        "PIM-SNP-006",
        Text("Inny proces pobiera teraz to źródło.", "Another process fetches this source now."),
        where=source.name,
        fix=Text("Poczekaj, aż skończy.", "Wait until it ends."),
        exit_code=Exit.SOURCE,
    )
