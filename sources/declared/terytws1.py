"""The description (WSDL and schemas) of the SOAP service of TERYT, with which it is spoken."""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import GUS, GUS_LICENCE, TERYT_ATTRIBUTION, TERYTWS_HOSTS
from sources.ways import judge_service_description, service_description

TERYTWS1 = Source(
    name="terytws1",
    title=Text("Opis usługi TERYT ws1", "Description of the TERYT service ws1"),
    publisher=GUS,
    page="https://api.stat.gov.pl/Home/TerytApi",
    address="https://uslugaterytws1.stat.gov.pl/wsdl/terytws1.wsdl",
    hosts=TERYTWS_HOSTS,
    licence=GUS_LICENCE,
    attribution=TERYT_ATTRIBUTION,
    rhythm=Text("rzadko; sprawdzamy co pół roku", "rarely; we look twice a year"),
    check_days=183,
    max_bytes=2**20,
    judge=judge_service_description,
    fetch=service_description,
    may_lose=0.2,
)
