"""The catalogue of a release as an RDF graph, in DCAT-AP 3.0.1 or in 2.1.

Without blank nodes: whatever is described has an address, so that the same listing gives the
same graph and the same bytes. Concepts, agents and documents are declared where they are used,
which lets a validator judge the file without any other.

The two profiles contradict each other: 3.0.1 wants `dcat:byteSize` as xsd:nonNegativeInteger and
the status of the EU, 2.1 wants xsd:decimal and the status of ADMS. 2.1 knows no checksum but
sha1, which we do not offer, so checksums stand in 3.0.1 alone.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal as Choice

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS, XSD

from exports.dcat import addresses, statements, terms
from exports.dcat.saying import (
    ADMS,
    DCAT,
    DCATAP,
    ELI,
    FORMAT,
    OWL_VERSION,
    SPDX,
    VCARD,
    Sayings,
)
from exports.listing import Entry, Listing, Offer
from schemas.text import LANGS, Lang, Text

Profile = Choice["3.0.1", "2.1"]

ADMS_STATUS = "http://purl.org/adms/status/"
ADMS_LICENCE = "http://purl.org/adms/licencetype/"
_DATE = XSD.date


class _Catalogue(Sayings):
    """Fills a graph from a listing."""

    def __init__(self, listing: Listing, profile: Profile) -> None:
        super().__init__()
        self.listing = listing
        self.publication = listing.publication
        self.newest = profile == "3.0.1"

    def licence(self) -> URIRef:
        known = terms.LICENCES.get(self.publication.licence.name)
        if known is None:
            return self.thing(
                self.publication.licence.path,
                DCTERMS.LicenseDocument,
                label=self.publication.licence.title,
            )
        licence = self.term(known, DCTERMS.LicenseDocument)
        kind = self.thing(f"{ADMS_LICENCE}{terms.LICENCE_TYPES[known.code]}", SKOS.Concept)
        self.text(kind, SKOS.prefLabel, known.label)
        types = self.scheme(f"{ADMS_LICENCE}1.0", Text("licencetype", "licencetype"))
        self.say(kind, (SKOS.inScheme, types))
        return self.say(licence, (DCTERMS.type, kind))

    def status(self) -> URIRef:
        if self.newest:
            return self.term(terms.COMPLETED)
        concept = self.thing(f"{ADMS_STATUS}Completed", SKOS.Concept)
        self.text(concept, SKOS.prefLabel, terms.COMPLETED.label)
        scheme = self.scheme(f"{ADMS_STATUS}1.0", Text("status", "status"))
        return self.say(concept, (SKOS.inScheme, scheme))

    def laws(self, *, high_value: bool) -> Iterable[tuple[URIRef, URIRef]]:
        found = terms.LEGISLATION + ((terms.HIGH_VALUE_ACT,) if high_value else ())
        return [
            (DCATAP.applicableLegislation, self.thing(uri, ELI.LegalResource, label=label))
            for uri, label in found
        ]

    def publisher(self) -> URIRef:
        given = self.publication
        agent = self.thing(addresses.catalogue(given, "publisher"), FOAF.Agent)
        self.text(agent, FOAF.name, given.publisher)
        self.say(agent, (FOAF.homepage, self.document(given.homepage, given.publisher)))
        if "@" in given.contact:
            self.say(agent, (FOAF.mbox, URIRef(f"mailto:{given.contact}")))
        return agent

    def contact(self) -> URIRef:
        given = self.publication
        kind = self.thing(addresses.catalogue(given, "contact"), VCARD.Organization, VCARD.Kind)
        self.text(kind, VCARD.fn, given.publisher)
        if "@" in given.contact:
            self.say(kind, (VCARD.hasEmail, URIRef(f"mailto:{given.contact}")))
        else:
            self.say(kind, (VCARD.hasURL, URIRef(given.contact)))
        return kind

    def rights(self) -> URIRef:
        """What a re-user must do, once for all files."""
        return self.thing(
            addresses.catalogue(self.publication, "rights"),
            DCTERMS.RightsStatement,
            label=statements.rights(self.publication),
        )

    def languages(self, *langs: Lang) -> Iterable[tuple[URIRef, URIRef]]:
        return [
            (DCTERMS.language, self.term(terms.LANGUAGES[lang], DCTERMS.LinguisticSystem))
            for lang in langs
        ]

    def build(self) -> Graph:
        """The whole graph."""
        catalogue = self.thing(addresses.catalogue(self.publication), DCAT.Catalog)
        self.text(catalogue, DCTERMS.title, statements.TITLE)
        self.text(catalogue, DCTERMS.description, statements.DESCRIPTION)
        entries = self.listing.entries
        self.say(
            catalogue,
            (DCTERMS.publisher, self.publisher()),
            (DCTERMS.license, self.licence()),
            (DCTERMS.rights, self.rights()),
            (DCTERMS.spatial, self.term(terms.POLAND, DCTERMS.Location)),
            (FOAF.homepage, self.document(self.publication.homepage, self.publication.publisher)),
            (
                DCAT.themeTaxonomy,
                self.scheme(f"{terms.AUTHORITY}data-theme", terms.TABLES["data-theme"]),
            ),
            *self.languages(*LANGS),
            *self.laws(high_value=False),
            *((DCAT.dataset, self.dataset(entry)) for entry in entries),
        )
        if entries:
            issued = min(entry.issued for entry in entries)
            modified = max(entry.modified for entry in entries)
            self.say(
                catalogue,
                (DCTERMS.issued, Literal(issued.isoformat(), datatype=_DATE)),
                (DCTERMS.modified, Literal(modified.isoformat(), datatype=_DATE)),
            )
        return self.graph

    def dates(self, entry: Entry) -> tuple[tuple[URIRef, Literal], tuple[URIRef, Literal]]:
        return (
            (DCTERMS.issued, Literal(entry.issued.isoformat(), datatype=_DATE)),
            (DCTERMS.modified, Literal(entry.modified.isoformat(), datatype=_DATE)),
        )

    def dataset(self, entry: Entry) -> URIRef:
        """A data set with its files."""
        given, which = self.publication, entry.dataset
        subject = self.thing(addresses.dataset(given, which), DCAT.Dataset)
        self.text(subject, DCTERMS.title, which.title)
        self.text(subject, DCTERMS.description, which.description)
        for lang, keywords in (("pl", which.keywords_pl), ("en", which.keywords_en)):
            self.say(subject, *((DCAT.keyword, Literal(word, lang=lang)) for word in keywords))
        frequency = self.term(terms.FREQUENCIES[which.frequency], DCTERMS.Frequency)
        version = DCAT.version if self.newest else OWL_VERSION
        page = self.document(given.address(which.slug, "pl"), which.title)
        provenance = self.thing(
            addresses.dataset(given, which, "provenance"),
            DCTERMS.ProvenanceStatement,
            label=statements.provenance(given),
        )
        self.say(
            subject,
            *((DCAT.theme, self.term(terms.THEMES[code])) for code in which.categories),
            (DCTERMS.accrualPeriodicity, frequency),
            (DCTERMS.publisher, self.publisher()),
            (DCAT.contactPoint, self.contact()),
            (DCTERMS.spatial, self.term(terms.POLAND, DCTERMS.Location)),
            (DCTERMS.accessRights, self.term(terms.PUBLIC, DCTERMS.RightsStatement)),
            (DCTERMS.provenance, provenance),
            (DCTERMS.identifier, Literal(which.slug)),
            (ADMS.identifier, self.identifier(entry)),
            (DCAT.landingPage, page),
            (version, Literal(entry.version)),
            *self.dates(entry),
            *self.languages(*LANGS),
            *self.laws(high_value=bool(which.flags and which.flags.high_value_ec)),
            *((DCTERMS.relation, URIRef(uri)) for uri in self.related(entry)),
            *((FOAF.page, self.supplement(offer)) for offer in entry.supplements),
            *(
                (DCAT.distribution, self.distribution(entry, offer))
                for offer in entry.files
                if offer.format in terms.FILE_TYPES
            ),
        )
        period = self.listing.period_of(entry)
        if period is not None:
            self.say(subject, (DCTERMS.temporal, self.period(entry, period)))
        return subject

    def related(self, entry: Entry) -> Iterable[str]:
        """The other data sets, and where the data come from."""
        others = [other for other in self.listing.entries if other is not entry]
        yield from (addresses.dataset(self.publication, other.dataset) for other in others)
        yield from (source.path for source in self.publication.sources)

    def identifier(self, entry: Entry) -> URIRef:
        uri = addresses.dataset(self.publication, entry.dataset)
        subject = self.thing(f"{uri}/identifier", ADMS.Identifier)
        return self.say(subject, (SKOS.notation, Literal(uri, datatype=XSD.anyURI)))

    def period(self, entry: Entry, days: tuple[date, date]) -> URIRef:
        subject = self.thing(
            addresses.dataset(self.publication, entry.dataset, "period"), DCTERMS.PeriodOfTime
        )
        first, last = (Literal(day.isoformat(), datatype=_DATE) for day in days)
        return self.say(subject, (DCAT.startDate, first), (DCAT.endDate, last))

    def supplement(self, offer: Offer) -> URIRef:
        return self.document(self.listing.address(offer), offer.title)

    def distribution(self, entry: Entry, offer: Offer) -> URIRef:
        """One file of a data set."""
        given, which = self.publication, entry.dataset
        subject = self.thing(addresses.distribution(given, which, offer.ident), DCAT.Distribution)
        self.text(subject, DCTERMS.title, offer.title)
        self.text(subject, DCTERMS.description, offer.description)
        url = URIRef(self.listing.address(offer))
        file_type = self.term(terms.FILE_TYPES[offer.format], DCTERMS.MediaTypeOrExtent)
        media = self.thing(f"{terms.IANA}{offer.media_type}", DCTERMS.MediaType)
        size = XSD.nonNegativeInteger if self.newest else XSD.decimal
        # A linked-data file says everything in both languages.
        langs = LANGS if offer.format in {"jsonld", "ttl"} else (offer.lang,)
        page = self.document(given.address(which.slug, offer.lang), which.title)
        self.say(
            subject,
            (DCAT.accessURL, url),
            (DCAT.downloadURL, url),
            (FORMAT, file_type),
            (DCAT.mediaType, media),
            (DCAT.byteSize, Literal(str(offer.bytes), datatype=size)),
            (DCTERMS.license, self.licence()),
            (DCTERMS.rights, self.rights()),
            (ADMS.status, self.status()),
            (DCATAP.availability, self.term(terms.STABLE)),
            (FOAF.page, page),
            *self.dates(entry),
            *self.languages(*langs),
        )
        if self.newest:
            self.say(
                subject,
                (SPDX.checksum, self.checksum(entry, offer)),
                *self.laws(high_value=bool(which.flags and which.flags.high_value_ec)),
            )
        return subject

    def checksum(self, entry: Entry, offer: Offer) -> URIRef:
        subject = self.thing(
            addresses.distribution(self.publication, entry.dataset, offer.ident, "checksum"),
            SPDX.Checksum,
        )
        algorithm = self.thing(f"{SPDX}checksumAlgorithm_sha256", SPDX.ChecksumAlgorithm)
        return self.say(
            subject,
            (SPDX.algorithm, algorithm),
            (SPDX.checksumValue, Literal(offer.sha256, datatype=XSD.hexBinary)),
        )


def catalogue(listing: Listing, profile: Profile = "3.0.1") -> Graph:
    """The graph of a listing: the scored one (3.0.1), or the second file (2.1)."""
    return _Catalogue(listing, profile).build()
