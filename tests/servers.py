"""Real small servers on the loopback, for tests of whatever fetches.

    with serving({"/file": answer(b"bytes", etag='"1"')}) as server:
        httpx.get(server.address("/file"))

A route is a function of one exchange, so that a server can behave as badly as it likes.
"""

import gzip
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE = 64 * 1024

# A proxy that the machine may have is no way to a server on the machine itself.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"


@dataclass
class Exchange:
    """One request and the means to answer it."""

    method: str
    path: str
    """With the query."""
    headers: Message
    body: bytes
    stopping: threading.Event
    _handler: BaseHTTPRequestHandler

    def send(
        self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole answer with its length."""
        self.begin(status, {"Content-Length": str(len(body)), **(headers or {})})
        self.write(body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Status line and headers."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def write(self, data: bytes) -> None:
        """Some bytes of the body; none where only the headers were asked for."""
        if self.method == "HEAD":
            return
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def hang(self, seconds: float = 30) -> None:
        """Say nothing until the server is stopped, or that long."""
        self.stopping.wait(seconds)

    def close(self) -> None:
        """End the connection after this answer."""
        self._handler.close_connection = True


Route = Callable[[Exchange], None]


@dataclass
class Server:
    """A running server and what it was asked."""

    port: int
    seen: list[Exchange] = field(default_factory=list)

    def address(self, path: str) -> str:
        """The full address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Exchange]:
        """The requests for a path, in order."""
        return [exchange for exchange in self.seen if exchange.path.partition("?")[0] == path]


@contextmanager
def serving(routes: Mapping[str, Route]) -> Iterator[Server]:
    """A server with routes by path, gone at the end of the block. Other paths are 404."""
    stopping = threading.Event()
    server = Server(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            exchange = Exchange(self.command, self.path, self.headers, body, stopping, self)
            server.seen.append(exchange)
            route = routes.get(self.path.partition("?")[0])
            # The client may leave before the end: that is what many tests are about.
            with suppress(BrokenPipeError, ConnectionResetError):
                if route is None:
                    exchange.send(404)
                else:
                    route(exchange)

        def do_GET(self) -> None:
            self.handle_any()

        def do_HEAD(self) -> None:
            self.handle_any()

        def do_POST(self) -> None:
            self.handle_any()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        listening.block_on_close = False
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            stopping.set()
            listening.shutdown()
            thread.join()


def answer(
    body: bytes, media_type: str = "application/octet-stream", etag: str = "", status: int = 200
) -> Route:
    """A good server: conditional requests and ranges of one file."""

    def route(exchange: Exchange) -> None:
        headers = {"Content-Type": media_type} | ({"ETag": etag} if etag else {})
        if etag and exchange.headers.get("If-None-Match") == etag:
            exchange.begin(304, {"ETag": etag})
            return
        wanted = exchange.headers.get("Range", "")
        if wanted and etag and exchange.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                exchange.send(416, headers={"Content-Range": f"bytes */{len(body)}"})
                return
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            exchange.send(206, body[start:], headers)
            return
        exchange.send(status, body, headers)

    return route


def in_turn(*routes: Route) -> Route:
    """Another behaviour at every request; the last one for ever."""
    left = list(routes)

    def route(exchange: Exchange) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return route


def failing(status: int, headers: Mapping[str, str] | None = None) -> Route:
    """A status and no body."""
    return lambda exchange: exchange.send(status, headers=headers)


def redirecting(to: str, status: int = 302) -> Route:
    """A redirect."""
    return lambda exchange: exchange.send(status, headers={"Location": to})


def cut(body: bytes, after: int, etag: str = "") -> Route:
    """Announce the whole body, send a part and close."""

    def route(exchange: Exchange) -> None:
        headers = {"Content-Length": str(len(body))} | ({"ETag": etag} if etag else {})
        exchange.begin(200, headers)
        exchange.write(body[:after])
        exchange.close()

    return route


def silent(after: bytes = b"") -> Route:
    """Begin an answer and say no more."""

    def route(exchange: Exchange) -> None:
        exchange.begin(200, {"Content-Length": "1000000"})
        exchange.write(after)
        exchange.hang()
        exchange.close()

    return route


def dripping() -> Route:
    """One byte every hundredth of a second: never silent, never done."""

    def route(exchange: Exchange) -> None:
        exchange.begin(200, {"Content-Length": "1000000"})
        while not exchange.stopping.wait(0.01):
            exchange.write(b".")

    return route


def endless(limit: int = 512 * 2**20) -> Route:
    """A body without an end (after `limit` bytes the server gives up)."""

    def route(exchange: Exchange) -> None:
        exchange.begin(200, {"Transfer-Encoding": "chunked"})
        piece = b"%x\r\n" % PIECE + b"x" * PIECE + b"\r\n"
        for _ in range(limit // PIECE):
            exchange.write(piece)
        exchange.close()

    return route


def bomb(size: int = 64 * 2**20) -> Route:
    """Zeros, packed by gzip to a thousandth."""
    packed = gzip.compress(bytes(size), compresslevel=6, mtime=0)
    return lambda exchange: exchange.send(200, packed, {"Content-Encoding": "gzip"})
