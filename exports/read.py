"""Reading a data package back with its own schema: types, missing values, labels, hashes."""

from pathlib import Path

import polars as pl

from exports.opening import Field, File, damage, damaged, open_package
from schemas.errors import PimError
from schemas.text import Text


def _typed(field: Field, missing: tuple[str, ...], *, codes: bool) -> pl.Expr:
    """The column of a published CSV as its declared type; casts are strict."""
    column = pl.col(field.name)
    text = pl.when(~column.is_in(missing)).then(column)
    match field.kind:
        case "integer":
            typed = text.cast(pl.Int64)
        case "number":
            typed = text.cast(pl.Decimal(18, field.decimals))
        case "boolean":
            typed = text.replace_strict({"True": True, "False": False}, return_dtype=pl.Boolean)
        case "date":
            typed = text.str.to_date("%Y-%m-%d")
        case "datetime":
            typed = text.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us")
        case _ if codes and field.codes:
            typed = text.replace_strict(dict(field.codes), return_dtype=pl.String)
        case _:
            typed = text
    return typed.alias(field.name)


def _unreadable(file: File, what: Text, why: str) -> PimError:
    return PimError(
        "PIM-EXP-033",
        what,
        where=file.path.name,
        why=Text(why, why) if why else None,
        fix=Text(
            "Pobierz paczkę ponownie albo zgłoś błąd jej wydawcy.",
            "Fetch the package again, or tell its publisher.",
        ),
    )


def _read(file: File, *, codes: bool) -> pl.DataFrame:
    names = [field.name for field in file.fields]
    try:
        raw = pl.read_csv(
            file.path,
            infer_schema=False,
            empty_string_is_null=False,
            glob=False,
            extra_columns="raise",
            missing_columns="raise",
        )
        if raw.columns != names:
            raise _unreadable(
                file,
                Text(
                    "Nagłówek pliku różni się od opisu.",
                    "The header of the file differs from its description.",
                ),
                "",
            )
        return raw.select(_typed(field, file.missing, codes=codes) for field in file.fields)
    except pl.exceptions.PolarsError as error:
        what = Text("Plik nie zgadza się ze swoim opisem.", "The file breaks its description.")
        raise _unreadable(file, what, str(error).split("\n", maxsplit=1)[0]) from error


def read_package(folder: Path, *, codes: bool = False) -> dict[str, pl.DataFrame]:
    """The tables of a package, by resource name, typed by its own `datapackage.json`.

    Column names are those of the package's language. Code columns hold labels, or with
    `codes` the codes of the warehouse. Every listed file, Parquet too, is verified by size
    and sha256 first. Raises PimError `PIM-EXP-030` to `-033`; nothing outside `folder` is
    ever opened.
    """
    files = open_package(folder)
    for file in files:
        found = damage(file)
        if found is not None:
            raise damaged(file, found)
    return {file.name: _read(file, codes=codes) for file in files if file.fields}
