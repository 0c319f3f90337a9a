"""One look at every row of a CSV that goes to the portal: signs, codes, JSON, personal data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.danegov.feed import SIGNS
from exports.listing import Offer
from exports.unfit import like_duration, like_json, with_email, with_pesel, with_telephone
from schemas.columns import Column
from schemas.text import Text

_FORMS = {
    "terc": "[0-9]{2}|[0-9]{4}|[0-9]{7}",
    "simc": "[0-9]{7}",
    "ulic": "[0-9]{5}",
    "pna": "[0-9]{2}-[0-9]{3}",
    "regon": "[0-9]{9}|[0-9]{14}",
    "nip": "[0-9]{10}",
    "krs": "[0-9]{10}",
}
"""Codes with leading zeros, by the word that their columns have in the name."""
_LONGITUDE, _LATITUDE = {"lon", "longitude"}, {"lat", "latitude"}


@dataclass(frozen=True)
class CellFound:
    """What breaks a point in a column."""

    number: int
    column: str
    what: Text


@dataclass(frozen=True)
class CsvSeen:
    """A CSV as it was found."""

    offer: Offer
    path: Path
    columns: tuple[Column, ...]
    rows: int
    signs: tuple[str, ...]
    """Special signs that stand in it."""
    blank: frozenset[Column]
    """Columns of signs alone."""
    found: tuple[CellFound, ...]


@dataclass(frozen=True)
class _Check:
    number: int
    column: Column
    bad: str
    """SQL that is true for a bad cell."""
    what: Text


def scan(connection: duckdb.DuckDBPyConnection, offer: Offer, path: Path) -> CsvSeen:
    """Look at all rows of a Polish CSV in one query; never raises for a bad file."""
    columns = offer.table.columns if offer.table else ()
    names = {column: sql.name(column.name_in(offer.lang)) for column in columns}
    types = ", ".join(f"{sql.literal(column.name_in(offer.lang))}: 'VARCHAR'" for column in columns)
    source = (
        f"read_csv({sql.one_file(path)}, auto_detect = false, header = true, delim = ',', "
        f"quote = '\"', escape = '\"', strict_mode = true, columns = {{{types}}})"
    )
    checks = [check for column in columns for check in _checks(column, columns, names[column])]
    cells = ", ".join(names.values())
    parts = [f"count(*) FILTER (WHERE {check.bad})" for check in checks]
    parts += [f"count(*) FILTER (WHERE {sql.literal(sign)} IN ({cells}))" for sign in SIGNS]
    parts += [f"count(*) FILTER (WHERE {_present(name)})" for name in names.values()]
    # Names come from our own classes and are quoted.
    query = f"SELECT count(*), {', '.join(parts)} FROM {source}"  # noqa: S608
    try:
        rows, *counts = connection.execute(query).fetchall()[0]
        found = [
            CellFound(check.number, check.column.name_in(offer.lang), check.what)
            for check, count in zip(checks, counts, strict=False)
            if count
        ]
    except duckdb.Error as error:
        reason = str(error).split("\n", maxsplit=1)[0][:100]
        return CsvSeen(
            offer,
            path,
            columns,
            0,
            (),
            frozenset(),
            (CellFound(36, path.name, Text(reason, reason)),),
        )
    after = len(checks) + len(SIGNS)
    standing = zip(SIGNS, counts[len(checks) : after], strict=True)
    filled = zip(columns, counts[after:], strict=True)
    return CsvSeen(
        offer,
        path,
        columns,
        int(rows),
        tuple(sign for sign, count in standing if count),
        frozenset(column for column, count in filled if not count),
        tuple(found),
    )


def _present(name: str) -> str:
    """The SQL that is true where a cell has a value."""
    return f"{name} NOT IN ({', '.join(sql.literal(sign) for sign in SIGNS)})"


def _checks(column: Column, columns: Sequence[Column], name: str) -> Iterator[_Check]:
    present = _present(name)
    words = set(column.name.split("_"))
    for word in sorted(words & _FORMS.keys()):
        form = sql.literal(_FORMS[word])
        bad = f"{present} AND NOT regexp_full_match({name}, {form})"
        yield _Check(40, column, bad, Text("Kod ma złą postać.", "The code has a wrong form."))
        if column.kind != "string" or not _companion(columns):
            what = Text(
                "Kod nie jest tekstem albo nie ma obok nazwy lub klucza.",
                "The code is no text, or no name or key stands beside it.",
            )
            yield _Check(40, column, "true", what)
    if column.kind == "string":
        yield from _of_text(column, name)
    for axis, most in ((_LONGITUDE, 180), (_LATITUDE, 90)):
        if words & axis:
            bad = f"{present} AND coalesce(abs(TRY_CAST({name} AS DOUBLE)) > {most}, true)"
            yield _Check(45, column, bad, Text(f"Poza ±{most}.", f"Beyond ±{most}."))
            if column.kind != "number" or not _companion(columns):
                what = Text(
                    "Współrzędna nie jest liczbą albo nie ma obok etykiety.",
                    "The coordinate is no number, or no label stands beside it.",
                )
                yield _Check(45, column, "true", what)


def _of_text(column: Column, name: str) -> Iterator[_Check]:
    json = Text("Komórka wygląda na JSON.", "A cell looks like JSON.")
    yield _Check(42, column, like_json(name), json)
    duration = Text("Jest okres ISO.", "There is an ISO duration.")
    yield _Check(42, column, like_duration(name), duration)
    if column.table.institutional:
        return
    email = Text("Jest adres e-mail.", "There is an e-mail address.")
    yield _Check(47, column, with_email(name), email)
    telephone = Text("Jest telefon.", "There is a telephone number.")
    yield _Check(47, column, with_telephone(name), telephone)
    pesel = Text("Jest numer PESEL.", "There is a PESEL number.")
    yield _Check(47, column, with_pesel(name), pesel)


def _companion(columns: Sequence[Column]) -> bool:
    """Whether a table has a column of text that is no code: a key such as `par-0001`, or a name."""
    return any(
        column.kind == "string" and not set(column.name.split("_")) & _FORMS.keys()
        for column in columns
    )
