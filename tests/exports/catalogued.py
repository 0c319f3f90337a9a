"""A listing of all tables of the project, without files: what the catalogues are made from."""

import hashlib
from datetime import date

from exports.listing import Entry, FileFormat, Listing, Offer
from exports.publication import Publication
from schemas.registry import all_datasets, tables_of
from schemas.table import Table
from schemas.text import Lang, Text

PUBLICATION = Publication("2026.11.0", date(2026, 11, 24))
PERIOD = (date(2017, 1, 1), date(2026, 12, 31))


def offer(table: type[Table], form: FileFormat, lang: Lang) -> Offer:
    """A file that does not exist, with the facts that it would have."""
    ident = f"{table.name}.{form}" if lang == "pl" else f"{table.name}.en.{form}"
    digest = hashlib.sha256(ident.encode()).hexdigest()
    return Offer(
        ident=ident,
        table=table,
        lang=lang,
        format=form,
        title=Text(f"{table.title.pl} ({form})", f"{table.title.en} ({form})"),
        description=table.description,
        path=f"pliki/{table.name}-{digest[:16]}.{form}",
        bytes=2000 + len(ident),
        sha256=digest,
        rows=10,
        data_date=date(2026, 11, 1),
    )


def whole_listing(publication: Publication = PUBLICATION) -> Listing:
    """Every data set with every table as CSV in both languages, JSON-LD and Parquet."""
    forms: tuple[tuple[FileFormat, Lang], ...] = (
        ("csv", "pl"),
        ("csv", "en"),
        ("jsonld", "pl"),
        ("parquet", "pl"),
    )
    return Listing(
        publication,
        tuple(
            Entry(
                dataset=dataset,
                version="1.0.0",
                issued=date(2026, 10, 1),
                modified=date(2026, 11, 24),
                files=tuple(
                    offer(table, form, lang) for table in tables_of(dataset) for form, lang in forms
                ),
                supplements=(offer(tables_of(dataset)[0], "odt", "pl"),),
                period=PERIOD,
            )
            for dataset in all_datasets()
        ),
    )
