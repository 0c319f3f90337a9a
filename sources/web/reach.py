"""Where a source may go: its hosts, over https, and nowhere else."""

import ipaddress
from dataclasses import dataclass

import httpx

from schemas.text import Text
from sources.web.refusals import not_allowed


@dataclass(frozen=True)
class Reach:
    """The hosts of one source. Every address and every redirect is held against them."""

    hosts: frozenset[str]
    """Full names in lower case; no patterns."""
    loopback: bool = False
    """Plain http to this machine is allowed: for trials against a server of one's own."""

    def check(self, url: httpx.URL) -> None:
        """Raise PimError `PIM-NET-006` unless the address is one that the source may use."""
        address = str(url)
        local = self.loopback and _is_loopback(url.host)
        if url.scheme != "https" and not (url.scheme == "http" and local):
            raise not_allowed(address, Text("Tylko https.", "Only https."))
        if url.userinfo:
            raise not_allowed(address, Text("Adres z hasłem.", "A password in the address."))
        if local:
            return
        if url.host.lower() not in self.hosts or url.port not in (None, 443):
            allowed = ", ".join(sorted(self.hosts)) or "-"
            raise not_allowed(
                address, Text(f"Dozwolone hosty: {allowed}.", f"Allowed hosts: {allowed}.")
            )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
