"""Makes one content as a document of any kind, as office programs and web pages would."""

import html
import io
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

Part = tuple[str, str] | tuple[str, Sequence[Sequence[str]]]
"""`("h1", text)`, `("h2", text)`, `("p", text)`, `("li", text)` or `("table", rows)`."""

_GLYPHS = {
    "ą": "aogonek", "ć": "cacute", "ę": "eogonek", "ł": "lslash", "ń": "nacute", "ó": "oacute",
    "ś": "sacute", "ź": "zacute", "ż": "zdotaccent", "Ą": "Aogonek", "Ć": "Cacute",
    "Ę": "Eogonek", "Ł": "Lslash", "Ń": "Nacute", "Ó": "Oacute", "Ś": "Sacute", "Ź": "Zacute",
    "Ż": "Zdotaccent", "–": "endash", "„": "quotedblbase", "”": "quotedblright", "•": "bullet",
    "…": "ellipsis", "’": "quoteright",
}  # fmt: skip
_CODES = {letter: 128 + i for i, letter in enumerate(_GLYPHS)}
_SIZES = {"h1": 18, "h2": 14, "p": 10, "li": 10}


def make_txt(parts: Iterable[Part]) -> bytes:
    """Plain text: capitals for the first headings, hyphens, tabs."""
    lines: list[str] = []
    for kind, content in parts:
        if not isinstance(content, str):
            lines += ["", *("\t".join(row) for row in content), ""]
        else:
            text = content.upper() if kind == "h1" else f"- {content}" if kind == "li" else content
            lines += [text] if kind == "li" else ["", text, ""]
    return "\n".join(lines).encode()


def make_md(parts: Iterable[Part]) -> bytes:
    """Markdown."""
    lines: list[str] = []
    for kind, content in parts:
        if not isinstance(content, str):
            head, *body = ["| " + " | ".join(row) + " |" for row in content]
            lines += ["", head, "|" + "---|" * len(content[0]), *body, ""]
        else:
            mark = {"h1": "# ", "h2": "## ", "li": "* ", "p": ""}[kind]
            lines += [mark + content] if kind == "li" else ["", mark + content, ""]
    return "\n".join(lines).encode()


def make_html(parts: Iterable[Part]) -> bytes:
    """A page with a menu and a script around the content."""
    body: list[str] = []
    for kind, content in parts:
        if isinstance(content, str):
            text = html.escape(content)
            body.append(f"<ul><li>{text}</li></ul>" if kind == "li" else f"<{kind}>{text}</{kind}>")
        else:
            rows = ("".join(f"<td>{html.escape(c)}</td>" for c in row) for row in content)
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    page = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title></head><body>'
        "<nav><a href='/'>Menu strony</a></nav><script>var ukryte = 1;</script>\n"
    )
    return (page + "\n".join(body) + "</body></html>").encode()


def make_docx(parts: Iterable[Part]) -> bytes:
    """A document of Word with its own styles."""
    import docx

    document = docx.Document()
    styles = {"h1": "Heading 1", "h2": "Heading 2", "li": "List Bullet", "p": "Normal"}
    for kind, content in parts:
        if isinstance(content, str):
            document.add_paragraph(content, style=styles[kind])
        else:
            table = document.add_table(rows=0, cols=len(content[0]))
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    return _saved(document.save)


def make_pptx(parts: Iterable[Part]) -> bytes:
    """A deck with a slide for each heading."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    top = 1.5
    frame = None
    for kind, content in parts:
        if kind in {"h1", "h2"} and isinstance(content, str):
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            title = slide.shapes.title
            assert title is not None
            title.text = content
            top, frame = 1.5, None
        elif not isinstance(content, str):
            rows, columns = len(content), len(content[0])
            place = (Inches(1), Inches(top), Inches(8), Inches(1))
            table = slide.shapes.add_table(rows, columns, *place).table
            for r, row in enumerate(content):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
            top, frame = top + 1, None
        elif kind == "li" and frame is not None:
            frame.add_paragraph().text = "• " + content
        else:
            place = (Inches(1), Inches(top), Inches(8), Inches(0.4))
            box = slide.shapes.add_textbox(*place).text_frame
            box.text = ("• " if kind == "li" else "") + content
            frame = box if kind == "li" else None
            top += 0.5
    return _saved(deck.save)


def make_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with a sheet for each name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return _saved(book.save)


_ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def make_ods(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A spreadsheet of LibreOffice, with its million empty rows folded."""
    tables = "".join(
        f'<table:table table:name="{html.escape(name)}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these members."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


@dataclass
class _Pen:
    """Writes page after page of a PDF, from the top."""

    pages: list[list[str]]
    y: float = 0

    def line(self, text: str, size: float, x: float = 60, *, move: bool = True) -> None:
        if not self.pages or (move and self.y < 60):
            self.pages.append([])
            self.y = 790
        codes = bytes(_CODES.get(c, ord(c) if ord(c) < 128 else 63) for c in text)
        self.pages[-1].append(f"BT /F1 {size} Tf {x} {self.y:.1f} Td <{codes.hex()}> Tj ET")
        self.y -= size * 1.2 if move else 0

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        width = 480 / len(rows[0])
        self.y -= 8
        for row in rows:
            wrapped = [textwrap.wrap(cell, max(6, int(width / 5.5))) or [""] for cell in row]
            height = 12.0 * max(map(len, wrapped)) + 6
            if self.y - height < 60:
                self.pages.append([])
                self.y = 790
            top = self.y
            for c, lines in enumerate(wrapped):
                left = 60 + c * width
                box = f"{left:.1f} {top - height:.1f} {width:.1f} {height:.1f} re S"
                self.pages[-1].append(box)
                for number, text in enumerate(lines):
                    self.y = top - 12 - 12 * number
                    self.line(text, 10, left + 3, move=False)
            self.y = top - height
        self.y -= 14


def make_pdf(parts: Iterable[Part], *, encrypt: str = "") -> bytes:
    """A PDF with sizes for headings and ruled tables. `encrypt` is put into the trailer."""
    pen = _Pen([])
    for kind, content in parts:
        if not isinstance(content, str):
            pen.table(content)
            continue
        size = _SIZES[kind]
        pen.y -= size
        text = f"• {content}" if kind == "li" else content
        for line in textwrap.wrap(text, int(900 / size)):
            pen.line(line, size)
    return _pdf(pen.pages or [[]], encrypt)


def _pdf(pages: Sequence[Sequence[str]], encrypt: str) -> bytes:
    differences = " ".join(f"/{name}" for name in _GLYPHS.values())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids "
        f"[{' '.join(f'{5 + 2 * i} 0 R' for i in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 4 0 R >>",
        f"<< /Type /Encoding /Differences [128 {differences}] >>".encode(),
    ]
    for number, page in enumerate(pages):
        packed = zlib.compress("\n".join(page).encode())
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
            + packed
            + b"\nendstream",
        ]
    return pdf_of(objects, encrypt)


def pdf_of(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out = b"%PDF-1.7\n"
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
        + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
        + f"startxref\n{len(out)}\n%%EOF".encode()
    )


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    memory = io.BytesIO()
    save(memory)
    return memory.getvalue()


MAKERS: Mapping[str, Callable[[Iterable[Part]], bytes]] = {
    "txt": make_txt,
    "md": make_md,
    "html": make_html,
    "docx": make_docx,
    "pptx": make_pptx,
    "pdf": make_pdf,
}
"""Makers of running text by ending; workbooks have sheets instead."""
