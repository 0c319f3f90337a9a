"""What changed: right counts, sentences that people read, pages that nothing can break."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import jsonschema
import polars as pl
import pytest
from lxml import etree

from exports.publication import Publication
from exports.release.changes import changes_of
from exports.release.changes_schema import CHANGES_SCHEMA
from exports.release.diff import Cells, diff_tables, english
from exports.release.feeds import atom, changelog
from exports.release.naming import naming_column, row_names
from exports.release.pages import changes_page
from exports.release.telling import sentences
from schemas.counting import ROWS, Rows, polish_form
from schemas.registry import all_tables
from schemas.tables.action_plans import MidParts
from schemas.tables.survey import SurveyItems
from schemas.text import LANGS, Text
from tests.exports.releasing import DAY, enough
from tests.exports.sample import PUBLICATION, TABLES, Places, Visits

Frames = dict[str, pl.DataFrame]
FACTS: dict[str, str | None] = {
    "version": "2026.11.1",
    "date": "2026-11-24",
    "previous": "2026.11.0",
}


def tree(root: Path, frames: Frames) -> Path:
    """The English Parquet files of a release."""
    for table in TABLES:
        path = english(root, table)
        path.parent.mkdir(parents=True, exist_ok=True)
        frames[table.name].write_parquet(path)
    return root


def people(*values: int | None) -> Frames:
    """As many places as values, with that many people."""
    one = enough()["places"].head(1)
    rows = [
        one.with_columns(
            pl.lit(f"plc-{number:04}").alias("place_id"),
            pl.lit(f"Miasto {number}").alias("place_name"),
            pl.lit(value, pl.Int64).alias("people"),
        )
        for number, value in enumerate(values)
    ]
    return enough() | {"places": pl.concat(rows)}


def told(tmp_path: Path, old: Frames, new: Frames) -> list[Text]:
    """The sentences about the change."""
    trees = tree(tmp_path / "old", old), tree(tmp_path / "new", new)
    return changes_of(FACTS, TABLES, *trees).summary


@pytest.mark.parametrize(
    ("number", "polish"),
    [(1, "1 wiersz"), (2, "2 wiersze"), (4, "4 wiersze"), (5, "5 wierszy"), (12, "12 wierszy"),
     (14, "14 wierszy"), (21, "21 wierszy"), (22, "22 wiersze"), (112, "112 wierszy"),
     (1002, "1002 wiersze")],
)  # fmt: skip
def test_polish_numbers_are_right(number: int, polish: str) -> None:
    assert ROWS.count(number).pl == polish
    assert polish_form(0, "a", "b", "c") == "c"


def test_values_that_came_went_and_changed_are_told_apart(tmp_path: Path) -> None:
    old, new = people(1, None, None, None, 5, 6, 7, 8), people(2, 1, 2, 3, None, 60, 70, 8)
    assert [text.pl for text in told(tmp_path, old, new)] == [
        "3 miejsca zyskały „Ludność”: Miasto 1, Miasto 2, Miasto 3.",
        "Miasto 4 (miejsce): „Ludność” usunięto (było: 5).",
        "Poprawiono „Ludność” (3 miejsca): Miasto 0, Miasto 5, Miasto 6.",
    ]
    assert [text.en for text in told(tmp_path, old, new)] == [
        "3 places gained 'Population': Miasto 1, Miasto 2, Miasto 3.",
        "Miasto 4 (place): 'Population' was removed (it was: 5).",
        "'Population' was corrected (3 places): Miasto 0, Miasto 5, Miasto 6.",
    ]


PERSONS = Rows("p", "uczestnik / uczestników / uczestników", "participant / participants")


@pytest.mark.parametrize(
    ("rows", "number", "said"),
    [
        (Places.rows, 1, "zyskało 1 miejsce"),
        (Places.rows, 22, "zyskały 22 miejsca"),
        (Places.rows, 5, "zyskało 5 miejsc"),
        (Visits.rows, 1, "zyskała 1 wizyta"),
        (Visits.rows, 12, "zyskało 12 wizyt"),
        (ROWS, 1, "zyskał 1 wiersz"),
        (PERSONS, 1, "zyskał 1 uczestnik"),
        (PERSONS, 3, "zyskało 3 uczestników"),
    ],
)
def test_verbs_agree_with_what_they_tell_of(rows: Rows, number: int, said: str) -> None:
    assert f"{rows.verb(number, 'zyskał')} {rows.count(number).pl}" == said


def test_every_published_table_says_how_its_rows_are_counted_and_called() -> None:
    published = [table for table in all_tables() if table.dataset]
    words = [{table.rows.count(5).of(lang) for table in published} for lang in LANGS]
    assert [len(one) for one in words] == [len(published)] * 2, "a sentence names no table"
    for table in published:
        assert table.rows is not ROWS
        assert len(table.rows.polish.split(" / ")) == 3
        assert len(table.rows.english.split(" / ")) == 2
        naming_column(table)  # KeyError for a column that is none


def test_a_row_is_called_by_what_its_table_declares_in_both_languages(tmp_path: Path) -> None:
    row = {"item_id": "sur-0001", "edition_id": "ed-0001", "topic_pl": "Współpraca"}
    assert row_names(SurveyItems, [row], tmp_path) == [Text("Współpraca", "Współpraca")]
    part = {"mid_part_id": "mpt-0001", "part_pl": "Cele", "part_en": "Aims"}
    assert row_names(MidParts, [part], tmp_path) == [Text("Cele", "Aims")]


def test_a_value_that_ends_the_sentence_gets_no_second_full_stop(tmp_path: Path) -> None:
    old = people(1)
    named = old["places"].with_columns(pl.lit("Koniec.").alias("place_name"))
    (text,) = told(tmp_path, old, old | {"places": named})
    assert text.pl == "Koniec. (miejsce): „Nazwa” poprawiono z „Miasto 0” na „Koniec.”"


def test_a_table_that_repeats_others_is_told_of_only_where_nothing_else_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Places, "rows", replace(Places.rows, told=False))
    old, new = people(1), people(2)
    (alone,) = told(tmp_path / "alone", old, new)
    assert alone.en.startswith("Miasto 0 (place)")
    fewer = new | {"visits": new["visits"].tail(-1)}
    (text,) = told(tmp_path / "both", old, fewer)
    assert text.en.startswith("1 visit was removed")


def test_many_names_are_cut(tmp_path: Path) -> None:
    (text,) = told(tmp_path, people(*[1] * 30), people(*[2] * 30))
    assert text.pl.endswith("Miasto 0, Miasto 1, Miasto 2, Miasto 3, Miasto 4 i jeszcze 25.")
    assert text.en.endswith("and 25 more.")


def test_labels_of_lists_are_told_in_both_languages(tmp_path: Path) -> None:
    old = people(1)
    labelled = old["places"].with_columns(pl.lit("small").alias("size"))
    other = old["places"].with_columns(pl.lit("big, 'main'").alias("size"))
    (text,) = told(tmp_path, old | {"places": labelled}, old | {"places": other})
    assert text.pl == "Miasto 0 (miejsce): „Wielkość” poprawiono z mała na duża, „główna”."
    assert text.en == "Miasto 0 (place): 'Size' was corrected from small to big, 'main'."


def test_a_row_without_a_name_is_called_by_what_it_belongs_to(tmp_path: Path) -> None:
    old = people(1, 2)
    visits = old["visits"].head(1).with_columns(pl.lit("plc-0001").alias("place_id"))
    texts = told(tmp_path, old | {"visits": visits.clear()}, old | {"visits": visits})
    assert texts == [
        Text(
            "Przybyła 1 wizyta: Miasto 1.",
            "1 visit was added: Miasto 1.",
        )
    ]


def test_counts_are_of_all_rows_and_cells_as_the_csv_has_them(tmp_path: Path) -> None:
    old = tree(tmp_path / "old", enough())
    changed = enough()["places"].with_columns(
        pl.lit(False).alias("coastal"),
        pl.lit("2024-02-03T04:05:06").str.to_datetime().alias("seen"),
    )
    new = tree(tmp_path / "new", enough() | {"places": changed})
    places, visits = diff_tables(TABLES, old, new)
    assert (places.changed, places.added, places.removed, visits.touched) == (3, 0, 0, False)
    assert places.cells == {"coastal": Cells(1, 0, 1), "seen": Cells(2, 0, 1)}
    cells = {row.row["place_id"]: row.cells for row in places.changed_rows}
    assert cells["plc-0002"] == {
        "coastal": ("True", "False"),
        "seen": ("2024-01-02T03:04:05", "2024-02-03T04:05:06"),
    }
    assert diff_tables(TABLES, old, new, same=TABLES)[0].changed == 0, "known to be the same"


def test_a_new_table_a_new_column_and_a_new_type(tmp_path: Path) -> None:
    old = tree(tmp_path / "old", enough())
    english(old, Visits).unlink()
    older = pl.read_parquet(english(old, Places))
    older.drop("coastal").with_columns(pl.col("people").cast(pl.String)).write_parquet(
        english(old, Places)
    )
    places, visits = diff_tables(TABLES, old, tree(tmp_path / "new", enough()))
    assert visits.is_new
    assert not places.touched, "12 as a text is 12; a column more is told of by the schema"
    assert next(sentences(visits, [], [], [])).pl == "Nowa tabela „Wizyty”: 63 wizyty."


def test_another_key_is_no_comparison(tmp_path: Path) -> None:
    old = tree(tmp_path / "old", enough())
    pl.read_parquet(english(old, Places)).rename({"place_id": "id"}).write_parquet(
        english(old, Places)
    )
    changes = changes_of(FACTS, TABLES, old, tree(tmp_path / "new", enough()))
    assert changes.diffs[0].rekeyed
    assert changes.data["severity"] == "breaking"


EVIL = "<script>alert(1)</script>\"'&<img src=//x.org/y>"


class Tags(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.fixture
def evil(tmp_path: Path) -> dict[str, object]:
    """Changes whose every text is hostile."""
    old, new = people(1, 2), people(3, 2, 4)
    named = new["places"].with_columns(pl.lit(EVIL).alias("place_name"))
    trees = tree(tmp_path / "old", old), tree(tmp_path / "new", new | {"places": named})
    return changes_of(FACTS, TABLES, *trees, withdrawn=[Text(EVIL, EVIL)]).data


def test_the_page_escapes_everything_and_needs_nothing(evil: dict[str, object]) -> None:
    page = changes_page(evil, "pl", {table.name: table for table in TABLES})
    found = Tags()
    found.feed(page)
    assert EVIL not in page
    assert not {"script", "img", "link", "iframe", "form"} & set(found.tags)
    assert found.links == ["changes.html"]
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page


def test_the_polish_page_has_polish_titles_and_labels(tmp_path: Path) -> None:
    old = people(None)
    rows = old["places"].with_columns(pl.lit("big, 'main'").alias("size"))
    none = tree(tmp_path / "old", old | {"places": rows.clear()})
    data = changes_of(FACTS, TABLES, none, tree(tmp_path / "new", old | {"places": rows})).data
    tables = {table.name: table for table in TABLES}
    assert "<td>duża, „główna”</td>" in changes_page(data, "pl", tables)
    assert "<td>big, &#x27;main&#x27;</td>" in changes_page(data, "en", tables)
    assert '<th scope="col">Wielkość</th>' in changes_page(data, "pl", tables)
    assert "<td>(brak)</td>" in changes_page(data, "pl", tables)


def test_feeds_and_changelogs_hold_hostile_texts_as_text(evil: dict[str, object]) -> None:
    feed = etree.fromstring(atom([evil], "en", PUBLICATION))
    (content,) = feed.iter("{http://www.w3.org/2005/Atom}content")
    found = Tags()
    found.feed(content.text or "")
    assert set(found.tags) == {"ul", "li"}
    text = changelog([evil], "en")
    assert not re.search(r"(?<!\\)<", text)
    assert text.count("\n## ") == 1


def test_ids_of_a_feed_stay_where_the_site_moves(evil: dict[str, object]) -> None:
    ids = [
        [node.text for node in etree.fromstring(atom([evil], "pl", where)).iter("{*}id")]
        for where in (PUBLICATION, Publication("1.1.1", DAY, base_url="https://inny.example.org/"))
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_the_data_keep_their_published_schema(evil: dict[str, object]) -> None:
    jsonschema.Draft202012Validator.check_schema(CHANGES_SCHEMA)
    jsonschema.validate(json.loads(json.dumps(evil)), CHANGES_SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**evil, "more": 1}, CHANGES_SCHEMA)
    assert cast(str, evil["severity"]) == "correction"
