"""Rows in the forms of programs: JSON (an array, or one object a line) and Parquet."""

import io
import json
from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from schemas.text import Text
from sources.tabular import refusals
from sources.tabular.cells import Value

MAX_ROWS = 2_000_000
_MAX_FIELDS = 1_000

Records = tuple[list[str], list[tuple[Value, ...]], list[int]]
"""Names in the order in which they first come, rows, and the number of each from 1."""


def read_json(data: bytes, name: str) -> Records:
    """Rows of a JSON array of objects, or of JSON lines.

    Raises PimError `PIM-TAB-004` (no JSON) or `PIM-TAB-009` (objects or lists inside, a name
    twice in an object). Numbers keep their digits.
    """
    try:
        text = data.decode("utf-8-sig")
        if text.lstrip().startswith("["):
            found = _loaded(text)
            numbered = list(enumerate(found if isinstance(found, list) else [found], start=1))
        else:
            lines = enumerate(text.split("\n"), start=1)
            numbered = [(number, _loaded(line)) for number, line in lines if line.strip()]
    except UnicodeDecodeError as error:
        raise refusals.damaged(name, f"UTF-8: {error.start}") from error
    except RecursionError as error:
        raise refusals.not_rows(name, _nested("-")) from error
    except _RepeatedNameError as error:
        raise refusals.not_rows(
            name,
            Text(
                f"Nazwa „{error}” stoi w obiekcie dwa razy.",
                f"The name '{error}' stands in an object twice.",
            ),
        ) from error
    except ValueError as error:
        raise refusals.damaged(name, f"JSON: {error}") from error
    names: dict[str, None] = {}
    for number, row in numbered:
        if not isinstance(row, dict):
            raise refusals.not_rows(name, _nested(str(number)))
        names |= dict.fromkeys(row)
        if len(names) > _MAX_FIELDS or any(isinstance(v, dict | list) for v in row.values()):
            raise refusals.not_rows(name, _nested(str(number)))
    rows = [tuple(row.get(n) for n in names) for _, row in numbered]
    return list(names), rows, [number for number, _ in numbered]


def read_parquet(data: bytes, name: str) -> pl.DataFrame:
    """Rows of a Parquet file, typed as they are there.

    Raises PimError `PIM-TAB-003` (too large), `PIM-TAB-004` (damaged) or `PIM-TAB-009` (lists
    and structs).
    """
    try:
        schema = pl.read_parquet_schema(io.BytesIO(data))
        count = pl.scan_parquet(io.BytesIO(data)).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise refusals.damaged(name, f"Parquet: {type(error).__name__}") from error
    if count > MAX_ROWS:
        why = Text(
            f"Ma {count} wierszy, a granica to {MAX_ROWS}.",
            f"It has {count} rows, and the limit is {MAX_ROWS}.",
        )
        raise refusals.too_large(name, why)
    if nested := [column for column, dtype in schema.items() if dtype.is_nested()]:
        raise refusals.not_rows(name, _nested(", ".join(nested[:10])))
    try:
        return pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise refusals.damaged(name, f"Parquet: {type(error).__name__}") from error


class _RepeatedNameError(Exception):
    """An object has a name twice, so that one of the values would be lost."""


def _loaded(text: str) -> object:
    found: object = json.loads(
        text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_object
    )
    return found


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedNameError(next(n for n, _ in pairs if [p for p, _ in pairs].count(n) > 1))
    return found


def _no_number(text: str) -> object:
    raise ValueError(text)


def _nested(where: str) -> Text:
    return Text(
        f"W wierszu lub kolumnie {where} jest coś innego niż proste wartości.",
        f"Row or column {where} holds something other than plain values.",
    )
