"""A server on this machine that answers as API v1 of the Local Data Bank does.

Shaped after its OpenAPI description and recorded answers: envelopes with pages, both dialects of
JSON, ETags, limit headers, and the bodies of its errors. It can be told to misbehave.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGE_SIZE = 10
"""What the service gives where nothing is asked for."""


@dataclass
class Reply:
    """An answer to give instead of the right one."""

    status: int
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Asked:
    """One request that came."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


@dataclass
class Bdl:
    """What the server knows, and how it behaves."""

    units: list[dict[str, object]] = field(default_factory=list)
    subjects: list[dict[str, object]] = field(default_factory=list)
    variables: list[dict[str, object]] = field(default_factory=list)
    values: dict[tuple[str, int], list[dict[str, object]]] = field(default_factory=dict)
    """By unit and variable; as the real service writes them."""
    updated: dict[int, str] = field(default_factory=dict)
    documented: bool = False
    """Speak as the documentation does: `value`, a year as number, `display`."""
    key: str = ""
    """If set, a request with another key is refused."""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    """Answers to give first, by a part of the path."""
    totals: list[int] = field(default_factory=list)
    """`totalRecords` to claim on the next pages, whatever is true."""
    always: dict[str, str] = field(default_factory=dict)
    """Headers of every answer."""
    asked: list[Asked] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        """The paths that were asked, in order."""
        return [one.path for one in self.asked]

    def answer(self, path: str, query: dict[str, list[str]]) -> Reply:
        """The right answer."""
        match path.strip("/").split("/"):
            case ["units"]:
                levels = {int(level) for level in query.get("level", [])}
                reply = self._page([u for u in self.units if u["level"] in levels], query)
            case ["subjects"]:
                parent = query.get("parent-id", [None])[0]
                reply = self._page([s for s in self.subjects if s.get("parentId") == parent], query)
            case ["subjects", found]:
                reply = self._one([s for s in self.subjects if s["id"] == found], found)
            case ["variables"]:
                reply = self._variables(query["subject-id"][0], query)
            case ["attributes"]:
                reply = self._page([self._attribute(a) for a in ATTRIBUTES], query)
            case ["attributes", "0"]:
                reply = Reply(412, {"errors": [{"result": "Błąd", "reason": "Niepoprawny id"}]})
            case ["data", "by-unit", found]:
                reply = self._data(found, query)
            case _:
                reply = not_found(path)
        return reply

    def _variables(self, subject_id: str, query: dict[str, list[str]]) -> Reply:
        if subject_id not in {known["id"] for known in self.subjects}:
            return not_found(subject_id)
        return self._page([v for v in self.variables if v["subjectId"] == subject_id], query)

    def _data(self, unit: str, query: dict[str, list[str]]) -> Reply:
        if not any(self._covers(unit, str(known["id"])) for known in self.units):
            return not_found(unit)
        years = set(query.get("year", []))
        series = [
            {
                "id": number,
                "measureUnitId": 26,
                "lastUpdate": self.updated.get(number, "2025-05-14T15:05:15.743"),
                "values": [
                    self._value(value)
                    for value in self.values[unit, number]
                    if not years or str(value["year"]) in years
                ],
            }
            for number in map(int, query["var-id"])
            if (unit, number) in self.values
        ]
        head = {"unitId": unit, "unitName": "JEDNOSTKA", "aggregateId": 1}
        return self._page(series, query, head)

    @staticmethod
    def _covers(unit: str, known: str) -> bool:
        return unit in {known, f"{known[:9]}000"}

    def _value(self, value: dict[str, object]) -> dict[str, object]:
        if not self.documented:
            return value
        renamed = {"val": "value"}
        found = {renamed.get(name, name): content for name, content in value.items()}
        return {**found, "year": int(str(value["year"])), "precision": 0}

    def _attribute(self, attribute: dict[str, object]) -> dict[str, object]:
        if not self.documented:
            return attribute
        return {("display" if name == "name" else name): v for name, v in attribute.items()}

    def _one(self, found: list[dict[str, object]], what: str) -> Reply:
        return Reply(200, found[0]) if found else not_found(what)

    def _page(
        self,
        entries: list[dict[str, object]],
        query: dict[str, list[str]],
        head: dict[str, object] | None = None,
    ) -> Reply:
        page = int(query.get("page", ["0"])[0])
        size = int(query.get("page-size", [str(PAGE_SIZE)])[0])
        total = self.totals.pop(0) if self.totals else len(entries)
        envelope: dict[str, object] = {
            "totalRecords": total,
            "page": page,
            "pageSize": size,
            "links": {"self": self.address},
            **(head or {}),
            "results": entries[page * size : (page + 1) * size],
        }
        return Reply(200, envelope)


