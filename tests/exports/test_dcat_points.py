"""Points 51 to 58 of the acceptance list: catalogues of a release, good and broken."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.danegov.feed import write_feed
from exports.dcat import agreement, terms
from exports.dcat.catalogues import write_catalogues, write_descriptions
from exports.dcat.points import catalogue_points, judge_catalogues
from exports.dcat.rules import read
from exports.dcat.scoring import Scored, Vocabularies, score
from exports.dcat.shapes import ShapeSet, shape_sets, violations
from exports.landing.page import write_pages
from exports.listing import Listing
from exports.publication import Licence, Publication
from schemas.datasets import Flags
from schemas.text import Text
from tests.exports.catalogued import PERIOD, offer, whole_listing
from tests.exports.offered import small_release
from tests.exports.sample import TABLES
from tests.shared import SHARED, needs_shared

VOCABULARIES = SHARED / "dane-gov-pl" / "mqa" / "vocab"
CATALOGUES = ("catalog.ttl", "catalog.rdf", "catalog.jsonld", "catalog-2.1.ttl")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogues of all tables of the project."""
    folder = tmp_path_factory.mktemp("whole")
    write_catalogues(whole_listing(), folder)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Listing]:
    """A small release with its files, catalogues and the harvester feed."""
    public = tmp_path_factory.mktemp("small") / "public"
    listing = small_release(public)
    listing = replace(
        listing, entries=tuple(replace(entry, period=PERIOD) for entry in listing.entries)
    )
    write_everything(listing, public)
    return public, listing


def write_everything(listing: Listing, public: Path) -> None:
    write_feed(listing, public / "danegov")
    write_catalogues(listing, public)
    write_descriptions(listing, public)
    write_pages(listing, public)


@pytest.fixture
def copied(small: tuple[Path, Listing], tmp_path: Path) -> tuple[Path, Listing]:
    """A copy of the small release that a test may break."""
    public, listing = small
    shutil.copytree(public, tmp_path / "public")
    return tmp_path / "public", listing


def _sets() -> tuple[ShapeSet, ...]:
    return shape_sets(SHARED / "specs" / "dcat-ap")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _failed(public: Path, listing: Listing) -> set[int]:
    return {result.number for result in catalogue_points(public, listing) if not result.passed}


def test_a_good_release_keeps_every_point(small: tuple[Path, Listing]) -> None:
    public, listing = small
    results = catalogue_points(public, listing)
    assert [result.number for result in results] == list(range(51, 59))
    assert {result.number: result.findings for result in results if result.findings} == {}
    assert results[0].not_judged is not None
    assert judge_catalogues(public, listing) == []


@needs_shared
def test_point_51_no_violation_of_any_official_shape(tmp_path: Path) -> None:
    """Every data set, with files of two tables: more of the same take the validator long."""
    listing = whole_listing()
    thin = tuple(replace(entry, files=entry.files[:8]) for entry in listing.entries)
    write_catalogues(replace(listing, entries=thin), tmp_path)
    sets = _sets()
    assert [found.name for found in sets] == ["3.0.1", "2.1.1", "mcod-2.1.0"]
    assert [problem for shapes in sets for problem in violations(tmp_path, shapes)] == []


@needs_shared
@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("3.0.1", "catalog.ttl", "nonNegativeInteger", "decimal"),
        ("3.0.1", "catalog.ttl", "    dcat:accessURL ", "    dcat:otherURL "),
        ("3.0.1", "catalog.ttl", "/authority/file-type> ;", "/authority/other-type> ;"),
        ("2.1.1", "catalog-2.1.ttl", "xsd:decimal", "xsd:nonNegativeInteger"),
        ("mcod-2.1.0", "catalog-2.1.ttl", '    foaf:name ', '    foaf:nick '),
    ],
)  # fmt: skip
def test_point_51_a_violation_is_found(
    copied: tuple[Path, Listing], name: str, file: str, old: str, new: str
) -> None:
    public, _ = copied
    shapes = next(found for found in _sets() if found.name == name)
    _change(public / file, old, new)
    problems = list(violations(public, shapes))
    assert problems
    assert all(problem.place == file and name in problem.message.en for problem in problems)


