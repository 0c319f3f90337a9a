"""The SOAP service of TERYT (ws1), spoken by zeep from a snapshot of its description.

The service wants WS-Addressing and a WS-Security user name with password over TLS; zeep writes
both. Its WSDL is a source like any other (`terytws1`): nothing of it is in the project. Every
byte goes through our own client, so hosts, sizes, turns and time-outs hold here, too.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import httpx
import zeep
from lxml import etree
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken
from zeep.wsse.utils import WSU, get_security_header

from schemas.text import Text
from sources.catalogue import Login
from sources.terytws_description import Description
from sources.web.client import Web
from sources.web.refusals import LAST_GOOD, net_error

CATALOGUES = {
    "TERC": "PobierzKatalogTERC",
    "SIMC": "PobierzKatalogSIMC",
    "ULIC": "PobierzKatalogULIC",
    "WMRODZ": "PobierzKatalogWMRODZ",
    "NTS": "PobierzKatalogNTS",
}
"""The operation that gives a whole set, official version, of a day."""
STATES = {
    "TERC": "PobierzDateAktualnegoKatTerc",
    "SIMC": "PobierzDateAktualnegoKatSimc",
    "ULIC": "PobierzDateAktualnegoKatUlic",
    "NTS": "PobierzDateAktualnegoKatNTS",
}
"""The operation that gives the day of the newest state of a set."""
CHANGES = {
    "TERC": "PobierzZmianyTercUrzedowy",
    "SIMC": "PobierzZmianySimcUrzedowy",
    "ULIC": "PobierzZmianyUlicUrzedowy",
    "NTS": "PobierzZmianyNTS",
}
"""The operation that gives what changed in a set between two days."""

_VALID = timedelta(minutes=5)
_FAULT = frozenset({500})
"""SOAP 1.1 sends its faults with this status; the fault says more than the status."""


class Service:
    """The service with one login. Its methods raise PimError `PIM-NET-001` to `-013`."""

    def __init__(self, web: Web, description: Description, login: Login, limit: int) -> None:
        self._client = zeep.Client(  # type: ignore[no-untyped-call]
            description.start,
            transport=_Through(web, description, limit),
            wsse=_Security(login.user, login.password.reveal()),
            # The whole file is one text: libxml2 alone stops at 10 MB. Its size is bounded.
            settings=zeep.Settings(xml_huge_tree=True, forbid_dtd=True),
        )
        options = self._client.service._binding_options  # noqa: SLF001 - zeep tells it nowhere else
        self.address = str(options["address"])
        """Where the service is, by its description."""

    def state_date(self, register: str) -> date:
        """The day of the newest state of a set."""
        found = self._call(STATES[register], {})
        if not isinstance(found, datetime):
            raise self._no_answer(STATES[register])
        return found.date()

    def catalogue(self, register: str, day: date) -> tuple[str, bytes]:
        """Name and bytes of the whole set in its state of a day: a ZIP."""
        return self._file(CATALOGUES[register], {"DataStanu": _moment(day)})

    def changes(self, register: str, since: date, until: date) -> tuple[str, bytes]:
        """Name and bytes of the changes of a set between two days: a ZIP."""
        between = {"stanod": _moment(since), "stando": _moment(until)}
        return self._file(CHANGES[register], between)

    def _file(self, operation: str, arguments: Mapping[str, object]) -> tuple[str, bytes]:
        found = self._call(operation, arguments)
        name, content = (getattr(found, key, None) for key in ("nazwa_pliku", "plik_zawartosc"))
        if not isinstance(content, str) or not content.strip():
            raise self._no_answer(operation)
        try:
            data = base64.b64decode("".join(content.split()), validate=True)
        except binascii.Error as error:
            raise self._no_answer(operation) from error
        return str(name or f"{operation}.zip"), data

    def _call(self, operation: str, arguments: Mapping[str, object]) -> object:
        try:
            return self._client.service[operation](**arguments)
        except zeep.exceptions.Fault as error:
            raise _fault(self.address, str(error.message)) from error
        except (zeep.exceptions.Error, etree.XMLSyntaxError, AttributeError) as error:
            raise self._no_answer(operation) from error

    def _no_answer(self, operation: str) -> Exception:
        return net_error(
            "PIM-NET-012",
            Text(
                "Usługa TERYT odpowiedziała inaczej, niż mówi jej opis.",
                "The TERYT service answered differently from its description.",
            ),
            where=self.address,
            why=Text(f"Operacja {operation}.", f"Operation {operation}."),
        )


class _Through(Transport):
    """Lets zeep load only what the description holds, and speak only through our client."""

    def __init__(self, web: Web, description: Description, limit: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._web, self._description, self._limit = web, description, limit

    def load(self, url: str) -> bytes:
        """A file of the description; nothing is loaded from anywhere else."""
        return self._description.file(url)

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Send a message. It holds the password, so it is never logged."""
        return self._web.read(
            address, self._limit, method="POST", headers=headers, content=message, accept=_FAULT
        )


class _Security(UsernameToken):
    """User name and password, after the timestamp that the policy of the service asks for."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__(user, password)  # type: ignore[no-untyped-call]

    def apply(
        self, envelope: etree._Element, headers: Mapping[str, str]
    ) -> tuple[etree._Element, Mapping[str, str]]:
        """Put both into the header of a message."""
        envelope, headers = super().apply(envelope, headers)  # type: ignore[no-untyped-call]
        now = datetime.now(UTC)
        stamp = WSU.Timestamp(WSU.Created(_zulu(now)), WSU.Expires(_zulu(now + _VALID)))
        security = get_security_header(envelope)  # type: ignore[no-untyped-call]
        security.insert(0, stamp)
        return envelope, headers


def _zulu(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(day: date) -> datetime:
    # Without a zone, as the service writes its own moments.
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _fault(address: str, message: str) -> Exception:
    return net_error(
        "PIM-NET-011",
        Text("Usługa TERYT odmówiła odpowiedzi.", "The TERYT service refused to answer."),
        where=address,
        why=Text(message[:200], message[:200]),
        fix=Text(
            "Sprawdź ustawienia teryt_user i teryt_password; konto zakłada GUS "
            f"(teryt_ws1@stat.gov.pl). {LAST_GOOD.pl}",
            "Check the settings teryt_user and teryt_password; GUS opens accounts "
            f"(teryt_ws1@stat.gov.pl). {LAST_GOOD.en}",
        ),
    )
