"""The schema of the harvester files of dane.gov.pl, which every feed is held against."""

from pathlib import Path

from schemas.text import Text
from sources.catalogue import Judgement, Licence, Source
from sources.ways import by_address


def _judge(path: Path, name: str) -> Judgement:
    # lxml is needed when a capture is judged, not to list the sources.
    from sources.portal_schema import judge

    return judge(path, name)


DANEGOV = Source(
    name="danegov",
    title=Text("Schemat XML portalu dane.gov.pl", "XML schema of the portal dane.gov.pl"),
    publisher=Text("Ministerstwo Cyfryzacji", "Ministry of Digital Affairs"),
    page="https://dane.gov.pl/pl/knowledgebase/useful-materials",
    address="https://www.dane.gov.pl/static/xml/otwarte_dane_latest.xsd",
    hosts=frozenset({"www.dane.gov.pl", "dane.gov.pl"}),
    licence=Licence(
        Text(
            "do kontroli; nie jest publikowany",
            "for checking; it is not published",
        ),
        publishable=False,
    ),
    attribution=Text("Źródło: dane.gov.pl", "Source: dane.gov.pl"),
    rhythm=Text(
        "zmienia się kilka razy w roku; sprawdzamy co kwartał",
        "changes a few times a year; we look every quarter",
    ),
    check_days=92,
    media_types=("application/xml", "text/xml", "application/octet-stream", "text/plain"),
    max_bytes=2**20,
    judge=_judge,
    fetch=by_address,
    may_lose=0.5,
)
