"""The queue of review: what waits, what speaks for which answer, and a decision written down."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from assets.deciding import ASKING, GROUND, rows_of
from exports.intake.facts import as_text, facts_text, replaced
from pipelines import review_refusals as refusals
from pipelines.house import facts_folder
from pipelines.settings import Settings
from reconcile.review.decisions import Ground, queue
from reconcile.review.details import USED, Details, details_of
from schemas.files import write_text
from schemas.gate import check
from schemas.registry import table_named
from schemas.table import Table
from schemas.tables.decisions import Decided, Decisions, ItemKind
from schemas.tables.register import Cities
from schemas.tables.review_items import ItemState
from schemas.text import Text
from sources.documents.persons import persons_in
from warehouse.folder import DataFolder
from warehouse.tables import load_table

WAITING = (ItemState.OPEN, ItemState.EXPIRED, ItemState.GONE)
"""States in which a person has something to do."""

_WARSAW = ZoneInfo("Europe/Warsaw")
_NO_CITY = {"none", "no-city", "no_city", "brak", "nie-miasto"}
_WORDS = {
    "accept": Decided.ACCEPT,
    "przyjmij": Decided.ACCEPT,
    "reject": Decided.REJECT,
    "odrzuć": Decided.REJECT,
    "odrzuc": Decided.REJECT,
}
_QUESTION = 300


@dataclass(frozen=True)
class Written:
    """A decision as it was written down."""

    item_id: str
    decided: Decided
    value: str | None
    file: Path
    replaced: bool
    """There was another decision about the same question."""


class Review:
    """The queue as of the last build, with the decisions as they are in the file now."""

    def __init__(self, settings: Settings) -> None:
        """Load what is at rest.

        Raises PimError `PIM-WH-006` (nothing built), `PIM-WH-008` (built by an older version) or
        `PIM-REV-009` (the file of decisions is damaged).
        """
        self.settings = settings
        self.folder = facts_folder(settings)
        self.data = DataFolder(settings.data).verify()
        tables: list[type[Table]] = [*ASKING, *GROUND, *map(table_named, USED)]
        self.frames = {table.name: load_table(self.data, table) for table in tables}
        units, participants = (self.frames[table.name] for table in GROUND)
        self.ground = Ground.of(units, participants)
        self.rows = queue(self.frames, decisions_in(self.folder), self.ground)

    @property
    def given(self) -> bool:
        """Documents were given to the last build: without them nothing is asked."""
        return not self.frames["document_coverage"].is_empty()

    def item(self, text: str) -> dict[str, object]:
        """The question with this identifier, or the only one that begins so.

        Raises PimError `PIM-REV-006`.
        """
        begins = text if text.startswith("item-") else f"item-{text}"
        found = self.rows.filter(pl.col("item_id").str.starts_with(begins))
        if found.height == 1:
            return dict(found.row(0, named=True))
        raise refusals.no_item(text, found.height)

    def details(self, item: dict[str, object]) -> Details:
        """What speaks for one answer or another; nothing where nothing is asked any more."""
        if item["state"] == ItemState.GONE:
            return Details(())
        return details_of(item, self.frames)

    def decide(
        self,
        item: dict[str, object],
        answer: str,
        reason: str,
        day: date,
        *,
        dry_run: bool = False,
    ) -> Written:
        """Write a decision down. Raises PimError `PIM-REV-006` to `PIM-REV-009`."""
        if item["state"] == ItemState.GONE:
            raise refusals.no_item(str(item["item_id"]), 0)
        decided, value = self._answer(item, answer.strip())
        return self._write(item, decided, value, reason, day, dry_run=dry_run)

    def defer(
        self, item: dict[str, object], reason: str, day: date, *, dry_run: bool = False
    ) -> Written:
        """Put a question off, until something about it changes. Errors as in `decide`."""
        if item["state"] == ItemState.GONE:
            raise refusals.no_item(str(item["item_id"]), 0)
        return self._write(item, Decided.DEFER, None, reason, day, dry_run=dry_run)

    def _answer(self, item: dict[str, object], answer: str) -> tuple[Decided, str | None]:
        """What an answer means for a question of its kind."""
        kind = ItemKind(str(item["kind"]))  # type: ignore[call-arg]
        if kind in (ItemKind.NAME, ItemKind.MID_CITY):
            if answer.lower() in _NO_CITY:
                return Decided.NO_CITY, None
            return Decided.CITY, self._city(item, answer)
        if kind is ItemKind.CONFLICT:
            values = self.details(item).values
            parts = [part for found in values for part in found.split("; ")]
            if any(part == answer or part.startswith(f"{answer} (") for part in parts) and answer:
                return Decided.VALUE, answer
            raise refusals.no_answer(answer, Text("Wartości: ", "Values: "), parts)
        if answer.lower() in _WORDS:
            return _WORDS[answer.lower()], None
        raise refusals.no_answer(answer, Text("Odpowiedzi: ", "Answers: "), ["accept", "reject"])

    def _city(self, item: dict[str, object], answer: str) -> str:
        """The city that an answer names: an identifier, a code, or the name of one candidate."""
        candidates = self.details(item).candidates
        codes = [c.terc for c in candidates if c.name.casefold() == answer.casefold()]
        if re.fullmatch(r"cit-[0-9]{4}", answer):
            cities = load_table(self.data, Cities).filter(pl.col("city_id") == answer)
            codes = cities.get_column("terc").to_list()
        wanted = codes[0] if len(codes) == 1 else answer
        found = self.ground.cities.filter(pl.col("value") == wanted)
        if found.is_empty():
            shown = [f"{c.value} ({c.name}, {c.voivodeship})" for c in candidates]
            raise refusals.no_answer(answer, Text("Kandydaci: ", "Candidates: "), [*shown, "none"])
        return str(found.get_column("answer")[0])

    def _write(
        self,
        item: dict[str, object],
        decided: Decided,
        value: str | None,
        reason: str,
        day: date,
        *,
        dry_run: bool,
    ) -> Written:
        if persons_in(reason):
            raise refusals.bad_reason(
                Text(
                    "Wygląda na to, że jest w nim nazwisko albo kontakt.",
                    "It seems to hold a person's name or contact.",
                )
            )
        state = self.ground.register_state if item["by_register"] else None
        row = {
            "item_id": str(item["item_id"]),
            "kind": str(item["kind"]),
            "question": str(item["question"])[:_QUESTION].strip(),
            "decided": str(decided),
            "value": value or "",
            "reason": " ".join(reason.split()),
            "decided_on": day.isoformat(),
            "register_state": state.isoformat() if state else "",
            "fingerprint": str(item["fingerprint"]),
        }
        line = pl.DataFrame([row])
        verdict = check(Decisions, line, {})
        if verdict.rejected_rows:
            told = verdict.rejected.row(0, named=True)
            raise refusals.bad_reason(Text(told["reason_pl"], told["reason_en"]))
        path = self.folder / f"{Decisions.name}.csv"
        with _alone(self.folder):
            known = as_text(Decisions, decisions_in(self.folder))
            text = facts_text(Decisions, replaced(Decisions, known, line))
            try:
                if not dry_run:
                    write_text(path, text)
            except OSError as error:
                raise refusals.damaged(path, Text(str(error), str(error))) from error
        before = row["item_id"] in known.get_column("item_id").to_list()
        return Written(row["item_id"], decided, value, path, before)


def decisions_in(folder: Path) -> pl.DataFrame:
    """The decisions of a folder of facts, typed.

    Raises PimError `PIM-REV-009` where a line breaks a rule: it must not be lost, nor guessed.
    """
    verdict = check(Decisions, rows_of(folder, Decisions), {})
    if verdict.rejected_rows or verdict.blocked:
        first = verdict.findings[0]
        where = "; ".join(first.places)
        message = Text(*(f"{text} ({where})" for text in first.message))
        raise refusals.damaged(folder / f"{Decisions.name}.csv", message)
    return verdict.accepted


def today(settings: Settings) -> date:
    """The day of a decision: the setting `date`, else today in Warsaw."""
    return settings.date or datetime.now(_WARSAW).date()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two who decide at once write one after the other, so that neither line is lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
