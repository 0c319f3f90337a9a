"""BDL: the local data bank of GUS, here as the workbook that its web page exports.

Its API is not one file: `sources/bdl/` reads it piece by piece, within its limits.
"""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import BDL_ATTRIBUTION, GUS, GUS_LICENCE, XLSX
from sources.snapshots.reading import bdl_export

BDL = Source(
    name="bdl",
    title=Text("BDL: wskaźniki (skoroszyt z eksportu)", "BDL: indicators (exported workbook)"),
    publisher=GUS,
    page="https://bdl.stat.gov.pl/",
    licence=GUS_LICENCE,
    attribution=BDL_ATTRIBUTION,
    rhythm=Text("w ciągu roku, według tematu", "during the year, by subject"),
    check_days=366,
    media_types=(XLSX,),
    judge=bdl_export,
    may_lose=0.5,
)
