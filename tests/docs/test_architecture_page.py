"""docs/ARCHITECTURE.md describes the house that stands."""

import re

from tests.architecture.sourcetree import FLOORS
from tests.shared import REPO

TEXT = (REPO / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_floors_are_those_of_the_house() -> None:
    rows = re.findall(r"^\| (\d) \| `(\w+)/` \|", TEXT, re.MULTILINE)
    assert {room: int(floor) for floor, room in rows} == FLOORS


def test_every_file_and_folder_that_is_named_is_there() -> None:
    rooms = "|".join([*FLOORS, "tests"])
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", TEXT)
    assert len(named) > 20
    assert [path for path in named if not (REPO / path).exists()] == []
