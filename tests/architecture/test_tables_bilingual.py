"""Whatever people read is there in Polish and in English, for every table that is declared."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from schemas.columns import Codes
from schemas.registry import all_datasets, all_tables
from schemas.table import Table
from schemas.text import Text

PUBLISHED_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
POLISH_LETTERS = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)

TABLES = all_tables()


def code_lists() -> tuple[type[Codes], ...]:
    """Every code list that a column uses, by name."""
    used = {column.codes for table in TABLES for column in table.columns if column.codes}
    return tuple(sorted(used, key=lambda codes: codes.__name__))


def sentences() -> Iterator[tuple[str, Text]]:
    """Place and text of every sentence that people read; two languages never say it alike."""
    for table in TABLES:
        yield f"{table.name}.description", table.description
        yield f"{table.name}.row", table.row
        for column in table.columns:
            yield f"{column}.description", column.description
        for rule in table.rules:
            yield f"{table.name}.{rule.name}", rule.message
    for dataset in all_datasets():
        yield f"{dataset.slug}.title", dataset.title
        yield f"{dataset.slug}.description", dataset.description


def short_texts() -> Iterator[tuple[str, Text]]:
    """Place and text of titles, labels and units: `MID` or `TERC` is the same word in both."""
    for table in TABLES:
        yield f"{table.name}.title", table.title
        for column in table.columns:
            yield f"{column}.title", column.title
            if column.unit:
                yield f"{column}.unit", column.unit
    for codes in code_lists():
        for member in codes:
            yield f"{codes.__name__}.{member.name}", member.label


def problems(place: str, text: Text) -> Iterator[str]:
    """What is wrong with one text, whatever its length."""
    for lang, words in zip(("pl", "en"), text, strict=True):
        if not words.strip():
            yield f"{place}: {lang} is missing"
        elif words != words.strip() or "\n" in words or "  " in words:
            yield f"{place}: {lang} has stray spaces or line ends"


def test_there_are_tables_and_data_sets() -> None:
    assert TABLES
    assert all_datasets()


def test_no_text_is_missing() -> None:
    everything = [*sentences(), *short_texts()]
    assert [problem for place, text in everything for problem in problems(place, text)] == []


def test_sentences_are_translated() -> None:
    same = [place for place, text in sentences() if _plain(text.pl) == _plain(text.en)]
    assert same == []


def test_words_that_are_the_same_in_both_languages_are_the_exception() -> None:
    """A title may be the same word (`Status`), a Polish letter may not stand in an English one."""
    polish = [
        place
        for place, text in short_texts()
        if text.pl == text.en and POLISH_LETTERS.search(text.en)
    ]
    assert polish == []
    same = [place for place, text in short_texts() if _plain(text.pl) == _plain(text.en)]
    assert len(same) <= len(list(short_texts())) / 10, same


def test_sentences_end_as_sentences_do() -> None:
    open_ended = [
        f"{place} ({lang})"
        for place, text in sentences()
        for lang, words in (("pl", text.pl), ("en", text.en))
        if not place.endswith((".title", ".row")) and words[-1:] not in {".", "?", "!"}
    ]
    assert open_ended == []


def test_keywords_are_there_in_both_languages() -> None:
    for dataset in all_datasets():
        assert all(word.strip() for word in (*dataset.keywords_pl, *dataset.keywords_en))
        assert dataset.keywords_pl
        assert dataset.keywords_en


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_published_names_are_plain_ascii_and_used_once(table: type[Table]) -> None:
    names = [(column.name, column.name_pl) for column in table.columns]
    for both in [(table.name, table.name_pl), *names]:
        assert all(PUBLISHED_NAME.fullmatch(name) for name in both), f"{table.name}: {both}"
    twice = [name for name, times in Counter(pl for _, pl in names).items() if times > 1]
    assert twice == [], f"{table.name}: Polish column names used twice"


def test_a_name_means_one_table() -> None:
    polish = [table.name_pl for table in TABLES]
    assert [name for name, times in Counter(polish).items() if times > 1] == []
    assert set(polish) & {table.name for table in TABLES} == set(), "a view would hide a table"


def test_a_column_name_has_one_translation() -> None:
    """The same English column is the same Polish one in all tables that can be joined by it."""
    keys = {
        (column.name, column.name_pl)
        for table in TABLES
        for column in table.columns
        if column.references is not None and column.name == column.references.name
    }
    assert [name for name, times in Counter(name for name, _ in keys).items() if times > 1] == []


def test_every_table_has_a_key_and_every_published_one_its_data_set() -> None:
    assert [table.name for table in TABLES if not table.key] == []
    assert [dataset.slug for dataset in all_datasets() if not SLUG.fullmatch(dataset.slug)] == []


def test_codes_are_plain_ascii_and_their_labels_differ() -> None:
    """Labels are what is published in place of codes, so two codes never share one."""
    for codes in code_lists():
        assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_./-]*", code) for code in codes), codes
        for labels in ([code.label.pl for code in codes], [code.label.en for code in codes]):
            assert len(set(labels)) == len(labels), f"{codes.__name__}: {labels}"


def _plain(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()
