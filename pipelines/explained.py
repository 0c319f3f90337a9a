"""The chain of evidence of one row, in words and as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconcile.review.corrections import CORRECTION_DONE, CORRECTION_LOST, CORRECTION_OTHER
from schemas.columns import Codes, Column
from schemas.table import Table
from schemas.tables.decisions import Decided
from schemas.tables.document_conflicts import Judgement
from schemas.tables.review_items import ItemState
from schemas.text import Lang, Text, place_in

_PLACE = Text("Miejsce", "Place")
_SOURCE = Text("Źródło", "Source")
_EVIDENCE = Text("Dowód", "Evidence")
_DOCUMENT = Text("Dokument", "Document")
_FILE = {
    "file": Text("plik", "file"),
    "sha256": Text("sha256", "sha256"),
    "bytes": Text("bajty", "bytes"),
    "address": Text("adres", "address"),
    "retrieved": Text("pobrano", "retrieved"),
    "state_date": Text("stan na", "state of"),
    "licence": Text("licencja", "licence"),
}
_SNAPSHOT = Text("Migawka", "Snapshot")
_CORRECTION = Text("Sprostowanie", "Correction")
_CONFLICT = Text("Sprzeczność", "Conflict")
_DECISION = Text("Decyzja", "Decision")
_REJECTED = Text("Odrzucono", "Rejected")
_REFERRED = Text("Odwołuje się", "Referred to by")


@dataclass(frozen=True)
class Explanation:
    """The chain of evidence of one row."""

    table: type[Table]
    row: dict[str, str]
    place: str
    """Where the accepted row came from; empty where it was set aside or computed."""
    documents: tuple[dict[str, str], ...]
    referred_by: tuple[str, ...]
    """Rows of other tables that refer to this one, as `table key`."""
    publishable: bool | None
    """None where the table itself stays inside."""
    rejected: tuple[dict[str, str], ...]
    """Why the row was set aside, where it was."""
    evidence: tuple[dict[str, str], ...] = ()
    """What the given documents say of the row: value, document, place, quote and rule."""
    snapshot: Mapping[str, str] = field(default_factory=dict)
    """The file that the row came from: its name, sha256, and where and when it was fetched."""
    corrections: tuple[dict[str, str], ...] = ()
    """Corrections of the row, with their state in the last build."""
    conflicts: tuple[dict[str, str], ...] = ()
    """Where documents disagree about the row, and by which rule that was judged."""
    decisions: tuple[dict[str, str], ...] = ()
    """What people decided about it, with how the decision stands."""

    def as_dict(self) -> dict[str, object]:
        """The explanation as JSON data."""
        return {
            "table": self.table.name,
            "row": self.row,
            "place": self.place,
            "documents": list(self.documents),
            "evidence": list(self.evidence),
            "snapshot": dict(self.snapshot),
            "corrections": list(self.corrections),
            "conflicts": list(self.conflicts),
            "decisions": list(self.decisions),
            "referred_by": list(self.referred_by),
            "publishable": self.publishable,
            "rejected": list(self.rejected),
        }

    def lines(self, lang: Lang) -> list[str]:
        """The explanation for a person, with labels in place of codes."""
        lines = [f"{self.table.title.of(lang)} ({self.table.name})"]
        for column in self.table.columns:
            if column.name in self.row:
                shown = _labelled(column, self.row[column.name], lang)
                lines.append(f"  {column.title.of(lang)}: {shown}")
        if self.place:
            lines.append(f"{_PLACE.of(lang)}: {place_in(self.place, lang)}")
        if self.snapshot:
            parts = (f"{_FILE[name].of(lang)}: {told}" for name, told in self.snapshot.items())
            lines.append(f"{_SNAPSHOT.of(lang)}: {', '.join(parts)}")
        for document in self.documents:
            shown = ", ".join(value for value in document.values() if value)
            lines.append(f"{_SOURCE.of(lang)}: {shown}")
        lines += [f"{_EVIDENCE.of(lang)}: {_told(piece, lang)}" for piece in self.evidence]
        digests = {piece["document"]: piece["sha256"] for piece in self.evidence}
        lines += [
            f"{_DOCUMENT.of(lang)}: {name}, sha256: {digest}" for name, digest in digests.items()
        ]
        lines += [f"{_CONFLICT.of(lang)}: {_judged(one, lang)}" for one in self.conflicts]
        lines += [f"{_CORRECTION.of(lang)}: {_corrected(one, lang)}" for one in self.corrections]
        lines += [f"{_DECISION.of(lang)}: {_decided(one, lang)}" for one in self.decisions]
        for reason in self.rejected:
            place = place_in(f"{reason['source']}, {reason['place']}", lang)
            cell = f"{reason['column_name']} = {reason['value']}"
            lines.append(f"{_REJECTED.of(lang)}: {place}: {cell}: {reason[f'reason_{lang}']}")
        lines += [f"{_REFERRED.of(lang)}: {user}" for user in self.referred_by]
        return [*lines, self._state().of(lang)]

    def _state(self) -> Text:
        if not self.row:
            return Text("Do publikacji: nie (wiersz odrzucono)", "Publishable: no (row rejected)")
        if self.publishable is None:
            return Text("Do publikacji: nie (tabela wewnętrzna)", "Publishable: no (inside table)")
        if self.publishable:
            return Text("Do publikacji: tak", "Publishable: yes")
        return Text(
            "Do publikacji: nie (wywnioskowane albo zależy od wywnioskowanego)",
            "Publishable: no (inferred, or depends on what is inferred)",
        )


_STATES = {
    "applied": Text("zastosowane", "applied"),
    CORRECTION_DONE: Text(
        "zbędne: źródło jest już dobre", "not needed: the source is right by now"
    ),
    CORRECTION_OTHER: Text(
        "niezastosowane: źródło podaje coś innego", "not applied: the source gives another value"
    ),
    CORRECTION_LOST: Text("niezastosowane: nie było wiersza", "not applied: the row was missing"),
}
"""States of corrections."""


def _corrected(one: Mapping[str, str], lang: Lang) -> str:
    reported = Text("zgłoszono do", "reported to").of(lang)
    told = f"; {reported}: {one['reported_to']}" if one["reported_to"] else ""
    change = f"{one['column_name']}: „{one['value_seen']}” → „{one['right_value']}”"
    state = _STATES[one["state"]].of(lang)
    return f"{change} ({state}, {one['corrected_on']}): {one['reason']}{told}"


def _judged(one: Mapping[str, str], lang: Lang) -> str:
    judgement = _label(Judgement, one["judgement"], lang)
    value = f" → {one['judged_value']}" if one["judged_value"] else ""
    return f"{one['subject']}: {one['found_values']}{value} ({judgement})"


def _decided(one: Mapping[str, str], lang: Lang) -> str:
    made = " ".join(filter(None, (_label(Decided, one["decided"], lang), one["value"])))
    state = _label(ItemState, one["state"], lang)
    why = f" {one[f'why_{lang}']}" if one[f"why_{lang}"] else ""
    head = f"{one['item_id']}: {one['question']} → {made}"
    return f"{head} ({state}, {one['decided_on']}): {one['reason']}{why}"


def _label(codes: type[Codes], value: str, lang: Lang) -> str:
    return next((code.label.of(lang) for code in codes if code == value), value)


def _labelled(column: Column, value: str, lang: Lang) -> str:
    labels = {str(code): code.label.of(lang) for code in column.codes or ()}
    return labels.get(value, value)


def _told(piece: dict[str, str], lang: Lang) -> str:
    """One piece of evidence on a line."""
    place = ", ".join(filter(None, (piece["document"], piece[f"place_{lang}"])))
    value = f"{piece['column_name']} = {piece['value']} ({piece['rule']})"
    return f"{place}: „{piece['quote']}” → {value}"
