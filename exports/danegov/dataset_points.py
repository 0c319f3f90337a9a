"""Points 10 to 14 and 68: what the harvester file says of data sets."""

from collections import Counter
from collections.abc import Iterator

from exports.danegov.case import Case
from exports.danegov.feed import CONDITIONS
from exports.danegov.points import point
from exports.danegov.reading import Item
from exports.danegov.results import Finding, Note
from exports.danegov.rules import (
    CATEGORIES,
    FLAGS,
    FREQUENCIES,
    MAX_TAG,
    PROTECTED,
)
from schemas.text import Text

_DECLARE = Text(
    "Popraw deklarację zbioru w schemas/datasets.py i zbuduj wydanie od nowa.",
    "Mend the declaration of the data set in schemas/datasets.py and make the release anew.",
)


def _said(what: object) -> Text:
    return Text(str(what), str(what))


@point(
    10,
    Text(
        "Częstotliwość jest z listy portalu i taka, jak zbioru",
        "The frequency is one of the portal's and that of the data set",
    ),
    fix=_DECLARE,
)
def frequency(case: Case) -> Iterator[Finding]:
    """Point 10; the catalogues are held against the same declaration."""
    for dataset in case.feed.datasets:
        told, entry = dataset.text("updateFrequency"), case.entry_of(dataset)
        if told not in FREQUENCIES or (entry and told != entry.dataset.frequency):
            yield Finding(dataset.place, _said(told))


@point(
    11,
    Text(
        "Kategorie są z listy portalu i takie, jak zbioru",
        "The categories are the portal's and those of the data set",
    ),
    fix=_DECLARE,
)
def categories(case: Case) -> Iterator[Finding]:
    """Point 11."""
    for dataset in case.feed.datasets:
        told, entry = dataset.texts("categories/category"), case.entry_of(dataset)
        if (
            not told
            or set(told) - set(CATEGORIES)
            or len(set(told)) != len(told)
            or (entry and set(told) != set(entry.dataset.categories))
        ):
            yield Finding(dataset.place, _said(told))


def _tags(dataset: Item, lang: str) -> list[str]:
    return [tag.text or "" for tag in dataset.node.findall("tags/tag") if tag.get("lang") == lang]


@point(
    12,
    Text("Są polskie tagi, bez powtórzeń", "Polish tags are there, without doubles"),
    fix=_DECLARE,
)
def tags(case: Case) -> Iterator[Finding]:
    """Point 12."""
    for dataset in case.feed.datasets:
        if not _tags(dataset, "pl"):
            yield Finding(dataset.place, Text("Nie ma polskich tagów.", "No Polish tags."))
        for lang in ("pl", "en"):
            for tag, count in Counter(_tags(dataset, lang)).items():
                if count > 1 or not tag.strip() or tag != tag.strip() or len(tag) > MAX_TAG:
                    yield Finding(dataset.place, _said(f"{lang}: „{tag[:60]}”, {count}"))
        for node in dataset.node.findall("tags/tag"):
            if node.get("lang") not in {"pl", "en"}:
                yield Finding(dataset.place, _said(f"lang={node.get('lang')}"))


@point(
    12,
    Text("Są angielskie tagi", "English tags are there"),
    fix=_DECLARE,
    must=False,
)
def english_tags(case: Case) -> Iterator[Finding]:
    """Point 12, the recommended part."""
    for dataset in case.feed.datasets:
        if not _tags(dataset, "en"):
            yield Finding(dataset.place, Text("Nie ma angielskich tagów.", "No English tags."))


@point(
    13,
    Text("Warunki odpowiadają licencji", "The conditions say what the licence says"),
    fix=Text(
        "CC BY 4.0: źródło i informacja o przetworzeniu. CC0: bez warunków.",
        "CC BY 4.0: source and notice of processing. CC0: no conditions.",
    ),
)
def conditions(case: Case) -> Iterator[Finding]:
    """Point 13."""
    wanted = set(CONDITIONS.get(case.listing.publication.licence.name, ()))
    for dataset in case.feed.datasets:
        node = dataset.node.find("conditions")
        told = {str(child.tag): child.text or "" for child in node} if node is not None else {}
        chosen = {"dbOrCopyrighted", "dbOrCopyrightedLicenseChosen"} & told.keys()
        true = {name for name, text in told.items() if text in {"true", "1"}}
        if true != wanted or len(chosen) == 1 or "personalData" in told:
            yield Finding(dataset.place, _said(told))
        elif node is not None and not wanted:
            yield Finding(dataset.place, _said("conditions"))


@point(
    14,
    Text("Flagi są podane i zgodne z decyzją", "Flags are there and as they were decided"),
    fix=_DECLARE,
)
def flags(case: Case) -> Iterator[Finding]:
    """Point 14."""
    for item in case.feed.items():
        wanted = [*FLAGS, PROTECTED] if item.kind == "resource" else [*FLAGS]
        told = {name: item.text(name) for name in wanted}
        odd = {name: text for name, text in told.items() if text not in {"true", "false"}}
        if odd:
            yield Finding(item.place, _said(odd))
        if told[FLAGS[2]] == "true" and told[FLAGS[1]] != "true":
            yield Finding(item.place, _said(f"{FLAGS[2]} > {FLAGS[1]}"))
        if told.get(PROTECTED) == "true":
            yield Finding(item.place, _said(PROTECTED))
        entry = case.entry_of(item)
        decided = entry.dataset.flags if entry else None
        if decided is not None:
            held = (decided.dynamic, decided.high_value, decided.high_value_ec, decided.research)
            if [told[name] for name in FLAGS] != [str(value).lower() for value in held]:
                yield Finding(item.place, _said(told))


@point(
    68,
    Text("O flagach zdecydowano: kto i kiedy", "Flags were decided on: by whom and when"),
    fix=Text(
        "Wpisz decyzję (Flags) przy zbiorze w schemas/datasets.py.",
        "Write the decision (Flags) beside the data set in schemas/datasets.py.",
    ),
)
def flags_decided(case: Case) -> Iterator[Finding | Note]:
    """Point 68."""
    for slug, entry in case.entries.items():
        decided = entry.dataset.flags
        if decided is None:
            yield Finding(slug, Text("Nikt nie zdecydował.", "Nobody has decided."))
        elif not decided.owner.pl.strip() or decided.decided > case.listing.publication.date:
            yield Finding(slug, _said(f"{decided.owner.pl}, {decided.decided}"))
        else:
            line = Text(
                f"{decided.owner.pl}, {decided.decided}", f"{decided.owner.en}, {decided.decided}"
            )
            yield Note(Finding(slug, line))
