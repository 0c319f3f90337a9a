"""Discovery: tables and data sets are found, in the order in which they can be built."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import schemas.tables
from schemas.errors import Exit, PimError
from schemas.registry import all_datasets, all_tables, table_named, tables_of
from schemas.table import Table

DECLARATION = '''
from schemas.columns import string
from schemas.table import Table
from schemas.text import Text

class {name}(Table):
    """One of the tests' own."""
    name_pl = "{name_pl}"
    title = description = row = Text("a", "b")
    thing_id = string("id", "a", "b", "a", "b", key=True)
'''


def forget() -> None:
    """Let discovery look again."""
    all_tables.cache_clear()
    all_datasets.cache_clear()
    for name in [name for name in sys.modules if name.startswith("schemas.tables.trial_")]:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules are discovered too, until the test ends."""
    with monkeypatch.context() as patch:
        patch.setattr(schemas.tables, "__path__", [*schemas.tables.__path__, str(tmp_path)])
        forget()
        yield tmp_path
    forget()


def test_every_table_comes_after_those_it_refers_to() -> None:
    names = [table.name for table in all_tables()]
    assert len(set(names)) == len(names)
    for number, table in enumerate(all_tables()):
        for column in table.references:
            assert column.references is not None
            target = column.references.table
            assert target is table or target.name in names[:number], f"{column} -> {target.name}"


def test_every_reference_points_to_a_sole_key() -> None:
    """Else a value could be found several times, or stand for half a key."""
    for table in all_tables():
        for column in table.references:
            assert column.references is not None
            assert column.references.table.key == (column.references,), column


def test_mixins_are_no_tables() -> None:
    assert not [table for table in all_tables() if table.__name__ == "Evidence"]


def test_a_new_table_is_found_where_it_is_declared(folder: Path) -> None:
    (folder / "trial_one.py").write_text(DECLARATION.format(name="TrialThings", name_pl="proby"))
    assert table_named("trial_things").name_pl == "proby"
    assert table_named("trial_things") in all_tables()


def test_two_tables_of_one_name_are_a_mistake(folder: Path) -> None:
    (folder / "trial_one.py").write_text(DECLARATION.format(name="TrialThings", name_pl="proby"))
    (folder / "trial_two.py").write_text(DECLARATION.format(name="TrialThings", name_pl="inne"))
    with pytest.raises(ValueError, match="trial_things"):
        all_tables()


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_a_table_is_found_by_both_its_names(table: type[Table]) -> None:
    assert table_named(table.name) is table_named(table.name_pl) is table


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    with pytest.raises(PimError) as caught:
        table_named("netwroks")
    assert caught.value.code == "PIM-CLI-002"
    assert caught.value.exit_code is Exit.USAGE
    assert "netwroks" in caught.value.what.pl
    assert caught.value.fix.en == "Perhaps: networks, network_names, network_issues?"
    with pytest.raises(PimError) as caught:
        table_named("xyz")
    assert "docs/tables.md" in caught.value.fix.pl


def test_each_published_table_is_in_one_data_set() -> None:
    published = [table for dataset in all_datasets() for table in tables_of(dataset)]
    assert sorted(table.name for table in published) == sorted(
        table.name for table in all_tables() if table.dataset
    )
    assert [dataset.slug for dataset in all_datasets()] == sorted(
        dataset.slug for dataset in all_datasets()
    )
