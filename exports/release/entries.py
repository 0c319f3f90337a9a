"""The entries of a release's listing: files on the shelf, versions of schemas, days of change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from exports import sql
from exports.danegov.dictionary import write_dictionary_document
from exports.dictionary import STEM
from exports.listing import Entry, Listing
from exports.opening import DESCRIPTOR
from exports.period import covered
from exports.publication import Publication
from exports.release.changes import SchemaStep
from exports.release.diff import english, rows_in
from exports.release.draft import Draft
from exports.release.offers import Shelf, Twin, package_folder
from exports.release.plan import DataSets, Plan
from exports.release.schema_version import FIRST, next_schema_version, schema_changes
from exports.release.told import Told, read_manifest
from exports.twins import MAX_ROWS, write_twin
from schemas.datasets import DataSet
from schemas.table import Table
from schemas.text import LANGS, Lang, Text

_DICTIONARY = Text("Słownik danych", "Data dictionary")


def list_offers(plan: Plan, draft: Draft, before: Told | None) -> tuple[Listing, list[SchemaStep]]:
    """Put what is offered below `files/` of the draft, and tell it in one listing.

    The steps are those of data sets whose schema has another version than in `before`.
    """
    entries: list[Entry] = []
    steps: list[SchemaStep] = []
    for dataset, tables in plan.datasets:
        step = _schema_step(plan.current, draft, dataset, before)
        _write_dictionaries(draft, dataset, tables)
        _write_twins(plan, draft, dataset, tables)
        shelf = Shelf(draft.root, dataset, draft.hashes, draft.keep)
        day = plan.publication.date
        entry = _entry(shelf, tables, step.after, (day, day), draft.hashes)
        entries.append(_dated(entry, before))
        if step.before != step.after:
            steps.append(step)
    return Listing(plan.publication, tuple(entries)), steps


def read_listing(tree: Path, datasets: DataSets) -> Listing:
    """The listing of a release that lies in `tree`, from its manifest and its packages.

    Data sets and tables that the release does not have are left out. Raises PimError
    `PIM-REL-005` for a manifest, and ValueError, KeyError or OSError for packages, that are
    damaged: then `exports.release.verify` says what is wrong.
    """
    told = read_manifest(tree)
    hashes = {path: told.hash_of(path) for path in told.files}
    entries: list[Entry] = []
    for dataset, tables in datasets:
        known = told.dataset(dataset.slug)
        if not known:
            continue
        present = tuple(t for t in tables if english(Path(), t).as_posix() in hashes)
        shelf = Shelf(tree, dataset, hashes, lambda path, address: None)
        days = [date.fromisoformat(str(known[name])) for name in ("issued", "modified")]
        entries.append(
            _entry(shelf, present, str(known["schema_version"]), (days[0], days[1]), hashes)
        )
    return Listing(_publication(tree, told, datasets), tuple(entries))


def _entry(
    shelf: Shelf,
    tables: tuple[type[Table], ...],
    version: str,
    days: tuple[date, date],
    hashes: Mapping[str, str],
) -> Entry:
    dataset = shelf.dataset
    supplements = []
    for lang in LANGS:
        path = _dictionary(dataset, lang)
        title = Text(
            f"{_DICTIONARY.pl}: {dataset.title.pl}", f"{_DICTIONARY.en}: {dataset.title.en}"
        )
        supplements.append(shelf.supplement(path, lang, title, dataset.description))
    twins = [
        Twin(table, "pl", "jsonld", path)
        for table in tables
        if (path := _twin(dataset, table)) in hashes
    ]
    parquet = {table.name: english(shelf.tree, table) for table in tables}
    return Entry(
        dataset=dataset,
        version=version,
        issued=days[0],
        modified=days[1],
        files=shelf.offers(tables, twins),
        supplements=tuple(supplements),
        period=covered(tables, parquet),
    )


def _publication(tree: Path, told: Told, datasets: DataSets) -> Publication:
    """What a release says of itself; its licence is the project's."""
    described = {
        lang: Draft(tree).read(f"{package_folder(datasets[0][0], lang)}{DESCRIPTOR}")
        for lang in LANGS
    }
    lines = [described[lang].get("_attribution") for lang in LANGS]
    polish, english_ones = (line if isinstance(line, list) else [] for line in lines)
    return Publication(
        version=told.version,
        date=date.fromisoformat(told.date),
        base_url=told.text("base_url"),
        publisher=Text(told.text("publisher_pl"), told.text("publisher_en")),
        contact=told.text("contact"),
        homepage=told.text("homepage"),
        attribution=tuple(
            Text(str(pl), str(en)) for pl, en in zip(polish, english_ones, strict=True)
        ),
    )


def _dictionary(dataset: DataSet, lang: Lang) -> str:
    return f"{package_folder(dataset, lang)}{STEM.of(lang)}.odt"


def _twin(dataset: DataSet, table: type[Table]) -> str:
    """Where the linked data of a table lie: one file, both languages in it."""
    return f"{package_folder(dataset, 'pl')}{table.name_pl}.jsonld"


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


def _write_dictionaries(draft: Draft, dataset: DataSet, tables: tuple[type[Table], ...]) -> None:
    for lang in LANGS:
        path = _dictionary(dataset, lang)
        write_dictionary_document(dataset, tables, lang, draft.root / path)
        draft.note(path)


def _write_twins(
    plan: Plan, draft: Draft, dataset: DataSet, tables: tuple[type[Table], ...]
) -> None:
    """Write the linked data of every table that is not too long for their readers."""
    with sql.session(draft.root / ".spill") as connection:
        for table in tables:
            source = plan.rows / f"{table.name}.parquet"
            if rows_in(source) > MAX_ROWS:
                continue
            path = _twin(dataset, table)
            write_twin(table, source, plan.publication, draft.root / path, within=connection)
            draft.note(path)


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
