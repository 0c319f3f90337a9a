"""The description of the TERYT service: its WSDL and the schemas that it names, as one ZIP.

It is fetched like any other source. The schemas of the service do not always have the namespace
that the WSDL says when it imports them, which SOAP libraries refuse («The namespace defined on
the xsd:import doesn't match the imported targetNamespace»): the import is set right when read.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from schemas.text import Text
from sources.catalogue import Errand, Judgement
from sources.snapshots.refusals import other_form
from sources.web.download import Arrived, Validators
from sources.zips import BROKEN, Limits, ZipRefused, open_zip

_IMPORTS = (
    "{http://www.w3.org/2001/XMLSchema}import",
    "{http://www.w3.org/2001/XMLSchema}include",
)
_NEEDED = b"PobierzKatalogTERC"
_MAX_FILES = 20
_MAX_BYTES = 4 * 2**20
_LIMITS = Limits(members=_MAX_FILES, unpacked=_MAX_BYTES, ratio=200)
_WANTED = Text(
    "plik ZIP z opisem usługi: jeden plik .wsdl i pliki .xsd",
    "a ZIP of the service's description: one .wsdl file and .xsd files",
)


@dataclass(frozen=True)
class Description:
    """The files by name, and the name of the WSDL to start with."""

    files: Mapping[str, bytes]
    start: str

    def file(self, address: str) -> bytes:
        """The file that an address names by its last part, its imports set right.

        Raises PimError `PIM-SNP-013` where the description does not hold it.
        """
        return self._set_right(self._found(address))

    def _found(self, address: str) -> bytes:
        name = _last(address)
        for known, data in self.files.items():
            # People who saved the files one by one keep the name of the service before it.
            if known == name or known.endswith(f"_{name}"):
                return data
        raise other_form(self.start, _WANTED, f"{name} ?")

    def _set_right(self, data: bytes) -> bytes:
        tree = _parsed(data, self.start)
        for element in tree.iter(_IMPORTS[0]):
            location = element.get("schemaLocation")
            if location:
                target = _parsed(self._found(location), location).get("targetNamespace")
                if target:
                    element.set("namespace", target)
        return etree.tostring(tree)


def read_description(path: Path, name: str = "") -> Description:
    """Read the ZIP. Raises PimError `PIM-SNP-013` where it is not the description."""
    name = name or path.name
    try:
        with open_zip(path, _LIMITS) as archive:
            files = {_last(info.filename): archive.read(info) for info in archive.infolist()}
    except ZipRefused as refused:
        raise other_form(name, _WANTED, refused.why) from refused
    except BROKEN as error:
        raise other_form(name, _WANTED) from error
    starts = [name for name in sorted(files) if name.lower().endswith(".wsdl")]
    if len(starts) != 1 or _NEEDED not in files[starts[0]]:
        raise other_form(name, _WANTED)
    return Description(files, starts[0])


def judge(path: Path, name: str) -> Judgement:
    """Judge a description: whole when every schema that it names is in it."""
    description = read_description(path, name)
    seen: set[str] = set()
    waiting = [description.start]
    while waiting:
        address = waiting.pop()
        if _last(address) not in seen:
            seen.add(_last(address))
            waiting += _named(description.file(address), address)
    digest = hashlib.sha256()
    for member in sorted(description.files):
        inner = hashlib.sha256(description.files[member]).hexdigest()
        digest.update(f"{member}\0{inner}\n".encode())
    operations = description.files[description.start].count(b"<wsdl:operation ")
    return Judgement(description.start, digest.hexdigest(), operations or None)


def fetch(errand: Errand) -> Arrived:
    """Fetch the WSDL and every schema that it names, and pack them into one ZIP."""
    files: dict[str, bytes] = {}
    waiting = [errand.source.address]
    while waiting:
        address = waiting.pop(0)
        if _last(address) in files:
            continue
        if len(files) >= _MAX_FILES:
            raise other_form(address, _WANTED, f"> {_MAX_FILES}")
        data = errand.web.read(address, _MAX_BYTES).content
        files[_last(address)] = data
        waiting += _named(data, address)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            # Without a date of its own the same files give the same bytes.
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    errand.part.write_bytes(buffer.getvalue())
    name = f"{Path(_last(errand.source.address)).stem}.zip"
    return Arrived(errand.part, name, errand.source.address, "application/zip", Validators())


def _named(data: bytes, address: str) -> list[str]:
    tree = _parsed(data, address)
    locations = (element.get("schemaLocation") for element in tree.iter(*_IMPORTS))
    return [urljoin(address, location) for location in locations if location]


def _parsed(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if b"<!DOCTYPE" in data:
        raise other_form(name, _WANTED, "DTD")
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise other_form(name, _WANTED, str(error)[:80]) from error


def _last(address: str) -> str:
    return address.replace("\\", "/").partition("?")[0].rpartition("/")[2]
