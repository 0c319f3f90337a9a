"""Small files, short functions, documented names, and no word that belongs to one machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sourcetree import (
    FLOORS,
    Function,
    parsed,
    project_files,
    python_files,
)
from tests.shared import REPO

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "an absolute path of one machine": re.compile(
        r"(?<![\w.$}/-])/" + r"(?:home|root|work|Users|opt|tmp)/" + r"\w"
    ),
    "the address of a package index": re.compile(
        r"py" + r"pi\.org|python" + r"hosted|/sim" + r"ple/"
    ),
    "work that was left for later": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
}


def line_counts() -> dict[Path, int]:
    """Lines of every Python file."""
    return {path: (REPO / path).read_text(encoding="utf-8").count("\n") for path in python_files()}


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function):
            yield node


def test_files_are_small() -> None:
    counts = line_counts()
    over_limit = {path: lines for path, lines in counts.items() if lines > 500}
    assert over_limit == {}, "no file has over 500 lines"
    large = sorted((path for path, lines in counts.items() if lines >= 250), key=counts.__getitem__)
    assert len(large) <= len(counts) / 10, f"nine of ten files are under 250 lines: {large}"


def test_functions_are_short() -> None:
    lengths = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for node in functions(path)
    }
    long = {place: lines for place, lines in lengths.items() if lines >= 60}
    assert len(long) <= len(lengths) / 100, f"99 of 100 functions are under 60 lines: {long}"


def undocumented(body: list[ast.stmt], place: str) -> Iterator[str]:
    """Public classes, functions and methods of a body that have no docstring."""
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            if not ast.get_docstring(node) and not _is_overload(node):
                yield f"{place}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node.body, place)


def _is_overload(node: ast.ClassDef | Function) -> bool:
    return any(ast.unparse(mark).endswith("overload") for mark in node.decorator_list)


def test_every_public_name_has_a_docstring() -> None:
    missing: list[str] = []
    for path in python_files(*FLOORS, "benchmarks"):
        tree = parsed(path)
        if tree.body and not ast.get_docstring(tree):
            missing.append(f"{path}: the module itself")
        missing.extend(undocumented(tree.body, str(path)))
    assert missing == []


def test_no_file_names_a_machine_an_index_or_work_left_undone() -> None:
    found: list[str] = []
    for path in project_files():
        try:
            text = (REPO / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            found.extend(
                f"{path}:{number}: {what}: {line.strip()[:80]}"
                for what, pattern in FORBIDDEN.items()
                if pattern.search(line)
            )
    assert found == []


def test_a_forbidden_word_is_found() -> None:
    bad = ["cd /ro" + "ot/x", "see https://py" + "pi.org", "# TO" + "DO: later", '"/tm' + 'p/x"']
    good = ["https://example.org/home/page", "data/tmp/x", "$HOME/root/x", "a/opt/b", "tests/tmp/"]
    assert all(any(p.search(line) for p in FORBIDDEN.values()) for line in bad)
    assert not any(p.search(line) for p in FORBIDDEN.values() for line in good)
