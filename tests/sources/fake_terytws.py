"""A SOAP service of the documented shape: WS-Addressing, WS-Security, files as base64 in XML."""

import base64
import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree

from tests.servers import Exchange, Route

PATH = "/TerytWs1.svc"
SPACE = "http://tempuri.org/"
DATA = "http://schemas.datacontract.org/2004/07/TerytUslugaWs1"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ADDRESSING = "http://www.w3.org/2005/08/addressing"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
OPERATIONS = ("PobierzDateAktualnegoKatTerc", "PobierzKatalogTERC", "PobierzZmianyTercUrzedowy")


@dataclass
class FakeTerytWs:
    """The service with one account."""

    state: str = "2026-01-01T00:00:00"
    name: str = "TERC_Urzedowy_2026-09-26.zip"
    file: bytes = b""
    user: str = "proba"
    word: str = "tajne-haslo-7"
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def routes(self) -> dict[str, Route]:
        """The routes for `tests.servers.serving`."""
        return {PATH: self.answer}

    def answer(self, exchange: Exchange) -> None:
        """Check the header, then do the operation of the body."""
        tree = etree.fromstring(exchange.body)
        problem = self._problem(tree, exchange.headers.get("SOAPAction", "").strip('"'))
        if problem:
            self.wrong.append(problem)
            _send(exchange, 500, _fault(problem))
            return
        operation = next(tree.iterfind(f"{{{ENVELOPE}}}Body/*"))
        name = etree.QName(operation).localname
        self.asked.append((name, {etree.QName(one).localname: one.text or "" for one in operation}))
        if name == "PobierzDateAktualnegoKatTerc":
            result = self.state
        else:
            content = base64.b64encode(self.file).decode()
            result = (
                f'<b:nazwa_pliku xmlns:b="{DATA}">{self.name}</b:nazwa_pliku>'
                f'<b:opis xmlns:b="{DATA}">opis</b:opis>'
                f'<b:plik_zawartosc xmlns:b="{DATA}">{content}</b:plik_zawartosc>'
            )
        _send(
            exchange,
            200,
            f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><{name}Response xmlns="{SPACE}">'
            f"<{name}Result>{result}</{name}Result></{name}Response></s:Body></s:Envelope>",
        )

    def _problem(self, tree: etree._Element, action: str) -> str:
        header = tree.find(f"{{{ENVELOPE}}}Header")
        if header is None or header.findtext(f"{{{ADDRESSING}}}Action") != action or not action:
            return "WS-Addressing: Action"
        if not (header.findtext(f"{{{ADDRESSING}}}To") or "").endswith(PATH):
            return "WS-Addressing: To"
        expires = header.findtext(f".//{{{WSU}}}Timestamp/{{{WSU}}}Expires") or ""
        if expires <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"):
            return "WS-Security: Timestamp"
        token = header.find(f".//{{{WSSE}}}UsernameToken")
        given = () if token is None else [one.text for one in token]
        if list(given[:2]) != [self.user, self.word]:
            return "An error occurred when verifying security for the message."
        return ""


def small_description(address: str, *, wrong_namespace: bool = False) -> bytes:
    """A ZIP with a WSDL of three operations and two schemas, as the real one in small."""
    parts = "".join(
        f'<wsdl:message name="{name}In"><wsdl:part name="p" element="t:{name}"/></wsdl:message>'
        f'<wsdl:message name="{name}Out"><wsdl:part name="p" element="t:{name}Response"/>'
        "</wsdl:message>"
        for name in OPERATIONS
    )
    ports = "".join(
        f'<wsdl:operation name="{name}">'
        f'<wsdl:input wsaw:Action="{SPACE}ITerytWs1/{name}" message="t:{name}In"/>'
        f'<wsdl:output wsaw:Action="{SPACE}ITerytWs1/{name}Response" message="t:{name}Out"/>'
        "</wsdl:operation>"
        for name in OPERATIONS
    )
    bindings = "".join(
        f'<wsdl:operation name="{name}"><soap:operation '
        f'soapAction="{SPACE}ITerytWs1/{name}" style="document"/>'
        '<wsdl:input><soap:body use="literal"/></wsdl:input>'
        '<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>'
        for name in OPERATIONS
    )
    said = "http://tempuri.org/other" if wrong_namespace else DATA
    wsdl = f"""<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:t="{SPACE}" xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"
 xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 name="TerytWs1" targetNamespace="{SPACE}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
<wsdl:types><xsd:schema targetNamespace="{SPACE}Imports">
<xsd:import schemaLocation="https://uslugaterytws1.stat.gov.pl/wsdl/xsd0.xsd" namespace="{SPACE}"/>
<xsd:import schemaLocation="https://uslugaterytws1.stat.gov.pl/wsdl/xsd2.xsd" namespace="{said}"/>
</xsd:schema></wsdl:types>{parts}
<wsdl:portType name="ITerytWs1">{ports}</wsdl:portType>
<wsdl:binding name="custom" type="t:ITerytWs1">
<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>{bindings}</wsdl:binding>
<wsdl:service name="TerytWs1"><wsdl:port name="custom" binding="t:custom">
<soap:address location="{address}"/></wsdl:port></wsdl:service></wsdl:definitions>"""
    files = {
        "terytws1.wsdl": wsdl.encode(),
        "xsd0.xsd": _operations_schema().encode(),
        "xsd2.xsd": _data_schema().encode(),
    }
    return packed(files)


def packed(files: dict[str, bytes]) -> bytes:
    """Files as a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _operations_schema() -> str:
    arguments = {
        "PobierzDateAktualnegoKatTerc": ((), "xs:dateTime"),
        "PobierzKatalogTERC": (("DataStanu",), "d:Plik"),
        "PobierzZmianyTercUrzedowy": (("stanod", "stando"), "d:Plik"),
    }
    elements = ""
    for name, (fields, result) in arguments.items():
        inner = "".join(
            f'<xs:element minOccurs="0" name="{one}" type="xs:dateTime"/>' for one in fields
        )
        elements += (
            f'<xs:element name="{name}"><xs:complexType><xs:sequence>{inner}</xs:sequence>'
            f'</xs:complexType></xs:element><xs:element name="{name}Response"><xs:complexType>'
            f'<xs:sequence><xs:element minOccurs="0" name="{name}Result" type="{result}"/>'
            "</xs:sequence></xs:complexType></xs:element>"
        )
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="{DATA}" '
        f'elementFormDefault="qualified" targetNamespace="{SPACE}"><xs:import '
        f'schemaLocation="https://uslugaterytws1.stat.gov.pl/wsdl/xsd2.xsd" namespace="{DATA}"/>'
        f"{elements}</xs:schema>"
    )


def _data_schema() -> str:
    fields = "".join(
        f'<xs:element minOccurs="0" name="{name}" nillable="true" type="xs:string"/>'
        for name in ("nazwa_pliku", "opis", "plik_zawartosc")
    )
    return (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" '
        f'targetNamespace="{DATA}"><xs:complexType name="Plik"><xs:sequence>{fields}'
        "</xs:sequence></xs:complexType></xs:schema>"
    )


def _fault(message: str) -> str:
    return (
        f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><s:Fault><faultcode>s:Client</faultcode>'
        f"<faultstring>{message}</faultstring></s:Fault></s:Body></s:Envelope>"
    )


def _send(exchange: Exchange, status: int, text: str) -> None:
    exchange.send(status, text.encode(), {"Content-Type": "text/xml; charset=utf-8"})
