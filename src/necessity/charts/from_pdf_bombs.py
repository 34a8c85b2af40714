"""PDFs that would unpack to more than any page holds are refused before PDFium unpacks them.

Deflate packs a thousandfold at most, and twice over a millionfold, so only long streams and streams packed twice are tried.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

# More than an uncompressed colour page at 600 dpi.
MOST_UNPACKED = 200_000_000
_DEFLATE_AT_MOST = 1032
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\b[^>]*/(?:FlateDecode|Fl)\b")
_CHUNK = 1 << 18


def unpacks_to_too_much(data: bytes) -> bool:
    """Whether a stream of the file holds more than `MOST_UNPACKED` bytes."""
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        length = (end if end != -1 else len(data)) - found.end()
        twice = bool(_TWICE.search(data, max(0, found.start() - 400), found.start()))
        if not twice and length * _DEFLATE_AT_MOST < MOST_UNPACKED:
            continue
        packed = (data[at : at + _CHUNK] for at in range(found.end(), found.end() + length, _CHUNK))
        once = _unpacked(packed)
        if _is_over(_unpacked(once) if twice else once):
            return True
    return False


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What the chunks unpack to, a little at a time; nothing more where they are no deflate stream."""
    unpacker = zlib.decompressobj()
    try:
        for chunk in chunks:
            while chunk:
                yield unpacker.decompress(chunk, _CHUNK)
                chunk = unpacker.unconsumed_tail
    except zlib.error:
        return


def _is_over(chunks: Iterable[bytes]) -> bool:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > MOST_UNPACKED:
            return True
    return False
