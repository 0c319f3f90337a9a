"""What changed, in sentences for people: made from the difference and the declarations alone."""

from collections.abc import Iterable, Iterator, Sequence

from exports.release.diff import Cells, TableDiff
from exports.release.naming import label
from schemas.columns import Column
from schemas.counting import ROWS, polish_form
from schemas.table import Table
from schemas.text import Text

NAMES_SHOWN = 5
"""Rows named in one sentence; more would not be read."""
LONGEST_VALUE = 60
"""Characters of a value in a sentence."""


def sentences(
    diff: TableDiff, added: Sequence[Text], removed: Sequence[Text], changed: Sequence[Text]
) -> Iterator[Text]:
    """What happened to a table, one sentence for each kind of change.

    `added`, `removed` and `changed` name the rows of the difference, in its order.
    """
    table = Text(f"„{diff.table.title.pl}”", f"'{diff.table.title.en}'")
    words = diff.table.rows
    if diff.is_new:
        rows = words.count(diff.after)
        yield Text(f"Nowa tabela {table.pl}: {rows.pl}.", f"New table {table.en}: {rows.en}.")
        return
    if diff.rekeyed:
        rows = words.count(diff.before)
        yield Text(
            f"Tabela {table.pl} ma nowy klucz: {rows.pl} przedtem, {diff.after} teraz.",
            f"Table {table.en} has a new key: {rows.en} before, {diff.after} now.",
        )
        return
    for number, names, stem, done in (
        (diff.added, added, "Przybył", "added"),
        (diff.removed, removed, "Ubył", "removed"),
    ):
        if number:
            rows, named = words.count(number), _named(names, number)
            yield Text(
                f"{words.verb(number, stem)} {rows.pl}{named.pl}.",
                f"{rows.en} {'was' if number == 1 else 'were'} {done}{named.en}.",
            )
    columns = {column.name: column for column in diff.table.columns}
    for name, cells in diff.cells.items():
        yield from _of_column(diff, columns[name], cells, changed)


def _of_column(
    diff: TableDiff, column: Column, cells: Cells, names: Sequence[Text]
) -> Iterator[Text]:
    title = Text(f"„{column.title.pl}”", f"'{column.title.en}'")
    met: dict[str, list[tuple[Text, str | None, str | None]]] = {}
    for name, change in zip(names, diff.changed_rows, strict=False):
        if column.name in change.cells:
            old, new = change.cells[column.name]
            kind = "gained" if old is None else "lost" if new is None else "corrected"
            met.setdefault(kind, []).append((name, old, new))
    for kind, count in vars(cells).items():
        found = met.get(kind, [])
        if count == 1 and found:
            name, old, new = found[0]
            said, row = _one(shown(column, old), shown(column, new)), diff.table.rows.one()
            yield Text(
                _ended(f"{cut(name.pl)} ({row.pl}): {title.pl} {said.pl}"),
                _ended(f"{cut(name.en)} ({row.en}): {title.en} {said.en}"),
            )
        elif count:
            said, named = _several(diff.table, kind, count, title), _named(_first(found), count)
            yield Text(f"{said.pl}{named.pl}.", f"{said.en}{named.en}.")


def _first(found: Iterable[tuple[Text, str | None, str | None]]) -> list[Text]:
    return [name for name, _, _ in found]


def _ended(sentence: str) -> str:
    """A sentence with its full stop, which the value at its end may bring along."""
    return sentence if sentence.rstrip("”'").endswith((".", "…")) else f"{sentence}."


def _one(before: Text | None, after: Text | None) -> Text:
    if before is None and after is not None:
        return Text(f"uzupełniono: {after.pl}", f"was filled in: {after.en}")
    if after is None and before is not None:
        return Text(f"usunięto (było: {before.pl})", f"was removed (it was: {before.en})")
    old, new = before or Text("-", "-"), after or Text("-", "-")
    return Text(f"poprawiono z {old.pl} na {new.pl}", f"was corrected from {old.en} to {new.en}")


def _several(table: type[Table], kind: str, count: int, title: Text) -> Text:
    """3 miasta zyskały „Tytuł MID” / 3 cities gained 'MID title'."""
    words = table.rows
    rows = words.count(count)
    if kind == "gained":
        return Text(
            f"{rows.pl} {words.verb(count, 'zyskał')} {title.pl}", f"{rows.en} gained {title.en}"
        )
    if kind == "lost":
        return Text(
            f"{rows.pl} {words.verb(count, 'stracił')} {title.pl}", f"{rows.en} lost {title.en}"
        )
    return Text(f"Poprawiono {title.pl} ({rows.pl})", f"{title.en} was corrected ({rows.en})")


def _named(names: Iterable[Text], count: int) -> Text:
    """`: a, b, c i jeszcze 4`, each name once; nothing where no name is known."""
    known = list(dict.fromkeys(name for name in names if name.pl))
    if not known:
        return Text("", "")
    listed = [
        ", ".join(cut(name) for name in tongue[:NAMES_SHOWN]) for tongue in zip(*known, strict=True)
    ]
    polish, english = listed
    more = max(count - NAMES_SHOWN, 0) if len(known) > NAMES_SHOWN else 0
    if not more:
        return Text(f": {polish}", f": {english}")
    return Text(f": {polish} i jeszcze {more}", f": {english} and {more} more")


def shown(column: Column, value: str | None) -> Text | None:
    """A cell of the English package in both languages, as part of a sentence; texts in quotes."""
    if value is None:
        return None
    text = label(column, value)
    if column.kind == "string" and not column.codes:
        return Text(f"„{cut(text.pl)}”", f"'{cut(text.en)}'")
    return Text(cut(text.pl), cut(text.en))


def cut(text: str) -> str:
    """A value as part of a sentence: one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


def first_release(tables: Sequence[type[Table]], rows: int, datasets: int) -> Text:
    """The sentence of a first release."""
    sets = polish_form(datasets, "zbiór", "zbiory", "zbiorów")
    count = len(tables)
    polish = polish_form(count, "tabela", "tabele", "tabel")
    return Text(
        f"Pierwsze wydanie: {datasets} {sets}, {count} {polish}, {ROWS.count(rows).pl}.",
        f"First release: {datasets} {'data set' if datasets == 1 else 'data sets'}, "
        f"{count} {'table' if count == 1 else 'tables'}, {ROWS.count(rows).en}.",
    )