@needs_shared
def test_point_51_the_two_profiles_cannot_be_one_file(
    small: tuple[Path, Listing], tmp_path: Path
) -> None:
    shutil.copyfile(small[0] / "catalog-2.1.ttl", tmp_path / "catalog.ttl")
    newest = next(found for found in _sets() if found.name == "3.0.1")
    assert list(violations(tmp_path, newest)) != []


def test_point_51_three_forms_hold_one_graph(whole: Path) -> None:
    graphs = [read(whole / name) for name in CATALOGUES[:3]]
    assert all(graph is not None and len(graph) > 4000 for graph in graphs)
    facts = [set(graph) for graph in graphs if graph is not None]
    assert facts[0] == facts[1] == facts[2]


def _known() -> Vocabularies:
    """What data.europa.eu knows, from the copies of its vocabularies."""

    def addresses(name: str) -> frozenset[str]:
        lines = (VOCABULARIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        return frozenset(str(json.loads(line)["uri"]) for line in lines[1:])

    return Vocabularies(
        addresses("file_types"),
        addresses("non_proprietary"),
        addresses("machine_readable"),
        addresses("media_types"),
        addresses("licenses"),
        addresses("access_rights"),
    )


def _scores(path: Path, known: Vocabularies | None = None) -> list[Scored]:
    graph = read(path)
    assert graph is not None
    found = {} if known is None else {"known": known}
    return score(graph, conforms=True, reachable=lambda address: True, **found)


@needs_shared
def test_point_52_every_csv_and_json_ld_file_has_all_points_of_both_methodologies(
    whole: Path,
) -> None:
    scored = _scores(whole / "catalog.ttl", _known())
    assert {(one.first, one.second, one.lost) for one in scored} == {(405, 7.5, ())}
    offers = [offer for entry in whole_listing().entries for offer in entry.files]
    assert len(scored) == sum(offer.format in {"csv", "jsonld"} for offer in offers)


@needs_shared
def test_point_52_the_metrics_are_those_of_the_portal() -> None:
    from exports.dcat.scoring import _DATASET, _DISTRIBUTION

    first = json.loads((SHARED / "dane-gov-pl/mqa/mqa_v1_405.json").read_text(encoding="utf-8"))
    second = json.loads((SHARED / "dane-gov-pl/mqa/mqa_v2_7_5.json").read_text(encoding="utf-8"))
    for metrics, kind in ((_DATASET, "dataset"), (_DISTRIBUTION, "distribution")):
        ours = sorted(metric.second for metric in metrics if metric.second)
        assert ours == sorted(weight for _, _, weight in second[kind])
    points = [metric.first for metric in _DATASET + _DISTRIBUTION if metric.first]
    assert sorted(points) == sorted(weight for _, _, weight in first["metrics"])


@pytest.mark.parametrize(
    ("old", "new", "first", "second", "lost"),
    [
        ("dcat:keyword ", "dcat:key ", 375, 7.25, "dcat:keyword"),
        ("dct:temporal ", "dct:time ", 385, 7.25, "dct:temporal"),
        ("dct:provenance ", "dct:origin ", 405, 7.375, "dct:provenance"),
        ("file-type/CSV>", "file-type/XLS>", 355, 6.75, "dct:format non-proprietary"),
        ("dcat:byteSize ", "dcat:size ", 400, 7.375, "dcat:byteSize"),
    ],
)
def test_point_52_what_is_missing_costs_its_points(
    copied: tuple[Path, Listing], old: str, new: str, first: int, second: float, lost: str
) -> None:
    public, listing = copied
    text = (public / "catalog.ttl").read_text(encoding="utf-8").replace(old, new)
    (public / "catalog.ttl").write_text(text, encoding="utf-8")
    one = next(one for one in _scores(public / "catalog.ttl") if one.distribution.endswith("csv"))
    assert (one.first, one.second) == (first, second)
    assert lost in one.lost
    assert {52, 57} <= _failed(public, listing)


def test_point_52_a_file_that_is_not_there_costs_its_points(
    copied: tuple[Path, Listing],
) -> None:
    public, listing = copied
    (public / listing.entries[0].files[0].path).unlink()
    (result,) = (one for one in catalogue_points(public, listing) if one.number == 52)
    assert [finding.what.en for finding in result.findings] == [
        "325/405, 7.25/7.5: dcat:accessURL status, dcat:downloadURL status"
    ]


def test_point_53_licence_access_format_and_media_type_are_of_the_vocabularies(
    small: tuple[Path, Listing],
) -> None:
    text = (small[0] / "catalog.ttl").read_text(encoding="utf-8")
    for uri in (
        f"{terms.AUTHORITY}licence/CC_BY_4_0",
        f"{terms.AUTHORITY}access-right/PUBLIC",
        f"{terms.AUTHORITY}file-type/CSV",
        f"{terms.AUTHORITY}file-type/JSON_LD",
        "http://www.iana.org/assignments/media-types/text/csv",
    ):
        assert f"<{uri}>" in text


def test_point_53_a_licence_without_a_code_is_found(copied: tuple[Path, Listing]) -> None:
    public, listing = copied
    own = Licence("own", Text("Własna", "Own"), "https://example.org/licence")
    listing = replace(listing, publication=replace(listing.publication, licence=own))
    write_catalogues(listing, public)
    assert 53 in _failed(public, listing)


def test_point_54_publisher_contact_period_and_the_rest_are_given(
    small: tuple[Path, Listing],
) -> None:
    text = (small[0] / "catalog.ttl").read_text(encoding="utf-8")
    for wanted in (
        "foaf:mbox <mailto:kontakt@pim.example.org>",
        "vcard:hasEmail <mailto:kontakt@pim.example.org>",
        'dcat:startDate "2017-01-01"^^xsd:date',
        'dcat:endDate "2026-12-31"^^xsd:date',
        f"dct:spatial <{terms.AUTHORITY}country/POL>",
        'dct:identifier "proba"',
        "adms:identifier ",
        "dct:provenance ",
        "spdx:checksumValue ",
        "adms:status ",
        "foaf:page ",
    ):
        assert wanted in text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda listing: replace(
            listing, publication=replace(listing.publication, contact="https://pim.example.org/")
        ),
        lambda listing: replace(
            listing, entries=tuple(replace(entry, period=None) for entry in listing.entries)
        ),
        lambda listing: replace(
            listing,
            entries=tuple(
                replace(entry, period=(date(2026, 1, 1), date(2017, 1, 1)))
                for entry in listing.entries
            ),
        ),
    ],
    ids=["contact", "no period", "turned period"],
)
def test_point_54_a_gap_is_found(
    copied: tuple[Path, Listing], spoil: Callable[[Listing], Listing]
) -> None:
    public, listing = copied[0], spoil(copied[1])
    write_everything(listing, public)
    assert 54 in _failed(public, listing)


