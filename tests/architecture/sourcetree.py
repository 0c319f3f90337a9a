"""The project's own files as the tests of its architecture see them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.shared import REPO

FLOORS = {
    "pipelines": 4,
    "assets": 3,
    "sources": 2,
    "reconcile": 2,
    "warehouse": 2,
    "exports": 2,
    "schemas": 1,
}
"""Import packages and the floor that each lives on."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def project_files() -> tuple[Path, ...]:
    """The project's files, relative to it and sorted: all but git's own and what it ignores.

    Files not yet committed count, so that a test fails before the commit and not after it, and
    git is not asked, so that a downloaded archive is tested like a clone.
    """
    ignored = (REPO / ".gitignore").read_text(encoding="utf-8").splitlines()
    names = {".git", *(line.strip("/") for line in ignored if line and line[0] != "#")}
    return tuple(sorted(path.relative_to(REPO) for path in _walk(REPO, names)))


def _walk(folder: Path, ignored: set[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        if any(path.match(pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path


def python_files(*tops: str) -> tuple[Path, ...]:
    """Python files below the given top folders, or all of the project's."""
    return tuple(
        path
        for path in project_files()
        if path.suffix == ".py" and (not tops or path.parts[0] in tops)
    )


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a project file."""
    return ast.parse((REPO / path).read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a file imports, inside functions too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A relative import never leaves its package; ruff forbids it all the same.
            package = ".".join(path.parts[: len(path.parts) - node.level]) if node.level else ""
            module = ".".join(part for part in (package, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _imports_by_name(node):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield node.lineno, name.value


def _imports_by_name(call: ast.Call) -> bool:
    return bool(call.args) and ast.unparse(call.func).split(".")[-1] in {
        "import_module",
        "__import__",
    }
