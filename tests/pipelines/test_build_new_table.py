"""Adding a table touches two code files and its facts, and it is everywhere that tables are."""

import json
from pathlib import Path

import duckdb
import pytest

from exports.validate import check_package
from tests.builds import Built, build, copy_of_code, pim_of, start
from tests.commandline import PROGRAM

CLASS = '''"""Mascots: what a network took as its sign."""

from schemas.columns import identifier, reference, string
from schemas.datasets import CHRONICLE
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class Mascots(Evidence):
    """One row for a mascot of a network."""

    name_pl = "maskotki"
    title = Text("Maskotki sieci", "Mascots of networks")
    description = Text("Znaki, które obrały sieci.", "Signs that the networks took.")
    row = Text("jedna maskotka", "one mascot")
    dataset = CHRONICLE

    mascot_id = identifier(
        "msc",
        "id_maskotki",
        "Identyfikator maskotki",
        "Mascot identifier",
        "Stały identyfikator maskotki.",
        "Permanent identifier of the mascot.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, która ją obrała.",
        "The network that took it.",
    )
    animal_pl = string("zwierze", "Zwierzę", "Animal", "Jakie to zwierzę.", "Which animal it is.")
'''
ASSET = '''"""Mascots of the networks."""

from assets.building import facts_asset
from schemas.tables.mascots import Mascots

mascots = facts_asset(Mascots)
'''
FACTS = """mascot_id,network_id,animal_pl,sources,evidence_status
msc-0001,net-0001,żółw,doc-0005,confirmed
msc-0002,net-0004,"ryś, młody",doc-0002;doc-0005,confirmed
"""
GRAPH = """
import json, sys
from pathlib import Path
from pipelines.definitions import definitions
from pipelines.house import house_of
from pipelines.settings import load_settings
graph = definitions(house_of(load_settings({"data": sys.argv[1]}))).resolve_asset_graph()
nodes = {n.key.to_user_string(): n for n in graph.asset_nodes}
node = nodes["mascots"]
print(json.dumps({
    "group": node.group_name,
    "parents": sorted(key.to_user_string() for key in node.parent_keys),
    "children": sorted(key.to_user_string() for key in node.child_keys),
    "then": sorted(key.to_user_string() for key in nodes["rejected_counts"].child_keys),
    "text": node.description.splitlines()[0],
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one table more: two code files and its facts."""
    house = copy_of_code(tmp_path_factory.mktemp("new-table") / "house")
    for name, text in {
        "schemas/tables/mascots.py": CLASS,
        "assets/mascots.py": ASSET,
        "sources/curated/mascots.csv": FACTS,
    }.items():
        (house / name).write_text(text, encoding="utf-8")
    return house


@pytest.fixture(scope="module")
def grown(house: Path) -> Built:
    return build(house.parent / "data", house=house)


def test_the_build_counts_it(grown: Built, first_build: Built) -> None:
    assert grown.code == 0, grown.told["errors"]
    assert {"table": "mascots", "accepted": 2, "rejected": 0} in grown.told["tables"]
    assert len(grown.told["tables"]) == len(first_build.told["tables"]) + 1


def test_its_data_set_publishes_it_in_both_languages(grown: Built) -> None:
    polish, english = grown.public / "kronika", grown.public / "en" / "kronika"
    assert (polish / "maskotki.csv").read_text("utf-8") == (
        "id_maskotki,id_sieci,zwierze,zrodla,status_dowodu\n"
        "msc-0001,net-0001,żółw,doc-0005,potwierdzone\n"
        'msc-0002,net-0004,"ryś, młody",doc-0002;doc-0005,potwierdzone\n'
    )
    assert (english / "mascots.parquet").is_file()
    for folder in (polish, english):
        assert check_package(folder) == []
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
        paths = {resource["path"] for resource in described["resources"]}
        assert {"maskotki.csv", "maskotki.parquet"} <= paths or {
            "mascots.csv",
            "mascots.parquet",
        } <= paths


def test_the_dictionaries_explain_it(grown: Built) -> None:
    assert "\nmaskotki,mascots,1,id_maskotki," in (
        grown.public / "kronika" / "slownik.csv"
    ).read_text("utf-8")
    text = (grown.public / "en" / "kronika" / "dictionary.md").read_text("utf-8")
    assert "Which animal it is." in text
    readme = (grown.public / "kronika" / "README.md").read_text("utf-8")
    assert "Maskotki sieci" in readme


def test_the_analysts_file_has_it_with_view_and_comments(grown: Built) -> None:
    with duckdb.connect(grown.public / "pim.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT zwierze FROM maskotki ORDER BY 1").fetchall() == [
            ("ryś, młody",),
            ("żółw",),
        ]
        comments = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'mascots' ORDER BY ALL"
        ).fetchall()
        told = connection.execute(
            "SELECT count(*) FROM _dictionary WHERE table_name = 'mascots'"
        ).fetchall()
    assert len(comments) == 5
    assert all(comment for (comment,) in comments)
    assert told == [(5,)]


def test_dagster_shows_it_in_the_graph(grown: Built, house: Path) -> None:
    ended = start([*PROGRAM[1:], GRAPH, str(grown.data)], house=house)
    assert ended.returncode == 0, ended.stderr
    node = json.loads(ended.stdout)
    assert node["group"] == "kronika"
    assert node["parents"] == ["documents", "networks"]
    # Made of all other tables, so that what is made of all tables waits for this one alone.
    assert node["children"] == ["rejected_counts"]
    assert {"publishable_rows", "working_warehouse"} <= set(node["then"])
    assert node["text"] == "Maskotki sieci: Znaki, które obrały sieci."


def test_pim_knows_it(grown: Built, house: Path) -> None:
    shown = pim_of(house, "explain", "maskotki", "msc-0002", "--data", grown.data)
    assert shown.returncode == 0
    assert "ryś, młody" in shown.stdout
    assert "doc-0002" in shown.stdout
    assert pim_of(house, "check").returncode == 0
