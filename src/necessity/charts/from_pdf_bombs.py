"""PDFs that would unpack to more than any page holds, or draw a page a million times over, are refused before PDFium reads them.

A few bytes suffice for either: deflate packs a thousandfold, and twice over a millionfold; a drawing that calls a drawing ten
times, eight deep, is drawn a hundred million times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from necessity.charts.from_pdf_streams import Stream, streams_of, unpacked

# More than an uncompressed colour page at 600 dpi.
MOST_UNPACKED = 200_000_000
# Drawings within drawings on one page; forms of hospitals have some hundreds.
MOST_DRAWN = 300_000
# How far one filter packs at most.
_PACKS = {b"FlateDecode": 1032, b"Fl": 1032, b"LZWDecode": 2731, b"LZW": 2731, b"RunLengthDecode": 64, b"RL": 64}
_MOST_FILTERS = 6
_CALL = re.compile(rb"/[^\s/<>\[\]()]+\s+Do\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_PLAIN = re.compile(rb"(\d{1,9})[ \r\n\t]+\d{1,5}[ \r\n\t]+obj\b(.{0,4000}?)(?:endobj|stream\r?\n)", re.DOTALL)
_FEWEST_FORMS = 3
# Of a drawing's own words, enough to count what it calls; of packed objects, enough to find where a call leads.
_MOST_READ = 4_000_000
# The tree of pages leads from anywhere to everywhere.
_TREE = re.compile(rb"/Type\s*/(?:Page|Pages|Catalog)\b")


def bomb_in(data: bytes) -> str | None:
    """Why a file must not be read; None where it may."""
    streams = list(streams_of(data))
    if any(_swells(data, stream) for stream in streams):
        return "the PDF would unpack to more than any page holds"
    forms = [stream for stream in streams if _FORM.search(stream.dictionary)]
    if len(forms) >= _FEWEST_FORMS and _drawn(data, streams, forms) > MOST_DRAWN:
        return "drawings within drawings would be drawn more often than any page needs"
    return None


def _swells(data: bytes, stream: Stream) -> bool:
    packers = [name for name in stream.filters if name in _PACKS]
    if len(stream.filters) > _MOST_FILTERS:
        return True
    most = stream.end - stream.start
    for name in packers:
        most *= _PACKS[name]
    if most < MOST_UNPACKED or (len(packers) == 1 and packers[0][:1] == b"L" and _IMAGE.search(stream.dictionary)):
        # A picture unpacks to what its size says, which is looked at when its page is.
        return False
    total = 0
    for piece in unpacked(data, stream):
        total += len(piece)
        if total > MOST_UNPACKED:
            return True
    return False


def _drawn(data: bytes, streams: list[Stream], forms: list[Stream]) -> int:
    """At most so many drawings are drawn for the page with the most. A drawing that calls itself is drawn once."""
    calls = {stream.number: _calls(data, stream) for stream in forms}
    bodies = _bodies(data, streams)
    inner = {number: _called(number, bodies, calls) for number in calls}
    counts: dict[int, int] = {}
    for number in calls:
        _count(number, calls, inner, counts)
    largest = max(counts.values(), default=0)
    others = (_calls(data, one) for one in streams if one.number not in calls and not _IMAGE.search(one.dictionary))
    return largest * max(1, max(others, default=1))


def _count(top: int, calls: Mapping[int, int], inner: Mapping[int, list[int]], counts: dict[int, int]) -> None:
    """Fill in how many drawings each draws, the innermost first; without recursion, for files nest as deep as they like."""
    path, begun = [top], {top}
    while path:
        number = path[-1]
        waiting = [one for one in inner[number] if one not in counts and one not in begun]
        if waiting:
            path.append(waiting[0])
            begun.add(waiting[0])
            continue
        within = max((counts.get(one, 1) for one in inner[number]), default=1)
        counts[number] = min(1 + calls[number] * within, MOST_DRAWN * 10)
        path.pop()


def _calls(data: bytes, stream: Stream) -> int:
    """How often a stream calls a drawing."""
    read, total, rest = 0, 0, b""
    for piece in unpacked(data, stream):
        found = rest + piece
        # A call that is cut in two is counted with the next piece.
        whole = max(found.rfind(b"\n"), found.rfind(b"Do")) + 1 or len(found)
        total += len(_CALL.findall(found[: whole + 1]))
        rest, read = found[whole + 1 :][-200:], read + len(piece)
        if read > _MOST_READ:
            break
    return total + len(_CALL.findall(rest))


def _bodies(data: bytes, streams: list[Stream]) -> dict[int, bytes]:
    """The words of objects by number, those packed in streams of objects too."""
    bodies = {int(found[1]): found[2] for found in _PLAIN.finditer(data)}
    for stream in streams:
        bodies[stream.number] = stream.dictionary
        if _OBJECTS.search(stream.dictionary):
            bodies.update(_packed_objects(b"".join(_first(data, stream))))
    return bodies


def _first(data: bytes, stream: Stream) -> list[bytes]:
    pieces, read = [], 0
    for piece in unpacked(data, stream):
        pieces.append(piece)
        read += len(piece)
        if read > _MOST_READ:
            break
    return pieces


def _packed_objects(words: bytes) -> dict[int, bytes]:
    """Objects packed together: numbers and offsets first, then one after the other."""
    head = re.match(rb"[\s\d]*", words)
    numbers = [int(one) for one in head[0].split() if len(one) < 10] if head else []
    base = len(head[0]) if head else 0
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [offset for _, offset in pairs[1:]] + [len(words)]
    return {number: words[base + at : base + end] for (number, at), end in zip(pairs, ends, strict=True)}


def _called(number: int, bodies: Mapping[int, bytes], forms: Mapping[int, int]) -> list[int]:
    """The drawings that a drawing can reach by its references, through plain objects."""
    found: dict[int, None] = {}
    seen, waiting = {number}, [number]
    while waiting:
        for reference in _REFERENCE.findall(bodies.get(waiting.pop(), b"")):
            other = int(reference)
            if other in seen:
                continue
            seen.add(other)
            if other in forms:
                found[other] = None
            elif not _TREE.search(bodies.get(other, b"")):
                waiting.append(other)
    return list(found)
