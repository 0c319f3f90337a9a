"""Rows of a web export in the shape of observations, so that they go the same way.

The export shows no attributes. Its footnote for the dash is the text of attribute 15, and a
plain number is what attribute 1 means; finer marks (preliminary, low precision) are lost in it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from schemas.files import scratch_folder
from schemas.missing import MissingReason
from schemas.tables.indicators import ValueAttribute
from sources.bdl.attributes import judged
from sources.bdl.merging import merge_into
from sources.bdl.observations import KEY, OBSERVED, one_city_once, plain_digits
from sources.bdl.revisions import Counts, latest
from sources.bdl.store import BdlStore
from sources.bdl.units import CityUnit
from sources.bdl.workbook import Export
from sources.codes import bdl_terc

_ATTRIBUTES = {
    MissingReason.NOT_PRESENTED.value: ValueAttribute.A15.value,
    MissingReason.NO_DATA.value: ValueAttribute.A4.value,
    MissingReason.SECRET.value: ValueAttribute.A4.value,
}


def observations_of_export(
    export: Export,
    variable_ids: Mapping[str, int],
    cities: Sequence[CityUnit],
    *,
    retrieved_on: date,
    sha256: str,
) -> pl.DataFrame:
    """The rows of cities, as `OBSERVED`.

    `variable_ids` says which variable the labels of a column are (`ogółem + mieszkania`): the
    workbook has no numbers. Other columns and all units that are no city are left out.
    """
    units = pl.DataFrame(
        [(one.city, one.unit_id, one.level, one.of_today) for one in cities],
        schema={
            "city": pl.String,
            "unit_id": pl.String,
            "level": pl.Int64,
            "of_today": pl.Boolean,
        },
        orient="row",
    ).with_columns(code=bdl_terc(pl.col("unit_id")).str.pad_end(7, "0"))
    numbers = pl.DataFrame(
        {"labels": list(variable_ids), "variable_id": list(variable_ids.values())},
        schema={"labels": pl.String, "variable_id": pl.Int64},
    )
    rows = export.rows.join(units, on="code").join(numbers, on="labels")
    return rows.select(
        "city",
        "variable_id",
        "year",
        plain_digits(pl.col("value")).alias("value"),
        pl.col("missing")
        .replace_strict(_ATTRIBUTES, default=ValueAttribute.A1.value, return_dtype=pl.String)
        .alias("attribute"),
        "unit_id",
        "level",
        "of_today",
        pl.lit(export.updated, pl.Date).alias("source_date"),
        pl.lit(retrieved_on, pl.Date).alias("retrieved_on"),
        pl.lit(sha256).alias("answer"),
    ).select(OBSERVED.keys())


def variables_of_export(
    export: Export, variables: pl.DataFrame, listed: pl.DataFrame
) -> tuple[str, dict[str, int]] | None:
    """The subject of a workbook, and which variable each labels of it are.

    `variables` is what the lines of the list mean (`sources.bdl.store.VARIABLES`), `listed` the
    list. The workbook knows neither numbers nor identifiers: its subject is known by its name,
    its columns by their labels, in any order. None where no line of the list means any of them.
    """
    named = listed.filter(_same(pl.col("subject_name_pl"), export.subject)).select("subject_id")
    meant = (
        variables.filter("current")
        .drop_nulls("variable_id")
        .join(named.unique(), on="subject_id", how="semi")
        .select("subject_id", "variable_id", "variable_labels")
    )
    by_labels = {_labels(labels): (subject, number) for subject, number, labels in meant.rows()}
    found = {
        labels: by_labels[_labels(labels)]
        for labels in export.rows.get_column("labels").unique().sort()
        if _labels(labels) in by_labels
    }
    if not found:
        return None
    return next(iter(found.values()))[0], {labels: number for labels, (_, number) in found.items()}


def merge_export(store: BdlStore, subject_id: str, rows: pl.DataFrame) -> Counts:
    """Add rows of a workbook to the kept observations of its subject.

    What is kept already with the same value stays as it is: the workbook says less of it, since
    it shows no attributes. Raises PimError `PIM-BDL-012` or `-013`.
    """
    with store.writing(), scratch_folder(store.folder / "workbook") as scratch:
        known = pl.col("variable_id").is_in(rows.get_column("variable_id").unique().implode())
        kept = latest(store.scan().filter(known).collect())
        told = one_city_once(rows).join(kept, on=list(KEY), how="left", suffix="_kept")
        value, _ = judged(pl.col("value"), pl.col("attribute"))
        before, _ = judged(pl.col("value_kept"), pl.col("attribute_kept"))
        news = told.filter(pl.col("revision").is_null() | value.ne_missing(before))
        path = scratch / "rows.parquet"
        news.select(OBSERVED.keys()).write_parquet(path)
        return merge_into(store.observations(subject_id), [path])


def _labels(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split(" + "))


def _same(column: pl.Expr, text: str) -> pl.Expr:
    return column.str.to_lowercase() == text.lower()
