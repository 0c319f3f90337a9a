"""The data dictionary as a document: complete, accessible, and the same bytes each time."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from exports.danegov.dictionary import write_dictionary_document
from exports.danegov.odt import MEDIA_TYPE, Document
from schemas.registry import all_datasets, tables_of
from schemas.text import LANGS, Lang
from tests.exports.sample import SAMPLE, TABLES

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def content(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("content.xml"))


def words(path: Path) -> str:
    return "\n".join(content(path).itertext())


@pytest.mark.parametrize("lang", LANGS)
def test_point_20_every_table_and_column_of_every_set_is_explained(
    tmp_path: Path, lang: Lang
) -> None:
    for dataset in all_datasets():
        path = tmp_path / f"{dataset.slug}.odt"
        write_dictionary_document(dataset, tables_of(dataset), lang, path)
        told = words(path)
        assert dataset.title.of(lang) in told
        for table in tables_of(dataset):
            assert f"{table.title.of(lang)} ({table.name_in(lang)})" in told
            for column in table.columns:
                for text in (column.name_in(lang), column.description.of(lang)):
                    assert text in told, column
                assert all(label in told for label in column.values_in(lang)), column


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.odt", tmp_path / "b.odt"
    write_dictionary_document(SAMPLE, TABLES, "pl", first)
    write_dictionary_document(SAMPLE, TABLES, "pl", second)
    assert first.read_bytes() == second.read_bytes()


def test_its_type_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    write_dictionary_document(SAMPLE, TABLES, "pl", path)
    assert path.read_bytes()[30 : 38 + len(MEDIA_TYPE)] == f"mimetype{MEDIA_TYPE}".encode()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
        listed = {entry.values()[0] for entry in manifest}
        assert listed == {"/", "content.xml", "styles.xml", "meta.xml"}
        assert b"<dc:language>pl-PL</dc:language>" in archive.read("meta.xml")


def test_readers_with_a_screen_reader_find_headings_and_heads_of_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    write_dictionary_document(SAMPLE, TABLES, "en", path)
    root = content(path)
    headings = ["".join(node.itertext()) for node in root.iter(f"{TEXT}h")]
    assert headings == ["Special signs", "Places (places)", "Visits (visits)"]
    for table in root.iter(f"{TABLE}table"):
        assert table.find(f"{TABLE}table-header-rows") is not None


def test_signs_of_markup_are_text(tmp_path: Path) -> None:
    document = Document('A <b> & "c"', "pl")
    document.table(["<x>"], [["</table>\nnew & line"]], (1,))
    document.save(tmp_path / "a.odt")
    assert "</table>" in words(tmp_path / "a.odt")
