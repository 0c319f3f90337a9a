"""Reading a harvester file as it is, good or bad: what the checks look at, and what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from schemas.errors import PimError
from schemas.text import Text

MAX_BYTES = 64 * 1024 * 1024
"""A thousand times our file."""


@dataclass(frozen=True)
class Item:
    """A data set or a resource of a feed."""

    node: etree._Element
    parent: "Item | None" = None
    """The data set of a resource."""

    @property
    def kind(self) -> str:
        """The name of its element: `dataset` or `resource`."""
        return str(self.node.tag)

    @cached_property
    def ident(self) -> str:
        """Its `extIdent`, exactly as it stands there."""
        return self.text("extIdent")

    @property
    def place(self) -> str:
        """How a person finds it: the identifier, or the line where it has none."""
        return self.ident or f"<{self.kind}> {self.node.sourceline}"

    def text(self, path: str) -> str:
        """The text of an element below it, empty where there is none."""
        return self.node.findtext(path) or ""

    def texts(self, path: str) -> list[str]:
        """The texts of all elements at a path."""
        return [node.text or "" for node in self.node.findall(path)]

    def bilingual(self, path: str) -> Text:
        """Polish and English text of a pair."""
        return Text(self.text(f"{path}/polish"), self.text(f"{path}/english"))

    def has(self, path: str) -> bool:
        """Whether there is such an element."""
        return self.node.find(path) is not None


@dataclass(frozen=True)
class Feed:
    """A harvester file that could be parsed."""

    root: etree._Element

    @cached_property
    def datasets(self) -> list[Item]:
        """Its data sets, in order."""
        return [Item(node) for node in self.root.findall("dataset")]

    @cached_property
    def resources(self) -> list[Item]:
        """The resources of all data sets, in order."""
        return [
            Item(node, dataset)
            for dataset in self.datasets
            for node in dataset.node.findall("resources/resource")
        ]

    def items(self) -> Iterator[Item]:
        """Data sets and resources."""
        yield from self.datasets
        yield from self.resources

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Address of each resource by its identifier."""
        return {item.ident: item.text("url") for item in self.resources}


def parse_feed(content: bytes) -> Feed:
    """Parse a harvester file. Raises ValueError, with the parser's reason, where it is none.

    Nothing outside is ever read, entities are not resolved and the depth is limited.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"> {MAX_BYTES} B")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        return Feed(etree.fromstring(content, parser))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)[:200]) from error


def read_feed(path: Path) -> Feed:
    """Read a harvester file from disk. Raises PimError `PIM-PRT-004`."""
    try:
        return parse_feed(path.read_bytes())
    except (OSError, ValueError) as error:
        raise PimError(
            "PIM-PRT-004",
            Text(
                "Nie można odczytać pliku dla portalu.", "The file for the portal cannot be read."
            ),
            where=path.name,
            why=Text(str(error), str(error)),
            fix=Text("Zbuduj wydanie poleceniem pim release.", "Make a release with pim release."),
        ) from error
