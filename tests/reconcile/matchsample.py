"""A small register with the traps of the full one, for tests that need no shared material."""

from collections.abc import Iterable
from functools import cache

import polars as pl

from reconcile.matching import Register, match

_UNITS = """\
02|DOLNOŚLĄSKIE|województwo
0202|dzierżoniowski|powiat
0202041|Piława Górna|gmina miejska
0219|świdnicki|powiat
0219011|Świdnica|gmina miejska
0219072|Świdnica|gmina wiejska
08|LUBUSKIE|województwo
0801|gorzowski|powiat
0801011|Kostrzyn nad Odrą|gmina miejska
0809|zielonogórski|powiat
0809072|Świdnica|gmina wiejska
0861|Gorzów Wielkopolski|miasto na prawach powiatu
0861011|Gorzów Wielkopolski|gmina miejska
10|ŁÓDZKIE|województwo
1061|Łódź|miasto na prawach powiatu
1061011|Łódź|gmina miejska
1061029|Łódź-Bałuty|delegatura
12|MAŁOPOLSKIE|województwo
1206|krakowski|powiat
1206063|Krzeszowice|gmina miejsko-wiejska
1206064|Krzeszowice|miasto
1206065|Krzeszowice|obszar wiejski
1261|Kraków|miasto na prawach powiatu
1261011|Kraków|gmina miejska
14|MAZOWIECKIE|województwo
1403|garwoliński|powiat
1403103|Pilawa|gmina miejsko-wiejska
1414|nowodworski|powiat
1414043|Nasielsk|gmina miejsko-wiejska
1429|sokołowski|powiat
1429022|Bielany|gmina wiejska
1435|wyszkowski|powiat
1435053|Wyszków|gmina miejsko-wiejska
1462|Płock|miasto na prawach powiatu
1462011|Płock|gmina miejska
1465|Warszawa|miasto stołeczne, na prawach powiatu
1465011|Warszawa|gmina miejska, miasto stołeczne
1465038|Bielany|dzielnica
1465058|Mokotów|dzielnica
18|PODKARPACKIE|województwo
1803|dębicki|powiat
1803011|Dębica|gmina miejska
1803042|Dębica|gmina wiejska
20|PODLASKIE|województwo
2010|siemiatycki|powiat
2010032|Grodzisk|gmina wiejska
24|ŚLĄSKIE|województwo
2404|częstochowski|powiat
2404123|Olsztyn|gmina miejsko-wiejska
2464|Częstochowa|miasto na prawach powiatu
2464011|Częstochowa|gmina miejska
2465|Dąbrowa Górnicza|miasto na prawach powiatu
2465011|Dąbrowa Górnicza|gmina miejska
2469|Katowice|miasto na prawach powiatu
2469011|Katowice|gmina miejska
2472|Ruda Śląska|miasto na prawach powiatu
2472011|Ruda Śląska|gmina miejska
2479|Żory|miasto na prawach powiatu
2479011|Żory|gmina miejska
28|WARMIŃSKO-MAZURSKIE|województwo
2862|Olsztyn|miasto na prawach powiatu
2862011|Olsztyn|gmina miejska
30|WIELKOPOLSKIE|województwo
3005|grodziski|powiat
3005013|Grodzisk Wielkopolski|gmina miejsko-wiejska
3021|poznański|powiat
3021083|Kostrzyn|gmina miejsko-wiejska
3063|Leszno|miasto na prawach powiatu
3063011|Leszno|gmina miejska
"""

NETWORKS = {
    "Miasto cyfrowe": {"1403103", "1435053", "0219011", "1803011"},
    "Sieć Miasto Zielone": {"0801011", "2479011", "2472011"},
}
ALIASES = pl.DataFrame(
    {
        "alias": ["Stalinogród", "Krakau", "Bytów nie stąd"],
        "terc": ["2469011", "1261011", "2201023"],
        "language": ["pl", "de", "pl"],
    }
)
LOCALITIES = ("Krzeszkowice", "Leszna", "Piława", "Zielonagóra")


@cache
def units() -> pl.DataFrame:
    """TERC rows as a register is made of."""
    rows = [line.split("|") for line in _UNITS.splitlines()]
    return pl.DataFrame(rows, schema=["terc", "unit_name", "unit_type"], orient="row")


@cache
def register() -> Register:
    """The register with its localities."""
    return Register.from_units(units(), LOCALITIES)


Question = tuple[str | None, str, str]
"""Name, voivodeship and network as written."""


def answers(questions: Iterable[Question]) -> dict[Question, tuple[str, str]]:
    """TERC or status, and the rule, for each question."""
    asked = list(questions)
    schema = ["query", "context_voivodeship", "context_network"]
    rows = pl.DataFrame(asked, schema=schema, orient="row", infer_schema_length=None)
    found = match(rows.cast(pl.String), register(), ALIASES, NETWORKS)
    shown = found.select(pl.coalesce("terc", "status"), "rule").rows()
    return dict(zip(asked, shown, strict=True))


def names(queries: Iterable[str | None]) -> dict[str | None, tuple[str, str]]:
    """TERC or status, and the rule, for names alone."""
    found = answers((query, "", "") for query in queries)
    return {question[0]: answer for question, answer in found.items()}
