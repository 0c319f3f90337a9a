"""PDF files held against the limits before a library unpacks their streams."""

import base64
import re
import zlib

from schemas.text import Text
from sources.documents import refusals

_STREAM = re.compile(rb"\bstream\r?\n")
_CHAIN = re.compile(rb"/(?:Fl|FlateDecode|LZW|LZWDecode|RL|RunLengthDecode)\b")
_ABOUT = 2_000
"""Bytes before a stream that hold what is said about it."""
_STEP = 2**18
MAX_STREAMS = 200_000


def check_streams(data: bytes, name: str) -> None:
    """Refuse a PDF whose streams unpack beyond the limits. Raises `PIM-DOC-004`.

    Streams packed more than once are refused, too: no program writes them so.
    """
    whole = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        if number >= MAX_STREAMS:
            raise refusals.too_large(name, refusals.limit(MAX_STREAMS, "streams"))
        about = data[max(0, match.start() - _ABOUT) : match.start()].rsplit(b"obj", 1)[-1]
        if len(_CHAIN.findall(about)) > 1:
            twice = Text("Strumień spakowano kilka razy.", "A stream is packed several times.")
            raise refusals.too_large(name, twice)
        whole += _unpacked(data, match.end(), name, ascii85=b"ASCII85Decode" in about)
        if whole > refusals.MAX_UNPACKED:
            raise refusals.too_large(name, refusals.limit(refusals.MAX_UNPACKED, "bytes unpacked"))


def _is_packed(head: bytes) -> bool:
    """Whether two bytes begin what zlib packs."""
    return len(head) == 2 and head[0] & 15 == 8 and int.from_bytes(head, "big") % 31 == 0


def _unpacked(data: bytes, start: int, name: str, *, ascii85: bool) -> int:
    """Bytes that a stream gives, counted up to the limit of one member."""
    packed = memoryview(data)[start:]
    if ascii85:
        end = data.find(b"endstream", start)
        try:
            packed = memoryview(base64.a85decode(data[start:end].strip().removesuffix(b"~>")))
        except ValueError:
            return 0
    if not _is_packed(bytes(packed[:2])):
        return 0
    inflater = zlib.decompressobj()
    count = 0
    offset = 0
    pending = b""
    try:
        while not inflater.eof and (pending or offset < len(packed)):
            if not pending:
                pending = bytes(packed[offset : offset + _STEP])
                offset += _STEP
            count += len(inflater.decompress(pending, _STEP))
            pending = inflater.unconsumed_tail
            if count > refusals.MAX_MEMBER:
                raise refusals.too_large(
                    name, refusals.limit(refusals.MAX_MEMBER, "bytes of a stream")
                )
    except zlib.error:
        # Another filter, or a broken stream: the library says so when it needs it.
        return count
    return count
