"""The XML forms, read as a stream: `<col name="WOJ">` to 2017, `<WOJ>` since 2018.

No entity is expanded: a document type declaration is refused before the parser sees it.
"""

import io
import re
from collections.abc import Iterator

import polars as pl
from lxml import etree

from schemas.text import Text
from sources.teryt.raw import Raw, check_size, find_header, no_header
from sources.teryt.refusals import TRY_LATER, refused
from sources.teryt.sets import ALIASES, Register

ROOTS = ("teryt", "SIMC", "ULIC", "TERC", "NTS", "WMRODZ")
"""Roots of full files. GUS gives WMRODZ the root SIMC, so the columns decide the set."""
_BATCH = 20_000
"""Rows held as Python texts before they become a frame; bounds memory for ULIC."""

Fields = tuple[list[str], list[str | None]]
"""One row: its column names and its values, in the order of the file."""


def root_of(data: bytes) -> str:
    """Name of the root element, or nothing."""
    match = re.search(rb"<([A-Za-z_][\w.:-]*)", re.sub(rb"<!--.*?-->", b"", data[:4096]))
    return match[1].decode() if match else ""


def elements(data: bytes, tag: str, name: str) -> Iterator[Fields]:
    """The rows of a file: each element `tag` with its children, one after the other.

    Raises PimError `PIM-TRY-011` (broken or cut off) or `PIM-TRY-012` (a DTD).
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _declaration(name)
    # `encoding` overrules the XML declaration, which old copies and re-saved files get wrong.
    stream = etree.iterparse(
        io.BytesIO(data),
        tag=tag,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in stream:
            # iterdescendants, not children: a nested element would lose its text silently.
            cells = list(element.iterdescendants())
            named = bool(cells) and cells[0].tag == "col"
            names = [c.get("name", "") if named else str(c.tag) for c in cells]
            yield names, [c.text for c in cells]
            parent = element.getparent()
            element.clear()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise _broken(name, error) from error


def read_xml(data: bytes, name: str) -> Raw:
    """Read UTF-8 text of a full file, either form.

    Raises PimError `PIM-TRY-009`, `-011`, `-012`, or `-013` when rows differ in their columns.
    """
    root = root_of(data)
    if root not in ROOTS:
        raise no_header(name, f"<{root}>")
    columns: list[str] | None = None
    register: Register | None = None
    batches: list[pl.DataFrame] = []
    rows: list[list[str | None]] = []
    count = 0
    for names, values in elements(data, "row", name):
        count += 1
        if columns is None or register is None:
            columns, register = names, _register(names, name)
        if names != columns:
            raise _other_columns(name, count, names)
        rows.append(values)
        if len(rows) == _BATCH:
            check_size(count, name)
            batches.append(_frame(rows, register))
            rows = []
    if register is None:
        raise no_header(name, f"<{root}> without rows")
    batches.append(_frame(rows, register))
    return Raw(pl.concat(batches), register, count)


def _register(names: list[str], name: str) -> Register:
    found = find_header([[ALIASES.get(one, one) for one in names]])
    if found is None:
        raise no_header(name, ",".join(names))
    return found[1]


def _frame(rows: list[list[str | None]], register: Register) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(register.columns, pl.String), orient="row")


def _declaration(name: str) -> Exception:
    return refused(
        12,
        Text(
            "Plik XML ma deklarację typu dokumentu (DTD), której pliki GUS nie mają.",
            "The XML file has a document type declaration (DTD), which files of GUS never have.",
        ),
        where=name,
    )


def _broken(name: str, error: etree.XMLSyntaxError) -> Exception:
    return refused(
        11,
        Text("Plik XML jest uszkodzony albo urwany.", "The XML file is broken or cut off."),
        where=f"{name}, {error.lineno}",
        fix=TRY_LATER,
        source=True,
    )


def _other_columns(name: str, row: int, names: list[str]) -> Exception:
    listed = ", ".join(names)[:200]
    return refused(
        13,
        Text(
            "Wiersz XML ma inne kolumny niż pierwszy.",
            "An XML row has other columns than the first.",
        ),
        where=f"{name}, <row> {row}",
        why=Text(f"Jego kolumny: {listed}.", f"Its columns: {listed}."),
    )
