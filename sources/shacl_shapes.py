"""Official SHACL shapes for catalogues (DCAT-AP): told apart from whatever else comes."""

from collections.abc import Callable
from pathlib import Path

from schemas.text import Text
from sources.catalogue import Judgement, Licence, Source
from sources.snapshots.refusals import other_form
from sources.ways import by_address

_SHACL = "http://www.w3.org/ns/shacl#"
_RELEASES = "https://raw.githubusercontent.com/SEMICeu/DCAT-AP/master/releases"
_LEAST = 10
"""A set of shapes for all classes of a profile has dozens."""


def judging(profile: str, mark: str) -> Callable[[Path, str], Judgement]:
    """The judge of a file of shapes whose text holds `mark`; rows are its property shapes.

    It raises PimError `PIM-SNP-013` for what are no such shapes.
    """
    wanted = Text(f"reguły SHACL {profile} (Turtle)", f"SHACL shapes of {profile} (Turtle)")

    def judge(path: Path, name: str) -> Judgement:
        # rdflib is needed when a capture is judged, not to list the sources.
        from rdflib import Graph, URIRef

        from schemas.files import sha256

        if mark.encode() not in path.read_bytes():
            raise other_form(name, wanted, f"{mark} ?")
        try:
            graph = Graph(store="SimpleMemory", bind_namespaces="none").parse(path, format="turtle")
        # What the reader raises for bytes that are no Turtle.
        except (SyntaxError, ValueError, RecursionError) as error:
            raise other_form(name, wanted, str(error)[:200]) from error
        rows = sum(1 for _ in graph.subject_objects(URIRef(f"{_SHACL}path")))
        if rows < _LEAST:
            raise other_form(name, wanted, f"sh:path: {rows}")
        return Judgement(name, sha256(path), rows=rows)

    return judge


def shapes_source(name: str, profile: str, file: str, mark: str) -> Source:
    """The shapes of one release of DCAT-AP: `file` below its releases, known by `mark`."""
    return Source(
        name=name,
        title=Text(f"Reguły SHACL {profile}", f"SHACL shapes of {profile}"),
        publisher=Text("Komisja Europejska (SEMIC)", "European Commission (SEMIC)"),
        page="https://github.com/SEMICeu/DCAT-AP",
        address=f"{_RELEASES}/{file}",
        hosts=frozenset({"raw.githubusercontent.com"}),
        licence=Licence(
            Text(
                "do kontroli; nie są publikowane (CC BY 4.0)",
                "for checking; they are not published (CC BY 4.0)",
            ),
            "https://creativecommons.org/licenses/by/4.0/",
            publishable=False,
        ),
        attribution=Text("Źródło: SEMIC, Komisja Europejska", "Source: SEMIC, European Commission"),
        rhythm=Text(
            "wydanie się nie zmienia; sprawdzamy raz w roku",
            "a release does not change; we look once a year",
        ),
        check_days=366,
        media_types=("text/turtle", "text/plain", "application/octet-stream"),
        max_bytes=2**20,
        judge=judging(profile, mark),
        fetch=by_address,
        may_lose=0.2,
    )
