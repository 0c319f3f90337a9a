"""A plain text document (OpenDocument 1.3): headings, paragraphs and tables, in one language.

Made with lxml, since the one Python library for ODT is untyped, unmaintained since 2020 and
writes the clock into the file: here the same content gives the same bytes.
"""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from schemas.files import replacing
from schemas.text import Lang

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_VERSION = "1.3"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest that a ZIP can name: an entry's time would be the only thing that changes."""
_COUNTRIES: dict[Lang, str] = {"pl": "PL", "en": "GB"}
_MODE = 0o644 << 16
_STYLES = """
  <style:default-style style:family="paragraph">
    <style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.15cm"
      fo:orphans="2" fo:widows="2"/>
    <style:text-properties fo:font-family="'Liberation Sans', Arial, sans-serif"
      fo:font-size="10pt" fo:language="{lang}" fo:country="{country}"/>
  </style:default-style>
  <style:style style:name="Standard" style:family="paragraph"/>
  <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
    <style:paragraph-properties fo:margin-bottom="0.4cm"/>
    <style:text-properties fo:font-size="18pt" fo:font-weight="bold"/>
  </style:style>
  <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
    style:parent-style-name="Standard" style:default-outline-level="1">
    <style:paragraph-properties fo:margin-top="0.7cm" fo:margin-bottom="0.2cm"
      fo:keep-with-next="always"/>
    <style:text-properties fo:font-size="14pt" fo:font-weight="bold"/>
  </style:style>
  <style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Standard">
    <style:paragraph-properties fo:margin-bottom="0cm"/>
    <style:text-properties fo:font-size="8.5pt"/>
  </style:style>
  <style:style style:name="Head" style:family="paragraph" style:parent-style-name="Cell">
    <style:text-properties fo:font-weight="bold"/>
  </style:style>
"""
_PAGE = """
  <style:page-layout style:name="Page">
    <style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
      style:print-orientation="landscape" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"
      fo:margin-left="1.8cm" fo:margin-right="1.8cm"/>
  </style:page-layout>
"""
_TABLE = """
  <style:style style:name="Grid" style:family="table">
    <style:table-properties table:border-model="collapsing"/>
  </style:style>
  <style:style style:name="Row" style:family="table-row">
    <style:table-row-properties fo:keep-together="always"/>
  </style:style>
  <style:style style:name="Field" style:family="table-cell">
    <style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #999999"/>
  </style:style>
"""
_WIDTH = 26.1
"""Centimetres between the margins."""


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


