"""Pages of a DOCX, which has none of its own: what the program that saved it has noted.

Word notes where its pages began, others only the breaks that a person set, and both how many
pages there were. Pages are told only where the marks account for all of them.
"""

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_COUNT = re.compile(rb"<Pages>(\d{1,4})</Pages>")
_NEVER_COUNTED = b"<Words>0</Words>"
"""What stands in a file that a library wrote: its pages were never counted either."""
_TEXT = qn("w:t")
_RENDERED = qn("w:lastRenderedPageBreak")
_BREAK = qn("w:br")
_BEFORE = qn("w:pageBreakBefore")
_KIND = qn("w:type")
_VALUE = qn("w:val")
_OFF = {"0", "false", "off"}


class PageCounter:
    """Goes through a document in its order and tells the page of each paragraph and row."""

    def __init__(self, document: "Document") -> None:
        counted = _counted(document)
        body = document.element.body
        rendered = sum(1 for _ in body.iter(_RENDERED))
        set_by_hand = sum(_is_break(element) for element in body.iter(_BREAK, _BEFORE))
        self._by_program = rendered > 0
        marks = rendered or set_by_hand
        self.pages = counted if counted > marks else 0
        """Pages of the document; 0 where the file does not tell, or contradicts itself."""
        self._page = 1 if counted == marks + 1 else 0

    def at(self, element: "BaseOxmlElement") -> int:
        """The page on which the text of a paragraph or row begins; 0 where that is not certain."""
        if not self._page:
            return 0
        page = None
        for part in element.iter(_TEXT, _RENDERED, _BREAK, _BEFORE):
            if part.tag == _TEXT:
                page = self._page if page is None and part.text else page
            else:
                self._page += self._counts(part)
        return self._page if page is None else page

    def _counts(self, mark: "BaseOxmlElement") -> bool:
        if self._by_program:
            return mark.tag == _RENDERED
        return _is_break(mark)


def _is_break(mark: "BaseOxmlElement") -> bool:
    """Whether a mark that a person set begins a page."""
    if mark.tag == _BEFORE:
        return mark.get(_VALUE, "1") not in _OFF
    return mark.tag == _BREAK and mark.get(_KIND) == "page"


def _counted(document: "Document") -> int:
    """How many pages the program that saved the document counted; 0 where it does not say."""
    for part in document.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            found = None if _NEVER_COUNTED in part.blob else _COUNT.search(part.blob)
            return int(found[1]) if found else 0
    return 0
