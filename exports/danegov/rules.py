"""What dane.gov.pl accepts in a harvester file, as constants.

From the portal's schema 1.13 and its import code; docs/dane-gov-pl.md says what each means.
"""

import re

from schemas.text import Text

NAMESPACE = "urn:otwarte-dane:harvester:1.13"
"""Of the root element alone: all that is below it has no namespace."""
ROOT = f"{{{NAMESPACE}}}datasets"
FEED = "harvester.xml"
CHECKSUM = "harvester.md5"
FOLDER = "danegov"
"""Folder of both files below the public one."""

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9._-]{0,35}")
"""Stricter than the portal on purpose: it takes any 36 characters, even line breaks."""
MAX_TITLE = 300
MAX_DESCRIPTION = 1_000
MAX_URL = 2_000
MAX_FEED_URL = 200
MAX_TAG = 100
"""A column of the portal's database, not of its schema."""
MAX_REGIONS = 20
MAX_SUPPLEMENTS = 10
MIN_BYTES = 1_024
MAX_BYTES = 1_024 * 1_024 * 1_024

FREQUENCIES = (
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "everyHalfYear",
    "yearly",
    "irregular",
    "notPlanned",
)
CATEGORIES = (
    "AGRI",
    "EDUC",
    "ENVI",
    "ENER",
    "TRAN",
    "TECH",
    "ECON",
    "SOCI",
    "HEAL",
    "GOVE",
    "REGI",
    "JUST",
    "INTR",
)
FLAGS = (
    "hasDynamicData",
    "hasHighValueData",
    "hasHighValueDataFromEuropeanCommissionList",
    "hasResearchData",
)
"""Of a data set and of a resource, in the order of the schema."""
PROTECTED = "containsProtectedData"
AUTO_DATES = (
    "isAutoDataDate",
    "endlessDataDateUpdate",
    "dataDateUpdatePeriod",
    "autoDataDateStart",
    "autoDataDateEnd",
)

DOCUMENTS = ("pdf", "odt", "docx", "doc", "txt")
"""Endings of a supplement; the portal refuses others."""
SCORES = {"csv": 3, "geojson": 3, "jsonld": 4, "ttl": 4}
"""Formats that are sent, with the stars that the portal gives at least."""

VOIVODESHIPS: dict[str, Text] = {
    "02": Text("dolnośląskie", "Lower Silesia"),
    "04": Text("kujawsko-pomorskie", "Kuyavia-Pomerania"),
    "06": Text("lubelskie", "Lublin"),
    "08": Text("lubuskie", "Lubusz"),
    "10": Text("łódzkie", "Łódź"),
    "12": Text("małopolskie", "Lesser Poland"),
    "14": Text("mazowieckie", "Mazovia"),
    "16": Text("opolskie", "Opole"),
    "18": Text("podkarpackie", "Subcarpathia"),
    "20": Text("podlaskie", "Podlachia"),
    "22": Text("pomorskie", "Pomerania"),
    "24": Text("śląskie", "Silesia"),
    "26": Text("świętokrzyskie", "Holy Cross"),
    "28": Text("warmińsko-mazurskie", "Warmia-Masuria"),
    "30": Text("wielkopolskie", "Greater Poland"),
    "32": Text("zachodniopomorskie", "West Pomerania"),
}
"""All of them: how the portal, which has no code for Poland, is told of the whole country."""
