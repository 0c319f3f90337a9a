"""Judges of captures, for the sources that share a form. Nothing here is unpacked unmeasured.

The readers of a source say more of its content; a judge says whether the file can be it at all.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from schemas.files import sha256
from schemas.text import Text
from sources.catalogue import Judge, Judgement
from sources.sheets import OLE
from sources.snapshots.refusals import empty, other_form, other_version, web_page
from sources.zips import BROKEN, Limits, ZipRefused, open_zip

_PIECE = 2**20
_LIMITS = Limits(members=2_000, unpacked=2**30, ratio=200)
_HEAD = 4_096
_AN_XLS = Text("Przyszedł skoroszyt XLS.", "An XLS workbook came.")
_GML = (b"</wfs:member>", b"</gml:featureMember>", b"</ogr:featureMember>")
"""The end of a feature, in what WFS services and GDAL write."""
_DAY = re.compile(
    r"(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)"
    r"|(?<!\d)(\d\d)([-_.]?)(\d\d)\5((?:19|20)\d\d)(?!\d)"
)


def teryt(register: str, *, city_register: bool = False) -> Judge:
    """Judge of a set of TERYT in any of its forms, by the readers of TERYT.

    `city_register`: only the whole official TERC is the source; the address version is refused.
    """

    def judge(path: Path, name: str) -> Judgement:
        from sources.teryt.read import read_teryt
        from sources.teryt.register import require_city_register
        from sources.teryt.sets import Scope, SetName, Version

        file = read_teryt(path, name, expect=SetName(register))
        whole = file.scope is Scope.COMPLETE
        if city_register and (whole or file.version is Version.ADDRESS):
            require_city_register(file)
        elif register == "SIMC" and whole and file.version is Version.ADDRESS:
            raise other_version(name)
        return Judgement(
            member=file.origin.member,
            member_sha256=file.origin.member_sha256,
            rows=file.rows,
            state_date=file.state_date,
            file_date=file.origin.file_date,
            whole=whole,
        )

    return judge


def teryt_changes(register: str) -> Judge:
    """Judge of a change file of a set of TERYT, official version.

    Its state is the one that the changes lead to. A file without any change is good, too.
    """

    def judge(path: Path, name: str) -> Judgement:
        from sources.teryt.changes import read_changes
        from sources.teryt.sets import SetName, Version

        file = read_changes(path, name, expect=SetName(register))
        if file.version not in (None, Version.OFFICIAL):
            raise other_version(name)
        return Judgement(
            member=file.origin.member,
            member_sha256=file.origin.member_sha256,
            rows=file.rows,
            state_date=file.until,
            file_date=file.origin.file_date,
        )

    return judge


def workbook(path: Path, name: str) -> Judgement:
    """Judge of an XLSX: rows are those of its longest sheet, content is that of its members."""
    wanted = Text("skoroszyt XLSX", "an XLSX workbook")
    _head(path, name)
    with _archive(path, name, wanted) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise other_form(name, wanted)
        sheets = [one for one in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", one)]
        try:
            rows = max((_count(archive, sheet, b"<row ") for sheet in sheets), default=0)
            content = _content(archive)
        except BROKEN as error:
            raise other_form(name, wanted, str(error)[:80]) from error
    return Judgement(name, content, rows, file_date=file_date(name))


def text_table(header: str, form: Text | None = None) -> Judge:
    """Judge of a CSV in UTF-8 or cp1250 whose first line holds the word `header`.

    `form`: what the source should be, where it may be more than a CSV.
    """
    wanted = form or Text(f"plik CSV z kolumną {header}", f"a CSV file with the column {header}")

    def judge(path: Path, name: str) -> Judgement:
        head = _head(path, name)
        names = re.split(rb"[;,\t\r\n]", head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[0])
        if b"\0" in head or header.encode() not in {one.strip(b' "') for one in names}:
            raise other_form(name, wanted, _AN_XLS if head.startswith(OLE) else "")
        # Lines, not records: a newline in a cell makes it more, and none makes it less.
        rows = sum(1 for line in _lines(path) if line.strip(b"\r\n;, \t")) - 1
        return Judgement(name, sha256(path), rows, file_date=file_date(name))

    return judge


def features(path: Path, name: str) -> Judgement:
    """Judge of boundaries: GML as a WFS gives it; rows are the features.

    A WFS tells of its errors with status 200, in an `ExceptionReport`: that is refused.
    """
    wanted = Text("plik GML", "a GML file")
    head = _head(path, name)
    if b"ExceptionReport" in head or b"ServiceException" in head:
        said = re.sub(rb"<[^>]*>|\s+", b" ", head).decode("utf-8", "replace").split()
        raise other_form(name, wanted, " ".join(said)[:160])
    xml = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    if not xml or b"FeatureCollection" not in head:
        raise other_form(name, wanted)
    rows = 0
    for mark in _GML:
        with path.open("rb") as file:
            rows += count_of(iter(partial(file.read, _PIECE), b""), mark)
    return Judgement(name, sha256(path), rows, file_date=file_date(name))


def file_date(name: str) -> date | None:
    """The first day in a file name, `2020-09-26`, `26_09_2020`, `26092020` and the like."""
    for match in _DAY.finditer(name):
        year, month, day, first, _, second, last = match.groups()
        try:
            return date(int(year or last), int(month or second), int(day or first))
        except ValueError:
            continue
    return None


def count_of(pieces: Iterable[bytes], mark: bytes) -> int:
    """How often `mark` is in a text that comes in pieces, one across two pieces counted too."""
    count, rest = 0, b""
    for piece in pieces:
        text = rest + piece
        count += text.count(mark)
        rest = text[-(len(mark) - 1) :] if len(mark) > 1 else b""
    return count


def _head(path: Path, name: str) -> bytes:
    """The first bytes of a capture that is not empty and no web page."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise empty(name)
    lower = text.lower()
    if text.startswith(b"<") and (b"<html" in lower or b"<!doctype html" in lower):
        raise web_page(name)
    return head


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(_PIECE):
            yield line


def _archive(path: Path, name: str, wanted: Text) -> zipfile.ZipFile:
    """Open a ZIP whose sizes are within reason."""
    try:
        return open_zip(path, _LIMITS)
    except ZipRefused as refused:
        raise other_form(name, wanted, refused.why) from refused


def _count(archive: zipfile.ZipFile, member: str, mark: bytes) -> int:
    with archive.open(member) as file:
        return count_of(iter(lambda: file.read(_PIECE), b""), mark)


def _content(archive: zipfile.ZipFile) -> str:
    """sha256 of the members by name: order, packing and what follows the archive do not count."""
    digest = hashlib.sha256()
    for member in sorted(archive.namelist()):
        with archive.open(member) as file:
            inner = hashlib.sha256()
            while piece := file.read(_PIECE):
                inner.update(piece)
        digest.update(f"{member}\0{inner.hexdigest()}\n".encode())
    return digest.hexdigest()
