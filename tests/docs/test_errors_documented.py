"""Every error code of the project stands in docs/errors.md, in both languages, and no other."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from schemas.errors import Exit
from tests.architecture.sourcetree import FLOORS, parsed, python_files
from tests.shared import REPO

DOC = REPO / "docs" / "errors.md"
CODE = re.compile(r"PIM-[A-Z]{2,4}-\d{3}")
LINE = re.compile(rf"\| `({CODE.pattern})` \| ([^|]+) \| ([^|]+) \|")


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Codes in texts and docstrings, and those of `refused(4, ...)`, whose family is TRY."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from CODE.findall(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "refused":
            number = node.args[0]
            if isinstance(number, ast.Constant) and isinstance(number.value, int):
                yield f"PIM-TRY-{number.value:03}"


def raised() -> dict[str, Path]:
    """Each code with one file that has it."""
    return {code: path for path in python_files(*FLOORS) for code in codes_in(parsed(path))}


def documented() -> list[tuple[str, str, str]]:
    """Code, Polish and English sentence of each line of the document."""
    return [match.groups() for match in LINE.finditer(DOC.read_text(encoding="utf-8"))]  # type: ignore[misc]


def test_every_code_is_documented() -> None:
    missing = set(raised()) - {code for code, _, _ in documented()}
    assert {code: str(raised()[code]) for code in sorted(missing)} == {}


def test_no_code_is_documented_that_nothing_raises() -> None:
    assert sorted({code for code, _, _ in documented()} - set(raised())) == []


def test_each_line_is_a_sentence_in_both_languages() -> None:
    for code, polish, english in documented():
        assert polish.endswith("."), code
        assert english.endswith("."), code
        assert polish != english, code


def test_codes_stand_in_order_and_once() -> None:
    codes = [code for code, _, _ in documented()]
    families = [code[:8] for code in codes]
    assert len(set(codes)) == len(codes)
    assert all(first < second for first, second in pairwise(codes) if first[:8] == second[:8]), (
        "in order within a family"
    )
    changes = sum(first != second for first, second in pairwise(families))
    assert changes == len(set(families)) - 1, "a family stands together"


def test_every_exit_code_is_documented() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert [code.name for code in Exit if f"| {int(code)} |" not in text] == []


def test_a_code_is_found_in_every_form() -> None:
    tree = ast.parse("x = PimError('PIM-ABC-001')\nraise refused(7, what)\n'see `PIM-WH-002`'")
    assert set(codes_in(tree)) == {"PIM-ABC-001", "PIM-TRY-007", "PIM-WH-002"}
