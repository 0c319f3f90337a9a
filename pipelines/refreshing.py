"""Sources as people see them: what is in use, how old it is, and getting what is newer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Lang, Text
from sources.catalogue import (
    Errand,
    Login,
    Source,
    all_sources,
    load_overrides,
    source_named,
)
from sources.snapshots.accepting import MEANING, Capture, Outcome, Verdict, confirm, fail, take
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store, locked
from warehouse.folder import DataFolder

if TYPE_CHECKING:
    from sources.web.client import Patience

_NONE = "none"


@dataclass(frozen=True)
class State:
    """One source, what is in use of it, and how its last try went."""

    source: Source
    in_use: Provenance | None
    verdict: str
    """Of the last try; `none` where there was none."""
    checked: datetime | None
    confirmed: datetime | None
    """When the source was last seen to have nothing newer."""
    error: dict[str, object] | None
    now: datetime

    @property
    def next_due(self) -> date | None:
        """The day by which the source should be looked at again; None: it was never had."""
        return (
            (self.confirmed + timedelta(days=self.source.check_days)).date()
            if (self.confirmed is not None)
            else None
        )

    @property
    def age_days(self) -> int | None:
        """Whole days since what is in use was retrieved."""
        return (self.now - self.in_use.retrieved).days if self.in_use is not None else None

    @property
    def stale(self) -> bool:
        """Whether something is in use that may no longer be the newest."""
        if self.in_use is None:
            return False
        failed = self.verdict in (Verdict.REFUSED, Verdict.FAILED)
        return failed or (self.next_due is not None and self.next_due < self.now.date())

    def as_dict(self) -> dict[str, object]:
        """The state as JSON data."""
        source, used = self.source, self.in_use
        return {
            "source": source.name,
            "title": source.title._asdict(),
            "publisher": source.publisher._asdict(),
            "page": source.page,
            "state_date": used and used.state_date and used.state_date.isoformat(),
            "retrieved": used and used.retrieved.isoformat(),
            "age_days": self.age_days,
            "rhythm": source.rhythm._asdict(),
            "next_due": self.next_due and self.next_due.isoformat(),
            "checked": self.checked and self.checked.isoformat(),
            "verdict": self.verdict,
            "stale": self.stale,
            "rows": used and used.rows,
            "snapshot": used and f"{source.name}/{used.folder}",
            "sha256": used and used.sha256,
            "member_sha256": used and used.member_sha256,
            "licence": source.licence.name._asdict(),
            "licence_url": source.licence.url,
            "publishable": source.licence.publishable,
            "attribution": source.attribution._asdict(),
            "fetchable": source.fetchable,
            "error": self.error,
        }

    def cells(self, lang: Lang) -> list[object]:
        """The state as cells of a table for people: see `CELLS`."""
        used = self.in_use
        old = Text("nieaktualne?", "stale?").of(lang) if self.stale else ""
        said = MEANING[Verdict(self.verdict)].of(lang) if self.verdict != _NONE else "-"
        return [
            self.source.name,
            used.state_date if used and used.state_date else "-",
            used.retrieved.date() if used else "-",
            self.age_days if self.age_days is not None else "-",
            self.next_due or "-",
            ", ".join(part for part in (said, old) if part),
            self.source.licence.name.of(lang),
        ]


CELLS = (
    Text("źródło", "source"),
    Text("stan na", "state"),
    Text("pobrano", "retrieved"),
    Text("dni", "days"),
    Text("następne", "next due"),
    Text("wynik", "verdict"),
    Text("licencja", "licence"),
)
"""Heads of the columns of `State.cells`."""


@dataclass(frozen=True)
class Plan:
    """What a refresh of one source would do."""

    source: Source
    action: str
    """`fetch`, or `by_hand` where it cannot be fetched."""
    address: str
    day: date

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON data."""
        return {
            "source": self.source.name,
            "action": self.action,
            "address": self.address,
            "day": self.day.isoformat(),
        }


def list_sources(settings: Settings) -> list[State]:
    """Every source by name. Raises PimError `PIM-SNP-001` or `-003`."""
    store = Store(DataFolder(settings.data).snapshots)
    now = datetime.now(UTC)
    return [_state(store, source, now) for source in _catalogue(settings).values()]


