"""What changed, in sentences for people: made from the difference and the declarations alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from exports.release.diff import Cells, TableDiff
from schemas.columns import Column
from schemas.table import Table
from schemas.text import Lang, Text

NAMES_SHOWN = 5
"""Rows named in one sentence; more would not be read."""
LONGEST_VALUE = 60
"""Characters of a value in a sentence."""

Names = Callable[[Sequence[int]], list[str]]


def polish_form(number: int, one: str, few: str, many: str) -> str:
    """The form of a Polish word after a number: 1 wiersz, 2 wiersze, 5 wierszy, 22 wiersze."""
    if number == 1:
        return one
    last, teens = number % 10, number % 100
    return few if 2 <= last <= 4 and not 12 <= teens <= 14 else many


def rows_text(number: int) -> Text:
    """A number of rows: 1 wiersz, 3 wiersze, 5 wierszy; 1 row, 3 rows."""
    polish = polish_form(number, "wiersz", "wiersze", "wierszy")
    return Text(f"{number} {polish}", f"{number} {'row' if number == 1 else 'rows'}")


def sentences(
    diff: TableDiff,
    added: Sequence[str],
    removed: Sequence[str],
    changed: Sequence[str],
) -> Iterator[Text]:
    """What happened to a table, one sentence for each kind of change.

    `added`, `removed` and `changed` name the rows of the difference, in its order.
    """
    table = Text(f"„{diff.table.title.pl}”", f"'{diff.table.title.en}'")
    if diff.is_new:
        rows = rows_text(diff.after)
        yield Text(f"Nowa tabela {table.pl}: {rows.pl}.", f"New table {table.en}: {rows.en}.")
        return
    if diff.rekeyed:
        yield Text(
            f"Tabela {table.pl} ma nowy klucz: {rows_text(diff.before).pl} przedtem, "
            f"{diff.after} teraz.",
            f"Table {table.en} has a new key: {rows_text(diff.before).en} before, "
            f"{diff.after} now.",
        )
        return
    if diff.added:
        verb = polish_form(diff.added, "Przybył", "Przybyły", "Przybyło")
        rows = rows_text(diff.added)
        named = _named(added, diff.added)
        yield Text(
            f"{verb} {rows.pl} w tabeli {table.pl}{named.pl}.",
            f"{rows.en} came to table {table.en}{named.en}.",
        )
    if diff.removed:
        verb = polish_form(diff.removed, "Ubył", "Ubyły", "Ubyło")
        rows = rows_text(diff.removed)
        named = _named(removed, diff.removed)
        yield Text(
            f"{verb} {rows.pl} w tabeli {table.pl}{named.pl}.",
            f"{rows.en} left table {table.en}{named.en}.",
        )
    columns = {column.name: column for column in diff.table.columns}
    for name, cells in diff.cells.items():
        yield from _of_column(diff, columns[name], cells, changed)


def _of_column(
    diff: TableDiff, column: Column, cells: Cells, names: Sequence[str]
) -> Iterator[Text]:
    table = Text(f"„{diff.table.title.pl}”", f"'{diff.table.title.en}'")
    title = Text(f"„{column.title.pl}”", f"'{column.title.en}'")
    met: dict[str, list[tuple[str, str | None, str | None]]] = {}
    for name, change in zip(names, diff.changed_rows, strict=False):
        if column.name in change.cells:
            old, new = change.cells[column.name]
            kind = "gained" if old is None else "lost" if new is None else "corrected"
            met.setdefault(kind, []).append((name, old, new))
    for kind, count, tell in (
        ("gained", cells.gained, _gained),
        ("lost", cells.lost, _lost),
        ("corrected", cells.corrected, _corrected),
    ):
        found = met.get(kind, [])
        if count == 1 and found:
            name, old, new = found[0]
            before, after, name = shown(column, old), shown(column, new), cut(name)
            said = _one(before, after)
            yield Text(
                _ended(f"{name} ({table.pl}): {title.pl} {said.pl}"),
                _ended(f"{name} ({table.en}): {title.en} {said.en}"),
            )
        elif count:
            yield tell(count, table, title, _named([name for name, *_ in found], count))


def _ended(sentence: str) -> str:
    """A sentence with its full stop, which the value at its end may bring along."""
    return sentence if sentence.endswith((".", "…")) else f"{sentence}."


def _one(before: Text | None, after: Text | None) -> Text:
    if before is None and after is not None:
        return Text(f"uzupełniono: {after.pl}", f"was filled in: {after.en}")
    if after is None and before is not None:
        return Text(f"usunięto (było: {before.pl})", f"was removed (it was: {before.en})")
    old, new = before or Text("-", "-"), after or Text("-", "-")
    return Text(f"poprawiono z {old.pl} na {new.pl}", f"was corrected from {old.en} to {new.en}")


def _gained(count: int, table: Text, title: Text, named: Text) -> Text:
    verb = polish_form(count, "zyskał", "zyskały", "zyskało")
    rows = rows_text(count)
    return Text(
        f"{rows.pl} w tabeli {table.pl} {verb} wartość w kolumnie {title.pl}{named.pl}.",
        f"{rows.en} of table {table.en} gained a value in column {title.en}{named.en}.",
    )


def _lost(count: int, table: Text, title: Text, named: Text) -> Text:
    verb = polish_form(count, "stracił", "straciły", "straciło")
    rows = rows_text(count)
    return Text(
        f"{rows.pl} w tabeli {table.pl} {verb} wartość w kolumnie {title.pl}{named.pl}.",
        f"{rows.en} of table {table.en} lost the value in column {title.en}{named.en}.",
    )


def _corrected(count: int, table: Text, title: Text, named: Text) -> Text:
    rows = Text(f"{count} {polish_form(count, 'wierszu', 'wierszach', 'wierszach')}", "")
    return Text(
        f"W {rows.pl} tabeli {table.pl} poprawiono {title.pl}{named.pl}.",
        f"{title.en} was corrected in {rows_text(count).en} of table {table.en}{named.en}.",
    )


def _named(names: Iterable[str], count: int) -> Text:
    """`: a, b, c i jeszcze 4`, each name once; nothing where no name is known."""
    known = list(dict.fromkeys(name for name in names if name))
    if not known:
        return Text("", "")
    listed = ", ".join(cut(name) for name in known[:NAMES_SHOWN])
    more = max(count - NAMES_SHOWN, 0) if len(known) > NAMES_SHOWN else 0
    if not more:
        return Text(f": {listed}", f": {listed}")
    return Text(f": {listed} i jeszcze {more}", f": {listed} and {more} more")


def shown(column: Column, value: str | None) -> Text | None:
    """A cell of the English package in both languages: labels of lists have a Polish twin."""
    if value is None:
        return None
    for code in column.codes or ():
        if code.label.en == value:
            return code.label
    text = cut(value)
    return Text(text, text)


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
        f"Pierwsze wydanie: {datasets} {sets}, {count} {polish}, {rows_text(rows).pl}.",
        f"First release: {datasets} {'data set' if datasets == 1 else 'data sets'}, "
        f"{count} {'table' if count == 1 else 'tables'}, {rows_text(rows).en}.",
    )


def in_language(texts: Iterable[Text], lang: Lang) -> list[str]:
    """Sentences in one language."""
    return [text.of(lang) for text in texts]
