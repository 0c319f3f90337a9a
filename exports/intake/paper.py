"""How a sheet is printed: as wide as a page, with its header on each, numbered."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_MARGIN = 0.4


def fit_to_page(sheet: Worksheet, header_row: int | None = None, *, upright: bool = False) -> None:
    """Fit all columns on one page; `header_row` is repeated on every page."""
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text="&A"), right=_HeaderFooterPart(text="&P / &N")
    )
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
