"""CSVW metadata: JSON that any CSVW reader can use, with texts in both languages."""

import json

import pytest

from schemas.derive.csvw import csvw
from schemas.registry import all_tables
from schemas.table import Table
from schemas.text import LANGS, Lang
from tests.exports.sample import Places, Visits


def columns(table: type[Table], lang: Lang) -> list[dict[str, object]]:
    found = csvw(table, lang, url="x.csv")["tableSchema"]
    assert isinstance(found, dict)
    return list(found["columns"])


def test_the_first_title_is_the_header_and_both_languages_are_there() -> None:
    found = columns(Places, "pl")[0]
    assert found["titles"] == {"pl": ["id_miejsca", "Identyfikator"], "en": ["Identifier"]}
    assert found["dc:description"] == [
        {"@value": "Stały identyfikator.", "@language": "pl"},
        {"@value": "Permanent id.", "@language": "en"},
    ]


def test_types_missing_signs_and_lists() -> None:
    found = {str(column["name"]): column for column in columns(Places, "en")}
    assert found["terc"]["null"] == ["", "X"]
    assert found["terc"]["datatype"] == {
        "base": "string",
        "format": "[0-9]{2}|[0-9]{7}",
        "maxLength": 2000,
    }
    assert found["coastal"]["datatype"] == {"base": "boolean", "format": "True|False"}
    assert found["people"]["datatype"] == {"base": "integer", "minimum": 0}
    assert "null" not in found["place_name"]
    assert columns(Visits, "en")[-1]["separator"] == ";"


def test_licence_and_keywords_are_there_when_given() -> None:
    found = csvw(Places, "pl", url="miejsca.csv", licence="https://x/", keywords=["miasta"])
    assert found["dc:license"] == {"@id": "https://x/"}
    assert found["dc:subject"] == ["miasta"]
    assert found["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "pl"}]
    assert "dc:license" not in csvw(Places, "pl", url="miejsca.csv")


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
@pytest.mark.parametrize("lang", LANGS)
def test_every_table_has_csvw_in_both_languages(table: type[Table], lang: Lang) -> None:
    found = csvw(table, lang, url=f"{table.name_in(lang)}.csv")
    assert json.loads(json.dumps(found)) == found
    for column in columns(table, lang):
        assert set(column["titles"]) == {"pl", "en"}  # type: ignore[call-overload]