def add_file(
    settings: Settings, file: Path, name: str, *, day: date | None, allow_loss: bool
) -> Outcome:
    """Take a file by hand as a capture of a source; the same checks and refusals as a fetch.

    Raises PimError `PIM-SNP-002` (no such source) or `PIM-SNP-004` (no such file); a refusal
    is in the outcome.
    """
    source = source_named(name, _catalogue(settings))
    if not file.is_file():
        raise PimError(
            "PIM-SNP-004",
            Text("Nie ma takiego pliku.", "There is no such file."),
            where=str(file),
            fix=Text("Popraw ścieżkę.", "Mend the path."),
            exit_code=Exit.USAGE,
        )
    store = Store(DataFolder(settings.data).prepare().snapshots)
    capture = Capture(file, file.name, fetched=False, requested=day)
    return take(store, source, capture, allow_loss=allow_loss)


def plan_refresh(settings: Settings, names: Sequence[str], day: date | None) -> list[Plan]:
    """What `refresh` would do; nothing is asked and nothing is written."""
    when = day or _today()
    return [
        Plan(source, "fetch" if source.fetchable else "by_hand", source.address, when)
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
    """Fetch the named sources, or all that can be fetched, and keep what is new.

    A failure of one is no failure of the others. Raises PimError `PIM-SNP-001` to `-003`, and
    `PIM-SNP-005` where a source is named that cannot be fetched.
    """
    chosen = _chosen(settings, names)
    if names:
        for source in chosen:
            if not source.fetchable:
                raise _by_hand(source)
    folder = DataFolder(settings.data).prepare()
    store = Store(folder.snapshots)
    return [
        _refresh_one(store, settings, source, day or _today(), allow_loss, patience)
        for source in chosen
        if source.fetchable
    ]


def exit_code(outcomes: Sequence[Outcome], *, by_hand: bool = False) -> Exit:
    """0 when all was kept or unchanged; for what was refused 3 by hand, 5 when fetched."""
    bad = any(one.verdict in (Verdict.REFUSED, Verdict.FAILED) for one in outcomes)
    return (Exit.DATA if by_hand else Exit.SOURCE) if bad else Exit.OK


def outcome_dict(outcome: Outcome) -> dict[str, object]:
    """An outcome as JSON data."""
    kept = outcome.provenance
    return {
        "source": outcome.source,
        "verdict": str(outcome.verdict),
        "locked": outcome.locked,
        "state_date": kept and kept.state_date and kept.state_date.isoformat(),
        "file_date": kept and kept.file_date and kept.file_date.isoformat(),
        "requested": kept and kept.requested and kept.requested.isoformat(),
        "retrieved": kept and kept.retrieved.isoformat(),
        "rows": kept and kept.rows,
        "snapshot": kept and f"{kept.source}/{kept.folder}",
        "sha256": kept and kept.sha256,
        "member_sha256": kept and kept.member_sha256,
        "error": outcome.error.as_dict() if outcome.error else None,
    }


def outcome_lines(outcome: Outcome, lang: Lang) -> list[str]:
    """An outcome as lines for people."""
    kept = outcome.provenance
    facts = ""
    if kept is not None:
        state = Text("stan na", "state of").of(lang)
        rows = Text("wierszy", "rows").of(lang)
        facts = f" ({state} {kept.state_date or '-'}, {rows}: {kept.rows or '-'})"
    lines = [f"{outcome.source}: {MEANING[outcome.verdict].of(lang)}{facts}"]
    if outcome.error is not None:
        lines.append(f"  {outcome.error.code}")
        lines += [f"  {label}: {text}" for label, text in outcome.error.lines(lang)]
    return lines


def _refresh_one(
    store: Store,
    settings: Settings,
    source: Source,
    day: date,
    allow_loss: bool,
    patience: "Patience | None",
) -> Outcome:
    from sources.web.client import Patience, Web
    from sources.web.download import Validators, forget
    from sources.web.reach import Reach
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
            state=used.state_date if used else None,
            login=login if login.user and login.password else None,
            snapshot=lambda name: locked(store.root, name),
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


def _state(store: Store, source: Source, now: datetime) -> State:
    status = store.status(source.name)
    used = store.in_use(source.name)
    verdict = str(status.get("verdict") or _NONE)
    error = status.get("error")
    return State(
        source=source,
        in_use=used,
        verdict=verdict if verdict in {str(one) for one in Verdict} else _NONE,
        checked=_moment(status.get("checked")),
        confirmed=_moment(status.get("confirmed")) or (used.retrieved if used else None),
        error=error if isinstance(error, dict) else None,
        now=now,
    )


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _catalogue(settings: Settings) -> dict[str, Source]:
    named = settings.origins["sources"][1] != "default"
    return all_sources(load_overrides(settings.sources, must_exist=named))


def _chosen(settings: Settings, names: Sequence[str]) -> list[Source]:
    catalogue = _catalogue(settings)
    if not names:
        # The description of a service comes before what is fetched through it.
        return sorted(catalogue.values(), key=lambda one: (one.name != "terytws1", one.name))
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
