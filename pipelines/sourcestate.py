"""What is in use of every source and how old it is, for people and for scripts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pipelines.settings import Settings
from schemas.text import Lang, Text
from sources.catalogue import Source, all_sources
from sources.manifest import load_overrides
from sources.snapshots.accepting import Outcome
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store
from sources.snapshots.verdicts import Verdict
from warehouse.folder import DataFolder

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
        today = self.now.date()
        day, limit = self.in_use.state_date, self.source.state_days
        old = day is not None and limit is not None and day + timedelta(days=limit) < today
        late = self.next_due is not None and self.next_due < today
        return old or late or self.verdict in (Verdict.REFUSED, Verdict.FAILED)

    @property
    def due(self) -> bool:
        """Whether the source should be looked at now."""
        return self.in_use is None or self.stale or self.next_due == self.now.date()

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
        known = self.verdict != _NONE
        last = (
            Outcome(self.source.name, Verdict(self.verdict), spare=used is not None)
            if known
            else None
        )
        said = last.meaning.of(lang) if last else "-"
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


def list_sources(settings: Settings) -> list[State]:
    """Every source by name. Raises PimError `PIM-SNP-001` or `-003`."""
    store = Store(DataFolder(settings.data).snapshots)
    now = datetime.now(UTC)
    return [state_of(store, source, now) for source in catalogue_of(settings).values()]


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
        count = "-" if kept.rows is None else kept.rows
        facts = f" ({state} {kept.state_date or '-'}, {rows}: {count})"
    lines = [f"{outcome.source}: {outcome.meaning.of(lang)}{facts}"]
    if outcome.error is not None:
        lines.append(f"  {outcome.error.code}")
        lines += [f"  {label}: {text}" for label, text in outcome.error.lines(lang)]
    return lines


def state_of(store: Store, source: Source, now: datetime) -> State:
    """What is in use of one source, and how its last try went."""
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


def catalogue_of(settings: Settings) -> dict[str, Source]:
    """Every source, with the addresses that `sources.toml` says. Raises `PIM-SNP-001`."""
    named = settings.origins["sources"][1] != "default"
    return all_sources(load_overrides(settings.sources, must_exist=named))
