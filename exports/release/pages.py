"""The page of what a release changed: one HTML file that needs nothing else.

Everything that came from data is escaped, nothing is loaded from elsewhere, and no script runs:
the page says so itself (Content-Security-Policy), so that it holds on any server.
"""

from collections.abc import Iterator, Mapping
from html import escape

from exports.release.feeds import NAMES, sentences_of
from schemas.table import Table
from schemas.text import Lang, Text

ROWS_SHOWN = 200
"""Rows of each kind on the page: it must open on a telephone. `changes.json` has more."""

Json = Mapping[str, object]

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;
background:#fff}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
caption{text-align:left;font-weight:600;padding:.25rem 0}th,td{border:1px solid #767676;
padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word;hyphens:auto}
th{background:#f0f0f0}del{background:#ffe3e0}ins{background:#dff5e1;text-decoration:none}
.none,.addition,.correction,.loss,.breaking{padding:.1rem .5rem;border:1px solid #767676}
.loss,.breaking{font-weight:700;background:#ffe3e0}.correction{background:#fff4d6}
section{overflow-x:auto}
"""
_SEVERITIES = {
    "none": Text("bez zmian w wierszach", "no row changed"),
    "addition": Text("tylko przybyło", "only additions"),
    "correction": Text("są poprawki", "corrections"),
    "loss": Text("coś ubyło", "something is gone"),
    "breaking": Text("może zepsuć programy czytających", "may break programs of readers"),
}
_WORDS = {
    "title": Text("Zmiany w wydaniu {version} z {date}", "Changes in release {version} of {date}"),
    "previous": Text("Poprzednie wydanie: {previous}.", "Release before: {previous}."),
    "first": Text("To pierwsze wydanie.", "This is the first release."),
    "severity": Text("Waga zmian", "Severity"),
    "summary": Text("W skrócie", "In short"),
    "tables": Text("Tabele", "Tables"),
    "counts": Text(
        "Wierszy przedtem {before}, teraz {after}; przybyło {added}, ubyło {removed}, zmieniło "
        "się {changed}.",
        "Rows before {before}, now {after}; {added} came, {removed} left, {changed} changed.",
    ),
    "added": Text("Przybyło", "Added"),
    "removed": Text("Ubyło", "Removed"),
    "changed": Text("Zmieniono", "Changed"),
    "row": Text("Wiersz", "Row"),
    "column": Text("Kolumna", "Column"),
    "old": Text("Było", "Was"),
    "new": Text("Jest", "Is"),
    "more": Text("…i jeszcze {n}; zob. changes.json.", "…and {n} more; see changes.json."),
    "nothing": Text("(brak)", "(none)"),
    "other": Text("English", "Po polsku"),
}


class Words:
    """Titles of columns and labels of lists in one language, ready for a page."""

    def __init__(self, table: type[Table] | None, lang: Lang) -> None:
        self.lang = lang
        self._columns = {column.name: column for column in table.columns} if table else {}
        self._labels = {
            (name, code.label.en): code.label.of(lang)
            for name, column in self._columns.items()
            for code in column.codes or ()
        }

    def title(self, name: str) -> str:
        """What a column is called."""
        known = self._columns.get(name)
        return escape(known.title.of(self.lang) if known else name)

    def cell(self, name: str, value: object) -> str:
        """A cell of the English package, with its label in the language of the page."""
        if value is None:
            return _WORDS["nothing"].of(self.lang)
        return escape(self._labels.get((name, str(value)), str(value)))


def changes_page(changes: Json, lang: Lang, tables: Mapping[str, type[Table]]) -> str:
    """The page of a `changes.json` in a language. `tables` gives titles and labels by name."""
    return "\n".join(_page(changes, lang, tables)) + "\n"


def _page(changes: Json, lang: Lang, tables: Mapping[str, type[Table]]) -> Iterator[str]:
    facts = {name: escape(str(changes[name])) for name in ("version", "date", "previous")}
    title = _WORDS["title"].of(lang).format(**facts)
    twin = "en" if lang == "pl" else "pl"
    severity = str(changes["severity"])
    before = _WORDS["previous" if changes["previous"] else "first"].of(lang).format(**facts)
    yield "<!doctype html>"
    yield f'<html lang="{lang}">'
    yield '<head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>"
    yield f"<body><main><h1>{title}</h1>"
    other = NAMES["page"].en if lang == "pl" else NAMES["page"].pl
    yield f'<p><a href="{other}" lang="{twin}" hreflang="{twin}">{_WORDS["other"].of(lang)}</a></p>'
    named = _SEVERITIES[severity].of(lang)
    yield f'<p>{before} {_WORDS["severity"].of(lang)}: <span class="{severity}">{named}</span></p>'
    yield f"<h2>{_WORDS['summary'].of(lang)}</h2><ul>"
    yield from (f"<li>{escape(text)}</li>" for text in sentences_of(changes, lang))
    yield f"</ul><h2>{_WORDS['tables'].of(lang)}</h2>"
    for table in _list(changes["tables"]):
        if table["added"] or table["removed"] or table["changed"]:
            yield from _table(table, lang, tables.get(str(table["table"])))
    yield "</main></body></html>"


def _list(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _table(table: Json, lang: Lang, declared: type[Table] | None) -> Iterator[str]:
    title = table["title"]
    named = escape(str(title[lang])) if isinstance(title, dict) else ""
    severity = str(table["severity"])
    yield f"<section><h3>{named} (<code>{escape(str(table['table']))}</code>)</h3>"
    counts = (
        _WORDS["counts"]
        .of(lang)
        .format(
            before=table["rows_before"],
            after=table["rows_after"],
            added=table["added"],
            removed=table["removed"],
            changed=table["changed"],
        )
    )
    label = _SEVERITIES[severity].of(lang)
    yield f'<p>{counts} <span class="{severity}">{label}</span></p>'
    words = Words(declared, lang)
    for kind in ("added", "removed"):
        yield from _rows(_list(table[f"{kind}_rows"]), kind, words, table[kind])
    yield from _changed(_list(table["changed_rows"]), words, table["changed"])
    yield "</section>"


def _rows(rows: list[Json], kind: str, words: Words, count: object) -> Iterator[str]:
    if not rows:
        return
    names = [str(name) for name in _object(rows[0]["row"])]
    heads = "".join(f'<th scope="col">{words.title(name)}</th>' for name in names)
    caption = _WORDS[kind].of(words.lang)
    yield f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for one in rows[:ROWS_SHOWN]:
        cells = _object(one["row"])
        shown = "".join(f"<td>{words.cell(name, cells[name])}</td>" for name in names)
        yield f"<tr>{shown}</tr>"
    yield "</tbody></table>"
    yield from _more(count, words.lang)


def _changed(rows: list[Json], words: Words, count: object) -> Iterator[str]:
    if not rows:
        return
    lang = words.lang
    heads = "".join(
        f'<th scope="col">{_WORDS[name].of(lang)}</th>' for name in ("row", "column", "old", "new")
    )
    caption = _WORDS["changed"].of(lang)
    yield f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for one in rows[:ROWS_SHOWN]:
        called = escape(str(_object(one["name"])[lang]))
        key = ", ".join(words.cell(*part) for part in _object(one["key"]).items())
        for column, pair in _object(one["cells"]).items():
            cells = _object(pair)
            yield (
                f'<tr><th scope="row">{called} <small>({key})</small></th>'
                f"<td>{words.title(column)}</td>"
                f"<td><del>{words.cell(column, cells['old'])}</del></td>"
                f"<td><ins>{words.cell(column, cells['new'])}</ins></td></tr>"
            )
    yield "</tbody></table>"
    yield from _more(count, lang)


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _more(count: object, lang: Lang) -> Iterator[str]:
    if isinstance(count, int) and count > ROWS_SHOWN:
        yield f"<p>{_WORDS['more'].of(lang).format(n=count - ROWS_SHOWN)}</p>"
