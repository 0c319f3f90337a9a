"""Table Schema of a declaration: names, texts, rules and references in a language."""

import json

import pytest

from schemas.columns import identifier, reference
from schemas.derive.table_schema import declared_signs, table_schema
from schemas.registry import all_tables, tables_of
from schemas.table import Table
from schemas.text import LANGS, Lang
from tests.exports.sample import Places, Visits


def fields(table: type[Table], lang: Lang) -> dict[str, dict[str, object]]:
    found = table_schema(table, lang)["fields"]
    assert isinstance(found, list)
    return {field["name"]: field for field in found}


def test_fields_have_names_types_and_texts_of_the_language() -> None:
    polish, english = fields(Places, "pl"), fields(Places, "en")
    assert list(polish) == [column.name_pl for column in Places.columns]
    assert polish["terc"]["type"] == "string"
    assert polish["powierzchnia"]["_decimals"] == 2
    assert english["area"]["_unit"] == "km²"
    assert polish["nazwa"]["title"] == english["place_name"]["title@pl"] == "Nazwa"
    assert english["place_name"]["title"] == polish["nazwa"]["title@en"] == "Name"


def test_rules_of_a_column_are_constraints() -> None:
    found = fields(Places, "en")
    assert found["place_id"]["constraints"] == {
        "required": True,
        "unique": True,
        "pattern": "plc-[0-9]{4}",
    }
    # Readers anchor the pattern, so alternatives have to be held together.
    assert found["terc"]["constraints"] == {
        "maxLength": 2000,
        "pattern": "([0-9]{2}|[0-9]{7})",
    }
    assert found["people"]["constraints"] == {"minimum": 0}
    assert "constraints" not in found["coastal"]
    assert found["coastal"]["trueValues"] == ["True"]


def test_code_lists_are_given_as_labels_with_the_code_behind() -> None:
    field = fields(Places, "pl")["wielkosc"]
    assert field["categories"] == ["mała", "duża, „główna”"]
    assert field["_codes"] == {"mała": "small", "duża, „główna”": "big"}


def test_references_inside_the_package_are_foreign_keys_and_others_are_notes() -> None:
    inside = table_schema(Visits, "pl", among=[Places, Visits])
    assert inside["foreignKeys"] == [
        {
            "fields": ["id_miejsca"],
            "reference": {"resource": "miejsca", "fields": ["id_miejsca"]},
        },
        {"fields": ["po_numerze"], "reference": {"resource": "", "fields": ["numer"]}},
    ]
    assert inside["primaryKey"] == ["id_miejsca", "size", "numer"]
    alone = table_schema(Visits, "en")
    notes = alone["_references"]
    assert isinstance(notes, list)
    assert [note["field"] for note in notes] == ["place_id", "seen_places"]
    assert notes[0]["package"] == "proba-en"
    assert notes[1]["separator"] == ";"


def test_a_reference_to_a_table_that_is_not_published_is_not_told() -> None:
    class Inner(Table):
        name_pl = "wewnetrzna"
        key_id = identifier("inn", "id", "Id", "Id", "Id.", "Id.")

    class Outer(Table):
        name_pl = "zewnetrzna"
        inner_id = reference(Inner.key_id, "id", "Id", "Id", "Id.", "Id.", key=True)

    schema = table_schema(Outer, "pl")
    assert "foreignKeys" not in schema
    assert "_references" not in schema


def test_missing_values_are_the_declared_signs_or_those_that_are_given() -> None:
    assert declared_signs(Places) == (".", ":", "X")
    assert table_schema(Places, "pl")["missingValues"] == ["", ".", ":", "X"]
    assert table_schema(Places, "pl", signs={"X"})["missingValues"] == ["", "X"]


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
@pytest.mark.parametrize("lang", LANGS)
def test_every_table_has_a_complete_schema(table: type[Table], lang: Lang) -> None:
    among = tables_of(table.dataset) if table.dataset else ()
    schema = table_schema(table, lang, among=among)
    assert json.loads(json.dumps(schema)) == schema
    found = fields(table, lang)
    assert len(found) == len(table.columns)
    for field in found.values():
        assert field["title"], field
        assert field["title@en" if lang == "pl" else "title@pl"], field
        assert field["description"], field