class Document:
    """A document that grows from top to bottom and is saved once."""

    def __init__(self, title: str, lang: Lang) -> None:
        self.title = title
        self.lang = lang
        self._root = etree.Element(_tag("office:document-content"), nsmap=_NAMES)
        self._root.set(_tag("office:version"), _VERSION)
        self._styles = etree.fromstring(_wrapped("office:automatic-styles", _TABLE))
        self._root.append(self._styles)
        body = etree.SubElement(self._root, _tag("office:body"))
        self._text = etree.SubElement(body, _tag("office:text"))
        self._tables = 0
        self._paragraph(self._text, title, "Title")

    def heading(self, text: str) -> None:
        """A heading of the first level."""
        node = etree.SubElement(self._text, _tag("text:h"))
        node.set(_tag("text:style-name"), "Heading_20_1")
        node.set(_tag("text:outline-level"), "1")
        node.text = text

    def paragraph(self, text: str) -> None:
        """A paragraph of plain text."""
        self._paragraph(self._text, text, "Standard")

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]
    ) -> None:
        """A table whose head is repeated on each page.

        `shares` divide the width among the columns. A line feed in a cell begins a new
        paragraph.
        """
        self._tables += 1
        name = f"T{self._tables}"
        node = etree.SubElement(self._text, _tag("table:table"))
        node.set(_tag("table:name"), name)
        node.set(_tag("table:style-name"), "Grid")
        for number, share in enumerate(shares, start=1):
            style = f"{name}.{number}"
            self._column_style(style, _WIDTH * share / sum(shares))
            column = etree.SubElement(node, _tag("table:table-column"))
            column.set(_tag("table:style-name"), style)
        head = etree.SubElement(node, _tag("table:table-header-rows"))
        self._row(head, heads, "Head")
        for row in rows:
            self._row(node, row, "Cell")
        self._paragraph(self._text, "", "Standard")

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all."""
        members = {
            "content.xml": _bytes(self._root),
            "styles.xml": self._style_sheet(),
            "meta.xml": self._meta(),
            "META-INF/manifest.xml": _manifest(),
        }
        with replacing(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
            # First and unpacked, so that the type can be told from the first bytes.
            _add(archive, "mimetype", MEDIA_TYPE.encode(), zipfile.ZIP_STORED)
            for name, content in members.items():
                _add(archive, name, content, zipfile.ZIP_DEFLATED)

    def _row(self, parent: etree._Element, cells: Sequence[str], style: str) -> None:
        row = etree.SubElement(parent, _tag("table:table-row"))
        row.set(_tag("table:style-name"), "Row")
        for text in cells:
            cell = etree.SubElement(row, _tag("table:table-cell"))
            cell.set(_tag("table:style-name"), "Field")
            cell.set(_tag("office:value-type"), "string")
            for line in text.split("\n"):
                self._paragraph(cell, line, style)

    @staticmethod
    def _paragraph(parent: etree._Element, text: str, style: str) -> None:
        node = etree.SubElement(parent, _tag("text:p"))
        node.set(_tag("text:style-name"), style)
        node.text = text

    def _column_style(self, name: str, width: float) -> None:
        style = etree.SubElement(self._styles, _tag("style:style"))
        style.set(_tag("style:name"), name)
        style.set(_tag("style:family"), "table-column")
        properties = etree.SubElement(style, _tag("style:table-column-properties"))
        properties.set(_tag("style:column-width"), f"{width:.2f}cm")

    def _style_sheet(self) -> bytes:
        root = etree.Element(_tag("office:document-styles"), nsmap=_NAMES)
        root.set(_tag("office:version"), _VERSION)
        styles = _STYLES.format(lang=self.lang, country=_COUNTRIES[self.lang])
        root.append(etree.fromstring(_wrapped("office:styles", styles)))
        root.append(etree.fromstring(_wrapped("office:automatic-styles", _PAGE)))
        masters = etree.SubElement(root, _tag("office:master-styles"))
        master = etree.SubElement(masters, _tag("style:master-page"))
        master.set(_tag("style:name"), "Standard")
        master.set(_tag("style:page-layout-name"), "Page")
        return _bytes(root)

    def _meta(self) -> bytes:
        root = etree.Element(_tag("office:document-meta"), nsmap=_NAMES)
        root.set(_tag("office:version"), _VERSION)
        meta = etree.SubElement(root, _tag("office:meta"))
        etree.SubElement(meta, _tag("dc:title")).text = self.title
        etree.SubElement(meta, _tag("dc:language")).text = f"{self.lang}-{_COUNTRIES[self.lang]}"
        return _bytes(root)


def _wrapped(name: str, content: str) -> bytes:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
    return f"<{name} {declared}>{content}</{name}>".encode()


def _bytes(root: etree._Element) -> bytes:
    # Not indented: white space between paragraphs' words would be text.
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _manifest() -> bytes:
    root = etree.Element(_tag("manifest:manifest"), nsmap=_NAMES)
    root.set(_tag("manifest:version"), _VERSION)
    for path, media_type in (
        ("/", MEDIA_TYPE),
        ("content.xml", "text/xml"),
        ("styles.xml", "text/xml"),
        ("meta.xml", "text/xml"),
    ):
        entry = etree.SubElement(root, _tag("manifest:file-entry"))
        entry.set(_tag("manifest:full-path"), path)
        entry.set(_tag("manifest:media-type"), media_type)
    return _bytes(root)


def _add(archive: zipfile.ZipFile, name: str, content: bytes, packing: int) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = packing
    # Else the entry would tell on which system it was made.
    entry.create_system = 3
    entry.external_attr = _MODE
    archive.writestr(entry, content)
