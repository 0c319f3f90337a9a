"""CITATION.cff: how a release is cited, for programs (Citation File Format 1.2.0).

The author is the publisher: no person is named.
"""

import json

from exports.dcat import statements, terms
from exports.listing import Listing
from schemas.text import Text

FILE = "CITATION.cff"
_MESSAGE = Text("Korzystając z danych, podaj tę publikację.", "If you use these data, cite this.")


def citation(listing: Listing) -> str:
    """The file as YAML; each text is a JSON string, which YAML reads as it stands."""
    given = listing.publication
    author = {"name": given.publisher.pl, "alias": given.publisher.en, "website": given.homepage}
    if "@" in given.contact:
        author["email"] = given.contact
    facts = {
        "cff-version": "1.2.0",
        "message": " ".join(_MESSAGE),
        "type": "dataset",
        "title": f"{statements.TITLE.pl} / {statements.TITLE.en}",
        "abstract": "\n\n".join(statements.DESCRIPTION),
        "version": given.version,
        "date-released": given.date.isoformat(),
        "url": given.base_url,
        # Only identifiers of SPDX may stand under `license`.
        "license" if given.licence.name in terms.LICENCES else "license-url": (
            given.licence.name if given.licence.name in terms.LICENCES else given.licence.path
        ),
    }
    words = {
        word: None
        for entry in listing.entries
        for word in (*entry.dataset.keywords_pl, *entry.dataset.keywords_en)
    }
    lines = [f"{name}: {_text(value)}" for name, value in facts.items()]
    lines += ["authors:", *_items(author)]
    if words:
        lines += ["keywords:", *(f"  - {_text(word)}" for word in words)]
    return "\n".join(lines) + "\n"


def _items(facts: dict[str, str]) -> list[str]:
    return [
        f"  {'-' if number == 0 else ' '} {name}: {_text(value)}"
        for number, (name, value) in enumerate(facts.items())
    ]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
