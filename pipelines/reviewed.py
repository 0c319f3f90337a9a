"""Items of review put into words, and into data."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from reconcile.review.details import Candidate, Details, Piece
from schemas.columns import Codes
from schemas.tables.decisions import Decided, ItemKind
from schemas.tables.document_conflicts import DisagreementKind
from schemas.tables.review_items import ItemState
from schemas.text import Lang, Text

Item = Mapping[str, object]
"""A row of `reconcile.review.decisions.HELD`."""

_CITY = Text("kod TERC, par-0000, cit-0000 albo none", "TERC, par-0000, cit-0000 or none")
_YES_OR_NO = Text("accept albo reject", "accept or reject")
_TAKEN: dict[str, Text] = {
    ItemKind.NAME: _CITY,
    ItemKind.MID_CITY: _CITY,
    ItemKind.CONFLICT: Text("jedna z wartości", "one of the values"),
    ItemKind.FACT: _YES_OR_NO,
    ItemKind.MID_VALUE: _YES_OR_NO,
}
"""What `pim review decide` takes for each kind."""


def cells(item: Item, lang: Lang) -> tuple[object, ...]:
    """An item as a line of a table."""
    decision = " ".join(
        filter(None, (_label(Decided, item["decided"], lang), _text(item, "value")))
    )
    return (
        item["item_id"],
        _label(ItemKind, item["kind"], lang),
        _label(ItemState, item["state"], lang),
        item["question"],
        _context(item, lang),
        decision,
    )


def as_dict(item: Item, details: Details) -> dict[str, object]:
    """An item with its details as JSON data, both languages apart."""
    return {
        **item,
        "score": details.score,
        "rule": details.rule,
        "reason_of_rule": details.reason._asdict(),
        "evidence": [asdict(p) | {"place": p.place._asdict()} for p in details.evidence],
        "candidates": [asdict(c) | {"why": c.why._asdict()} for c in details.candidates],
        "values": list(details.values),
    }


def lines(item: Item, details: Details, lang: Lang) -> list[str]:
    """An item with its details for a person."""
    head = f"{item['item_id']}: {_label(ItemKind, item['kind'], lang)}"
    told = [f"{head} ({_label(ItemState, item['state'], lang)})", f"  {item['question']}"]
    told += _pairs(
        lang,
        (Text("Kontekst", "Context"), _context(item, lang)),
        (Text("Wiersz", "Row"), f"{item['table_name']} {item['row_key']}"),
    )
    told += [_evidence(piece, lang) for piece in details.evidence]
    told += [f"  {Text('Wartości', 'Values').of(lang)}: {found}" for found in details.values]
    told += [_candidate(one, lang) for one in details.candidates]
    score = "" if details.score is None else f", {details.score}/100"
    told += _pairs(
        lang,
        (Text("Reguła", "Rule"), details.rule and f"{details.rule}{score}"),
        (Text("Powód", "Reason"), details.reason.of(lang)),
    )
    told += list(_decision(item, lang))
    if item["state"] != ItemState.GONE:
        taken = _TAKEN[str(item["kind"])].of(lang)
        word = Text("Odpowiedź", "Answer").of(lang)
        told.append(f"  {word}: pim review decide {item['item_id']} … ({taken})")
    return told


def _decision(item: Item, lang: Lang) -> Iterator[str]:
    if item["decided"] is None:
        return
    made = " ".join(filter(None, (_label(Decided, item["decided"], lang), _text(item, "value"))))
    yield from _pairs(
        lang,
        (Text("Decyzja", "Decision"), f"{made} ({item['decided_on']}): {_text(item, 'reason')}"),
        (Text("Nie obowiązuje", "Does not hold"), _text(item, f"why_{lang}")),
    )


def _evidence(piece: Piece, lang: Lang) -> str:
    place = ", ".join(filter(None, (piece.document, piece.place.of(lang))))
    told = f" → {piece.told}" if piece.told else ""
    return f"  {Text('Dowód', 'Evidence').of(lang)}: {place}: „{piece.quote}”{told}"


def _candidate(one: Candidate, lang: Lang) -> str:
    place = f"{one.name} ({one.terc}, {one.unit_type}, {one.voivodeship})"
    return f"  {Text('Kandydat', 'Candidate').of(lang)}: {one.value}: {place}; {one.why.of(lang)}"


def _context(item: Item, lang: Lang) -> str:
    """A conflict's context is a code, and every other one is told as it is."""
    if item["kind"] == ItemKind.CONFLICT:
        return _label(DisagreementKind, item["context"], lang)
    return _text(item, "context")


def _pairs(lang: Lang, *pairs: tuple[Text, str]) -> list[str]:
    return [f"  {label.of(lang)}: {text}" for label, text in pairs if text]


def _label(codes: type[Codes], value: object, lang: Lang) -> str:
    return next((code.label.of(lang) for code in codes if code == value), _plain(value))


def _text(item: Item, name: str) -> str:
    return _plain(item[name])


def _plain(value: object) -> str:
    return "" if value is None else str(value)
