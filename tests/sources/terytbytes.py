"""Small TERYT files made for tests: each trap of the real ones in a few bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

Row = Sequence[str]

TERC = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")
AREA = ("WOJ", "POW", "GMI", "RODZ_GMI")
SIMC = (*AREA, "RM", "MZ", "NAZWA", "SYM", "SYMPOD", "STAN_NA")
ULIC = (*AREA, "SYM", "SYM_UL", "CECHA", "NAZWA_1", "NAZWA_2", "STAN_NA")
WMRODZ = ("RM", "NAZWA_RM", "STAN_NA")

DAY = "2025-01-01"

TERC_ROWS: list[Row] = [
    ("02", "", "", "", "DOLNOŚLĄSKIE", "województwo", DAY),
    ("02", "01", "", "", "bolesławiecki", "powiat", DAY),
    ("02", "01", "01", "1", "Bolesławiec", "gmina miejska", DAY),
    ("02", "01", "02", "2", "Bolesławiec", "gmina wiejska", DAY),
    ("02", "01", "04", "3", "Nowogrodziec", "gmina miejsko-wiejska", DAY),
    ("02", "01", "04", "4", "Nowogrodziec", "miasto", DAY),
    ("02", "01", "04", "5", "Nowogrodziec", "obszar wiejski", DAY),
    ("02", "64", "", "", "Wrocław", "miasto na prawach powiatu", DAY),
    ("02", "64", "01", "1", "Wrocław", "gmina miejska", DAY),
    ("02", "64", "06", "9", "Wrocław-Śródmieście", "delegatura", DAY),
]
WMRODZ_ROWS: list[Row] = [("00", "część", "2013-02-28"), ("05", "osada leśna", "2013-02-28")]


def csv_bytes(
    rows: Iterable[Row],
    columns: Row = TERC,
    *,
    bom: bool = True,
    newline: str = "\r\n",
    blank_last: bool = True,
    encoding: str = "utf-8",
) -> bytes:
    """A CSV as GUS writes it: BOM, `;`, CRLF, no quoting, blank last line."""
    lines = [";".join(row) for row in (columns, *rows)]
    text = newline.join([*lines, "", ""] if blank_last else [*lines, ""])
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode(encoding)


def xml_bytes(
    rows: Iterable[Row], columns: Row = TERC, *, root: str = "teryt", old: bool = False
) -> bytes:
    """An XML as GUS writes it since 2018, or with `<col name=…>` as before."""
    parts = [f'<?xml version="1.0" encoding="utf-8"?>\r\n<{root}>\r\n  <catalog name="x">']
    for row in rows:
        cells = zip(columns, map(escape, row), strict=True)
        if old:
            inner = "".join(f'<col name="{name}">{value:24}</col>\n' for name, value in cells)
        else:
            inner = "".join(
                f"\r\n      <{name}>{value or chr(10) + '      '}</{name}>" for name, value in cells
            )
        parts.append(f"\r\n    <row>{inner}\r\n    </row>")
    parts.append(f"\r\n  </catalog>\r\n</{root}>")
    return "".join(parts).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of members in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def whole_terc() -> list[Row]:
    """An invented full register: every count of the real one holds."""
    rows: list[Row] = []
    made = 0
    for number in range(16):
        woj = f"{2 * (number + 1):02}"
        rows.append((woj, "", "", "", f"WOJEWÓDZTWO {woj}", "województwo", DAY))
        for powiat in range(1, 25 if number < 12 else 24):
            pow_ = f"{powiat:02}"
            rows.append((woj, pow_, "", "", f"powiat {woj}{pow_}", "powiat", DAY))
            for gmina in range(1, 8 if made < 200 else 7):
                kinds = {1: "1", 2: "345"}.get(gmina, "2")
                name = f"Gmina {woj}{pow_}{gmina:02}"
                rows.extend((woj, pow_, f"{gmina:02}", kind, name, "gmina", DAY) for kind in kinds)
            made += 1
    rows.append(("14", "01", "08", "8", "Dzielnica", "dzielnica", DAY))
    rows.append(("12", "01", "09", "9", "Delegatura", "delegatura", DAY))
    return rows
