"""The schema (XSD) of the harvester files of dane.gov.pl: told apart from whatever else comes."""

from pathlib import Path

from lxml import etree

from schemas.text import Text
from sources.catalogue import Judgement
from sources.snapshots.refusals import other_form

VERSION = "1.13"
"""The version that the project writes. A newer one has to be read by people first."""
_XS = "{http://www.w3.org/2001/XMLSchema}"


def judge(path: Path, name: str) -> Judgement:
    """Judge a capture of the schema; rows are its elements.

    Raises PimError `PIM-SNP-…` for what is no such schema or one of another version.
    """
    from schemas.files import sha256

    wanted = Text(
        f"schemat XSD harwestera dane.gov.pl, wersja {VERSION}",
        f"the XSD of the harvester of dane.gov.pl, version {VERSION}",
    )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise other_form(name, wanted, str(error)[:200]) from error
    told = root.get("targetNamespace", "")
    if root.tag != f"{_XS}schema" or told != f"urn:otwarte-dane:harvester:{VERSION}":
        raise other_form(name, wanted, f"targetNamespace {told}"[:200])
    # One that includes others would read them from wherever it says.
    if next(root.iter(f"{_XS}include", f"{_XS}import", f"{_XS}redefine"), None) is not None:
        raise other_form(name, wanted, "include, import")
    try:
        etree.XMLSchema(root.getroottree())
    except etree.XMLSchemaParseError as error:
        raise other_form(name, wanted, str(error)[:200]) from error
    rows = sum(1 for _ in root.iter(f"{_XS}element"))
    return Judgement(name, sha256(path), rows=rows)
