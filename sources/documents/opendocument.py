"""ODS: each sheet is a table. The repeated rows and cells of the format stay folded."""

import io
from collections.abc import Iterator

from lxml import etree

from sources.documents import refusals
from sources.documents.archive import member, open_office
from sources.documents.collecting import Blocks
from sources.documents.model import Place, cell_name

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MANIFEST = "META-INF/manifest.xml"
_FEW = 100
"""A row or cell with text that is repeated more often than this is a fill, not content."""


def read_ods(data: bytes, blocks: Blocks) -> int:
    """Cells as they are shown; dates as ISO dates. Gives the sheets."""
    with open_office(data, blocks.name) as archive:
        if _MANIFEST in archive.namelist() and b"encryption-data" in member(
            archive, _MANIFEST, blocks.name
        ):
            raise refusals.encrypted(blocks.name)
        content = member(archive, "content.xml", blocks.name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.parse(io.BytesIO(content), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise refusals.damaged(blocks.name, "content.xml") from error
    sheets = list(root.iter(f"{_TABLE}table"))
    if len(sheets) > refusals.MAX_PAGES:
        raise refusals.too_large(blocks.name, refusals.limit(refusals.MAX_PAGES, "sheets"))
    for sheet in sheets:
        blocks.table(_rows(sheet, sheet.get(f"{_TABLE}name", ""), blocks.name))
    return len(sheets)


def _rows(sheet: etree._Element, title: str, name: str) -> Iterator[list[tuple[str, Place]]]:
    number = 1
    begun = False
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row, name))
        filled = any(cells)
        repeated = _repeated(row, f"{_TABLE}number-rows-repeated")
        begun = begun or filled
        for _ in range(min(repeated, _FEW) if filled else int(begun)):
            yield [
                (text, Place(sheet=title, cell=cell_name(number, c)))
                for c, text in enumerate(cells, 1)
            ]
        number += repeated


def _cells(row: etree._Element, name: str) -> Iterator[str]:
    empty = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _repeated(cell, f"{_TABLE}number-columns-repeated")
        text = _shown(cell)
        if not text:
            empty += repeated
            continue
        if empty + repeated > refusals.MAX_COLUMNS:
            raise refusals.too_large(name, refusals.limit(refusals.MAX_COLUMNS, "columns"))
        yield from [""] * empty
        yield from [text] * min(repeated, _FEW)
        empty = 0


def _shown(cell: etree._Element) -> str:
    date = cell.get(f"{_OFFICE}date-value", "")
    if date:
        return date.removesuffix("T00:00:00")
    return "\n".join("".join(map(str, p.itertext())) for p in cell.iterchildren(f"{_TEXT}p"))


def _repeated(element: etree._Element, attribute: str) -> int:
    count = element.get(attribute, "1")
    return int(count) if count.isdigit() and len(count) < 8 and count != "0" else 1
