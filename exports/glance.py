"""Short tables of a package looked at in memory: which of them are certainly good.

To plan a query that asks everything of a table takes DuckDB ten times as long as Python needs for
a hundred rows. So a short CSV is looked at here first. Nothing is decided but that all is well:
whatever else there is, `exports.validate` asks DuckDB, which says what is wrong.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise, starmap
from operator import lt

import duckdb

from exports import sql
from exports.cells import form, sql_types
from exports.opening import Field, File
from exports.refusals import harmless

MAX_BYTES = 512 * 1024
"""A longer file is left to DuckDB, which needs no more time for it."""
_MAX_SIGNS = 64 * 1024 * 1024
"""So many signs a Parquet file could give that has a text of the longest in each of its cells."""

Words = Mapping[str, object]
"""The different cells of a column and what they mean; None for a missing value."""

_VALUES: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"True": True, "False": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
_NUMBERS = frozenset({"integer", "number"})
_LONGEST = 18
"""Numbers of so many signs fit BIGINT and DECIMAL(18)."""


class Glance:
    """The short tables of a package, each read once."""

    def __init__(self, files: Mapping[str, File]) -> None:
        """Look at `files`, which are named as in their package and have the bytes it says."""
        self._files = files
        self._plain = {file.path for file in files.values() if not file.fields}
        self._sharing = Counter(file.parquet for file in files.values() if file.fields)
        self._read: dict[str, dict[str, list[str]] | None] = {}

    def good(self, connection: duckdb.DuckDBPyConnection, file: File) -> bool:
        """Whether a CSV and its Parquet file, if it has one, are certainly as their package says.

        Never said of one of several that share a Parquet file, as the parts of a long table do.
        """
        columns = None if self._sharing[file.parquet] > 1 else self._columns(file)
        if columns is None:
            return False
        words = {field.name: _words(field, file, columns[field.name]) for field in file.fields}
        known = {name: meant for name, meant in words.items() if meant is not None}
        if len(known) < len(words) or not self._referring(file, known):
            return False
        if not all(any(sign in meant for meant in known.values()) for sign in file.missing if sign):
            return False
        said = {name: [meant[cell] for cell in columns[name]] for name, meant in known.items()}
        try:
            return (
                _rising(file, said)
                and _matching(connection, file, known)
                and (file.parquet not in self._plain or _same(connection, file, said))
            )
        except duckdb.Error:
            return False

    def _columns(self, file: File) -> dict[str, list[str]] | None:
        if file.name not in self._read:
            self._read[file.name] = _columns(file)
        return self._read[file.name]

    def _referring(self, file: File, words: Mapping[str, Words]) -> bool:
        """Whether all that the table refers to is there."""
        for column, resource, target in file.foreign:
            parent = self._files.get(resource or file.name)
            there = None if parent is None else self._columns(parent)
            if there is None or column not in words or target not in there:
                return False
            if not words[column].keys() - set(file.missing) <= set(there[target]):
                return False
        return True


def _columns(file: File) -> dict[str, list[str]] | None:
    """The cells of each column of a short CSV; None where it is not written in the plainest way."""
    names = [field.name for field in file.fields]
    if file.bytes > MAX_BYTES or not names:
        return None
    text = file.path.read_bytes()
    try:
        header, *rows = csv.reader(io.StringIO(text.decode(), newline=""), strict=True)
    except (ValueError, csv.Error):
        return None
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows([header, *rows])
    even = all(len(row) == len(names) for row in rows)
    if header != names or len(set(names)) < len(names) or not even:
        return None
    if again.getvalue().encode() != text:
        return None
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _words(field: Field, file: File, cells: list[str]) -> Words | None:
    """What each different cell means; None where one of them may be wrong."""
    words = set(cells)
    missing = words & set(file.missing)
    present = sorted(words - missing)
    if missing and ("" in missing or field.required):
        return None
    shape, meaning = form(field), _VALUES.get(field.kind)
    good: Callable[[str], object] = harmless
    if shape is not None:
        good = re.compile(shape, re.ASCII).fullmatch
    longest = _LONGEST if field.kind in _NUMBERS else MAX_BYTES
    if meaning is None or not all(good(word) and len(word) <= longest for word in present):
        return None
    try:
        values = {word: meaning(word) for word in present}
    except ValueError:
        return None
    if date.max in values.values():  # what DuckDB gives for infinity, too
        return None
    return {**values, **dict.fromkeys(missing)} if _within(field, present, values) else None


def _within(field: Field, present: list[str], values: Words) -> bool:
    """Whether the words of a column certainly keep its constraints."""
    limits = field.constraints
    enum, longest = limits.get("enum"), limits.get("maxLength")
    if isinstance(enum, list) and not {str(label) for label in enum}.issuperset(present):
        return False
    if isinstance(longest, int) and any(len(word) > longest for word in present):
        return False
    for limit, sign in (("minimum", 1), ("maximum", -1)):
        bound = limits.get(limit)
        if isinstance(bound, int):
            numbers = [value for value in values.values() if isinstance(value, int | Decimal)]
            if field.kind not in _NUMBERS or any(n * sign < bound * sign for n in numbers):
                return False
    return True


def _matching(
    connection: duckdb.DuckDBPyConnection, file: File, known: Mapping[str, Words]
) -> bool:
    """Whether the patterns of the columns match each present word as a whole.

    By DuckDB, as `exports.cells` has it: its patterns take a time in line with the text, whoever
    wrote them, and no other library means the same by all of them.
    """
    matches: list[str] = []
    texts: list[list[str]] = []
    for field in file.fields:
        pattern = field.constraints.get("pattern")
        words = [word for word, meant in known[field.name].items() if meant is not None]
        if isinstance(pattern, str) and words:
            matches.append(f"regexp_full_match(w{len(texts)}, {sql.literal(pattern)})")
            texts.append(words)
    if not matches:
        return True
    lists = ", ".join(f"unnest(?) AS w{place}" for place in range(len(texts)))
    query = f"SELECT bool_and({' AND '.join(matches)}) FROM (SELECT {lists})"  # noqa: S608  # quoted
    return connection.execute(query, texts).fetchall() == [(True,)]


def _rising(file: File, said: Mapping[str, list[object]]) -> bool:
    """Whether each row has a key, and a higher one than the row above."""
    if not file.key or not set(file.key) <= said.keys():
        return False
    parts = [said[name] for name in file.key]
    if any(None in part for part in parts):
        return False
    return all(starmap(lt, pairwise(zip(*parts, strict=True))))


def _same(
    connection: duckdb.DuckDBPyConnection, file: File, said: Mapping[str, list[object]]
) -> bool:
    """Whether the Parquet twin has the same columns, types and values."""
    rows = list(zip(*said.values(), strict=True))
    read, signs = [], 0
    for field in file.fields:
        cell = sql.name(field.name)
        if field.kind == "string":
            # A few bytes of Parquet can be a million long texts, and a result has no limit.
            longest = max(
                (len(word) for word in said[field.name] if isinstance(word, str)), default=0
            )
            cell, signs = f"left({cell}, {longest + 1})", signs + longest + 1
        read.append(cell)
    if signs * len(rows) > _MAX_SIGNS:
        return False
    if sql.types(connection, file.parquet) != sql_types(file):
        return False
    query = f"SELECT {', '.join(read)} FROM {sql.parquet(file.parquet)} LIMIT {len(rows) + 1}"  # noqa: S608
    return connection.execute(query).fetchall() == rows