def test_point_55_every_data_set_names_its_law(whole: Path) -> None:
    text = (whole / "catalog.ttl").read_text(encoding="utf-8")
    laws = re.findall(r"dcatap:applicableLegislation (.+?) ;?\n", text)
    assert laws
    assert all("http://data.europa.eu/eli/dir/2019/1024/oj" in law for law in laws)
    assert "hvdCategory" not in text


def test_point_55_high_value_data_need_a_category(copied: tuple[Path, Listing]) -> None:
    public, listing = copied
    entry = listing.entries[0]
    flags = Flags(
        Text("Zespół", "Team"),
        date(2026, 1, 1),
        Text("Tak.", "Yes."),
        high_value=True,
        high_value_ec=True,
    )
    high = replace(listing, entries=(replace(entry, dataset=replace(entry.dataset, flags=flags)),))
    write_everything(high, public)
    text = (public / "catalog.ttl").read_text(encoding="utf-8")
    assert "http://data.europa.eu/eli/reg_impl/2023/138/oj" in text
    assert 55 in _failed(public, high)


def test_point_56_texts_are_in_both_languages(copied: tuple[Path, Listing]) -> None:
    public, listing = copied
    assert 56 not in _failed(public, listing)
    _change(public / "catalog.ttl", '"Sample data set"@en', '"Sample data set"')
    assert 56 in _failed(public, listing)


