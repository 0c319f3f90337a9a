"""The entries of a release's listing: files on the shelf, versions of schemas, days of change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from exports.danegov.dictionary import write_dictionary_document
from exports.dictionary import STEM
from exports.listing import Entry, Listing, Offer
from exports.opening import DESCRIPTOR
from exports.period import covered
from exports.release.changes import SchemaStep
from exports.release.diff import english
from exports.release.draft import Draft
from exports.release.offers import Shelf, package_folder
from exports.release.plan import Plan
from exports.release.schema_version import FIRST, next_schema_version, schema_changes
from exports.release.told import Told
from schemas.datasets import DataSet
from schemas.table import Table
from schemas.text import LANGS, Text

_DICTIONARY = Text("Słownik danych", "Data dictionary")


def list_offers(plan: Plan, draft: Draft, before: Told | None) -> tuple[Listing, list[SchemaStep]]:
    """Put what is offered below `files/` of the draft, and tell it in one listing.

    The steps are those of data sets whose schema has another version than in `before`.
    """
    entries: list[Entry] = []
    steps: list[SchemaStep] = []
    for dataset, tables in plan.datasets:
        step = _schema_step(plan.current, draft, dataset, before)
        shelf = Shelf(draft.root, dataset, draft.hashes, draft.keep)
        parquet = {table.name: english(draft.root, table) for table in tables}
        entry = Entry(
            dataset=dataset,
            version=step.after,
            issued=plan.publication.date,
            modified=plan.publication.date,
            files=shelf.offers(tables),
            supplements=_dictionaries(draft, shelf, dataset, tables),
            period=covered(tables, parquet),
        )
        entries.append(_dated(entry, before))
        if step.before != step.after:
            steps.append(step)
    return Listing(plan.publication, tuple(entries)), steps


def entry_facts(entry: Entry) -> dict[str, object]:
    """What the manifest says of a data set; the next release goes by it."""
    return {
        "slug": entry.dataset.slug,
        "schema_version": entry.version,
        "issued": entry.issued.isoformat(),
        "modified": entry.modified.isoformat(),
        "files": _addresses(entry),
    }


def _addresses(entry: Entry) -> dict[str, str]:
    """The address of every file that is offered, by its identifier."""
    return {offer.ident: offer.path for offer in (*entry.files, *entry.supplements)}


def _dictionaries(
    draft: Draft, shelf: Shelf, dataset: DataSet, tables: tuple[type[Table], ...]
) -> tuple[Offer, ...]:
    found = []
    for lang in LANGS:
        path = f"{package_folder(dataset, lang)}{STEM.of(lang)}.odt"
        write_dictionary_document(dataset, tables, lang, draft.root / path)
        draft.note(path)
        title = Text(
            f"{_DICTIONARY.pl}: {dataset.title.pl}", f"{_DICTIONARY.en}: {dataset.title.en}"
        )
        found.append(shelf.supplement(path, lang, title, dataset.description))
    return tuple(found)


def _dated(entry: Entry, before: Told | None) -> Entry:
    """The entry with the day of its first release, and that of its last change."""
    known: Mapping[str, object] = before.dataset(entry.dataset.slug) if before else {}
    if not known:
        return entry
    entry = replace(entry, issued=date.fromisoformat(str(known["issued"])))
    if known["files"] == _addresses(entry):
        return replace(entry, modified=date.fromisoformat(str(known["modified"])))
    return entry


def _schema_step(
    current: Path | None, draft: Draft, dataset: DataSet, before: Told | None
) -> SchemaStep:
    """Compare the schemas of both packages with those of the release before."""
    known = before.dataset(dataset.slug) if before else {}
    if current is None or not known:
        return SchemaStep(dataset, None, FIRST)
    version = str(known["schema_version"])
    found = []
    for lang in LANGS:
        path = f"{package_folder(dataset, lang)}{DESCRIPTOR}"
        found.append(schema_changes(Draft(current).read(path), draft.read(path)))
    polish, english_ones = found
    after = next_schema_version(version, [*polish, *english_ones])
    # Each change shows in both packages; one that only the Polish one has is told as it is.
    changes = english_ones or polish
    return SchemaStep(dataset, version, after, tuple(changes))
