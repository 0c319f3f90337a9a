"""schema.org/Dataset as JSON-LD: what search engines read, one file a data set and one for all."""

from exports.dcat import addresses, statements, terms
from exports.listing import Entry, Listing, Offer
from schemas.text import LANGS

FILE = "schema.org.jsonld"
CONTEXT = "https://schema.org/"

Node = dict[str, object]


def _publisher(listing: Listing) -> Node:
    given = listing.publication
    contact = "email" if "@" in given.contact else "url"
    return {
        "@type": "Organization",
        "@id": addresses.catalogue(given, "publisher"),
        "name": given.publisher.pl,
        "alternateName": given.publisher.en,
        "url": given.homepage,
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer support",
            contact: given.contact,
        },
    }


def _download(listing: Listing, entry: Entry, offer: Offer) -> Node:
    return {
        "@type": "DataDownload",
        "@id": addresses.distribution(listing.publication, entry.dataset, offer.ident),
        "name": offer.title.pl,
        "alternateName": offer.title.en,
        "description": offer.description.of(offer.lang),
        "contentUrl": listing.address(offer),
        "encodingFormat": offer.media_type,
        "contentSize": f"{offer.bytes} B",
        "sha256": offer.sha256,
        "inLanguage": offer.lang,
        "dateModified": entry.modified.isoformat(),
    }


def described(listing: Listing, entry: Entry) -> Node:
    """A data set with all its files, without the context."""
    given, dataset = listing.publication, entry.dataset
    found: Node = {
        "@type": "Dataset",
        "@id": addresses.dataset(given, dataset),
        # Search engines take one text: the name in Polish, and what it is in both languages.
        "name": dataset.title.pl,
        "alternateName": dataset.title.en,
        "description": "\n\n".join(dataset.description),
        "url": given.address(dataset.slug, "pl"),
        "identifier": dataset.slug,
        "version": entry.version,
        "datePublished": entry.issued.isoformat(),
        "dateModified": entry.modified.isoformat(),
        "license": given.licence.path,
        "isAccessibleForFree": True,
        "inLanguage": list(LANGS),
        "keywords": list(dict.fromkeys((*dataset.keywords_pl, *dataset.keywords_en))),
        "about": [
            {"@type": "DefinedTerm", "@id": theme.uri, "name": theme.label.pl}
            for theme in (terms.THEMES[code] for code in dataset.categories)
        ],
        "spatialCoverage": {
            "@type": "Country",
            "@id": terms.POLAND.uri,
            "name": terms.POLAND.label.pl,
        },
        "creator": _publisher(listing),
        "publisher": {"@id": addresses.catalogue(given, "publisher")},
        "isBasedOn": [source.path for source in given.sources],
        "creditText": statements.rights(given).pl,
        "distribution": [_download(listing, entry, offer) for offer in entry.files],
    }
    period = listing.period_of(entry)
    if period is not None:
        found["temporalCoverage"] = "/".join(day.isoformat() for day in period)
    return found


def of_dataset(listing: Listing, entry: Entry) -> Node:
    """The document of one data set."""
    catalogue = {"@id": addresses.catalogue(listing.publication)}
    return {
        "@context": CONTEXT,
        **described(listing, entry),
        "includedInDataCatalog": catalogue,
    }


def of_all(listing: Listing) -> Node:
    """The document of all data sets together."""
    given = listing.publication
    return {
        "@context": CONTEXT,
        "@type": "DataCatalog",
        "@id": addresses.catalogue(given),
        "name": statements.TITLE.pl,
        "alternateName": statements.TITLE.en,
        "description": "\n\n".join(statements.DESCRIPTION),
        "url": given.base_url,
        "version": given.version,
        "license": given.licence.path,
        "inLanguage": list(LANGS),
        "publisher": _publisher(listing),
        "dataset": [described(listing, entry) for entry in listing.entries],
    }
