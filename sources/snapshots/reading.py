"""Judges that also read: a capture is believed only when the reader of its source can use it.

So that a file whose layout has changed is refused when it comes, and the last good one stays in
use, instead of a build that fails on it later.
"""

from dataclasses import replace
from pathlib import Path

from schemas.files import sha256
from schemas.text import Text
from sources.catalogue import Judgement
from sources.sheets import OLE, ZIP
from sources.snapshots.judging import features, file_date, text_table, workbook

_GMINAS = 2_400
"""There have never been fewer than 2,470 gminas."""
_JST = Text(
    "plik CSV, XLS albo XLSX z kolumną Kod_TERYT", "a CSV, XLS or XLSX with the column Kod_TERYT"
)


def population(path: Path, name: str) -> Judgement:
    """Judge the yearly workbook on area and population; rows are gminas and towns."""
    found = workbook(path, name)
    from sources.area_population import read_area_population

    read = read_area_population(path.read_bytes(), name)
    rows = read.gminas.height + read.towns.height
    return replace(found, rows=rows, state_date=read.state_date)


def bdl_export(path: Path, name: str) -> Judgement:
    """Judge a workbook exported from BDL; its state is the day of the last update that it names."""
    found = workbook(path, name)
    from sources.bdl.workbook import read_export

    return replace(found, state_date=read_export(path.read_bytes(), name).updated)


def jst(path: Path, name: str) -> Judgement:
    """Judge the address list of local governments, as CSV, XLS or XLSX; rows are its records.

    Nothing in it says of which day it is: that is the one in the name, where the keeper wrote it.
    """
    data = path.read_bytes()
    if data.startswith(ZIP):
        found = workbook(path, name)
    elif data.startswith(OLE):
        found = Judgement(name, sha256(path), file_date=file_date(name))
    else:
        found = text_table("Kod_TERYT", _JST)(path, name)
    from sources.jst_list import read_jst

    rows = read_jst(data, name).rows.height
    return replace(found, rows=rows, state_date=found.file_date, whole=rows >= _GMINAS)


def lau(path: Path, name: str) -> Judgement:
    """Judge the table of LAU codes; rows are the Polish ones."""
    found = text_table("lau_id")(path, name)
    from sources.lau_codes import read_lau, state_day

    read = read_lau(path.read_bytes(), name)
    day = None if read.is_empty() else state_day(read)
    return replace(found, rows=read.height, state_date=day, whole=read.height >= _GMINAS)


def boundaries(path: Path, name: str) -> Judgement:
    """Judge the boundaries of gminas; rows are units, fewer than all gminas are a part."""
    found = features(path, name)
    from sources.prg import read_boundaries

    rows = len(read_boundaries(path.read_bytes(), name))
    return replace(found, rows=rows, whole=rows >= _GMINAS)