def test_point_57_all_renderings_state_the_same_facts(small: tuple[Path, Listing]) -> None:
    public, listing = small
    assert list(agreement.disagreements(public, listing)) == []
    facts = agreement.told(listing)
    kinds = {kind for _, kind in facts}
    assert {"title_pl", "frequency", "themes", "modified", "url", "licence"} <= kinds
    assert {"bytes", "sha256", "media", "columns"} <= kinds
    assert {"description_en", "publisher_pl", "issued", "table_pl"} <= kinds


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("danegov/harvester.xml", "<polish>Zbiór próbny</polish>", "<polish>Inny</polish>"),
        ("danegov/harvester.xml", ">irregular<", ">monthly<"),
        ("danegov/harvester.xml", "<category>GOVE", "<category>REGI"),
        ("danegov/harvester.xml", "<source>true", "<source>false"),
        ("danegov/harvester.xml", "<lastUpdateDate>2026", "<lastUpdateDate>2025"),
        ("danegov/harvester.xml", "/pliki/places-csv", "/pliki/other-csv"),
        ("proba/index.html", "<h1 data-fact=\"title\">Zbiór", "<h1 data-fact=\"title\">Inny"),
        ("en/proba/index.html", "Two tables for trials", "Three tables for trials"),
        ("proba/index.html", 'datetime="2026-10-01"', 'datetime="2025-10-01"'),
        ("index.html", "2026.11.0", "2026.11.1"),
        ("catalog.ttl", '"Zbiór próbny"@pl', '"Inny"@pl'),
        ("catalog.ttl", "frequency/IRREG> ;", "frequency/MONTHLY> ;"),
        ("catalog.ttl", "checksumValue \"", "checksumValue \"00"),
        ("catalog.rdf", "Zbiór próbny", "Inny"),
        ("catalog.jsonld", "Zbiór próbny", "Inny"),
        ("catalog-2.1.ttl", "Zbiór próbny", "Inny"),
        ("schema.org.jsonld", '"dateModified": "2026-11', '"dateModified": "2025-11'),
        ("proba/schema.org.jsonld", '"contentSize": "', '"contentSize": "1'),
        ("proba/datapackage.json", '"title": "Zbiór próbny"', '"title": "Inny"'),
        ("en/proba/datapackage.json", '"name": "CC-BY-4.0"', '"name": "CC0-1.0"'),
        ("proba/datapackage.json", '"hash": "sha256:', '"hash": "sha256:0'),
        ("proba/miejsca.csv-metadata.json", '"Miejsca"', '"Inne"'),
        ("proba/miejsca.csv-metadata.json", '"name": "ludnosc"', '"name": "liczba"'),
        ("proba/miejsca.csv-metadata.json", "Miejsca do prób.", "Inne."),
        ("proba/datapackage.json", '"name": "ludnosc"', '"name": "liczba"'),
        ("proba/datapackage.json", '"mediatype": "text/csv"', '"mediatype": "text/plain"'),
        ("en/proba/datapackage.json", "Team of the project", "Somebody"),
        ("danegov/harvester.xml", "Dwie tabele do prób.", "Inne."),
        ("catalog.ttl", '"Dwie tabele do prób."@pl', '"Inne."@pl'),
        ("catalog.ttl", "foaf:name \"Team of", "foaf:name \"Not of"),
        ("schema.org.jsonld", '"datePublished": "2026', '"datePublished": "2025'),
        ("proba/schema.org.jsonld", "Two tables for trials.", "Other."),
        ("en/proba/places.csv-metadata.json", "creativecommons.org", "example.org"),
    ],
)  # fmt: skip
def test_point_57_a_fact_that_differs_is_found(
    copied: tuple[Path, Listing], file: str, old: str, new: str
) -> None:
    public, listing = copied
    _change(public / file, old, new)
    assert 57 in _failed(public, listing)


