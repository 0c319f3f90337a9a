"""PDF files held against the limits before a library unpacks their streams."""

import base64
import re
import zlib

from sources.documents import refusals

_STREAM = re.compile(rb"(?P<about><<[^\x00]{0,2000}?)\bstream\r?\n", re.DOTALL)
_CHAIN = re.compile(rb"/(?:Fl|FlateDecode|LZW|LZWDecode|RL|RunLengthDecode)\b")
_STEP = 2**20


def check_streams(data: bytes, name: str) -> None:
    """Refuse a PDF whose streams unpack beyond the limits. Raises `PIM-DOC-004`.

    Streams packed more than once are refused, too: no program writes them so.
    """
    whole = 0
    for match in _STREAM.finditer(data):
        about = match["about"].rsplit(b"<<", 1)[-1] if b"/Filter" in match["about"] else b""
        if len(_CHAIN.findall(about)) > 1:
            raise refusals.too_large(name, "streams packed once")
        whole += _unpacked(data, match.end(), name, ascii85=b"ASCII85Decode" in about)
        if whole > refusals.MAX_UNPACKED:
            raise refusals.too_large(name, f"{refusals.MAX_UNPACKED} bytes unpacked")


def _unpacked(data: bytes, start: int, name: str, *, ascii85: bool) -> int:
    """Bytes that a stream gives, counted up to the limit of one member."""
    packed = memoryview(data)[start:]
    if ascii85:
        end = data.find(b"endstream", start)
        try:
            packed = memoryview(base64.a85decode(data[start:end].strip().removesuffix(b"~>")))
        except ValueError:
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
                raise refusals.too_large(name, f"{refusals.MAX_MEMBER} bytes of a stream")
    except zlib.error:
        # Another filter, or a broken stream: the library says so when it needs it.
        return count
    return count
