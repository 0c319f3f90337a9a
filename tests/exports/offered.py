"""A small release and its listing, for the tests of the feed, the catalogues and the checks.

    listing = small_release(tmp_path / "public")

Table `places` is large enough for the portal; `visits` is below its limits and stays away.
"""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from exports.danegov.dictionary import write_dictionary_document
from exports.listing import Entry, FileFormat, Listing, Offer
from exports.package import Package, write_package
from exports.publication import Publication
from schemas.files import sha256, write_text
from schemas.table import Table
from schemas.text import LANGS, Lang, Text
from tests.exports.sample import SAMPLE, TABLES, Places, frames, parquet

PUBLICATION = Publication("2026.11.0", date(2026, 11, 24))
_FORMS: dict[FileFormat, str] = {"csv": "CSV", "jsonld": "JSON-LD", "odt": "ODT"}


def rows(count: int = 60, edition: int = 0) -> dict[str, pl.DataFrame]:
    """Frames of both tables, `places` with `count` rows; another `edition`, other values."""
    given = frames()
    more = [
        (
            f"plc-{number:04}",
            None if number % 7 == 0 else f"{number:06}1",
            f"Miejsce {number} 🙂 ąęśżź",
            "small" if number % 2 else "big",
            Decimal(number) / 4,
            number * 10 + edition,
            None if number % 3 == 0 else bool(number % 2),
            date(2020, 1, 1 + number % 28),
            None,
        )
        for number in range(100, 100 + count)
    ]
    places = pl.DataFrame(more, schema=Places.schema(), orient="row")
    return given | {"places": pl.concat([given["places"], places])}


def small_release(
    public: Path,
    given: dict[str, pl.DataFrame] | None = None,
    publication: Publication = PUBLICATION,
) -> Listing:
    """Write packages and hashed files below `public`, and tell what is offered there."""
    source = parquet(public.with_name(f"{public.name}-source"), given or rows())
    packages = {
        lang: write_package(
            SAMPLE,
            TABLES,
            source,
            lang,
            (public if lang == "pl" else public / "en") / SAMPLE.slug,
            publication,
        )
        for lang in LANGS
    }
    offers = [
        offer for table in TABLES for lang in LANGS for offer in _of(packages[lang], table, public)
    ]
    return Listing(
        publication,
        (
            Entry(
                dataset=SAMPLE,
                version="1.0.0",
                issued=date(2026, 10, 1),
                modified=publication.date,
                files=tuple(offers),
                supplements=tuple(_dictionary(public, lang) for lang in LANGS),
            ),
        ),
    )


def _of(package: Package, table: type[Table], public: Path) -> list[Offer]:
    csv = next(r for r in package.resources if r.table is table and r.path.suffix == ".csv")
    twin = package.folder / f".{csv.path.stem}.jsonld"
    write_text(twin, _linked(csv.path))
    suffix = "" if package.lang == "pl" else ".en"
    found = []
    for path, form in ((csv.path, "csv"), (twin, "jsonld")):
        form_: FileFormat = "csv" if form == "csv" else "jsonld"
        found.append(
            offer(
                public,
                path,
                form_,
                package.lang,
                f"{table.name}{suffix}.{form}",
                Text(table.title.pl, table.title.en),
                table.description,
                table=table,
                rows=csv.rows,
                signs=csv.signs if form == "csv" else (),
            )
        )
    twin.unlink()
    return found


def _linked(csv: Path) -> str:
    """The rows of a CSV as JSON-LD that links to two hosts."""
    table = pl.read_csv(csv, infer_schema=False)
    return json.dumps(
        {
            "@context": {"@vocab": "https://pim.example.org/terms/"},
            "@graph": [
                {"@id": f"https://pim.example.org/{number}", "sameAs": "https://example.com/x"}
                | row
                for number, row in enumerate(table.to_dicts())
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _dictionary(public: Path, lang: Lang) -> Offer:
    draft = public / f".dictionary.{lang}.odt"
    write_dictionary_document(SAMPLE, TABLES, lang, draft)
    found = offer(
        public,
        draft,
        "odt",
        lang,
        f"{SAMPLE.slug}.{lang}.odt",
        Text("Słownik danych", "Data dictionary"),
        Text("Opis tabel i kolumn.", "Description of tables and columns."),
    )
    draft.unlink()
    return found


def offer(  # noqa: PLR0913  # an offer has as many facts
    public: Path,
    path: Path,
    form: FileFormat,
    lang: Lang,
    ident: str,
    title: Text,
    description: Text,
    *,
    table: type[Table] | None = None,
    rows: int | None = None,
    signs: tuple[str, ...] = (),
) -> Offer:
    """Copy a file to its hashed name below `public` and offer it."""
    digest = sha256(path)
    target = public / "pliki" / f"{ident.replace('.', '-')}-{digest[:16]}.{form}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
    return Offer(
        ident=ident,
        table=table,
        lang=lang,
        format=form,
        title=Text(*(f"{text} ({_FORMS[form]})" for text in title)),
        description=description,
        path=target.relative_to(public).as_posix(),
        bytes=target.stat().st_size,
        sha256=digest,
        rows=rows,
        signs=signs,
    )
