"""A server that behaves like eTERYT: it gives the file only to whoever fills in the form rightly.

As the real one it never says what was wrong: the answer is the page again, with status 200.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs

from tests.servers import Exchange, Route

PATH = (
    "/eTeryt/rejestr_teryt/udostepnianie_danych/baza_teryt/uzytkownicy_indywidualni/pobieranie/"
    "pliki_pelne.aspx"
)
MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
SETS = {
    "BTERCUrzedowyPobierz": "TERC_Urzedowy",
    "BTERCAdresowyPobierz": "TERC_Adresowy",
    "BSIMCUrzedowyPobierz": "SIMC_Urzedowy",
    "BSIMCAdresowyPobierz": "SIMC_Adresowy",
    "BSIMCStatystycznyPobierz": "SIMC_Statystyczny",
    "BULICUrzedowyPobierz": "ULIC_Urzedowy",
    "BULICAdresowyPobierz": "ULIC_Adresowy",
    "BRodzMiejPobierz": "WMRODZ",
    "BNTSPobierz": "NTS",
}
SMALL_PAGE = (
    '<!DOCTYPE html>\n<html lang="pl"><body>'
    '<form method="post" action="./pliki_pelne.aspx?contrast=default" id="form1">'
    '<input type="hidden" name="__EVENTTARGET" value="" />'
    '<input type="hidden" name="__EVENTARGUMENT" value="" />'
    '<input type="hidden" name="__VIEWSTATE" value="UO4J/k+w==" />'
    '<input name="ctl00$body$TBData" type="text" value="26 września 2020" />'
    + "".join(
        f'<a href="javascript:__doPostBack(&#39;ctl00$body${name}&#39;,&#39;&#39;)">x</a>'
        for name in SETS
    )
    + '<input type="hidden" name="__VIEWSTATEGENERATOR" value="8C427999" /></form></body></html>'
).encode()


@dataclass
class FakeEteryt:
    """The page, and a file a set: `files["TERC_Urzedowy"]` is a ZIP."""

    files: dict[str, bytes]
    page: bytes = SMALL_PAGE
    refused: list[str] = field(default_factory=list)
    """Why the page came again, of each wrong request."""
    given: list[tuple[str, date]] = field(default_factory=list)
    made: bool = True
    """Whether the file is there already; else it must be asked to be made first."""

    def routes(self) -> dict[str, Route]:
        """The routes for `tests.servers.serving`."""
        return {PATH: self.answer}

    def answer(self, exchange: Exchange) -> None:
        """The page for GET; for POST the file, or the page again."""
        if exchange.method == "GET":
            headers = {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": "sid=q1w2; path=/"}
            exchange.send(200, self.page, headers)
            return
        wrong = self._wrong(exchange)
        if wrong == "not made":
            button = (
                b"<a href=\"javascript:__doPostBack('ctl00$body$BTERCUrzedowyGeneruj','')\">x</a>"
            )
            exchange.send(200, self.page + button, {"Content-Type": "text/html"})
            return
        if wrong:
            self.refused.append(wrong)
            exchange.send(200, self.page, {"Content-Type": "application/octet-stream"})
            return
        name, day = self.given[-1]
        headers = {
            "Content-Type": "text/html",  # the real type is as wrong
            "Content-Disposition": f"attachment; filename={name}_{day}.zip",
        }
        exchange.send(200, self.files[name] + self.page, headers)

    def _wrong(self, exchange: Exchange) -> str:
        form = {
            name: values[0]
            for name, values in parse_qs(exchange.body.decode(), keep_blank_values=True).items()
        }
        if "sid=q1w2" not in exchange.headers.get("Cookie", ""):
            return "cookie"
        for name in ("__VIEWSTATE", "__VIEWSTATEGENERATOR"):
            value = re.search(rf'name="{name}"[^>]*value="([^"]*)"'.encode(), self.page)
            if value is None or form.get(name) != value[1].decode():
                return name
        target = form.get("__EVENTTARGET", "").removeprefix("ctl00$body$")
        if target == "BTERCUrzedowyGeneruj":
            target, self.made = "BTERCUrzedowyPobierz", True
        if target not in SETS:
            return "target"
        if not self.made:
            return "not made"
        day = re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", form.get("ctl00$body$TBData", ""))
        if day is None or day[2] not in MONTHS:
            return "date"
        self.given.append((SETS[target], date(int(day[3]), MONTHS.index(day[2]) + 1, int(day[1]))))
        return ""
