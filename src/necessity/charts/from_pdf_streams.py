"""The streams of a PDF as its bytes have them, unpacked a little at a time: for judging a file before PDFium reads it.

Not a reader of PDF: it looks for what a hostile file must show, wherever that stands. Streams that are encrypted or packed
in a way that only pictures are come out as they are.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"(\d{1,9})[ \r\n\t]+\d{1,5}[ \r\n\t]+obj\b")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_CHUNK = 1 << 16
# Where a dictionary begins is looked for no farther back than this.
_FARTHEST = 4000


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of the file: the number of its object (0 where none is seen), its dictionary, its filters, and where its bytes lie."""

    number: int
    dictionary: bytes
    filters: tuple[bytes, ...]
    start: int
    end: int


def streams_of(data: bytes) -> Iterator[Stream]:
    """Every stream of a file, in order."""
    for found in _STREAM.finditer(data):
        begins = max(0, found.start() - _FARTHEST)
        heads = list(_OBJECT.finditer(data, begins, found.start()))
        head = heads[-1] if heads else None
        dictionary = data[head.end() if head else begins : found.start()]
        end = data.find(b"endstream", found.end())
        named = _FILTERS.search(dictionary)
        filters = tuple(_NAME.findall(named[1])) if named else ()
        number = int(head[1]) if head else 0
        yield Stream(number, dictionary, filters, found.end(), end if end != -1 else len(data))


def unpacked(data: bytes, stream: Stream) -> Iterator[bytes]:
    """What a stream holds, in pieces; it ends where something is damaged or packed otherwise."""
    pieces: Iterable[bytes] = (
        data[at : min(at + _CHUNK, stream.end)] for at in range(stream.start, stream.end, _CHUNK)
    )
    for name in stream.filters:
        unpack = _UNPACKERS.get(name)
        if unpack is None:
            break
        pieces = unpack(pieces)
    yield from pieces


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            while piece:
                yield unpacker.decompress(piece, _CHUNK)
                piece = unpacker.unconsumed_tail
    except zlib.error:
        return


def _hexadecimal(pieces: Iterable[bytes]) -> Iterator[bytes]:
    odd = b""
    for piece in pieces:
        digits = odd + re.sub(rb"[^0-9A-Fa-f]", b"", piece)
        odd = digits[-1:] if len(digits) % 2 else b""
        yield binascii.unhexlify(digits[: len(digits) - len(odd)])


def _base85(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        digits = rest + re.sub(rb"[^!-uz]", b"", piece).replace(b"z", b"!!!!!")
        whole = len(digits) // 5 * 5
        rest = digits[whole:]
        yield b"".join(_five(digits[at : at + 5]) for at in range(0, whole, 5))


def _five(digits: bytes) -> bytes:
    value = 0
    for digit in digits:
        value = value * 85 + digit - 33
    return (value & 0xFFFFFFFF).to_bytes(4, "big")


def _runs(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        coded, at = rest + piece, 0
        while at < len(coded) and (length := coded[at]) != 128:
            needed = length + 2 if length < 128 else 2
            if at + needed > len(coded):
                break
            yield coded[at + 1 : at + needed] if length < 128 else coded[at + 1 : at + 2] * (257 - length)
            at += needed
        rest = coded[at:]


def _lzw(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """LZW as PDF and TIFF have it, codes of 9 to 12 bits, the width changed one code early."""
    table: list[bytes] = []
    bits = held = 0
    width, last = 9, b""
    for piece in pieces:
        out: list[bytes] = []
        size = 0
        for byte in piece:
            held = (held << 8 | byte) & 0xFFFFFF
            bits += 8
            if bits < width:
                continue
            bits -= width
            code = held >> bits & (1 << width) - 1
            if code == 256:
                table, width, last = [], 9, b""
                continue
            if code == 257 or code > 258 + len(table):
                yield b"".join(out)
                return
            word = _lzw_word(code, table, last)
            if last:
                table.append(last + word[:1])
            last = word
            out.append(word)
            size += len(word)
            if size > _CHUNK:
                yield b"".join(out)
                out, size = [], 0
            width = 9 + (len(table) > 252) + (len(table) > 764) + (len(table) > 1788)
            if len(table) > 3837:
                table, width, last = [], 9, b""
        yield b"".join(out)


def _lzw_word(code: int, table: list[bytes], last: bytes) -> bytes:
    if code < 256:
        return bytes((code,))
    return table[code - 258] if code - 258 < len(table) else last + last[:1]


_UNPACKERS: dict[bytes, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    b"FlateDecode": _inflated,
    b"Fl": _inflated,
    b"LZWDecode": _lzw,
    b"LZW": _lzw,
    b"ASCIIHexDecode": _hexadecimal,
    b"AHx": _hexadecimal,
    b"ASCII85Decode": _base85,
    b"A85": _base85,
    b"RunLengthDecode": _runs,
    b"RL": _runs,
}