@pytest.mark.parametrize(
    "file",
    [
        *CATALOGUES,
        "danegov/harvester.xml",
        "schema.org.jsonld",
        "proba/schema.org.jsonld",
        "en/proba/datapackage.json",
        "en/index.html",
        "proba/index.html",
        "proba/wizyty.csv-metadata.json",
    ],
)
@pytest.mark.parametrize("content", [None, b'{"@context": "https://example.org/"}'])
def test_point_57_a_rendering_that_is_missing_or_damaged_is_found(
    copied: tuple[Path, Listing], file: str, content: bytes | None
) -> None:
    public, listing = copied
    if content is None:
        (public / file).unlink()
    else:
        (public / file).write_bytes(content)
    assert _failed(public, listing) & {51, 57}


BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 20}">'
    for before, name in zip("abcdefgh", "bcdefghx", strict=True)
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("catalog.rdf", f"{HEAD}<!DOCTYPE x [{BOMB}]><x>&x;</x>".encode()),
        ("catalog.rdf", f'{HEAD}<!DOCTYPE x [<!ENTITY x SYSTEM "file:///x">]><x>&x;</x>'.encode()),
        ("catalog.rdf", f'<?xml version="1.0"?><!DOCTYPE x [{BOMB}]><x/>'.encode("utf-16")),
        ("catalog.jsonld", b'{"@context": {"a": "https://a/"}, "@graph": [{"@context": "https://a/"}]}'),
        ("catalog.jsonld", b'{"@context": {"@import": "https://example.org/"}}'),
        ("catalog.jsonld", b'{"\\u0040context": "https://example.org/"}'),
        ("catalog.jsonld", b"[" * 100_000),
        ("catalog.ttl", b"@prefix : <https://a/> . " + b":a :b (" * 50_000),
    ],
    ids=["bomb", "file", "utf-16", "inner context", "import", "escaped", "deep", "deep turtle"],
)  # fmt: skip
def test_a_catalogue_from_anywhere_does_no_harm(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert read(tmp_path / name) is None


def test_point_58_parquet_is_on_our_site_and_not_in_the_catalogue(
    whole: Path, copied: tuple[Path, Listing]
) -> None:
    for name in CATALOGUES:
        assert b"parquet" not in (whole / name).read_bytes().lower()
    public, listing = copied
    entry = listing.entries[0]
    more = replace(entry, files=(*entry.files, offer(TABLES[0], "parquet", "pl")))
    (result,) = (
        one
        for one in catalogue_points(public, replace(listing, entries=(more,)))
        if one.number == 58
    )
    assert result.passed
    assert [note.line("en") for note in result.notes] == [
        "proba: parquet: on our own site alone, not in the catalogue."
    ]


def test_the_same_listing_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    write_catalogues(whole_listing(), tmp_path)
    for name in CATALOGUES:
        assert (tmp_path / name).read_bytes() == (whole / name).read_bytes()


def test_catalogues_have_no_blank_node(whole: Path) -> None:
    from rdflib import BNode

    for name in CATALOGUES:
        graph = read(whole / name)
        assert graph is not None
        assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_a_concept_has_one_label_in_a_language(whole: Path) -> None:
    from rdflib import SKOS

    for name in CATALOGUES:
        graph = read(whole / name)
        assert graph is not None
        labels = [
            (subject, getattr(label, "language", None))
            for subject, label in graph.subject_objects(SKOS.prefLabel)
        ]
        assert len(labels) == len(set(labels)) > 0, name


def test_texts_with_any_sign_come_back_as_they_were(tmp_path: Path) -> None:
    odd = Text("Żółć \"x\" \\ <&> 'y'\n🙂 „z”", "]]> ; . @en ^^ \t \\u0041")
    publication = Publication("2026.11.0", date(2026, 11, 24), publisher=odd)
    listing = whole_listing(publication)
    listing = replace(listing, entries=listing.entries[:1])
    write_catalogues(listing, tmp_path)
    assert not {51, 57} & {
        int(problem.rule.removeprefix("point_"))
        for problem in judge_catalogues(tmp_path, listing)
        if problem.place in CATALOGUES
    }
