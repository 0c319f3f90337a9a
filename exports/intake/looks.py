"""How the workbooks look: few colours, each with a contrast of 4.5 to 1 or more."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

_FAMILY = "Calibri"
DARK = "1F3A5F"
_GREY = "595959"

TITLE = Font(name=_FAMILY, size=15, bold=True, color=DARK)
STRONG = Font(name=_FAMILY, size=11, bold=True, color=DARK)
TEXT = Font(name=_FAMILY, size=11, color="000000")
HEADER = Font(name=_FAMILY, size=11, bold=True, color="FFFFFF")
HINT = Font(name=_FAMILY, size=9, italic=True, color=_GREY)
QUIET = Font(name=_FAMILY, size=10, color=_GREY)
SHOWN = Font(name=_FAMILY, size=11, italic=True, color=_GREY)
LINK = Font(name=_FAMILY, size=11, color="0B4F9E", underline="single")
BAD = Font(name=_FAMILY, size=11, color="7A0010")
FINE = Font(name=_FAMILY, size=11, color="0B5D1E")

HEADER_FILL = PatternFill("solid", fgColor=DARK)
OPTIONAL_FILL = PatternFill("solid", fgColor="4A6785")
HINT_FILL = PatternFill("solid", fgColor="EEF2F7")
SHOWN_FILL = PatternFill("solid", fgColor="F5F5F5")
BAD_FILL = PatternFill("solid", fgColor="FBD5D5")
FINE_FILL = PatternFill("solid", fgColor="DDF3E0")
MISSING_FILL = PatternFill("solid", bgColor="FFF3C4")

_THIN = Side(style="thin", color="BFC8D3")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
WRAPPED = Alignment(wrap_text=True, vertical="top")
MIDDLE = Alignment(wrap_text=True, vertical="center")
OPEN = Protection(locked=False)
LOCKED = Protection(locked=True)
PLAIN = Alignment(vertical="top")
NO_GRID = Border()
NO_FILL = PatternFill(fill_type=None)