ATTRIBUTES: list[dict[str, object]] = [
    {"id": 1, "name": "wartość", "symbol": " ", "description": ""},
    {"id": 4, "name": ". lub 0", "symbol": "x", "description": "Brak informacji"},
]


def not_found(what: str) -> Reply:
    """404 with the body that the service describes."""
    error = {"result": "Nie znaleziono", "reason": f"Brak zasobu {what}", "code": 404}
    return Reply(404, {"errors": [error]})


def unit(unit_id: str, name: str = "Miasto", level: int = 6, kind: str = "1") -> dict[str, object]:
    """A unit as the service lists it."""
    return {
        "id": unit_id,
        "name": name,
        "parentId": f"{unit_id[:9]}000",
        "level": level,
        "kind": kind,
        "hasDescription": False,
    }


def subject(subject_id: str, updated: str = "2025-05-14T15:05:15.743") -> dict[str, object]:
    """A subject as the service lists it."""
    return {
        "id": subject_id,
        "name": f"Temat {subject_id}",
        "hasVariables": True,
        "parentId": "G7",
        "levels": [6],
        "lastUpdate": updated,
    }


def variable(number: int, subject_id: str, *labels: str, level: int = 6) -> dict[str, object]:
    """A variable as the service lists it."""
    return {
        "id": number,
        "subjectId": subject_id,
        **{f"n{i}": label for i, label in enumerate(labels, start=1)},
        "level": level,
        "measureUnitId": 26,
        "measureUnitName": "osoba",
    }


def value(year: int, number: object, attribute: int = 1) -> dict[str, object]:
    """A value as the service writes it: the year is a text."""
    return {"year": str(year), "val": number, "attrId": attribute}


@contextmanager
def serving(bdl: Bdl) -> Iterator[Bdl]:
    """Serve on a free port of this machine until the block ends; sets `bdl.address`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/api/v1/")
            headers = {name.lower(): content for name, content in self.headers.items()}
            bdl.asked.append(Asked(path, parse_qs(parts.query), headers))
            reply = self.reply(path, parse_qs(parts.query), headers)
            body = reply.raw if reply.raw is not None else json.dumps(reply.body).encode()
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if reply.status == 200 and headers.get("if-none-match") == etag:
                reply, body = Reply(304), b""
            self.send_response(reply.status)
            kept = {"ETag": etag} if reply.status in {200, 304} else {}
            for name, content in {**kept, **bdl.always, **reply.headers}.items():
                self.send_header(name, content)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def reply(self, path: str, query: dict[str, list[str]], headers: dict[str, str]) -> Reply:
            for part, replies in bdl.replies.items():
                if part in path and replies:
                    return replies.pop(0)
            if bdl.key and headers.get("x-clientid", bdl.key) != bdl.key:
                key = headers["x-clientid"]
                return Reply(403, {"errors": [{"result": f"Klucz {key} jest nieważny"}]})
            return bdl.answer(path, query)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its base says so
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: a client may hang up in the middle."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    bdl.address = f"http://127.0.0.1:{server.server_port}/api/v1/"
    try:
        yield bdl
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
