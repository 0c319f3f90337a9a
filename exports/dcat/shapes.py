"""The official SHACL shapes, where a copy of them is at hand, held against a catalogue.

Three sets are known: DCAT-AP 3.0.1 and 2.1.1 of SEMIC, and 2.1.0 as dane.gov.pl applies it. Two
flaws of theirs are mended before use: property shapes that name no property, which stop the
validator (DataService in 3.0.1, several in the portal's), and a pattern for checksum algorithms
that the algorithms' own addresses cannot match (`https://spdx.org`, and they begin with http).
Recommendations (severity Warning) are not counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exports.dcat.catalogues import TURTLE, TURTLE_2_1
from exports.validate import Problem
from schemas.text import Text

SETS: dict[str, str] = {"3.0.1": TURTLE, "2.1.1": TURTLE_2_1, "mcod-2.1.0": TURTLE_2_1}
"""Folder of each set, and the catalogue that has to keep it."""
_SHACL = "http://www.w3.org/ns/shacl#"
_SHOWN = 20


@dataclass(frozen=True)
class ShapeSet:
    """One set of shapes: its name, the catalogue that it is for, its Turtle files."""

    name: str
    catalogue: str
    files: tuple[Path, ...]


def shape_sets(folder: Path) -> tuple[ShapeSet, ...]:
    """The sets below a folder with the subfolders of `SETS`; those that are missing are left out.

    Lists of ontologies to import (`*imports*`) are no shapes, and nothing is fetched.
    """
    found = []
    for name, catalogue in SETS.items():
        files = tuple(
            path for path in sorted((folder / name).glob("*.ttl")) if "imports" not in path.name
        )
        if files:
            found.append(ShapeSet(name, catalogue, files))
    return tuple(found)


def violations(tree: Path, shapes: ShapeSet) -> Iterator[Problem]:
    """Every violation of a set of shapes by its catalogue in `tree`, grouped by kind."""
    from pyshacl import validate
    from rdflib import RDF, Graph, Literal, URIRef

    rules = Graph()
    for path in shapes.files:
        rules.parse(path, format="turtle")
    named = URIRef(f"{_SHACL}path")
    for shape, part in list(rules.subject_objects(URIRef(f"{_SHACL}property"))):
        if (part, named, None) not in rules:
            rules.remove((shape, None, part))
            rules.remove((part, None, None))
    rules.remove((None, URIRef(f"{_SHACL}pattern"), Literal("^https://spdx.org/rdf/terms")))
    data = Graph().parse(tree / shapes.catalogue, format="turtle")
    _, report, _ = validate(data, shacl_graph=rules, inference="none", do_owl_imports=False)
    if not isinstance(report, Graph):
        raise TypeError(f"no report for {shapes.name}")
    counts: dict[str, tuple[int, str]] = {}
    wrong = URIRef(f"{_SHACL}Violation")
    main = next(report.subjects(RDF.type, URIRef(f"{_SHACL}ValidationReport")))
    # What `sh:detail` holds belongs to a warning or violation that is counted already.
    for result in report.objects(main, URIRef(f"{_SHACL}result")):
        if report.value(result, URIRef(f"{_SHACL}resultSeverity")) != wrong:
            continue
        name = report.value(result, URIRef(f"{_SHACL}resultPath"))
        kind = report.value(result, URIRef(f"{_SHACL}sourceConstraintComponent"))
        rule = f"{name} {str(kind).removeprefix(_SHACL)}"
        focus = str(report.value(result, URIRef(f"{_SHACL}focusNode")))
        count, first = counts.get(rule, (0, focus))
        counts[rule] = (count + 1, min(first, focus))
    for rule, (count, focus) in sorted(counts.items())[:_SHOWN]:
        yield Problem(
            "shacl",
            shapes.catalogue,
            Text(
                "Katalog nie spełnia reguły {rule} zestawu {name}.",
                "The catalogue breaks the rule {rule} of the set {name}.",
            ).fill(rule=rule, name=shapes.name),
            count,
            focus[:100],
        )
