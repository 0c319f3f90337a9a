"""What the pages of the project tell people to type, read from their Markdown."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.shared import REPO

PAGES = [REPO / "README.md", REPO / "CONTRIBUTING.md", *sorted((REPO / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLES = re.compile(r"^Examples:\n((?:  .+\n)+)", re.MULTILINE)
_TYPED = re.compile(r"`((?:pim|make|python -m) [^`]+)`")


class Told(NamedTuple):
    """Something to type, and the page that says so."""

    text: str
    page: str


def blocks(language: str) -> list[Told]:
    """The code blocks in a language."""
    return [
        Told(text, page.name)
        for page in PAGES
        for found, text in _BLOCK.findall(page.read_text(encoding="utf-8"))
        if found == language
    ]


def shell_lines() -> list[Told]:
    """Every command of a shell block and of the examples in help pages, without its comment."""
    lines = [Told(line, page) for text, page in blocks("sh") for line in text.splitlines()]
    lines += [
        Told(line.strip(), page)
        for text, page in blocks("")
        for examples in _EXAMPLES.findall(text)
        for line in examples.splitlines()
    ]
    found = [Told(re.sub(r"\s+# .*", "", line).strip(), page) for line, page in lines]
    return sorted({told for told in found if told.text and not told.text.startswith("#")})


def typed_in_text() -> list[Told]:
    """Commands that stand in the middle of a sentence or in a table."""
    return sorted(
        {
            Told(typed, page.name)
            for page in PAGES
            for typed in _TYPED.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
        }
    )


def links() -> list[tuple[Path, str]]:
    """Every link from a page to a file or heading of the project."""
    return [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
