"""Sentences that the catalogues share, so that each says the same of a release."""

from exports.publication import Publication
from schemas.text import Text

TITLE = Text(
    "Otwarte dane Partnerskiej Inicjatywy Miast",
    "Open data of the Cities' Partnership Initiative",
)
DESCRIPTION = Text(
    "Dane o programie Partnerska Inicjatywa Miast: miasta, sieci, plany i rekomendacje, "
    "dokumenty, rejestr miast i ich wskaźniki. Każda tabela ma opis kolumn, sumy kontrolne "
    "i wskazane źródła.",
    "Data on the Polish programme Partnerska Inicjatywa Miast (Cities' Partnership Initiative): "
    "cities, networks, plans and recommendations, documents, the register of the cities and "
    "their indicators. Every table has described columns, checksums and named sources.",
)

_RIGHTS = Text(
    "{licence}. Należy podać wydawcę, wersję i datę danych oraz zaznaczyć, że dane przetworzono.",
    "{licence}. Name the publisher, the version and the date of the data, and say where data "
    "were changed.",
)
_PROVENANCE = Text(
    "Zestawione i sprawdzone przez wydawcę ({publisher}) na podstawie: {sources}. Publikowane są "
    "tylko fakty, które źródła podają wprost.",
    "Compiled and checked by the publisher ({publisher}) from: {sources}. Only facts that the "
    "sources state outright are published.",
)


def rights(publication: Publication) -> Text:
    """What a re-user must do: the licence and the lines that have to be repeated."""
    licence = publication.licence.title
    said = Text(_RIGHTS.pl.format(licence=licence.pl), _RIGHTS.en.format(licence=licence.en))
    lines = publication.attribution
    return Text(
        " ".join((said.pl, *(line.pl for line in lines))),
        " ".join((said.en, *(line.en for line in lines))),
    )


def provenance(publication: Publication) -> Text:
    """Where the data come from and who put them together."""
    own = Text("materiały własne", "own material")
    sources = [source.title for source in publication.sources] or [own]
    who = publication.publisher
    return Text(
        _PROVENANCE.pl.format(publisher=who.pl, sources="; ".join(text.pl for text in sources)),
        _PROVENANCE.en.format(publisher=who.en, sources="; ".join(text.en for text in sources)),
    )
