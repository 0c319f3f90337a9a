"""Rows as linked data: complete, typed, linked to two hosts, and the same bytes each time."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from exports import twins
from exports.dcat import addresses
from schemas.columns import Column, string
from schemas.errors import PimError
from schemas.registry import all_tables
from schemas.table import Table
from schemas.text import Text
from tests.exports.sample import PUBLICATION, SAMPLE, TABLES, Places, Visits, frames, parquet

BASE = PUBLICATION.base_url
# rdflib 7.6 warns of its own JSON-LD reader.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


class Pages(Table):
    """Web pages, some with addresses that no link can have."""

    name_pl = "strony"
    title = Text("Strony", "Pages")
    description = Text("Strony.", "Pages.")
    row = Text("jedna strona", "one page")
    dataset = SAMPLE

    page_name_pl = string("nazwa_pl", "Nazwa", "Name", "Nazwa.", "Name.", key=True)
    page_name_en = string("nazwa_en", "Nazwa", "Name", "Nazwa.", "Name.", null=True)
    url = string("adres", "Adres", "Address", "Adres.", "Address.", null=True, url=True)
    notes = string("uwagi", "Uwagi", "Notes", "Uwagi.", "Notes.", null=True)


def _graph(path: Path) -> Graph:
    return Graph().parse(path, format="json-ld")


def _written(folder: Path, given: dict[str, pl.DataFrame] | None = None) -> dict[str, Graph]:
    found = {}
    sources = parquet(folder / "source", given)
    tables: tuple[type[Table], ...] = (*TABLES, Pages)
    for table in tables:
        if table.name in sources:
            target = folder / f"{table.name}.jsonld"
            rows = twins.write_twin(table, sources[table.name], PUBLICATION, target)
            found[table.name] = _graph(target)
            assert len(set(found[table.name].subjects())) == rows
    return found


def _said(graph: Graph, row: str, column: Column) -> list[Node]:
    name = URIRef(addresses.column_property(PUBLICATION, column))
    return sorted(graph.objects(URIRef(row), name), key=str)


def _expected(column: Column, value: object) -> list[Node]:
    """What a cell must be in the graph, told another way than the SQL does."""
    if value is None:
        return []
    if column.codes is not None:
        code = next(code for code in column.codes if code.value == value)
        return [URIRef(addresses.code_concept(PUBLICATION, code))]
    target = twins.links_to(column)
    if target is not None:
        members = str(value).split(";") if column.many else [str(value)]
        return [URIRef(f"{BASE}id/{target.name}/{member}") for member in members]
    kinds = {
        "integer": XSD.integer,
        "number": XSD.decimal,
        "boolean": XSD.boolean,
        "date": XSD.date,
        "datetime": XSD.dateTime,
    }
    if column.kind in kinds:
        return [Literal(value, datatype=kinds[column.kind])]
    return [Literal(value, lang=twins.language(column))]


def test_point_50_every_row_and_every_cell_is_there(tmp_path: Path) -> None:
    given = frames()
    graphs = _written(tmp_path)
    for table in TABLES:
        for values in given[table.name].to_dicts():
            key = "/".join(str(values[column.name]) for column in table.key)
            row = f"{BASE}id/{table.name}/{key}"
            for column in table.columns:
                assert _said(graphs[table.name], row, column) == _expected(
                    column, values[column.name]
                ), (row, column)


def test_point_50_codes_have_labels_in_both_languages(tmp_path: Path) -> None:
    graph = _written(tmp_path)["places"]
    label = URIRef(f"{BASE}vocab.ttl#places/size/label")
    said = set(graph.objects(URIRef(f"{BASE}id/places/plc-0002"), label))
    assert said == {Literal("duża, „główna”", lang="pl"), Literal("big, 'main'", lang="en")}


def test_point_50_every_row_links_to_a_second_host(tmp_path: Path) -> None:
    for graph in _written(tmp_path).values():
        for row in set(graph.subjects()):
            hosts = {
                urlsplit(str(value)).hostname
                for predicate, value in graph.predicate_objects(row)
                if isinstance(value, URIRef) and predicate != RDF.type
            }
            assert urlsplit(str(row)).hostname == "pim.example.org"
            assert hosts & {"data.europa.eu", "publications.europa.eu"}


def test_rows_lie_in_the_region_that_their_code_tells(tmp_path: Path) -> None:
    graph = _written(tmp_path)["places"]
    spatial = URIRef("http://purl.org/dc/terms/spatial")
    found = {str(row).rpartition("/")[2]: str(value) for row, value in graph[:spatial]}
    assert found == {
        "plc-0001": "http://publications.europa.eu/resource/authority/country/POL",
        "plc-0002": "http://data.europa.eu/nuts/code/PL51",
        "plc-0010": "http://data.europa.eu/nuts/code/PL51",
    }


def test_texts_are_tagged_and_only_addresses_that_are_links_become_links(tmp_path: Path) -> None:
    rows = [
        ("Żółć / 1#?", "Bile", "https://example.com/a?b=1", "Uwaga"),
        ("druga", None, "https://example.com/{x}|", None),
        ("trzecia", None, None, None),
    ]
    frame = pl.DataFrame(rows, schema=Pages.schema(), orient="row")
    graph = _written(tmp_path, {"pages": frame})["pages"]
    addressed = {unquote(str(row)): row for row in set(graph.subjects())}
    first, second = (str(addressed[f"{BASE}id/pages/{name}"]) for name in ("Żółć / 1#?", "druga"))
    assert _said(graph, first, Pages.page_name_pl) == [Literal("Żółć / 1#?", lang="pl")]
    assert _said(graph, first, Pages.page_name_en) == [Literal("Bile", lang="en")]
    assert _said(graph, first, Pages.notes) == [Literal("Uwaga", lang="pl")]
    assert _said(graph, first, Pages.url) == [URIRef("https://example.com/a?b=1")]
    assert _said(graph, second, Pages.url) == [
        Literal("https://example.com/{x}|", datatype=XSD.anyURI)
    ]
    assert b"null" not in (tmp_path / "pages.jsonld").read_bytes()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    rows = [(text, text, None, text) for text in texts]
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "pages.parquet", Path(folder) / "pages.jsonld"
        pl.DataFrame(rows, schema=Pages.schema(), orient="row").write_parquet(source)
        with duckdb.connect() as engine:
            twins.write_twin(Pages, source, PUBLICATION, target, within=engine)
        graph = _graph(target)
    for column, tag in ((Pages.page_name_pl, "pl"), (Pages.page_name_en, "en")):
        name = URIRef(addresses.column_property(PUBLICATION, column))
        assert set(graph.objects(None, name)) == {Literal(text, lang=tag) for text in texts}
    assert len(set(graph.subjects())) == len(texts)


def test_same_rows_give_the_same_bytes_in_any_order_and_any_engine(tmp_path: Path) -> None:
    _written(tmp_path)
    sources = parquet(
        tmp_path / "turned", {name: frame.reverse() for name, frame in frames().items()}
    )
    with duckdb.connect() as engine:
        for table in TABLES:
            again = tmp_path / "again.jsonld"
            twins.write_twin(table, sources[table.name], PUBLICATION, again, within=engine)
            assert again.read_bytes() == (tmp_path / f"{table.name}.jsonld").read_bytes()


def test_one_row_stands_on_one_line(tmp_path: Path) -> None:
    _written(tmp_path)
    head, opening, *rows, end, rest = (tmp_path / "places.jsonld").read_text("utf-8").split("\n")
    assert head.startswith('{"@context":')
    assert (opening, end, rest) == ('"@graph":[', "]}", "")
    assert [json.loads(row.rstrip(","))["place_id"] for row in rows] == [
        "plc-0001",
        "plc-0002",
        "plc-0010",
    ]


def test_a_table_without_rows_is_an_empty_graph(tmp_path: Path) -> None:
    assert len(_written(tmp_path, {"places": frames()["places"].clear()})["places"]) == 0


def test_more_rows_than_the_limit_are_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "MAX_ROWS", 2)
    source = parquet(tmp_path / "source")["places"]
    with pytest.raises(PimError, match="PIM-EXP-040"):
        twins.write_twin(Places, source, PUBLICATION, tmp_path / "places.jsonld")
    assert not (tmp_path / "places.jsonld").exists()


def test_pieces_follow_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "_PIECE", 2)
    graphs = _written(tmp_path)
    assert len(set(graphs["places"].subjects())) == 3
    assert len(set(graphs["visits"].subjects())) == 3


def test_a_name_with_two_meanings_is_refused() -> None:
    class Wrong(Table):
        name_pl = "zle"
        title = description = row = Text("Zła", "Wrong")
        dataset = SAMPLE

        nuts = string("nuts", "NUTS", "NUTS", "Kod.", "Code.", key=True)

    with pytest.raises(ValueError, match="nuts would have two meanings"):
        twins.context(PUBLICATION, Wrong)


@pytest.mark.parametrize(
    "table", [table for table in all_tables() if table.dataset], ids=lambda table: table.name
)
def test_every_table_has_a_twin_that_can_be_read(table: type[Table], tmp_path: Path) -> None:
    """One row of each published table, every cell filled as its type allows."""
    row = {column.name: _some(column) for column in table.columns}
    source = tmp_path / "source.parquet"
    pl.DataFrame([row], schema=table.schema()).write_parquet(source)
    target = tmp_path / "twin.jsonld"
    assert twins.write_twin(table, source, PUBLICATION, target) == 1
    graph = _graph(target)
    (subject,) = set(graph.subjects())
    for column in table.columns:
        assert _said(graph, str(subject), column), column


def _some(column: Column) -> object:
    if column.codes is not None:
        return next(iter(column.codes)).value
    samples: dict[str, object] = {
        "integer": 2020,
        "number": Decimal(1),
        "boolean": True,
        "date": date(2020, 1, 1),
        "datetime": datetime.fromisoformat("2020-01-01T00:00:00"),
        "string": "https://example.com/" if column.url else "x-0001",
    }
    return samples[column.kind]


def test_references_to_parts_of_keys_stay_values() -> None:
    assert twins.links_to(Visits.place_id) is Places
    assert twins.links_to(Visits.after) is None
