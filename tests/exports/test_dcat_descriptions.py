"""schema.org, CITATION.cff and the vocabulary of a release."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from exports.dcat import vocabulary
from exports.dcat.catalogues import write_descriptions
from exports.publication import Licence
from exports.twins import context
from schemas.columns import Codes, code
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.table import Table
from schemas.text import Text
from tests.exports.catalogued import PUBLICATION, whole_listing
from tests.exports.sample import SAMPLE

BASE = PUBLICATION.base_url


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("described")
    write_descriptions(whole_listing(), folder)
    return folder


def _node(path: Path) -> dict[str, object]:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("dataset", all_datasets(), ids=lambda dataset: dataset.slug)
def test_every_data_set_has_what_search_engines_ask_for(tree: Path, dataset: object) -> None:
    listing = whole_listing()
    entry = next(entry for entry in listing.entries if entry.dataset is dataset)
    node = _node(tree / entry.dataset.slug / "schema.org.jsonld")
    assert (node["@context"], node["@type"]) == ("https://schema.org/", "Dataset")
    assert node["name"] == entry.dataset.title.pl
    assert 50 <= len(str(node["description"])) <= 5000
    for wanted in ("license", "creator", "publisher", "url", "keywords", "identifier", "version"):
        assert node[wanted]
    assert node["temporalCoverage"] == "2017-01-01/2026-12-31"
    downloads = node["distribution"]
    assert isinstance(downloads, list)
    assert [one["contentUrl"] for one in downloads] == [
        listing.address(offer) for offer in entry.files
    ]
    assert {one["encodingFormat"] for one in downloads} == {
        "text/csv",
        "application/ld+json",
        "application/vnd.apache.parquet",
    }


def test_the_one_for_all_holds_the_same_data_sets(tree: Path) -> None:
    whole = _node(tree / "schema.org.jsonld")
    assert whole["@type"] == "DataCatalog"
    datasets = whole["dataset"]
    assert isinstance(datasets, list)
    for node in datasets:
        own = _node(tree / str(node["identifier"]) / "schema.org.jsonld")
        assert {**own, **node} == own
    assert len(datasets) == len(all_datasets())


def _cff(text: str) -> dict[str, str]:
    """The top lines of a CFF file: a name and a JSON string."""
    return dict(re.findall(r'^([a-z-]+): (".*")$', text, re.MULTILINE))


def test_citation_names_the_release_and_its_publisher_and_no_person(tree: Path) -> None:
    text = (tree / "CITATION.cff").read_text(encoding="utf-8")
    facts = {name: json.loads(value) for name, value in _cff(text).items()}
    assert facts["cff-version"] == "1.2.0"
    assert facts["type"] == "dataset"
    assert (facts["version"], facts["date-released"]) == ("2026.11.0", "2026-11-24")
    assert facts["license"] == "CC-BY-4.0"
    assert facts["url"] == BASE
    assert {"message", "title", "abstract"} <= facts.keys()
    assert f"authors:\n  - name: {json.dumps(PUBLICATION.publisher.pl, ensure_ascii=False)}" in text
    assert "family-names" not in text
    assert text.count("\n  - ") == len(set(re.findall(r"^  - .*$", text, re.MULTILINE)))


def test_citation_gives_the_address_of_a_licence_without_an_identifier(tmp_path: Path) -> None:
    own = Licence("own", Text("Własna", "Own"), "https://example.org/licence")
    publication = replace(PUBLICATION, licence=own, contact="https://example.org/contact")
    write_descriptions(whole_listing(publication), tmp_path)
    text = (tmp_path / "CITATION.cff").read_text(encoding="utf-8")
    assert 'license-url: "https://example.org/licence"' in text
    assert "\nlicense:" not in text
    assert "email" not in text


def test_the_vocabulary_explains_every_word_of_the_linked_files(tree: Path) -> None:
    graph = Graph().parse(tree / "vocab.ttl", format="turtle")
    named = set(graph.subjects())
    for dataset in all_datasets():
        for table in tables_of(dataset):
            assert URIRef(f"{BASE}vocab.ttl#{table.name}") in named
            for meaning in context(PUBLICATION, table).values():
                word = meaning["@id"] if isinstance(meaning, dict) else meaning
                if str(word).startswith("vocab:"):
                    uri = str(word).replace("vocab:", f"{BASE}vocab.ttl#")
                    assert URIRef(uri) in named


def test_every_word_has_labels_in_both_languages(tree: Path) -> None:
    graph = Graph().parse(tree / "vocab.ttl", format="turtle")
    for word in set(graph.subjects()):
        name = RDFS.label if (word, RDFS.label, None) in graph else SKOS.prefLabel
        labels = {
            label.language for label in graph.objects(word, name) if isinstance(label, Literal)
        }
        assert labels == {"pl", "en"}, word


def test_codes_are_concepts_of_their_list(tree: Path) -> None:
    graph = Graph().parse(tree / "vocab.ttl", format="turtle")
    lists = {
        column.codes
        for table in all_tables()
        if table.dataset
        for column in table.columns
        if column.codes
    }
    assert len(set(graph.subjects(RDF.type, SKOS.ConceptScheme))) == len(lists)
    for codes in lists:
        scheme = URIRef(f"{BASE}vocab.ttl#{codes.__name__}")
        told = {
            str(next(graph.objects(one, SKOS.notation))) for one in graph[: SKOS.inScheme : scheme]
        }
        assert told == {code.value for code in codes}


class Kind(Codes):
    """A list."""

    A = "a", "a", "a"


def _other() -> type[Codes]:
    class Kind(Codes):
        """Another list of the same name."""

        B = "b", "b", "b"

    return Kind


class Two(Table):
    """A table whose lists cannot be told apart."""

    name_pl = "dwie"
    title = Text("Dwie", "Two")
    description = Text("Dwie listy.", "Two lists.")
    row = Text("wiersz", "a row")
    dataset = SAMPLE
    kind = code(Kind, "rodzaj", "Rodzaj", "Kind", "Rodzaj.", "Kind.", key=True)
    other = code(_other(), "inny", "Inny", "Other", "Inny.", "Other.")


def test_two_code_lists_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="the same name"):
        vocabulary.vocabulary(PUBLICATION, [Two])


def test_descriptions_are_the_same_bytes_each_time(tree: Path, tmp_path: Path) -> None:
    write_descriptions(whole_listing(), tmp_path)
    names = sorted(path.relative_to(tree) for path in tree.rglob("*") if path.is_file())
    assert len(names) == len(all_datasets()) + 3
    for name in names:
        assert (tree / name).read_bytes() == (tmp_path / name).read_bytes()


def test_dates_of_a_release_and_of_its_parts_are_told_apart(tmp_path: Path) -> None:
    listing = whole_listing()
    first = replace(listing.entries[0], issued=date(2020, 1, 1), modified=date(2021, 1, 1))
    write_descriptions(replace(listing, entries=(first,)), tmp_path)
    node = _node(tmp_path / first.dataset.slug / "schema.org.jsonld")
    assert (node["datePublished"], node["dateModified"]) == ("2020-01-01", "2021-01-01")
