"""The data dictionary: every column, both languages, no empty cell."""

from schemas.derive.dictionary import COLUMNS, dictionary, headers
from schemas.registry import all_tables
from schemas.text import LANGS
from tests.exports.sample import Places, Visits


def test_every_column_of_every_table_has_a_full_row() -> None:
    tables = all_tables()
    rows = dictionary(tables)
    assert len(rows) == sum(len(table.columns) for table in tables)
    for row in rows:
        assert list(row) == list(COLUMNS)
        assert all(row.values()), row


def test_rows_explain_kind_rules_signs_and_references() -> None:
    rows = {(row["table_en"], row["column_en"]): row for row in dictionary([Places, Visits])}
    area = rows["places", "area"]
    assert area["type_pl"] == "liczba dziesiętna"
    assert area["rules_pl"] == "jednostka: km²; miejsc po kropce: 2"
    assert rows["places", "terc"]["missing_sign"] == "X"
    assert rows["places", "place_id"]["key"] == "True"
    assert rows["visits", "place_id"]["reference_pl"] == "miejsca.id_miejsca"
    assert rows["places", "size"]["values_pl"] == "mała | duża, „główna”"
    assert rows["visits", "seen_places"]["type_en"] == "identifiers separated by semicolons"


def test_headers_are_of_the_language_and_differ() -> None:
    for lang in LANGS:
        assert len(set(headers(lang))) == len(COLUMNS)
    assert headers("pl")[0] == "tabela_pl"
    assert headers("en")[0] == "table_pl"
